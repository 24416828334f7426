"""What a check is: a declaration that the manual is made from, and one pure function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from translate.records import Finding, Severity, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a reviewer is told about a check. `its_type` is W3C ITS 2.0's localization quality issue type."""

    id: str
    title: str
    its_type: str
    severity: Severity
    looks_at: str
    fails_when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Declaration):
    """A check of one unit by itself."""

    find: Callable[[Unit], Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCheck(Declaration):
    """A check of a whole run: yields (index of the unit, finding)."""

    find: Callable[[Sequence[Unit]], Iterator[tuple[int, Finding]]]
