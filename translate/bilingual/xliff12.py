"""XLIFF 1.2, which OmegaT, Trados, memoQ and others take: one `trans-unit` a unit, its id the unit's.

Nothing in it is of a namespace of our own, so that the strict schema holds as well: what was made, how, and the
model's score stand in a `context-group`, findings, terms and the reviewer's comment in notes, memory matches in
`alt-trans`. docs/exchange.md has the table of states.
"""

from __future__ import annotations

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
    with_ph,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.bilingual.rows import Row
    from translate.records import Match, Run, Unit

__all__ = ["dumps", "loads"]

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
_DATATYPES: Final = {"": "plaintext", "txt": "plaintext", "html": "html"}
_QUALIFIERS: Final = {"memory": "leveraged-tm", "previous": "leveraged-inherited"}  # by origin; else leveraged-mt
_NO_MACHINE: Final = ("", "aligned", "reviewer")  # first words of origins


def dumps(run: Run, rows: Sequence[Row] | None = None) -> bytes:
    """The run as XLIFF 1.2, one file element. `rows`, one a unit, bring along what was reviewed."""
    shown = rows if rows is not None else [row_of(unit) for unit in run.units]
    units = "".join(_unit(unit, row) for unit, row in zip(run.units, shown, strict=True))
    tool = tag("tool", None, tool_id=OURS, tool_name=OURS, tool_version=version(OURS))
    file = tag(
        "file",
        f"\n<header>{tool}</header>\n<body>\n{units}</body>\n",
        original=PurePath(run.document.path).name or "document",
        source_language=CHINESE,
        target_language=ENGLISH,
        datatype=_DATATYPES.get(run.document.format, f"x-{run.document.format}"),
        tool_id=OURS,
    )
    return encoded(tag("xliff", f"\n{file}\n", version="1.2", xmlns=NAMESPACE), run)


def _unit(unit: Unit, row: Row) -> str:
    parts = [
        tag("source", with_ph(row.source), xml_lang=CHINESE),
        _target(row),
        _contexts(row),
        *_notes(unit, row),
        *map(_match, unit.matches),
    ]
    content = "\n" + "".join(part + "\n" for part in parts if part)
    attributes = {"id": row.id, "resname": row.block, "restype": f"x-{row.kind}" if row.kind else None}
    return (
        tag("trans-unit", content, **attributes, approved="yes" if is_done(row) else None, xml_space="preserve") + "\n"
    )


def _target(row: Row) -> str:
    text = final_text(row)
    qualifier = None
    if row.status == "rejected":
        state, qualifier = "needs-translation", "rejected-inaccurate"
    elif is_done(row):
        state = "final"
    elif not text.strip():
        state = "needs-translation"
    else:
        state = "needs-review-translation" if is_flagged(row) else "translated"
        if row.origin.partition(" ")[0] not in _NO_MACHINE:
            qualifier = _QUALIFIERS.get(row.origin, "leveraged-mt")
    return tag("target", with_ph(text), xml_lang=ENGLISH, state=state, state_qualifier=qualifier)


def _contexts(row: Row) -> str:
    said = {"made": row.target, "origin": row.origin, "score": row.score}
    contexts = "".join(
        tag("context", plain(escape(value, lines=True)), context_type=f"x-{name}")
        for name, value in said.items()
        if value or name == "made"
    )
    return tag("context-group", contexts, name=OURS, purpose="information")


def _notes(unit: Unit, row: Row) -> Iterator[str]:
    for finding in unit.findings:
        sides = finding.source_span is not None, finding.target_span is not None
        annotates = {(True, False): "source", (False, True): "target"}.get(sides, "general")
        content = plain(f"{finding.severity}: {finding.check}: {finding.message}")
        priority = str(PRIORITY[finding.severity])
        yield tag("note", content, from_=f"{OURS} finding", priority=priority, annotates=annotates)
    if row.terms:
        yield tag("note", plain(row.terms), from_=f"{OURS} terms", priority="10", annotates="source")
    if row.comment:
        yield tag("note", plain(row.comment), from_="reviewer", priority="1", annotates="target")


def _match(match: Match) -> str:
    content = tag("source", with_ph(match.source), xml_lang=CHINESE) + tag(
        "target", with_ph(match.target), xml_lang=ENGLISH
    )
    origin = match.provenance or None
    return tag("alt-trans", content, match_quality=f"{match.score:.0%}", origin=origin, xml_space="preserve")
