"""Candidate terms of Chinese texts, and their English where the texts come with one, for a person to choose from.

A candidate is a run of word-like pieces whose neighbours vary, or something in quotation marks. Its score is how much
more often it stands in these texts than its pieces by chance would, weighted by how often it does: p(x) log(p(x) /
product of p(piece)), after Tomokiyo and Hurst 2003, with the chances of the built-in model's segmentation. An English
rendering is the run of words that stands in the same texts as the candidate, by Dice's coefficient.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from translate.glossary.english import words_of
from translate.glossary.match import HAN
from translate.glossary.pieces import chance, pieces
from translate.glossary.terms import Glossary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.records import Span

MOST_PIECES: Final = 5
LENGTHS: Final = range(2, 16)  # characters of a candidate
MOST_WORDS: Final = 10
EXAMPLES: Final = 3
AROUND: Final = 12  # characters of an example to either side
INSIDE: Final = 0.8  # a candidate that stands so often beside one character, or inside one other, is part of it
COMMON: Final = -10.5  # a single piece that is likelier than this is a word of everyday use
LEAST_DICE: Final = 0.3
WORDS_A_CHARACTER: Final = 0.8  # of a rendering; of runs that go equally well the longest within this is taken
_QUOTED: Final = re.compile("[“《「『]([\u3400-\u9fff0-9A-Za-z]{2,15})[”》」』]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed term and the evidence for it."""

    source: str
    count: int
    score: float
    examples: tuple[str, ...]  # where it stands, with what is around it
    target: str = ""  # the English that goes with it, if any
    target_count: int = 0  # in how many of its texts that English stands


@dataclass(slots=True)
class _Seen:
    count: int = 0
    log_chance: float = 0.0
    quoted: bool = False
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    texts: dict[int, None] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)


def extract(
    texts: Sequence[tuple[str, str]], glossary: Glossary | None = None, *, least: int = 2, most: int = 500
) -> tuple[Candidate, ...]:
    """The best candidates, highest score first, that are not in the glossary and stand `least` times.

    `texts` are (Chinese, English or nothing). Places inside a glossary term are not counted; what stands in quotation
    marks needs to stand once.
    """
    seen, total = _count(texts, glossary or Glossary())
    likely = {source: entry for source, entry in seen.items() if entry.quoted or _is_likely(entry, least, total)}
    for source in _parts_of_longer(likely):
        del likely[source]
    scores = {source: _score(entry, total) for source, entry in likely.items()}
    best = sorted(likely, key=lambda source: (-scores[source], source))[:most]
    targets = _targets(texts, {source: list(likely[source].texts) for source in best})
    return tuple(
        Candidate(source, entry.count, round(scores[source], 6), tuple(entry.examples), *targets[source])
        for source, entry in ((source, likely[source]) for source in best)
    )


def _count(texts: Sequence[tuple[str, str]], glossary: Glossary) -> tuple[dict[str, _Seen], int]:
    """What was seen of every possible candidate, and how many pieces there are."""
    seen: dict[str, _Seen] = defaultdict(_Seen)
    total = 1
    for number, (text, _) in enumerate(texts):
        taken = [(hit.start, hit.end) for hit in glossary.find(text)]
        words = pieces(text)
        total += len(words)
        quoted = {match.span(1) for match in _QUOTED.finditer(text)}
        for span, parts in [*source_runs(text, words), *((span, [span]) for span in quoted)]:
            source = text[slice(*span)]
            if any(first <= span[0] and span[1] <= last for first, last in taken) or glossary.get(source):
                continue
            if span in quoted and parts != [span]:
                continue
            entry = seen[source]
            entry.count += 1
            entry.quoted |= span in quoted
            entry.log_chance = sum(chance(text[slice(*part)]) for part in parts)
            entry.before[text[max(span[0] - 1, 0) : span[0]]] += 1
            entry.after[text[span[1] : span[1] + 1]] += 1
            entry.texts[number] = None
            if len(entry.examples) < EXAMPLES:
                entry.examples.append(" ".join(text[max(span[0] - AROUND, 0) : span[1] + AROUND].split()))
    return seen, total


