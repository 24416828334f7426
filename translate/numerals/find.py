"""Find the numbers of a text, whatever its language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from translate.numerals.chinese.scan import plain_chinese, scan_chinese
from translate.numerals.codes import find_codes
from translate.numerals.draft import Draft, joined
from translate.numerals.english.scan import plain_english, scan_english

if TYPE_CHECKING:
    from translate.numerals.quantity import Quantity

Language = Literal["zh", "en"]


@lru_cache(maxsize=512)  # of the source, for each of its candidates
def find_numbers(text: str, language: Language) -> tuple[Quantity, ...]:
    """The numbers of a text in text order, codes among them. Linear in time; never raises."""
    plain = plain_chinese(text) if language == "zh" else plain_english(text)
    codes = [Draft(code.form, code.kind, *code.span, firm=False) for code in find_codes(plain)]
    if codes:
        plain = _without(plain, codes)
    drafts = list(scan_chinese(plain) if language == "zh" else scan_english(plain))
    if codes:
        drafts = sorted([*codes, *drafts], key=lambda draft: draft.start)
    return tuple(draft.quantity(text) for draft in joined(drafts, plain))


def _without(text: str, codes: list[Draft]) -> str:
    """The text with NULs for its codes, so that no number is found in them."""
    pieces, position = [], 0
    for code in codes:
        pieces += [text[position : code.start], "\0" * (code.end - code.start)]
        position = code.end
    return "".join([*pieces, text[position:]])
