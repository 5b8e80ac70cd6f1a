"""Publishing and updating a list whose packages are all looked up."""

import os
import subprocess

from measure import run
from table import Row

# A list of millions that was looked up, without asking a server for each: outcomes as the miner would have stored them.
LOOKED_UP = """
INSERT OR REPLACE INTO outcomes (number, outcome, homepage, repository, version, isPending)
SELECT n.number, 'resolved', 'https://' || substr(p.name, 1, 40), 'https://' || substr(p.name, 1, 40), '', 0
FROM numbers n JOIN packages p ON p.id = n.package;
INSERT OR REPLACE INTO facts SELECT 'seenRelease', max(id) FROM releases;
CREATE INDEX IF NOT EXISTS releasesByPackage ON releases (package);
PRAGMA wal_checkpoint(TRUNCATE);
"""

QUERY = """
SELECT n.number, 'Go', p.name, coalesce(o.homepage, 'nan'), coalesce(o.repository, 'nan') FROM numbers n
JOIN packages p ON p.id = n.package LEFT JOIN outcomes o ON o.number = n.number ORDER BY n.number
"""


def all_rows(bed, entries):
    modules = entries * 57 // 160
    folder = f"{bed.work}/list-{entries}"
    database = f"{folder}/.pkgmine/go.sqlite"
    with bed.serve(entries) as server:
        if not os.path.exists(database):
            os.makedirs(folder, exist_ok=True)
            bed.mine(folder, server.url)
        subprocess.run(["sqlite3", database, LOOKED_UP], check=True)

        def publish():
            if os.path.exists(f"{folder}/Go.csv"):
                os.remove(f"{folder}/Go.csv")
            return bed.mine(folder, server.url, proxy_url="http://127.0.0.1:9")

        published, unchanged, by_sqlite = [], [], []
        for _ in range(bed.runs):
            published.append(publish())
            unchanged.append(bed.mine(folder, server.url, proxy_url="http://127.0.0.1:9"))
            by_sqlite.append(run(["sh", "-c", f'sqlite3 -csv "{database}" "{QUERY}" > "{folder}/sqlite.csv"']))
    published, unchanged, by_sqlite = map(bed.median, (published, unchanged, by_sqlite))
    yield Row(f"publishing {modules:,} rows, by sqlite3 -csv: time", published.step("publish"), by_sqlite.wall, 1, "at most")
    yield Row("… the whole run that publishes: time", published.wall, by_sqlite.wall, None)
    yield Row(f"update of {modules:,} modules, nothing new: time", unchanged.wall, None, 10, "at most", "s")
    yield Row("… requests", unchanged.told()["requests"], None, 100, "at most", "")
    yield Row("… peak memory", unchanged.memory, None, None, "at most", "MiB")
