"""Which spans of a target answer which of its source: terms and numbers first, then words by lexicon and attention."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from translate.align.links import Link, link_words, outside
from translate.checks.lexicon import FUNCTION_WORDS, chinese, chinese_words, english, stem_of
from translate.numerals.match import pair as pair_numbers
from translate.numerals.sides import Side
from translate.records import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from translate.records import Span, TermHit

    Floats = NDArray[np.float64]

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|\d+(?:[.,]\d+)*%?")
LEXICON, ATTENTION, PLACE = 1.0, 0.12, 0.1  # what each source weighs
HIGHEST_LIFT = 6.0  # attention over the average that counts
LONGEST = 3_000  # characters of a side; in a longer bead only terms are linked


def links_of(source: str, target: str, hits: Sequence[TermHit], attention: Floats | None = None) -> list[Link]:
    """The links of one bead, by their place in the source. `attention` is by character, shape (source, target)."""
    links = [*_terms(hits)]
    if max(len(source), len(target)) > LONGEST:
        return links
    links += _free(_numbers(source, target), links)
    ours = outside([span for span, _ in chinese_words(source, chinese())], [link.source for link in links])
    theirs = outside(_english(target), [link.target for link in links])
    if ours and theirs:
        scores = _scores(source, target, ours, theirs, attention)
        links += [Link(one, other, "word") for one, other in link_words(ours, theirs, scores)]
    return sorted(links, key=lambda link: (link.source, link.target))


def _terms(hits: Sequence[TermHit]) -> Iterator[Link]:
    for hit in hits:
        if hit.target is not None and hit.term.rule is not Rule.FORBID:
            yield Link((hit.start, hit.end), hit.target, "term")


def _numbers(source: str, target: str) -> Iterator[Link]:
    ours, theirs = Side(source, "zh"), Side(target, "en")
    pair_numbers(ours, theirs)
    seen = set()
    for atom in ours.atoms:
        if atom.partner is not None:
            spans = atom.quantity.span, atom.partner.quantity.span
            if spans not in seen:
                seen.add(spans)
                yield Link(*spans, "number")


def _free(links: Iterator[Link], taken: Sequence[Link]) -> list[Link]:
    """The links of which neither side overlaps one that is taken."""
    return [
        link
        for link in links
        if outside([link.source], [other.source for other in taken])
        and outside([link.target], [other.target for other in taken])
    ]


def _english(text: str) -> list[Span]:
    """Words that carry meaning, and numbers."""
    return [match.span() for match in _WORD.finditer(text) if match[0].lower() not in FUNCTION_WORDS]


def _scores(source: str, target: str, ours: list[Span], theirs: list[Span], attention: Floats | None) -> Floats:
    """How well each pair of words goes together, shape (source words, target words)."""
    forth, back = chinese(), english()
    stems = [stem_of(target[slice(*word)]) for word in theirs]
    scores = np.zeros((len(ours), len(theirs)))
    for row, (start, end) in enumerate(ours):
        word = source[start:end]
        links = forth[word].links if word in forth else {}
        for column, stem in enumerate(stems):
            known = [1 / (2 + links[stem])] if stem in links else []
            if stem in back and word in back[stem].links:
                known.append(1 / (2 + back[stem].links[word]))
            scores[row, column] = LEXICON * sum(known)
        if attention is not None:
            lifts = [attention[start:end, first:last].max(initial=0.0) for first, last in theirs]
            scores[row] += ATTENTION * (np.minimum(lifts, HIGHEST_LIFT) - 1)
    places = [(np.arange(len(words)) + 0.5) / len(words) for words in (ours, theirs)]
    return np.asarray(scores - PLACE * np.abs(places[0][:, None] - places[1][None, :]))
