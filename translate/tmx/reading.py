"""Read TMX: whatever program wrote it, in any encoding, with memory for one unit.

A document type without entities is passed over, as every TMX file of some programs has it; nothing is loaded for it.
One that declares entities is refused. Inline tags (bpt, ept, it, ph, ut) are dropped with the codes that they hold,
`hi` is dropped and its text kept, `ph` of type `lb` is a line break, and our own `ph` of type `x-char` the character
that it names.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from translate.errors import InputError, Problem
from translate.formats.guard import one_line
from translate.tmx.units import TmxUnit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

UNIT_BYTES: Final = 16 * 2**20  # from the end of one unit to the end of the next
UNIT_TAGS: Final = 100_000
CHARACTER: Final = "x-char"  # the type of a ph that stands for a character which XML cannot hold
_CODES: Final = {"bpt", "ept", "it", "ph", "ut"}
_LANGUAGE: Final = ("{http://www.w3.org/XML/1998/namespace}lang", "lang")  # TMX 1.1 has it without xml:
_TIME: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z)?", re.ASCII)
_REMEDY: Final = "export the memory again from the program that wrote it"


def read_units(stream: BinaryIO, path: str) -> Iterator[TmxUnit]:
    """The units of a TMX file in order. Raises InputError where the file stops being one, with the line."""
    from lxml import etree

    limited = _Limited(stream, path)
    events = etree.iterparse(
        limited,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    root: etree._Element | None = None
    tags = 0
    try:
        for event, element in events:
            if root is None:
                root = element
                _check_root(element, path)
            tags += event == "end"
            if tags > UNIT_TAGS:
                raise InputError(Problem(f"more than {UNIT_TAGS:,} tags in one unit", path, element.sourceline))
            if event == "end" and _name(element) == "tu":
                yield _unit(element)
                tags = 0
                limited.allow()
                _forget(element)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        said = one_line(error).partition(", line ")[0]
        what = "the file is empty" if root is None and not limited.begun else f"not valid XML: {said}"
        raise InputError(Problem(what, path, line or None, column or None, _REMEDY)) from None


class _Limited:
    """A file of which no unit may take more than UNIT_BYTES: the parser holds all of a unit until it ends."""

    def __init__(self, stream: BinaryIO, path: str) -> None:
        self._stream = stream
        self._path = path
        self._left = UNIT_BYTES
        self.begun = False

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        self.begun = self.begun or bool(data)
        if self._left < 0:
            raise InputError(Problem(f"a unit of over {UNIT_BYTES:,} bytes", self._path, remedy=_REMEDY))
        return data

    def allow(self) -> None:
        """Another unit may come."""
        self._left = UNIT_BYTES


def _check_root(root: etree._Element, path: str) -> None:
    """Before anything is read from it: it is TMX, and has no entities that its texts could grow by."""
    if _name(root) != "tmx":
        raise InputError(Problem(f"not a TMX file: it begins with <{one_line(_name(root))}>", path, root.sourceline))
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise InputError(Problem("declares entities, which may hide anything", path, remedy=_REMEDY))


def _forget(unit: etree._Element) -> None:
    """Let go of a unit and of all before it."""
    unit.clear()
    parent = unit.getparent()
    while parent is not None and unit.getprevious() is not None:
        del parent[0]


def _unit(element: etree._Element) -> TmxUnit:
    props: list[tuple[str, str]] = []
    notes: list[str] = []
    variants: list[Variant] = []
    for child in element:
        name = _name(child)
        if name == "tuv":
            variants += _variants(child)
            for inner in child:
                _take(inner, props, notes)
        else:
            _take(child, props, notes)
    created, changed = (_time(element.get(name)) for name in ("creationdate", "changedate"))
    line = element.sourceline
    return TmxUnit(element.get("tuid") or "", tuple(variants), tuple(props), tuple(notes), created, changed, line)


def _take(element: etree._Element, props: list[tuple[str, str]], notes: list[str]) -> None:
    if _name(element) == "prop":
        props.append((element.get("type") or "", _text(element)))
    elif _name(element) == "note":
        notes.append(_text(element))


def _variants(element: etree._Element) -> Iterator[Variant]:
    language = next((value for name in _LANGUAGE if (value := element.get(name))), "")
    changed = _time(element.get("changedate")) or _time(element.get("creationdate"))
    for child in element:
        if _name(child) == "seg":
            yield Variant(language, _text(child), changed)


def _text(element: etree._Element) -> str:
    """The text of a segment, its inline tags dropped."""
    parts = [element.text or ""]
    for child in element:
        parts += [_inline(child), child.tail or ""]
    return "".join(parts)


def _inline(element: etree._Element) -> str:
    name = _name(element)
    if not name:
        return element.text or ""  # an entity that nobody has declared, as it is written
    if name not in _CODES:
        return _text(element)
    if element.get("type") == CHARACTER:
        return _character(element.text or "")
    return "\n" if name == "ph" and element.get("type") == "lb" else ""


def _character(code: str) -> str:
    """The character of `U+0007`; nothing for anything else."""
    try:
        return chr(int(code.removeprefix("U+"), 16)) if code.startswith("U+") and len(code) <= 8 else ""
    except (ValueError, OverflowError):
        return ""


def _name(element: Any) -> str:
    """The element's name without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _time(value: str | None) -> datetime | None:
    """A time such as 20261124T104216Z, or a date alone; None for what is neither."""
    parts = _TIME.fullmatch(value or "")
    if parts is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in parts.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
