"""A trial of somebody's script in a driver that other trials use too."""

import os
import sys
import time

from patched_classes import Restored
from shared_trials import SharedTrial

# Records that no turn ends with.
ENDLESS = 2**62
NOT_HELD = "its queries cannot be held between two batches"


class ScriptTrial(SharedTrial):
    """
    Runs in one go, or in turns: its process goes on, and its queries are held at the end of each. It never begins again
    from a checkpoint, as its own code would run twice. So one whose queries cannot be held, or that keeps what other
    trials would find, goes on to its end in that turn.
    """

    def __init__(self, base, command):
        super().__init__(base, command)
        self._script = None
        self._late = None

    def run(self, command, scripts):
        """Whether it has failed, and why no other trial should follow it in this driver, a text each."""
        if self._late is not None:
            late, self._late = self._late, None
            return late
        turn = command.get("turn")
        with self._environment, Restored(), self.session:
            play = self._play
            if self._script is not None:
                self._end_driver_if_lost()
            else:
                self._script = scripts.start(command)
                if turn is not None and turn.get("isOnly", False):
                    play = self._play_once
            self.session.is_held = play(turn, scripts)
            if self.session.is_held:
                return False, ()
            ended = scripts.end(self._script)
        if ended[0]:
            self.in_one_go = ()
        if self._script.is_late and not turn.get("isOnly", False):
            self._late = ended
        return ended

    def _play(self, turn, scripts):
        """True if its queries are held."""
        began = time.monotonic()
        if not self._script.play(turn):
            return False
        if not scripts.hold(self._script):
            return True
        left = max(0, turn["seconds"] - (time.monotonic() - began))
        return self._script.play({**turn, "until": ENDLESS, "seconds": left})

    def _play_once(self, turn, scripts):
        """One that only warms the driver shows whether its queries can be held before it ends."""
        if self._script.play({**turn, "of": ENDLESS, "isOnly": False}):
            self.in_one_go = scripts.hold(self._script)
            return self._script.play({**turn, "seconds": 0}, turn["seconds"])
        self.in_one_go = [NOT_HELD]
        return False

    def _end_driver_if_lost(self):
        """Nothing in the JVM can stop a query that is held by a process that has ended."""
        if self._script.has_ended():
            print("The process of a script has ended while its query was held.", file=sys.stderr)
            sys.stderr.flush()
            os._exit(1)

    def is_between_turns(self):
        return self.session.is_held or self._late is not None

    def end(self):
        if self.session.is_held:
            self._script.end()
            self.session.is_held = False
            with self.session:
                pass
