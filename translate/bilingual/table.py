"""A table, from whichever kind of file, as rows: the header is found, columns go by name, split texts are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from translate.bilingual.cells import PART, read_cell
from translate.bilingual.rows import COLUMNS, Row
from translate.errors import InputError, Problem
from translate.formats import guard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

NEEDED = ("id", "source", "target")
NO_FORMULA = ("id", "target", "reviewed")  # what goes into the document, and what finds its place there
WORDS = ("id", "block", "kind", "status", "severity", "origin", "score")  # of which spaces around are no part
HEADER_WITHIN = 100  # lines; people write notes above a table
ROWS = 500_000
_REFERENCE = re.compile(r"(?<![A-Za-z0-9])\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![A-Za-z0-9])|[A-Za-z0-9.]\(|!|\||\A=\Z")
CHARACTERS = 256 * 2**20  # of all cells together
LONGEST_CELL = 10_000_000  # characters; a program that writes a paragraph on one line writes long ones


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its number in the file, its cells, and which of them (from 0) hold formulas."""

    number: int
    cells: Sequence[str]
    formulas: frozenset[int] = frozenset()

    @property
    def blank(self) -> bool:
        """Is there nothing in it?"""
        return not any(cell.strip() for cell in self.cells)


def header_of(lines: Iterable[Line]) -> Line | None:
    """Of the first lines, the one that names most of our columns; None if none names two."""
    best = max(islice(lines, HEADER_WITHIN), key=_known, default=None)
    return best if best and _known(best) > 1 else None


def is_whole(header: Line | None) -> bool:
    """Does the header name every column that is needed?"""
    return header is not None and {*NEEDED} <= {*_names(header)}


def rows_of(lines: Iterable[Line], path: str) -> tuple[Row, ...]:
    """The rows below the header, in the table's order; raises InputError with every problem found."""
    stream = iter(lines)
    first = list(islice(stream, HEADER_WITHIN))
    header = header_of(first)
    places = _places(header, path)
    problems: list[Problem] = []
    rows: list[tuple[int, Row]] = []
    size = 0
    for line in chain(first, stream):
        if line.blank or (header and (line.number <= header.number or line.cells == header.cells)):
            continue
        problems += _formulas(line, places, path)
        rows.append((line.number, _row(line, places)))
        size += sum(map(len, line.cells))
        guard.refuse_count(len(rows), "rows", path, most=ROWS)
        guard.refuse_count(size, "characters", path, most=CHARACTERS)
    joined = tuple(_joined(rows, path, problems))
    InputError.raise_if(problems)
    return joined


def rows_of_sheets(sheets: Iterable[tuple[str, list[Line]]], path: str) -> tuple[Row, ...]:
    """The rows of the sheet that has our columns, of a workbook with others beside it; raises InputError."""
    found = [(name, lines, header) for name, lines in sheets if (header := header_of(lines))]
    whole = [(name, lines, header) for name, lines, header in found if is_whole(header)]
    if len(whole) > 1:
        what = f"{len(whole)} sheets have the columns: {', '.join(name for name, *_ in whole)}"
        raise InputError(Problem(what, path, remedy="leave one of them in the file, or save it by itself"))
    name, lines, _ = max(whole or found, key=lambda sheet: _known(sheet[2]), default=("", [], None))
    return rows_of(lines, f"{path} ({name})" if name else path)


def _names(line: Line) -> list[str]:
    return [cell.strip("\ufeff \t\n\r\xa0*'\"").casefold() for cell in line.cells]


def _known(line: Line) -> int:
    return len({*_names(line)} & {*COLUMNS})


def _places(header: Line | None, path: str) -> dict[str, int]:
    """Where each column is; unknown ones are passed over."""
    if header is None:
        what = "this is no aligned table: no line names the columns id, source, target"
        raise InputError(Problem(what, path, remedy="the first line is the header"))
    names = _names(header)
    missing = [f"no column {name!r} in the header" for name in NEEDED if name not in names]
    twice = [f"two columns are called {name!r}" for name in COLUMNS if names.count(name) > 1]
    remedy = "name the columns as the sheet did that was handed out"
    InputError.raise_if([Problem(what, path, header.number, remedy=remedy) for what in (*missing, *twice)])
    return {name: names.index(name) for name in COLUMNS if name in names}


def _formulas(line: Line, places: Mapping[str, int], path: str) -> Iterator[Problem]:
    """Formulas that stand for something else than their text; =1+1, say, was a text that was taken for one."""
    for name in NO_FORMULA:
        place = places.get(name)
        if place is not None and place in line.formulas and _REFERENCE.search(line.cells[place]):
            what = f"{name!r} holds a formula, {guard.one_line(line.cells[place])}; formulas are never calculated"
            remedy = "paste its value as text, or put an apostrophe in front"
            yield Problem(what, path, line.number, place + 1, remedy)


def _row(line: Line, places: Mapping[str, int]) -> Row:
    cells = {name: read_cell(line.cells[place]) if place < len(line.cells) else "" for name, place in places.items()}
    return Row(
        **{"block": "", "kind": "paragraph", **cells, **{name: cells[name].strip() for name in WORDS if name in cells}}
    )


def _joined(rows: Iterable[tuple[int, Row]], path: str, problems: list[Problem]) -> Iterator[Row]:
    """The rows, those that are parts of one joined where the first of them stands."""
    whole: list[Row | str] = []
    parts: dict[str, dict[int, Row]] = {}
    counts: dict[str, tuple[int, int]] = {}  # parts in all, line of the first that was met
    for number, row in rows:
        match = PART.fullmatch(row.id)
        if match is None:
            whole.append(row)
            continue
        name, part, count = match[1], int(match[2]), int(match[3])
        if name not in parts:
            whole.append(name)
        if part in parts.setdefault(name, {}):
            problems.append(Problem(f"{row.id} is there twice", path, number, remedy="delete one of the rows"))
        parts[name][part] = row
        counts.setdefault(name, (count, number))
    for item in whole:
        if isinstance(item, Row):
            yield item
            continue
        count, number = counts[item]
        missing = next((part for part in range(1, count + 1) if part not in parts[item]), None)
        if missing is None:
            yield _whole(item, [parts[item][part] for part in range(1, count + 1)])
        else:
            what = f"{item} is split into {count} rows, and part {missing} is missing"
            problems.append(Problem(what, path, number, remedy="put the row back"))


def _whole(identity: str, parts: Sequence[Row]) -> Row:
    reviewed = any(part.reviewed.strip() for part in parts)
    return replace(
        parts[0],
        id=identity,
        source="".join(part.source for part in parts),
        target="".join(part.target for part in parts),
        reviewed="".join(part.reviewed or part.target for part in parts) if reviewed else "",
        findings="".join(part.findings for part in parts),
        terms="".join(part.terms for part in parts),
        memory="".join(part.memory for part in parts),
        comment="".join(part.comment for part in parts),
    )
