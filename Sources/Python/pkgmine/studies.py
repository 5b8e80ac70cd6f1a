"""From lists to numbers, without network: `compare`, `diff`, `report`."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Mapping, NamedTuple

from . import _tool
from .lists import AnyList, opened
from .mining import arguments


class SharedBy(NamedTuple):
    """The repositories that exactly these ecosystems share."""

    ecosystems: tuple[str, ...]
    repositories: int
    packages: int
    #: A row a package: `Canonical Repository,Platform,Package ID,Name,Homepage,Repository`.
    path: Path


@dataclass(frozen=True)
class Comparison(os.PathLike):  # type: ignore[type-arg]
    """What several ecosystems share, as a path the folder of it."""

    folder: Path
    shared: list[SharedBy]
    #: Addresses that name no repository, each with the reason and how many rows have it.
    not_understood: list[dict[str, str]] = field(repr=False)

    def __fspath__(self) -> str:
        return os.fspath(self.folder)


class Change(NamedTuple):
    """A row of a difference. None is what a package did not have: before it was added, after it was removed, or a link
    that the registry has not."""

    change: str
    platform: str
    name: str
    old_homepage: str | None
    new_homepage: str | None
    old_repository: str | None
    new_repository: str | None


@dataclass(frozen=True)
class Difference:
    """What changed between two lists."""

    #: How many packages changed how: `{"added": 1, "repository moved": 1}`.
    counts: Mapping[str, int]
    changes: list[Change] = field(repr=False)
    #: The program's own words.
    text: str = field(repr=False)


@dataclass(frozen=True)
class Report(os.PathLike):  # type: ignore[type-arg]
    """A page, as a path its file, and the numbers that it shows."""

    path: Path
    numbers: Mapping[str, Any] = field(repr=False)

    def __fspath__(self) -> str:
        return os.fspath(self.path)

    def _repr_html_(self) -> str:
        with opened(self.path) as page:
            return page.read()


def compare(*lists: AnyList, output_dir: str | os.PathLike[str], **options: object) -> Comparison:
    """Finds the repositories that several ecosystems share, and writes them into a folder.

    `options` are those of `pkgmine compare`: `match="name"`, `wide=True`, `inferred=True`, `gzip=True`.
    """
    folder = Path(output_dir)
    _tool.run(["compare", "--quiet", f"--output-dir={folder}", *arguments(options), "--", *_paths(lists)])
    ending = ".csv.gz" if options.get("gzip") else ".csv"
    return Comparison(
        folder=folder,
        shared=[
            SharedBy(
                tuple(row["Ecosystems"].split(" + ")), int(row["Repositories"]), int(row["Packages"]), folder / row["File"]
            )
            for row in _records(folder / f"summary{ending}")
        ],
        not_understood=_records(folder / f"not-understood{ending}"),
    )


def diff(old: AnyList, new: AnyList, *, output: str | os.PathLike[str] | None = None, **options: object) -> Difference:
    """Tells what changed between two lists, and writes it, a row a change, to a file where one is named.

    `options` are those of `pkgmine diff`: `inferred=True`.
    """
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(output) if output is not None else Path(scratch, "changes.csv")
        text = _tool.run(["diff", "--quiet", f"--output={path}", *arguments(options), "--", *_paths((old, new))])
        with opened(path) as file:
            rows = csv.reader(file, strict=True)
            next(rows)
            changes = [Change(*row[:3], *(None if text in ("", "nan") else text for text in row[3:])) for row in rows]
    counts: dict[str, int] = {}
    for change in changes:
        counts[change.change] = counts.get(change.change, 0) + 1
    return Difference(counts, changes, text)


def report(*lists: AnyList, output: str | os.PathLike[str] = "report.html", **options: object) -> Report:
    """Writes a report on lists, one HTML page, and the same numbers beside it as JSON.

    `options` are those of `pkgmine report`: `match="name"`, `inferred=True`, `date="2026-11-27"`.
    """
    path = Path(output)
    _tool.run(["report", "--quiet", f"--output={path}", *arguments(options), "--", *_paths(lists)])
    with opened(_numbers_beside(path)) as numbers:
        return Report(path, json.load(numbers))


def _numbers_beside(page: Path) -> Path:
    for ending in (".html", ".html.gz"):
        if page.name.endswith(ending):
            return page.with_name(page.name[: -len(ending)] + ending.replace("html", "json"))
    return page.with_name(page.name + ".json")


def _paths(lists: tuple[AnyList, ...]) -> list[str]:
    return [os.fspath(one) for one in lists]


def _records(path: Path) -> list[dict[str, str]]:
    with opened(path) as file:
        return list(csv.DictReader(file, strict=True))
