r"""A text as the content of a cell, and back: nothing that breaks a row, that spreadsheets refuse, or that acts.

- A tab, line feed, carriage return or backslash is written \t, \n, \r, \\; other control characters, and the two
  that XML has no way to write, \xNN and \uNNNN; so are lone surrogates.
- A cell that would begin with a character that can start a formula (= + - @, their full-width forms) or with an
  apostrophe gets an apostrophe in front.
- A text longer than a cell of a workbook can be is split into several rows, `b0001.s01 (part 1 of 2)`.
"""

from __future__ import annotations

import re

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
LONGEST = 32_000  # UTF-16 code units that a part has at most; a cell of a workbook holds 32,767
PART = re.compile(r"(.*) \(part (\d{1,6}) of (\d{1,6})\)", re.DOTALL)
_GUARDED = (*FORMULA, "'")
_NAMED = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\\": "\\\\"}
_UNSAFE = re.compile("[\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"\\(?:([tnr\\])|x([0-9a-f]{2})|u([0-9a-f]{4}))")


def escape(text: str, *, lines: bool = False) -> str:
    """`text` without what breaks a row or what spreadsheets refuse; `lines` leaves line feeds. `unescape` undoes it."""
    if lines:
        return "\n".join(map(escape, text.split("\n")))
    return _UNSAFE.sub(lambda match: _NAMED.get(match[0]) or _code(ord(match[0])), text)


def unescape(text: str) -> str:
    """The text that `escape` was given."""
    if "\\" not in text:
        return text
    named = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    return _ESCAPE.sub(lambda match: named[match[1]] if match[1] else chr(int(match[2] or match[3], 16)), text)


def guarded(text: str) -> str:
    """`text` with an apostrophe in front if a spreadsheet that guesses could take it for a formula."""
    return "'" + text if text.startswith(_GUARDED) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given; a text that it would have left alone stays, such as one with `'tis`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_GUARDED) else text


def read_cell(text: str) -> str:
    """The text that a cell stands for, whichever of our files it comes from."""
    return unescape(unguarded(text.replace("\r\n", "\n").replace("\r", "\n")))


def pieces(cell: str) -> list[str]:
    """A cell's content in pieces of at most LONGEST code units; an escape is never cut. At least one piece."""
    if 2 * len(cell) <= LONGEST or _units(cell) <= LONGEST:
        return [cell]
    found, begin, size = [], 0, 0
    for match in re.finditer(r"\\(?:x..|u....|.)|.", cell, re.DOTALL):
        size += _units(match[0])
        if size > LONGEST:
            found.append(cell[begin : match.start()])
            begin, size = match.start(), _units(match[0])
    return [*found, cell[begin:]]


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _code(point: int) -> str:
    return f"\\x{point:02x}" if point < 256 else f"\\u{point:04x}"
