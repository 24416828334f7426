"""Beads as units, so that the checks and writers of a translation work on them too; and what to say of them all."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from translate.align import Bead, shapes
from translate.glossary import locate
from translate.records import Finding, Segment, Severity, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from translate.align.links import Link
    from translate.align_pipeline.inputs import Pair
    from translate.glossary import Glossary

UNCERTAIN = 0.5  # a bead with a lower score is flagged
# Of either text must be in beads with something on both sides, each counting by its score, or the two are called
# unrelated. Measured: 0.97 for a report and its translation, 0.20 for one and the translation of another year's.
RELATED = 0.35


def unit_of(bead: Bead, pair: Pair, glossary: Glossary) -> Unit:
    """The unit of a bead, named after its first source segment, or `added.` and its first target segment.

    The unit's score is the logarithm of the bead's, as a translation's is of its probability.
    """
    segments = tuple(pair.source[number] for number in bead.source)
    others = [pair.target[number] for number in bead.target]
    identity = segments[0].id if segments else f"added.{others[0].id}"
    unit = Unit(identity, segments, _joined(others), f"aligned {bead.shape}", round(math.log(max(bead.score, 1e-6)), 4))
    return replace(unit, hits=locate(glossary.find(unit.source), unit.target, kind=unit.kind))


def _joined(segments: Iterable[Segment]) -> str:
    """The text of target segments; a space where a block ends."""
    text, block = "", ""
    for segment in segments:
        gap = " " if text and segment.block_id != block and not text[-1].isspace() else ""
        text, block = text + gap + segment.text, segment.block_id
    return text.strip()


def flagged(unit: Unit, bead: Bead) -> Unit:
    """The unit with what the aligner has to say of it."""
    findings = []
    if bead.moved:
        findings.append(Finding("moved", Severity.NOTE, "This passage stands elsewhere in the translation."))
    if bead.source and bead.target and bead.score < UNCERTAIN:
        message = f"It is not sure that these texts belong together (confidence {bead.score:.2f})."
        findings.append(Finding("alignment", Severity.WARNING, message))
    return replace(unit, findings=(*findings, *unit.findings)) if findings else unit


def shown(bead: Bead, links: Sequence[Link] | None = None) -> dict[str, Any]:
    """A bead as JSON: sentence numbers of both sides from 0, the score in [0, 1]; `moved` where it is.

    With links, `words` has a pair of spans for each, which count characters of the unit's source and target.
    """
    value: dict[str, Any] = {"source": list(bead.source), "target": list(bead.target), "score": bead.score}
    if bead.moved:
        value["moved"] = True
    if links is not None:
        value["words"] = [[list(link.source), list(link.target)] for link in links]
    return value


def summary(beads: Sequence[Bead], pair: Pair) -> dict[str, Any]:
    """Beads by shape, how much of each side has a counterpart (by characters), and what a reviewer should look at."""
    paired = [bead for bead in beads if bead.source and bead.target]
    coverage = {
        "source": _covered(pair.source, {number for bead in paired for number in bead.source}),
        "target": _covered(pair.target, {number for bead in paired for number in bead.target}),
    }
    return {
        "sentences": {"source": len(pair.source), "target": len(pair.target)},
        "beads": shapes(beads),
        "coverage": coverage,
        "omitted": sum(not bead.target for bead in beads),
        "added": sum(not bead.source for bead in beads),
        "moved": sum(bead.moved for bead in beads),
        "uncertain": sum(bead.score < UNCERTAIN for bead in paired),
        "related": max(_sure(paired, pair)) >= RELATED,
    }


def _covered(segments: Sequence[Segment], numbers: set[int]) -> float:
    whole = sum(len(segment.text) for segment in segments)
    return round(sum(len(segments[number].text) for number in numbers) / max(1, whole), 4)


def _sure(paired: Sequence[Bead], pair: Pair) -> list[float]:
    """The share of either side that is in beads, each bead counting by its score."""
    shares = []
    for segments, is_source in ((pair.source, True), (pair.target, False)):
        lengths = [len(segment.text) for segment in segments]
        sides = [(bead.score, bead.source if is_source else bead.target) for bead in paired]
        covered = sum(score * lengths[number] for score, numbers in sides for number in numbers)
        shares.append(covered / max(1, sum(lengths)))
    return shares
