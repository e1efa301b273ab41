"""
A windowed count over records of its own, for some 40 batches; writes how long each took, in milliseconds.

    spark-submit launched_job.py CHECKPOINT FILE
"""

import json
import sys
import time

from pyspark.sql import SparkSession
from pyspark.sql.functions import window

BATCHES = 40


def main():
    checkpoint, file = sys.argv[1:]
    spark = (
        SparkSession.builder.appName("launched")
        .config("spark.sql.streaming.numRecentProgressUpdates", 1_000)
        .getOrCreate()
    )
    query = (
        spark.readStream.format("rate-micro-batch")
        .option("rowsPerBatch", 5_000)
        .load()
        .selectExpr("timestamp", "value % 20 AS type")
        .withWatermark("timestamp", "1 hour")
        .groupBy(window("timestamp", "1 hour"), "type")
        .count()
        .writeStream.format("noop")
        .outputMode("update")
        .option("checkpointLocation", checkpoint)
        .start()
    )
    while (query.lastProgress or {"batchId": -1})["batchId"] < BATCHES:
        time.sleep(0.05)
    query.stop()
    taken = [one["durationMs"]["triggerExecution"] for one in query.recentProgress]
    with open(file, "w", encoding="utf-8") as out:
        json.dump(taken[:BATCHES], out)


if __name__ == "__main__":
    main()
