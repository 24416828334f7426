r"""The report: one self-contained page to read, filter, edit and decide in, which works offline and by e-mail.

The units travel as JSON in a script element that is only data. `<` is written \u003c there, so no text of a document
can end the element, and the page puts texts in place as text, never as markup. A content security policy allows the
page's own script and style by their hashes and nothing else: no request leaves the page.

What a reviewer saves from it is the aligned TSV of translate/bilingual/tsv.py, and is read back by that module.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import astuple, replace
from html import escape
from importlib.resources import files
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from translate.bilingual.rows import COLUMNS, row_of
from translate.checks import CHECKS, RUN_CHECKS, risk
from translate.errors import InputError, Problem
from translate.records import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from translate.bilingual.rows import Row
    from translate.records import Run, Span, TermHit, Unit

SCRIPTS = ("sheet.js", "marks.js", "state.js", "row.js", "summary.js", "edit.js", "page.js")
_PLACE = re.compile(r"\{\{(\w+)\}\}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def dumps(run: Run, rows: Sequence[Row] | None = None) -> bytes:
    """The page of a run. `rows`, one a unit, bring along what was reviewed before; else the run's own are shown."""
    data = page_data(run, rows)
    style, script = _part("page.css"), "\n".join(map(_part, SCRIPTS))
    places = {
        "title": escape(data["title"]),
        "count": f"{len(run.units):,}",
        "script_hash": _digest(script),
        "style_hash": _digest(style),
        "style": style,
        "script": script,
        "data": _json(data),
    }
    page = _PLACE.sub(lambda match: places[match[1]], _part("page.html"))
    return page.encode("utf-8", "replace")


def loads(data: bytes, path: str) -> tuple[Row, ...]:
    """A page is not read back: what was done in it is in the reviewer's browser, and in the file saved from there."""
    remedy = "open it in a browser, save the reviewed file there, and give that"
    raise InputError(Problem("a report holds no reviewer's work", path, remedy=remedy))


def page_data(run: Run, rows: Sequence[Row] | None = None) -> dict[str, Any]:
    """What the page shows. Spans count UTF-16 units, as the page's script does."""
    shown = rows if rows is not None else [row_of(unit) for unit in run.units]
    units = [_unit(unit, row) for unit, row in zip(run.units, shown, strict=True)]
    return {
        "key": _key(run),
        "title": PurePath(run.document.path).name or "translation",
        "facts": _facts(run.manifest),
        "small_model": run.manifest.get("model", {}).get("origin") == "builtin",
        "columns": COLUMNS,
        "checks": {check.id: check.title for check in (*CHECKS, *RUN_CHECKS)},
        "units": units,
    }


def _unit(unit: Unit, row: Row) -> dict[str, Any]:
    """One unit: its row, with the findings and terms as they are now, and where they stand in the texts."""
    now = row_of(unit)
    row = replace(row, severity=now.severity, findings=now.findings, terms=now.terms)
    source, target = unit.source, unit.target
    return {
        "row": astuple(row),
        "text": target,
        "risk": round(risk(unit), 4),
        "findings": [
            {
                "check": finding.check,
                "severity": finding.severity.value,
                "message": finding.message,
                "source": _span(finding.source_span, source),
                "target": _span(finding.target_span, target),
            }
            for finding in unit.findings
        ],
        "terms": [_term(hit, source, target) for hit in unit.hits if hit.term.rule is not Rule.FORBID],
    }


def _term(hit: TermHit, source: str, target: str) -> dict[str, Any]:
    return {
        "term": hit.term.source,
        "rendering": hit.term.target,
        "source": _span((hit.start, hit.end), source),
        "target": _span(hit.target, target),
    }


def _span(span: Span | None, text: str) -> Span | None:
    """`span` in UTF-16 units, within the text."""
    if span is None:
        return None
    start, end = (max(0, min(place, len(text))) for place in span)
    if text.isascii() or max(text) <= "\uffff":
        return start, end
    return start + _astral(text[:start]), end + _astral(text[:end])


def _astral(text: str) -> int:
    return sum(character > "\uffff" for character in text)


def _facts(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """How the units were made, as (label, words); whatever the manifest does not hold is left out."""
    facts = []
    inputs = manifest.get("input", {})
    for label, side in (("Document", inputs), *((f"{side.title()} text", inputs.get(side)) for side in inputs)):
        if isinstance(side, dict) and "path" in side:
            facts.append((label, f"{PurePath(side['path']).name} (sha256 {side['sha256'][:16]})"))
    if model := manifest.get("model"):
        facts += [("Model", f"{model['name']} (sha256 {model['sha256'][:16]})"), ("Engine", model["engine"])]
    if "method" in manifest:
        facts.append(("Alignment", _alignment(manifest["method"], manifest.get("alignment", {}))))
    if glossary := manifest.get("glossary"):
        layers = ", ".join(PurePath(layer).name for layer in glossary["layers"]) or "none"
        facts.append(("Glossary", f"{glossary['terms']:,} terms ({layers}; sha256 {glossary['sha256'][:16]})"))
    if settings := manifest.get("settings"):
        facts.append(("Settings", "; ".join(_setting(*item) for item in settings.items() if item[1] not in ({}, None))))
    if program := manifest.get("program"):
        facts.append(("Made with", f"{program['name']} {program['version']}"))
    return facts


def _setting(name: str, value: object) -> str:
    words = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    if isinstance(value, dict):
        words = ", ".join(f"{key} {part}" for key, part in value.items())
    return f"{name.replace('_', ' ')}: {words}"


def _alignment(method: str, found: Mapping[str, Any]) -> str:
    if not found:
        return method
    cover = ", ".join(f"{share:.1%} of the {side}" for side, share in found["coverage"].items())
    return f"{method}: {cover} paired; {found['omitted']} left out, {found['added']} added, {found['moved']} moved"


def _key(run: Run) -> str:
    """What a browser keeps a reviewer's work under: a hash of the document and the run's texts, not of its name."""
    digest = hashlib.sha256(run.document.sha256.encode())
    for unit in run.units:
        digest.update(json.dumps([unit.id, unit.source, unit.target]).encode())
    return digest.hexdigest()[:32]


def _json(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _part(name: str) -> str:
    return files("translate").joinpath("data", "report", name).read_text("utf-8")
