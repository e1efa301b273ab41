"""Puts the trial's trigger, checkpoint and sink in place of those that a script hard-codes."""

import itertools
import os

from kafka_override import OF_ITS_CLUSTER, held
from pyspark.sql.streaming import DataStreamWriter

BY_FUNCTION = ("foreachBatch", "foreach")


class Finished(SystemExit):
    """Ends a script whose trial is over; no `except Exception` of its own stops it."""


def patch_writer(trial, record, before_start):
    """`before_start` gets the session of each query, and says whether the trial still takes queries."""
    plain = {
        name: getattr(DataStreamWriter, name)
        for name in ("format", "option", "trigger", "queryName", "start", "toTable")
    }
    numbers = itertools.count(1)

    def set_format(writer, source):
        writer._streamtune_format = source
        return plain["format"](writer, source)

    def name_query(writer, name):
        writer._streamtune_name = name
        return plain["queryName"](writer, name)

    def option(writer, key, value):
        held(writer)[key] = (value, record.where())
        return writer

    def options(writer, **given):
        for key, value in given.items():
            writer.option(key, value)
        return writer

    def trigger(writer, **kwargs):
        for key, value in kwargs.items():
            if value is not None:
                writer._streamtune_trigger = (key, value, record.where())
        return writer

    def by_function(name):
        function = getattr(DataStreamWriter, name)

        def call(writer, *args, **kwargs):
            writer._streamtune_format = name
            return function(writer, *args, **kwargs)

        return call

    def take(writer, path, format, arguments):
        """The arguments of `start`, each as if it had been set before."""
        if format is not None:
            writer.format(format)
        for name in ("outputMode", "partitionBy", "queryName"):
            if arguments.get(name) is not None:
                getattr(writer, name)(arguments.pop(name))
            arguments.pop(name, None)
        writer.options(**arguments)
        if path is not None:
            writer.option("path", path)

    def launch(writer, begin):
        number = next(numbers)
        name = getattr(writer, "_streamtune_name", None) or f"query-{number}"
        settle_trigger(writer, trial, record, plain["trigger"])
        options = settle_sink(writer, trial, record, (plain, name))
        if options.get("topic", ("",))[0] == trial.output_topic:
            make_topic(writer._spark, trial)
        settle_checkpoint(options, trial, record, name)
        for key, (value, _where) in options.items():
            plain["option"](writer, key, value)
        record.write()
        if not before_start(writer._spark):
            raise Finished(0)
        return begin()

    def start(writer, path=None, format=None, **arguments):
        take(writer, path, format, arguments)
        return launch(writer, lambda: plain["start"](writer))

    def to_table(writer, tableName, format=None, **arguments):  # noqa: N803
        take(writer, None, format, arguments)
        if trial.sink is not None and trial.takes("sink"):
            return launch(writer, lambda: plain["start"](writer))
        return launch(writer, lambda: plain["toTable"](writer, tableName))

    DataStreamWriter.format = set_format
    DataStreamWriter.queryName = name_query
    DataStreamWriter.option = option
    DataStreamWriter.options = options
    DataStreamWriter.trigger = trigger
    for name in BY_FUNCTION:
        setattr(DataStreamWriter, name, by_function(name))
    DataStreamWriter.start = record.watched(start)
    DataStreamWriter.toTable = record.watched(to_table)


def settle_trigger(writer, trial, record, plain_trigger):
    asked = getattr(writer, "_streamtune_trigger", None)
    given = trial.trigger if trial.takes("trigger") else None
    if asked is not None:
        key, value, where = asked
        same = given is None or given[0] == key
        record.note(f"trigger.{key}", value, (given or asked)[1] if same else None, where)
    if given is not None and (asked is None or asked[0] != given[0]):
        record.note(f"trigger.{given[0]}", None, given[1])
    chosen = given or (None if asked is None else asked[:2])
    if chosen is not None:
        plain_trigger(writer, **{chosen[0]: chosen[1]})


def settle_sink(writer, trial, record, parts):
    """Its options: a sink that writes to a place of the script's own gets one of the trial's."""
    plain, name = parts
    asked = getattr(writer, "_streamtune_format", None)
    options = dict(held(writer))
    if not trial.takes("sink"):
        record.note("job.sink", asked, asked)
        return options
    sink = trial.sink or asked
    if sink == "kafka" and trial.rehearses:
        # The topic of a trial has only what the trial itself has written.
        sink = "noop"
    record.note("job.sink", asked, sink)
    if sink != asked:
        plain["format"](writer, sink)
        if sink == "memory" and getattr(writer, "_streamtune_name", None) is None:
            plain["queryName"](writer, name.replace("-", "_"))
    places = {}
    if sink == "kafka":
        places = {
            "kafka.bootstrap.servers": trial.servers,
            "topic": trial.output_topic,
            **trial.kafka,
        }
        options = {k: o for k, o in options.items() if not k.startswith(OF_ITS_CLUSTER)}
    elif sink == "parquet" or "path" in options:
        places = {"path": os.path.join(trial.output, name)}
    for key, value in places.items():
        value_asked, where = options.get(key, (None, None))
        record.note(f"sink.{key}", value_asked, value, where)
        options[key] = (trial.resolved(value), where)
    return options


def make_topic(spark, trial):
    """Brokers need not create topics by themselves. How many replicas it gets (-1), the cluster says."""
    jvm = spark.sparkContext._jvm
    settings = jvm.java.util.Properties()
    settings.put("bootstrap.servers", trial.servers)
    for key, value in trial.kafka.items():
        settings.put(key.removeprefix("kafka."), trial.resolved(value))
    kafka = jvm.org.apache.kafka.clients.admin
    admin = kafka.AdminClient.create(settings)
    try:
        if not admin.listTopics().names().get().contains(trial.output_topic):
            topic = kafka.NewTopic(trial.output_topic, 1, -1)
            admin.createTopics(jvm.java.util.Collections.singletonList(topic)).all().get()
    finally:
        admin.close()


def settle_checkpoint(options, trial, record, name):
    key = "checkpointLocation"
    value_asked, where = options.get(key, (None, None))
    if trial.takes("checkpoint"):
        options[key] = (os.path.join(trial.checkpoint, name), where)
    if key in options:
        record.note(key, value_asked, options[key][0], where)
