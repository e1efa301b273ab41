"""Measures the machine's speed during a trial: times a fixed piece of work while the job's JVM is paused.

    speed_canary.py PID FILE

Twice a second: SIGSTOP to the JVM, a millisecond until its threads have left their cores, the timed work, SIGCONT. In
those few milliseconds no setting of the job can affect the reading, yet it is taken while the trial is being measured.
One JSON line per reading goes to FILE: when (ms since 1970), CPU milliseconds of the timed pass, and for
how many milliseconds the job was paused. Exits with the JVM, or when the process that started it is gone.
Needs Linux: the JVM is held by a pidfd, so a signal can never reach another process that reuses its pid.
"""

import hashlib
import json
import os
import select
import signal
import sys
import time

INTERVAL_SECONDS = 0.5
WORK = bytes(2 << 20)


def read_speed(jvm):
    """One reading; the JVM runs again when this returns or raises."""
    began = time.perf_counter_ns()
    signal.pidfd_send_signal(jvm, signal.SIGSTOP)
    try:
        # A stopped thread leaves its core at the next interrupt: a millisecond is enough for all of them, and after
        # less readings scatter more (bench:canary).
        time.sleep(0.001)
        # Reads it once, to its end: it holds no 1. To hash it once more before is no more exact, and a fourth of the stop.
        WORK.find(1)
        before = time.thread_time_ns()
        hashlib.sha256(WORK)
        cpu = time.thread_time_ns() - before
    finally:
        signal.pidfd_send_signal(jvm, signal.SIGCONT)
    return cpu / 1e6, (time.perf_counter_ns() - began) / 1e6


def main():
    pid, path = int(sys.argv[1]), sys.argv[2]
    parent = os.getppid()
    jvm = os.pidfd_open(pid)
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, lambda *_: sys.exit(0))
    ended = select.poll()
    ended.register(jvm, select.POLLIN)
    with open(path, "w", encoding="utf-8") as file:
        while os.getppid() == parent and not ended.poll(INTERVAL_SECONDS * 1_000):
            try:
                cpu_ms, frozen_ms = read_speed(jvm)
            except ProcessLookupError:
                return
            line = {
                "at": int(time.time() * 1_000),
                "cpuMs": round(cpu_ms, 4),
                "frozenMs": round(frozen_ms, 4),
            }
            file.write(json.dumps(line) + "\n")
            file.flush()


if __name__ == "__main__":
    main()
