"""Is each part of one side somewhere on the other? Evidence from words and lengths, in nats.

A part (a clause, a list item, the whole) adds up what each of its words says, see `lexicon`: a word with no
counterpart on the other side speaks against the part's being translated, a word with one for it. A counterpart
serves one word only, the likeliest first. To this comes how much better the lengths of the two sides fit without the
part.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from translate.checks.lexicon import chinese, chinese_words, english, english_words, stem_of
from translate.checks.wordlists import ChineseWords, word_lists
from translate.numerals import shared_numbers
from translate.records import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from translate.checks.lexicon import Entry
    from translate.records import Span, TermHit

# Logarithm of target characters over source characters (without marks): mean and deviation over the government
# work reports of 2008 to 2014. Short texts vary more: the deviation is of 20 characters and more.
LOG_RATIO, DEVIATION, SHORT = 1.70, 0.20, 20
LARGEST_LENGTH_EVIDENCE = 6.0
SHARED = 0.4  # weight of a word whose counterpart already serves another
CHARACTER = 0.3  # weight of a missing single character: mostly parts of idioms and names that the lexicon lacks
TERM_FOUND, TERM_MISSING = -2.5, 0.5  # a term says so much at least
NUMBER_FOUND = -1.5  # of a number, or a name in letters and digits, that both sides have
FORMULA_FOUND = -2.0  # of a set phrase of data/checks/completeness.toml whose English is there
LATIN = 0.2  # of a Chinese character: what a letter or digit in the source takes in the target


class Word(NamedTuple):
    """A word of the lexicon, or a term, where it stands; `evidence` above 0 is against its being translated."""

    span: Span
    evidence: float


class Side:
    """One text with its words; sums over any part of it take the time of a search."""

    def __init__(self, text: str, words: Iterable[Word], *, of_chinese: bool) -> None:
        """`words` in any order. Marks and spaces are a part of the length of English, not of Chinese."""
        ordered = sorted(words)
        self.text = text
        self._starts = [word.span[0] for word in ordered]
        self._evidence = list(accumulate((word.evidence for word in ordered), initial=0.0))
        self._sizes: Sequence[float] = range(len(text) + 1)
        if of_chinese:
            counted = ((LATIN if character.isascii() else 1.0) if character.isalnum() else 0.0 for character in text)
            self._sizes = list(accumulate(counted, initial=0.0))

    def evidence(self, span: Span) -> float:
        """What the words that begin in the span say."""
        first, last = bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1])
        return self._evidence[last] - self._evidence[first]

    def size(self, span: Span | None = None) -> float:
        """Characters of the span, or of the whole; a letter or digit in Chinese is a part of one."""
        start, end = span or (0, len(self.text))
        return self._sizes[end] - self._sizes[start]

    @property
    def total(self) -> float:
        """What all the words say."""
        return self._evidence[-1]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides, each judged by the other."""

    source: Side
    target: Side

    def against_source(self, span: Span) -> float:
        """Evidence against the part `span` of the source being translated."""
        gain = self._length_gain(self.source.size() - self.source.size(span), self.target.size())
        return self.source.evidence(span) + gain

    def against_target(self, span: Span) -> float:
        """Evidence against the part `span` of the target having a source."""
        return self.target.evidence(span) + self._length_gain(
            self.source.size(), self.target.size() - self.target.size(span)
        )

    def misfit(self) -> float:
        """By how many deviations the target is too long for the source (or, below 0, too short)."""
        return _misfit(self.source.size(), self.target.size(), self.source.size())

    def _length_gain(self, source: float, target: float) -> float:
        """How much better these lengths fit each other than those of the whole do."""
        whole = self.source.size()
        if not (source and target and whole and self.target.size()):
            return 0.0
        gain = (self.misfit() ** 2 - _misfit(source, target, whole) ** 2) / 2
        return max(-LARGEST_LENGTH_EVIDENCE, min(LARGEST_LENGTH_EVIDENCE, gain))


