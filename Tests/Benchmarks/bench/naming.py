"""What a researcher would write to name the repository of each row: naming.py duckdb|pandas OUT PATTERN LIST..."""

import os
import sys


def with_duckdb(out, pattern, lists):
    import duckdb

    duckdb.sql(f"SET threads TO {os.cpu_count()}")
    query = """
        COPY (
          SELECT * EXCLUDE found, lower('https://' || found.h || '/' || found.o || '/' || found.n) AS canonical,
            found.h AS host, found.o AS owner, found.n AS name
          FROM (
            SELECT *, regexp_extract(Repository, $pattern, ['h', 'o', 'n']) AS found
            FROM read_csv($lists, all_varchar=true, header=true))
        ) TO '%s' (HEADER)"""
    duckdb.execute(query % out, {"pattern": pattern, "lists": lists})


def with_pandas(out, pattern, lists):
    import pandas

    frame = pandas.concat([pandas.read_csv(path, dtype=str, keep_default_na=False) for path in lists], ignore_index=True)
    frame[["host", "owner", "name"]] = frame["Repository"].str.extract(pattern)
    frame["canonical"] = ("https://" + frame["host"] + "/" + frame["owner"] + "/" + frame["name"]).str.lower()
    frame.to_csv(out, index=False)


if __name__ == "__main__":
    kind, out, pattern, *lists = sys.argv[1:]
    (with_duckdb if kind == "duckdb" else with_pandas)(out, pattern, lists)
