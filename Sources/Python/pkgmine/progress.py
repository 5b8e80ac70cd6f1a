"""How far a run is, and a bar that shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import Any, Mapping


@dataclass(frozen=True)
class Progress:
    """A run at one moment: an object of `pkgmine … --progress json`, told once a second and at the end."""

    ecosystem: str = ""
    #: `list`, `number`, `resolve`, `audit`, `publish` or `done`.
    step: str = "list"
    pages: int = 0
    entries: int = 0
    #: Of the list, where the registry says how many it has.
    entries_to_read: int | None = None
    new_packages: int = 0
    to_look_up: int = 0
    looked_up: int = 0
    #: How many look-ups of this run ended in which outcome.
    outcomes: Mapping[str, int] = field(default_factory=dict)
    list_problems: int = 0
    requests: int = 0
    requests_per_second: int = 0
    retries: int = 0
    received_bytes: int = 0
    in_flight: int = 0
    #: Hosts that are waited for, and why.
    paused_hosts: tuple[str, ...] = ()
    #: Of the step, where that can be told.
    remaining_seconds: int | None = None
    #: All that the program told, by its own names.
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def parse(cls, line: str) -> Progress | None:
        """None for a line that is no object of progress."""
        if not line.startswith("{"):
            return None
        try:
            raw = json.loads(line)
        except ValueError:
            return None
        known = {f.name: raw[_camel(f.name)] for f in fields(cls) if _camel(f.name) in raw}
        known["paused_hosts"] = tuple(known.get("paused_hosts", ()))
        return cls(**known, raw=raw)


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


class Bar:
    """Shows progress with tqdm, in a terminal or a notebook: a bar for the listing, and one for the look-ups."""

    def __init__(self, tqdm: Any) -> None:
        self._tqdm = tqdm
        self._bar: Any = None
        self._step = ""

    def __call__(self, progress: Progress) -> None:
        # A run of a second is told once, when it is done.
        if progress.step in ("number", "publish") or (progress.step == "done" and progress.to_look_up == 0):
            return self.close()
        is_listing = progress.step in ("list", "audit")
        step = progress.step if is_listing else "resolve"
        total = progress.entries_to_read if is_listing else progress.to_look_up
        if self._step != step:
            self.close()
            self._step = step
            unit = "entries" if is_listing else "packages"
            self._bar = self._tqdm(desc=f"{progress.ecosystem} {step}", unit=f" {unit}", total=total)
        self._bar.total = total
        self._bar.n = progress.entries if is_listing else progress.looked_up
        self._bar.set_postfix_str("; ".join(progress.paused_hosts), refresh=False)
        self._bar.refresh()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
        self._bar, self._step = None, ""


def bar_if_there() -> Bar | None:
    """None where tqdm is not installed."""
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    return Bar(tqdm)
