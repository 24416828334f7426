r"""Texts and tags of XLIFF, written by hand so that the same run gives the same bytes.

What XML 1.0 cannot hold (most control characters, lone surrogates) stands in a source or target as an inline element:
in XLIFF 2 `<cp hex="0007"/>`, in 1.2 `<ph id="c1" ctype="x-char">U+0007</ph>`, which CAT tools show as a tag. In what
only programs read (what was made, where from) it is escaped as in the sheets, `\x07`; in notes it becomes U+FFFD.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from translate.errors import OutputError, Problem
from translate.formats import guard
from translate.records import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate.bilingual.rows import Row
    from translate.records import Run

CHINESE, ENGLISH = "zh-CN", "en-US"
OURS: Final = "policy-translate"  # what our notes, contexts and groups are marked with
CHARACTER: Final = "x-char"
PRIORITY: Final = {Severity.ERROR: 1, Severity.WARNING: 4, Severity.NOTE: 7}  # 1 is the highest of 10
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_IN_XML: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_SPECIAL: Final = re.compile(f"[&<>\r{_NOT_IN_XML}]")
_IN_ATTRIBUTE: Final = re.compile(f'[&<>"\r\n\t{_NOT_IN_XML}]')
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


def tag(name: str, content: str | None, /, **attributes: str | None) -> str:
    """An element around `content`, which is XML already. Attributes without a value are left out; `xml_lang` is
    written xml:lang, and `state_qualifier` state-qualifier."""
    said = "".join(
        f' {_attribute_name(key)}="{_IN_ATTRIBUTE.sub(_entity, value)}"' for key, value in attributes.items() if value
    )
    return f"<{name}{said}/>" if content is None else f"<{name}{said}>{content}</{name}>"


def encoded(root: str, run: Run) -> bytes:
    """The whole file; OutputError for one that would be too large to be read back, of some 60,000 segments."""
    data = f"{DECLARATION}{root}\n".encode()
    if len(data) > guard.TEXT_BYTES or data.count(b"<") > guard.TAGS:
        what = f"{len(run.units):,} segments are more than an XLIFF file can hold and be read back"
        raise OutputError(Problem(what, run.document.path, remedy="use tmx or tsv, or split the document"))
    return data


def plain(text: str) -> str:
    """A text that has no inline elements: what XML cannot hold becomes U+FFFD."""
    return _SPECIAL.sub(_entity, text)


def with_ph(text: str) -> str:
    """A source or target of XLIFF 1.2. The ids of the placeholders count from c1 in each."""
    return _inline(text, lambda place, code: tag("ph", f"U+{code:04X}", id=f"c{place}", ctype=CHARACTER))


def with_cp(text: str) -> str:
    """A source or target of XLIFF 2."""
    return _inline(text, lambda _, code: tag("cp", None, hex=f"{code:04X}"))


def final_text(row: Row) -> str:
    """The English of a row: as reviewed, or else as it was made."""
    return row.reviewed if row.reviewed.strip() else row.target


def is_done(row: Row) -> bool:
    """Whether a reviewer has accepted or changed a row."""
    edited = bool(row.reviewed.strip()) and row.reviewed != row.target
    return row.status in ("accepted", "edited") or (edited and row.status != "rejected")


def is_flagged(row: Row) -> bool:
    """Whether somebody must look at a row: it has errors or warnings."""
    return row.severity in (Severity.ERROR, Severity.WARNING)


def _inline(text: str, written: Callable[[int, int], str]) -> str:
    place = 0

    def one(match: re.Match[str]) -> str:
        nonlocal place
        if match[0] in _ENTITIES:
            return _ENTITIES[match[0]]
        place += 1
        return written(place, ord(match[0]))

    return _SPECIAL.sub(one, text)


def _entity(match: re.Match[str]) -> str:
    return _ENTITIES.get(match[0], "\ufffd")


def _attribute_name(key: str) -> str:
    name = key.rstrip("_")
    return name.replace("xml_", "xml:").replace("_", "-")
