"""Runs somebody's script as it is, with the trial's values in place of its own, and ends it with its queries."""

import json
import linecache
import os
import runpy
import signal
import sys
import threading
import time

from asked_settings import AskedSettings
from conf_override import patch_conf, settle_session
from kafka_override import patch_reader
from pyspark import SparkContext
from pyspark.sql.streaming import StreamingQueryManager
from sink_override import Finished, patch_writer

# Seconds from the end of the last query to the end of a script that does not end by itself: one that only sleeps
# waits for nothing else.
ASLEEP, BUSY = 1, 20


class TrialValues:
    """What the trial gives to a script: the JSON file of STREAMTUNE_SCRIPT."""

    def __init__(self, given, secrets):
        self._override = given["override"]
        self._secrets = secrets
        self.source = given["source"]
        self.trigger = given["trigger"]
        self.conf = given["conf"]
        self.sink = given["sink"]
        self.servers = given["servers"]
        self.kafka = given["kafka"]
        self.output_topic = given["outputTopic"]
        self.checkpoint = given["checkpoint"]
        self.output = given["output"]
        self.rehearses = "STREAMTUNE_REHEARSAL" in os.environ

    def takes(self, part):
        return part in self._override

    def resolved(self, value):
        return self._secrets.resolved(value)


class ScriptRun:
    def __init__(self, script, observers, secrets, live=None):
        with open(os.environ["STREAMTUNE_SCRIPT"], encoding="utf-8") as file:
            given = json.load(file)
        self._script = script
        self._observers = observers
        self._ended = threading.Event()
        self._record = AskedSettings(given["record"], script, secrets.mask)
        self._trial = TrialValues(given, secrets)
        self._live = live

    def patch(self):
        patch_conf(self._trial, self._record)
        patch_reader(self._trial, self._record)
        patch_writer(self._trial, self._record, self._before_start)
        self._patch_ends()
        sys.addaudithook(self._note_children)

    def _before_start(self, session):
        settle_session(session, self._trial, self._record)
        if self._live is not None:
            self._live.await_turn()
        observer = self._observers.of(session)
        return not observer.is_stopping()

    def _patch_ends(self):
        await_any = StreamingQueryManager.awaitAnyTermination
        stop_context = SparkContext.stop

        def await_all(manager, timeout=None):
            """One query may have read everything before the one that decides."""
            result = await_any(manager, timeout)
            if timeout is None:
                for query in manager.active:
                    query.awaitTermination()
            return result

        def stop(context):
            self._observers.close(self._record)
            return stop_context(context)

        StreamingQueryManager.awaitAnyTermination = await_all
        SparkContext.stop = stop

    def _note_children(self, event, arguments):
        if event == "subprocess.Popen":
            words = arguments[1]
            self._record.note_child([words] if isinstance(words, str) else map(str, words))
        elif event == "os.system":
            self._record.note_child([os.fsdecode(arguments[0])])
        elif event == "os.fork":
            self._record.note_child(["a fork of the script"])

    def run(self):
        """Runs it in its own folder. A script that was ended with its queries, or that measured something, is fine."""
        os.chdir(os.path.dirname(os.path.abspath(self._script)))
        signal.signal(signal.SIGUSR1, finish)
        if self._live is not None:
            self._live.begin(self._observers)
        threading.Thread(target=self._end_with_queries, daemon=True).start()
        try:
            runpy.run_path(self._script, run_name="__main__")
        except Finished:
            pass
        except SystemExit:
            if not self._observers.has_batches():
                raise
        finally:
            self._ended.set()
            self._close()

    def _close(self):
        self._observers.close(self._record)
        self._record.write()
        if self._live is not None:
            self._live.write(self._script)

    def _end_with_queries(self):
        """Ends the main thread if it goes on without a query: `while True: time.sleep(10)`."""
        main = threading.main_thread().ident
        since = None
        while not self._ended.wait(0.25):
            if not self._observers.have_ended():
                since = None
                continue
            since = since or time.monotonic()
            patience = ASLEEP if is_asleep(sys._current_frames().get(main)) else BUSY
            if time.monotonic() - since < patience:
                continue
            signal.pthread_kill(main, signal.SIGUSR1)
            if not self._ended.wait(5):
                self._close()
                os._exit(0)


def finish(_signal, _frame):
    raise Finished(0)


def is_asleep(frame):
    if frame is None:
        return False
    file = frame.f_code.co_filename
    return file.endswith("threading.py") or "sleep" in linecache.getline(
        file, frame.f_lineno
    )
