#!/usr/bin/env python3
"""`pkgmine compare` against its peers on the same lists in the same run: time and memory.

    compare_bench.py PKGMINE [ROWS] [FOLDER]

PKGMINE is the built tool. ROWS is 8,000,000 unless told; FOLDER (default .bench) takes the lists and an environment of
its own with DuckDB and pandas, which pip installs. The peers do less: they know GitHub, GitLab and Bitbucket by a regular
expression, and write one file. Peers that are not installed are left out.
"""
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

PATTERN = r"(?i)(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)[/:]+([^/\s:#?]+)/([^/\s#?]+?)(?:\.git)?(?:[/#?].*)?$"

DUCKDB = r"""
import duckdb, sys
lists, out, pattern = sys.argv[1:-2], sys.argv[-2], sys.argv[-1]
duckdb.sql("SET threads TO %d" % __import__("os").cpu_count())
duckdb.execute('''COPY (
  WITH parts AS MATERIALIZED (SELECT *, regexp_extract(Repository, $p, ['h', 'o', 'n']) AS found
                              FROM read_csv($f, all_varchar=true, header=true) WHERE Repository <> 'nan'),
  rows AS MATERIALIZED (SELECT * EXCLUDE found, lower(found.h || '/' || found.o || '/' || found.n) AS repo FROM parts
                        WHERE found.h <> ''),
  sets AS (SELECT repo, string_agg(DISTINCT Platform, '+' ORDER BY Platform) AS platforms FROM rows GROUP BY repo HAVING count(DISTINCT Platform) > 1)
  SELECT platforms, rows.* FROM rows JOIN sets USING (repo) ORDER BY platforms, repo, Platform, Name
) TO '%s' (HEADER)''' % out, {"p": pattern, "f": lists})
"""

PANDAS = r"""
import pandas, re, sys
lists, out, pattern, kind = sys.argv[1:-3], sys.argv[-3], sys.argv[-2], sys.argv[-1]
frame = pandas.concat([pandas.read_csv(p, dtype=str, keep_default_na=False) for p in lists], ignore_index=True)
if kind == "rows":
    compiled = re.compile(pattern)
    def identity(address):
        found = compiled.search(address)
        return "/".join(found.groups()).lower() if found else None
    frame["repo"] = [identity(row["Repository"]) for _, row in frame.iterrows()]
else:
    parts = frame["Repository"].str.extract(pattern)
    frame["repo"] = (parts[0] + "/" + parts[1] + "/" + parts[2]).str.lower()
frame = frame.dropna(subset=["repo"])
pairs = frame[["repo", "Platform"]].drop_duplicates().sort_values(["repo", "Platform"])
sets = pairs.groupby("repo")["Platform"].agg("+".join)
shared = frame.merge(sets[sets.str.contains("+", regex=False)].rename("platforms"), left_on="repo", right_index=True)
shared.sort_values(["platforms", "repo", "Platform", "Name"]).to_csv(out, index=False)
"""


def run(command: list[str]) -> tuple[float, float] | None:
    """Seconds and MiB at the peak, or nothing where the command fails."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    return (time.perf_counter() - began, usage.ru_maxrss / 1024) if status == 0 else None


def main() -> None:
    tool = sys.argv[1]
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 8_000_000
    folder = Path(sys.argv[3] if len(sys.argv) > 3 else ".bench").resolve()
    lists_folder = folder / f"lists-{rows}"
    if not (lists_folder / "Ruby.csv").exists():
        subprocess.run([sys.executable, str(Path(__file__).with_name("make_lists.py")), str(lists_folder), str(rows)], check=True)
    python = folder / "peers" / "bin" / "python"
    if not python.exists():
        venv.create(folder / "peers", with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "duckdb", "pandas"], check=False)
    lists = [str(path) for path in sorted(lists_folder.glob("*.csv"))]
    out = str(folder / "peer.csv")
    commands = {
        "pkgmine compare": [tool, "compare", *lists, "--output-dir", str(folder / "out"), "--quiet"],
        "DuckDB, regular expression": [str(python), "-c", DUCKDB, *lists, out, PATTERN],
        "pandas, vectorised": [str(python), "-c", PANDAS, *lists, out, PATTERN, "vectorised"],
        "pandas, row by row": [str(python), "-c", PANDAS, *lists, out, PATTERN, "rows"],
    }
    base = None
    print(f"{rows:,} rows in {len(lists)} lists, {os.cpu_count()} processors")
    print(f"{'':28}{'seconds':>9}{'ratio':>8}{'MiB':>9}{'ratio':>8}")
    for name, command in commands.items():
        measured = run(command)
        if measured is None:
            print(f"{name:28}   did not run")
            continue
        base = base or measured
        seconds, memory = measured
        print(f"{name:28}{seconds:9.1f}{seconds / base[0]:7.1f}x{memory:9.0f}{memory / base[1]:7.1f}x", flush=True)


if __name__ == "__main__":
    main()
