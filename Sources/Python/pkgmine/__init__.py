"""Complete, honest lists of every package of a software ecosystem.

>>> import pkgmine
>>> mined = pkgmine.mine("go", output_dir="lists", contact="you@example.org")   # doctest: +SKIP
>>> mined.complete, mined.rows                                                  # doctest: +SKIP
>>> frame = pkgmine.read(mined)                                                 # doctest: +SKIP

`mine_go()`, `mine_npm()` and so on are `mine("go")`, `mine("npm")`: there is one for each of `ecosystems()`. A run that
was stopped, by Ctrl-C too, goes on where it was when the same call is made again. The work is done by the program
`pkgmine`, which comes with this package; this module starts it, tells its progress and reads what it wrote.
"""

from __future__ import annotations

from functools import partial, update_wrapper
from typing import Any

from ._tool import ecosystems, version
from .errors import BinaryMissing, PkgmineError, RegistryRefused, RegistryUnreachable, RunInterrupted, RunStopped
from .errors import WrongUsage
from .identifying import Repository, identify, repositories
from .lists import LookUp, MinedList, Package, Problem, packages, read
from .mining import mine
from .progress import Progress
from .studies import Change, Comparison, Difference, Report, SharedBy, compare, diff, report

__all__ = [
    "BinaryMissing", "Change", "Comparison", "Difference", "LookUp", "MinedList", "Package", "PkgmineError", "Problem",
    "Progress", "RegistryRefused", "RegistryUnreachable", "Report", "Repository", "RunInterrupted", "RunStopped",
    "SharedBy", "WrongUsage", "compare", "diff", "ecosystems", "identify", "mine", "packages", "read", "report",
    "repositories", "version",
]  # fmt: skip

#: `version()`.
__version__: str


def __getattr__(name: str) -> Any:
    """`mine_homebrew_cask` is `mine` of `homebrew-cask`: the program knows which ecosystems there are, not this module."""
    if name == "__version__":
        return version()
    ecosystem = name[5:].replace("_", "-")
    if not name.startswith("mine_") or ecosystem not in ecosystems():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    sibling = update_wrapper(partial(mine, ecosystem), mine)
    sibling.__doc__ = f"`mine({ecosystem!r}, …)`: {ecosystems()[ecosystem]}."
    return sibling


def __dir__() -> list[str]:
    try:
        siblings = [f"mine_{name.replace('-', '_')}" for name in ecosystems()]
    except PkgmineError:
        siblings = []
    return sorted([*globals(), *siblings])