def source_runs(text: str, words: list[Span], *, common: bool = False) -> Iterator[tuple[Span, list[Span]]]:
    """Spans of one to five adjacent pieces that could be a term, with their pieces; `common`: everyday words too."""
    stop = stopwords()
    texts = [text[slice(*word)] for word in words]
    for first in range(len(words)):
        if texts[first] in stop["chinese"]:
            continue
        for last in range(first, min(first + MOST_PIECES, len(words))):
            if last > first and words[last][0] != words[last - 1][1]:
                break
            span = (words[first][0], words[last][1])
            ends_well = texts[last] not in stop["chinese"]
            if span[1] - span[0] in LENGTHS and ends_well and (common or last > first or chance(texts[first]) < COMMON):
                yield span, words[first : last + 1]
            if not ends_well and texts[last] not in stop["inside"]:
                break


def _is_likely(entry: _Seen, least: int, total: int) -> bool:
    """Whether it stands more often than by chance, and beside marks or different characters: as a whole."""
    if entry.count < least or math.log(entry.count / total) <= entry.log_chance:
        return False
    for beside in (entry.before, entry.after):
        character, count = beside.most_common(1)[0]
        if HAN.match(character) and count >= INSIDE * entry.count:
            return False
    return True


def _parts_of_longer(likely: dict[str, _Seen]) -> set[str]:
    parts = set()
    for longer, entry in likely.items():
        for start in range(len(longer)):
            for end in range(start + 2, len(longer) + 1):
                shorter = likely.get(longer[start:end])
                if shorter is not None and shorter is not entry and entry.count >= INSIDE * shorter.count:
                    parts.add(longer[start:end])
    return parts


def _score(entry: _Seen, total: int) -> float:
    share = entry.count / total
    return share * (math.log(share) - entry.log_chance)


def _targets(texts: Sequence[tuple[str, str]], places: dict[str, list[int]]) -> dict[str, tuple[str, int]]:
    """(rendering, in how many texts it stands) for each candidate; ("", 0) where none goes with it."""
    phrases = [target_phrases(english) for _, english in texts]
    frequency = Counter(phrase for found in phrases for phrase in found)
    targets: dict[str, tuple[str, int]] = {}
    for source, numbers in places.items():
        together = Counter(phrase for number in numbers for phrase in phrases[number])
        known = sum(1 for number in numbers if phrases[number])
        best, best_rank = "", (LEAST_DICE, 0)
        for phrase, count in together.items():
            dice = 2 * count / (known + frequency[phrase])
            length = phrase.count(" ") + 1
            rank = (round(dice, 1), length if length <= WORDS_A_CHARACTER * len(source) else -length)
            if count > 1 and rank > best_rank:
                best, best_rank = phrase, rank
        surface = Counter(phrases[number][best] for number in numbers if best in phrases[number])
        targets[source] = (surface.most_common(1)[0][0], surface.total()) if surface else ("", 0)
    return targets


def target_phrases(english: str) -> dict[str, str]:
    """Runs of up to seven words that could be a rendering: their keys, and how they first stand in the text."""
    words, stop = words_of(english).words, stopwords()["english"]
    found: dict[str, str] = {}
    for first in range(len(words)):
        if words[first].text.lower() in stop or not words[first].key.isalnum():
            continue
        for last in range(first, min(first + MOST_WORDS, len(words))):
            word = words[last]
            if not word.key.isalnum() or (last > first and word.after_comma):
                break
            if word.text.lower() not in stop:
                key = " ".join(word.key for word in words[first : last + 1])
                found.setdefault(key, english[words[first].start : word.end])
    return found


@cache
def stopwords() -> dict[str, frozenset[str]]:
    """Words that a term hardly begins or ends with: chinese, english, and those chinese ones that stand inside."""
    lists = tomllib.loads(resources.files("translate").joinpath("data/stopwords.toml").read_text("utf-8"))
    return {language: frozenset(words.split()) for language, words in lists.items()}
