"""Prints what keeps a script from running, as JSON: its syntax, and imported modules that this Python does not have.

    python check_script.py SCRIPT [MODULE_FILE ...]

Nothing of the script is executed. An import that may fail, within `try` or `if`, is left alone.
"""

import ast
import importlib.util
import json
import os
import sys

GONE = ("pyspark.streaming.kafka", "pyspark.streaming.flume")


def main():
    script, files = sys.argv[1], sys.argv[2:]
    folders = [os.path.dirname(os.path.abspath(one)) for one in [script, *files]]
    sys.path[0:0] = [*folders, *files]
    with open(script, "rb") as file:
        source = file.read()
    try:
        tree = ast.parse(source, script)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        text = getattr(error, "msg", None) or str(error)
        print(json.dumps({"syntax": {"line": line, "text": text}, "missing": []}))
        return
    missing = [
        {"module": name, "line": line}
        for name, line in imports(tree.body)
        if not is_there(name)
    ]
    print(json.dumps({"syntax": None, "missing": missing}))


def imports(statements):
    """The modules that the top level of a script needs, with their lines."""
    for node in statements:
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module, node.lineno


def is_there(name):
    """Spark brings its own modules; of others only the package is looked for, because its parts would be run."""
    package = name.split(".")[0]
    if package in ("pyspark", "py4j"):
        return not name.startswith(GONE)
    try:
        return importlib.util.find_spec(package) is not None
    except (ImportError, AttributeError, ValueError):
        return False


if __name__ == "__main__":
    main()
