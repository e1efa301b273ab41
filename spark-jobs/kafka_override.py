"""Puts the trial's Kafka source in place of the one that a script hard-codes."""

from pyspark.sql.streaming import DataStreamReader

STRATEGIES = ("subscribe", "assign", "subscribepattern")
# They name the script's own topic or cluster, of which the trial has none.
OF_ITS_TOPIC = (
    "startingtimestamp",
    "startingoffsetsbytimestamp",
    "startingoffsetsbytimestampstrategy",
)
OF_ITS_CLUSTER = ("kafka.security.", "kafka.sasl.", "kafka.ssl.")


def patch_reader(trial, record):
    """Options are held back until the source is loaded: a `subscribe` could not be taken back from the JVM."""
    plain_format = DataStreamReader.format
    plain_option = DataStreamReader.option
    plain_load = DataStreamReader.load

    def set_format(reader, source):
        reader._streamtune_format = source
        return plain_format(reader, source)

    def option(reader, key, value):
        if getattr(reader, "_streamtune_loading", False):
            return plain_option(reader, key, value)
        held(reader)[key] = (value, record.where())
        return reader

    def options(reader, **given):
        for key, value in given.items():
            reader.option(key, value)
        return reader

    def settle(reader):
        reader._streamtune_loading = True
        asked = held(reader)
        is_kafka = getattr(reader, "_streamtune_format", "") == "kafka"
        final = source_options(asked, trial, record) if is_kafka else plain(asked)
        for key, value in final.items():
            plain_option(reader, key, value)

    def load(reader, path=None, format=None, schema=None, **given):
        if format is not None:
            reader.format(format)
        if schema is not None:
            reader.schema(schema)
        reader.options(**given)
        settle(reader)
        return plain_load(reader, path)

    def settled(method):
        def call(reader, *args, **kwargs):
            settle(reader)
            return method(reader, *args, **kwargs)

        return call

    DataStreamReader.format = set_format
    DataStreamReader.option = option
    DataStreamReader.options = options
    DataStreamReader.load = record.watched(load)
    for name in ("json", "orc", "parquet", "text", "csv", "xml", "table", "changes"):
        if hasattr(DataStreamReader, name):
            setattr(DataStreamReader, name, settled(getattr(DataStreamReader, name)))


def held(owner):
    """The options of a reader or a writer that the JVM does not have yet: value and place by key."""
    return owner.__dict__.setdefault("_streamtune_options", {})


def plain(asked):
    return {key: value for key, (value, _where) in asked.items()}


def source_options(asked, trial, record):
    """What the source is loaded with; everything that it was asked for is noted."""
    given = trial.source if trial.takes("source") else {}
    names = {key.lower() for key in given}
    final = {}
    for key, (value, where) in asked.items():
        low = key.lower()
        if low in names:
            continue
        if given and (low in STRATEGIES + OF_ITS_TOPIC or is_of_cluster(low)):
            record.note(f"source.{key}", value, None, where)
            continue
        record.note(f"source.{key}", value, value, where)
        final[key] = value
    by_name = {key.lower(): one for key, one in asked.items()}
    for key, value in given.items():
        value_asked, where = by_name.get(key.lower(), (None, None))
        record.note(f"source.{key}", value_asked, value, where)
        final[key] = trial.resolved(value)
    return final


def is_of_cluster(key):
    return key.startswith(OF_ITS_CLUSTER)
