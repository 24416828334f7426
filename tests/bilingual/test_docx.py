"""The bilingual table in Word: as it is written, as people and programs change it, and what is refused."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.bilingual.sheets import make_run, repacked
from tests.formats.test_docx import W, p, package, r, rels
from translate.bilingual import docx, dumps, load_rows
from translate.bilingual.docx_read import TRACKED
from translate.bilingual.rows import row_of
from translate.errors import InputError, OutputError
from translate.formats import guard
from translate.records import Match, Run

if TYPE_CHECKING:
    from pathlib import Path

    from translate.bilingual.rows import Row

MAIN = "word/document.xml"
HARD = (
    ("控制\x07字符", "a \x00 bell \x1b[31m \x85 \ufffe\uffff"),
    ("单个\ud800代理", "lone \ud83d surrogates"),
    ("<标签>&实体;", "<b>&amp; ]]> \"'"),
    ("\u3000缩进\t制表\n换行\r回车 ", "  spaces\tand\nlines\r\n\nhere  "),
    (r"路径 C:\new\x07", r"path C:\new\x07"),
    ("'引号", "'tis quoted"),
    ("=1+1", "=cmd|' /C calc'!A0"),
    ("", "an addition"),
    ("未译", ""),
)
# The order that the schema wants the children in (ECMA-376, part 1, 17.3, 17.4 and 17.5).
ORDER = {
    "pPr": ("pStyle", "keepNext", "spacing", "jc", "rPr"),
    "rPr": ("rFonts", "b", "noProof", "color", "sz", "szCs", "lang"),
    "tblPr": ("tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar"),
    "tcPr": ("tcW", "gridSpan", "tcBorders", "shd"),
    "sdtPr": ("alias", "dropDownList"),
    "sectPr": ("footerReference", "pgSz", "pgMar"),
    "tbl": ("tblPr", "tblGrid", "tr"),
    "tr": ("trPr", "tc"),
    "tc": ("tcPr", "p"),
    "p": ("pPr", "sdt", "r", "fldSimple"),
    "r": ("rPr", "t", "br"),
    "style": ("name", "basedOn", "pPr", "rPr", "tblPr"),
}


def written(data: bytes, name: str = MAIN) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def check_valid(data: bytes) -> None:
    """Every part is well-formed, children are known and in order, every cell ends in a paragraph, rows are whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = [etree.fromstring(archive.read(name)) for name in archive.namelist()]
    for element in (element for root in roots for element in root.iter(f"{{{W}}}*")):
        known = ORDER.get(local(element))
        if known:
            names = [local(child) for child in element]
            assert set(names) <= set(known), element.tag
            if local(element) not in ("r", "p"):
                assert names == sorted(names, key=known.index), (element.tag, names)
    table = written(data).find(f".//{{{W}}}tbl")
    assert table is not None
    columns = len(table.findall(f"{{{W}}}tblGrid/{{{W}}}gridCol"))
    for row in table.iter(f"{{{W}}}tr"):
        cells = row.findall(f"{{{W}}}tc")
        assert len(cells) == columns
        assert all(local(cell[-1]) == "p" for cell in cells)


def hard_run() -> Run:
    run = make_run(HARD)
    match = Match("控制", "Control\x07", 0.85, "plan.txt")
    units = (run.units[0], replace(run.units[1], matches=(match,)), *run.units[2:])
    return Run(replace(run.document, path='a/"一" & <二>\x01.docx'), units, run.manifest)


@pytest.mark.parametrize("run", [make_run(), hard_run(), make_run(())], ids=["plain", "hard", "short"])
def test_what_is_written_is_valid_and_comes_back(run: Run) -> None:
    data = dumps(run, "docx")
    check_valid(data)
    assert data == dumps(run, "docx")
    rows = docx.loads(data, "x")
    assert [(row.id, row.source, row.target, row.status, row.reviewed, row.comment) for row in rows] == [
        (unit.id, unit.source, unit.target, "new", "", "") for unit in run.units
    ]
    assert rows[0].findings.split("\n") == [
        "error: term: «new era» is missing",
        "note: case: small",
        "terms: 技能中国 = Skills China; 新时代 = new era (missing)",
    ]


