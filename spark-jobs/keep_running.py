"""Wakes a JVM that has stayed stopped."""

import os
import signal
import threading
import time

# A driver may run one trial after another.
kept_running = set()


def keep_running(pid):
    """
    Wakes the JVM if it stays stopped: the speed canary stops it for a few milliseconds at a time, and could get
    killed at just that moment. Linux only; elsewhere nothing stops it.
    """
    if pid in kept_running:
        return
    kept_running.add(pid)
    threading.Thread(target=watch, args=(pid,), daemon=True).start()


def watch(pid):
    stopped = 0
    try:
        # One open file for all readings. It is one thread's; the file of the process adds up all threads.
        with open(f"/proc/{pid}/task/{pid}/stat", "rb", buffering=0) as file:
            while True:
                time.sleep(0.1)
                text = os.pread(file.fileno(), 1024, 0)
                state = text.rpartition(b")")[2].split(None, 1)[0]
                stopped = stopped + 1 if state == b"T" else 0
                if stopped > 2:
                    os.kill(pid, signal.SIGCONT)
    except OSError:
        return
