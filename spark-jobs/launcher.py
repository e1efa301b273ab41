"""Runs a PySpark file unchanged, with a progress listener attached to the session it creates.

    spark-submit launcher.py data_stream.py [ARGUMENT ...]

Settings come from the environment: STREAMTUNE_PROGRESS_FILE, STREAMTUNE_EFFECTIVE_CONF_FILE, and when to stop a
query that would never stop by itself: STREAMTUNE_STOP_AFTER_SECONDS (after its first batch began, and not before
STREAMTUNE_LEAST_BATCHES count after the STREAMTUNE_WARMUP_SECONDS) and STREAMTUNE_STOP_AFTER_RECORDS (once this many
source records were read). STREAMTUNE_SECRETS lists the passwords.
"""

import json
import os
import platform
import runpy
import signal
import sys
import threading
import time
from datetime import datetime, timezone

from measured_window import MeasuredWindow
from progress_listener import ProgressListener
from pyspark.sql import SparkSession
from secret_values import Secrets

# Not the first one, which may read a different number of records.
BATCH_TO_LOOK_AT = 2


class Observer:
    """Watches the queries of one session and stops them once they have done enough."""

    def __init__(self, spark, secrets):
        self._spark = spark
        self._secrets = secrets
        self._window = MeasuredWindow(
            seconds=float(os.environ.get("STREAMTUNE_STOP_AFTER_SECONDS", "inf")),
            warmup_seconds=float(os.environ.get("STREAMTUNE_WARMUP_SECONDS", "0")),
            least_batches=int(os.environ.get("STREAMTUNE_LEAST_BATCHES", "0")),
        )
        self._after_records = float(
            os.environ.get("STREAMTUNE_STOP_AFTER_RECORDS", "inf")
        )
        self._records = 0
        self._stopping = threading.Event()
        self._timer = None
        self.listener = ProgressListener(
            os.environ["STREAMTUNE_PROGRESS_FILE"],
            on_started=self.write_effective_conf,
            on_progress=self.count,
            mask=secrets.mask,
        )

    def write_effective_conf(self):
        """Reads the settings back from the running session, so that overrides in the job show up."""
        path = os.environ.get("STREAMTUNE_EFFECTIVE_CONF_FILE")
        if path is None:
            return
        context = self._spark.sparkContext
        given = dict(context.getConf().getAll())
        settings = dict(given)
        settings.update(
            (row["key"], row["value"]) for row in self._spark.sql("SET").collect()
        )
        report = {
            "settings": {**settings, **self._secrets.shown(given)},
            "sparkVersion": self._spark.version,
            "pythonVersion": platform.python_version(),
            "javaVersion": context._jvm.System.getProperty("java.version"),
            "master": context.master,
            "defaultParallelism": context.defaultParallelism,
            "maxHeapBytes": context._jvm.Runtime.getRuntime().maxMemory(),
            "jvmPid": context._jvm.java.lang.ProcessHandle.current().pid(),
        }
        draft = path + ".draft"
        with open(draft, "w", encoding="utf-8") as file:
            text = json.dumps(report, indent=2, sort_keys=True)
            file.write(self._secrets.mask(text))
        os.replace(draft, path)
        threading.Thread(
            target=keep_running, args=(report["jvmPid"],), daemon=True
        ).start()

    def count(self, progress):
        began = datetime.strptime(progress["timestamp"], "%Y-%m-%dT%H:%M:%S.%fZ")
        self._window.add(
            began=began.replace(tzinfo=timezone.utc).timestamp(),
            seconds=progress.get("durationMs", {}).get("triggerExecution", 0) / 1000,
            rows=progress.get("numInputRows", 0),
        )
        left = self._window.left(time.time())
        if self._timer is None and left < float("inf"):
            # A batch that is running when the window ends would be cut off, or run on for long.
            self._timer = threading.Timer(left, self.stop_after_window)
            self._timer.daemon = True
            self._timer.start()
        elif left == 0:
            threading.Thread(target=self.stop_after_window, daemon=True).start()
        for source in progress.get("sources", []):
            self._records += offsets(source.get("endOffset")) - offsets(
                source.get("startOffset")
            )
        if self._records >= self._after_records:
            threading.Thread(target=self.stop, daemon=True).start()
        if progress["batchId"] == BATCH_TO_LOOK_AT:
            self.write_tasks(progress["runId"])

    def write_tasks(self, run_id):
        """How many tasks Spark split the stages of its last job into, whatever the settings say."""
        tracker = self._spark.sparkContext.statusTracker()
        job = tracker.getJobInfo(max(tracker.getJobIdsForGroup(run_id), default=-1))
        if job is None:
            return
        stages = [tracker.getStageInfo(stage) for stage in sorted(job.stageIds)]
        self.listener.write(
            {"event": "tasks", "stages": [s.numTasks for s in stages if s is not None]}
        )

    def stop_after_window(self):
        """Stops the queries, unless too few batches count yet: then the trial goes on until they do."""
        if self._window.is_over(time.time()):
            self.stop()

    def stop(self):
        """Stops the queries; called from its own thread, because the listener must not wait for them."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        for query in self._spark.streams.active:
            query.stop()

    def finish(self):
        if self._timer is not None:
            self._timer.cancel()
        self.listener.drain(30)


def keep_running(pid):
    """
    Wakes the JVM if it stays stopped: the speed canary stops it for a few milliseconds at a time, and could get
    killed at just that moment. Linux only; elsewhere nothing stops it.
    """
    stopped = 0
    try:
        # One open file for all readings. It is one thread's; the file of the process adds up all threads.
        with open(f"/proc/{pid}/task/{pid}/stat", "rb", buffering=0) as file:
            while True:
                time.sleep(0.1)
                text = os.pread(file.fileno(), 1024, 0)
                state = text.rpartition(b")")[2].split(None, 1)[0]
                stopped = stopped + 1 if state == b"T" else 0
                if stopped > 2:
                    os.kill(pid, signal.SIGCONT)
    except OSError:
        return


def offsets(by_topic):
    """The sum over all partitions of a Kafka source; 0 if there are none, or for any other kind of source."""
    if not isinstance(by_topic, dict):
        return 0
    topics = [one for one in by_topic.values() if isinstance(one, dict)]
    return sum(sum(partitions.values()) for partitions in topics)


def observe(observers, secrets):
    """Attaches an observer to each session, right after the job's own code creates it."""
    make = SparkSession.Builder.getOrCreate

    def make_and_observe(builder):
        spark = make(builder)
        if not any(known._spark is spark for known in observers):
            observer = Observer(spark, secrets)
            observers.append(observer)
            observer.listener.attach(spark)
        return spark

    SparkSession.Builder.getOrCreate = make_and_observe


def main():
    observers = []
    secrets = Secrets()
    secrets.set_conf()
    observe(observers, secrets)
    job = sys.argv[1]
    sys.argv = sys.argv[1:]
    sys.path[0] = os.path.dirname(os.path.abspath(job))
    try:
        runpy.run_path(job, run_name="__main__")
    finally:
        for observer in observers:
            observer.finish()


if __name__ == "__main__":
    main()
