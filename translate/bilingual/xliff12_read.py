"""The units of XLIFF 1.2, also as OmegaT, Trados and memoQ write them back.

Segmented texts (`mrk` of type seg) are joined, inline tags dropped with the codes in them, attributes and elements of
other namespaces passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from translate.bilingual.rows import NEW
from translate.bilingual.xliff_parts import (
    ACCEPTED,
    REJECTED,
    Found,
    character,
    check_depth,
    check_languages,
    child,
    children,
    content,
    is_translated,
    kept,
    local,
    matched,
    text_of,
)
from translate.bilingual.xliff_text import CHARACTER, OURS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from translate.bilingual.rows import Row

_CODES: Final = ("x", "bx", "ex", "bpt", "ept", "ph", "it", "sub")
_DONE: Final = ("final", "signed-off")


def rows(file: etree._Element, path: str) -> Iterator[Row]:
    """The rows of a `file` element, in its order."""
    check_languages(file, "source-language", "target-language", path)
    for number, unit in enumerate(file.iter("{*}trans-unit"), 1):
        check_depth(unit, path)
        if is_translated(unit):
            yield _found(unit, unit.get("id") or str(number), path).row()


def _found(unit: etree._Element, name: str, path: str) -> Found:
    target = child(unit, "target")
    contexts = _contexts(unit)
    found = Found(
        id=name,
        source=text_of(child(unit, "source"), _inline, path),
        target=text_of(target, _inline, path),
        made=contexts.get("x-made"),
        status=_status(unit, target),
    )
    found.cells = {"origin": contexts.get("x-origin", ""), "score": contexts.get("x-score", "")}
    if contexts:
        found.cells |= {"block": unit.get("resname") or "", "kind": (unit.get("restype") or "").removeprefix("x-")}
    for note in children(unit, "note"):
        _take(note, found)
    found.cells["memory"] = "; ".join(_match(match, path) for match in children(unit, "alt-trans"))
    return found


def _status(unit: etree._Element, target: etree._Element | None) -> str:
    state, qualifier = ("", "") if target is None else (target.get("state") or "", target.get("state-qualifier") or "")
    if qualifier.startswith("rejected"):
        return REJECTED
    return ACCEPTED if state in _DONE or unit.get("approved") == "yes" else NEW


def _contexts(unit: etree._Element) -> dict[str, str]:
    """What we had written of the unit, by context type; empty in a file that is not ours."""
    return {
        context.get("context-type") or "": kept(context)
        for group in children(unit, "context-group")
        if group.get("name") == OURS
        for context in children(group, "context")
    }


def _take(note: etree._Element, found: Found) -> None:
    """A note of ours is a finding or the terms; any other one is a comment."""
    author, text = note.get("from") or "", content(note)
    if author == f"{OURS} finding":
        found.add_finding(text, note.get("priority") or "")
    elif author == f"{OURS} terms":
        found.cells["terms"] = text
    elif text.strip():
        found.comments.append(text.strip())


def _match(match: etree._Element, path: str) -> str:
    source, target = (text_of(child(match, name), _inline, path) for name in ("source", "target"))
    return matched(match.get("match-quality") or "?", match, source, target)


def _inline(element: etree._Element) -> str | None:
    name = local(element)
    if name not in _CODES:
        return None
    kind = element.get("ctype")
    if name == "ph" and kind == CHARACTER:
        return character((element.text or "").removeprefix("U+"))
    return "\n" if kind == "lb" and name in ("x", "ph") else ""
