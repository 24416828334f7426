"""Chinese text folded to the form in which terms are compared, with the way back to the original offsets.

Folding makes Traditional characters Simplified (one for one, so lengths hold), full-width letters and digits ASCII,
capitals small, and compatibility and radical code points the usual characters; it leaves out quotation marks,
zero-width characters, and white space except where it parts two letters or digits. Punctuation, paragraph breaks
and the seam of two quotations stay, so a term never matches across them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from translate.script import simplify_characters

OPENING: Final = "“‘「『《〈"
CLOSING: Final = "”’」』》〉"
STRAIGHT: Final = "\"'＂＇"
QUOTES: Final = OPENING + CLOSING + STRAIGHT

# Zero-width and formatting characters, which documents carry unseen: soft hyphen, joiners, marks, variation selectors.
_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_SPACE = r"\t\r\n \u00a0\u2000-\u200a\u202f\u205f\u3000"
_PARAGRAPH_BREAK = re.compile(rf"\u3000[\u3000]+|\n[^\S\n]*\n[{_SPACE}]*")
_LEFT_OUT = re.compile(rf"[{_INVISIBLE}{QUOTES}{_SPACE}]+")
_ONLY_INVISIBLE = re.compile(rf"[{_INVISIBLE}]+")
_NEXT_QUOTATION = re.compile(rf"[{CLOSING}][{_SPACE}]*[{OPENING}]|([{STRAIGHT}])[{_SPACE}]*\1")
_HAS_SPACE = re.compile(rf"[{_SPACE}]")
# Common, extension A and compatibility ideographs; radicals.
_IDEOGRAPHS = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x2E80, 0x2FDF), (0x2F800, 0x2FA1F))


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the folded form; `offsets[i]` is where its i-th character stands in the original."""

    text: str
    offsets: list[int] | range
    original: str

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The original characters behind folded [start, end), from the first to the last of them."""
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(original: str) -> Folded:
    """Fold a text for comparing; linear in its length."""
    same_length = original.translate(_table())
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for gap in _LEFT_OUT.finditer(same_length):
        start, end = gap.span()
        pieces.append(same_length[done:start])
        offsets.extend(range(done, start))
        kept = _kept_of(same_length, start, end)
        if kept:
            pieces.append(kept)
            offsets.append(start)
        done = end
    if not done:
        return Folded(same_length, range(len(original)), original)
    pieces.append(same_length[done:])
    offsets.extend(range(done, len(original)))
    return Folded("".join(pieces), offsets, original)


def is_word(character: str) -> bool:
    """Whether it is a letter or digit of a script written with spaces, so that words have bounds there."""
    return character.isalnum() and not "\u2e80" <= character <= "\uffdc" and character < "\U00020000"


def _kept_of(text: str, start: int, end: int) -> str:
    gap = text[start:end]
    if _ONLY_INVISIBLE.fullmatch(gap):
        return ""
    if _PARAGRAPH_BREAK.search(gap) or _NEXT_QUOTATION.search(gap):
        return "\n"
    between_words = start > 0 and end < len(text) and is_word(text[start - 1]) and is_word(text[end])
    if not between_words:
        return ""
    return " " if _HAS_SPACE.search(gap) else "'"


@cache
def _table() -> dict[int, str]:
    """One character to one character, for `str.translate`."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {code: chr(code - 0xFEE0 + 32) for code in range(0xFF21, 0xFF3B)}
    table |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    # Marks of meaning must stay apart from ASCII ones: "12，333" is two numbers, "12,333" is one.
    for mark in "，．：＂＇":
        del table[ord(mark)]
    characters = [chr(code) for first, last in _IDEOGRAPHS for code in range(first, last + 1)]
    usual = [unicodedata.normalize("NFKC", character) for character in characters]
    usual = [form if len(form) == 1 else character for character, form in zip(characters, usual, strict=True)]
    for character, form in zip(characters, simplify_characters("".join(usual)), strict=True):
        if form != character:
            table[ord(character)] = form
    return table
