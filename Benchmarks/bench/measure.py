"""Runs a command and tells what it took."""

import os
import resource
import statistics
import subprocess
import time
from dataclasses import dataclass


@dataclass
class Cost:
    """What a run took: seconds, seconds of processor time, and the largest memory in MiB."""

    wall: float
    cpu: float
    memory: float
    output: str = ""
    status: int = 0


def run(command, good=(0,), env=None, cwd=None):
    """Runs a command to its end. Its whole life counts: its start, its reading of a state, its writing of a list."""
    log = open(os.devnull, "w") if cwd is None else open(f"{cwd}/log", "w")
    began = time.monotonic()
    process = subprocess.Popen(
        command, stdout=log, stderr=subprocess.STDOUT, cwd=cwd, env={**os.environ, **(env or {})})
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    log.close()
    output = open(log.name).read() if cwd else ""
    if process.returncode not in good:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {process.returncode}\n{output[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output, process.returncode)


def median(costs):
    return Cost(*(statistics.median(getattr(cost, field) for cost in costs) for field in ("wall", "cpu", "memory")),
                output=costs[-1].output)
