"""Marks from a translation of the source: its words, looked for in the target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate.align.marks import Evidence, marks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Translate = Callable[[Sequence[str]], Sequence[str]]  # Chinese texts -> an English one each

_WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*")
STEM = 6  # letters of a word that are compared
# How often the target has a word of the translation, and the translation one of the target; over the reports of 2012 to
# 2014, a third of the translation's words exchanged (benchmarks/align_tune.py says why).
PRESENT, PRESENT_BACK = 0.58, 0.55


def translated_words(translations: Sequence[str], target: Sequence[str]) -> Evidence:
    """The words of the source's translations (one a sentence, "" for none) and those of the target, by sentence."""
    ours, theirs = ([stems(text) for text in texts] for texts in (translations, target))
    return Evidence(
        marks(ours, theirs, lambda stem: (stem,), lambda stem: PRESENT),
        marks(theirs, ours, lambda stem: (stem,), lambda stem: PRESENT_BACK),
    )


def stems(text: str) -> dict[str, None]:
    """The stems of a text, and its numbers without commas; each once, in order."""
    return dict.fromkeys(word.replace(",", "")[:STEM] for word in _WORD.findall(text.lower()))
