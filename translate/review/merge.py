"""A reviewed sheet laid over what the run had made: one decision a unit, and all that does not fit together.

Rows find their unit by id and must have its source text, so that a sheet may be sorted, filtered and shortened.
Nothing is guessed: where a sheet says two things of a unit, or speaks of another text, what the run had made stays,
and the conflict is listed with everything that the sheet has for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from translate.bilingual.match import is_edit, same_text
from translate.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from translate.bilingual.rows import Row
    from translate.review.made import Made

MOVED: Final = 3  # so many translations standing beside other sources are no edits, but columns sorted apart


class Status(StrEnum):
    """What a reviewer says of a row."""

    NEW = "new"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome for a unit: its final text and what the reviewer said of it."""

    made: Made
    final: str
    status: Status = Status.NEW
    comment: str = ""
    in_sheet: bool = True

    @property
    def changed(self) -> bool:
        """Whether the final text is another than the one before any review."""
        return self.final != self.made.first


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be told of a row; `texts` are what the sheet has, so that nothing of it is lost."""

    id: str
    message: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """The decisions in document order; conflicts, which a person must settle, and remarks, which were settled."""

    decisions: tuple[Decision, ...]
    conflicts: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    unknown: tuple[Remark, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of the units that are not in the sheet."""
        return tuple(decision.made.id for decision in self.decisions if not decision.in_sheet)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one row says of its unit."""

    text: str | None  # None: the text that was made
    status: Status
    comment: str
    in_place: bool = False  # the edit stands in the column `target`
    remarks: tuple[str, ...] = ()
    conflict: str = ""


def merge(made: Sequence[Made], rows: Sequence[Row], path: str = "") -> Merged:
    """Lay the rows of a sheet over the units of its run. InputError if not one row has an id and a source of it."""
    by_id: dict[str, list[Row]] = defaultdict(list)
    known = {unit.id for unit in made}
    unknown = []
    for row in rows:
        if (name := row.id.strip()) in known:
            by_id[name].append(row)
        elif row.id.strip() or _shown(row):
            unknown.append(Remark(name, "no segment of the run has this id", _shown(row)))
    sources = {unit.source: unit.id for unit in reversed(made)}
    readings = {unit.id: [_read(unit, row, sources) for row in by_id[unit.id]] for unit in made if unit.id in by_id}
    if made and all(reading.conflict for found in readings.values() for reading in found):
        raise InputError(Problem("no row of it is of this run", path, remedy="name the run of the sheet: --run FOLDER"))
    strays = _strays(made, readings)
    merged = [_decide(unit, by_id.get(unit.id, ()), readings.get(unit.id, ()), strays) for unit in made]
    return Merged(
        tuple(decision for decision, _, _ in merged),
        tuple(remark for _, conflicts, _ in merged for remark in conflicts),
        tuple(remark for _, _, remarks in merged for remark in remarks),
        tuple(unknown),
    )


def _decide(
    unit: Made, rows: Sequence[Row], readings: Sequence[_Reading], strays: Mapping[str, str]
) -> tuple[Decision, list[Remark], list[Remark]]:
    """The decision on a unit, its conflicts and its remarks."""
    if not rows:
        return Decision(unit, unit.target, _status(unit.status) or Status.NEW, unit.comment, in_sheet=False), [], []
    kept = Decision(unit, unit.target)
    shown = tuple(text for row in rows for text in _shown(row))
    conflict = next((reading.conflict for reading in readings if reading.conflict), strays.get(unit.id, ""))
    if not conflict and len({replace(reading, remarks=()) for reading in readings}) > 1:
        conflict = f"stands in {len(rows)} rows that differ"
    if conflict:
        return kept, [Remark(unit.id, conflict, shown)], []
    reading = readings[0]
    final = unit.target if reading.text is None else reading.text
    remarks = [Remark(unit.id, message, shown) for message in reading.remarks]
    return Decision(unit, final, reading.status, reading.comment), [], remarks


def _read(unit: Made, row: Row, sources: Mapping[str, str]) -> _Reading:
    """What a row says of its unit, or why that cannot be known."""
    status = _status(row.status)
    remarks = [] if status else [f"unknown status {row.status.strip()[:50]!r}"]
    said = status or Status.NEW
    comment = row.comment.strip()
    if not same_text(unit.source, row.source):
        other = sources.get(row.source)
        what = f"has the source of {other}" if other else "has another source text than the run"
        return _Reading(None, said, comment, conflict=what)
    reviewed, target = row.reviewed.strip(), row.target.strip()
    changed = bool(target) and is_edit(unit.target, row.target, typed=said is Status.EDITED)
    if reviewed and changed and is_edit(target, reviewed, typed=True):
        remarks.append("both reviewed and target were edited: reviewed counts")
    text: str | None = None
    if reviewed and reviewed != target and is_edit(unit.target, row.reviewed, typed=True):
        text = reviewed
    elif not reviewed and changed:
        text = target
    elif not reviewed and not target and unit.target.strip():
        if said is Status.EDITED:
            text = ""
        else:
            remarks.append("target is empty: what was made is kept; status edited leaves the segment out")
    in_place = text is not None and not reviewed
    said, remark = _agreed(said, text, unit, in_place=in_place)
    remarks += [remark] if remark else []
    return _Reading(text, said, comment, in_place, tuple(remarks))


def _agreed(status: Status, text: str | None, unit: Made, *, in_place: bool) -> tuple[Status, str]:
    """The status that goes with the text, and a remark where the row contradicts itself.

    What was edited in `target` and then accepted, as in a translation program, is no contradiction.
    """
    if text is None:
        if status is Status.EDITED and unit.status != Status.EDITED:
            return Status.NEW, "is edited, but has no other text: what was made is kept, as not reviewed"
        return status, ""
    if status is Status.ACCEPTED:
        return Status.EDITED, "" if in_place else "is accepted, but has another text: the text counts"
    if status is Status.REJECTED:
        return status, "is rejected, but has another text: the text counts, and is not remembered"
    return Status.EDITED, ""


def _strays(made: Sequence[Made], readings: Mapping[str, Sequence[_Reading]]) -> dict[str, str]:
    """Units beside which the translation of another stands, if there are several: columns were sorted apart."""
    owners = {unit.target.strip(): unit.id for unit in made if unit.target.strip()}
    edits = [(name, reading.text or "") for name, found in readings.items() for reading in found if reading.in_place]
    strays = {name: f"has the translation of {owners[text]}" for name, text in edits if text in owners}
    return strays if len(strays) >= max(MOVED, len(edits) / 2) else {}


def _status(cell: str) -> Status | None:
    return STATUSES.get(cell.strip().casefold())


def _shown(row: Row) -> tuple[str, ...]:
    """What a row has that could be somebody's work."""

    def cells() -> Iterator[str]:
        yield row.reviewed.strip() or row.target.strip()
        yield f"({row.comment.strip()})" if row.comment.strip() else ""

    return tuple(filter(None, cells()))


STATUSES: Final = {
    "": Status.NEW,
    "new": Status.NEW,
    "accepted": Status.ACCEPTED,
    "approved": Status.ACCEPTED,
    "ok": Status.ACCEPTED,
    "edited": Status.EDITED,
    "changed": Status.EDITED,
    "rejected": Status.REJECTED,
}
