"""Is it all there, and nothing else: empty, untranslated, unrelated, omission, addition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate.checks.base import Check
from translate.checks.coverage import compare
from translate.checks.lexicon import HAN
from translate.checks.parts import missing_parts
from translate.records import Finding, Severity, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.checks.coverage import Comparison
    from translate.records import Span

# Evidence in nats from which a part counts as missing; chosen on the government work reports of 2008 to 2014.
UNRELATED, UNRELATED_EACH = 8.0, -5.0
ADDED_CLAUSE = 4.5
FAR_TOO_SHORT, FAR_TOO_LONG = -3.5, 4.0  # deviations
SHORTEST_JUDGED = 6  # Chinese characters of source; less says too little

LETTER_OR_DIGIT = re.compile(r"[^\W_]")
ENGLISH_CLAUSE = re.compile(r"(?:[^,;:.!?\n]|[,.:](?=\d)){8,}")


def find_empty(unit: Unit) -> Iterator[Finding]:
    """The source says something and the target nothing."""
    if LETTER_OR_DIGIT.search(unit.source) and not LETTER_OR_DIGIT.search(unit.target):
        yield Finding("empty", Severity.ERROR, "The translation is empty.", (0, len(unit.source)), None)


def find_untranslated(unit: Unit) -> Iterator[Finding]:
    """Chinese is left in the target, but for a source phrase in brackets after its translation."""
    if unit.target.strip() == unit.source.strip() and HAN.search(unit.source):
        whole = (0, len(unit.target))
        yield Finding("untranslated", Severity.ERROR, "The translation is the Chinese text itself.", whole, whole)
        return
    for match in HAN.finditer(unit.target):
        if not _is_gloss(unit, *match.span()):
            start = unit.source.find(match[0])
            span = (start, start + len(match[0])) if start >= 0 else None
            yield Finding(
                "untranslated", Severity.ERROR, f"Chinese left in the translation: «{match[0]}».", span, match.span()
            )


def find_unrelated(unit: Unit) -> Iterator[Finding]:
    """Hardly a word of either side has a counterpart on the other."""
    if _comparable(unit) and _is_unrelated(compare(unit.source, unit.target, unit.hits)):
        message = "The translation seems to belong to another sentence: hardly a word of either side is on the other."
        yield Finding("unrelated", Severity.ERROR, message, (0, len(unit.source)), (0, len(unit.target)))


def find_omission(unit: Unit) -> Iterator[Finding]:
    """A clause, list item or quoted phrase of the source has no counterpart, or the target is far too short."""
    if not LETTER_OR_DIGIT.search(unit.source) or not _comparable(unit):
        return
    comparison = compare(unit.source, unit.target, unit.hits)
    if _is_unrelated(comparison):
        return
    missing = list(missing_parts(comparison))
    for start, end in missing:
        message = f"«{unit.source[start:end]}» seems to be left out: hardly a word of it is in the translation."
        yield Finding("omission", Severity.WARNING, message, (start, end), None)
    if not missing and (off := comparison.misfit()) < FAR_TOO_SHORT:
        message = f"The translation is far shorter than this source should give ({-off:.1f} standard deviations)."
        yield Finding("omission", Severity.WARNING, message, (0, len(unit.source)), (0, len(unit.target)))


def find_addition(unit: Unit) -> Iterator[Finding]:
    """A clause of the target has no source, or the target is far too long."""
    if not LETTER_OR_DIGIT.search(unit.target):
        return
    if not LETTER_OR_DIGIT.search(unit.source):
        message = "The translation has no source."
        yield Finding("addition", Severity.WARNING, message, None, (0, len(unit.target)))
        return
    if not _comparable(unit):
        return
    comparison = compare(unit.source, unit.target, unit.hits)
    if _is_unrelated(comparison):
        return
    added = [span for span in _spans(ENGLISH_CLAUSE, unit.target) if comparison.against_target(span) > ADDED_CLAUSE]
    for start, end in added:
        message = f"“{unit.target[start:end]}” seems to be added: hardly a word of it is in the source."
        yield Finding("addition", Severity.WARNING, message, None, (start, end))
    if not added and (off := comparison.misfit()) > FAR_TOO_LONG:
        message = f"The translation is far longer than this source should give ({off:.1f} standard deviations)."
        yield Finding("addition", Severity.WARNING, message, (0, len(unit.source)), (0, len(unit.target)))


def _is_gloss(unit: Unit, start: int, end: int) -> bool:
    """Is target[start:end] in brackets behind English, and in the source or a term of it: Skills China (技能中国)?"""
    before, after = unit.target[:start].rstrip("“\"'《‘ "), unit.target[end:].lstrip("”\"'》’ ")
    known = (unit.source, *(hit.term.source for hit in unit.hits))
    bracketed = before.endswith(("(", "（")) and after.startswith((")", "）"))
    return bracketed and any(unit.target[start:end] in text for text in known)


def _comparable(unit: Unit) -> bool:
    """Are there two languages, and enough of the source to judge by?"""
    return bool(
        sum(map(len, HAN.findall(unit.source))) >= SHORTEST_JUDGED
        and LETTER_OR_DIGIT.search(unit.target)
        and not HAN.search(unit.target)
    )


def _is_unrelated(comparison: Comparison) -> bool:
    source, target = comparison.source.total, comparison.target.total
    return min(source, target) > UNRELATED_EACH and source + target > UNRELATED


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return (match.span() for match in pattern.finditer(text))


CHECKS = (
    Check(
        id="empty",
        title="Empty translation",
        its_type="omission",
        severity=Severity.ERROR,
        looks_at="both sides",
        fails_when="the source has words and the target none",
        find=find_empty,
    ),
    Check(
        id="untranslated",
        title="Chinese left in the translation",
        its_type="untranslated",
        severity=Severity.ERROR,
        looks_at="the target; the source for phrases in brackets",
        fails_when="Chinese characters are left, or the target is the source; “Skills China (技能中国)” is fine",
        find=find_untranslated,
    ),
    Check(
        id="unrelated",
        title="Translation of something else",
        its_type="mistranslation",
        severity=Severity.ERROR,
        looks_at="the words of both sides, by the lexicon",
        fails_when="hardly a word of either side has a counterpart on the other, as when two targets are swapped",
        find=find_unrelated,
    ),
    Check(
        id="omission",
        title="Something left out",
        its_type="omission",
        severity=Severity.WARNING,
        looks_at="clauses, list items and quoted phrases of the source against the words and length of the target",
        fails_when="a part of the source has hardly a word on the other side, or the target is far too short",
        find=find_omission,
    ),
    Check(
        id="addition",
        title="Something added",
        its_type="addition",
        severity=Severity.WARNING,
        looks_at="clauses of the target against the words and length of the source",
        fails_when="a clause of the target has hardly a word on the other side, or the target is far too long",
        find=find_addition,
    ),
)
