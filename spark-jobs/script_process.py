"""
Runs somebody's script in a Python of its own that is connected to the driver's JVM: nothing of Python is left of it for
the next trial, and it may end as it likes.
"""

import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time

LAUNCHER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "launcher.py")
# It says what it has to at its end, unless a signal ends it.
ENDED_AT_ONCE = "it has ended its process itself, with os._exit"
# What the driver was started with, and Spark itself has put together from it.
OF_THE_DRIVER = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
# What it says to the driver in its turns, a byte each.
HELD, LATE = b"h", b"l"
# Seconds that a script has to end after its queries, once its time is up.
PATIENCE = 5


class ScriptProcess:
    """From its start to its end. One that takes turns goes on in between, while its queries are held."""

    def __init__(self, command, environment, driver):
        """`environment` is that of the driver's start, `driver` the channel whose end is the end of all trials."""
        self._driver = driver
        self._turns, its = socket.socketpair()
        self._unfit = tempfile.NamedTemporaryFile("r", encoding="utf-8")  # noqa: SIM115 - lives as long
        number = its.fileno() if "turn" in command else None
        job = command["job"]
        with its:
            self._child = subprocess.Popen(
                [sys.executable, LAUNCHER, job, *command["args"]],
                env=self._environment_of(command, environment, number),
                cwd=os.path.dirname(job),
                stdin=subprocess.DEVNULL,
                pass_fds=[] if number is None else [number],
            )
        self._has_ended, tell = socket.socketpair()
        threading.Thread(target=lambda: (self._child.wait(), tell.close()), daemon=True).start()
        self.is_late = False

    def _environment_of(self, command, environment, number):
        given = command["env"].items()
        own = {key: value for key, value in given if key not in OF_THE_DRIVER}
        worker = {k: v for k, v in own.items() if not k.startswith("STREAMTUNE_")}
        live = {
            "number": command["number"],
            "worker": worker,
            "unfit": self._unfit.name,
            "turns": number,
        }
        return {**environment, **own, "STREAMTUNE_LIVE": json.dumps(live)}

    def play(self, turn=None, seconds=None):
        """
        Lets it go on for a turn, or to its end; for so many seconds, those of the turn if none are given. True if its
        queries are held then. Does nothing meanwhile: the trial is being measured.
        """
        ends_at = float("inf")
        if turn is not None:
            seconds = turn["seconds"] if seconds is None else seconds
            ends_at = time.monotonic() + seconds + PATIENCE
            self._tell(turn)
        said = self._hear(ends_at)
        while said == LATE:
            self.is_late = True
            said = self._hear(ends_at)
        return said == HELD

    def _tell(self, turn):
        try:
            self._turns.sendall(json.dumps(turn).encode() + b"\n")
        except OSError:
            # It has ended.
            return

    def _hear(self, ends_at):
        """What it says next; nothing once it has ended. Ends it where it is late, or nobody waits for the trial."""
        ready = wait_for([self._turns, self._has_ended, self._driver], ends_at)
        if self._turns in ready:
            said = self._turns.recv(1)
            if said:
                return said
            ready = wait_for([self._has_ended, self._driver], ends_at)
        if self._has_ended not in ready:
            self.is_late = not ready
            self._child.kill()
        self._child.wait()
        return b""

    def has_ended(self):
        return bool(wait_for([self._has_ended], 0))

    def told(self):
        """Of one that has ended: whether it failed, and why no other trial should follow it in this driver."""
        with self._unfit:
            told = self._unfit.read()
        code = self._child.wait()
        return code != 0, json.loads(told) if told else [ENDED_AT_ONCE] * (code >= 0)

    def end(self):
        """Lets its queries go, and ends it."""
        self._turns.close()
        if not wait_for([self._has_ended], time.monotonic() + PATIENCE):
            self._child.kill()
        self._child.wait()
        self._unfit.close()


def wait_for(sockets, until):
    """Those that have something to read, at the latest then."""
    left = max(0, until - time.monotonic())
    return select.select(sockets, [], [], None if left == float("inf") else left)[0]
