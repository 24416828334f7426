"""The lexicon of the coverage checks as the aligner wants it: counterparts, and rates instead of evidence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate.checks.lexicon import chinese, chinese_words, english, english_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from translate.checks.lexicon import Entry as CheckEntry


@dataclass(frozen=True, slots=True)
class Rates:
    """A word's counterparts, how often one is in its translation, and how often by chance."""

    links: frozenset[str]
    present: float
    chance: float


@dataclass(frozen=True, slots=True)
class WordList:
    """The lexicon of the coverage checks as the aligner wants it."""

    source: Mapping[str, Rates]
    target: Mapping[str, Rates]

    @classmethod
    def shipped(cls) -> WordList:
        """The tables that ship."""
        return cls(*({word: _rates(entry) for word, entry in table().items()} for table in (chinese, english)))

    @classmethod
    def read(cls, folder: Path) -> WordList:
        """Tables made by benchmarks/learn_lexicon.py."""
        source: dict[str, Rates] = {}
        back: dict[str, set[str]] = {}
        for word, present, chance, links in _rows(folder / "chinese.tsv"):
            source[word] = Rates(frozenset(links.split()), float(present), float(chance))
            for link in links.split():
                back.setdefault(link, set()).add(word)
        rows = _rows(folder / "english.tsv")
        return cls(source, {word: Rates(frozenset(back.get(word, ())), float(p), float(c)) for word, p, c in rows})

    def source_words(self, text: str) -> list[str]:
        """The words of a Chinese text."""
        return [word for _, word in chinese_words(text, self.source)]

    def target_words(self, text: str) -> list[str]:
        """The stems of an English text."""
        return [word for _, word in english_words(text)]


def _rates(entry: CheckEntry) -> Rates:
    """Present p and chance c from found = log(c/p) and missing = log((1-c)/(1-p))."""
    ratio, odds = math.exp(entry.found), math.exp(entry.missing)
    present = (odds - 1) / (odds - ratio)
    return Rates(frozenset(entry.links), present, present * ratio)


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
