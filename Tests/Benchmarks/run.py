#!/usr/bin/env python3
"""Measures pkgmine on this machine and prints one table: `run.py small` in minutes, `run.py full` in an hour.

    run.py small|full BINARIES WORK [PART...]      parts: listing latency scale resolving resuming publishing comparing
                                                       identifying starting reading records auditing polite today
                                                       (today: the full form alone, with 45 GB of the disk)
"""

import os
import platform
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "bench"))

import auditing  # noqa: E402
import comparing  # noqa: E402
import identifying  # noqa: E402
import listing  # noqa: E402
import looking  # noqa: E402
import polite  # noqa: E402
import publishing  # noqa: E402
import reading  # noqa: E402
import records  # noqa: E402
import resuming  # noqa: E402
import starting  # noqa: E402
import today  # noqa: E402
from bed import Bed  # noqa: E402
from servers import Nginx  # noqa: E402
from table import HEAD  # noqa: E402

MILLION = 1_000_000
SIZES = {
    "small": dict(runs=3, peer=MILLION, latency=400_000, large=2 * MILLION, looked_up=100_000, by_peer=1_000,
        lists=800_000, records=MILLION, crates=40_000, audited=400_000, polite=1_000, today=False),
    "full": dict(runs=3, peer=MILLION, latency=MILLION, large=16 * MILLION, looked_up=MILLION, by_peer=5_000,
        lists=8 * MILLION, records=5 * MILLION, crates=200_000, audited=2 * MILLION, polite=100, today=True),
}


def parts(bed, nginx, size):
    # The small form sets 2 million entries against 125,000, as the full one sets 16 million against 1 million.
    yield "listing", lambda: listing.against_peer(bed, nginx, size["peer"])
    yield "latency", lambda: listing.with_latency(bed, size["latency"])
    yield "scale", lambda: listing.large_against_small(bed, size["large"] // 16, size["large"])
    yield "resolving", lambda: looking.all_rows(bed, nginx, size["looked_up"], size["by_peer"])
    yield "resuming", lambda: resuming.all_rows(bed, nginx, size["large"], size["looked_up"])
    yield "publishing", lambda: publishing.all_rows(bed, size["large"])
    yield "comparing", lambda: comparing.all_rows(bed, size["lists"])
    yield "identifying", lambda: identifying.all_rows(bed, size["lists"])
    yield "starting", lambda: starting.all_rows(bed)
    yield "reading", lambda: reading.all_rows(bed, size["records"])
    yield "records", lambda: records.all_rows(bed, size["crates"])
    yield "auditing", lambda: auditing.all_rows(bed, nginx, size["audited"])
    yield "polite", lambda: polite.all_rows(bed, size["polite"])
    if size["today"]:
        yield "today", lambda: today.all_rows(bed, nginx)


def main(form, binaries, work, *wanted):
    size = SIZES[form]
    bed = Bed(binaries, work, size["runs"])
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n\n{HEAD}", flush=True)
    with Nginx(f"{bed.work}/nginx", bed.authorities()) as nginx:
        for name, rows in parts(bed, nginx, size):
            if wanted and name not in wanted:
                continue
            for row in rows():
                print(row.line(), flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[1] not in SIZES:
        sys.exit(__doc__)
    main(*sys.argv[1:])
