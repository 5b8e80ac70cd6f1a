"""Listing: against go-miner, against one walker, and large against small."""

import os

from bed import keep_pages
from measure import run
from table import Row

PEER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peer.py")


def peer(bed, step, folder, url, ca=None):
    env = {"REQUESTS_CA_BUNDLE": ca} if ca else {}
    return run([f"{bed.work}/../venv/bin/python", PEER, step, folder, url], cwd=folder, env=env)


def against_peer(bed, nginx, entries):
    """The same pages as files of nginx, walked in order by both; then pkgmine's walkers on the index server."""
    with bed.serve(entries) as server:
        keep_pages(server.url, f"{nginx.folder}/pages")
        walkers = bed.times(lambda: bed.mine(bed.fresh("walkers"), server.url))
    one = bed.times(lambda: bed.mine(bed.fresh("one"), f"{nginx.plain}/index", "--limit", "1000000000"))
    other = bed.times(lambda: peer(bed, "list", bed.fresh("peer"), f"{nginx.plain}/index"), 1)
    what = f"listing {entries:,} entries, go-miner by pkgmine"
    yield Row(f"{what}, the same files of nginx, one walker: time of the listing", other.wall, one.step("list"), 20)
    yield Row("… processor time of the listing", other.cpu, one.step_cpu("list"), 20)
    yield Row("… time of the whole run, with numbering and publishing", other.wall, one.wall, None)
    yield Row("… processor time of the whole run", other.cpu, one.cpu, None)
    yield Row(f"{what}, all walkers, index server: time of the listing", other.wall, walkers.step("list"), 20)
    yield Row("… processor time of the listing", other.cpu, walkers.step_cpu("list"), 20)
    yield Row("… time of the whole run, with numbering and publishing", other.wall, walkers.wall, None)
    yield Row("… processor time of the whole run", other.cpu, walkers.cpu, None)

    packed = f"{nginx.plain}/packed-index"
    one = bed.times(lambda: bed.mine(bed.fresh("one"), packed, "--limit", "1000000000"))
    other = bed.times(lambda: peer(bed, "list", bed.fresh("peer"), packed), 1)
    yield Row(f"{what}, the same files in gzip, one walker: time of the listing", other.wall, one.step("list"), None)
    yield Row("… processor time of the listing", other.cpu, one.step_cpu("list"), None)


def with_latency(bed, entries):
    with bed.serve(entries, latency=100) as server:
        many = bed.times(lambda: bed.mine(bed.fresh("many"), server.url))
        one = bed.times(lambda: bed.mine(bed.fresh("one"), server.url, "--concurrency", "1"), 1)
    yield Row(f"listing {entries:,} entries, 100 ms a page, one walker by all: time of the listing", one.step("list"), many.step("list"), 12)


def large_against_small(bed, small, large):
    def listing(entries, runs):
        with bed.serve(entries) as server:
            return bed.times(lambda: bed.mine(bed.fresh(f"list-{entries}"), server.url), runs)

    little, much = listing(small, bed.runs), listing(large, bed.runs)
    factor = 18 * large / (16 * small)
    steps = [much.step("list"), little.step("list")]
    yield Row(f"listing {large:,} entries by {small:,}: time of the listing", *steps, factor, "at most")
    yield Row("… time of the whole run, with numbering and publishing", much.wall, little.wall, None)
    yield Row("… processor time of the whole run", much.cpu, little.cpu, None)
    yield Row(f"listing {large:,} entries: peak memory", much.memory, None, 300, "at most", "MiB")
