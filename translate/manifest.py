"""What a run writes down about itself: program, model, glossary and input hashes, settings, counts, term hits."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from translate.records import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from translate.models import Model
    from translate.records import Document, Unit


def describe(
    document: Document | None, model: Model, engine: str, glossary: Mapping[str, Any], settings: Mapping[str, Any]
) -> dict[str, Any]:
    """The part of the manifest that is known before a word is translated: everything that decides the outcome."""
    return {
        "program": {"name": "policy-translate", "version": version("policy-translate")},
        "input": document
        and {
            "path": document.path,
            "sha256": document.sha256,
            "format": document.format,
            "encoding": document.encoding,
        },
        "model": {
            "name": model.name,
            "origin": model.origin,
            "sha256": model.sha256,
            "licence": model.licence,
            "engine": engine,
            "note": model.note,
        },
        "glossary": dict(glossary),
        "settings": dict(settings),
    }


def fingerprint(description: Mapping[str, Any]) -> str:
    """A hash of what decides the outcome; where the input lies and why a model was chosen do not."""
    deciding = {
        **description,
        "input": {key: value for key, value in (description["input"] or {}).items() if key != "path"},
        "model": {key: value for key, value in description["model"].items() if key in ("sha256", "engine")},
    }
    content = json.dumps(deciding, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode("utf-8", "backslashreplace")).hexdigest()  # file names may not be UTF-8


def count(document: Document, units: Sequence[Unit]) -> dict[str, Any]:
    """Blocks, segments, and segments by the way they were made and by their worst finding; findings by check."""
    wanted = [hit for unit in units for hit in unit.hits if hit.term.rule is not Rule.FORBID]
    return {
        "blocks": len(document.blocks),
        "segments": len(units),
        "characters": sum(len(unit.source) for unit in units),
        "origins": dict(sorted(Counter(unit.origin for unit in units).items())),
        "flagged": {
            severity.value: sum(unit.severity is severity for unit in units) for severity in reversed(Severity)
        },
        "findings": dict(sorted(Counter(finding.check for unit in units for finding in unit.findings).items())),
        "terms": {"found": len(wanted), "applied": sum(hit.target is not None for hit in wanted)},
    }


def units_made(units: Sequence[Unit]) -> list[dict[str, Any]]:
    """The units as they were made, so that a reviewed sheet can be compared with them whatever happened to its file."""
    return [
        {
            "id": unit.id,
            "block": unit.segments[0].block_id if unit.segments else "",
            "kind": unit.kind.value,
            "source": unit.source,
            "target": unit.target,
            "origin": unit.origin,
            "score": unit.score,
        }
        for unit in units
    ]


def term_hits(units: Sequence[Unit]) -> list[dict[str, Any]]:
    """Every glossary hit: where it is on both sides, which layer it came from and how its segment was made."""
    return [
        {
            "segment": unit.id,
            "source": hit.term.source,
            "target": hit.term.target,
            "layer": hit.term.layer,
            "source_span": [hit.start, hit.end],
            "target_span": list(hit.target) if hit.target else None,
            "found": unit.target[slice(*hit.target)] if hit.target else None,
            "origin": unit.origin,
        }
        for unit in units
        for hit in unit.hits
        if hit.term.rule is not Rule.FORBID
    ]
