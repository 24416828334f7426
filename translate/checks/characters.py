"""Marks and spaces of the English: quotes, brackets, punctuation, whitespace."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate.checks.base import Check
from translate.records import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.records import Span, Unit

_OPENING_QUOTES, _CLOSING_QUOTES = "“「『", "”」』"
_QUOTED_PASSAGE = re.compile("[“「][^“”「」]*[，。；！？][^“”「」]*[”」]")
_SOURCE_QUOTES = re.compile('[“「『‘《〈"＂]|所称|是指')  # what is defined may be quoted
_TARGET_QUOTE = re.compile(f'["＂{_OPENING_QUOTES}{_CLOSING_QUOTES}]')
_BRACKET = re.compile(r"[()（）\[\]［］【】〔〕]")
_CLOSES = dict(zip(")）]］】〕", "((（[[[", strict=False))
_ITEM_NUMBER = re.compile(r"(?:(?<=\s)|^)(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\)")
_FULL_WIDTH = re.compile(
    r"[\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+"
)
_DOUBLED_MARK = re.compile(
    r"(?<![.])\.\.(?![.])|([,;:!?])\1+|[,;:]\.|(?<!\.[A-Za-z])(?<!\bCo)(?<!\betc)(?<!\bInc)\.,(?! etc)|,;|;,"
)
_SPACE_BEFORE_MARK = re.compile(r"(?<=\S)[^\S\n]+(?=[,;:!?](?:\s|$)|\.(?:\s|$)|[)\]](?:\W|$))")
_ENDS_IN_WORD = re.compile(r"[\w%)\]”\"’'](?<!\.[\"”’'])$")
_ENDED = re.compile(r"[.!?;:,…—-][)\]”\"’']*$")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f]+")
_SPACES = re.compile(r"(?<=\S)[ \u00a0\u2000-\u200a\u3000]{2,}(?=\S)")


def find_quotes(unit: Unit) -> Iterator[Finding]:
    """Quotation marks do not pair as in the source, are added, or are lost from a quoted passage."""
    marks = list(_TARGET_QUOTE.finditer(unit.target))
    kinds = [_quote_kind(match[0]) for match in marks]
    balance = kinds.count(1) - kinds.count(-1)
    expected = _balance(unit.source)
    odd = bool((balance + kinds.count(0) - expected) % 2)
    crossed = 0 not in kinds and (balance != expected or (not expected and _crossed(kinds)))
    passage = _QUOTED_PASSAGE.search(unit.source)
    if odd or crossed:
        span = marks[-1].span() if marks else None
        yield Finding("quotes", Severity.WARNING, "A quotation mark of the translation has no partner.", None, span)
    elif len(marks) > 1 and not _SOURCE_QUOTES.search(unit.source):
        span = (marks[0].start(), marks[1].end())
        message = f"{unit.target[slice(*span)]} is in quotation marks, and nothing in the source is."
        yield Finding("quotes", Severity.WARNING, message, None, span)
    elif passage and not marks and unit.target.strip() and "'" not in unit.target and "‘" not in unit.target:
        message = "The source quotes a passage, and the translation has no quotation marks."
        yield Finding("quotes", Severity.WARNING, message, passage.span(), None)


def find_brackets(unit: Unit) -> Iterator[Finding]:
    """A bracket of the target has no partner."""
    numbers = {match.end() - 1 for match in _ITEM_NUMBER.finditer(unit.target)}
    open_brackets: list[re.Match[str]] = []
    for match in _BRACKET.finditer(unit.target):
        if match[0] in "(（[［【〔":
            open_brackets.append(match)
        elif open_brackets:
            open_brackets.pop()
        elif match.start() not in numbers:
            yield _unpaired(match.span(), match[0])
    for match in open_brackets:
        yield _unpaired(match.span(), match[0])


def find_punctuation(unit: Unit) -> Iterator[Finding]:
    """Marks that English does not use, a missing or doubled one, a space before one."""
    target = unit.target.rstrip()
    for match in _FULL_WIDTH.finditer(target):
        yield _note("punctuation", f"«{match[0]}» is a Chinese mark.", match.span())
    for match in _DOUBLED_MARK.finditer(target):
        yield _note("punctuation", f"“{match[0]}” is a mark too many.", match.span())
    for match in _SPACE_BEFORE_MARK.finditer(target):
        yield _note("punctuation", f"A space before “{target[match.end()]}”.", match.span())
    source = unit.source.rstrip().rstrip("”」』’)）")
    if source.endswith(("。", "！", "？")) and _ENDS_IN_WORD.search(target) and not _ENDED.search(target):
        span = (len(source) - 1, len(source))
        message = f"The source ends in «{source[-1]}», the translation without a mark."
        yield Finding("punctuation", Severity.NOTE, message, span, (len(target) - 1, len(target)))


def find_whitespace(unit: Unit) -> Iterator[Finding]:
    """Doubled, leading, trailing and zero-width spaces, and tabs."""
    target = unit.target
    bare = target.strip()
    if not bare:
        return
    start = target.index(bare)
    if start:
        yield _note("whitespace", "White space at the start.", (0, start))
    if start + len(bare) < len(target):
        yield _note("whitespace", "White space at the end.", (start + len(bare), len(target)))
    for match in _SPACES.finditer(target):
        yield _note("whitespace", "More than one space.", match.span())
    for match in _INVISIBLE.finditer(target):
        yield _note("whitespace", "An invisible character.", match.span())
    for place in (at for at, character in enumerate(target) if character == "\t" and "\t" not in unit.source):
        yield _note("whitespace", "A tab.", (place, place + 1))


def _quote_kind(mark: str) -> int:
    return 1 if mark in _OPENING_QUOTES else -1 if mark in _CLOSING_QUOTES else 0


def _balance(source: str) -> int:
    """Opening less closing marks: a quotation may begin in one sentence and end in another."""
    straight = source.count('"') + source.count("＂")
    opening = sum(source.count(mark) for mark in _OPENING_QUOTES)
    return opening - sum(source.count(mark) for mark in _CLOSING_QUOTES) + straight % 2


def _crossed(kinds: list[int]) -> bool:
    depth = 0
    for kind in kinds:
        depth += kind
        if depth < 0:
            return True
    return False


def _unpaired(span: Span, mark: str) -> Finding:
    return Finding("brackets", Severity.WARNING, f"“{mark}” has no partner.", None, span)


def _note(check: str, message: str, span: Span) -> Finding:
    return Finding(check, Severity.NOTE, message, None, span)


CHECKS = (
    Check(
        id="quotes",
        title="Quotation marks",
        its_type="characters",
        severity=Severity.WARNING,
        looks_at="the quotation marks of both sides",
        fails_when=(
            "a mark of the target has no partner where the source's have, the target quotes and the source does not, "
            "or a quoted passage (with a mark inside) has lost its quotation marks; “三农” may do without"
        ),
        find=find_quotes,
    ),
    Check(
        id="brackets",
        title="Brackets",
        its_type="characters",
        severity=Severity.WARNING,
        looks_at="the brackets of the target",
        fails_when="one has no partner; that of an item number, such as 1) or b), needs none",
        find=find_brackets,
    ),
    Check(
        id="punctuation",
        title="Punctuation",
        its_type="characters",
        severity=Severity.NOTE,
        looks_at="the marks of the target, and the last mark of the source",
        fails_when="a Chinese mark is left, a mark is doubled or missing at the end, or a space stands before one",
        find=find_punctuation,
    ),
    Check(
        id="whitespace",
        title="White space",
        its_type="whitespace",
        severity=Severity.NOTE,
        looks_at="the target",
        fails_when="it has a doubled, leading, trailing or zero-width space, a tab or a control character",
        find=find_whitespace,
    ),
)
