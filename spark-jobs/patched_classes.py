"""Takes back what a trial changes in PySpark's own classes."""

from pyspark import SparkConf, SparkContext
from pyspark.sql import SparkSession
from pyspark.sql.conf import RuntimeConfig
from pyspark.sql.streaming import (
    DataStreamReader,
    DataStreamWriter,
    StreamingQueryManager,
)

CLASSES = (
    DataStreamReader,
    DataStreamWriter,
    RuntimeConfig,
    SparkConf,
    SparkContext,
    SparkSession,
    SparkSession.Builder,
    StreamingQueryManager,
)
# What PySpark itself keeps in them.
KEPT = ("_active_spark_context", "_gateway", "_jvm", "_next_accum_id", "_lock")


class Restored:
    def __enter__(self):
        self._before = [(one, dict(vars(one))) for one in CLASSES]

    def __exit__(self, *_error):
        for owner, before in self._before:
            for name, value in list(vars(owner).items()):
                if name in KEPT or name.startswith("__"):
                    continue
                if name not in before:
                    delattr(owner, name)
                elif value is not before[name]:
                    setattr(owner, name, before[name])
