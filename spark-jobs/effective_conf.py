"""Tells which settings a running session really has."""

import json
import os
import platform


def write_conf(path, spark, secrets):
    """Writes the settings of a session and what it runs on. Returns the process id of its JVM."""
    context = spark.sparkContext
    given = dict(context.getConf().getAll())
    settings = dict(given)
    settings.update((row["key"], row["value"]) for row in spark.sql("SET").collect())
    report = {
        "settings": {**settings, **secrets.shown(given)},
        "sparkVersion": spark.version,
        "pythonVersion": platform.python_version(),
        "javaVersion": context._jvm.System.getProperty("java.version"),
        "master": context.master,
        "defaultParallelism": context.defaultParallelism,
        "maxHeapBytes": context._jvm.Runtime.getRuntime().maxMemory(),
        "uiUrl": context.uiWebUrl,
        "jvmPid": context._jvm.java.lang.ProcessHandle.current().pid(),
    }
    draft = path + ".draft"
    with open(draft, "w", encoding="utf-8") as file:
        text = json.dumps(report, indent=2, sort_keys=True)
        file.write(secrets.mask(text))
    os.replace(draft, path)
    return report["jvmPid"]
