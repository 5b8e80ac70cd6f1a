"""Today's size, 64 million entries of 8 million modules: by a quarter of it, killed, brought up to date, audited."""

import os
import subprocess

import auditing
from measure import kill_when
from publishing import LOOKED_UP
from resuming import told
from table import Row

ENTRIES, MODULES = 64_000_000, 8_000_000
QUARTER = 16_000_000


def all_rows(bed, nginx):
    yield from of_list(bed)
    if auditing.is_possible():
        yield from of_audit(bed, nginx)


def of_audit(bed, nginx):
    """The whole tree by a quarter of it."""
    costs = []
    for records, modules in ((ENTRIES // 4, MODULES // 4), (ENTRIES, MODULES)):
        folder = auditing.database(bed, records, modules)
        costs.append(auditing.audit(bed, folder, f"{nginx.plain}/{nginx.place(folder, 'sum')}"))
    quarter, whole = costs
    what = f"auditing {ENTRIES:,} records of {MODULES:,} modules"
    yield Row(f"{what}: rate in processor time of two cores", 2 * ENTRIES / whole.cpu, None, 1_000_000, unit="/s")
    yield Row("… by a quarter of both: processor time", whole.cpu, quarter.cpu, 4.4, "at most")
    yield Row("… peak memory", whole.memory, quarter.memory, None, unit="MiB")


def of_list(bed):
    with bed.serve(QUARTER) as server:
        quarter = bed.times(lambda: bed.mine(bed.fresh("quarter"), server.url))
    with bed.serve(ENTRIES, modules=MODULES) as server:
        whole = bed.mine(bed.fresh("whole"), server.url)
        state = os.path.getsize(f"{bed.work}/whole/.pkgmine/go.sqlite")
        what = f"listing {ENTRIES:,} entries of {MODULES:,} modules"
        yield Row(f"{what}, by {QUARTER:,}: time of the whole run", whole.wall, quarter.wall, 4, "at most")
        yield Row("… processor time of the whole run", whole.cpu, quarter.cpu, None)
        yield Row("… processor time of the numbering, by its time", whole.step_cpu("number"), whole.step("number"), None)
        yield Row("… peak memory", whole.memory, None, 400, "at most", "MiB")
        yield Row("… bytes of the state an entry", state / ENTRIES, None, 45, "at most", "")

        folder = bed.fresh("killed")
        half = kill_when(bed.command(folder, server.url), folder, lambda line: told(line).get("entries", 0) > ENTRIES // 2)
        rest = bed.mine(folder, server.url)
        same = subprocess.run(["cmp", f"{bed.work}/whole/Go.csv", f"{folder}/Go.csv"]).returncode == 0
        yield Row("… killed half-way and run again, by one run: time", half + rest.wall, whole.wall, 1.25, "at most")
        yield Row("… lists that differ", 0 if same else 1, None, 0, "at most", "")

        folder = f"{bed.work}/whole"
        database = f"{folder}/.pkgmine/go.sqlite"
        subprocess.run(["sqlite3", database, LOOKED_UP], check=True)
        os.remove(f"{folder}/Go.csv")
        published = bed.mine(folder, server.url, proxy_url="http://127.0.0.1:9")
        unchanged = bed.times(lambda: bed.mine(folder, server.url, proxy_url="http://127.0.0.1:9"))
        yield Row("… publishing them with links: time", published.step("publish"), None, None, "at most")
        yield Row("… bytes of the state an entry, looked up", os.path.getsize(database) / ENTRIES, None, None, unit="")
        yield Row("… update, nothing new: time", unchanged.wall, None, 12, "at most")
        yield Row("… peak memory", unchanged.memory, None, None, unit="MiB")
