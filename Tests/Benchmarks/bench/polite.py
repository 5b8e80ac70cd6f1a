"""What a first run of Go takes, a hundredth of it played with answers that come late and a proxy that refuses more.

Steps are played one by one: what a hundredth takes, a hundred times. What the proxy bears is not published: look-ups are
played at two rates. An answer of the index comes after 250 ms, any other after 100.
"""

import auditing
from distant import Distant
from looking import look_up
from servers import free_port
from table import Row

PAGES, TILES, MODULES = 35_000, 270_000, 10_000_000
HOUR = 3600


def all_rows(bed, share):
    pages = PAGES // share
    with bed.serve(pages * 2000, latency=250) as server:
        listing = bed.mine(bed.fresh("polite"), server.url)
    # The end of the index is asked for again with pauses, once, whatever its size.
    seconds = (listing.step("list") - 2.5) * share
    yield Row(f"a first run of Go: {PAGES:,} index pages, 250 ms each, by 1/{share}", seconds / HOUR, None, None, unit="h")
    if auditing.is_possible():
        records = TILES // share * 256
        folder = auditing.database(bed, records, records * 3 // 20)
        with Distant(bed, free_port(), 100, folder=folder) as server:
            audit = auditing.audit(bed, folder, server.url)
        yield Row(f"… {TILES:,} tiles, 100 ms each, by 1/{share}", audit.wall * share / HOUR, None, None, unit="h")
    for per_second in (1_000, 200):
        modules = per_second * 60
        with bed.serve(modules * 160 // 57) as server:
            names = bed.fresh("names")
            bed.mine(names, server.url)
            with Distant(bed, free_port(), 100, per_second) as proxy:
                looked = look_up(bed, server, names, proxy.url)
        rate = looked.told()["lookedUp"] / looked.step("resolve")
        what = f"… {MODULES:,} look-ups, 100 ms each, the rest of {per_second:,} a second refused: rate"
        yield Row(what, rate, per_second, None, unit="/s")
        yield Row("… time", MODULES / rate / HOUR, None, None, unit="h")
