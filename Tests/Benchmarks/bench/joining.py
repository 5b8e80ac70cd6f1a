"""What a researcher would write to find shared repositories: joining.py duckdb|vectorised|rows OUT PATTERN LIST..."""

import os
import re
import sys


def with_duckdb(out, pattern, lists):
    import duckdb

    duckdb.sql(f"SET threads TO {os.cpu_count()}")
    query = """
        COPY (
          WITH parts AS MATERIALIZED (
            SELECT *, regexp_extract(Repository, $pattern, ['h', 'o', 'n']) AS found
            FROM read_csv($lists, all_varchar=true, header=true) WHERE Repository <> 'nan'),
          rows AS MATERIALIZED (
            SELECT * EXCLUDE found, lower(found.h || '/' || found.o || '/' || found.n) AS repo
            FROM parts WHERE found.h <> ''),
          sets AS (
            SELECT repo, string_agg(DISTINCT Platform, '+' ORDER BY Platform) AS platforms
            FROM rows GROUP BY repo HAVING count(DISTINCT Platform) > 1)
          SELECT platforms, rows.* FROM rows JOIN sets USING (repo) ORDER BY platforms, repo, Platform, Name
        ) TO '%s' (HEADER)"""
    duckdb.execute(query % out, {"pattern": pattern, "lists": lists})


def with_pandas(out, pattern, lists, by_row):
    import pandas

    frame = pandas.concat([pandas.read_csv(path, dtype=str, keep_default_na=False) for path in lists], ignore_index=True)
    if by_row:
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
    shared = sets[sets.str.contains("+", regex=False)].rename("platforms")
    found = frame.merge(shared, left_on="repo", right_index=True)
    found.sort_values(["platforms", "repo", "Platform", "Name"]).to_csv(out, index=False)


if __name__ == "__main__":
    kind, out, pattern, *lists = sys.argv[1:]
    if kind == "duckdb":
        with_duckdb(out, pattern, lists)
    else:
        with_pandas(out, pattern, lists, by_row=kind == "rows")
