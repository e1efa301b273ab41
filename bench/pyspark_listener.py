"""The observer that streamtune had before, on the listener of PySpark; kept to be compared with."""

import json
import threading
import time

from pyspark.sql.streaming import StreamingQueryListener


class PySparkListener(StreamingQueryListener):
    """Appends and flushes; an error in here never reaches the job."""

    def __init__(self, path, on_started=None, on_progress=None, mask=str):
        super().__init__()
        self._file = open(path, "a", encoding="utf-8")  # noqa: SIM115 - lives as long as the job
        self._mask = mask
        self._lock = threading.Lock()
        self._running = 0
        self._idle = threading.Event()
        self._idle.set()
        self._on_started = on_started
        self._on_progress = on_progress

    def attach(self, spark):
        spark.streams.addListener(self)

    def onQueryStarted(self, event):  # noqa: N802 - Spark's name
        with self._lock:
            self._running += 1
            self._idle.clear()
        if self._on_started is not None:
            self._on_started()
        self.write({"event": "started", "runId": str(event.runId)})

    def onQueryProgress(self, event):  # noqa: N802
        progress = json.loads(event.progress.json)
        self.write({"event": "progress", "progress": progress})
        if self._on_progress is not None:
            self._on_progress(progress)

    def onQueryIdle(self, event):  # noqa: N802
        self.write({"event": "idle", "runId": str(event.runId)})

    def onQueryTerminated(self, event):  # noqa: N802
        self.write(
            {
                "event": "terminated",
                "runId": str(event.runId),
                "exception": event.exception,
            }
        )
        with self._lock:
            self._running -= 1
            if self._running <= 0:
                self._idle.set()

    def drain(self, seconds):
        """Waits until every query that has started has also reported its end."""
        return self._idle.wait(seconds)

    def write(self, line):
        """Appends one line; may be called from any thread."""
        line = {"at": int(time.time() * 1000), **line}
        with self._lock:
            self._file.write(self._mask(json.dumps(line, separators=(",", ":"))) + "\n")
            self._file.flush()
