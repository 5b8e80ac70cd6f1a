"""What a kill in mid-run costs: the two runs together by one that nobody disturbs."""

import json

from looking import look_up
from measure import kill_when
from table import Row


def told(line):
    return json.loads(line) if line.startswith("{") else {}


def all_rows(bed, nginx, entries, looked_up):
    with bed.serve(entries) as server:
        whole = bed.mine(bed.fresh("whole"), server.url)
        folder = bed.fresh("killed")
        command = bed.command(folder, server.url)
        first = kill_when(command, folder, lambda line: told(line).get("entries", 0) > entries // 2)
        rest = bed.mine(folder, server.url)
    yield Row(
        f"listing {entries:,} entries, killed half-way and run again, by one run: time", first + rest.wall, whole.wall,
        1.25, "at most")
    modules = looked_up * 57 // 160
    with bed.serve(looked_up) as server:
        names = bed.fresh("names")
        bed.mine(names, server.url)
        whole = look_up(bed, server, names, nginx.plain)
        folder = bed.copy(names, "killed")
        command = bed.command(folder, server.url, proxy_url=nginx.plain)
        first = kill_when(command, folder, lambda line: told(line).get("lookedUp", 0) > modules // 2)
        rest = bed.mine(folder, server.url, proxy_url=nginx.plain)
    yield Row(
        f"looking {modules:,} modules up, killed half-way and run again, by one run: time", first + rest.wall,
        whole.wall, 1.25, "at most")
