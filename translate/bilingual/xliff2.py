"""XLIFF 2.1: one `unit` a unit, with one segment.

Memory matches stand in the matches module, terms in the glossary module, and what was made, how, and from where in
the metadata module; findings and the reviewer's comment are notes. docs/exchange.md has the table of states.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from translate.bilingual.cells import escape
from translate.bilingual.rows import row_of
from translate.bilingual.xliff_read import loads
from translate.bilingual.xliff_text import (
    CHINESE,
    ENGLISH,
    OURS,
    PRIORITY,
    encoded,
    final_text,
    is_done,
    is_flagged,
    plain,
    tag,
    with_cp,
)
from translate.records import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.bilingual.rows import Row
    from translate.records import Match, Run, TermHit, Unit

__all__ = ["dumps", "loads"]

NAMESPACES: Final = {
    "xmlns": "urn:oasis:names:tc:xliff:document:2.0",
    "xmlns:mtc": "urn:oasis:names:tc:xliff:matches:2.0",
    "xmlns:gls": "urn:oasis:names:tc:xliff:glossary:2.0",
    "xmlns:mda": "urn:oasis:names:tc:xliff:metadata:2.0",
}
_TOKEN: Final = re.compile(r"[A-Za-z0-9_.-]{1,200}")  # part of what XML takes for an NMTOKEN


def dumps(run: Run, rows: Sequence[Row] | None = None) -> bytes:
    """The run as XLIFF 2.1, one file element. `rows`, one a unit, bring along what was reviewed."""
    shown = rows if rows is not None else [row_of(unit) for unit in run.units]
    units = "".join(
        _unit(unit, row, number) for number, (unit, row) in enumerate(zip(run.units, shown, strict=True), 1)
    )
    made_by = _metadata({"program": f"{OURS} {version(OURS)}", "sha256": run.document.sha256})
    original = PurePath(run.document.path).name
    file = tag("file", f"\n{made_by}\n{units}", id="f1", original=original, xml_space="preserve")
    root = tag("xliff", f"\n{file}\n", version="2.1", srcLang=CHINESE, trgLang=ENGLISH, **NAMESPACES)
    return encoded(root, run)


def _unit(unit: Unit, row: Row, number: int) -> str:
    """The id of a unit is the row's where that is a token; else a number, and the row's is in the metadata."""
    named = _TOKEN.fullmatch(row.id) is not None
    known = {"block": row.block, "kind": row.kind, "origin": row.origin, "score": row.score, "made": row.target}
    segment = tag("source", with_cp(row.source)) + "\n" + _target(row)
    state, sub_state = _state(row)
    parts = [
        _around("mtc:matches", [_match(match) for match in unit.matches]),
        _around("gls:glossary", _terms(unit.hits)),
        _metadata({**known, "id": "" if named else row.id}),
        _around("notes", list(_notes(unit, row))),
        tag("segment", f"\n{segment}", id="s1", state=state, subState=sub_state),
    ]
    content = "\n" + "".join(part + "\n" for part in parts if part)
    return tag("unit", content, id=row.id if named else f"unit.{number}") + "\n"


def _target(row: Row) -> str:
    text = final_text(row)
    return tag("target", with_cp(text)) + "\n" if text else ""


def _state(row: Row) -> tuple[str, str | None]:
    """State, and a subState of ours where it says more; a program that changes the state drops the subState."""
    if row.status == "rejected":
        return "translated" if final_text(row) else "initial", f"{OURS}:rejected"
    if is_done(row):
        return "final", None
    if not final_text(row).strip():
        return "initial", None
    return "translated", f"{OURS}:flagged" if is_flagged(row) else f"{OURS}:new"


def _metadata(known: dict[str, str]) -> str:
    metas = "".join(
        tag("mda:meta", plain(escape(value, lines=True)), type=name)
        for name, value in known.items()
        if value or name == "made"
    )
    return tag("mda:metadata", tag("mda:metaGroup", metas, category=OURS))


def _notes(unit: Unit, row: Row) -> Iterator[str]:
    for finding in unit.findings:
        sides = finding.source_span is not None, finding.target_span is not None
        applies = {(True, False): "source", (False, True): "target"}.get(sides)
        content = plain(f"{finding.severity}: {finding.check}: {finding.message}")
        priority = str(PRIORITY[finding.severity])
        yield tag("note", content, category=f"{OURS}:finding", priority=priority, appliesTo=applies)
    if row.comment:
        yield tag("note", plain(row.comment), category="comment", priority="1", appliesTo="target")


def _match(match: Match) -> str:
    content = tag("source", with_cp(match.source)) + tag("target", with_cp(match.target))
    likeness = f"{100 * match.score:.1f}"
    origin = match.provenance or None
    return tag("mtc:match", content, ref="#s1", matchQuality=likeness, similarity=likeness, origin=origin, type="tm")


def _terms(hits: Sequence[TermHit]) -> list[str]:
    """An entry for each term to be used, with its rendering and the variants that are as good."""
    terms = dict.fromkeys(hit.term for hit in hits if hit.term.rule is not Rule.FORBID)
    return [
        tag(
            "gls:glossEntry",
            tag("gls:term", plain(term.source))
            + "".join(tag("gls:translation", plain(text)) for text in (term.target or term.source, *term.variants)),
        )
        for term in terms
    ]


def _around(name: str, parts: Sequence[str]) -> str:
    return tag(name, "\n" + "".join(part + "\n" for part in parts)) if parts else ""
