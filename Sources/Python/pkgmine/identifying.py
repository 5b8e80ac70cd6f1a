"""Which repositories addresses name: `identify` for tables, `repositories` for whatever holds addresses."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import IO, Iterable, Iterator, NamedTuple, overload

from . import _tool
from .lists import AnyList, unlimit_fields

_ADDED = ("Canonical Repository", "Host", "Owner", "Repository Name", "Subdirectory", "Not Understood")
_INFERRED = "Inferred From"


class Repository(NamedTuple):
    """What an address names. All is None where there is no address; `not_understood` says why one names no repository."""

    #: What `compare` matches by: two addresses name the same repository where it is the same.
    canonical: str | None
    host: str | None
    owner: str | None
    name: str | None
    subdirectory: str | None
    not_understood: str | None
    #: How it was found, where it was inferred.
    inferred_from: str | None = None


@overload
def identify(
    *tables: AnyList, output: str | os.PathLike[str], column: str | None = None, inferred: bool = False
) -> Path: ...


@overload
def identify(*tables: AnyList, column: str | None = None, inferred: bool = False) -> Iterator[dict[str, str | None]]: ...


def identify(
    *tables: AnyList, output: str | os.PathLike[str] | None = None, column: str | None = None, inferred: bool = False
) -> Path | Iterator[dict[str, str | None]]:
    """Adds to each row of lists, or of other CSV with a column of addresses, which repository its address names.

    With `output` the rows are written to that file, gzip if it ends in .gz, whose path is returned. Without, they come one
    by one, as dicts by the names of the columns; in those that were added None is what there is not.
    """
    paths = [os.fspath(table) for table in tables]
    if not paths:
        raise TypeError("identify takes at least one table")
    options = [*([f"--column={column}"] if column is not None else []), *(["--inferred"] if inferred else [])]
    if output is None:
        return _rows([*options, "--", *paths])
    _tool.run(["identify", *options, f"--output={os.fspath(output)}", "--", *paths])
    return Path(output)


def repositories(addresses: Iterable[object], *, inferred: bool = False) -> Iterator[Repository]:
    """What each address names, one for one and in order: of a list, a generator, a column of a DataFrame.

    Whatever is no text is no address, as None and NaN are. `owner/name` alone has no meaning here, since nobody says of
    which ecosystem it is.
    """

    def fill(file: IO[str]) -> None:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["Repository"])
        rows.writerows([address if isinstance(address, str) else ""] for address in addresses)

    def named() -> Iterator[Repository]:
        with _tool.filtered(["identify", *(["--inferred"] if inferred else [])], fill) as stream:
            unlimit_fields()
            found = csv.reader(stream, strict=True)
            next(found, None)
            for row in found:
                yield Repository(*(text or None for text in row[1:]))

    return named()


def _rows(words: list[str]) -> Iterator[dict[str, str | None]]:
    with _tool.filtered(["identify", *words]) as stream:
        unlimit_fields()
        for row in csv.DictReader(stream, strict=True):
            added = {name: row[name] or None for name in (*_ADDED, _INFERRED) if name in row}
            yield {**row, **added}
