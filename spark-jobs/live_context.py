"""
Answers a script's calls for a SparkContext with the one of a live driver, to whose JVM this process is connected:
`builder.getOrCreate()`, `SparkContext(conf=…)` and `spark.stop()` work as in a process of their own.

STREAMTUNE_LIVE is the JSON of what the driver tells: `number` is different for each trial, `worker` has the
environment of the trial's Python workers, `unfit` names the file that gets what this context could not answer, and
`turns` is the number of the socket that tells its turns, null for a trial that runs in one go.
"""

import json
import os
import re
import sys

from asked_settings import SENSITIVE, shown
from pyspark import SparkConf, SparkContext
from trial_session import java_sessions

# What a trial does not measure: its name, and the web page that is off.
WITHOUT_EFFECT = re.compile(r"spark\.(app\.name|app\.startTime|ui\..*|submit\..*)$")
# Python's own way into the JVM, where a script may leave what nothing here sees.
INTO_JVM = re.compile(r"\._(jvm|jsc|gateway|jsparkSession)\b")
HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep
LIBRARY = os.path.dirname(os.path.abspath(os.__file__)) + os.sep
# Where those of nobody in particular are, of which this is not asked.
OF_OTHERS = ("site-packages", "dist-packages", os.environ.get("SPARK_HOME", "pyspark"))
# Proxies of one process must not be taken for those of another, whose end the JVM may learn of late.
PROXIES = 1_000_000


class LiveContext:
    def __init__(self):
        told = json.loads(os.environ["STREAMTUNE_LIVE"])
        self._number = told["number"]
        self._worker = told["worker"]
        self._file = told["unfit"]
        self._channel = told["turns"]
        self._turns = None
        self._unfit = []
        self._taken = False

    def patch(self):
        SparkContext._ensure_initialized()
        SparkContext._gateway.gateway_property.pool.next_id = PROXIES * self._number
        live = SparkContext._jvm.org.apache.spark.SparkContext.getOrCreate()
        self._java = SparkContext._jvm.org.apache.spark.api.java.JavaSparkContext(live)
        stop_context = SparkContext.stop

        def stop(context):
            """The context is gone for the script only."""
            if getattr(context, "_jsc", None) is not None:
                context._jsc = LeftOn()
            stop_context(context)

        def initialize(context, jconf):
            return self._answer(context, jconf)

        SparkContext.stop = stop
        SparkContext._initialize_context = initialize

    def begin(self, observers):
        """Waits for the script's first turn, if it takes turns."""
        if self._channel is None:
            return
        # What it needs is no concern of a script that runs in one go.
        from script_turns import ScriptTurns

        self._turns = ScriptTurns(self._channel, observers)
        self._turns.start()

    def await_turn(self):
        if self._turns is not None:
            self._turns.wait()

    def _answer(self, context, jconf):
        if self._taken:
            self._note("it makes another SparkContext after it has stopped one")
        self._taken = True
        # Workers that have run another trial's functions keep the state of its modules.
        context.environment.update(self._worker, STREAMTUNE_TRIAL=str(self._number))
        default = java_sessions(SparkContext._jvm).getDefaultSession()
        session = default.get() if default.isDefined() else None
        # As submitted, and as Spark has completed it: paths, for example.
        mine = (SparkConf()._jconf, self._java.getConf())
        for pair in jconf.getAll():
            self._take(pair._1(), pair._2(), mine, session)
        return self._java

    def _take(self, key, value, mine, session):
        """A setting of the script: the session's own, or one that the driver must have been started with."""
        had = [one.get(key) for one in mine if one.contains(key)]
        if value in had:
            return
        if WITHOUT_EFFECT.match(key):
            return
        if session is not None and session.conf().isModifiable(key):
            session.conf().set(key, value)
            return
        hides = SENSITIVE.search(key) is not None
        has = f"with {shown(had[0], hides)}" if had else "without"
        asked = shown(value, hides)
        self._note(f"it sets {key} to {asked}, and the driver was started {has}")

    def _note(self, text):
        self._unfit.append(text)

    def write(self, script):
        """Leaves for the driver what it must know."""
        with open(script, encoding="utf-8", errors="replace") as file:
            sources = {os.path.basename(script): file.read()}
        sources.update(own_sources())
        for name, text in sources.items():
            line = first_match(text)
            if line is not None:
                self._note(
                    f"it uses the JVM itself ({name}:{line}), where nobody sees what it leaves"
                )
        with open(self._file, "w", encoding="utf-8") as file:
            json.dump(self._unfit, file)
        if self._turns is not None:
            self._turns.close()


class LeftOn:
    def stop(self):
        pass


def own_sources():
    """The text of the modules that are the script's own, by name; also of those in an archive."""
    found = {}
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if not file or file.startswith((HERE, LIBRARY)) or any(o in file for o in OF_OTHERS):
            continue
        try:
            text = module.__loader__.get_source(name)
        except Exception:
            continue
        if text:
            found[os.path.basename(file)] = text
    return found


def first_match(text):
    """The number of the first line that goes into the JVM."""
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if INTO_JVM.search(line)), None)
