"""Errors that only a whole run shows: planted into some units of a document, the same number staying as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from translate.checks import run_checks
from translate.checks.consistency import find_term_consistency
from translate.glossary import locate
from translate.records import Rule, TermHit, Unit

if TYPE_CHECKING:
    from translate.records import Span

# From a run: (index, the unit with an error, the same unit as it should be); -1 stands for one more unit at the end.
RunPlant = Callable[[Sequence[Unit], Random], Iterator[tuple[int, Unit, Unit]]]


def other_rendering(units: Sequence[Unit], random: Random) -> Iterator[tuple[int, Unit, Unit]]:
    """A term that the document renders in one way, three times or more, is rendered in another accepted way.

    Only units all of whose terms are rendered in one way throughout are used: the others are no good pairs here. A
    term is changed in one unit at most.
    """
    flagged = {index for index, _ in find_term_consistency(units)}
    times = Counter(hit.term.source for unit in units for hit in unit.hits if hit.target)
    varied = {hit.term.source for index in flagged for hit in units[index].hits}
    used: set[str] = set()
    for index, unit in enumerate(units):
        hits = [hit for hit in unit.hits if hit.target and hit.term.rule is Rule.USE and hit.term.source not in used]
        if varied.isdisjoint(hit.term.source for hit in unit.hits):
            for hit in random.sample(hits, len(hits)):
                changed = _with_other_rendering(unit, hit, random) if times[hit.term.source] >= 3 else None
                if changed:
                    used.add(hit.term.source)
                    yield index, changed, unit
                    break


def other_translation(units: Sequence[Unit], random: Random) -> Iterator[tuple[int, Unit, Unit]]:
    """A source comes again, and a word of its translation is another."""
    for unit in units:
        words = list(re.finditer(r"\b[a-z]{4,}\b", unit.target))
        if words:
            word = random.choice(words)
            target = unit.target[: word.start()] + "relevant" + unit.target[word.end() :]
            yield -1, replace(unit, target=target), unit


def same_translation(units: Sequence[Unit], random: Random) -> Iterator[tuple[int, Unit, Unit]]:
    """A unit has the translation of another one."""
    for index, unit in enumerate(units):
        yield index, replace(unit, target=random.choice(units).target), unit


def judge_run(check: str, plant: RunPlant, units: Sequence[Unit], share: float, random: Random) -> tuple[int, int, int]:
    """(planted, found, false alarms) in one run, with errors in `share` of its units and as many good ones counted."""
    candidates = list(plant(units, random))
    chosen = random.sample(candidates, min(int(len(units) * share) + 1, len(candidates) // 2) * 2)
    bad, good = chosen[::2], chosen[1::2]
    run = list(units)
    watched: dict[int, bool] = {}
    for is_planted, (index, wrong, right) in [*((True, case) for case in bad), *((False, case) for case in good)]:
        if index < 0:
            index = len(run)
            run.append(right)
        run[index] = wrong if is_planted else right
        watched[index] = is_planted
    flagged = {
        index for index, unit in enumerate(run_checks(run)) if any(finding.check == check for finding in unit.findings)
    }
    found = sum(is_planted and index in flagged for index, is_planted in watched.items())
    alarms = sum(not is_planted and index in flagged for index, is_planted in watched.items())
    return len(bad), found, alarms


def _with_other_rendering(unit: Unit, hit: TermHit, random: Random) -> Unit | None:
    span: Span = hit.target or (0, 0)
    shown = unit.target[slice(*span)].casefold()
    others = [text for text in (hit.term.target, *hit.term.variants) if not _alike(text.casefold(), shown)]
    if not others:
        return None
    target = unit.target[: span[0]] + random.choice(others) + unit.target[span[1] :]
    located = locate(unit.hits, target)
    return replace(unit, target=target, hits=located) if all(hit.target for hit in located) else None


def _alike(rendering: str, other: str) -> bool:
    return rendering in other or other in rendering or rendering[:6] == other[:6]


RUN_PLANTS: tuple[tuple[str, RunPlant], ...] = (
    ("term-consistency", other_rendering),
    ("same-source", other_translation),
    ("same-target", same_translation),
)
