"""Lists as they were published: what is known of them, their rows, and as a DataFrame."""

from __future__ import annotations

import csv
import gzip
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Iterator, Mapping, NamedTuple, Union

from .errors import PkgmineError

if TYPE_CHECKING:
    import pandas

#: A list, or the path of one.
AnyList = Union["MinedList", str, "os.PathLike[str]"]

_COLUMNS = ("Package ID", "Platform", "Name", "Homepage", "Repository")
# `--csv-header legacy`, and older tools of this field.
_LEGACY = {"ID": "Package ID", "Homepage URL": "Homepage", "Repository URL": "Repository"}
# In these two, and in no other, `nan` says that there is none. A package may well be called nan, NA or null.
_LINKS = ("Homepage", "Repository")
_MISSING = ("nan", "")


class Package(NamedTuple):
    """A row of a list. None is a link that the registry does not have, or that could not be asked for: see
    `MinedList.problems`."""

    package_id: int
    platform: str
    name: str
    homepage: str | None
    repository: str | None


class Problem(NamedTuple):
    """A row of the problems file: what is not settled or not right."""

    kind: str
    subject: str
    detail: str


class LookUp(NamedTuple):
    """A row of the outcomes: how the look-up of a package ended, and so why it has no link."""

    name: str
    #: `resolved`, `no repository`, `gone` …, or `not asked`.
    outcome: str
    #: When the run began that has asked; None where nobody has, or a pkgmine that did not keep it.
    asked: datetime | None
    #: The newest release then; None where the registry's list names none.
    release: str | None


@dataclass(frozen=True)
class MinedList(os.PathLike):  # type: ignore[type-arg]
    """A list that was mined. It is a path too, that of its file: `pandas.read_csv(mined)`, `open(mined)`."""

    path: Path
    ecosystem: str
    platform: str
    rows: int
    #: How many look-ups ended how: `{"resolved": 134, "gone": 3, …}`.
    outcomes: Mapping[str, int]
    #: The file that names what is not settled or not right; None where there is nothing to name.
    problems_path: Path | None
    #: Whether the registry's list was walked to its end, and not only to a `limit`.
    is_whole: bool
    #: Whether packages were looked up, and not only listed.
    is_resolved: bool
    #: What datapackage.json says of it: registries, times, options, requests.
    provenance: Mapping[str, Any] = field(repr=False, compare=False)
    is_settled: bool = True
    #: The file of `outcomes=True`; None where it was not asked for.
    outcomes_path: Path | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do: the whole list, every package looked up, and no problem."""
        return self.is_settled and self.is_whole and self.is_resolved

    @property
    def problems(self) -> list[Problem]:
        """What is not settled or not right, by name."""
        if self.problems_path is None:
            return []
        with _rows(self.problems_path) as rows:
            next(rows)
            return [Problem(*row) for row in rows]

    def look_ups(self) -> Iterator[LookUp]:
        """How the look-up of each package ended, in the order of the list. Needs `mine(…, outcomes=True)`."""
        if self.outcomes_path is None:
            raise PkgmineError(
                f"error: there are no outcomes beside the list\n  at: {self.path}\n\nhint: mine it with outcomes=True, which "
                "asks for nothing that is known"
            )
        with _rows(self.outcomes_path) as rows:
            next(rows)
            for name, outcome, asked, release in rows:
                time = datetime.fromisoformat(asked.replace("Z", "+00:00")) if asked else None
                yield LookUp(name, outcome, time, release or None)

    def packages(self) -> Iterator[Package]:
        """`packages(self)`."""
        return packages(self)

    def read(self) -> pandas.DataFrame:
        """`read(self)`."""
        return read(self)

    def __fspath__(self) -> str:
        return os.fspath(self.path)

    @classmethod
    def at(
        cls, folder: str | os.PathLike[str], ecosystem: str, *, list_path: str | None = None, is_settled: bool | None = None
    ) -> MinedList:
        """The list of an ecosystem that an earlier run left in a folder, as `datapackage.json` tells of it.

        Raises `PkgmineError` where the folder has none.
        """
        folder = Path(folder)
        manifest = folder / "datapackage.json"
        try:
            resources = json.loads(manifest.read_text(encoding="utf-8"))["resources"]
        except FileNotFoundError:
            resources = []
        by_name = {resource["name"]: resource for resource in resources}
        own = [one for one in resources if one.get("pkgmine", {}).get("ecosystem") == ecosystem]
        if not own:
            raise PkgmineError(f"error: there is no list of {ecosystem}\n  at: {manifest}\n\nhint: mine it first")
        told, mining = own[0], own[0]["pkgmine"]
        problems, outcomes = (by_name.get(f"{told['name']}-{what}") for what in ("problems", "outcomes"))
        return cls(
            path=folder / told["path"],
            ecosystem=ecosystem,
            platform=mining["platform"],
            rows=told["rows"],
            outcomes=mining["outcomes"],
            problems_path=folder / problems["path"] if problems else None,
            is_whole=mining["isWhole"],
            is_resolved=mining["isResolved"],
            provenance=mining,
            is_settled=problems is None if is_settled is None else is_settled,
            outcomes_path=folder / outcomes["path"] if outcomes else None,
        )


def packages(list: AnyList) -> Iterator[Package]:
    """The rows of a list, plain or gzip, one by one, without pandas. Their names are exactly as the registry has them."""
    with _rows(list) as rows:
        header = [_LEGACY.get(name, name) for name in next(rows, [])]
        try:
            places = [header.index(name) for name in _COLUMNS]
        except ValueError:
            raise _not_a_list(list) from None
        for row in rows:
            number, platform, name, homepage, repository = (row[place] for place in places)
            yield Package(int(number), platform, name, _link(homepage), _link(repository))


def read(list: AnyList) -> pandas.DataFrame:
    """A list, plain or gzip, as a DataFrame: `Package ID` as int64, the other columns as strings.

    Missing is only a link that is `nan`: packages called `nan`, `NA` or `null` keep their names, which pandas takes
    from them where it is not told. The older header is read as the present one. Needs pandas.
    """
    try:
        import pandas
    except ImportError as error:
        raise ImportError("pkgmine.read needs pandas: pip install pandas; pkgmine.packages does without") from error
    with opened(os.fspath(list)) as text:
        frame = pandas.read_csv(text, dtype="string", keep_default_na=False, na_filter=False)
    frame = frame.rename(columns=_LEGACY)
    if not set(_COLUMNS) <= set(frame.columns):
        raise _not_a_list(list)
    for name in _LINKS:
        frame[name] = frame[name].mask(frame[name].isin(_MISSING))
    return frame[[*_COLUMNS]].astype({"Package ID": "int64"})


def _not_a_list(list: AnyList) -> PkgmineError:
    return PkgmineError(f"error: this is no list of packages\n  at: {os.fspath(list)}")


def _link(text: str) -> str | None:
    return None if text in _MISSING else text


def unlimit_fields() -> None:
    """Longer fields than 128 KiB, which is where `csv` gives up by itself: a registry may have them."""
    csv.field_size_limit(2**31 - 1)


@contextmanager
def _rows(file: AnyList) -> Iterator[Iterator[list[str]]]:
    unlimit_fields()
    with opened(os.fspath(file)) as text:
        yield csv.reader(text, strict=True)


def opened(path: str | os.PathLike[str]) -> IO[str]:
    """The text of a file, plain or gzip."""
    with open(path, "rb") as file:
        is_gzip = file.read(2) == b"\x1f\x8b"
    # newline="": a lone CR in a name is the name's.
    if is_gzip:
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return open(path, encoding="utf-8", newline="")
