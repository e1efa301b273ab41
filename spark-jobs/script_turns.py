"""
Gives a script its turns in a driver that other trials use too: its process goes on, and its queries are held in between.
"""

import json
import os
import select
import socket
import sys
import threading
from contextlib import suppress

from own_time import OwnTime
from py4j.java_gateway import JavaObject
from pyspark import SparkContext
from script_process import HELD, LATE


class ScriptTurns:
    """
    The driver tells each turn by a socket, a line of JSON. One thread takes all of them, as a lock in the JVM belongs to
    the thread that took it. The process ends with its driver.
    """

    def __init__(self, number, observers):
        self._channel = socket.socket(fileno=number)
        self._channel.set_inheritable(False)
        self._observers = observers
        self._time = OwnTime()
        self._ends, self._end = socket.socketpair()

    def start(self):
        """Returns once the first turn has begun."""
        self._time.patch()
        threading.Thread(target=self._take_all, daemon=True).start()
        self._time.wait()

    def wait(self):
        """For the next turn, in whatever thread of the script."""
        self._time.wait()

    def close(self):
        """Tells the driver why it ends."""
        if self._observers.are_late():
            with suppress(OSError):
                self._channel.send(LATE)

    def _take_all(self):
        for line in self._channel.makefile("r", encoding="utf-8", newline="\n"):
            take_callbacks()
            self._observers.begin_turn(json.loads(line), lambda: self._end.send(b"."))
            self._time.go_on()
            ready, _, _ = select.select([self._channel, self._ends], [], [])
            if self._channel in ready:
                break
            if self._observers.hold():
                self._rest()
            # Otherwise the script goes on to its end: it cannot begin again from a checkpoint.
        self._observers.release()
        os._exit(1)

    def _rest(self):
        self._time.stand_still()
        self._observers.rest()
        while select.select([self._ends], [], [], 0)[0]:
            self._ends.recv(4096)
        sys.stdout.flush()
        sys.stderr.flush()
        self._channel.send(HELD)


def take_callbacks():
    """A JVM calls one Python at a time, the last that has asked for it: from now on this one."""
    gateway = SparkContext._gateway
    if gateway.__dict__.get("_callback_server") is None:
        return
    server = JavaObject("GATEWAY_SERVER", gateway._gateway_client)
    server.resetCallbackClient(server.getCallbackClient().getAddress(), gateway._python_proxy_port)
