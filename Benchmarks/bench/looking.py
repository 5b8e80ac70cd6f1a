"""Looking packages up: against a bare loop of libcurl, and against go-miner."""

import csv
import re
import shutil

from listing import peer
from measure import run
from table import Row


def escaped(path):
    return re.sub("[A-Z]", lambda capital: "!" + capital.group().lower(), path)


def names(folder, count):
    with open(f"{folder}/Go.csv", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return [row[2] for _, row in zip(range(count), rows)]


def look_up(bed, server, state, proxy, *arguments):
    """The second run of a list whose names are stored: all its modules are looked up, stored and published."""
    folder = bed.fresh("look")
    shutil.rmtree(folder)
    shutil.copytree(state, folder)
    return bed.mine(folder, server.url, *arguments, proxy_url=proxy)


def all_rows(bed, nginx, entries, peer_modules):
    modules = entries * 57 // 160
    with bed.serve(entries) as server:
        state = bed.fresh("names")
        bed.mine(state, server.url)
        urls = f"{bed.work}/urls"
        with open(urls, "w") as file:
            file.writelines(f"{nginx.tls}/{escaped(name)}/@latest\n" for name in names(state, modules))
        ours, bare = [], []
        for _ in range(bed.runs):
            bare.append(run([bed.binary("bench-bare-loop"), urls, "256", nginx.ca]))
            ours.append(look_up(bed, server, state, nginx.tls, "--ca-file", nginx.ca))
        plain = [look_up(bed, server, state, nginx.plain) for _ in range(bed.runs)]
    ours, bare, plain = bed.median(ours), bed.median(bare), bed.median(plain)
    yield Row(
        "resolving, HTTP/2 over TLS, stored, against a bare libcurl loop: rate", modules / ours.wall,
        modules / bare.wall, 0.5, unit="/s")
    yield Row("the same: processor time of the client, ours by the loop's", ours.cpu, bare.cpu, None)
    for label, url, ca, cost, reach in [
        ("over TLS", nginx.tls, nginx.ca, ours, 100), ("over plain HTTP", nginx.plain, None, plain, 25),
    ]:
        other = looked_up_by_peer(bed, url, ca, names(state, peer_modules))
        yield Row(
            f"resolving against go-miner's, {label}: rate", modules / cost.wall, peer_modules / other.wall, reach,
            unit="/s")


def looked_up_by_peer(bed, url, ca, modules):
    folder = bed.fresh("peer")
    with open(f"{folder}/module_names.txt", "w") as file:
        file.writelines(f"{name}\n" for name in modules)
    return peer(bed, "look", folder, url, ca)
