"""Stands in for the package of that name: here Spark is where spark-submit comes from, whatever a script asks for."""

import os


def find():
    return os.environ["SPARK_HOME"]


def init(*_args, **_kwargs):
    """PySpark can be imported already, and no other Spark must be used in a trial."""


def add_packages(_packages):
    """The Kafka connector is there; others would be downloaded in each trial."""


def add_jars(_jars):
    """Jars are given to spark-submit, not to a running JVM."""
