"""Writes every progress event of a session's streaming queries to a file, one line of JSON each."""

import functools
import json
import sys
import threading
import time
import traceback

from pyspark.java_gateway import ensure_callback_server_started


def shielded(method):
    """
    Keeps an error in a call from Spark from going any further. It is printed without the word Traceback, because that
    is how a failure of the job is detected.
    """

    @functools.wraps(method)
    def call(*args):
        try:
            method(*args)
        except Exception as error:
            frames = "".join(traceback.format_tb(error.__traceback__))
            print(f"streamtune's observer: {error!r}\n{frames}", file=sys.stderr)

    return call


class ProgressListener:
    """
    Appends and flushes; an error in here never reaches the job.

    Implements the Java interface behind PySpark's StreamingQueryListener directly, because that class rebuilds each
    event field by field, with a call to the JVM for each, before passing it on. Here an event takes one call, for
    its JSON.
    """

    class Java:
        implements = ["org.apache.spark.sql.streaming.PythonStreamingQueryListener"]

    def __init__(self, path, on_started=None, on_progress=None, mask=str):
        self._file = open(path, "a", encoding="utf-8")  # noqa: SIM115 - lives as long as the job
        self._mask = mask
        self._lock = threading.Lock()
        self._running = 0
        self.started = 0
        # Of a trial that takes turns with others in one driver.
        self.turn = None
        self._idle = threading.Event()
        self._idle.set()
        self._on_started = on_started
        self._on_progress = on_progress
        # Tells of a batch how many milliseconds its query was held for other trials after its trigger had begun.
        self.held_ms = None
        self._batches = {}
        self._has_batch = threading.Condition()

    def attach(self, spark):
        """Starts listening to the queries of the session."""
        gateway = spark.sparkContext._gateway
        ensure_callback_server_started(gateway)
        streaming = gateway.jvm.org.apache.spark.sql.streaming
        self._wrapper = streaming.PythonStreamingQueryListenerWrapper(self)
        self._manager = spark._jsparkSession.streams()
        self._manager.addListener(self._wrapper)

    def detach(self):
        """Stops listening, and closes the file."""
        self._manager.removeListener(self._wrapper)
        with self._lock:
            self._file.close()

    @shielded
    def onQueryStarted(self, event):  # noqa: N802 - Spark's name
        with self._lock:
            self._running += 1
            self.started += 1
            self._idle.clear()
        told = json.loads(event.json())
        started = {key: told.get(key) for key in ("id", "runId", "name")}
        try:
            if self._on_started is not None:
                self._on_started(started)
        finally:
            turn = {} if self.turn is None else {"turn": self.turn}
            self.write({"event": "started", **started, **turn})

    @shielded
    def onQueryProgress(self, event):  # noqa: N802
        progress = json.loads(event.json())["progress"]
        try:
            # Not the original text: Java escapes different characters than the mask looks for.
            held = None if self.held_ms is None else self.held_ms(progress)
            line = {"event": "progress", "progress": progress}
            self.write(line if held is None else {**line, "heldMs": held})
        finally:
            if self._on_progress is not None:
                self._on_progress(progress)
            with self._has_batch:
                self._batches[progress["runId"]] = progress["batchId"]
                self._has_batch.notify_all()

    @shielded
    def onQueryIdle(self, event):  # noqa: N802
        self.write({"event": "idle", "runId": json.loads(event.json())["runId"]})

    @shielded
    def onQueryTerminated(self, event):  # noqa: N802
        try:
            ended = json.loads(event.json())
            self.write(
                {
                    "event": "terminated",
                    "runId": ended["runId"],
                    "exception": ended["exception"],
                }
            )
        finally:
            with self._lock:
                self._running -= 1
                if self._running <= 0:
                    self._idle.set()

    def read_earlier(self):
        """The events in the file, which may end in the middle of a line if its writer was killed."""
        with open(self._file.name, encoding="utf-8", errors="replace") as file:
            text = file.read()
        *lines, rest = text.split("\n")
        if rest:
            self._file.write("\n")
        return [json.loads(line) for line in lines if line.endswith("}")]

    def is_running(self):
        return not self._idle.is_set()

    def drain(self, seconds):
        """Waits until every query that started has also reported its end."""
        return self._idle.wait(seconds)

    def await_batch(self, run_id, batch, seconds=30):
        """Waits until the progress of a query's batch is here. `batch` is None if it has had none."""
        with self._has_batch:
            return self._has_batch.wait_for(
                lambda: batch is None or self._batches.get(run_id, -1) >= batch, seconds
            )

    def write(self, line):
        """Appends one line; may be called from any thread."""
        line = {"at": int(time.time() * 1000), **line}
        with self._lock:
            self._file.write(self._mask(json.dumps(line, separators=(",", ":"))) + "\n")
            self._file.flush()
