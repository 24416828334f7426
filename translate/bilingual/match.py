"""Whether a text that comes back from a spreadsheet is the one that went out, whatever was done to its cell.

Two questions, of which the second is the stricter: `same_text` finds the row that a source belongs to; `is_edit` says
that a person must have made the difference, so that an edit is never taken for an accident.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from translate.bilingual.cells import FORMULA, LONGEST
from translate.bilingual.values import same_value

_LINE_ENDS: Final = re.compile("\r\n|[\r\n\t\x0b\x0c\x85\u2028\u2029]")
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
_CONTROL: Final = re.compile("_x00[01][0-9A-Fa-f]_|[\x00-\x1f\x7f-\x9f]")
_ERROR: Final = re.compile(r"#[A-ZÄÖÜÉ/0]{2,8}[!?]?|Err:\d{3}")
# What AutoCorrect does while somebody types, and what goes when a text passes through an old encoding or a form.
_TYPOGRAPHY: Final = (
    (re.compile("[“”„‟«»＂]"), '"'),
    (re.compile("[‘’‚‛＇`´]"), "'"),
    (re.compile(" ?(?:--|[–—―─])[-–—―─]* ?"), "-"),
    (re.compile(r"…|\.\.\.+"), "..."),
    (re.compile("→|->"), "->"),
    (re.compile(r"\(c\)|©", re.IGNORECASE), "(c)"),
    (re.compile(r"\(r\)|®", re.IGNORECASE), "(r)"),
    (re.compile("½"), "1/2"),
    (re.compile("¼"), "1/4"),
    (re.compile("¾"), "3/4"),
    (re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]"), ""),
    (re.compile(r"\s+"), " "),
)
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def same_text(original: str, returned: str) -> bool:
    """Whether `returned` is `original`, or what a spreadsheet and its AutoCorrect may have made of it.

    Recognised: everything that `is_edit` passes over; quotation marks, dashes and dots that AutoCorrect changed;
    runs of white space; full-width forms that became half-width; dates that were written in words.
    """
    if not is_edit(original, returned):
        return True
    before, after = _plain(original), _plain(returned)
    return _typographic(before) == _typographic(after) or _recoded(before, after) or same_value(before, after)


def is_edit(original: str, returned: str, *, typed: bool = False) -> bool:
    """Whether a person, and no spreadsheet, made the difference between `original` and `returned`.

    `typed` says that somebody wrote the cell on purpose (the column `reviewed`, a row with status edited, a CAT tool):
    then 12333 for 12,333 is an edit, which otherwise counts as a number in another format.

    No edits are: numbers, percentages, dates, times and truth values in another format or rounded as a spreadsheet
    does; white space at the ends; line ends; Unicode composition; control characters that were lost; an apostrophe
    in front that was lost or kept; characters that became ? in an encoding that lacks them; a text cut off where a
    cell ends; a text that a spreadsheet took for a formula.
    """
    before, after = _plain(original), _plain(returned)
    return not (
        before == after
        or _same_without_guard(before, after)
        or _is_cut(before, after)
        or (_recoded(before, after) and not _half_width_only(before, after))
        or _formula(before, after)
        or (not typed and same_value(before, after, strict=True))
    )


def _plain(text: str) -> str:
    """`text` without what no spreadsheet can be relied on to keep."""
    composed = unicodedata.normalize("NFC", text) if not text.isascii() else text
    return _CONTROL.sub("", _LINE_ENDS.sub(" ", composed)).strip()


def _same_without_guard(before: str, after: str) -> bool:
    return after == "'" + before or before == "'" + after


def _is_cut(before: str, after: str) -> bool:
    return (
        len(after) < len(before)
        and len(after.encode("utf-16-le", "surrogatepass")) // 2 >= LONGEST
        and before.startswith(after)
    )


def _formula(before: str, after: str) -> bool:
    return before.startswith(FORMULA) and (after == "=" + before or _ERROR.fullmatch(after) is not None)


def _recoded(before: str, after: str) -> bool:
    """Whether characters beyond ASCII became question marks, one each or one a UTF-16 code unit, or half-width."""
    return _replaced(before, after) or _replaced(_ASTRAL.sub("\ufffd\ufffd", before), after)


def _replaced(before: str, after: str) -> bool:
    return len(before) == len(after) and all(
        one == other or (one > "\x7f" and (other in "?\ufffd" or other == one.translate(_FULL_WIDTH)))
        for one, other in zip(before, after, strict=True)
    )


def _half_width_only(before: str, after: str) -> bool:
    """Whether full-width forms that became half-width are all that differs: people do that too."""
    return before.translate(_FULL_WIDTH) == after.translate(_FULL_WIDTH)


def _typographic(text: str) -> str:
    text = text.translate(_FULL_WIDTH)
    for pattern, plain in _TYPOGRAPHY:
        text = pattern.sub(plain, text)
    return text.strip(" '")
