"""Runs the shipped job in a driver that other trials use too."""

import threading
import traceback
from importlib.util import module_from_spec, spec_from_file_location


class JobThread(threading.Thread):
    """Runs a PySpark file as a program. Its thread waits for the query, also while that is held for other trials."""

    def __init__(self, path, session, on_end):
        super().__init__(daemon=True)
        self._path = path
        self._session = session
        self._on_end = on_end
        self.has_ended = False
        self.has_failed = False

    def run(self):
        try:
            self._session.lead()
            spec = spec_from_file_location("__main__", self._path)
            spec.loader.exec_module(module_from_spec(spec))
        except BaseException as error:
            self.has_failed = not isinstance(error, SystemExit) or error.code not in (
                None,
                0,
            )
            if self.has_failed:
                traceback.print_exc()
        finally:
            self.has_ended = True
            self._on_end()
