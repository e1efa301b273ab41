"""Runs one trial after another in the driver that it keeps: each in a session of its own, told by streamtune.

    spark-submit session_driver.py

STREAMTUNE_SESSION_SOCKET names the Unix socket on which the trials come, one line of JSON each: `job` is the PySpark
file and `args` its arguments, `conf` has the settings of its session, `env` is what the launcher would find in its
environment. The answer to each is one line as well. The driver ends when the other side closes the socket, so it never
outlives streamtune. The shipped job runs in this process, anybody's script in a Python of its own.
"""

import json
import os
import runpy
import socket
import sys
import traceback

from driver_figures import forget_kafka_clients, forget_states, read_figures
from launcher import Observers, observe, written_outputs
from patched_classes import Restored
from pyspark.sql import SparkSession
from script_process import Scripts
from secret_values import Secrets
from trial_session import TrialSession, is_stopped

SOCKET = "STREAMTUNE_SESSION_SOCKET"


class TrialEnvironment:
    """The environment variables of one trial, taken back after it."""

    def __init__(self, given):
        self._given = given

    def __enter__(self):
        self._before = {key: os.environ.get(key) for key in self._given}
        os.environ.update(self._given)

    def __exit__(self, *_error):
        for key, value in self._before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value


def run_trial(base, command, scripts):
    """Runs one trial to its end. Whatever its job raises is the trial's own; the driver goes on."""
    failed, unfit = False, []
    with TrialEnvironment(command["env"]), Restored():
        secrets = Secrets()
        with TrialSession(base, command["conf"], secrets) as session:
            # Without one of its settings it would be a trial of something else, and could take for ever.
            if session.refused:
                pass
            elif "STREAMTUNE_SCRIPT" in command["env"]:
                failed, unfit = scripts.run(command)
            else:
                observers = Observers(secrets, written_outputs())
                observe(observers)
                failed = run_job(command["job"], observers)
                observers.detach()
    forget_states(base)
    forget_kafka_clients(base)
    return {
        "failed": failed,
        "refused": session.refused,
        "unfit": [secrets.mask(text) for text in unfit],
        "figures": read_figures(base),
    }


def run_job(job, observers):
    try:
        runpy.run_path(job, run_name="__main__")
        return False
    except BaseException as error:
        if isinstance(error, SystemExit) and error.code in (None, 0):
            return False
        traceback.print_exc()
        return True
    finally:
        observers.finish()
        sys.stdout.flush()
        sys.stderr.flush()


def main():
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    channel.connect(os.environ[SOCKET])
    lines = channel.makefile("rw", encoding="utf-8", newline="\n")

    def tell(answer):
        lines.write(json.dumps(answer) + "\n")
        lines.flush()

    Secrets().set_conf()
    base = SparkSession.builder.appName("streamtune").getOrCreate()
    scripts = Scripts(base, channel)
    tell({"figures": read_figures(base)})
    for line in lines:
        tell(run_trial(base, json.loads(line), scripts))
        if is_stopped(base):
            break
    base.stop()


if __name__ == "__main__":
    main()
