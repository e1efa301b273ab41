"""Runs a PySpark file unchanged, with a progress listener attached to the sessions it creates.

    spark-submit launcher.py data_stream.py [ARGUMENT ...]

Settings come from the environment: STREAMTUNE_PROGRESS_FILE, STREAMTUNE_EFFECTIVE_CONF_FILE, and when to stop a
query that would never stop by itself: STREAMTUNE_STOP_AFTER_SECONDS (after its first batch began, and not before
STREAMTUNE_LEAST_BATCHES count after the STREAMTUNE_WARMUP_SECONDS) and STREAMTUNE_STOP_AFTER_RECORDS (once this many
source records were read); of several queries, STREAMTUNE_QUERY names the one that decides. STREAMTUNE_SECRETS lists
the passwords. STREAMTUNE_SCRIPT names the file with what a script is given in place of what it hard-codes.
STREAMTUNE_RESULT_FILE gets the final state of what the queries wrote, STREAMTUNE_OUTPUT_FILE what a driver on another
machine prints. STREAMTUNE_LIVE is there if the JVM is one that other trials use too, STREAMTUNE_REHEARSAL if the trial
only warms it.
"""

import os
import runpy
import sys

from job_queries import Queries
from pyspark import SparkContext
from pyspark.sql import SparkSession
from query_observer import Observer
from secret_values import Secrets


class Observers:
    """One for each session, attached before its first query starts."""

    def __init__(self, secrets, outputs):
        self._secrets = secrets
        self._outputs = outputs
        self._queries = Queries()
        self._all = []
        self._turn = None

    def of(self, spark):
        for known in self._all:
            if known._spark._jsparkSession == spark._jsparkSession:
                return known
        observer = Observer(spark, self._secrets, self._queries)
        if self._turn is not None:
            observer.begin_turn(*self._turn)
        self._all.append(observer)
        observer.listener.attach(spark)
        return observer

    def begin_turn(self, turn, on_end):
        """
        In a driver that other trials use in between: `until` is how many records to read in all turns so far. `on_end`
        is called while the last batch of the turn runs.
        """
        self._turn = (turn, on_end)
        for one in self._all:
            one.begin_turn(turn, on_end)

    def hold(self):
        """Holds all queries after the batches that run. False if one cannot be held, or there is none; then all go on."""
        held = [one.hold() for one in self._all if one.listener.is_running()]
        if held and all(held):
            return True
        self.release()
        return False

    def stop(self):
        for one in self._all:
            one.stop()

    def release(self):
        for one in self._all:
            one.release()

    def rest(self):
        for one in self._all:
            one.rest()

    def are_between_turns(self):
        return any(one.is_between_turns() for one in self._all)

    def are_late(self):
        return any(one.is_late for one in self._all)

    def patch_again(self):
        """What a driver takes back of the patches after each turn."""
        if self._outputs is not None:
            self._outputs.patch()

    def have_ended(self):
        """Whether there was a query, and none is left."""
        return any(one.listener.started for one in self._all) and not any(
            one.listener.is_running() for one in self._all
        )

    def has_batches(self):
        return any(one.batches > 0 for one in self._all)

    def close(self, record):
        """Stops the queries that a script leaves behind as it ends."""
        for one in self._all:
            if one.listener.is_running():
                if not one.is_stopping() and one.batches == 0:
                    record.note_early_end()
                one.stop()
        self.finish()

    def finish(self):
        for one in self._all:
            one.finish()
        if self._outputs is not None:
            self._outputs.read(self._rows_of, self._was_stopped)

    def detach(self):
        """For a driver that goes on: nothing of this trial listens any longer."""
        for one in self._all:
            one.listener.detach()

    def _rows_of(self, name):
        return sum(one.rows.get(name, 0) for one in self._all)

    def _was_stopped(self, query):
        return any(query.id in one.stopped for one in self._all)


def observe(observers):
    """Attaches an observer to each session, right after the job's own code creates it."""
    make = SparkSession.Builder.getOrCreate

    def make_and_observe(builder):
        spark = make(builder)
        observers.of(spark)
        return spark

    SparkSession.Builder.getOrCreate = make_and_observe


def written_outputs():
    """What the queries write, if it is wanted; None otherwise, and for a job that is only watched."""
    if "STREAMTUNE_RESULT_FILE" not in os.environ:
        return None
    from written_outputs import WrittenOutputs

    outputs = WrittenOutputs()
    outputs.patch()
    return outputs


def live_context():
    """What answers in place of a SparkContext of the script's own; None where it gets one."""
    if "STREAMTUNE_LIVE" not in os.environ:
        return None
    from live_context import LiveContext

    live = LiveContext()
    live.patch()
    return live


def write_home(job):
    """In cluster deploy mode: prints where streamtune sees it, and works beside the job, as on its own machine."""
    file = os.environ.get("STREAMTUNE_OUTPUT_FILE")
    if file is None:
        return
    output = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    for stream in (1, 2):
        os.dup2(output, stream)
    os.chdir(os.path.dirname(job))


def stop_own_cluster():
    """
    Stops Spark where the driver has brought its cluster along (local-cluster). At the end of its JVM, the executors would be
    ended first, and others started in their place, again and again, until the context has been stopped.
    """
    context = SparkContext._active_spark_context
    if context is not None and context.master.startswith("local-cluster"):
        context.stop()


def main():
    write_home(sys.argv[1])
    live = live_context()
    secrets = Secrets()
    secrets.set_conf()
    observers = Observers(secrets, written_outputs())
    observe(observers)
    job = sys.argv[1]
    sys.argv = sys.argv[1:]
    sys.path[0] = os.path.dirname(os.path.abspath(job))
    if "STREAMTUNE_SCRIPT" in os.environ:
        # Imported only here: what it needs is no concern of the shipped job.
        from script_run import ScriptRun

        run = ScriptRun(job, observers, secrets, live)
        run.patch()
        try:
            run.run()
        finally:
            stop_own_cluster()
        return
    try:
        runpy.run_path(job, run_name="__main__")
    finally:
        observers.finish()
        stop_own_cluster()


if __name__ == "__main__":
    main()