def test_another_reader_sees_a_landscape_table_with_a_repeated_header() -> None:
    document = python_docx.Document(io.BytesIO(dumps(make_run(), "docx")))
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width > section.page_height
    assert document.paragraphs[0].text == "Review: a.txt"
    assert "3 segments: 1 with errors." in document.paragraphs[1].text
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == list(docx.WIDTHS)
    assert [cell.text for cell in table.rows[2].cells[:3]] == ["b0002.s01", "四十", "Forty"]
    assert table.rows[0]._tr.find(f"{{{W}}}trPr/{{{W}}}tblHeader") is not None
    widths = [cell.width.twips for cell in table.rows[0].cells if cell.width is not None]
    assert sum(widths) == (section.page_width - 2 * 850 * 635) / 635


def test_what_a_reviewer_said_is_in_it() -> None:
    run = make_run()
    said = {"status": "edited", "comment": "ok: number\nsecond", "reviewed": "Some forty"}
    rows = [row_of(run.units[0]), replace(row_of(run.units[1]), **said), row_of(run.units[2])]
    row = docx.loads(docx.dumps(run, rows), "x")[1]
    assert (row.target, row.status, row.comment) == ("Some forty", "edited", "ok: number\nsecond")


def test_a_table_too_large_to_be_read_back_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "TAGS", 400)
    with pytest.raises(OutputError, match="more than a Word table can hold"):
        dumps(make_run((("甲", "A"),) * 10), "docx")


texts = st.text(st.characters(codec=None), max_size=30)


@settings(max_examples=30, deadline=None)
@given(pairs=st.lists(st.tuples(texts, texts), min_size=1, max_size=3))
def test_any_text_comes_back(pairs: list[tuple[str, str]]) -> None:
    data = dumps(make_run(tuple(pairs)), "docx")
    check_valid(data)
    assert [(row.source, row.target) for row in docx.loads(data, "x")][1:] == pairs


