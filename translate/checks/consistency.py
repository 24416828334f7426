"""Over a whole run: is the same said the same way, and which units did the model doubt?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from statistics import median
from typing import TYPE_CHECKING

from translate.checks.base import RunCheck
from translate.glossary.english import phrases_of
from translate.records import Finding, Rule, Severity
from translate.script import simplify_characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate.records import Span, Unit

FEWEST_SCORES = 10  # fewer have no median to speak of
FAR_BELOW = 3.5  # deviations, estimated from the median absolute deviation (Iglewicz and Hoaglin 1993)
LEAST_GAP = 0.35  # nats a token; in a run of even scores a smaller gap is no doubt
_NO_LETTER = re.compile(r"[\W_]+")


def find_term_consistency(units: Sequence[Unit]) -> Iterator[tuple[int, Finding]]:
    """A term has a rendering here that is not its usual one in the run."""
    renderings: defaultdict[str, list[tuple[str, int, Span, Span]]] = defaultdict(list)
    for index, unit in enumerate(units):
        for hit in unit.hits:
            if hit.target and hit.term.rule is not Rule.FORBID:
                shown = unit.target[slice(*hit.target)]
                renderings[hit.term.source].append(
                    (phrases_of(shown)[0].squeezed, index, (hit.start, hit.end), hit.target)
                )
    for term, places in renderings.items():
        usual, times = _usual(key for key, *_ in places)
        example = next(units[index].target[slice(*target)] for key, index, _, target in places if key == usual)
        for key, index, source_span, target_span in places:
            if key != usual:
                shown = units[index].target[slice(*target_span)]
                message = f"«{term}» is “{shown}” here and “{example}” in {_places(times)}."
                yield index, Finding("term-consistency", Severity.WARNING, message, source_span, target_span)


def find_same_source(units: Sequence[Unit]) -> Iterator[tuple[int, Finding]]:
    """The same source has another translation elsewhere in the run."""
    for group in _groups(units, [_same_chinese(unit.source) for unit in units]):
        targets = [_same_english(units[index].target) for index in group]
        usual, times = _usual(targets)
        example = next(units[index] for index, target in zip(group, targets, strict=True) if target == usual)
        for index, target in zip(group, targets, strict=True):
            if target != usual:
                message = f"The same source is “{example.target.strip()}” in {_places(times)} ({example.id} first)."
                yield index, Finding("same-source", Severity.WARNING, message, *_whole(units[index]))


def find_same_target(units: Sequence[Unit]) -> Iterator[tuple[int, Finding]]:
    """Another source has the same translation; either may be the wrong one, so all are told."""
    for group in _groups(units, [_same_english(unit.target) for unit in units]):
        sources = [_same_chinese(units[index].source) for index in group]
        first_of: dict[str, int] = {}
        for index, source in zip(group, sources, strict=True):
            first_of.setdefault(source, index)
        firsts = list(first_of.values())[:2]
        for index, source in zip(group, sources, strict=True):
            other = next((units[first] for first in firsts if first != first_of[source]), None)
            if other:
                message = f"The same translation as that of «{other.source.strip()}» ({other.id})."
                yield index, Finding("same-target", Severity.NOTE, message, *_whole(units[index]))


def find_confidence(units: Sequence[Unit]) -> Iterator[tuple[int, Finding]]:
    """The model's score is far under the run's median."""
    scores = [unit.score for unit in units if unit.score is not None]
    if len(scores) < FEWEST_SCORES:
        return
    middle = median(scores)
    deviation = 1.4826 * median(abs(score - middle) for score in scores)
    for index, unit in enumerate(units):
        if unit.score is not None and middle - unit.score > max(LEAST_GAP, FAR_BELOW * deviation):
            message = (
                f"The model was much less sure than usual: {unit.score:.2f} a token; the run's median is {middle:.2f}."
            )
            yield index, Finding("confidence", Severity.NOTE, message, *_whole(unit))


def _groups(units: Sequence[Unit], keys: Sequence[str]) -> Iterator[list[int]]:
    """Indices of the units with the same key, if two or more; units with an empty side are left out."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index, (unit, key) in enumerate(zip(units, keys, strict=True)):
        if key and unit.source.strip() and unit.target.strip():
            groups[key].append(index)
    return (group for group in groups.values() if len(group) > 1)


def _usual(keys: Iterable[str]) -> tuple[str, int]:
    """The commonest, the earliest of them if several are, and how often it comes."""
    return Counter(keys).most_common(1)[0]


def _places(count: int) -> str:
    return "another place" if count == 1 else f"{count} other places"


def _whole(unit: Unit) -> tuple[Span, Span]:
    return (0, len(unit.source)), (0, len(unit.target))


def _same_chinese(text: str) -> str:
    return _NO_LETTER.sub("", simplify_characters(text)).casefold()


def _same_english(text: str) -> str:
    return _NO_LETTER.sub(" ", text).strip().casefold()


CHECKS = (
    RunCheck(
        id="term-consistency",
        title="Term rendered in different ways",
        its_type="inconsistency",
        severity=Severity.WARNING,
        looks_at="the renderings of each glossary term over the whole run, inflection and articles apart",
        fails_when="a rendering, though accepted, is not the one that the run mostly uses for the term",
        find=find_term_consistency,
    ),
    RunCheck(
        id="same-source",
        title="Same source, another translation",
        its_type="inconsistency",
        severity=Severity.WARNING,
        looks_at="all units of the run with the same source, marks and script apart",
        fails_when="its translation is not the one that the run mostly uses for this source, capitals and marks apart",
        find=find_same_source,
    ),
    RunCheck(
        id="same-target",
        title="Same translation, another source",
        its_type="inconsistency",
        severity=Severity.NOTE,
        looks_at="all units of the run with the same target, capitals and marks apart",
        fails_when="a unit with another source has this translation",
        find=find_same_target,
    ),
    RunCheck(
        id="confidence",
        title="Low confidence",
        its_type="mistranslation",
        severity=Severity.NOTE,
        looks_at="the model's score (mean log-probability a token) of all units of the run, if there are ten or more",
        fails_when="the score is far under the run's median: by 3.5 robust deviations, and 0.35 at least",
        find=find_confidence,
    ),
)