@lru_cache(maxsize=512)  # once for the judge of a candidate, and once for the unit that it became
def compare(source: str, target: str, hits: tuple[TermHit, ...] = ()) -> Comparison:
    """Look up the words of both sides; `hits` are the located terms. Linear in the lengths."""
    ours, theirs = _source_words(source), english_words(target)
    our_numbers, their_numbers = shared_numbers(source, target)
    terms = [hit for hit in hits if hit.term.rule is not Rule.FORBID]
    of_source = [((hit.start, hit.end), TERM_FOUND if hit.target else TERM_MISSING) for hit in terms]
    of_target = [(hit.target, TERM_FOUND) for hit in terms if hit.target]
    of_source += [(span, NUMBER_FOUND) for span in our_numbers]
    of_source += [(span, FORMULA_FOUND) for span in _formulas_found(source, Counter(stem for _, stem in theirs))]
    of_target += [(span, NUMBER_FOUND) for span in their_numbers]
    return Comparison(
        Side(source, _as_wholes(_judged(ours, theirs, chinese()), of_source), of_chinese=True),
        Side(target, _as_wholes(_judged(theirs, ours, english()), of_target), of_chinese=False),
    )


@lru_cache(maxsize=64)  # a source has several candidates
def _source_words(source: str) -> list[tuple[Span, str]]:
    return chinese_words(source, chinese())


def _formulas_found(source: str, free: Counter[str]) -> Iterator[Span]:
    """Spans of the set phrases that have their English on the other side; a word of it serves one phrase only."""
    said, words = _formulas()
    for found in words.find(source):
        if stem := next((stem for stem in said[found.word] if free[stem]), None):
            free[stem] -= 1
            yield found.span


@cache
def _formulas() -> tuple[Mapping[str, Sequence[str]], ChineseWords]:
    """English stems by Chinese phrase, and the phrases to be found."""
    said = word_lists("completeness")["formulas"]["said"]
    stems = {phrase: list(dict.fromkeys(map(stem_of, words))) for phrase, words in said.items()}
    return stems, ChineseWords({phrase: [phrase] for phrase in stems})


def _misfit(source: float, target: float, size: float) -> float:
    return (math.log(target / source) - LOG_RATIO) / (DEVIATION * math.sqrt(max(1.0, SHORT / size)))


def _as_wholes(words: Iterable[Word], wholes: Iterable[tuple[Span, float]]) -> Iterator[Word]:
    """The words, those of a term or number as one; (span, what it says at least) of each, the longest first."""
    of_place: dict[int, int] = {}
    ordered: list[tuple[Span, float]] = []
    for (start, end), least in sorted(wholes, key=lambda whole: whole[0][0] - whole[0][1]):
        if not any(place in of_place for place in range(start, end)):
            of_place.update(dict.fromkeys(range(start, end), len(ordered)))
            ordered.append(((start, end), least))
    evidence = [0.0] * len(ordered)
    for word in words:
        number = of_place.get(word.span[0], -1)
        if number < 0:
            yield word
        else:
            evidence[number] += word.evidence
    for (span, least), value in zip(ordered, evidence, strict=True):
        yield Word(span, min(value, least) if least < 0 else max(value, 0.0) + least)


def _common(links: Mapping[str, int], words: Mapping[str, int]) -> list[str]:
    """The links among the words, in the time of the fewer; common words have hundreds of links."""
    fewer, more = (links, words) if len(links) < len(words) else (words, links)
    return [word for word in fewer if word in more]


def _judged(
    words: Sequence[tuple[Span, str]], others: Sequence[tuple[Span, str]], lexicon: Mapping[str, Entry]
) -> tuple[Word, ...]:
    entries = [lexicon.get(word) for _, word in words]
    free = Counter(word for _, word in others)
    possible = sorted(
        (entry.links[link], index, link)
        for index, entry in enumerate(entries)
        if entry
        for link in _common(entry.links, free)
    )
    served = dict.fromkeys((index for _, index, _ in possible), False)
    for _, index, link in possible:
        if not served[index] and free[link]:
            served[index] = True
            free[link] -= 1
    judged = []
    for index, ((span, word), entry) in enumerate(zip(words, entries, strict=True)):
        if entry:
            missing = entry.missing * (CHARACTER if len(word) == 1 else 1)
            evidence = missing if index not in served else entry.found if served[index] else SHARED * missing
            judged.append(Word(span, evidence))
    return tuple(judged)
