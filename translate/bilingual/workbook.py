"""The sheets of an .xlsx workbook as lines of text, read part by part: no formula is calculated, no link followed.

Own reading, since a library that turns cells into numbers and dates loses what was shown, and one that pads rows can
be made to fill the memory.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from translate.bilingual.shown import CHINESE, as_shown
from translate.bilingual.table import CHARACTERS, ROWS, Line
from translate.errors import InputError, Problem
from translate.formats import guard
from translate.formats.xml_events import walk

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Mapping

    from lxml import etree

KIND: Final = "xlsx"
COLUMNS: Final = 500  # with something in them; ours has 14
SHEETS: Final = 100
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_PLACE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def sheets(data: bytes, path: str) -> Iterator[tuple[str, list[Line]]]:
    """Name and lines of each sheet, in the workbook's order; empty lines are left out. Raises InputError."""
    with guard.open_zip(data, path, kind=KIND) as archive:
        names = {entry.filename.lower(): entry.filename for entry in archive.infolist()}
        book = _main_part(archive, names, path)
        root = _parsed(archive, book, path)
        targets = _relations(archive, names, book, path)
        shared = _Strings(path)
        for part in _of_type(targets, "sharedStrings", names):
            walk(archive, part, path, shared, kind=KIND)
        formats = _formats(archive, _of_type(targets, "styles", names), path)
        from_1904 = any(_attribute(node, "date1904") in ("1", "true") for node in _named(root, "workbookPr"))
        found = list(_named(root, "sheet"))
        guard.refuse_count(len(found), "sheets", path, most=SHEETS)
        for node in found:
            kind, part = targets.get(_attribute(node, "id"), ("", ""))
            if kind == "worksheet" and part in names.values():
                sheet = _Sheet(path, shared.strings, formats, from_1904=from_1904)
                walk(archive, part, path, sheet, kind=KIND)
                yield _attribute(node, "name"), sheet.lines


class _Strings:
    """The shared strings of a workbook, their runs joined and readings (furigana) left out."""

    def __init__(self, path: str) -> None:
        self.strings: list[str] = []
        self.path = path
        self._parts: list[str] = []
        self._open = self._phonetic = False
        self._size = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic = True
        self._open = name == "t" and not self._phonetic

    def end(self, name: str) -> None:
        self._open = False
        if name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.strings.append(_unescaped("".join(self._parts)))

    def text(self, text: str) -> None:
        if self._open:
            self._size += len(text)
            guard.refuse_count(self._size, "characters", self.path, most=CHARACTERS)
            self._parts.append(text)


class _Sheet:
    """The cells of a sheet as they are shown."""

    def __init__(self, path: str, strings: list[str], formats: list[str], *, from_1904: bool) -> None:
        self.lines: list[Line] = []
        self.path, self.strings, self.formats, self.from_1904 = path, strings, formats, from_1904
        self._row = self._column = 0
        self._cells: dict[int, str] = {}
        self._formulas: set[int] = set()
        self._type = self._style = ""
        self._texts: dict[str, list[str]] = {"v": [], "f": [], "t": []}
        self._open: str | None = None
        self._phonetic = self._has_formula = False
        self._size = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._open = name if name in self._texts and not self._phonetic else None
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._row = _whole_number(attributes.get("r", ""), self._row + 1)
            self._column = 0
            self._cells, self._formulas = {}, set()
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        self._open = None
        if name == "c":
            self._end_cell()
        elif name == "rPh":
            self._phonetic = False
        elif name == "row" and self._cells:
            guard.refuse_count(len(self.lines), "rows", self.path, most=2 * ROWS)
            cells = [self._cells.get(column, "") for column in range(1, max(self._cells) + 1)]
            self.lines.append(Line(self._row, cells, frozenset(column - 1 for column in self._formulas)))

    def text(self, text: str) -> None:
        if self._open:
            self._texts[self._open].append(text)

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = _PLACE.fullmatch(attributes.get("r", ""))
        self._column = _column_number(place[1]) if place else self._column + 1
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._has_formula = False
        for texts in self._texts.values():
            texts.clear()

    def _end_cell(self) -> None:
        value, formula, inline = ("".join(self._texts[name]) for name in "vft")
        text = "=" + formula if self._has_formula else self._shown(value, inline)
        self._size += len(text)
        guard.refuse_count(self._size, "characters", self.path, most=CHARACTERS)
        if self._has_formula:
            self._formulas.add(self._column)
        if text and self._column > COLUMNS:
            what = f"row {self._row} has something in column {self._column:,}; {COLUMNS} columns are read"
            raise InputError(Problem(what, self.path, self._row, self._column, "delete what is right of the table"))
        if text:
            self._cells[self._column] = text

    def _shown(self, value: str, inline: str) -> str:
        match self._type:
            case "s":
                index = _whole_number(value, -1)
                if not 0 <= index < len(self.strings):
                    raise InputError(Problem(f"a cell's text is missing: string {value[:20]!r}", self.path, self._row))
                return self.strings[index]
            case "inlineStr":
                return _unescaped(inline)
            case "b":
                return {"1": "TRUE", "0": "FALSE"}.get(value.strip(), value)
            case "n":
                style = _whole_number(self._style, 0)
                code = self.formats[style] if style < len(self.formats) else "General"
                return as_shown(value, code, from_1904=self.from_1904)
            case _:  # str: a calculated text; e: an error; d: a date as ISO 8601
                return _unescaped(value)


