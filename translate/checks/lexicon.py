"""Which English words to expect for a Chinese word, and how much their presence or absence says.

Two tables, learned from parallel text by benchmarks/learn_lexicon.py: chinese.tsv (word, present, chance, stems) and
english.tsv (stem, present, chance). `present` is how often a word of a good pair has one of its counterparts on the
other side, `chance` how often the neighbouring pair, which is about something else, has one.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from translate.script import simplify_characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from translate.records import Span

LONGEST_WORD = 4
STEM = 5
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
ENGLISH_WORD = re.compile(r"[A-Za-z]+")
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a all also an and are as at be been by can for from has have in into is it its may more must not of on or"
        " other our should such than that the their these they this those to was we were which who will with",
    )
)


@dataclass(frozen=True, slots=True)
class Entry:
    """The counterparts of a word and their evidence in nats: against the word being translated if positive."""

    links: Mapping[str, int]  # by rank, the likeliest first
    missing: float  # where none of the links is on the other side; above 0
    found: float  # where one is; below 0

    @classmethod
    def from_rates(cls, links: Iterable[str], present: float, chance: float) -> Entry:
        """From how often a counterpart is there, in good pairs and by chance."""
        return cls(
            {link: rank for rank, link in enumerate(links)},
            math.log((1 - chance) / (1 - present)),
            math.log(chance / present),
        )


@cache
def chinese() -> Mapping[str, Entry]:
    """Entries by Chinese word; the links are English stems."""
    rows = _rows("chinese.tsv")
    return {
        word: Entry.from_rates(stems.split(), float(present), float(chance)) for word, present, chance, stems in rows
    }


@cache
def english() -> Mapping[str, Entry]:
    """Entries by English stem; the links are Chinese words."""
    words_of = defaultdict(list)
    for word, entry in chinese().items():
        for stem, rank in entry.links.items():
            words_of[stem].append((rank, word))
    rows = _rows("english.tsv")
    return {
        stem: Entry.from_rates((word for _, word in sorted(words_of[stem])), float(present), float(chance))
        for stem, present, chance in rows
    }


def chinese_words(text: str, vocabulary: Mapping[str, object]) -> list[tuple[Span, str]]:
    """Words of the vocabulary and single characters, the longest first, with their spans in `text`."""
    simplified = simplify_characters(text)
    words = []
    for match in HAN.finditer(simplified):
        start, end = match.span()
        while start < end:
            stop = min(end, start + LONGEST_WORD)
            while stop > start + 1 and simplified[start:stop] not in vocabulary:
                stop -= 1
            words.append(((start, stop), simplified[start:stop]))
            start = stop
    return words


def english_words(text: str) -> list[tuple[Span, str]]:
    """The stems of the words that carry meaning, with their spans."""
    return [
        (match.span(), stem_of(match[0]))
        for match in ENGLISH_WORD.finditer(text)
        if len(match[0]) > 1 and match[0].lower() not in FUNCTION_WORDS
    ]


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """A crude stem, good enough to make inflected forms equal: five letters, or fewer without a plural s."""
    word = word.lower()
    if len(word) > STEM:
        return word[:STEM]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def table_text(name: str) -> str:
    """The text of a word table: chinese.tsv or english.tsv."""
    return files("translate").joinpath("data", "checks", name).read_text("utf-8")


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in table_text(name).splitlines() if not line.startswith("#")]
