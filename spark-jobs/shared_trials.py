"""A trial in a driver that other trials use too, and one of the shipped job in this process."""

import os
import sys
import threading

from job_thread import JobThread
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
    """
    `session` is the trial's own, `refused` in it what could not be set. `in_one_go` says why it cannot take turns, a text
    each, as far as one that only warms the driver tells.
    """

    in_one_go = ()

    def __init__(self, base, command):
        self._environment = TrialEnvironment(command["env"])
        with self._environment:
            self.secrets = Secrets()
            self.session = TrialSession(base, command["conf"], self.secrets)

    def is_between_turns(self):
        return False

    def end(self):
        """Called once, when nothing of it runs any longer."""


class ShippedTrial(SharedTrial):
    """
    Runs in one go, or in turns: its query is held at the end of each, and goes on in the next. In a driver that is not the
    one of the turn before, or if it could not be held, it goes on from its checkpoint.
    """

    def __init__(self, base, command):
        super().__init__(base, command)
        self._observers = None
        self._job = None
        self._has_news = threading.Event()
        self._is_between_turns = False

    def run(self, command, _scripts):
        with self._environment, Restored(), self.session:
            self._observe()
            self._has_news.clear()
            if "turn" in command:
                self._observers.begin_turn(command["turn"], self._has_news.set)
            if not self.session.is_held:
                self._job = JobThread(command["job"], self.session, self._has_news.set)
                self._job.start()
            self._has_news.wait()
            self.session.is_held = self._holds()
            if not self.session.is_held:
                self._job.join()
            self._observers.rest()
            has_more = not command.get("turn", {}).get("isOnly", False)
            failed = self._job.has_failed
            self._is_between_turns = has_more and not failed and self._observers.are_between_turns()
            if not self._is_between_turns:
                self._observers.finish()
            sys.stdout.flush()
            sys.stderr.flush()
            return failed, ()

    def _holds(self):
        if self._job.has_ended:
            return False
        if self._observers.hold():
            return True
        # It goes on from its checkpoint.
        self._observers.stop()
        return False

    def _observe(self):
        if self._observers is None:
            self._observers = Observers(self.secrets, written_outputs())
        else:
            self._observers.patch_again()
        observe(self._observers)

    def is_between_turns(self):
        return self._is_between_turns

    def end(self):
        """For a driver that goes on: nothing of this trial runs or listens any longer."""
        if self.session.is_held:
            self._observers.release()
            self.session.is_held = False
            with self.session:
                pass
        if self._observers is not None:
            self._observers.detach()
