"""The parts of a source that seem to be left out: clauses, list items, quoted phrases."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from translate.numerals import list_lengths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.checks.coverage import Comparison
    from translate.records import Span

# Evidence in nats from which a part counts as missing; chosen on the government work reports of 2008 to 2014.
# A clause that is all of the source gets no evidence from lengths.
MISSING_CLAUSE, MISSING_ITEM, MISSING_WHOLE = 0.0, 0.5, 1.0
SEAM = 0.5  # nats for an item's being left out if the source has more seams between items than the target; else against
COUNT = 1.0  # nats for it if a list of the target is shorter by one than the source's; against it if one is as long

CLAUSE = re.compile(r"(?:[^，。；：！？;:!?…\n]|(?<=\d)[:：](?=\d)){3,}")
QUOTED = re.compile(r"[“「『《]([^“”「」『』《》]{2,})[”」』》]")
_LIST = re.compile(r"[^，。；：！？;:!?…\n、]*、[^，。；：！？;:!?…\n]*")
_BETWEEN_ITEMS = re.compile(r"以及|及其|(?<![缓饱温柔总共])和(?![平谐睦解])|[、与及或]")
_SEAM = re.compile(r"以及|及其|[、和与及或，；。]")
_ENGLISH_SEAM = re.compile(r"[,;.](?= |$)|\b(?<!, )(?:and|or)\b")


def missing_parts(comparison: Comparison) -> Iterator[Span]:
    """Spans of the source with hardly a word on the other side; items in a missing clause are left out."""
    source, target = comparison.source.text, comparison.target.text
    clauses = [match.span() for match in CLAUSE.finditer(source)]
    least = MISSING_CLAUSE if len(clauses) > 1 else MISSING_WHOLE
    missing = [span for span in clauses if comparison.against_source(span) > least]
    yield from missing
    starts = [start for start, _ in missing]
    seams = len(_SEAM.findall(source)) - len(_ENGLISH_SEAM.findall(target))
    lean = SEAM * max(-1, min(1, seams))
    lengths = list_lengths(target)
    for items in (*_lists(source), *([match.span(1)] for match in QUOTED.finditer(source))):
        count = len(items)
        by_count = -COUNT if count in lengths else COUNT if count - 1 in lengths and count > 2 else 0.0
        for start, end in items:
            before = bisect_right(starts, start) - 1
            known = before >= 0 and end <= missing[before][1]
            if not known and comparison.source.evidence((start, end)) + lean + by_count > MISSING_ITEM:
                yield start, end


def _lists(source: str) -> Iterator[list[Span]]:
    """The items of each list: what stands between 、 and conjunctions, if two characters or more."""
    for match in _LIST.finditer(source):
        items: list[Span] = []
        start = match.start()
        for seam in _BETWEEN_ITEMS.finditer(source, *match.span()):
            if seam.start() - start >= 2:
                items.append((start, seam.start()))
                start = seam.end()
        if match.end() - start >= 2:
            items.append((start, match.end()))
        yield items
