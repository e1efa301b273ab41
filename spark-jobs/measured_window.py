"""Decides when a trial has been measured for long enough: not before its window is over and enough batches count."""


class MeasuredWindow:
    """Times are seconds since 1970. The rule for what counts is that of docs/method.md, "Warm-up"."""

    def __init__(self, seconds, warmup_seconds, least_batches):
        self._seconds = seconds
        self._warmup_seconds = warmup_seconds
        self._least_batches = least_batches
        self._batches = []

    def add(self, began, seconds, rows):
        """Takes a batch that has ended; one without rows does not count."""
        if rows > 0:
            self._batches.append((began, began + seconds))

    def left(self, now):
        """Seconds until the window is over; 0 if it is."""
        first = self._batches[0][0] if self._batches else now
        return max(0.0, first + self._seconds - now)

    def is_over(self, now):
        return self.left(now) == 0 and self.counted() >= self._least_batches

    def counted(self):
        """How many batches have begun after the warm-up: its seconds, a third of the trial, three batches."""
        if not self._batches:
            return 0
        first = self._batches[0][0]
        span = self._batches[-1][1] - first
        three = self._batches[3][0] - first if len(self._batches) > 3 else span
        cut = max(self._warmup_seconds, span / 3, three)
        return sum(1 for began, _ in self._batches[1:] if began - first >= cut)
