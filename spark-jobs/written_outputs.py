"""Notes what the queries of a job write and where, and reads it back once they have ended."""

import json
import os
import threading

from pyspark.sql.streaming import DataStreamWriter
from result_reader import UnreadError, read_result

# An output that takes longer than this to read back is not worth the wait.
PATIENCE_SECONDS = 20


class WrittenOutput:
    """What one query writes: `writer` knows the frame, the sink and its options."""

    def __init__(self, writer, name, query, more):
        noted = writer.__dict__
        self.name = name
        self.query = query
        self.frame = writer._df
        self.sink = noted.get("_streamtune_sink", "parquet")
        self.mode = noted.get("_streamtune_mode", "append").lower()
        self.options = {**noted.get("_streamtune_written", {}), **more}


class WrittenOutputs:
    """
    STREAMTUNE_RESULT_FILE gets, for each query, its final state or why it was not read. Only what is the trial's own is
    read: files in its folder, and the topic of STREAMTUNE_RESULT_TOPIC; what stands elsewhere is also written by others.
    """

    def __init__(self):
        self._file = os.environ["STREAMTUNE_RESULT_FILE"]
        self._own = {
            "folder": os.path.dirname(os.path.abspath(self._file)),
            "topic": os.environ.get("STREAMTUNE_RESULT_TOPIC", ""),
        }
        self._all = []
        self._done = False

    def patch(self):
        """Must come before other patches of the writer: it notes what reaches Spark."""
        plain = {
            name: getattr(DataStreamWriter, name)
            for name in ("option", "start", "toTable")
        }

        def option(writer, key, value):
            writer.__dict__.setdefault("_streamtune_written", {})[key.lower()] = value
            return plain["option"](writer, key, value)

        def options(writer, **given):
            for key, value in given.items():
                writer.option(key, value)
            return writer

        def start(writer, path=None, *args, **kwargs):
            query = plain["start"](writer, path, *args, **kwargs)
            self._add(writer, query, {} if path is None else {"path": path})
            return query

        def to_table(writer, *args, **kwargs):
            query = plain["toTable"](writer, *args, **kwargs)
            writer._streamtune_sink = "table"
            self._add(writer, query, {})
            return query

        note("format", "_streamtune_sink")
        note("outputMode", "_streamtune_mode")
        for name in ("foreachBatch", "foreach"):
            note(name, "_streamtune_sink", name)
        DataStreamWriter.option = option
        DataStreamWriter.options = options
        DataStreamWriter.start = start
        DataStreamWriter.toTable = to_table

    def _add(self, writer, query, more):
        # One that goes on from its checkpoint, in its next turn, is the same query.
        self._all = [one for one in self._all if one.query.id != query.id]
        name = query.name or f"query-{len(self._all) + 1}"
        self._all.append(WrittenOutput(writer, name, query, more))

    def read(self, rows_of, was_stopped):
        """
        Reads them once, for queries that have ended; an error in here never reaches the job. `rows_of` a query by name:
        what it has read; `was_stopped`: whether it was stopped before its end.
        """
        if self._done or not self._all:
            return
        self._done = True
        results = [self._result(one, rows_of, was_stopped) for one in self._all]
        draft = self._file + ".draft"
        with open(draft, "w", encoding="utf-8") as file:
            json.dump(results, file)
        os.replace(draft, self._file)

    def _result(self, output, rows_of, was_stopped):
        told = {
            "query": output.name,
            "sink": output.sink,
            "mode": output.mode,
            "inputRows": rows_of(output.name),
        }
        context = output.frame.sparkSession.sparkContext
        timer = threading.Timer(PATIENCE_SECONDS, context.cancelAllJobs)
        timer.daemon = True
        timer.start()
        sharing = [one for one in self._all if one.sink == output.sink == "kafka"]
        try:
            if len(sharing) > 1:
                raise UnreadError("place")
            stopped = was_stopped(output.query)
            return {**told, **read_result(output, self._own, stopped)}
        except UnreadError as why:
            return {**told, "unread": why.cause}
        except Exception as error:
            text = str(error).strip().split("\n")[0][:200]
            return {**told, "unread": {"kind": "failed", "text": text}}
        finally:
            timer.cancel()


def note(name, attribute, fixed=None):
    """Keeps what a method of the writer is given."""
    plain = getattr(DataStreamWriter, name)

    def call(writer, *args, **kwargs):
        writer.__dict__[attribute] = fixed or next(iter([*args, *kwargs.values()]))
        return plain(writer, *args, **kwargs)

    setattr(DataStreamWriter, name, call)
