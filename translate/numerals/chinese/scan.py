"""Find the numbers of a Chinese text."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from translate.numerals import lexicon
from translate.numerals.chinese.forms import read_form
from translate.numerals.chinese.pattern import pattern
from translate.numerals.chinese.value import read_chinese
from translate.numerals.draft import Draft
from translate.numerals.quantity import Bound, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL_WIDTH_COMMAS = re.compile(r"(?<![0-9０-９.])[0-9０-９]{1,3}(?:，[0-9０-９]{3})+(?![0-9０-９])")
_FINANCIAL = re.compile(r"(?:[壹贰叁肆伍陆柒捌玖一二三四五六七八九][拾佰仟万亿]{1,3}零?)+[壹贰叁肆伍陆柒捌玖]?")
_FINANCIAL_DIGITS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_QUOTED_NAME = re.compile(r"[^\s“”，。；、0-9]{2,14}”")
_TIME_UNITS = frozenset(["年", "月", "个月", "天", "日", "周", "届", "期", "小时", "次", "代"])
_MAY_BE_WORDS = frozenset({"number", "half", "ordinal", "item"})
_NO_BOUND = frozenset({Kind.YEAR, Kind.DATE, Kind.LABEL, Kind.ORDINAL})


def plain_chinese(text: str) -> str:
    """The text with ASCII digits and simplified, everyday numerals; of the same length."""
    plain = _FULL_WIDTH_COMMAS.sub(lambda match: match[0].replace("，", ","), text)
    plain = plain.translate(lexicon.chinese().ascii_and_simplified)
    return _FINANCIAL.sub(lambda match: match[0].translate(_FINANCIAL_DIGITS), plain)


def scan_chinese(text: str) -> Iterator[Draft]:
    """Drafts in text order; `text` comes from `plain_chinese`."""
    words, search = lexicon.chinese(), pattern().search
    position = 0
    while match := search(text, position):
        position = match.end()
        draft = None
        if match.lastgroup in _MAY_BE_WORDS and (numeral := lexicon.NUMERAL.search(text, *match.span())):
            word_end = _end_of_word(words.words, text, numeral.start(), match.end())
            if word_end and not text.startswith(words.not_words, numeral.start()):
                position = word_end
                continue
            draft = _label(words, text, match, numeral.start())
        draft = draft or read_form(text, match)
        if draft is not None:
            position = max(draft.end, position)
            _add_bound(draft, text)
            yield draft


def _end_of_word(words: dict[tuple[int, int], frozenset[str]], text: str, numeral: int, at_least: int) -> int:
    """Where the longest listed word around a numeral ends; 0 if there is none that reaches `at_least`."""
    for (offset, length), found in words.items():
        start = numeral - offset
        if start >= 0 and start + length >= at_least and text[start : start + length] in found:
            return start + length
    return 0


def _label(words: lexicon.Chinese, text: str, match: re.Match[str], numeral: int) -> Draft | None:
    """A numbered formula by list (三位一体), or by its quotation marks (“两个维护”)."""
    end = _end_of_word(words.formulae, text, numeral, match.end())
    quoted = (
        match.lastgroup == "number"
        and not match[0][0].isascii()
        and text[max(0, match.start() - 1) : match.start()] == "“"
    )
    if not end and quoted and (name := _QUOTED_NAME.match(text, match.end())):
        end = name.end() - 1
    if not end:
        return None
    readings = [read_chinese(one[0]) for one in lexicon.NUMERAL.finditer(text, numeral, end) if one[0] != "半"]
    values = [reading.low for reading in readings if reading] or [Fraction(0)]
    total = sum(values, Fraction(0))  # 三去一降一补 are five tasks
    return Draft(values[0], Kind.LABEL, match.start(), end, firm=False, readings=(*values[1:], total))


def _add_bound(draft: Draft, text: str) -> None:
    if draft.bound is not Bound.EXACT or draft.kind in _NO_BOUND:
        return
    words = lexicon.chinese()
    before = words.before.search(text, max(0, draft.start - 8), draft.start)
    if before := before or words.far_before.search(text, max(0, draft.start - 20), draft.start):
        bound = lexicon.bound_of(before)
        # 近三年 is as often "the past three years".
        draft.bound = Bound.EXACT if bound is Bound.NEARLY and draft.unit in _TIME_UNITS else bound
    elif after := words.after.match(text, draft.end):
        draft.bound = lexicon.bound_of(after)
