"""
Runs a query of some five batches a second. After a warm-up, windows follow upon one another, without an observer and
with either of two, in turns; a line of JSON for each window says what its batches and its observer took.

    spark-submit observed_job.py CHECKPOINT WARMUP_SECONDS WINDOW_SECONDS OBSERVER ...
"""

import json
import os
import sys
import threading
import time
from datetime import datetime, timezone

import launcher
from progress_listener import ProgressListener
from pyspark.sql import SparkSession
from pyspark.sql.functions import window
from pyspark.sql.streaming.listener import JStreamingQueryListener
from pyspark_listener import PySparkListener
from secret_values import Secrets

# Each observer, and the class whose method py4j calls for a batch.
OBSERVERS = {
    "none": None,
    "pyspark": (PySparkListener, JStreamingQueryListener),
    "proxy": (ProgressListener, ProgressListener),
}
# What the change of the observer itself has caused is over by then.
SETTLE_SECONDS = 1


def start_query(spark, checkpoint):
    """The shape of the shipped job: a windowed count with a watermark, on a source that makes its own records."""
    return (
        spark.readStream.format("rate-micro-batch")
        .option("rowsPerBatch", 1_000)
        .load()
        .selectExpr("timestamp", "value % 20 AS type")
        .withWatermark("timestamp", "1 hour")
        .groupBy(window("timestamp", "1 hour"), "type")
        .count()
        .writeStream.format("noop")
        .outputMode("update")
        .option("checkpointLocation", checkpoint)
        .trigger(processingTime="200 milliseconds")
        .start()
    )


def time_calls(called):
    """Collects of each call for a batch how long it took, and its CPU time in Python, in milliseconds."""
    calls = []
    method = called.onQueryProgress

    def timed(self, event):
        began, cpu = time.perf_counter(), time.thread_time()
        method(self, event)
        took = time.perf_counter() - began, time.thread_time() - cpu
        calls.append([1e3 * one for one in took])

    called.onQueryProgress = timed
    return calls


class Clocks:
    """CPU seconds so far: of the machine, of Python and its waker, of the JVM and its threads that serve events."""

    def __init__(self, spark, waker):
        factory = spark._jvm.java.lang.management.ManagementFactory
        self._system = factory.getOperatingSystemMXBean()
        self._threads = factory.getThreadMXBean()
        self._waker = f"/proc/self/task/{waker.native_id}/schedstat"
        # py4j serves a connection in a thread without a name of its own.
        self._serving = [
            one.getThreadId()
            for one in self._threads.dumpAllThreads(False, False)
            if one.getThreadName().startswith(
                ("Thread-", "spark-listener-group-streams")
            )
        ]

    def read(self):
        serving = sum(self._threads.getThreadCpuTime(one) for one in self._serving)
        with open("/proc/stat", encoding="ascii") as file:
            user, nice, system = (int(part) for part in file.readline().split()[1:4])
        with open(self._waker, encoding="ascii") as file:
            waker = int(file.read().split()[0])
        return {
            "at": time.time(),
            "machine": (user + nice + system) / os.sysconf("SC_CLK_TCK"),
            "waker": waker / 1e9,
            "serving": serving / 1e9,
            "python": time.process_time(),
            "jvm": self._system.getProcessCpuTime() / 1e9,
        }


class Session:
    """The running query, and what takes its turns beside it."""

    def __init__(self, spark):
        self._spark = spark
        pid = spark._jvm.java.lang.ProcessHandle.current().pid()
        waker = threading.Thread(target=launcher.keep_running, args=(pid,), daemon=True)
        waker.start()
        self._clocks = Clocks(spark, waker)
        self._calls = {
            name: time_calls(called[1]) if called else []
            for name, called in OBSERVERS.items()
        }

    def watch(self, observer, seconds):
        """What a window took with this observer, but for its batches."""
        if OBSERVERS[observer] is not None:
            launcher.ProgressListener = OBSERVERS[observer][0]
            launcher.Observer(self._spark, Secrets()).listener.attach(self._spark)
        time.sleep(SETTLE_SECONDS)
        calls = self._calls[observer]
        calls.clear()
        first = self._clocks.read()
        time.sleep(seconds)
        last = self._clocks.read()
        counted = list(calls)
        manager = self._spark._jsparkSession.streams()
        for listener in manager.listListeners():
            manager.removeListener(listener)
        time.sleep(SETTLE_SECONDS)
        spent = {f"{name}Ms": 1e3 * (last[name] - first[name]) for name in first}
        return {
            "observer": observer,
            "began": first["at"],
            "ended": last["at"],
            **spent,
            "callMs": [wall for wall, _ in counted],
            "callCpuMs": [cpu for _, cpu in counted],
        }


def batches(query):
    """When each batch with data began, and how many milliseconds it took."""
    found = []
    for text in [one.json() for one in query._jsq.recentProgress()]:
        progress = json.loads(text)
        at = datetime.strptime(progress["timestamp"], "%Y-%m-%dT%H:%M:%S.%fZ")
        if progress["numInputRows"] > 0:
            began = at.replace(tzinfo=timezone.utc).timestamp()
            found.append((began, progress["durationMs"]["triggerExecution"]))
    return found


def main():
    checkpoint, warmup, seconds, *observers = sys.argv[1:]
    spark = SparkSession.builder.appName("observed").getOrCreate()
    query = start_query(spark, checkpoint)
    query.awaitTermination(float(warmup))
    session = Session(spark)
    windows = [session.watch(observer, float(seconds)) for observer in observers]
    query.stop()
    done = batches(query)
    for one in windows:
        began, ended = one.pop("began"), one.pop("ended")
        one["batchMs"] = [took for at, took in done if began <= at < ended]
        print("OBSERVED " + json.dumps(one))


if __name__ == "__main__":
    main()
