"""Glossary terms found in Chinese text, which has no word boundaries: the longest match wins.

Where a match may stand: a term that begins or ends with a letter or digit never stands inside a longer word, number,
address or amount; one that begins or ends with a Chinese numeral never inside a longer Chinese numeral, nor right
behind 第. A term whose source has no Chinese character matches in its own case only. Quotation marks around a part of
a term belong to the span (`“技能中国”行动` is the whole), marks around all of it do not; marks that pair with nothing
inside or right beside the span are somebody else's, and then there is no match. A two-character term is not found
where it is made of the end of one word and the beginning of the next (民生 in 人民生命).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from translate.glossary.fold import CLOSING, OPENING, QUOTES, Folded, fold, is_word
from translate.glossary.pieces import pieces, straddles
from translate.records import Rule, Span, Term, TermHit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CHINESE_NUMERALS: Final = frozenset("〇零一二三四五六七八九十百千万亿两")
_SCALES: Final = frozenset("十百千万亿")
_ENDS_IN_ONE: Final = frozenset("统唯同单专万逐")  # words that end in 一 and are no numbers: 统一, 唯一, 万一
_QUANTITY: Final = re.compile(
    r"[万亿元%‰吨亩]|[十百千余多][万亿元人个件名家户]|人次|人(?=[参以、,，。；;）)]|$)|名(?![称义为])|件(?!事)|个(?![人体性])|家(?!庭)|户(?!籍)"
)
HAN: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_WINDOW: Final = 12  # characters to either side that settle where words begin
_QUOTE: Final = re.compile(f"[{QUOTES}]")
_PAIRS: Final = dict(zip(CLOSING, OPENING, strict=True))


@dataclass(frozen=True, slots=True)
class Index:
    """Terms by folded source (`use` or `keep` first), and the lengths to try by two first characters, longest first."""

    terms: dict[str, tuple[Term, ...]]
    lengths: dict[str, tuple[int, ...]]


@lru_cache(maxsize=262_144)
def key_of(source: str) -> str:
    """The form under which a source is known: two sources with one key are the same term."""
    return fold(source.strip()).text.strip()


def build_index(terms: Iterable[Term]) -> Index:
    """Group terms by source; a source that folds to nothing (only marks) can never match and is left out."""
    grouped: dict[str, list[Term]] = {}
    for term in terms:
        if key := key_of(term.source):
            grouped.setdefault(key, []).append(term)
    lengths: dict[str, set[int]] = {}
    for key in grouped:
        lengths.setdefault(key[:2], set()).add(len(key))
    return Index(
        {key: tuple(sorted(group, key=lambda term: term.rule is Rule.FORBID)) for key, group in grouped.items()},
        {start: tuple(sorted(group, reverse=True)) for start, group in lengths.items()},
    )


def find(index: Index, text: str) -> tuple[TermHit, ...]:
    """The hits in order of place; no two places overlap. A place gives one hit for each term of its source."""
    folded = fold(text)
    taken = bytearray(len(folded.text))
    hits: list[TermHit] = []
    # Longest first over the whole text, not from the left: ABC must not take the place of BCDE.
    for start, end in sorted(_candidates(index, folded.text), key=lambda place: (place[0] - place[1], place[0])):
        if taken.find(1, start, end) >= 0:
            continue
        terms = index.terms[folded.text[start:end]]
        span = _place(folded, start, end, terms)
        if span is not None:
            taken[start:end] = b"\x01" * (end - start)
            hits.extend(TermHit(term, *span) for term in terms)
    return tuple(sorted(hits, key=lambda hit: hit.start))


def standing(index: Index, text: str) -> Iterator[tuple[tuple[Term, ...], Span]]:
    """Every place where the terms of a source may stand, longest match or not; places overlap."""
    folded = fold(text)
    for start, end in dict.fromkeys(_candidates(index, folded.text)):
        terms = index.terms[folded.text[start:end]]
        if span := _place(folded, start, end, terms):
            yield terms, span


def _candidates(index: Index, text: str) -> Iterator[Span]:
    terms, lengths = index.terms, index.lengths
    for start in range(len(text)):
        for length in lengths.get(text[start : start + 2], ()):
            if text[start : start + length] in terms:
                yield start, min(start + length, len(text))
        if text[start] in terms:
            yield start, start + 1


def _place(folded: Folded, start: int, end: int, terms: tuple[Term, ...]) -> Span | None:
    """The original span of a match, or None where the term may not stand."""
    if not (_begins(folded, start, end) and _ends(folded, start, end)) or _between_words(folded, start, end):
        return None
    span = _with_quotes(folded.original, *folded.original_span(start, end))
    if span is not None and not HAN.search(folded.text, start, end):
        return span if _same_case(folded.original[slice(*span)], terms) else None
    return span


def _begins(folded: Folded, start: int, end: int) -> bool:
    text, first = folded.text, folded.text[start]
    before, farther = text[start - 1 : start], text[max(start - 2, 0) : max(start - 1, 0)]
    if not before:
        return True
    if is_word(first):
        if is_word(before) or before == "_":
            return False
        if farther and is_word(farther):
            grouped = before == "," and farther.isdigit() and _digits(text[start:end]) == 3
            compound = before in "-'" and not (farther.isdigit() and first.isdigit())
            return not (before in ".@" or grouped or compound)
        return True
    adjacent = folded.offsets[start - 1] + 1 == folded.offsets[start]
    if first in _CHINESE_NUMERALS and adjacent:
        if before.isdigit() and before.isascii():
            return first not in _SCALES
        if before == "第" or (before in "几数" and first in _SCALES):
            return False  # 第三方 is no 三方, and 几百万 no 百万
        if before == "点" and farther in _CHINESE_NUMERALS:
            return False
        return before not in _CHINESE_NUMERALS or (before == "一" and farther in _ENDS_IN_ONE)
    return True


def _ends(folded: Folded, start: int, end: int) -> bool:
    text, last = folded.text, folded.text[end - 1]
    after, farther = text[end : end + 1], text[end + 1 : end + 2]
    if not after:
        return True
    if is_word(last):
        if is_word(after) or after == "_":
            return False
        if farther and is_word(farther):
            grouped = after == "," and last.isdigit() and _digits(text[end + 1 : end + 5]) == 3
            compound = after in "-'" and not (farther.isdigit() and last.isdigit())
            if after in ".@" or grouped or compound:
                return False
        return not (text[start:end].isdigit() and _QUANTITY.match(text, end))
    adjacent = folded.offsets[end - 1] + 1 == folded.offsets[end]
    return not (last in _CHINESE_NUMERALS and adjacent and after in _CHINESE_NUMERALS)


def _between_words(folded: Folded, start: int, end: int) -> bool:
    if end - start != 2 or start == 0 or end == len(folded.text) or not HAN.match(folded.text, start):
        return False
    if folded.offsets[end] - folded.offsets[start - 1] != 3:
        return False  # a mark or space beside it ends the word
    window = max(start - _WINDOW, 0)
    return straddles((start - window, end - window), pieces(folded.text[window : end + _WINDOW]))


def _digits(text: str) -> int:
    return next((index for index, character in enumerate(text) if not character.isdigit()), len(text))


def _with_quotes(original: str, start: int, end: int) -> Span | None:
    """Widen the span by the partners of quotation marks inside it; None if a partner stands elsewhere."""
    opened: list[str] = []
    for match in _QUOTE.finditer(original, start, end):
        mark = match.group()
        partner = _PAIRS.get(mark, mark)
        if opened and opened[-1] == partner and mark not in OPENING:
            opened.pop()
        elif mark in OPENING:
            opened.append(mark)
        elif start > 0 and original[start - 1] == partner:
            start -= 1
        elif mark == partner:
            opened.append(mark)
        else:
            return None
    for mark in reversed(opened):
        if end < len(original) and _PAIRS.get(original[end], original[end]) == mark:
            end += 1
        else:
            return None
    return start, end


def _same_case(found: str, terms: tuple[Term, ...]) -> bool:
    return any(_plain(found) == _plain(term.source) for term in terms)


def _plain(text: str) -> str:
    """Width and marks made plain, case kept; only for the few characters of a term."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if is_word(character))
