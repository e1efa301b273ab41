"""Reads back what a query wrote, once it has ended."""

import os

from plan_keys import grouping_of, is_stateful
from pyspark.sql import functions as fn
from result_state import keyed, state_of


class UnreadError(Exception):
    """Why an output is not compared; `cause` is a member of the TypeScript type UnreadCause."""

    def __init__(self, kind, **more):
        super().__init__(kind)
        self.cause = {"kind": kind, **more}


def read_result(output, own, was_stopped):
    """
    `append`: all rows. `update`: the last row of each key. `complete`: the last batch. For a console, only the names of
    the keys: its text is elsewhere. Raises UnreadError.
    """
    if output.query.exception() is not None:
        raise UnreadError("failed", text="the query failed")
    if output.sink not in READERS:
        raise UnreadError("sink")
    if was_stopped and output.mode == "append" and is_stateful(output.frame):
        raise UnreadError("cut-off")
    grouping = grouping_of(output.frame)
    keys = grouping.names if grouping is not None and grouping.in_output else None
    if output.sink == "console":
        return {"keys": keys, "unread": {"kind": "console"}}
    rows = READERS[output.sink](output, own)
    if output.mode == "append" or (output.mode, output.sink) == ("complete", "memory"):
        return {"state": state_of(keyed(rows, keys))}
    if output.sink == "kafka":
        fields = None if grouping is None else grouping.names
        named = keyed_records(output.frame, rows, fields)
    else:
        named = None if keys is None else keyed(rows, keys)
    if named is None:
        raise UnreadError("keys")
    last = named.groupBy("k").agg(fn.max_by("v", "at").alias("v"))
    return {"state": state_of(last)}


def read_files(output, own):
    path = str(output.options.get("path", ""))
    if not os.path.abspath(path).startswith(own["folder"] + os.sep):
        raise UnreadError("place")
    return reading(output.frame).read.schema(output.frame.schema).parquet(path)


def read_records(output, own):
    if output.options.get("topic") != own["topic"] or "topic" in output.frame.columns:
        raise UnreadError("place")
    options = {k: v for k, v in output.options.items() if k.startswith("kafka.")}
    reader = reading(output.frame).read.format("kafka").option("subscribe", own["topic"])
    records = reader.options(**options).load()
    at = fn.struct("timestamp", "offset").alias("at")
    return records.select(
        fn.col("key").cast("string"), fn.col("value").cast("string"), at
    )


def read_table(output, _own):
    """Of the query's own session, whose settings no longer matter."""
    session = output.frame.sparkSession
    session._jsparkSession.conf().set("spark.sql.shuffle.partitions", "2")
    return session.table(output.query.name)


READERS = {
    "parquet": read_files,
    "kafka": read_records,
    "memory": read_table,
    "console": None,
}


def reading(frame):
    """A session in which no setting of the trial shapes what is read."""
    session = frame.sparkSession.newSession()
    for key, value in (
        ("spark.sql.shuffle.partitions", "2"),
        ("spark.sql.session.timeZone", "UTC"),
    ):
        session._jsparkSession.conf().set(key, value)
    return session


def keyed_records(frame, rows, keys):
    """Records by the key of Kafka, or by the grouping's columns where the value is JSON that has them; else None."""
    if "key" in frame.columns:
        return rows.select(fn.col("key").alias("k"), fn.col("value").alias("v"), "at")
    sample = rows.limit(20).collect()
    if keys is None or not all(has_fields(value, keys) for _key, value, _at in sample):
        return None
    fields = [fn.get_json_object("value", f"$['{name}']").alias(name) for name in keys]
    return rows.select(
        fn.to_json(fn.struct(*fields)).alias("k"), fn.col("value").alias("v"), "at"
    )


def has_fields(text, names):
    """Whether a value is a JSON object that can be told apart by these; null ones may have been left out."""
    found = (text or "").strip()
    return found.startswith("{") and any(f'"{name}":' in found for name in names)
