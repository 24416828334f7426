"""Findings that a reviewer has marked as fine, and that stay away as long as the two texts stay as they are.

In a sheet, a finding is dismissed in the `comment` cell, `ok: number` or `ok: number, term`; `ok` alone, or
`accepted` as the `status`, dismisses every finding of the row. A file of dismissals holds one line each: the check,
a space, and a hash of the check and the two texts, so that it gives no text away.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate.errors import InputError, OutputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ACCEPTED = frozenset(("accepted", "approved", "ok"))
_OK = re.compile(r"(?:^|[\n;.])\s*ok(?:\s*[:：]\s*([\w, ，、-]*)|\s*(?=$|[\n;.]))", re.IGNORECASE)
_NAME = re.compile(r"[a-z][a-z-]*[a-z]", re.IGNORECASE)
_LINE = re.compile(r"[a-z-]+ [0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Dismissals:
    """Dismissed findings, each as its check, a space and its hash."""

    keys: frozenset[str] = frozenset()

    def __contains__(self, finding: tuple[str, str, str]) -> bool:
        """Is (check, source text, target text) dismissed?"""
        return bool(self.keys) and key_of(*finding) in self.keys

    def __or__(self, other: Dismissals) -> Dismissals:
        """These and those."""
        return Dismissals(self.keys | other.keys)

    @classmethod
    def of(cls, findings: Iterable[tuple[str, str, str]]) -> Dismissals:
        """From (check, source text, target text)."""
        return cls(frozenset(key_of(*finding) for finding in findings))

    @classmethod
    def load(cls, path: Path) -> Dismissals:
        """From a file; one that does not exist holds none. All bad lines are told at once."""
        if not path.exists():
            return cls()
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(Problem(f"cannot be read: {error}", str(path))) from error
        kept = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
        InputError.raise_if(
            [Problem("not a dismissal", str(path), number) for number, line in kept if not _LINE.fullmatch(line)]
        )
        return cls(frozenset(line for _, line in kept))

    def save(self, path: Path) -> None:
        """To a file, in order, whole or not at all."""
        part = path.with_name(path.name + ".part")
        try:
            part.write_text("".join(f"{key}\n" for key in sorted(self.keys)), encoding="utf-8")
            part.replace(path)
        except OSError as error:
            raise OutputError(Problem(f"cannot be written: {error.strerror}", str(path))) from error


def key_of(check: str, source: str, target: str) -> str:
    """The check's id and a hash of it and the two texts: a changed text brings the finding back."""
    digest = hashlib.sha256()
    for part in (check, source, target):
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8) + encoded)
    return f"{check} {digest.hexdigest()}"


def dismissed_checks(status: str, comment: str, checks: Iterable[str]) -> tuple[str, ...]:
    """Which of `checks` a reviewer dismisses by these two cells of a row; names of no check are passed over."""
    known = tuple(checks)
    if status.strip().casefold() in ACCEPTED:
        return known
    named: set[str] = set()
    for match in _OK.finditer(comment):
        if match[1] is None:
            return known
        named.update(name.casefold() for name in _NAME.findall(match[1]))
    return tuple(check for check in known if check in named)
