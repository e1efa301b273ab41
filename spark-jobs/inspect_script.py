"""Prints as JSON what a script asks of Spark, as far as reading shows it; nothing of the script is executed.

    python inspect_script.py SCRIPT
"""

import ast
import json
import sys

STATEFUL = {
    "groupBy",
    "groupby",
    "dropDuplicates",
    "dropDuplicatesWithinWatermark",
    "drop_duplicates",
    "distinct",
    "withWatermark",
    "applyInPandasWithState",
    "transformWithState",
    "transformWithStateInPandas",
}
STARTS = ("start", "toTable")
OF_SINKS = ("checkpointLocation", "topic", "path", "truncate", "numRows")


class Look(ast.NodeVisitor):
    def __init__(self, skipped):
        self._skipped = skipped
        self.found = {
            "source": {},
            "conf": {},
            "triggers": [],
            "sinks": [],
            "queries": [],
            "starts": 0,
            "stateful": False,
            "arguments": [],
        }

    def visit_FunctionDef(self, node):  # noqa: N802 - the name of ast
        """What foreachBatch calls works on batches, in which nothing is kept."""
        if node.name not in self._skipped:
            self.generic_visit(node)

    def visit_Call(self, node):  # noqa: N802
        if isinstance(node.func, ast.Attribute):
            self._look(node, node.func.attr, chain(node.func.value))
        self.generic_visit(node)

    def _look(self, node, name, before):
        words = [constant(one) for one in node.args]
        named = {one.arg: constant(one.value) for one in node.keywords if one.arg}
        writes = "writeStream" in before or "outputMode" in before
        if name in STATEFUL:
            self.found["stateful"] = True
        elif name == "option" and len(words) == 2 and not writes:
            self._note("source", words[0], words[1], node)
        elif name == "options" and not writes:
            for key, value in [*named.items(), *spread(node)]:
                self._note("source", key, value, node)
        elif name in ("config", "set") and len(words) == 2:
            self._note("conf", words[0], words[1], node)
        elif name in ("master", "setMaster") and words:
            self._note("conf", "spark.master", words[0], node)
        elif name == "trigger":
            self.found["triggers"] += [[k, str(v)] for k, v in named.items()]
        elif name == "queryName" and words and words[0]:
            self.found["queries"].append(words[0])
        elif name in ("foreachBatch", "foreach"):
            self.found["sinks"].append(name)
        elif name == "format" and writes and words:
            self.found["sinks"].append(words[0])
        elif name == "sql" and words and isinstance(words[0], str):
            if "group by" in words[0].lower():
                self.found["stateful"] = True
        elif name == "add_argument" and words:
            self.found["arguments"].append(
                {"name": words[0], "required": named.get("required") is True}
            )
        if name in STARTS and (writes or "trigger" in before or "format" in named):
            self.found["starts"] += 1
            self.found["sinks"] += [one for one in [named.get("format")] if one]
            self.found["queries"] += [one for one in [named.get("queryName")] if one]

    def _note(self, kind, key, value, node):
        if isinstance(key, str) and value is not None:
            told = {"value": str(value), "line": node.lineno}
            if key.startswith("spark.") if kind == "conf" else key not in OF_SINKS:
                self.found[kind].setdefault(key, told)


def chain(node):
    """The names of the attributes and methods that an expression goes through."""
    names = set()
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        else:
            return names


def constant(node):
    return node.value if isinstance(node, ast.Constant) else None


def spread(node):
    """The pairs of `options(**{...})`."""
    for one in node.keywords:
        if one.arg is None and isinstance(one.value, ast.Dict):
            for key, value in zip(one.value.keys, one.value.values):
                yield constant(key), constant(value)


def batch_functions(tree):
    """The names of the functions that are given to foreachBatch."""
    calls = [
        one
        for one in ast.walk(tree)
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)
    ]
    given = [one.args[0] for one in calls if one.func.attr == "foreachBatch" and one.args]
    return {one.id for one in given if isinstance(one, ast.Name)}


def main():
    with open(sys.argv[1], "rb") as file:
        tree = ast.parse(file.read(), sys.argv[1])
    look = Look(batch_functions(tree))
    look.visit(tree)
    print(json.dumps(look.found))


if __name__ == "__main__":
    main()
