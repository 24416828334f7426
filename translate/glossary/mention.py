"""The first mention of a term: "Skills China (技能中国)" once in a document, the short form after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from translate.glossary.verify import locate
from translate.records import BlockKind, Rule, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence


def mark_first_mentions(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Add the source in brackets behind the first rendering of each term that asks for it.

    Headings are passed over: a reader looks for the explanation in the text. The located spans of the unit's other
    terms move along.
    """
    seen: set[str] = set()
    return tuple(unit if unit.kind is BlockKind.HEADING else _marked(unit, seen) for unit in units)


def _marked(unit: Unit, seen: set[str]) -> Unit:
    target, moved = unit.target, 0
    for hit in sorted((hit for hit in unit.hits if hit.target), key=lambda hit: hit.target or (0, 0)):
        if hit.term.first_mention and hit.term.rule is Rule.USE and hit.target and hit.term.source not in seen:
            seen.add(hit.term.source)
            mention = f" ({hit.term.source})"
            if mention.strip() in target:
                continue
            end = hit.target[1] + moved
            target = target[:end] + mention + target[end:]
            moved += len(mention)
    if target == unit.target:
        return unit
    return replace(unit, target=target, hits=locate(unit.hits, target, kind=unit.kind))
