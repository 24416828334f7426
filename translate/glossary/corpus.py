"""What a corpus, Chinese texts with or without their English, says about the terms of a glossary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from translate.glossary.match import key_of, standing
from translate.glossary.pieces import crosses, pieces
from translate.glossary.verify import locate
from translate.records import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from translate.glossary.terms import Glossary
    from translate.records import Span

SHORT: Final = 3  # characters; longer terms hardly ever cut a word


@dataclass(slots=True)
class Count:
    """Of one source: its places, and the stretches of text where it is doubtful."""

    places: int = 0
    inside_words: list[str] = field(default_factory=list)  # the words that it cuts
    lost: list[str] = field(default_factory=list)  # it and the overlapping term that won
    pairs: int = 0  # places whose English is known
    rendered: int = 0  # of these, with a rendering that the glossary accepts


def count_in_corpus(glossary: Glossary, corpus: Iterable[tuple[str, str]]) -> dict[str, Count]:
    """Counts by folded source, for the sources that occur. The corpus is of (Chinese, English or nothing)."""
    counts: dict[str, Count] = {}
    for text, english in corpus:
        hits = [hit for hit in glossary.find(text) if hit.term.rule is not Rule.FORBID]
        if not hits:
            continue
        words = pieces(text)
        for hit in locate(hits, english):
            key = key_of(hit.term.source)
            count = counts.setdefault(key, Count())
            count.places += 1
            if len(key) <= SHORT and crosses((hit.start, hit.end), words):
                count.inside_words.append(_widened(text, (hit.start, hit.end), words))
            if english:
                count.pairs += 1
                count.rendered += hit.target is not None
        _count_lost(counts, glossary, text, [(hit.start, hit.end) for hit in hits])
    return counts


def _count_lost(counts: dict[str, Count], glossary: Glossary, text: str, won: list[Span]) -> None:
    for terms, (start, end) in standing(glossary.index, text):
        over = [(first, last) for first, last in won if first < end and start < last]
        if over and all(not (first <= start and end <= last) and (first, last) != (start, end) for first, last in over):
            span = (min(start, *(first for first, _ in over)), max(end, *(last for _, last in over)))
            counts.setdefault(key_of(terms[0].source), Count()).lost.append(text[slice(*span)])


def _widened(text: str, span: Span, words: list[Span]) -> str:
    touched = [word for word in words if word[0] < span[1] and span[0] < word[1]]
    return text[min(span[0], touched[0][0]) : max(span[1], touched[-1][1])]
