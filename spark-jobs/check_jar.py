"""Looks into a jar before it runs.

    python check_jar.py JAR CLASS

CLASS may be empty: then it is the Main-Class of the manifest. Prints one object of JSON: `problem`, `mainClass`,
`hasClass`, and `similar`, the classes of the same simple name.
"""

import json
import re
import sys
import zipfile


def main_class(jar):
    """The Main-Class of the manifest; None if it names none."""
    try:
        text = jar.read("META-INF/MANIFEST.MF").decode("utf-8", "replace")
    except KeyError:
        return None
    unfolded = re.sub(r"\r?\n ", "", text)
    found = re.search(r"^Main-Class:\s*(\S+)", unfolded, re.MULTILINE)
    return found.group(1) if found else None


def classes_in(jar):
    names = [name for name in jar.namelist() if name.endswith(".class")]
    return [name[: -len(".class")].replace("/", ".") for name in names]


def check(path, wanted):
    told = {"problem": None, "mainClass": None, "hasClass": False, "similar": []}
    try:
        with zipfile.ZipFile(path) as jar:
            told["mainClass"] = main_class(jar)
            classes = classes_in(jar)
    except FileNotFoundError:
        return {**told, "problem": "missing"}
    except (OSError, zipfile.BadZipFile):
        return {**told, "problem": "no-jar"}
    wanted = wanted or told["mainClass"] or ""
    simple = wanted.rpartition(".")[2].lower()
    told["hasClass"] = wanted in classes
    told["similar"] = [
        name for name in classes if name.rpartition(".")[2].lower() == simple
    ]
    return told


if __name__ == "__main__":
    print(json.dumps(check(sys.argv[1], sys.argv[2])))
