"""Runs one trial after another in the driver that it keeps: each in a session of its own, told by streamtune.

    spark-submit session_driver.py

STREAMTUNE_SESSION_SOCKET names the Unix socket on which the trials come, one line of JSON each: `job` is the PySpark
file and `args` its arguments, `conf` has the settings of its session, `env` is what the launcher would find in its
environment. The answer to each is one line as well. `turn` lets a trial read only so many records, and go on
in its next turn; one whose turn `isOnly` ends with it. The driver ends when the other side closes the socket,
so it never outlives streamtune. The shipped job runs in this process, anybody's script in a Python of its own.
"""

import json
import os
import socket

from driver_figures import forget_kafka_clients, forget_states, read_figures
from pyspark.sql import SparkSession
from script_trial import ScriptTrial
from scripts_under_way import Scripts
from secret_values import Secrets
from shared_trials import ShippedTrial
from trial_session import is_stopped

SOCKET = "STREAMTUNE_SESSION_SOCKET"


class Trials:
    """The trials of a driver, each told by a command. Those that take turns are kept between two of them."""

    def __init__(self, base, scripts):
        self._base = base
        self._scripts = scripts
        self._between_turns = {}

    def run(self, command):
        """
        Runs a trial to its end, or to the end of its turn. Whatever its job raises is the trial's own; the driver goes
        on.
        """
        turn = command.get("turn", {})
        name = turn.get("trial")
        kind = ScriptTrial if "STREAMTUNE_SCRIPT" in command["env"] else ShippedTrial
        trial = self._between_turns.pop(name, None) or kind(self._base, command)
        if trial.session.refused:
            # Without one of its settings it would be a trial of something else, and could take for ever.
            return self._answer(trial, failed=False)
        failed, unfit = trial.run(command, self._scripts)
        if trial.is_between_turns():
            self._between_turns[name] = trial
            return {"isBetweenTurns": True}
        if not self._between_turns:
            # Of queries that are held, Spark's own would be forgotten as well.
            forget_states(self._base)
            forget_kafka_clients(self._base)
        return self._answer(trial, failed, unfit)

    def end(self):
        """Ends those that take turns and were not ended."""
        for trial in self._between_turns.values():
            trial.end()

    def _answer(self, trial, failed, unfit=()):
        trial.end()
        return {
            "failed": failed,
            "refused": trial.session.refused,
            "unfit": [trial.secrets.mask(text) for text in unfit],
            "inOneGo": trial.in_one_go,
            "figures": read_figures(self._base),
        }


def main():
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    channel.connect(os.environ[SOCKET])
    lines = channel.makefile("rw", encoding="utf-8", newline="\n")

    def tell(answer):
        lines.write(json.dumps(answer) + "\n")
        lines.flush()

    Secrets().set_conf()
    base = SparkSession.builder.appName("streamtune").getOrCreate()
    trials = Trials(base, Scripts(base, channel))
    tell({"figures": read_figures(base)})
    for line in lines:
        tell(trials.run(json.loads(line)))
        if is_stopped(base):
            break
    trials.end()
    base.stop()


if __name__ == "__main__":
    main()
