"""What a call raises: the program's exit code as a class, and its words as they stand on stderr."""

from __future__ import annotations

import re


class PkgmineError(Exception):
    """`pkgmine` has ended with an error. `str()` of it is what the program said: what happened, where, what to do."""

    def __init__(self, text: str, exit_code: int | None = None) -> None:
        super().__init__(text)
        self.text = text
        #: That of the program; None where it was not run.
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.text, self.exit_code)

    def _part(self, pattern: str) -> str | None:
        found = re.search(pattern, self.text, re.M)
        return found[1] if found else None

    @property
    def headline(self) -> str:
        """What happened, in a line."""
        return self._part(r"^[Ee]rror: (.*)$") or self.text.strip()

    @property
    def place(self) -> str | None:
        """Where: an address or a path."""
        return self._part(r"^  at: (.*)$")

    @property
    def because(self) -> str | None:
        """Why."""
        return self._part(r"^  because: (.*)$")

    @property
    def saved(self) -> str | None:
        """What is kept for the next run."""
        return self._part(r"^  saved: (.*)$")

    @property
    def hint(self) -> str | None:
        """What to do."""
        return self._part(r"^hint: (.*)$")


class BinaryMissing(PkgmineError):
    """The program `pkgmine` is not where this package was installed, nor on the PATH."""


class WrongUsage(PkgmineError, ValueError):
    """Exit code 64: an option that the command does not have, or a value that it does not take."""


class RunStopped(PkgmineError):
    """Exit code 1: a run was stopped by an error. `saved` tells what is kept, `hint` what to do."""


class RegistryRefused(RunStopped):
    """The registry answered and refuses: it wants credentials, asks for patience for longer than a run waits, locks this
    machine out, or refuses every look-up. Nothing of that was taken for an answer."""


class RegistryUnreachable(RunStopped):
    """The registry does not answer, or not as it should. Call again later to go on."""


class RunInterrupted(RunStopped):
    """Exit codes 130 and 143: somebody else has interrupted the program. Call again to go on."""


# Exit code 1 is every error: which it is stands in the program's words, after `because:` the category of what went wrong
# on the wire, or in the headline.
_REFUSALS = re.compile(
    r"^  because: (refused|throttled|banned): |^error: (a service refuses every look-up|the registry has locked )", re.M
)
_SILENCE = re.compile(r"^  because: unreachable: |^error: the registry does not answer$", re.M)


def error_of(exit_code: int, text: str) -> PkgmineError:
    """The error for what the program said and how it ended.

    `exit_code` is negative where a signal has ended it, as `subprocess` has it.
    """
    text = text.strip() or f"pkgmine has ended with {exit_code}"
    if exit_code == 64:
        return WrongUsage(text, exit_code)
    if exit_code in (130, 143) or exit_code < 0:
        return RunInterrupted(text, exit_code)
    if _REFUSALS.search(text):
        return RegistryRefused(text, exit_code)
    if _SILENCE.search(text):
        return RegistryUnreachable(text, exit_code)
    return RunStopped(text, exit_code)
