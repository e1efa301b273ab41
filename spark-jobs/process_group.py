"""The processes that a driver's trials start."""

import os
import signal
import subprocess


def processes_of_group():
    """Of this driver's process group; a trial in a process of its own ends with all of them."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,pgid="], capture_output=True, text=True, check=False
    )
    pairs = [line.split() for line in listed.stdout.splitlines()]
    own = os.getpgrp()
    # Its leader is the JVM, which has started this Python; any other group has processes of other people's.
    return {int(pid) for pid, group in pairs if int(group) == own == os.getppid()}


def end_all(pids):
    """Python workers, and what the script has started: `ps` itself is gone by now."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            continue
