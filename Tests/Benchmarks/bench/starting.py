"""From a fresh clone to the first list."""

import os
import shutil
import subprocess

from measure import run
from table import Row

REPOSITORY = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../.."))


def all_rows(bed):
    clone = f"{bed.work}/clone"
    shutil.rmtree(clone, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", REPOSITORY, clone], check=True)
    cost = run(["make", "--silent", "demo"], cwd=clone)
    assert os.path.exists(f"{clone}/demo/Go.csv"), cost.output[-2000:]
    shutil.rmtree(clone)
    yield Row("fresh clone to first CSV (make demo), libraries installed: time", cost.wall, None, 240, "at most")
