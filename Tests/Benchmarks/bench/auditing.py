"""Auditing against a checksum database, by a loop over golang.org/x/mod's own packages."""

import os
import shutil
import subprocess

from measure import run
from table import Row

HERE = os.path.dirname(os.path.abspath(__file__))
SECRET = "PRIVATE+KEY+sum.test+c7fe060c+AfP/TUUeQp4YIhWq7gai1kttGq3J5QMeS5m/Ea4KeW68"
KEY = "sum.test+c7fe060c+AS4Nsniw5dX0B4IoxgxDTrz1GFLaKrsRStNNh3cb14Hm"
PACKAGES = "/usr/share/gocode"
TOOLS = {"tree": "../TreeGenerator/main.go", "xmod-loop": "../XModLoop/main.go"}


def module(number, modules):
    return f"github.com/owner-{number * 7919 % modules:07d}/some-project"


def built(bed, name):
    """A program in Go, made once, with Debian's golang-golang-x-mod-dev."""
    path = f"{bed.work}/{name}"
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": PACKAGES, "GOFLAGS": ""}
    subprocess.run(["go", "build", "-o", path, f"{HERE}/{TOOLS[name]}"], env=environment, check=True)
    return path


def database(bed, records, modules):
    """The folder of a database, and the list of all its modules, made once."""
    folder = f"{bed.work}/sum-{records}"
    if not os.path.exists(folder):
        shutil.rmtree(folder + ".new", ignore_errors=True)
        os.makedirs(folder + ".new")
        tree = [built(bed, "tree"), SECRET, str(records), str(modules), folder + ".new"]
        subprocess.run(tree, check=True)
        with open(f"{folder}.new/Go.csv", "w") as file:
            file.write("Package ID,Platform,Name,Homepage,Repository\n")
            for number in range(modules):
                file.write(f"{number + 1},Go,{module(number, modules)},nan,nan\n")
        os.rename(folder + ".new", folder)
    return folder


def audit(bed, folder, url):
    output = bed.fresh("audited")
    shutil.copy(f"{folder}/Go.csv", f"{output}/Go.csv")
    command = [bed.binary("pkgmine"), "audit", "go", "-o", output, "--sumdb", f"{KEY} {url}", "--progress", "json"]
    return run(command, cwd=output)


def is_possible():
    if shutil.which("go") and os.path.exists(f"{PACKAGES}/src/golang.org/x/mod/sumdb/tlog"):
        return True
    print("skipped: auditing needs Debian's golang-go and golang-golang-x-mod-dev", flush=True)
    return False


def all_rows(bed, nginx, records):
    if not is_possible():
        return
    costs = {}
    for size in (records // 4, records):
        folder = database(bed, size, size * 3 // 20)
        url = f"{nginx.plain}/{nginx.place(folder, 'sum')}"
        costs[size] = bed.times(lambda: audit(bed, folder, url))
    ours = costs[records]
    loop = bed.times(lambda: run([built(bed, "xmod-loop"), KEY, url]))
    what = f"auditing {records:,} records"
    yield Row(f"{what}: rate in processor time of two cores", 2 * records / ours.cpu, None, 1_000_000, unit="/s")
    yield Row(f"{what}, a loop over x/mod by pkgmine: processor time", loop.cpu, ours.cpu, 1)
    yield Row("… time", loop.wall, ours.wall, None)
    yield Row("… peak memory", ours.memory, None, 120, "at most", "MiB")
    yield Row("… peak memory, by that of a quarter", ours.memory, costs[records // 4].memory, None, unit="MiB")
