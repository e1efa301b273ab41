"""
Runs a query of some five batches a second, with streamtune's observer or without, and prints what the batches and the
observer took in a window after the warm-up, as one line of JSON.

    spark-submit observed_job.py none|pyspark|proxy CHECKPOINT WARMUP_SECONDS WINDOW_SECONDS
"""

import json
import sys
import time
from datetime import datetime, timezone

import launcher
from progress_listener import ProgressListener
from pyspark.sql import SparkSession
from pyspark.sql.streaming.listener import JStreamingQueryListener
from pyspark_listener import PySparkListener
from secret_values import Secrets

# Each listener, and the class that py4j calls when there is an event.
LISTENERS = {
    "pyspark": (PySparkListener, JStreamingQueryListener),
    "proxy": (ProgressListener, ProgressListener),
}


def time_calls(called):
    """Collects of each call for a batch: when it ended, what it took, and what of the CPU in Python, all in seconds."""
    calls = []
    method = called.onQueryProgress

    def timed(self, event):
        began, cpu = time.perf_counter(), time.thread_time()
        method(self, event)
        took = time.perf_counter() - began, time.thread_time() - cpu
        calls.append((time.time(), *took))

    called.onQueryProgress = timed
    return calls


def attach(spark, mode):
    """As the launcher does it for a session; returns the calls."""
    if mode == "none":
        return None, []
    launcher.ProgressListener, called = LISTENERS[mode]
    calls = time_calls(called)
    observer = launcher.Observer(spark, Secrets())
    observer.listener.attach(spark)
    return observer, calls


def start_query(spark, checkpoint):
    calls = (
        spark.readStream.format("rate-micro-batch")
        .option("rowsPerBatch", 2_000)
        .load()
        .selectExpr("timestamp", "value % 100 AS type")
    )
    return (
        calls.withWatermark("timestamp", "10 seconds")
        .groupBy("type")
        .count()
        .writeStream.format("noop")
        .outputMode("update")
        .option("checkpointLocation", checkpoint)
        .trigger(processingTime="200 milliseconds")
        .start()
    )


class CpuClocks:
    """CPU seconds so far: of Python, of the JVM, and of those of its threads that serve events and calls."""

    def __init__(self, spark):
        factory = spark._jvm.java.lang.management.ManagementFactory
        self._system = factory.getOperatingSystemMXBean()
        self._threads = factory.getThreadMXBean()
        self._serving = [
            thread.getThreadId()
            for thread in self._threads.dumpAllThreads(False, False)
            if thread.getThreadName().startswith(
                ("Thread-", "spark-listener-group-streams")
            )
        ]

    def read(self):
        serving = sum(self._threads.getThreadCpuTime(one) for one in self._serving)
        return {
            "at": time.time(),
            "python": time.process_time(),
            "jvm": self._system.getProcessCpuTime() / 1e9,
            "serving": serving / 1e9,
        }


def batches_between(query, began, ended):
    """Milliseconds of each batch with data that began within the window."""
    found = []
    for text in [one.json() for one in query._jsq.recentProgress()]:
        progress = json.loads(text)
        at = datetime.strptime(progress["timestamp"], "%Y-%m-%dT%H:%M:%S.%fZ")
        at = at.replace(tzinfo=timezone.utc).timestamp()
        if began <= at < ended and progress["numInputRows"] > 0:
            found.append(progress["durationMs"]["triggerExecution"])
    return found


def main():
    mode, checkpoint, warmup, window = sys.argv[1:]
    spark = SparkSession.builder.appName(f"observed-{mode}").getOrCreate()
    observer, calls = attach(spark, mode)
    query = start_query(spark, checkpoint)
    query.awaitTermination(float(warmup))
    clocks = CpuClocks(spark)
    first = clocks.read()
    time.sleep(float(window))
    last = clocks.read()
    counted = [took for at, *took in calls if first["at"] <= at < last["at"]]
    result = {
        "batchMs": batches_between(query, first["at"], last["at"]),
        "pythonMs": 1e3 * (last["python"] - first["python"]),
        "jvmMs": 1e3 * (last["jvm"] - first["jvm"]),
        "servingMs": 1e3 * (last["serving"] - first["serving"]),
        "callMs": [1e3 * wall for wall, _ in counted],
        "callCpuMs": [1e3 * cpu for _, cpu in counted],
    }
    query.stop()
    if observer is not None:
        observer.finish()
    print("OBSERVED " + json.dumps(result))


if __name__ == "__main__":
    main()
