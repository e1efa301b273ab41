"""
Stops a busy JVM again and again as the speed canary does, in several ways that take turns, and says where the time goes.

    canary_parts.py PID ROUNDS

Prints one JSON line for each stop: its way, milliseconds of each part, and the CPU milliseconds that were read.
"""

import hashlib
import json
import os
import signal
import sys
import time

KIB = 1 << 10
# Name, KiB that are hashed, milliseconds of sleep before, and what fills the cache before the timed pass.
WAYS = [
    ("2 MiB, sleep, pass", 2048, 1, "hash"),
    ("2 MiB, sleep, touch", 2048, 1, "touch"),
    ("2 MiB, sleep", 2048, 1, None),
    ("2 MiB, short sleep, touch", 2048, 0.2, "touch"),
    ("1 MiB, sleep, touch", 1024, 1, "touch"),
    ("1 MiB, short sleep, touch", 1024, 0.2, "touch"),
    ("512 KiB, short sleep, touch", 512, 0.2, "touch"),
]
PAUSE_SECONDS = 0.1


def stop_and_read(jvm, way):
    name, kib, sleep_ms, filling = way
    work = bytes(kib * KIB)
    at = [time.perf_counter_ns()]
    signal.pidfd_send_signal(jvm, signal.SIGSTOP)
    try:
        at.append(time.perf_counter_ns())
        if sleep_ms > 0:
            time.sleep(sleep_ms / 1e3)
        at.append(time.perf_counter_ns())
        if filling == "hash":
            hashlib.sha256(work)
        elif filling == "touch":
            work.find(1)
        at.append(time.perf_counter_ns())
        before = time.thread_time_ns()
        hashlib.sha256(work)
        cpu = time.thread_time_ns() - before
        at.append(time.perf_counter_ns())
    finally:
        signal.pidfd_send_signal(jvm, signal.SIGCONT)
    at.append(time.perf_counter_ns())
    parts = ["stop", "sleep", "pass", "timed", "continue"]
    took = {part: (at[i + 1] - at[i]) / 1e6 for i, part in enumerate(parts)}
    return {"way": name, "kib": kib, "cpu": cpu / 1e6, **took, "frozen": (at[-1] - at[0]) / 1e6}


def until_all_stand(pid, jvm):
    """Milliseconds from the signal until no thread of the JVM runs any longer; reading them takes most of it."""
    tasks = f"/proc/{pid}/task"
    threads = os.listdir(tasks)
    began = time.perf_counter_ns()
    signal.pidfd_send_signal(jvm, signal.SIGSTOP)
    try:
        running = threads
        looks = 0
        while running:
            running = [one for one in running if state_of(f"{tasks}/{one}/stat") == "R"]
            looks += 1
        took = (time.perf_counter_ns() - began) / 1e6
    finally:
        signal.pidfd_send_signal(jvm, signal.SIGCONT)
    return {"way": "all threads", "threads": len(threads), "looks": looks, "frozen": took}


def state_of(path):
    try:
        with open(path, "rb") as file:
            return file.read().rpartition(b")")[2].split(None, 1)[0].decode()
    except OSError:
        return "X"


def main():
    pid, rounds = int(sys.argv[1]), int(sys.argv[2])
    jvm = os.pidfd_open(pid)
    for _ in range(rounds):
        for way in WAYS:
            time.sleep(PAUSE_SECONDS)
            print(json.dumps(stop_and_read(jvm, way)), flush=True)
        time.sleep(PAUSE_SECONDS)
        print(json.dumps(until_all_stand(pid, jvm)), flush=True)


if __name__ == "__main__":
    main()
