"""
Runs somebody's script in a Python of its own that is connected to the driver's JVM: nothing of Python is left of it for
the next trial, and it may end as it likes.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading

from left_behind import LeftBehind
from py4j.java_gateway import JavaObject

LAUNCHER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "launcher.py")
# It says what it has to at its end, unless a signal ends it.
ENDED_AT_ONCE = "it has ended its process itself, with os._exit"
# What the driver was started with, and Spark itself has put together from it.
OF_THE_DRIVER = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")


class Scripts:
    """Made as the driver starts, with the environment that all scripts begin with."""

    def __init__(self, base, channel):
        self._base = base
        self._channel = channel
        self._environment = dict(os.environ)
        self._number = 0

    def run(self, command):
        """Whether it has failed, and why no other trial should follow it in this driver, a text each."""
        self._number += 1
        left = LeftBehind(self._base)
        left.look()
        others = processes_of_group()
        bindings = JavaBindings(self._base)
        with tempfile.NamedTemporaryFile("r", encoding="utf-8") as unfit:
            code = self._run(command, unfit.name)
            bindings.forget_others()
            end_all(processes_of_group() - others)
            told = unfit.read()
        unfit = json.loads(told) if told else [ENDED_AT_ONCE] * (code >= 0)
        return code != 0, unfit + left.take_back()

    def _run(self, command, unfit):
        job = command["job"]
        child = subprocess.Popen(
            [sys.executable, LAUNCHER, job, *command["args"]],
            env=self._environment_of(command["env"], unfit),
            cwd=os.path.dirname(job),
            stdin=subprocess.DEVNULL,
        )
        self._wait(child)
        return child.returncode

    def _environment_of(self, given, unfit):
        own = {key: value for key, value in given.items() if key not in OF_THE_DRIVER}
        worker = {k: v for k, v in own.items() if not k.startswith("STREAMTUNE_")}
        live = {"number": self._number, "worker": worker, "unfit": unfit}
        return {**self._environment, **own, "STREAMTUNE_LIVE": json.dumps(live)}

    def _wait(self, child):
        """Ends it when nobody waits for the trial any longer. Does nothing meanwhile: the trial is being measured."""
        ended, tell = socket.socketpair()
        waiter = threading.Thread(target=lambda: (child.wait(), tell.close()))
        waiter.start()
        # The channel brings nothing during a trial but its end.
        select.select([ended, self._channel], [], [])
        if is_closed(self._channel):
            child.kill()
        waiter.join()
        ended.close()


class JavaBindings:
    """The objects that the JVM keeps for its Pythons. One that has ended takes back none of its own."""

    def __init__(self, base):
        gateway = base.sparkContext._gateway
        server = JavaObject("GATEWAY_SERVER", gateway._gateway_client)
        self._all = server.getGateway().getBindings().keySet()
        self._known = base._jvm.java.util.HashSet(self._all)
        self._known.add(self._all._target_id)
        self._known.add(self._known._target_id)

    def forget_others(self):
        self._all.retainAll(self._known)


def is_closed(channel):
    readable, _, _ = select.select([channel], [], [], 0)
    return bool(readable) and channel.recv(1, socket.MSG_PEEK) == b""


def processes_of_group():
    """Of this driver's process group; a trial in a process of its own ends with all of them."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,pgid="], capture_output=True, text=True, check=False
    )
    pairs = [line.split() for line in listed.stdout.splitlines()]
    own = os.getpgrp()
    # Its leader is the JVM, which has started this Python; any other group has processes of other people's.
    return {int(pid) for pid, group in pairs if int(group) == own == os.getppid()}


def end_all(pids):
    """Python workers, and what the script has started: `ps` itself is gone by now."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            continue
