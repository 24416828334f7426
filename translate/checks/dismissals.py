"""Findings that a reviewer has marked as fine, and that stay away as long as the two texts stay as they are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def dismissal_key(check: str, source: str, target: str) -> str:
    """Hash of a check's id and the two texts: a changed text brings the finding back."""
    digest = hashlib.sha256()
    for part in (check, source, target):
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8) + encoded)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Dismissals:
    """The keys of dismissed findings, see `dismissal_key`."""

    keys: frozenset[str] = frozenset()

    def __contains__(self, finding: tuple[str, str, str]) -> bool:
        """Is (check, source text, target text) dismissed?"""
        return bool(self.keys) and dismissal_key(*finding) in self.keys

    def with_findings(self, findings: Iterable[tuple[str, str, str]]) -> Dismissals:
        """These and the given (check, source text, target text)."""
        return Dismissals(self.keys | {dismissal_key(*finding) for finding in findings})
