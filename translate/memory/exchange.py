"""Entries in files: TMX, which every program has, and TSV, which a spreadsheet opens; plain pairs are read as well.

What is known of an entry goes along: as props in TMX, as columns in TSV. Of other programs' TMX the neighbours and
the document are read where OmegaT and memoQ write them.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from translate.bilingual.cells import escape, guarded, read_cell
from translate.errors import InputError, Problem
from translate.formats.encoding import decode
from translate.memory.entries import Entry
from translate.tmx import TmxUnit, Variant, read_units, write_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from translate.memory.entries import Kept

IMPORTED: Final = "imported"  # the status of what came without one
ACCEPTED: Final = {"accepted", "approved", "ok", "edited", "changed", IMPORTED}
COLUMNS: Final = tuple(field.name for field in fields(Entry))
_DOCUMENT: Final = ("x-document", "file")
_PREVIOUS, _NEXT = ("x-context-pre", "prev"), ("x-context-post", "next")
_SEG: Final = re.compile(r"</?seg>")  # memoQ writes the neighbour with its markup
_LONGEST_CELL: Final = 10_000_000  # characters
_MOST_PROBLEMS: Final = 100  # then the file is no table of ours, and more need not be told


def read_tmx(stream: BinaryIO, path: str) -> Iterator[Entry]:
    """The entries of a TMX file: one for each pair of a Chinese and an English text of a unit."""
    for unit in read_units(stream, path):
        before, after = unit.prop(*_PREVIOUS), unit.prop(*_NEXT)
        for source, target in unit.pairs():
            times = [time for time in (unit.created, unit.changed, source.changed, target.changed) if time]
            yield Entry(
                source.text,
                target.text,
                document=unit.prop(*_DOCUMENT) or PurePath(path).name,
                sha256=unit.prop("x-sha256") or "",
                segment=unit.prop("x-segment") or unit.id,
                run=unit.prop("x-run") or "",
                status=unit.prop("x-status") or IMPORTED,
                previous=None if before is None else _SEG.sub("", before),
                next=None if after is None else _SEG.sub("", after),
                note="\n".join(unit.notes),
                time=max(times, default=None),
            )


def write_tmx(entries: Iterable[Kept], stream: BinaryIO) -> int:
    """Write entries as a TMX file; how many."""
    return write_units(map(_unit, entries), stream)


def write_tsv(entries: Iterable[Kept], stream: BinaryIO) -> int:
    """Write entries as a table, UTF-8 with a byte order mark; how many."""
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for count, kept in enumerate(entries, 1):  # noqa: B007  # the last one is returned
        writer.writerow([guarded(escape(_cell(getattr(kept.entry, name)))) for name in COLUMNS])
    text.flush()
    text.detach()
    return count


def read_table(data: bytes, path: str) -> Iterator[Entry]:
    """The entries of a TSV that `write_tsv` wrote, or of plain pairs: Chinese, tab, English, without a header.

    Columns may be in any order, and all but source and target be missing. Raises InputError with every problem.
    """
    text = text_of(data, path)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    name = PurePath(path).name
    header: list[str] = []
    problems: list[Problem] = []
    try:
        for number, cells in enumerate(reader):
            if not number and {"source", "target"} <= set(cells):
                header = cells
            elif any(cells):
                problems += _wrong(cells, header, path, reader.line_num)
                if len(problems) >= _MOST_PROBLEMS:
                    break
                if not problems:
                    yield _entry(dict(zip(header or COLUMNS[:2], cells, strict=False)), name)
    except csv.Error as error:
        raise InputError(Problem(f"not a table: {error}", path, reader.line_num)) from error
    InputError.raise_if(problems)


def text_of(data: bytes, path: str) -> str:
    """A table as text. With the byte order mark of UTF-8, as we write it, it may hold what would make others binary."""
    if data.startswith(codecs.BOM_UTF8):
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8-sig")
    text, _ = decode(data, path=path)
    return text


def _wrong(cells: list[str], header: list[str], path: str, line: int) -> Iterator[Problem]:
    if len(cells) < 2:
        yield Problem("no second column", path, line, remedy="Chinese, a tab, English")
    if "time" in header[: len(cells)] and (time := cells[header.index("time")]) and _time(time) is None:
        yield Problem(f"no time: {time[:50]!r}", path, line, remedy="such as 2026-11-24T10:30:00+00:00")


def _entry(cells: dict[str, str], document: str) -> Entry:
    texts: dict[str, Any] = {name: read_cell(cells[name]) for name in COLUMNS if name in cells}
    known = {name: value for name, value in texts.items() if value}
    return Entry(
        **{
            "source": "",
            "target": "",
            "document": document,
            "status": IMPORTED,
            **known,
            "time": _time(texts.get("time", "")),
        }
    )


def _unit(kept: Kept) -> TmxUnit:
    entry = kept.entry
    said = {
        "x-document": entry.document or None,
        "x-sha256": entry.sha256 or None,
        "x-segment": entry.segment or None,
        "x-run": entry.run or None,
        "x-status": entry.status,
        "x-context-pre": entry.previous,
        "x-context-post": entry.next,
    }
    props = tuple((type, value) for type, value in said.items() if value is not None)
    texts = (Variant("zh-CN", entry.source), Variant("en-US", entry.target))
    notes = (entry.note,) if entry.note else ()
    return TmxUnit(str(kept.id), texts, props, notes, kept.created, kept.changed)


def _cell(value: str | datetime | None) -> str:
    return value.isoformat() if isinstance(value, datetime) else value or ""


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
