"""Looking packages up: against a bare loop of libcurl, and against go-miner."""

import csv
import re
import subprocess

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
    return bed.mine(bed.copy(state, "look"), server.url, *arguments, proxy_url=proxy)


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
        "resolving, HTTP/2 over TLS, stored, by a bare libcurl loop: rate", modules / ours.step("resolve"),
        modules / bare.wall, 0.5, unit="/s")
    yield Row("… processor time of the client, ours by the loop's", ours.cpu, bare.cpu, None)
    tls = peer_rate(bed, nginx.tls, nginx.ca, names(state, peer_modules))
    yield Row("the bare libcurl loop by go-miner, over TLS: rate", modules / bare.wall, tls, None, unit="/s")
    yield Row("resolving by go-miner, over TLS: rate", modules / ours.step("resolve"), tls, 100, unit="/s")
    http = peer_rate(bed, nginx.plain, None, names(state, peer_modules))
    yield Row("resolving by go-miner, over plain HTTP: rate", modules / plain.step("resolve"), http, 25, unit="/s")
    yield Row("the server itself, by h2load over TLS: rate", h2load(urls, modules), None, None, unit="/s")
    yield Row("the server itself, by wrk over plain HTTP: rate", wrk(nginx.plain), None, None, unit="/s")


def h2load(urls, requests):
    """Requests a second that the server answers where the client does next to nothing, the same URLs."""
    command = ["h2load", f"--requests={requests}", "--clients=2", "--max-concurrent-streams=128", f"--input-file={urls}"]
    told = subprocess.check_output(command, text=True)
    if f"{requests} succeeded" not in told:
        raise RuntimeError(told)
    return float(re.search(r"([\d.]+) req/s", told).group(1))


def wrk(server):
    command = ["wrk", "--threads=1", "--connections=64", "--duration=5s", f"{server}/github.com/acme/toolkit/@latest"]
    told = subprocess.check_output(command, text=True)
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told).group(1))


def peer_rate(bed, url, ca, modules):
    """Modules a second that go-miner looks up."""
    folder = bed.fresh("peer")
    with open(f"{folder}/module_names.txt", "w") as file:
        file.writelines(f"{name}\n" for name in modules)
    return len(modules) / peer(bed, "look", folder, url, ca).wall
