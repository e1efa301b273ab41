"""Watches the streaming queries of one session, and stops them once they have done enough."""

import json
import os
import platform
import signal
import threading
import time
from datetime import datetime, timezone

from measured_window import MeasuredWindow
from progress_listener import ProgressListener
from records_read import RecordsRead
from task_locality import locality_of

# Not the first one, which may read a different number of records.
BATCH_TO_LOOK_AT = 2


class Observer:
    """The query that decides is the one that STREAMTUNE_QUERY names; without a name, all of them do."""

    def __init__(self, spark, secrets, queries):
        self._spark = spark
        self._secrets = secrets
        self._queries = queries
        self._window = MeasuredWindow(
            seconds=float(os.environ.get("STREAMTUNE_STOP_AFTER_SECONDS", "inf")),
            warmup_seconds=float(os.environ.get("STREAMTUNE_WARMUP_SECONDS", "0")),
            least_batches=int(os.environ.get("STREAMTUNE_LEAST_BATCHES", "0")),
        )
        self._after_records = float(
            os.environ.get("STREAMTUNE_STOP_AFTER_RECORDS", "inf")
        )
        self._records = {}
        self._turn_ends_at = float("inf")
        self._has_read_all = False
        self._has_told_conf = False
        self.rows = {}
        self.stopped = set()
        self._stopping = threading.Event()
        self._timer = None
        self._is_located = False
        self.batches = 0
        self.listener = ProgressListener(
            os.environ["STREAMTUNE_PROGRESS_FILE"],
            on_started=self.take_start,
            on_progress=self.count,
            mask=secrets.mask,
        )

    def take_start(self, started):
        self._queries.add(started)
        self.write_effective_conf()

    def begin_turn(self, turn):
        """Lets the queries run until so many records have been read in all turns so far, or the trial's time is up."""
        self._turn_ends_at = turn["until"]
        self._stopping.clear()
        self.stopped.clear()
        if self.listener.turn is None:
            self.recall()
        self.listener.turn = turn["number"]
        self._timer = threading.Timer(turn["seconds"], self.stop)
        self._timer.daemon = True
        self._timer.start()

    def recall(self):
        """Takes what came of earlier turns, if they were in a driver that has ended since."""
        for event in self.listener.read_earlier():
            if event["event"] == "started":
                self._queries.add(event)
            elif event["event"] == "progress":
                self.note_rows(event["progress"])

    def is_between_turns(self):
        """Whether nothing but the end of its turn has stopped the trial."""
        is_one_of_turns = self.listener.turn is not None
        return is_one_of_turns and self._stopping.is_set() and not self._has_read_all

    def write_effective_conf(self):
        """Reads the settings back from the running session, so that overrides in the job show up."""
        path = os.environ.get("STREAMTUNE_EFFECTIVE_CONF_FILE")
        if path is None or self._has_told_conf:
            return
        # The session of a trial that takes turns is the same in all of them.
        self._has_told_conf = self.listener.turn is not None
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
            "uiUrl": context.uiWebUrl,
            "jvmPid": context._jvm.java.lang.ProcessHandle.current().pid(),
        }
        draft = path + ".draft"
        with open(draft, "w", encoding="utf-8") as file:
            text = json.dumps(report, indent=2, sort_keys=True)
            file.write(self._secrets.mask(text))
        os.replace(draft, path)
        if report["jvmPid"] not in kept_running:
            kept_running.add(report["jvmPid"])
            threading.Thread(
                target=keep_running, args=(report["jvmPid"],), daemon=True
            ).start()

    def count(self, progress):
        self.batches += 1
        self.note_rows(progress)
        if not self._queries.decides(progress["runId"]):
            return
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
        self._has_read_all = self.has_read(self._after_records)
        if self._has_read_all or self.has_read(self._turn_ends_at):
            threading.Thread(target=self.stop, daemon=True).start()
        if progress["batchId"] == BATCH_TO_LOOK_AT:
            self.write_tasks(progress["runId"])

    def note_rows(self, progress):
        name = self._queries.name_of(progress["runId"])
        self.rows[name] = self.rows.get(name, 0) + progress.get("numInputRows", 0)
        if not self._queries.decides(progress["runId"]):
            return
        read = self._records.setdefault(name, RecordsRead())
        read.add(progress.get("sources", []))

    def has_read(self, records):
        """Whether each deciding query has read so many."""
        return all(
            one in self._records and self._records[one].total() >= records
            for one in self._queries.deciding()
        )

    def write_tasks(self, run_id):
        """How many tasks Spark split the stages of its last job into, whatever the settings say."""
        tracker = self._spark.sparkContext.statusTracker()
        job = tracker.getJobInfo(max(tracker.getJobIdsForGroup(run_id), default=-1))
        if job is None:
            return
        stages = [tracker.getStageInfo(stage) for stage in sorted(job.stageIds)]
        tasks = [stage.numTasks for stage in stages if stage is not None]
        self.listener.write({"event": "tasks", "runId": run_id, "stages": tasks})

    def write_locality(self):
        """Once what is measured is over, and while Spark still knows: a script may stop it right after its query."""
        if self._is_located:
            return
        tasks = locality_of(self._spark.sparkContext)
        if tasks is not None:
            self._is_located = True
            self.listener.write({"event": "locality", "tasks": tasks})

    def stop_after_window(self):
        """Stops the queries, unless too few batches count yet: then the trial goes on until they do."""
        if self._window.is_over(time.time()):
            self.stop()

    def is_stopping(self):
        return self._stopping.is_set()

    def stop(self):
        """Stops the queries; called from its own thread, because the listener must not wait for them."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self.write_locality()
        for query in self._spark.streams.active:
            self.stopped.add(query.id)
            query.stop()

    def rest(self, seconds=30):
        """Waits until each query has reported its end."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self.listener.drain(seconds)

    def finish(self):
        self.rest()
        self.write_locality()


class Queries:
    """The queries of a job in the order of their start. One without a name is called query-1, query-2, ..."""

    def __init__(self):
        self._wanted = os.environ.get("STREAMTUNE_QUERY")
        self._names = {}
        self._ids = []

    def add(self, started):
        if started["id"] not in self._ids:
            self._ids.append(started["id"])
        number = self._ids.index(started["id"]) + 1
        self._names[started["runId"]] = started.get("name") or f"query-{number}"

    def name_of(self, run_id):
        return self._names.get(run_id)

    def decides(self, run_id):
        return self._wanted in (None, self.name_of(run_id))

    def deciding(self):
        return {self.name_of(run_id) for run_id in self._names if self.decides(run_id)}


# A driver may run one trial after another.
kept_running = set()


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
