"""The scripts that run in a driver, and what they leave in it."""

import os

from java_bindings import JavaBindings
from left_behind import LeftBehind
from process_group import end_all, processes_of_group
from script_process import ScriptProcess


class Scripts:
    """
    Several can be under way, in turns. What they leave is taken back once none is: until then it may be another one's.
    Made as the driver starts, with the environment that all scripts begin with.
    """

    def __init__(self, base, channel):
        self._base = base
        self._channel = channel
        self._environment = dict(os.environ)
        self._number = 0
        # The queries that are held for each.
        self._queries = {}

    def start(self, command):
        if not self._queries:
            self._left = LeftBehind(self._base)
            self._left.look()
            self._processes = processes_of_group()
            self._bindings = JavaBindings(self._base)
        self._number += 1
        numbered = {**command, "number": self._number}
        script = ScriptProcess(numbered, self._environment, self._channel)
        self._queries[script] = set()
        return script

    def hold(self, script):
        """Why its queries should not be held: what the other trials would find meanwhile, a text each."""
        is_first = not self._queries[script]
        self._queries[script] = self._left.queries() - self._held_for_others(script)
        return self._left.cached() or (self._left.found() if is_first else [])

    def end(self, script):
        """Whether it has failed, and why no other trial should follow it in this driver, a text each."""
        others = self._held_for_others(script)
        del self._queries[script]
        failed, unfit = script.told()
        if self._queries:
            return failed, unfit + self._left.take_back_own(others)
        self._bindings.forget_others()
        end_all(processes_of_group() - self._processes)
        return failed, unfit + self._left.take_back()

    def _held_for_others(self, script):
        return {query for one, held in self._queries.items() if one is not script for query in held}
