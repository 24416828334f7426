"""What can go wrong, as a small tree; the command line turns each into one message and an exit code.

PolicyTranslateError          exit code 2
├── InputError                a document, sheet or glossary that cannot be used as it is
├── SettingsError             an option, environment variable or translate.toml key that is wrong
├── ModelError                a model that is missing, incomplete or of the wrong kind
└── OutputError               a result that cannot be written, or would overwrite something
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: what, where and the remedy. `line` and `column` count from 1."""

    what: str
    path: str = ""
    line: int | None = None
    column: int | None = None
    remedy: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part not in ("", None))
        return ": ".join(part for part in (place, self.what) if part) + (f" ({self.remedy})" if self.remedy else "")


class PolicyTranslateError(Exception):
    """Base of all errors that a user can cause or mend; holds every problem found, not only the first."""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems: tuple[Problem, ...] = tuple(
            problem if isinstance(problem, Problem) else Problem(problem) for problem in problems
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def raise_if(cls, problems: Sequence[Problem]) -> None:
        """Raise once with all the problems, if there are any."""
        if problems:
            raise cls(*problems)


class InputError(PolicyTranslateError):
    """A document, sheet or glossary that cannot be used as it is."""


class SettingsError(PolicyTranslateError):
    """An option, environment variable or settings key that is wrong."""


class ModelError(PolicyTranslateError):
    """A model that is missing, incomplete or of the wrong kind."""


class OutputError(PolicyTranslateError):
    """A result that cannot be written, or would overwrite something."""
