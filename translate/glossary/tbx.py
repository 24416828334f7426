"""Termbases as XML: TBX v3 (ISO 30042:2019, TBX-Basic with data categories as tags) and the older martif.

One concept holds what we say about one source. In TBX v3 forbidden renderings are deprecated terms; OmegaT, which
reads martif, offers every English term as a translation, so there they are in a note ("never: ..."). What neither
format has a place for (keep, first mention, other parts of speech) is in notes as well ("rule: keep"). Both are read
by the same code, in either style, with other languages and data categories left out.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from translate.errors import Problem
from translate.glossary.header import COLUMNS
from translate.glossary.match import key_of
from translate.glossary.sheets import Row
from translate.records import Rule, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

TBX: Final = "urn:iso:std:iso:30042:ed-2"
MIN: Final = "http://www.tbxinfo.net/ns/min"
BASIC: Final = "http://www.tbxinfo.net/ns/basic"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
PARTS_OF_SPEECH: Final = frozenset(("noun", "verb", "adjective", "adverb", "other"))
PREFERRED: Final = "preferredTerm-admn-sts"
ADMITTED: Final = "admittedTerm-admn-sts"
DEPRECATED: Final = "deprecatedTerm-admn-sts"
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REMARK: Final = re.compile(r"(rule|first mention|pos|never): (.*)", re.DOTALL)


def tbx_rows(data: bytes) -> tuple[list[Row], list[Problem]]:
    """The concepts with a Chinese and an English term, as rows of our sheet; a row's line is its concept's."""
    from lxml import etree

    rows = [Row(1, COLUMNS)]
    parser = etree.iterparse(
        io.BytesIO(data),
        tag=("{*}conceptEntry", "{*}termEntry"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, concept in parser:
            rows.extend(_rows_of(concept))
            concept.clear()
    except etree.XMLSyntaxError as error:
        return [], [Problem(f"not well-formed XML: {error.msg}", line=error.lineno, column=error.offset)]
    if parser.root is not None and _declares_entities(parser.root):
        return [], [Problem("declares entities", remedy="a termbase needs none; remove the document type")]
    if len(rows) == 1:
        return [], [Problem("no concept with a Chinese and an English term", remedy="is this a TBX or martif file?")]
    return rows, []


def encode_tbx(terms: Iterable[Term]) -> bytes:
    """TBX v3, dialect TBX-Basic, data categories as tags."""
    from lxml import etree

    spaces = {None: TBX, "min": MIN, "basic": BASIC}
    root = etree.Element(f"{{{TBX}}}tbx", {"type": "TBX-Basic", "style": "dct", LANG: "zh-CN"}, nsmap=spaces)
    body = _body(root, f"{{{TBX}}}", "tbxHeader")
    for number, (shown, wanted, bans) in enumerate(_concepts(terms), 1):
        concept = etree.SubElement(body, f"{{{TBX}}}conceptEntry", {"id": f"c{number}"})
        if shown.category:
            _add(concept, f"{{{MIN}}}subjectField", shown.category)
        for note in _notes(shown):
            _add(concept, f"{{{TBX}}}note", note)
        sections = [etree.SubElement(concept, f"{{{TBX}}}langSec", {LANG: language}) for language in ("zh-CN", "en")]
        entries = [(sections[0], shown.source, "", "")]
        entries += [(sections[1], rendering, status, "") for rendering, status in _accepted(wanted)]
        for ban in bans:
            note = "" if ban is shown else ban.note
            entries += [(sections[1], rendering, DEPRECATED, note) for rendering in (ban.target, *ban.variants)]
        for section, text, status, note in entries:
            part = etree.SubElement(section, f"{{{TBX}}}termSec")
            _add(part, f"{{{TBX}}}term", text)
            if shown.pos in PARTS_OF_SPEECH:
                _add(part, f"{{{MIN}}}partOfSpeech", shown.pos)
            if status:
                _add(part, f"{{{MIN}}}administrativeStatus", status)
            if note:
                _add(part, f"{{{TBX}}}note", note)
    return _written(root)


def encode_martif(terms: Iterable[Term]) -> bytes:
    """The older TBX (martif) that OmegaT reads; bans are in notes, for it offers every English term."""
    from lxml import etree

    root = etree.Element("martif", {"type": "TBX", LANG: "zh-CN"})
    body = _body(root, "", "martifHeader")
    for number, (shown, wanted, bans) in enumerate(_concepts(terms), 1):
        concept = etree.SubElement(body, "termEntry", {"id": f"c{number}"})
        if shown.category:
            _add(concept, "descrip", shown.category, type="subjectField")
        never = [f"never: {' | '.join((ban.target, *ban.variants))}" for ban in bans]
        for note in (*_notes(shown), *never):
            _add(concept, "note", note)
        entries = [("zh-CN", [(shown.source, "")]), ("en", list(_accepted(wanted)))]
        for language, renderings in entries:
            if not renderings:
                continue
            section = etree.SubElement(concept, "langSet", {LANG: language})
            for text, status in renderings:
                part = etree.SubElement(section, "tig")
                _add(part, "term", text)
                if shown.pos in PARTS_OF_SPEECH:
                    _add(part, "termNote", shown.pos, type="partOfSpeech")
                if status:
                    _add(part, "termNote", status, type="administrativeStatus")
    return _written(root)


def _concepts(terms: Iterable[Term]) -> Iterator[tuple[Term, Term | None, list[Term]]]:
    """(the term that describes the concept, the one to use if any, the bans) for each source."""
    grouped: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        grouped[key_of(term.source)].append(term)
    for group in grouped.values():
        wanted = next((term for term in group if term.rule is not Rule.FORBID), None)
        yield wanted or group[0], wanted, [term for term in group if term.rule is Rule.FORBID]


def _accepted(wanted: Term | None) -> Iterator[tuple[str, str]]:
    if wanted:
        yield wanted.target, PREFERRED
        yield from ((variant, ADMITTED) for variant in wanted.variants)


def _notes(term: Term) -> Iterator[str]:
    if term.note:
        yield term.note
    if term.rule is Rule.KEEP:
        yield "rule: keep"
    if term.first_mention:
        yield "first mention: yes"
    if term.pos and term.pos not in PARTS_OF_SPEECH:
        yield f"pos: {term.pos}"


def _body(root: _Element, space: str, header: str) -> _Element:
    from lxml import etree

    description = etree.SubElement(etree.SubElement(root, space + header), space + "fileDesc")
    _add(etree.SubElement(description, space + "sourceDesc"), space + "p", "Glossary of policy-translate")
    return etree.SubElement(etree.SubElement(root, space + "text"), space + "body")


def _add(parent: _Element, tag: str, text: str, **attributes: str) -> None:
    from lxml import etree

    etree.SubElement(parent, tag, attributes).text = _ILLEGAL.sub("", text)


def _written(root: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _rows_of(concept: _Element) -> Iterator[Row]:
    """Rows for each Chinese term of a concept: one to use, if it has an English term, and one of bans, if any."""
    texts = [_text(note) for note in concept.iterchildren("{*}note")]
    remarks = [(match[1], match[2]) for text in texts if (match := _REMARK.fullmatch(text))]
    said = dict(remarks)
    note = " ".join(text for text in texts if not _REMARK.fullmatch(text))
    english, bans, ban_notes = _english(concept)
    bans += [text for name, value in remarks if name == "never" for text in value.split(" | ")]
    for part in _parts(concept, "zh", "cmn"):
        source, line = _term(part), concept.sourceline or 1
        pos = said.get("pos") or _value(part, "partOfSpeech")
        shared = (_value(concept, "subjectField"), pos)
        first = "yes" if said.get("first mention") == "yes" else ""
        if english:
            rule = "keep" if said.get("rule") == "keep" or english == [source] else ""
            yield Row(line, (source, english[0], "|".join(english[1:]), rule, *shared, first, note))
        if bans:
            about = " ".join(ban_notes) if english else note
            yield Row(line, (source, bans[0], "|".join(bans[1:]), "forbid", *shared, "", about))


def _english(concept: _Element) -> tuple[list[str], list[str], list[str]]:
    """Renderings, preferred ones first; forbidden ones; and what is said about the latter."""
    accepted: list[tuple[int, str]] = []
    bans: list[str] = []
    notes: dict[str, None] = {}
    for part in _parts(concept, "en"):
        status = _value(part, "administrativeStatus") or _value(part, "normativeAuthorization")
        if status.startswith(("deprecated", "superseded")):
            bans.append(_term(part))
            notes |= dict.fromkeys(_text(note) for note in part.iterchildren("{*}note"))
        else:
            accepted.append((not status.startswith("preferred"), _term(part)))
    return [text for _, text in sorted(accepted, key=lambda pair: pair[0])], bans, list(notes)


def _parts(concept: _Element, *languages: str) -> Iterator[_Element]:
    for section in concept.iterchildren("{*}langSec", "{*}langSet"):
        if (section.get(LANG) or section.get("lang") or "").lower().startswith(languages):
            for part in section.iterchildren("{*}termSec", "{*}tig", "{*}ntig"):
                if _term(part):
                    yield part


def _term(part: _Element) -> str:
    found = next(part.iter("{*}term"), None)
    return "" if found is None else _text(found)


def _value(part: _Element, name: str) -> str:
    """A data category as a tag of its own, or as the type of a general one."""
    for element in part.iter("{*}" + name, "{*}descrip", "{*}termNote"):
        if element.get("type", name) == name:
            return _text(element)
    return ""


def _text(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _declares_entities(root: _Element) -> bool:
    declared = root.getroottree().docinfo.internalDTD
    return declared is not None and any(True for _ in declared.iterentities())
