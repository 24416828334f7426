"""A translation beside its edited form, word by word: which words were put in, and what stood there before."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, Final

from translate.glossary.english import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate.glossary.english import Words
    from translate.records import Span

MOST_WORDS: Final = 1_000  # of a translation; the changes of longer ones are not looked at

Place = tuple[int, int]  # a range of words


@dataclass(frozen=True)
class Rewording:
    """One translation, as it was made and as it was approved. Words compare as in glossary matching."""

    machine: str
    final: str

    @cached_property
    def before(self) -> Words:
        """The words that were made."""
        return words_of(self.machine)

    @cached_property
    def after(self) -> Words:
        """The words that were approved."""
        return words_of(self.final)

    @cached_property
    def _codes(self) -> Sequence[tuple[str, int, int, int, int]]:
        before, after = ([word.key for word in side.words] for side in (self.before, self.after))
        if before == after or max(len(before), len(after)) > MOST_WORDS:
            return []
        return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()

    @cached_property
    def put_in(self) -> frozenset[int]:
        """Numbers of the approved words, marks aside, that were not there before."""
        changed = (code for code in self._codes if code[0] != "equal")
        words = self.after.words
        return frozenset(number for code in changed for number in range(*code[3:]) if words[number].key.isalnum())

    def now(self, place: Place) -> Place | None:
        """The approved words in the place of words that were made; None if those stand as they were."""
        return self._across(place, [(name, (a, b), (c, d)) for name, a, b, c, d in self._codes])

    def was(self, place: Place) -> Place | None:
        """The words that were made in the place of approved ones; None if those stand as they were."""
        return self._across(place, [(name, (c, d), (a, b)) for name, a, b, c, d in self._codes])

    @staticmethod
    def _across(place: Place, steps: list[tuple[str, Place, Place]]) -> Place | None:
        touched = [step for step in steps if step[1][0] < place[1] and place[0] < step[1][1]]
        if all(name == "equal" for name, _, _ in touched):
            return None
        (first, near, over), (last, end_near, end_over) = touched[0], touched[-1]
        start = over[0] + (place[0] - near[0] if first == "equal" else 0)
        end = end_over[0] + (place[1] - end_near[0]) if last == "equal" else end_over[1]
        return start, end


def place_of(span: Span, words: Words) -> Place:
    """The words under a span of the text."""
    inside = [number for number, word in enumerate(words.words) if word.start < span[1] and span[0] < word.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def text_of(place: Place, words: Words, text: str) -> str:
    """The text of a range of words."""
    first, last = place
    return text[words.words[first].start : words.words[last - 1].end] if first < last else ""
