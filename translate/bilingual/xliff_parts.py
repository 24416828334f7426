"""What both versions of XLIFF have in common when they are read: texts with inline tags, and units as rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from translate.bilingual.cells import unescape
from translate.bilingual.match import is_edit
from translate.bilingual.rows import NEW, Row
from translate.bilingual.xliff_text import PRIORITY
from translate.errors import InputError, Problem
from translate.tmx import language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml import etree

DEPTH: Final = 64  # of inline tags, and of groups
ACCEPTED: Final = "accepted"
EDITED: Final = "edited"
REJECTED: Final = "rejected"
_HAN: Final = re.compile("[\u3400-\u9fff]")
REMEDY: Final = "export it again from the program that wrote it"


@dataclass(slots=True)
class Found:
    """A unit as a file has it. `cells` are fields of the row that need no thought."""

    id: str
    source: str
    target: str
    made: str | None  # None: the file does not say what had been made
    status: str = NEW
    comments: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    priorities: list[int] = field(default_factory=list)  # of the findings
    cells: dict[str, str] = field(default_factory=dict)

    def add_finding(self, text: str, priority: str) -> None:
        """A finding of ours, with its priority if that is a number."""
        self.findings.append(text)
        self.priorities += [int(priority)] if priority.isdecimal() and len(priority) < 3 else []

    def row(self) -> Row:
        """As a row: a target that is no longer what was made is the reviewer's text.

        Where nothing had been made, a target that is the Chinese source is none: programs copy it there.
        """
        copied = bool(_HAN.search(self.source)) and self.target.strip() == self.source.strip()
        made = self.target if self.made is None else self.made
        if copied and not (self.made or "").strip():
            made = self.target = ""
        edited = bool(self.target.strip()) and is_edit(made, self.target, typed=True)
        emptied = bool(made.strip()) and not self.target.strip()
        return Row(
            **{"block": "", "kind": "paragraph", **{name: text for name, text in self.cells.items() if text}},
            id=self.id,
            source=self.source,
            target="" if emptied else made,
            reviewed=self.target if edited else "",
            status=EDITED if edited and self.status != REJECTED else self.status,
            severity=_severity(self.priorities),
            findings="; ".join(self.findings),
            comment="\n".join(self.comments),
        )


def local(element: Any) -> str:
    """The element's name without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The children with one of the names, whatever their namespace."""
    return (child for child in element if local(child) in names)


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name."""
    return next(children(element, name), None)


def text_of(element: etree._Element | None, inline: Callable[[etree._Element], str | None], path: str) -> str:
    """The text of a source or target. `inline` says what a tag stands for; None: its own text, its tags likewise."""
    return "" if element is None else "".join(_pieces(element, inline, path, 0))


def content(element: etree._Element | None) -> str:
    """All the text in an element that has no inline tags."""
    return "" if element is None else "".join(map(str, element.itertext()))


def kept(element: etree._Element) -> str:
    """A text that was written escaped."""
    return unescape(content(element))


def matched(likeness: str, match: etree._Element, source: str, target: str) -> str:
    """A memory match in the words of a row."""
    origin = match.get("origin")
    return f"{likeness}{f' ({origin})' if origin else ''}: {source} = {target}"


def is_translated(unit: etree._Element) -> bool:
    """Whether a unit is to be translated at all: as it or the nearest element around it says."""
    said = (element.get("translate") for element in (unit, *unit.iterancestors()))
    return next((value for value in said if value), "yes") != "no"


def check_languages(element: etree._Element, source: str, target: str, path: str) -> None:
    """InputError unless the attributes `source` and `target` say Chinese to English; the target may be left out."""
    named = (
        (source, element.get(source) or "", "zh", "Chinese (zh)"),
        (target, element.get(target), "en", "English (en)"),
    )
    problems = [
        Problem(f"{name} is {language!r}, not {wanted}", path, element.sourceline, remedy="is it another pair's file?")
        for name, language, code, wanted in named
        if language is not None and language_of(language) != code
    ]
    InputError.raise_if(problems)


def check_depth(unit: etree._Element, path: str) -> None:
    """InputError for a unit that is deeper in groups than any program writes."""
    if sum(1 for _ in unit.iterancestors()) > DEPTH:
        raise _too_deep(unit, path)


def _pieces(
    element: etree._Element, inline: Callable[[etree._Element], str | None], path: str, depth: int
) -> Iterable[str]:
    if depth > DEPTH:
        raise _too_deep(element, path)
    pieces = [element.text or ""]
    for inner in element:
        meant = inline(inner) if local(inner) else ""
        pieces += _pieces(inner, inline, path, depth + 1) if meant is None else [meant]
        pieces.append(inner.tail or "")
    return pieces


def character(code: str) -> str:
    """The character of a hexadecimal code point; nothing for what is none."""
    try:
        return chr(int(code, 16)) if code.isalnum() and len(code) <= 8 else ""
    except (ValueError, OverflowError):
        return ""


def _severity(priorities: Iterable[int]) -> str:
    levels = {priority: level.value for level, priority in PRIORITY.items()}
    return levels.get(min(priorities, default=0), "")


def _too_deep(element: etree._Element, path: str) -> InputError:
    return InputError(Problem(f"tags are nested more than {DEPTH} deep", path, element.sourceline, remedy=REMEDY))
