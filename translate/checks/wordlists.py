"""Word lists of a data file, found in a text in one pass."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from translate.script import simplify_characters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translate.records import Span

Lists = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A word of a list at its place; `list` is the list's name."""

    list: str
    word: str
    span: Span


@cache
def word_lists(name: str) -> Mapping[str, Mapping[str, Lists]]:
    """The tables of translate/data/checks/NAME.toml: topic, language, list."""
    return tomllib.loads(files("translate").joinpath("data", "checks", f"{name}.toml").read_text("utf-8"))


class ChineseWords:
    """Words of Chinese lists; a longer word hides the shorter ones in it. A word in two lists is in the first."""

    def __init__(self, lists: Lists) -> None:
        """`lists` by name; Simplified."""
        self._list_of = {word: name for name, words in reversed(lists.items()) for word in words}
        longest_first = sorted(self._list_of, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def find(self, text: str) -> list[Found]:
        """All words in order, none overlapping; Traditional text is fine."""
        matches = self._pattern.finditer(simplify_characters(text))
        return [Found(self._list_of[match[0]], match[0], match.span()) for match in matches]


class EnglishWords:
    """Words and phrases of English lists; `*` stands for any ending. Earlier lists win."""

    def __init__(self, lists: Lists) -> None:
        """`lists` by name; small letters."""
        groups = (f"(?P<{name}>{'|'.join(map(_english_form, words))})" for name, words in lists.items())
        initials = "".join({word[0] for words in lists.values() for word in words})
        # Looking at the first letter before anything else makes it more than twice as fast.
        self._pattern = re.compile(rf"(?=[{initials}])(?:{'|'.join(groups)})")

    def find(self, text: str) -> list[Found]:
        """All words in order, none overlapping."""
        matches = self._pattern.finditer(text.translate(_SMALL))
        return [Found(str(match.lastgroup), match[0], match.span()) for match in matches]


def _english_form(word: str) -> str:
    if word == "n't":
        return r"(?<=\w)n['’]t\b"
    return r"\b" + re.escape(word).replace(r"\ ", " ").replace(r"\*", r"\w*") + r"\b"


_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
