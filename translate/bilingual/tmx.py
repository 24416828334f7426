"""The aligned TMX: what translation memories and CAT tools import; one `tu` a unit, its id the unit's.

What else a row has stands in props (`x-status`, `x-findings` and so on) and the reviewer's comment in a note. The
English of a unit is its final text; where a reviewer changed it, the prop `x-made` has what was made. Any TMX can be
read: a unit with several Chinese or English texts gives a row for each pair, `name (2)` and so on.
"""

from __future__ import annotations

import io
from dataclasses import asdict
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from translate.bilingual.rows import NEW, Row, row_of
from translate.bilingual.table import ROWS
from translate.errors import InputError, Problem
from translate.formats import guard
from translate.tmx import TmxUnit, Variant, read_units, write_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from translate.records import Document, Run

CHINESE, ENGLISH = "zh-CN", "en-US"
MADE: Final = "x-made"
_PROPS: Final = ("block", "kind", "status", "severity", "findings", "terms", "origin", "score", "memory")


def dumps(run: Run) -> bytes:
    """The units of a run, in document order."""
    return dumps_rows((row_of(unit) for unit in run.units), run.document)


def dumps_rows(rows: Iterable[Row], document: Document | None = None) -> bytes:
    """Rows as the bytes of a TMX file; `document`, where it is known, is named in every unit."""
    about = () if document is None else (("x-document", PurePath(document.path).name), ("x-sha256", document.sha256))
    data = io.BytesIO()
    write_units((_unit(row, about) for row in rows), data)
    return data.getvalue()


def loads(data: bytes, path: str) -> tuple[Row, ...]:
    """The rows of a TMX file, ours or another program's; InputError if none is Chinese or English."""
    rows: list[Row] = []
    for number, unit in enumerate(read_units(io.BytesIO(data), path), 1):
        rows += _rows(unit, number)
        guard.refuse_count(len(rows), "units", path, most=ROWS)
    if not rows:
        what = "no unit of it has a text in Chinese (zh) or English (en)"
        raise InputError(Problem(what, path, remedy="is it a memory of another pair of languages?"))
    return tuple(rows)


def _unit(row: Row, about: tuple[tuple[str, str], ...]) -> TmxUnit:
    cells = asdict(row)
    props = [*about, *((f"x-{name}", cells[name]) for name in _PROPS if cells[name])]
    final = row.reviewed if row.reviewed.strip() else row.target
    props += [(MADE, row.target)] if final != row.target else []
    texts = [Variant(CHINESE, row.source), Variant(ENGLISH, final)]
    said = tuple(variant for variant in texts if variant.text) or (texts[0],)  # a unit has at least one text
    return TmxUnit(row.id, said, tuple(props), (row.comment,) if row.comment else ())


def _rows(unit: TmxUnit, number: int) -> Iterator[Row]:
    name = unit.id or str(number)
    pairs = [(source.text, target.text) for source, target in unit.pairs()]
    lone = unit.text("zh"), unit.text("en")
    for place, (source, target) in enumerate(pairs or ([lone] if any(lone) else []), 1):
        yield _row(unit, name if place == 1 else f"{name} ({place})", source, target)


def _row(unit: TmxUnit, name: str, source: str, target: str) -> Row:
    known = {name: unit.prop(f"x-{name}") or "" for name in _PROPS}
    made = unit.prop(MADE)
    said = {"kind": known["kind"] or "paragraph", "status": known["status"] or NEW, "comment": "\n".join(unit.notes)}
    reviewed = "" if made is None else target
    return Row(id=name, source=source, target=target if made is None else made, reviewed=reviewed, **{**known, **said})
