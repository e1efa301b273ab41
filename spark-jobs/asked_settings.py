"""Keeps what a script asks for and what it gets in its place, and what else explains its end, in one JSON file."""

import json
import os
import re
import sys
import threading

# Scripts hard-code passwords too; of those of the experiment, only the reference gets here.
SENSITIVE = re.compile(
    r"password|secret|credential|jaas\.config|access\.key|session\.token", re.I
)
HERE = os.path.dirname(os.path.abspath(__file__))


def shown(value, hides):
    if value is None:
        return None
    return "***" if hides else str(value)


def error_text(error):
    """The first line of an error; of one of the JVM that has no class of its own here, what the JVM says."""
    if hasattr(error, "java_exception"):
        return str(error.java_exception.toString()).strip().split("\n")[0]
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else ''}"


class AskedSettings:
    """Written to `path` whenever it changes; what is written is masked."""

    def __init__(self, path, script, mask):
        self._path = path
        self._folder = os.path.dirname(os.path.abspath(script))
        self._mask = mask
        self._lock = threading.RLock()
        self._content = {
            "settings": [],
            "children": [],
            "raised": None,
            "endedEarly": False,
        }

    def where(self):
        """`job.py:14`: the innermost line of the script's own files that is being run."""
        frame = sys._getframe(1)
        while frame is not None:
            file = frame.f_code.co_filename
            if self._is_own(file):
                return f"{os.path.relpath(file, self._folder)}:{frame.f_lineno}"
            frame = frame.f_back
        return None

    def called_by_script(self):
        """Whether the script itself, and not PySpark for it, calls into the module `conf`."""
        frame = sys._getframe(2)
        while frame is not None and frame.f_code.co_filename.endswith("conf.py"):
            frame = frame.f_back
        return frame is not None and self._is_own(frame.f_code.co_filename)

    def _is_own(self, file):
        """Whether a file is the script's: in its folder, but in no environment of Python's there."""
        inside = file.startswith(self._folder + os.sep) and not file.startswith(HERE)
        return inside and "site-packages" not in file[len(self._folder) :]

    def note(self, key, asked, given, where=None):
        """`asked` is None where the script says nothing, `given` where what it asks for is left out."""
        if asked is None and given is None:
            return
        hides = SENSITIVE.search(key) is not None
        entry = {
            "key": key,
            "asked": shown(asked, hides),
            "given": shown(given, hides and given == asked),
            "where": None if asked is None else where or self.where(),
        }
        with self._lock:
            if entry not in self._content["settings"]:
                self._content["settings"].append(entry)

    def note_child(self, words):
        with self._lock:
            self._content["children"].append(" ".join(words)[:200])
        self.write()

    def note_early_end(self):
        with self._lock:
            self._content["endedEarly"] = True

    def watched(self, function):
        """The function, whose errors are kept: a script may swallow them."""

        def call(*args, **kwargs):
            try:
                return function(*args, **kwargs)
            except Exception as error:
                with self._lock:
                    self._content["raised"] = error_text(error)[:400]
                self.write()
                raise

        return call

    def write(self):
        draft = self._path + ".draft"
        with self._lock:
            text = json.dumps(self._content, indent=2)
            with open(draft, "w", encoding="utf-8") as file:
                file.write(self._mask(text))
            os.replace(draft, self._path)
