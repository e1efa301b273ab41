"""Passwords that an experiment refers to as ${env:NAME} or ${file:PATH}: looked up here, never written anywhere."""

import json
import os
import re

from pyspark import SparkContext

REFERENCE = re.compile(r"\$\{(env|file):([^{}]+)\}")
MARK = "***"


def look_up(match):
    kind, name = match.groups()
    if kind == "env":
        return os.environ[name]
    with open(name, encoding="utf-8") as file:
        return re.sub(r"\r?\n$", "", file.read())


class Secrets:
    """STREAMTUNE_SECRETS lists them: `conf` has Spark settings by key, `references` all that are used."""

    def __init__(self):
        named = json.loads(os.environ.get("STREAMTUNE_SECRETS", "{}"))
        self._conf = named.get("conf", {})
        values = {REFERENCE.sub(look_up, text) for text in named.get("references", [])}
        forms = values | {json.dumps(value)[1:-1] for value in values}
        self._forms = sorted(forms, key=len, reverse=True)

    def set_conf(self):
        """As system properties, which every SparkConf starts from; as arguments they would show in the process list."""
        if not self._conf:
            return
        SparkContext._ensure_initialized()
        system = SparkContext._jvm.java.lang.System
        for key, text in self._conf.items():
            system.setProperty(key, REFERENCE.sub(look_up, text))

    def shown(self, settings):
        """The settings that have the secret they should have, each as written in the experiment."""
        return {
            key: text
            for key, text in self._conf.items()
            if settings.get(key) == REFERENCE.sub(look_up, text)
        }

    def resolved(self, text):
        return REFERENCE.sub(look_up, text)

    def mask(self, text):
        for form in self._forms:
            text = text.replace(form, MARK)
        return text
