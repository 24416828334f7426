"""The units of XLIFF 2.0 to 2.2: their segments joined, in the order that the target has them in."""

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
from translate.bilingual.xliff_text import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from translate.bilingual.rows import Row

_CODES: Final = ("ph", "sc", "ec", "sm", "em")
_DONE: Final = ("reviewed", "final")


def rows(file: etree._Element, path: str) -> Iterator[Row]:
    """The rows of a `file` element, in its order."""
    root = file.getparent()
    if root is not None:
        check_languages(root, "srcLang", "trgLang", path)
    for number, unit in enumerate(file.iter("{*}unit"), 1):
        check_depth(unit, path)
        if is_translated(unit):
            yield _found(unit, unit.get("id") or str(number), path).row()


def _found(unit: etree._Element, name: str, path: str) -> Found:
    known = _known(unit)
    found = Found(
        id=known.pop("id", "") or name,
        source="".join(
            text_of(child(part, "source"), _inline, path) for part in children(unit, "segment", "ignorable")
        ),
        target=_target(unit, path),
        made=known.pop("made", None),
        status=_status(list(children(unit, "segment"))),
    )
    found.cells = {name: known.get(name, "") for name in ("block", "kind", "origin", "score")}
    for notes in children(unit, "notes"):
        for note in children(notes, "note"):
            _take(note, found)
    matches = [match for group in children(unit, "matches") for match in children(group, "match")]
    found.cells["memory"] = "; ".join(_match(match, path) for match in matches)
    entries = [entry for group in children(unit, "glossary") for entry in children(group, "glossEntry")]
    found.cells["terms"] = "; ".join(f"{content(child(entry, 'term'))} = {_rendering(entry)}" for entry in entries)
    return found


def _target(unit: etree._Element, path: str) -> str:
    """The targets joined; what stands between segments is as in the source where it was not translated."""
    parts = list(children(unit, "segment", "ignorable"))
    if all(child(part, "target") is None for part in parts):
        return ""
    placed: list[tuple[int, str]] = []
    for position, part in enumerate(parts, 1):
        target = child(part, "target")
        order = (target.get("order") if target is not None else "") or ""
        shown = child(part, "source") if target is None and local(part) == "ignorable" else target
        number = int(order) if order.isdecimal() and len(order) < 7 else position
        placed.append((number, text_of(shown, _inline, path)))
    return "".join(text for _, text in sorted(placed, key=lambda one: one[0]))


def _status(segments: list[etree._Element]) -> str:
    if any(segment.get("subState") == f"{OURS}:rejected" for segment in segments):
        return REJECTED
    return ACCEPTED if segments and all(segment.get("state") in _DONE for segment in segments) else NEW


def _known(unit: etree._Element) -> dict[str, str]:
    """What we had written of the unit; empty in a file that is not ours."""
    return {
        meta.get("type") or "": kept(meta)
        for metadata in children(unit, "metadata")
        for group in children(metadata, "metaGroup")
        if group.get("category") == OURS
        for meta in children(group, "meta")
    }


def _take(note: etree._Element, found: Found) -> None:
    """A note of ours is a finding; any other one is a comment."""
    text = content(note)
    if note.get("category") == f"{OURS}:finding":
        found.add_finding(text, note.get("priority") or "")
    elif text.strip():
        found.comments.append(text.strip())


def _match(match: etree._Element, path: str) -> str:
    source, target = (text_of(child(match, name), _inline, path) for name in ("source", "target"))
    try:
        likeness = f"{float(match.get('similarity') or match.get('matchQuality') or '') / 100:.0%}"
    except ValueError:
        likeness = "?"
    return matched(likeness, match, source, target)


def _rendering(entry: etree._Element) -> str:
    return " / ".join(content(translation) for translation in children(entry, "translation"))


def _inline(element: etree._Element) -> str | None:
    name = local(element)
    if name == "cp":
        return character(element.get("hex") or "")
    if name not in _CODES:
        return None
    return "\n" if name == "ph" and element.get("subType") == "xlf:lb" else ""