def tc(*inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(inside)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    whole = "".join(cell if cell.startswith("<") else tc(p(r(cell))) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{whole}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


HEAD = tr("id", "source", "target", "status", "findings", "comment")


def read(*rows: str) -> list[tuple[str, ...]]:
    """(id, source, target, status, comment) of each row."""
    return shown(docx.loads(package(tbl(*rows)), "x"))


def shown(rows: tuple[Row, ...]) -> list[tuple[str, ...]]:
    return [(row.id, row.source, row.target, row.status, row.comment) for row in rows]


def changed(kind: str, text: str) -> str:
    inner = r(text).replace("w:t", "w:delText") if kind == "del" else r(text)
    return f'<w:{kind} w:id="1" w:author="Li">{inner}</w:{kind}>'


BREAK = "<w:r><w:br/></w:r>"
CELLS = {
    "plain": (p(r("one"), r(" two", "<w:b/>")), "one two", False),
    "nothing": (p(), "", False),
    "paragraphs and breaks": (p(r("one")) + p(r("two"), BREAK, r("three")), "one\ntwo\nthree", False),
    "a tab": (p(r("one"), "<w:r><w:tab/></w:r>", r("two")), "one\ttwo", False),
    "insertion and deletion": (p(r("one "), changed("del", "two"), changed("ins", "three")), "one three", True),
    "moved": (p(changed("moveFrom", "two "), r("one"), changed("moveTo", " two")), "one two", True),
    "inserted and deleted again": (
        p(r("one"), f'<w:ins w:id="1" w:author="Li">{changed("del", "two")}</w:ins>'),
        "one",
        True,
    ),
    "all deleted": (p(changed("del", "one")), "", True),
    "a paragraph's end deleted": (
        f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{r("one")}</w:p>' + p(r(" two")),
        "one two",
        False,
    ),
    "only a look changed": (p(r("one", '<w:b/><w:rPrChange w:id="1"><w:rPr/></w:rPrChange>')), "one", False),
    "a content control": (
        p(f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{r('one')}</w:sdtContent></w:sdt>"), "one", False,
    ),
    "a control around a paragraph": (f"<w:sdt><w:sdtContent>{p(r('one'))}</w:sdtContent></w:sdt>", "one", False),
    "a link": (p(f'<w:hyperlink w:anchor="x">{r("one")}</w:hyperlink>'), "one", False),
    "a field": (
        p('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDEAUTO c:\\\\x</w:instrText>'
          '<w:fldChar w:fldCharType="separate"/></w:r>', r("one")), "one", False,
    ),
    "marks": (p('<w:proofErr w:type="spellStart"/>', r("one"), '<w:bookmarkStart w:id="1" w:name="x"/>'), "one", False),
    "an escape": (p(r(r"a\x07b\\c\td")), "a\x07b\\c\td", False),
    "a text box": (
        p("<w:r><w:pict><w:txbxContent>" + p(r("box")) + "</w:txbxContent></w:pict></w:r>", r("one")), "one", False,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("inside", "text", "tracked"), CELLS.values(), ids=CELLS)
def test_a_cell(inside: str, text: str, tracked: bool) -> None:
    assert read(HEAD, tr("1", "甲", tc(inside), "new", "", "why")) == [
        ("1", "甲", text, "new", f"why\n{TRACKED}" if tracked else "why")
    ]


def test_changes_elsewhere_than_in_the_english_are_not_told() -> None:
    status = tc(p(changed("del", "new"), changed("ins", "accepted")))
    assert read(HEAD, tr("1", "甲", "A", status, "", tc(p(changed("ins", "fine"))))) == [
        ("1", "甲", "A", "accepted", "fine")
    ]


def test_columns_go_by_their_names() -> None:
    head = tr("No.", "Target ", "ID", "comment", "source")
    assert read(tr("Notice of 2024"), head, tr("1", "A", "b1", "c", "甲"), head, tr("2", "B", "b2", "", "乙")) == [
        ("b1", "甲", "A", "new", "c"),
        ("b2", "乙", "B", "new", ""),
    ]
    (row,) = docx.loads(package(tbl(tr("id", "source", "target", "reviewed"), tr("1", "甲", "A", "B"))), "x")
    assert (row.target, row.reviewed) == ("A", "B")


def test_rows_that_were_deleted_and_cells_that_were_merged() -> None:
    gone = tr("1", "甲", "A", "new", "", "", properties='<w:del w:id="1" w:author="Li"/>')
    wide = tr("2", "乙", "B", tc(p(r("accepted")), properties='<w:gridSpan w:val="2"/>'), "c")
    short = tr("3", "丙", "C")
    indented = tr("source", "C", properties='<w:gridBefore w:val="1"/>')
    assert read(HEAD, gone, wide, short, indented) == [
        ("2", "乙", "B", "accepted", "c"),
        ("3", "丙", "C", "", ""),
        ("", "source", "C", "", ""),
    ]


def test_a_table_that_was_split_and_others_around_it() -> None:
    nested = tc(tbl(tr("x", "y")), p(r("A")))
    body = tbl(tr("Li", "13 May")) + tbl(HEAD, tr("1", "甲", nested)) + p(r("text")) + tbl(tr("2", "乙", "B"))
    assert shown(docx.loads(package(body), "x")) == [("1", "甲", "x\ny\nA", "", ""), ("2", "乙", "B", "", "")]


def test_comments_in_the_margin() -> None:
    said = '<w:comment w:id="{}">{}</w:comment>'
    inner = said.format(3, p(r("why?")) + p(r("a\\b"))) + said.format(4, p())
    comments = f"<w:comments SPACES>{inner}</w:comments>"
    marks = "".join(f'<w:r><w:commentReference w:id="{number}"/></w:r>' for number in (3, 4, 5))
    for head, row in (
        (HEAD, tr("1", "甲", tc(p(r("A"), marks)), "new", "", "mine")),
        (tr("id", "source", "target"), tr("1", "甲", tc(p(r("A"), marks)))),
    ):
        data = package(
            tbl(head, row),
            others={"word/comments.xml": comments},
            relations=rels(("rId9", "comments", "comments.xml")),
        )
        mine = "mine\n" if head == HEAD else ""
        assert shown(docx.loads(data, "x")) == [("1", "甲", "A", "new", f"{mine}why?\na\\b")]


def test_strict_documents_and_macros() -> None:
    def strict(name: str, content: bytes) -> bytes:
        return content.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")

    data = repacked(dumps(make_run(), "docx"), strict)
    assert [row.target for row in docx.loads(data, "x")] == ["Skills China", "Forty", "40%"]
    macros = package(
        tbl(HEAD, tr("1", "甲", "A")),
        others={"word/vbaProject.bin": "x"},
        relations=rels(("rId8", "vbaProject", "vbaProject.bin"), ("rId9", "attachedTemplate", "http://a.example/")),
    )
    assert [row.target for row in docx.loads(macros, "x")] == ["A"]


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


def with_part(name: str, content: bytes) -> bytes:
    return repacked(dumps(make_run(), "docx"), lambda found, old: content if found == name else old)


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def deep(count: int) -> bytes:
    return package(
        tbl(HEAD, tr("1", "甲", tc(p("<w:sdt><w:sdtContent>" * count + r("A") + "</w:sdtContent></w:sdt>" * count))))
    )


WRONG = {
    "empty": (b"", "empty file"),
    "no zip": (b"id\tsource\ttarget\n", "not a valid docx"),
    "an old doc": (guard.OLE + b"x" * 600, "an old doc file or a password-protected docx"),
    "another zip": (zipped(a=b"x"), "no document part"),
    "a workbook": (dumps(make_run(), "xlsx"), "not a valid docx|no document part"),
    "entities": (with_part(MAIN, BOMB + b"<x>&b;</x>"), "declares a document type"),
    "an external one": (with_part(MAIN, b'<!DOCTYPE x SYSTEM "http://a.example/x"><x/>'), "declares a document type"),
    "entities in relations": (with_part("_rels/.rels", BOMB + b"<x>&b;</x>"), "declares a document type"),
    "not XML": (with_part(MAIN, b"<w:document"), "not valid XML"),
    "another root": (with_part(MAIN, b"<html/>"), "no document part"),
    "a bomb": (zipped(**{"word/document.xml": b"<" + b" " * 200_000_000}), "as a zip bomb does"),
    "deep": (deep(150), "not valid XML"),
    "a way out": (zipped(**{"../x": b"x"}), "leads out of the archive"),
    "no table": (package(p(r("x"))), "there is no table in it"),
    "another table": (package(tbl(tr("a", "b"), tr("c", "d"))), "no aligned table"),
    "a column missing": (package(tbl(tr("id", "source"), tr("1", "甲"))), "no column 'target'"),
    "a column twice": (package(tbl(tr("id", "source", "target", "target"))), "two columns are called 'target'"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "said"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(InputError, match=said) as raised:
        load_rows(path)
    assert all(problem.path and len(str(problem)) < 500 for problem in raised.value.problems)


def test_nesting_that_programs_write_is_read() -> None:
    assert [row.target for row in docx.loads(deep(40), "x")] == ["A"]


PIECES = st.sampled_from(
    [
        b"",
        b"<",
        b"</w:tc>",
        b"<w:tc>",
        b"<w:tbl>",
        b"</w:tr>",
        b'w:val="999999999"',
        b"&#0;",
        b"\0",
        b"\xff",
        b"<w:del>",
    ]
)
PLAIN = written(dumps(make_run(), "docx"))


@settings(max_examples=100, deadline=None)
@given(cuts=st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 60), PIECES), min_size=1, max_size=3))
def test_a_damaged_document_is_read_or_refused(cuts: list[tuple[int, int, bytes]]) -> None:
    content = etree.tostring(PLAIN)
    for start, length, piece in cuts:
        at = start % len(content)
        content = content[:at] + piece + content[at + length :]
    with suppress(InputError):
        assert isinstance(docx.loads(with_part(MAIN, content), "x"), tuple)


def test_relations_that_lead_nowhere_are_passed_over() -> None:
    data = package(tbl(HEAD, tr("1", "甲", "A")), relations=rels(("rId1", "comments", "none.xml")))
    assert [row.target for row in docx.loads(data, "x")] == ["A"]
