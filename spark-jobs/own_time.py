"""The time of a script that takes turns with others: it stands still while the script's queries are held."""

import threading
import time

from pyspark.sql.streaming import StreamingQuery, StreamingQueryManager

plain_sleep = time.sleep
# Seconds after which a wait looks whether its time is over.
STEP = 1


class OwnTime:
    def __init__(self):
        self._goes_on = threading.Event()
        self._had = 0.0
        self._since = 0.0

    def go_on(self):
        self._since = time.monotonic()
        self._goes_on.set()

    def stand_still(self):
        self._goes_on.clear()
        self._had += time.monotonic() - self._since

    def wait(self):
        """Until it goes on."""
        self._goes_on.wait()

    def seconds(self):
        goes_on = self._goes_on.is_set()
        return self._had + (time.monotonic() - self._since if goes_on else 0)

    def sleep(self, seconds):
        until = self.seconds() + seconds
        while self.seconds() < until:
            plain_sleep(max(0, min(STEP, until - self.seconds())))
            self._goes_on.wait()

    def patch(self):
        """A script that stops its query after a minute means a minute of its own."""

        def sleep(seconds):
            is_main = threading.current_thread() is threading.main_thread()
            return self.sleep(seconds) if is_main else plain_sleep(seconds)

        time.sleep = sleep
        StreamingQuery.awaitTermination = self._in_steps(StreamingQuery.awaitTermination)
        any_of_them = StreamingQueryManager.awaitAnyTermination
        StreamingQueryManager.awaitAnyTermination = self._in_steps(any_of_them)

    def _in_steps(self, plain):
        def await_end(owner, timeout=None):
            if timeout is None or timeout <= 0:
                return plain(owner, timeout)
            until = self.seconds() + timeout
            while self.seconds() < until:
                if plain(owner, max(0.001, min(STEP, until - self.seconds()))):
                    return True
            return False

        return await_end
