"""Marks from a translation of the source: its words and pairs of neighbouring words, looked for in the target."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from translate.align.marks import Evidence, marks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Translate = Callable[[Sequence[str]], Sequence[str]]  # Chinese texts -> an English one each

    Gram = tuple[str, ...]

_WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*")
STEM = 6  # letters of a word that are compared
# How often the target has a word (or pair of words) of the translation, and the translation one of the target; over the
# reports of 2012 to 2014, a quarter of the translation's words exchanged (benchmarks/align_tune.py says why).
PRESENT = {1: 0.65, 2: 0.35}
PRESENT_BACK = {1: 0.6, 2: 0.35}


def translated_words(translations: Sequence[str], target: Sequence[str]) -> Evidence:
    """The words of the source's translations (one a sentence, "" for none) and those of the target, by sentence."""
    ours, theirs = ([list(grams(text)) for text in texts] for texts in (translations, target))
    return Evidence(
        marks(ours, theirs, lambda gram: (gram,), lambda gram: PRESENT[len(gram)]),
        marks(theirs, ours, lambda gram: (gram,), lambda gram: PRESENT_BACK[len(gram)]),
    )


def grams(text: str) -> dict[Gram, None]:
    """The stems of a text, numbers without their commas, and its pairs of neighbouring ones; each once, in order."""
    stems = [word.replace(",", "")[:STEM] for word in _WORD.findall(text.lower())]
    return dict.fromkeys([*((stem,) for stem in stems), *pairwise(stems)])
