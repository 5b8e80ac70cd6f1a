"""What a benchmark stands on: the binaries, the generated registries, the folders of runs."""

import gzip
import os
import shutil
import subprocess
import urllib.request

from measure import median, run
from servers import IndexServer, free_port

INDEX_PAGE = 2000


class Bed:
    def __init__(self, binaries, work, runs):
        self.binaries, self.work, self.runs = os.path.abspath(binaries), os.path.abspath(work), runs
        os.makedirs(self.work, exist_ok=True)

    def binary(self, name):
        return f"{self.binaries}/{name}"

    def authorities(self):
        """The authorities that Python's clients trust, go-miner's among them."""
        command = [f"{self.work}/../venv/bin/python", "-c", "import certifi; print(certifi.where())"]
        return subprocess.check_output(command, text=True).strip()

    def index(self, entries, modules=None):
        """The file of an index with so many entries, and 5.7 modules for 16 entries where it is not said."""
        path = f"{self.work}/index-{entries}.ndjson"
        if not os.path.exists(path):
            modules = modules or entries * 57 // 160
            subprocess.run([self.binary("bench-generate"), path + ".new", str(entries), str(modules)], check=True)
            os.rename(path + ".new", path)
        return path

    def serve(self, entries, latency=0, modules=None):
        index = self.index(entries, modules)
        return IndexServer(self.binary("bench-index-server"), index, self.port(entries), latency)

    def port(self, entries):
        """The port of an index, the same one each time: a state belongs to the address that its list came from."""
        path = f"{self.work}/port-{entries}"
        if not os.path.exists(path):
            with open(path, "w") as file:
                file.write(str(free_port()))
        return int(open(path).read())

    def fresh(self, name):
        folder = f"{self.work}/{name}"
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        return folder

    def copy(self, folder, name):
        """A folder of its own with what another one holds."""
        copied = self.fresh(name)
        shutil.copytree(folder, copied, dirs_exist_ok=True)
        return copied

    def command(self, folder, index_url, *arguments, proxy_url=None):
        command = [self.binary("pkgmine"), "go", "-o", folder, "--index-url", index_url, "--progress", "json"]
        return command + (["--proxy-url", proxy_url] if proxy_url else ["--no-resolve"]) + list(arguments)

    def mine(self, folder, index_url, *arguments, proxy_url=None):
        """One `pkgmine go`; 75 would mean that something was not settled, and is a failure here."""
        return run(self.command(folder, index_url, *arguments, proxy_url=proxy_url), cwd=folder)

    def median(self, costs):
        return median(costs)

    def times(self, body, runs=None):
        return median([body() for _ in range(runs or self.runs)])


def keep_end(index_url, folder, page):
    """The pages that are asked for behind the last entry: at its time, and a microsecond later."""
    last = page[:-1].rsplit(b'"', 2)[-2].decode()
    seconds, _, fraction = last[:-1].partition(".")
    later = f"{seconds}.{int(fraction.ljust(6, '0') or 0) + 1:06d}".rstrip("0") + "Z"
    for since in (last, later):
        keep_page(folder, since, urllib.request.urlopen(f"{index_url}?since={since}").read())


def keep_page(folder, name, page):
    """As it is and, beside it, as a registry sends it."""
    for path, content in ((f"{folder}/{name}", page), (f"{folder}/{name}.gz", gzip.compress(page, 6))):
        with open(path, "wb") as file:
            file.write(content)


def keep_pages(index_url, folder):
    """Writes the pages that one walker is answered with as files named by their `since`, and returns how many."""
    since, count = "", 0
    while True:
        address = index_url + (f"?since={since}" if since else "")
        page = urllib.request.urlopen(address).read()
        keep_page(folder, since or "start", page)
        count += 1
        if page.count(b"\n") < INDEX_PAGE:
            keep_end(index_url, folder, page)
            return count
        since = page[:-1].rsplit(b'"', 2)[-2].decode()
