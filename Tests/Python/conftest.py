"""The module is tried with a built program, against registries of this machine. Nothing is built here.

PKGMINE_BINARY names the program, by default that of `swift build`. With PKGMINE_INSTALLED the module and the program are
those that are installed, as from a wheel. `loopback-registry`, which serves the fixtures, is that of `swift build`, or
lies beside the program that was named.
"""


import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
BUILT = Path(os.environ.get("PKGMINE_BINARY", ROOT / ".build/debug/pkgmine"))
if "PKGMINE_INSTALLED" not in os.environ:
    os.environ["PKGMINE_BINARY"] = str(BUILT)
    sys.path.insert(0, str(ROOT / "Sources/Python"))


@contextmanager
def served(urls: Path, *arguments: str):
    """A registry for as long as this is open: the address of each of its services."""
    command = [BUILT.with_name("loopback-registry"), *arguments, "--url-file", urls]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            while not urls.exists():
                try:
                    process.wait(0.05)
                except subprocess.TimeoutExpired:
                    continue
                raise RuntimeError(f"the registry did not start: {process.stderr.read()}")
            yield dict(line.split(" ", 1) for line in urls.read_text().splitlines())
        finally:
            process.terminate()
            process.wait()


def go_options(urls) -> dict:
    return {"index_url": urls["index"], "proxy_url": urls["proxy"] + "/cached-only"}


@pytest.fixture(scope="session")
def go_registry(tmp_path_factory):
    """The options with which `go` asks the registry of fixtures/go/small."""
    urls = tmp_path_factory.mktemp("registry") / "urls"
    with served(urls, "go", "--fixture", str(ROOT / "fixtures/go/small")) as addresses:
        yield go_options(addresses)


@pytest.fixture(scope="session")
def slow_registry(tmp_path_factory):
    """One of 2,000 packages, whose every answer takes half a second: a run of it is under way when it is stopped."""
    urls = tmp_path_factory.mktemp("slow") / "urls"
    with served(urls, "go", "--synthetic", "2000", "--healthy", "--latency-ms", "500") as addresses:
        yield go_options(addresses)


@pytest.fixture(scope="session")
def npm_registry(tmp_path_factory):
    urls = tmp_path_factory.mktemp("npm") / "urls"
    with served(urls, "folder", str(ROOT / "fixtures/family/npm")) as addresses:
        address = addresses["npm"]
        yield {"replication_url": address + "/registry", "registry_url": address, "per_minute": 6000}


@pytest.fixture(scope="session")
def mined(go_registry, tmp_path_factory):
    import pkgmine

    return pkgmine.mine_go(output_dir=tmp_path_factory.mktemp("lists"), progress="none", **go_registry)


@pytest.fixture
def written(tmp_path):
    """Writes a list with these rows behind the header."""

    def write(name: str, *rows: str, header: str = "Package ID,Platform,Name,Homepage,Repository") -> Path:
        path = tmp_path / name
        path.write_bytes("".join(f"{row}\n" for row in (header, *rows)).encode())
        return path

    return write
