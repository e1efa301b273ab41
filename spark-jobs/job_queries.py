"""The streaming queries of a job, and which of them decide how long a trial is."""

import os


class Queries:
    """The queries of a job in the order of their start. One without a name is called query-1, query-2, ..."""

    def __init__(self):
        self._wanted = os.environ.get("STREAMTUNE_QUERY")
        self._names = {}
        self._ids = []

    def add(self, started):
        if started["id"] not in self._ids:
            self._ids.append(started["id"])
        number = self._ids.index(started["id"]) + 1
        self._names[started["runId"]] = started.get("name") or f"query-{number}"

    def name_of(self, run_id):
        return self._names.get(run_id)

    def decides(self, run_id):
        return self._wanted in (None, self.name_of(run_id))

    def deciding(self):
        return {self.name_of(run_id) for run_id in self._names if self.decides(run_id)}
