"""Compare the codes of two texts: a hotline, address or document number must come through unchanged."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from translate.numerals.chinese.scan import plain_chinese
from translate.numerals.codes import find_codes
from translate.numerals.compare import Fault, Mismatch
from translate.numerals.english.scan import plain_english

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.numerals.codes import Code
    from translate.records import Span

FEW = 200  # different codes of a text that are compared

_CALLED = {
    "url": "address",
    "domain": "address",
    "email": "e-mail address",
    "document": "document number",
    "file": "file name",
    "standard": "standard",
    "identity": "identifier",
    "phone": "telephone number",
    "hotline": "hotline",
}
_NUMBERS = frozenset({"identity", "phone", "hotline"})
# Names of files and standards may be in a language of their own; a number of these kinds must come from the source.
_NEVER_ADDED = frozenset({"url", "domain", "email", "phone", "hotline"})
_LONGEST_HOTLINE = 6  # digits
_ALONE = re.compile(r"(?<![0-9.,])[0-9]+(?![0-9]|[.,][0-9])")
_PARTED = re.compile(r"[0-9](?:[0-9 ()-]{1,30}[0-9])?")
_GROUPED = re.compile(r"(?<![0-9,.])[0-9]{1,3}(?:[,.\u00a0\u202f ][0-9]{3})+(?![0-9])")
_CITED = re.compile(
    r"[〔\[［【(（](?P<year>(?:19|20)[0-9]{2})[〕\]］】)）][^0-9\n]{0,8}(?P<serial>[0-9]{1,5})(?![0-9])"
    r"|\bNo\.?\s?(?P<serial2>[0-9]{1,5})(?:,|\s|\sof\s|\s?[〔\[(（]){1,2}(?P<year2>(?:19|20)[0-9]{2})(?![0-9])"
    r"|(?<![0-9])(?P<year3>(?:19|20)[0-9]{2}),?\s?(?:\(|\[)?No\.?\s?(?P<serial3>[0-9]{1,5})(?![0-9])"
)
_DASHES = str.maketrans("—–", "--", " ")


def compare_codes(source: str, target: str) -> tuple[Mismatch, ...]:
    """Codes of the source that the target lacks or has altered, and codes that only the target has."""
    left, right = _Side(plain_chinese(source)), _Side(plain_english(target))
    lost = tuple(_lost(left, right))
    # An altered code is reported where the source has it, not once more as an added one.
    return lost or tuple(_added(left, right))


def _lost(source: _Side, target: _Side) -> Iterator[Mismatch]:
    wanted = {code.form for code in source.codes}
    for code in source.codes:
        if code.name == "document":
            if not target.cites(code):
                others = (span for form, span in target.citations.items() if form not in wanted)
                yield _mismatch(code, next(others, None), target.text)
        elif not target.has(code):
            yield _mismatch(code, target.altered(code, wanted), target.text)


def _mismatch(code: Code, span: Span | None, target: str) -> Mismatch:
    what = f'The {_CALLED[code.name]} "{code.text}"'
    if span is None:
        return Mismatch(Fault.MISSING, f"{what} is not in the translation as it is.", code.span, None)
    return Mismatch(Fault.CHANGED, f'{what} has become "{target[slice(*span)]}".', code.span, span)


def _added(source: _Side, target: _Side) -> Iterator[Mismatch]:
    for code in target.codes:
        if code.name in _NEVER_ADDED and not source.has(code):
            message = f'The {_CALLED[code.name]} "{code.text}" does not occur in the source.'
            yield Mismatch(Fault.ADDED, message, None, code.span)


class _Side:
    """A text, its codes, and its digits by the ways in which a code may be written."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.codes = list({code.form: code for code in find_codes(text)}.values())[:FEW]

    @cached_property
    def folded(self) -> str:
        """In lower case, without spaces, all dashes alike."""
        return self.text.translate(_DASHES).lower()

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers that stand alone, never 12,333, and those of more than six digits without what parts them."""
        alone = set(_ALONE.findall(self.text))
        parted = {_digits(match[0]) for match in _PARTED.finditer(self.text)}
        codes = {_digits(code.form) for code in self.codes if code.name in _NUMBERS}
        return frozenset(alone | codes | {digits for digits in parted if len(digits) > _LONGEST_HOTLINE})

    @cached_property
    def grouped(self) -> dict[str, Span]:
        """Numbers written in groups, 12,333, by their digits."""
        return {re.sub(r"[^0-9]", "", match[0]): match.span() for match in _GROUPED.finditer(self.text)}

    @cached_property
    def citations(self) -> dict[str, Span]:
        """Year and serial of each document number that is cited in brackets or as "No. 12 of 2024"."""
        found = {}
        for match in _CITED.finditer(self.text):
            year = match["year"] or match["year2"] or match["year3"]
            serial = match["serial"] or match["serial2"] or match["serial3"]
            found[f"{year}-{int(serial)}"] = match.span()
        return found

    def has(self, code: Code) -> bool:
        """Whether it is there: numbers digit by digit, whatever parts them; the rest letter by letter."""
        if code.name in _NUMBERS:
            return code.form in self.numbers or _digits(code.form) in self.numbers
        return code.form.translate(_DASHES).lower().rstrip("/") in self.folded

    def cites(self, code: Code) -> bool:
        """Whether the document is cited; without any citation in form, whether year and serial are there."""
        if self.citations:
            return code.form in self.citations
        return self.numbers.issuperset(code.form.split("-"))

    def altered(self, code: Code, wanted: set[str]) -> Span | None:
        """Where the same digits stand in groups, or a code of the same sort that the other text does not have."""
        if code.form in self.grouped and code.name in _NUMBERS:
            return self.grouped[code.form]
        same = (other for other in self.codes if other.name == code.name or {other.name, code.name} <= _NUMBERS)
        return next((other.span for other in same if other.form not in wanted), None)


def _digits(number: str) -> str:
    """A telephone number without country code, trunk zero and separators."""
    digits = re.sub(r"[^0-9A-Za-z]", "", number).upper()
    digits = digits.removeprefix("00")
    if len(digits) > 11:
        digits = digits.removeprefix("86")
    return digits.lstrip("0") or digits
