"""The bilingual table out of a Word document, however Word or LibreOffice has saved it.

All tables of the document are one: the header is found, columns go by name, other tables and columns are passed over.
What is tracked counts as accepted, and the row's comment says so; comments in the margin are added to the row's
comment. Formulas, fields, macros and what lies outside the document are never run or fetched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from translate.bilingual.cells import escape
from translate.bilingual.table import ROWS, Line, header_of, rows_of
from translate.errors import InputError, Problem
from translate.formats import guard, package
from translate.formats.package import local

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree

    from translate.bilingual.rows import Row

KIND: Final = "docx"
TRACKED: Final = "[tracked changes: insertions taken, deletions left out]"
EDITABLE: Final = ("target", "reviewed")
SPAN: Final = 60  # columns; a table of Word has 63 at most
# What does not show, or is gone once changes are accepted.
_SKIPPED: Final = {
    *("pPr", "rPr", "tcPr", "trPr", "tblPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "delText", "instrText"),
    *("Fallback", "rt", "fldData", "pict", "drawing", "object"),
}
_CHANGES: Final = {"ins", "del", "moveFrom", "moveTo"}
_CHARACTERS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(slots=True)
class _TableRow:
    """The cells of a row as text, which of them have tracked changes, and the comments in its margin."""

    cells: list[str] = field(default_factory=list)
    tracked: set[int] = field(default_factory=set)
    margin: list[str] = field(default_factory=list)


def loads(data: bytes, path: str) -> tuple[Row, ...]:
    """The rows of the document's table in its order, those that are marked as deleted left out. Raises InputError."""
    with guard.open_zip(data, path, kind=KIND) as archive:
        main = package.main_part(archive, path, kind=KIND)
        root = package.parse(archive, [main], path, kind=KIND).get(main)
        if root is None or local(root) != "document":
            what = "the docx has no document part (word/document.xml)"
            raise InputError(Problem(what, path, remedy="save it as docx; a workbook is named .xlsx"))
        related = package.relations(archive, main, path, kind=KIND)
        names = [name for _, kind, name in related if kind == "/comments"]
        comments = _comments(package.parse(archive, names, path, kind=KIND).values())
    found = [_table_row(row, comments) for table in _tables(root) for row in _inside(table, "tr") if not _gone(row)]
    if not found:
        raise InputError(Problem("there is no table in it", path, remedy="give the table that was handed out"))
    guard.refuse_count(len(found), "rows", path, most=ROWS)
    return rows_of(_lines(found), path)


def _lines(found: Iterable[_TableRow]) -> list[Line]:
    """The rows as lines of a table, what is said beside them in the column `comment`."""
    rows = list(found)
    header = header_of(Line(number, row.cells) for number, row in enumerate(rows, 1))
    if header is None:
        return [Line(number, row.cells) for number, row in enumerate(rows, 1)]
    names = [cell.strip().casefold() for cell in header.cells]
    place = names.index("comment") if "comment" in names else len(names)
    editable = {names.index(name) for name in EDITABLE if name in names}
    lines = []
    for number, row in enumerate(rows, 1):
        said = [*map(_escaped, row.margin), *([TRACKED] if row.tracked & editable else [])]
        cells = row.cells
        if number == header.number and place == len(names):
            cells = [*cells, "comment"]
        elif said and number > header.number:
            cells = [*cells, *[""] * (place + 1 - len(cells))]
            cells[place] = "\n".join(filter(None, (cells[place].strip(), *said)))
        lines.append(Line(number, cells))
    return lines


def _escaped(text: str) -> str:
    """A comment of the margin in the form that cells have, since they are read as escaped."""
    return escape(text, lines=True)


def _tables(root: etree._Element) -> Iterator[etree._Element]:
    """The tables that are not inside another's cell."""
    return (
        table
        for table in root.iter("{*}tbl")
        if not any(local(outer) in ("tc", "Fallback") for outer in table.iterancestors())
    )


def _inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also where content controls and the like stand around them."""
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) not in ("tbl", "tr", "tc", *_SKIPPED):
            yield from _inside(child, name)


def _gone(row: etree._Element) -> bool:
    """Whether the deletion of a row was tracked."""
    return row.find("{*}trPr/{*}del") is not None


def _table_row(element: etree._Element, comments: Mapping[str, str]) -> _TableRow:
    row = _TableRow([""] * _number(element.find("{*}trPr/{*}gridBefore"), 0))
    for cell in _inside(element, "tc"):
        place = len(row.cells)
        row.cells += [_text(cell), *[""] * (_number(cell.find("{*}tcPr/{*}gridSpan"), 1) - 1)]
        if any(local(change) in _CHANGES and _says(change) for change in cell.iter("{*}*")):
            row.tracked.add(place)
        for reference in cell.iter("{*}commentReference"):
            row.margin += filter(None, [comments.get(_attribute(reference, "id"), "")])
    return row


def _says(change: etree._Element) -> bool:
    """Whether there is text in a change; that of a paragraph's end or of a look has none."""
    return any(text.text for text in change.iter("{*}t", "{*}delText"))


def _text(element: etree._Element) -> str:
    """The text of a cell or a comment: its paragraphs, a line each, as they are once changes are accepted."""
    parts: list[str] = []
    for paragraph in _paragraphs(element):
        parts += [*_pieces(paragraph), "" if paragraph.find("{*}pPr/{*}rPr/{*}del") is not None else "\n"]
    return "".join(parts[:-1])


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if local(child) == "p":
            yield child
        elif local(child) not in _SKIPPED:
            yield from _paragraphs(child)


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name and name not in _SKIPPED:
            yield from _pieces(child)


def _comments(parts: Iterable[etree._Element]) -> dict[str, str]:
    """What is said in the margin, by id."""
    return {_attribute(comment, "id"): _text(comment).strip() for part in parts for comment in part.iter("{*}comment")}


def _number(element: etree._Element | None, otherwise: int) -> int:
    said = "" if element is None else _attribute(element, "val")
    return min(int(said), SPAN) if said.isdecimal() and len(said) < 9 else otherwise


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute of the element's own namespace: transitional and strict documents differ in it."""
    space, brace, _ = str(element.tag).rpartition("}")
    return str(element.get(f"{space}{brace}{name}") or "")
