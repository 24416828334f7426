"""The key of a source: two texts with one key are the same sentence, however it was typed.

Folding makes full-width letters, digits and marks ASCII, leaves out zero-width characters, and white space except
where it parts two letters or digits, of which one space is left. A full-width comma or full stop stays what it is:
`12，333` are two numbers. Nothing else is touched: neither case nor script nor quotation marks.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，．"}
_GAP: Final = re.compile("[\\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]+")
_SPACE: Final = re.compile(r"\s")


def fold(text: str) -> str:
    """The folded form; linear in the length of `text`."""
    return _GAP.sub(_kept, text.translate(_WIDE))


def digest_of(text: str) -> bytes:
    """16 bytes that stand for the folded form of `text`."""
    return hashlib.blake2b(fold(text).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _kept(gap: re.Match[str]) -> str:
    text, start, end = gap.string, gap.start(), gap.end()
    if not start or end == len(text) or not _SPACE.search(gap[0]):
        return ""
    return " " if _is_word(text[start - 1]) and _is_word(text[end]) else ""


def _is_word(character: str) -> bool:
    """A letter or digit of a script written with spaces."""
    return character.isalnum() and not "\u2e80" <= character <= "\uffdc" and character < "\U00020000"
