"""`pkgmine identify` against DuckDB's regular expression and pandas' on the same synthetic lists.

All read the lists and write their rows with columns added. The peers do less: they know a few hosts, and one way to write
an address.
"""

import os

from comparing import HERE, PATTERN, lists
from measure import run
from table import Row


def peer(bed, files, kind):
    python = f"{bed.work}/../venv/bin/python"
    return run([python, f"{HERE}/naming.py", kind, f"{bed.work}/named.csv", PATTERN, *files])


def all_rows(bed, rows):
    files = lists(bed, rows)
    tool, out = bed.binary("pkgmine"), f"{bed.work}/identified.csv"
    ours, filtering, duckdb = [], [], []
    for _ in range(bed.runs):
        ours.append(run([tool, "identify", *files, "-o", out]))
        # Through two pipes, as a filter stands in a line of the shell.
        line = 'tool=$1; out=$2; shift 2; awk "FNR > 1 || NR == 1" "$@" | "$tool" identify | cat > "$out"'
        filtering.append(run(["bash", "-c", line, "bash", tool, out, *files]))
        duckdb.append(peer(bed, files, "duckdb"))
    ours, filtering, duckdb = bed.median(ours), bed.median(filtering), bed.median(duckdb)
    yield Row(f"identify, {rows:,} rows, by DuckDB's regular expression: rate", rows / ours.wall, rows / duckdb.wall, 1,
        unit="/s")
    yield Row("… rows a second", rows / ours.wall, None, 1_000_000, unit="/s")
    yield Row("… processor time", ours.cpu, duckdb.cpu, None)
    yield Row("… peak memory", ours.memory, None, 100, "at most", "MiB")
    yield Row("… as a filter between awk and cat: rows a second", rows / filtering.wall, None, None, unit="/s")
    pandas = peer(bed, files, "pandas")
    yield Row("… by pandas' str.extract: rate", rows / ours.wall, rows / pandas.wall, None, unit="/s")
    os.remove(out)
    os.remove(f"{bed.work}/named.csv")
