"""Runs a command and tells what it took."""

import json
import os
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

    def told(self):
        """The last line of pkgmine's progress."""
        return json.loads([line for line in self.output.splitlines() if '"stepSeconds"' in line][-1])

    def step(self, name):
        """The seconds that a step of pkgmine's run took."""
        return self.told()["stepSeconds"][name]

    def step_cpu(self, name):
        """The seconds of processor time that a step took, all threads together."""
        return self.told()["stepProcessorSeconds"][name]


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
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)


def kill_when(command, folder, is_reached):
    """Kills a command, as `kill -9` does, at the first line of its progress that is far enough; returns the seconds."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder, text=True)
    for line in process.stderr:
        if is_reached(line):
            process.kill()
            process.wait()
            return time.monotonic() - began
    raise RuntimeError(f"{' '.join(command)} ended before it could be killed")


def median(costs):
    """The run of the median time, so that its steps are those of one run; processor time and memory are medians."""
    middle = sorted(costs, key=lambda cost: cost.wall)[(len(costs) - 1) // 2]
    cpu, memory = (statistics.median(getattr(cost, field) for cost in costs) for field in ("cpu", "memory"))
    return Cost(middle.wall, cpu, memory, middle.output)
