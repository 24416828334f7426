"""Is it all there, once: empty, untranslated, omission, addition, repetition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate.checks.base import Check
from translate.records import Finding, Severity, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

HAN = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
WORD = re.compile(r"[^\W_]")


def find_empty(unit: Unit) -> Iterator[Finding]:
    """One side says something and the other nothing but punctuation."""
    if WORD.search(unit.source) and not WORD.search(unit.target):
        yield Finding("empty", Severity.ERROR, "The translation is empty.", (0, len(unit.source)), None)


def find_untranslated(unit: Unit) -> Iterator[Finding]:
    """Chinese characters are left in the target."""
    for match in HAN.finditer(unit.target):
        yield Finding(
            "untranslated", Severity.ERROR, f"Chinese left in the translation: {match[0]}", None, match.span()
        )


CHECKS = (
    Check(
        id="empty",
        title="Empty translation",
        its_type="omission",
        severity=Severity.ERROR,
        looks_at="both sides",
        fails_when="the source has words and the target has none",
        find=find_empty,
    ),
    Check(
        id="untranslated",
        title="Chinese left in the translation",
        its_type="untranslated",
        severity=Severity.ERROR,
        looks_at="the target",
        fails_when="Chinese characters are left in it",
        find=find_untranslated,
    ),
)
