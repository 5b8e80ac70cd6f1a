"""The program: where it is, and how it is run."""

from __future__ import annotations

import ctypes
import importlib.metadata
import io
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, Callable, Iterator

from .errors import BinaryMissing, error_of

#: Names another program to run, as a build that is being tried.
BINARY_VARIABLE = "PKGMINE_BINARY"


def binary() -> str:
    """The path of the program: `PKGMINE_BINARY`, that which was installed with this module, or that of the PATH."""
    named = os.environ.get(BINARY_VARIABLE)
    candidates = [Path(named)] if named else [*_installed(), *_on_path()]
    for candidate in candidates:
        if os.access(candidate, os.X_OK) and candidate.is_file():
            return os.path.abspath(candidate)
    raise BinaryMissing(
        "error: the program pkgmine is not there\n"
        f"  at: {', '.join(map(str, candidates)) or 'the PATH'}\n\n"
        f"hint: install the wheel, or say in {BINARY_VARIABLE} where it is"
    )


def _installed() -> Iterator[Path]:
    """Where installers put programs: as the installation tells, beside this package (`pip install --target`), and where
    this Python and the user have theirs."""
    try:
        files = importlib.metadata.distribution("pkgmine").files or []
        yield from (Path(file.locate()) for file in files if file.parts[-2:] == ("bin", "pkgmine"))
    except importlib.metadata.PackageNotFoundError:
        pass
    yield Path(__file__).parent.parent / "bin" / "pkgmine"
    for scheme in (None, f"{os.name}_user"):
        folder = sysconfig.get_path("scripts", scheme) if scheme else sysconfig.get_path("scripts")
        yield Path(folder) / "pkgmine"


def _on_path() -> Iterator[Path]:
    found = shutil.which("pkgmine")
    if found:
        yield Path(found)


def run(arguments: list[str]) -> str:
    """Runs to the end; what it said on stdout.

    Raises what `errors.error_of` says of another exit code than 0.
    """
    process = start(arguments)
    return finish(process, lambda line: None)[1] if process else ""


def start(arguments: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [binary(), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        preexec_fn=_own_group,
    )


def finish(
    process: subprocess.Popen[str], told: Callable[[str], None], settled: tuple[int, ...] = (0,)
) -> tuple[int, str]:
    """Hands over each line of stderr until the end. Returns the exit code and stdout.

    Whatever is raised meanwhile, Ctrl-C as well as an error of `told`, stops the run in order and is raised then.
    """
    assert process.stdout
    results = _Reader(process.stdout)
    said: list[str] = []
    assert process.stderr
    try:
        for line in process.stderr:
            told(line)
            if not line.startswith("{"):
                said.append(line)
        code = process.wait()
    except BaseException:
        _stop(process)
        raise
    finally:
        results.join()
        process.stderr.close()
    if code not in settled:
        raise error_of(code, "".join(said))
    return code, results.text


@contextmanager
def filtered(arguments: list[str], fill: Callable[[IO[str]], None] | None = None) -> Iterator[IO[str]]:
    """What it says on stdout, while it is said; `fill` writes what it reads on stdin, side by side with that.

    Whoever leaves before the end ends it. Raises what `errors.error_of` says of another exit code than 0, and what `fill`
    has raised.
    """
    process = subprocess.Popen(
        [binary(), *arguments],
        stdin=subprocess.PIPE if fill else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_own_group,
    )
    assert process.stdout and process.stderr
    said = _Reader(io.TextIOWrapper(process.stderr, encoding="utf-8", errors="replace"))
    feeder = _Feeder(process.stdin, fill) if fill and process.stdin else None
    try:
        # newline="": line ends in a field are the field's.
        with io.TextIOWrapper(process.stdout, encoding="utf-8", newline="") as output:
            yield output
        code = process.wait()
    except BaseException:
        # What feeds it ends at its next line: it may be waiting for one.
        process.kill()
        process.wait()
        raise
    finally:
        said.join()
    if feeder:
        feeder.join()
        if feeder.error:
            raise feeder.error
    if code != 0:
        raise error_of(code, said.text)


class _Feeder(threading.Thread):
    """Writes stdin beside what reads stdout."""

    def __init__(self, stream: IO[bytes], fill: Callable[[IO[str]], None]) -> None:
        super().__init__(daemon=True)
        # A lone surrogate is no text that a program could be told.
        self._stream = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
        self._fill = fill
        self.error: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            with self._stream:
                self._fill(self._stream)
        except BrokenPipeError:
            # The program has ended, and says why.
            pass
        except BaseException as error:
            self.error = error


class _Reader(threading.Thread):
    """Reads stdout beside stderr: either could fill its pipe while the other is read."""

    def __init__(self, stream: IO[str]) -> None:
        super().__init__(daemon=True)
        self._stream = stream
        self.text = ""
        self.start()

    def run(self) -> None:
        with self._stream:
            self.text = self._stream.read()


def _stop(process: subprocess.Popen[str]) -> None:
    """Once is in order: what has arrived is stored. Who presses Ctrl-C again does not wait for that."""
    process.send_signal(signal.SIGINT)
    try:
        assert process.stderr
        for _ in process.stderr:
            pass
        process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise


# prctl(2): the signal for when who started this process has gone.
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _own_group() -> None:
    """Ctrl-C reaches the whole group of a terminal, and the program takes a second one for impatience: it gets its own
    group, and this module sends it one. Where Python itself is killed, the program is stopped in order."""
    os.setpgid(0, 0)
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@lru_cache(maxsize=None)
def _ecosystems(program: str) -> dict[str, str]:
    lines = run(["ecosystems"]).splitlines()
    return dict(line.split(None, 1) for line in lines if line and not line.startswith(" "))


def ecosystems() -> dict[str, str]:
    """What can be mined: `{"go": "Go, into Go.csv, packages as pkg:golang/…", …}`."""
    return dict(_ecosystems(binary()))


def version() -> str:
    """The version of the program, which is that of this package."""
    return run(["--version"]).strip()
