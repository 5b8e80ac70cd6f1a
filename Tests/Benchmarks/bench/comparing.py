"""`pkgmine compare` against DuckDB and pandas on the same synthetic lists.

The peers do less: they know a few hosts by a regular expression, and write one file.
"""

import os
import subprocess
import sys

from measure import run
from table import Row

HERE = os.path.dirname(os.path.abspath(__file__))
PATTERN = (
    r"(?i)(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)[/:]+"
    r"([^/\s:#?]+)/([^/\s#?]+?)(?:\.git)?(?:[/#?].*)?$"
)


def lists(bed, rows):
    folder = f"{bed.work}/lists-{rows}"
    if not os.path.exists(folder):
        subprocess.run([sys.executable, f"{HERE}/../make_lists.py", f"{folder}.new", str(rows)], check=True)
        os.rename(f"{folder}.new", folder)
    return [f"{folder}/{name}" for name in sorted(os.listdir(folder))]


def peer(bed, files, kind):
    python = f"{bed.work}/../venv/bin/python"
    return run([python, f"{HERE}/joining.py", kind, f"{bed.work}/joined.csv", PATTERN, *files])


def all_rows(bed, rows):
    files = lists(bed, rows)
    ours, duckdb = [], []
    for _ in range(bed.runs):
        ours.append(run([bed.binary("pkgmine"), "compare", *files, "--output-dir", bed.fresh("shared"), "--quiet"]))
        duckdb.append(peer(bed, files, "duckdb"))
    ours, duckdb = bed.median(ours), bed.median(duckdb)
    what = f"compare, {rows:,} rows in {len(files)} lists"
    yield Row(f"{what}, by DuckDB: time", ours.wall, duckdb.wall, 1, "at most")
    yield Row("… peak memory", ours.memory, duckdb.memory, None, unit="MiB")
    yield Row("… peak memory", ours.memory, None, 1536, "at most", "MiB")
    for kind, name in (("vectorised", "pandas, vectorised"), ("rows", "pandas, row by row")):
        pandas = peer(bed, files, kind)
        yield Row(f"{name}, by compare: time", pandas.wall, ours.wall, None)
        yield Row("… peak memory", pandas.memory, ours.memory, None, unit="MiB")
