"""Watches the streaming queries of one session, and stops them once they have done enough."""

import json
import os
import sys
import threading
import time

from effective_conf import write_conf
from held_queries import HeldQueries, time_of
from keep_running import keep_running
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
        self._after_records = float(os.environ.get("STREAMTUNE_STOP_AFTER_RECORDS", "inf"))
        self._records = {}
        self._turn_ends_at = float("inf")
        self._ends_at = float("inf")
        self._is_only_turn = False
        self._on_turn_end = None
        self._has_read_all = False
        # Whether the time of its trial was up before its end.
        self.is_late = False
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
        self._held = HeldQueries(spark, self.listener)
        self.listener.held_ms = self._held.held_ms

    def take_start(self, started):
        self._queries.add(started)
        self.write_effective_conf()

    def begin_turn(self, turn, on_end):
        """
        Lets the queries run until so many records have been read in all turns so far, or the trial's time is up.
        `on_end` is called while the last batch of the turn runs.
        """
        self._turn_ends_at = turn["until"]
        self._ends_at = turn["of"]
        self._is_only_turn = turn.get("isOnly", False)
        self._on_turn_end = on_end
        self._stopping.clear()
        self.stopped.clear()
        if self.listener.turn is None:
            self.recall()
        self.listener.turn = turn["number"]
        self._timer = threading.Timer(turn["seconds"], self.stop_late)
        self._timer.daemon = True
        self._timer.start()
        was_held = self._held.are_held()
        self._held.release()
        if was_held:
            self.look_at_turn()

    def hold(self):
        """
        Holds the queries once the batches that run have ended. False if that cannot be: one has ended, or a Spark does
        it otherwise.
        """
        try:
            return self._held.hold()
        except Exception as error:
            text = json.dumps(str(error).split("\n")[0])
            print(
                f"streamtune could not hold a query between two batches: {text}",
                file=sys.stderr,
            )
            return False

    def release(self):
        self._held.release()

    def look_at_turn(self):
        """Ends the turn with the batch that runs, by the records of the one before it, unless the trial ends with it."""
        if self._on_turn_end is None or self._is_only_turn or self._stopping.is_set():
            return
        if self.will_have_read(self._turn_ends_at) and not self.will_have_read(self._ends_at):
            self._on_turn_end()

    def recall(self):
        """Takes what came of earlier turns, if they were in a driver that has ended since."""
        for event in self.listener.read_earlier():
            if event["event"] == "started":
                self._queries.add(event)
            elif event["event"] == "progress":
                self.note_rows(event["progress"])

    def is_between_turns(self):
        """Whether nothing but the end of its turn holds the trial, or has stopped it."""
        if self._held.are_held():
            return True
        is_one_of_turns = self.listener.turn is not None
        return is_one_of_turns and self._stopping.is_set() and not self._has_read_all

    def write_effective_conf(self):
        """Reads the settings back from the running session, so that overrides in the job show up."""
        path = os.environ.get("STREAMTUNE_EFFECTIVE_CONF_FILE")
        if path is None or self._has_told_conf:
            return
        # The session of a trial that takes turns is the same in all of them.
        self._has_told_conf = self.listener.turn is not None
        keep_running(write_conf(path, self._spark, self._secrets))

    def count(self, progress):
        self.batches += 1
        self.note_rows(progress)
        if not self._queries.decides(progress["runId"]):
            return
        self._window.add(
            began=time_of(progress).timestamp(),
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
        if self._has_read_all or (self._is_only_turn and self.has_read(self._turn_ends_at)):
            threading.Thread(target=self.stop, daemon=True).start()
        else:
            self.look_at_turn()
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

    def will_have_read(self, records):
        """The same once the next batch has ended, if it reads as much as the one before."""
        read = [self._records.get(one) for one in self._queries.deciding()]
        return len(read) > 0 and all(
            one is not None and one.total() + one.latest >= records for one in read
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

    def stop_late(self):
        self.is_late = not self._stopping.is_set()
        self.stop()

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
        """Waits until each query has reported its end, unless it is held."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._held.are_held():
            self.listener.drain(seconds)

    def finish(self):
        self.rest()
        self.write_locality()
