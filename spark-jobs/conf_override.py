"""Puts the trial's Spark settings in place of those that a script hard-codes."""

import os

from pyspark import SparkConf, SparkContext
from pyspark.sql import SparkSession
from pyspark.sql.conf import RuntimeConfig

# Scripts set them for the machine of their author; Spark's Python processes must be those of the trial.
OF_THE_MACHINE = ("PYSPARK_PYTHON", "PYSPARK_DRIVER_PYTHON", "SPARK_HOME", "JAVA_HOME")


def patch_conf(trial, record):
    mine = {name: os.environ[name] for name in OF_THE_MACHINE if name in os.environ}
    conf = trial.conf if trial.takes("conf") else {}
    patch_builder(conf, record, trial.takes("conf"))
    patch_spark_conf(conf, record, mine)
    plain_set = RuntimeConfig.set

    def set_later(runtime, key, value):
        given = conf.get(key, text_of(value))
        record.note(key, text_of(value), given)
        return plain_set(runtime, key, given)

    RuntimeConfig.set = set_later


def patch_builder(conf, record, keeps_here):
    make = SparkSession.Builder.getOrCreate

    def get_or_create(builder):
        options = builder._options
        for key, asked in list(options.items()):
            text = text_of(asked)
            if keeps_here and is_elsewhere(key, text) and key not in conf:
                record.note(key, text, None)
                del options[key]
                continue
            options[key] = conf.get(key, asked)
            record.note(key, text, conf.get(key, text))
        return make(builder)

    SparkSession.Builder.getOrCreate = get_or_create
    if keeps_here and hasattr(SparkSession.Builder, "_validate_startup_urls"):
        # It refuses `remote` beside the trial's master at once, before it can be left out.
        SparkSession.Builder._validate_startup_urls = lambda _builder: None


def is_elsewhere(key, text):
    """Whether it would take the trial to a cluster that the experiment does not name."""
    return key == "spark.remote" or (
        key == "spark.master" and not text.startswith("local")
    )


def patch_spark_conf(conf, record, mine):
    """Every way to a context ends in its settings in the JVM, which already has those of the trial."""
    initialize = SparkContext._initialize_context
    plain_set = SparkConf.set

    def set_noted(spark_conf, key, value):
        if record.called_by_script():
            record.note(key, text_of(value), conf.get(key, text_of(value)))
        return plain_set(spark_conf, key, value)

    def initialize_context(context, jconf):
        os.environ.update(mine)
        for key, given in conf.items():
            if jconf.contains(key) and jconf.get(key) != given:
                record.note(key, jconf.get(key), given)
                jconf.set(key, given)
        return initialize(context, jconf)

    SparkConf.set = set_noted
    SparkContext._initialize_context = initialize_context


def settle_session(spark, trial, record):
    """Sets back what a script changed in its session in any other way, such as SQL's SET."""
    if not trial.takes("conf"):
        return
    for key, given in trial.conf.items():
        if not key.startswith("spark.sql."):
            continue
        current = spark._jsparkSession.conf().get(key, given)
        if current != given:
            record.note(key, current, given)
            spark._jsparkSession.conf().set(key, given)


def text_of(value):
    """A setting as Spark writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
