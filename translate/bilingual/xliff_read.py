"""Read XLIFF of any version, ours or as a CAT tool gives it back; the content tells the version, not the suffix."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from translate.bilingual import xliff2_read, xliff12_read
from translate.bilingual.table import ROWS
from translate.bilingual.xliff_parts import REMEDY, children, local
from translate.errors import InputError, Problem
from translate.formats import guard

if TYPE_CHECKING:
    from lxml import etree

    from translate.bilingual.rows import Row

_VERSION: Final = re.compile(r"[12]\.\d+")


def loads(data: bytes, path: str) -> tuple[Row, ...]:
    """The rows of an XLIFF 1.0 to 2.2 file, units that are not to be translated left out; raises InputError.

    Of several `file` elements the ids get the file's name in front: only within a file are they unique.
    """
    root = guard.parse_xml(data, path, name="the file", remedy=REMEDY)
    if local(root) != "xliff":
        what = f"not an XLIFF file: it begins with <{guard.one_line(local(root))}>"
        raise InputError(Problem(what, path, root.sourceline, remedy="name it as what it is, or export it again"))
    reader = xliff12_read if _version(root, path).startswith("1") else xliff2_read
    files = list(children(root, "file"))
    rows: list[Row] = []
    for number, file in enumerate(files, 1):
        name = f"{file.get('original') or file.get('id') or number}:" if len(files) > 1 else ""
        for row in reader.rows(file, path):
            rows.append(replace(row, id=name + row.id) if name else row)
            guard.refuse_count(len(rows), "units", path, most=ROWS)
    if not rows:
        raise InputError(Problem("no unit in it is to be translated", path, remedy=REMEDY))
    return tuple(rows)


def _version(root: etree._Element, path: str) -> str:
    """As the attribute says, or else the namespace."""
    namespace, named, _ = str(root.tag).partition("}")
    said = root.get("version") or (namespace.rpartition(":")[2] if named else "")
    if not _VERSION.fullmatch(said):
        what = f"XLIFF of the version {guard.one_line(said)!r} is not read"
        raise InputError(Problem(what, path, root.sourceline, remedy="save it as XLIFF 1.2 or 2.1"))
    return said
