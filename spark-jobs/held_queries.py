"""Holds the queries of a session between two of their batches, so that other trials can have the machine meanwhile."""

from datetime import datetime, timezone

LOOK_AGAIN_MS = 1000


class HeldQueries:
    """Hold and release from the same thread: a lock in the JVM belongs to the one that took it."""

    def __init__(self, spark, listener):
        self._spark = spark
        self._listener = listener
        self._held = []
        self._released_at = {}

    def are_held(self):
        return len(self._held) > 0

    def hold(self):
        """
        Waits until each query has ended its batch and its progress is here, and holds it. False if one has ended
        instead; then none is held.
        """
        milliseconds = self._spark._jvm.java.util.concurrent.TimeUnit.MILLISECONDS
        try:
            for query in self._spark.streams.active:
                held = HeldQuery(query, milliseconds)
                if not held.take():
                    break
                self._held.append(held)
            else:
                self._await_progress()
                return self.are_held()
        except BaseException:
            self.release()
            raise
        self.release()
        return False

    def release(self):
        """Lets the queries go on."""
        while self._held:
            held = self._held.pop()
            self._released_at[held.run_id] = datetime.now(timezone.utc)
            held.give_back()

    def held_ms(self, progress):
        """
        How long the query of a batch was held after its trigger had begun, which Spark counts as the batch's time. None if
        the query was not held right before it.
        """
        released = self._released_at.pop(progress["runId"], None)
        if released is None:
            return None
        return max(0, round((released - time_of(progress)).total_seconds() * 1000))

    def _await_progress(self):
        for held in self._held:
            self._listener.await_batch(held.run_id, held.last_batch())


class HeldQuery:
    """
    Spark constructs each batch under a lock of its query, and wakes who waits on that lock's condition once a batch has
    ended and its progress is told (`StreamExecution.awaitProgressLock` and `awaitProgressLockCondition`, used so by
    `MicroBatchExecution` of Spark 3.5 and 4.2). Whoever has the lock then keeps the query from its next batch.
    """

    def __init__(self, query, milliseconds):
        self._query = query
        self.run_id = query.runId
        engine = query._jsq.streamingQuery()
        self._lock = engine.awaitProgressLock()
        self._batch_has_ended = engine.awaitProgressLockCondition()
        self._milliseconds = milliseconds

    def take(self):
        """Waits for the end of the batch that runs. False if the query ends first; then nothing is held."""
        self._lock.lock()
        try:
            while self._query.isActive:
                if getattr(self._batch_has_ended, "await")(LOOK_AGAIN_MS, self._milliseconds):
                    break
            if self._query.isActive:
                return True
        except BaseException:
            self._lock.unlock()
            raise
        self._lock.unlock()
        return False

    def give_back(self):
        self._lock.unlock()

    def last_batch(self):
        """The number of the batch whose progress was told last; None before the first."""
        progress = self._query._jsq.lastProgress()
        return None if progress is None else progress.batchId()


def time_of(progress):
    """When the trigger of a batch began."""
    began = datetime.strptime(progress["timestamp"], "%Y-%m-%dT%H:%M:%S.%fZ")
    return began.replace(tzinfo=timezone.utc)
