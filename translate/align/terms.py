"""Marks from a glossary: a term of the source is answered where one of its renderings stands in the target."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from translate.align.marks import Evidence, marks
from translate.glossary.english import phrases_of, words_of
from translate.records import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from translate.glossary import Glossary
    from translate.glossary.english import Words
    from translate.records import Term

# How often a term has one of its renderings on the other side, and a rendering its term; over the reports of 2008-2014.
PRESENT_RENDERING, PRESENT_TERM = 0.65, 0.5


def terms(source: Sequence[str], target: Sequence[str], glossary: Glossary) -> Evidence:
    """The glossary terms of a Chinese text and their renderings in an English one, by sentence."""
    ours: list[list[Term]] = [
        [hit.term for hit in glossary.find(text) if hit.term.rule is not Rule.FORBID] for text in source
    ]
    theirs = _renderings(dict.fromkeys(term for found in ours for term in found), target)
    return Evidence(
        marks(ours, theirs, lambda term: (term,), lambda term: PRESENT_RENDERING),
        marks(theirs, ours, lambda term: (term,), lambda term: PRESENT_TERM),
    )


def _renderings(found: Iterable[Term], target: Sequence[str]) -> list[list[Term]]:
    """The terms that each target sentence renders."""
    texts = [words_of(text) for text in target]
    everything = "\n".join(text.squeezed for text in texts)
    begins = [0]
    for text in texts:
        begins.append(begins[-1] + len(text.squeezed) + 1)
    result: list[list[Term]] = [[] for _ in target]
    for term in found:
        candidates: dict[int, list[Words]] = defaultdict(list)
        for rendering in (term.target, *term.variants):
            for phrase in phrases_of(rendering):
                for sentence in _sentences(everything, phrase.squeezed, begins):
                    candidates[sentence].append(phrase)
        for sentence, phrases in candidates.items():
            heading = target[sentence].isupper()
            if any(True for phrase in phrases for _ in texts[sentence].occurrences(phrase, heading=heading)):
                result[sentence].append(term)
    return result


def _sentences(everything: str, wanted: str, begins: list[int]) -> list[int]:
    """The sentences that hold a squeezed phrase anywhere, each once."""
    result: list[int] = []
    at = everything.find(wanted) if wanted else -1
    while at >= 0:
        sentence = bisect_right(begins, at) - 1
        result.append(sentence)
        at = everything.find(wanted, begins[sentence + 1])
    return result
