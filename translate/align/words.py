"""Marks from words: those that a bilingual lexicon knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from translate.align.marks import Evidence, Marks, marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Entry(Protocol):
    """A word of a lexicon: its counterparts, how often one is in the translation, and how often by chance."""

    @property
    def links(self) -> Iterable[str]:
        """The counterparts."""

    @property
    def present(self) -> float:
        """How often a translation has one."""

    @property
    def chance(self) -> float:
        """How often another sentence has one."""


class Lexicon(Protocol):
    """A bilingual word list, passed in by whoever has one."""

    def source_words(self, text: str) -> Sequence[str]:
        """The words of a Chinese text."""

    def target_words(self, text: str) -> Sequence[str]:
        """The words of an English text, in the form that the links are in."""

    @property
    def source(self) -> Mapping[str, Entry]:
        """Entries by Chinese word."""

    @property
    def target(self) -> Mapping[str, Entry]:
        """Entries by English word; the links are Chinese words."""


def lexicon_words(source: Sequence[str], target: Sequence[str], lexicon: Lexicon) -> Evidence:
    """The words of both texts that the lexicon knows, by sentence."""
    ours = [[word for word in lexicon.source_words(text) if word in lexicon.source] for text in source]
    theirs = [[word for word in lexicon.target_words(text) if word in lexicon.target] for text in target]
    return Evidence(_marks(ours, theirs, lexicon.source), _marks(theirs, ours, lexicon.target))


def _marks(ours: Sequence[list[str]], theirs: Sequence[list[str]], entries: Mapping[str, Entry]) -> Marks:
    return marks(
        ours,
        theirs,
        lambda word: entries[word].links,
        lambda word: entries[word].present,
        lambda word: entries[word].chance,
    )
