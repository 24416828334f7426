"""Write TMX 1.4b: a unit at a time, with memory for one.

There is no document type in it: nothing has to be fetched to read it. Characters that XML cannot hold (most control
characters, lone surrogates) stand in a segment as `<ph type="x-char">U+0007</ph>`, which other programs show as a
tag and translate.tmx.reading turns back into the character; in notes and props they become U+FFFD.
"""

from __future__ import annotations

import re
from datetime import UTC
from importlib.metadata import version
from typing import TYPE_CHECKING, BinaryIO, Final

from translate.tmx.reading import CHARACTER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from translate.tmx.units import TmxUnit

_NOT_IN_XML: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_SPECIAL: Final = re.compile(f'[&<>"\r{_NOT_IN_XML}]')
_IN_ATTRIBUTE: Final = re.compile(f'[&<>"\r\n\t{_NOT_IN_XML}]')
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


def write_units(units: Iterable[TmxUnit], stream: BinaryIO, *, source: str = "zh-CN", kind: str = "plaintext") -> int:
    """Write units as a whole TMX file in UTF-8; how many. `source` is the language that they were translated from."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="policy-translate" creationtoolversion="{_attribute(version("policy-translate"))}" '
        f'segtype="sentence" o-tmf="policy-translate" adminlang="en-US" srclang="{_attribute(source)}" '
        f'datatype="{_attribute(kind)}"/>\n<body>\n'
    )
    stream.write(head.encode())
    count = 0
    for count, unit in enumerate(units, 1):  # noqa: B007  # the last one is returned
        stream.write(_unit(unit).encode())
    stream.write(b"</body>\n</tmx>\n")
    return count


def _unit(unit: TmxUnit) -> str:
    attributes = {"tuid": unit.id, "creationdate": _time(unit.created), "changedate": _time(unit.changed)}
    said = "".join(f' {name}="{_attribute(value)}"' for name, value in attributes.items() if value)
    lines = [
        f"<tu{said}>",
        *(f"<note>{_plain(note)}</note>" for note in unit.notes if note),
        *(f'<prop type="{_attribute(type)}">{_plain(value)}</prop>' for type, value in unit.props),
        *(
            f'<tuv xml:lang="{_attribute(variant.language)}"><seg>{_segment(variant.text)}</seg></tuv>'
            for variant in unit.variants
        ),
        "</tu>\n",
    ]
    return "\n".join(lines)


def _segment(text: str) -> str:
    place = 0

    def written(match: re.Match[str]) -> str:
        nonlocal place
        if match[0] in _ENTITIES:
            return _ENTITIES[match[0]]
        place += 1
        return f'<ph x="{place}" type="{CHARACTER}">U+{ord(match[0]):04X}</ph>'

    return _SPECIAL.sub(written, text)


def _plain(text: str) -> str:
    return _SPECIAL.sub(_entity, text)


def _attribute(text: str) -> str:
    return _IN_ATTRIBUTE.sub(_entity, text)


def _entity(match: re.Match[str]) -> str:
    return _ENTITIES.get(match[0], "\ufffd")


def _time(time: datetime | None) -> str:
    return "" if time is None else f"{time.astimezone(UTC):%Y%m%dT%H%M%SZ}"
