"""Sentences that cannot be right as they stand: case, fragment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate.checks.base import Check
from translate.records import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.records import Span, Unit

_FIRST_LETTER = re.compile(r"\W*([a-z])(?![\w-]*[A-Z./@])")
_SENTENCE_START = re.compile(r"(?<=[a-z\d)”\"][.!?] )([a-z])(?![\w-]*[A-Z./@])")
_ABBREVIATION = re.compile(
    r"(?:^|[:;] )\d{1,2}\. $"
    r"|\b(?:[ap]\.m|e\.g|i\.e|etc|vs|cf|nos?|approx|art|sec|fig|al|pp?|ca|inc|ltd|co|dr|mrs?|ms)\. $",
    re.I,
)
# Words that a phrase goes on after: "build a society for the," has lost its end; "dropping out of, or leaving" has not.
_BROKEN_OFF = re.compile(r"\b(?:the|an|our|its|into|or|of(?=\s*[,;])(?!, or\b)|and(?=\s*[;.]))(?=\s*[,;:.!?](?:\s|$))")


def find_case(unit: Unit) -> Iterator[Finding]:
    """A sentence or heading begins with a small letter."""
    first = _FIRST_LETTER.match(unit.target)
    if first:
        yield _note(f"It begins with a small letter: “{first[1]}”.", first.span(1))
    for match in _SENTENCE_START.finditer(unit.target):
        if not _ABBREVIATION.search(unit.target, max(0, match.start() - 12), match.start()):
            yield _note(f"A sentence begins with a small letter: “{match[1]}”.", match.span(1))


def find_fragment(unit: Unit) -> Iterator[Finding]:
    """A phrase breaks off behind an article, a preposition or a conjunction."""
    for match in _BROKEN_OFF.finditer(unit.target):
        message = f"The phrase breaks off behind “{match[0]}”."
        yield Finding("fragment", Severity.WARNING, message, None, match.span())


def _note(message: str, span: Span) -> Finding:
    return Finding("case", Severity.NOTE, message, None, span)


CHECKS = (
    Check(
        id="fragment",
        title="Phrase breaks off",
        its_type="grammar",
        severity=Severity.WARNING,
        looks_at="small words of the target in front of a mark",
        fails_when="an article, “of”, “or” and the like stand right before a comma, semicolon or full stop",
        find=find_fragment,
    ),
    Check(
        id="case",
        title="Small letter at the start",
        its_type="grammar",
        severity=Severity.NOTE,
        looks_at="the first letter of the target and of each sentence in it",
        fails_when="it is small; names such as iPhone, addresses and words after e.g. are fine",
        find=find_case,
    ),
)
