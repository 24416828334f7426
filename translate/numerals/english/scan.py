"""Find the numbers of an English text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate.numerals import lexicon
from translate.numerals.english.forms import read_form
from translate.numerals.english.pattern import pattern
from translate.numerals.quantity import Bound, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.numerals.draft import Draft

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)} | {
    ord(full): ord(half) for full, half in zip("％，（）．：", "%,().:", strict=True)
}
_NEGATED = re.compile(r"\b(?:not|never)\b[^,.;:]*$", re.I)
_OPPOSITE = {Bound.ABOVE: Bound.AT_MOST, Bound.BELOW: Bound.AT_LEAST}  # does not rise above, never falls below
_AFTER_ARTICLE = re.compile(
    r"(?:an?\b|hundred|thousand|million|billion|trillion|dozen|decade|century|third|half|quarter)", re.I
)
_NO_BOUND = frozenset({Kind.YEAR, Kind.DATE, Kind.LABEL, Kind.ORDINAL})


def plain_english(text: str) -> str:
    """The text with ASCII digits and marks; of the same length."""
    return text.translate(_FULL_WIDTH)


def scan_english(text: str) -> Iterator[Draft]:
    """Drafts in text order; `text` comes from `plain_english`."""
    search, position = pattern().search, 0
    while match := search(text, position):
        draft = read_form(text, match)
        if draft is None:
            position = match.end()
            continue
        position = max(draft.end, match.start() + 1)
        _add_bound(draft, text)
        yield draft


def _add_bound(draft: Draft, text: str) -> None:
    if draft.bound is not Bound.EXACT or draft.kind in _NO_BOUND:
        return
    phrases = lexicon.english()
    if before := phrases.before.search(text, max(0, draft.start - 34), draft.start):
        if before["article"] and not _AFTER_ARTICLE.match(text, draft.start):
            return  # "a message about a three-day cutoff"
        bound = lexicon.bound_of(before)
        negated = _NEGATED.search(text, max(0, before.start() - 24), before.start())
        draft.bound = _OPPOSITE.get(bound, bound) if negated else bound
    elif after := phrases.after.match(text, draft.end):
        draft.bound = lexicon.bound_of(after)
