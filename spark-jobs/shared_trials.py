"""A trial in a driver that other trials use too: of the shipped job in this process, of a script in one of its own."""

import os
import runpy
import sys
import traceback

from launcher import Observers, observe, written_outputs
from patched_classes import Restored
from secret_values import Secrets
from trial_session import TrialSession


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


class SharedTrial:
    """`session` is the trial's own, `refused` in it what could not be set."""

    def __init__(self, base, command):
        self._environment = TrialEnvironment(command["env"])
        with self._environment:
            self.secrets = Secrets()
            self.session = TrialSession(base, command["conf"], self.secrets)

    def is_between_turns(self):
        return False

    def end(self):
        """Called once, when nothing of it runs any longer."""


class ScriptTrial(SharedTrial):
    """Runs in one go: a script starts anew with each process."""

    def run(self, command, scripts):
        """Whether it has failed, and why no other trial should follow it in this driver, a text each."""
        with self._environment, Restored(), self.session:
            return scripts.run(command)


class ShippedTrial(SharedTrial):
    """Runs in one go, or in turns: its query stops at the end of each, and goes on from its checkpoint in the next."""

    def __init__(self, base, command):
        super().__init__(base, command)
        self._observers = None
        self._is_between_turns = False

    def run(self, command, _scripts):
        with self._environment, Restored(), self.session:
            if self._observers is None:
                self._observers = Observers(self.secrets, written_outputs())
            else:
                self._observers.patch_again()
            observe(self._observers)
            if "turn" in command:
                self._observers.begin_turn(command["turn"])
            failed = run_job(command["job"])
            self._observers.end_turn()
            has_more = not command.get("turn", {}).get("isOnly", False)
            self._is_between_turns = has_more and not failed and self._observers.are_between_turns()
            if not self._is_between_turns:
                self._observers.finish()
            sys.stdout.flush()
            sys.stderr.flush()
            return failed, ()

    def is_between_turns(self):
        return self._is_between_turns

    def end(self):
        """For a driver that goes on: nothing of this trial listens any longer."""
        if self._observers is not None:
            self._observers.detach()


def run_job(job):
    """Whether it has failed."""
    try:
        runpy.run_path(job, run_name="__main__")
        return False
    except BaseException as error:
        if isinstance(error, SystemExit) and error.code in (None, 0):
            return False
        traceback.print_exc()
        return True
