"""`mine`: a run of one ecosystem."""

from __future__ import annotations

import os
from typing import Any, Callable, Iterable, Literal

from . import _tool
from .lists import MinedList
from .progress import Bar, Progress, bar_if_there

#: Complete but for what the problems file names.
_UNSETTLED = 75


def mine(
    ecosystem: str,
    *,
    output_dir: str | os.PathLike[str] = "Package-List",
    progress: Callable[[Progress], object] | Literal["bar", "none"] = "bar",
    resolve: bool = True,
    **options: object,
) -> MinedList:
    """Mines the list of an ecosystem into a folder, or brings it up to date, or goes on with a run that was stopped.

    `progress` is called about once a second with a `Progress`; `"bar"` is a bar where tqdm is installed, and else
    nothing. `resolve=False` lists names, and looks no package up. `options` are those of the command, as `pkgmine help
    go` tells them: `limit=1000` is `--limit 1000`, `fresh=True` is `--fresh`, a list is an option given several times,
    and None and False are options not given. `output_file="Go.csv.gz"` is a list that is gzip, `outcomes=True` a file beside it
    for `MinedList.look_ups`.

    A list that is not all settled is returned too: see `MinedList.complete` and `MinedList.problems`. Ctrl-C stops the
    run in order and raises KeyboardInterrupt; the same call goes on from there, as after `RunStopped`.

    Raises `WrongUsage`, `RegistryRefused`, `RegistryUnreachable`, or another `RunStopped`.
    """
    command = [ecosystem, f"--output-dir={os.fspath(output_dir)}", "--progress=json"]
    command += [] if resolve else ["--no-resolve"]
    bar = bar_if_there() if progress == "bar" else None
    show = bar if bar else progress if callable(progress) else None
    process = _tool.start(command + arguments(options))
    try:
        code, listed = _tool.finish(process, _teller(show), settled=(0, _UNSETTLED))
    finally:
        if isinstance(bar, Bar):
            bar.close()
    return MinedList.at(output_dir, ecosystem, list_path=listed, is_settled=code == 0)


def _teller(show: Callable[[Progress], object] | None) -> Callable[[str], None]:
    def tell(line: str) -> None:
        now = Progress.parse(line)
        if show and now:
            show(now)

    return tell


def arguments(options: dict[str, Any]) -> list[str]:
    """`{"limit": 10, "fresh": True, "suite": ["a", "b"]}` as the command line has it."""
    words: list[str] = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            words.append(option)
        else:
            words += [f"{option}={one}" for one in _values(value)]
    return words


def _values(value: object) -> Iterable[str]:
    if isinstance(value, (list, tuple)):
        return [text for one in value for text in _values(one)]
    if isinstance(value, os.PathLike):
        return [os.fspath(value)]
    return [str(value)]