def _main_part(archive: zipfile.ZipFile, names: Mapping[str, str], path: str) -> str:
    """The part with the list of sheets."""
    found = _of_type(_relations(archive, names, "", path), "officeDocument", names) or ["xl/workbook.xml"]
    root = _parsed(archive, found[0], path) if found[0] in names.values() else None
    if root is None or _name(root) != "workbook":
        raise InputError(Problem("not an xlsx workbook", path, remedy="save it as xlsx in Excel or LibreOffice"))
    return found[0]


def _relations(archive: zipfile.ZipFile, names: Mapping[str, str], part: str, path: str) -> dict[str, tuple[str, str]]:
    """Kind and part of each relation of a part, by id; those that lead out of the file are left out."""
    folder, name = posixpath.split(part)
    file = names.get(posixpath.join(folder, "_rels", name + ".rels").lower())
    if file is None:
        return {}
    found = {}
    for node in _named(_parsed(archive, file, path), "Relationship"):
        if _attribute(node, "TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, _attribute(node, "Target"))).lstrip("/")
            found[_attribute(node, "Id")] = (
                posixpath.basename(_attribute(node, "Type")),
                names.get(target.lower(), target),
            )
    return found


def _of_type(relations: Mapping[str, tuple[str, str]], kind: str, names: Mapping[str, str]) -> list[str]:
    return [part for found, part in relations.values() if found == kind and part in names.values()][:1]


def _formats(archive: zipfile.ZipFile, parts: list[str], path: str) -> list[str]:
    """The number format of each cell style."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    codes: dict[int, str] = {**CHINESE, **BUILTIN_FORMATS}
    styles: list[str] = []
    for part in parts:
        root = _parsed(archive, part, path)
        for node in _named(root, "numFmt"):
            codes[_whole_number(_attribute(node, "numFmtId"), 0)] = _attribute(node, "formatCode")
        for cells in _named(root, "cellXfs"):
            styles += [
                codes.get(_whole_number(_attribute(node, "numFmtId"), 0), "General") for node in _named(cells, "xf")
            ]
    return styles


def _parsed(archive: zipfile.ZipFile, name: str, path: str) -> etree._Element:
    return guard.parse_xml(guard.read_entry(archive, name, path, kind=KIND), path, name=guard.one_line(name))


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of that name, in either of the two namespaces that workbooks have."""
    return root.iter("{*}" + name)


def _name(node: etree._Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _attribute(node: etree._Element, name: str) -> str:
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _unescaped(text: str) -> str:
    """A text with what XML has no way to write: _x0007_ is a bell, and _x005F_ an underscore (ECMA-376, 22.9.2.19)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _whole_number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.strip().isdigit() and len(text) < 10 else otherwise


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
