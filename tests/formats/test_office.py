"""Presentations, workbooks, OpenDocument texts and subtitles in and out: every text once, everything else as it was."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.formats.test_docx import PACKAGE, RELATIONS, rels
from translate.errors import InputError
from translate.formats import FORMATS, guard, read_bytes, rebuild_document
from translate.records import BlockKind, Document

if TYPE_CHECKING:
    from collections.abc import Mapping

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{RELATIONS}" xmlns:text="{ODF}:text:1.0"'


def pack(entries: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def entry(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def paragraph(*runs: str) -> str:
    return "<a:p>" + "".join(runs) + "</a:p>"


def run(text: str, properties: str = "") -> str:
    return f"<a:r><a:rPr {properties}/><a:t>{text}</a:t></a:r>"


def shape(body: str, place: str = "") -> str:
    return f"<p:sp><p:nvSpPr><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:txBody>{body}</p:txBody></p:sp>"


def slide(*shapes: str) -> str:
    return f"<p:sld {SPACES}><p:cSld>{''.join(shapes)}</p:cSld></p:sld>"


def presentation() -> bytes:
    """Two slides, shown in the other order than their names say; the one shown first has notes."""
    title = shape(paragraph(run("技能中国行动汇报")), '<p:ph type="ctrTitle"/>')
    cell = f"<a:tbl><a:tr><a:tc><a:txBody>{paragraph(run('人数'))}</a:txBody></a:tc></a:tr></a:tbl>"
    number = '<a:fld type="slidenum"><a:t>1</a:t></a:fld>'
    call = paragraph(run("请拨打"), run("12333", 'b="1"'), run("咨询。"), number)
    lines = paragraph(run("第一行"), "<a:br/>", run("第二行"))
    order = '<p:sldIdLst><p:sldId r:id="rId2"/><p:sldId r:id="rId1"/></p:sldIdLst>'
    main = f"<p:presentation {SPACES}>{order}</p:presentation>"
    return pack(
        {
            "_rels/.rels": rels(("rId1", "officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": main,
            "ppt/_rels/presentation.xml.rels": rels(
                ("rId1", "slide", "slides/slide1.xml"), ("rId2", "slide", "slides/slide2.xml")
            ),
            "ppt/slides/slide1.xml": slide(shape(call + lines), cell),
            "ppt/slides/slide2.xml": slide(title),
            "ppt/slides/_rels/slide2.xml.rels": rels(("rId1", "notesSlide", "../notesSlides/notesSlide1.xml")),
            "ppt/notesSlides/notesSlide1.xml": slide(shape(paragraph(run("这页讲总体情况。")))),
            "ppt/media/picture.bin": b"\x00\x01",
        }
    )


def workbook() -> bytes:
    shared = (
        f'<sst xmlns="{S}"><si><t>地区</t></si><si><r><t>共</t></r><r><rPr><b/></rPr><t>12333</t></r><r><t>热线</t></r>'
        "<rPh><t>がいど</t></rPh></si><si><t>2024</t></si><si><t>列名</t></si></sst>"
    )
    cells = '<c t="s"><v>0</v></c><c><f>SUM(A1:A2)</f><v>3</v></c><c t="inlineStr"><is><t>合计</t></is></c>'
    return pack(
        {
            "_rels/.rels": rels(("rId1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{S}"/>',
            "xl/_rels/workbook.xml.rels": rels(
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml")
            ),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}"><sheetData><row>{cells}</row></sheetData></worksheet>',
            "xl/worksheets/_rels/sheet1.xml.rels": rels(("rId1", "table", "../tables/table1.xml")),
            "xl/tables/table1.xml": f'<table xmlns="{S}"><tableColumn name="列名"/></table>',
            "xl/sharedStrings.xml": shared,
        }
    )


def open_text(body: str) -> bytes:
    spaces = f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:table="{ODF}:table:1.0"'
    inside = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {spaces}>{inside}</office:document-content>"
    return pack({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


ODT = open_text(
    "<text:h>一、总体要求</text:h>"
    '<text:p>请拨打<text:span text:style-name="T1">12333</text:span>咨询'
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>热线全年开通。</text:p></text:note-body></text:note>。</text:p>"
    "<text:list><text:list-item><text:p>扩大就业</text:p></text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell><text:p>人数</text:p></table:table-cell></table:table-row></table:table>"
    "<text:tracked-changes><text:changed-region><text:p>已删除</text:p></text:changed-region></text:tracked-changes>"
    "<text:p>甲<text:line-break/>乙</text:p>"
)
SRT = (
    "1\n00:00:01,000 --> 00:00:03,500\n各位代表，\n现在汇报。\n\n"
    "2\n00:00:04,000 --> 00:00:06,000 X1:10\n<i>请拨打12333。</i>\n\n3\n00:00:07,000 --> 00:00:08,000\n\n"
).encode()
FILES = {"pptx": presentation(), "xlsx": workbook(), "odt": ODT, "srt": SRT}


def read(format: str, data: bytes | None = None) -> Document:
    return read_bytes(data or FILES[format], path=f"文 件.{format}", format=format)


def rebuild(format: str, targets: Mapping[str, str]) -> bytes:
    """The file with the texts that are named replaced."""
    document = read(format)
    said = {block.id: targets.get(block.text, block.text) for block in document.blocks}
    return rebuild_document(document, FILES[format], said)


@pytest.mark.parametrize(
    ("format", "texts"),
    [
        ("pptx", ["技能中国行动汇报", "这页讲总体情况。", "请拨打12333咨询。", "第一行", "第二行", "人数"]),
        ("xlsx", ["地区", "共12333热线", "2024", "合计"]),
        ("odt", ["一、总体要求", "请拨打12333咨询。", "热线全年开通。", "扩大就业", "人数", "甲", "乙"]),
        ("srt", ["各位代表，现在汇报。", "请拨打12333。"]),
    ],
)
def test_every_text_is_read_once_in_order(format: str, texts: list[str]) -> None:
    assert [block.text for block in read(format).blocks] == texts


def test_kinds_come_from_the_markup() -> None:
    assert read("pptx").blocks[0].kind is BlockKind.HEADING
    assert {block.kind for block in read("xlsx").blocks} == {BlockKind.TABLE_CELL}
    assert [block.kind for block in read("odt").blocks][0::3][:2] == [BlockKind.HEADING, BlockKind.LIST_ITEM]
    assert read("pptx").blocks[-1].kind is read("odt").blocks[4].kind is BlockKind.TABLE_CELL


@pytest.mark.parametrize("format", FILES)
def test_nothing_changed_gives_the_same_bytes_or_text(format: str) -> None:
    back = rebuild(format, {})
    assert read(format, back).blocks == read(format).blocks
    assert back == FILES[format] or format == "srt"


def test_a_presentation_keeps_bold_fields_and_pictures() -> None:
    back = rebuild("pptx", {"请拨打12333咨询。": "Call 12333 for advice.", "第二行": "Second line"})
    text = entry(back, "ppt/slides/slide1.xml")
    for said in ("<a:t>Call </a:t>", '<a:rPr b="1"/><a:t>12333</a:t>', "<a:t> for advice.</a:t>", "<a:t>1</a:t>"):
        assert said in text
    assert "<a:br/>" in text
    assert entry(back, "ppt/media/picture.bin") == "\x00\x01"


def test_a_workbook_keeps_formulas_and_bold() -> None:
    back = rebuild("xlsx", {"共12333热线": "the 12333 hotline", "合计": "Total"})
    assert "<f>SUM(A1:A2)</f>" in entry(back, "xl/worksheets/sheet1.xml")
    assert "<t>Total</t>" in entry(back, "xl/worksheets/sheet1.xml")
    assert "<rPr><b/></rPr><t>12333</t>" in entry(back, "xl/sharedStrings.xml")
    assert [block.text for block in read("xlsx", back).blocks] == ["地区", "the 12333 hotline", "2024", "Total"]


def test_an_open_text_keeps_spans_notes_and_line_breaks() -> None:
    back = rebuild("odt", {"请拨打12333咨询。": "Call 12333.", "乙": "B", "热线全年开通。": "All year."})
    text = entry(back, "content.xml")
    assert '<text:span text:style-name="T1">12333</text:span>' in text
    assert "<text:note-citation>1</text:note-citation>" in text
    assert "已删除" in text
    assert [block.text for block in read("odt", back).blocks][1:3] == ["Call 12333.", "All year."]
    assert [block.text for block in read("odt", back).blocks][-2:] == ["甲", "B"]


def test_subtitles_keep_their_times_and_wrap() -> None:
    long = "Fellow deputies, this is the report on the work of the past year."
    back = rebuild("srt", {"各位代表，现在汇报。": long}).decode()
    blocks = back.split("\n\n")
    assert blocks[0].startswith("1\n00:00:01,000 --> 00:00:03,500\n")
    assert len(blocks[0].splitlines()) == 4
    assert " ".join(blocks[0].splitlines()[2:]) == long
    assert "2\n00:00:04,000 --> 00:00:06,000 X1:10\n请拨打12333。" in back


@pytest.mark.parametrize("format", ["pptx", "xlsx", "odt"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"PK not a zip",
        lambda data: data[: len(data) // 2],
        lambda data: guard.OLE + data,
        lambda data: pack({"[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>'}),
        lambda data: pack({"../../etc/passwd": "x"}),
        lambda data: pack({"content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
    ],
)
def test_damaged_and_hostile_files_are_one_clear_error(format: str, damage: object) -> None:
    assert callable(damage)
    with pytest.raises(InputError, match=f"文 件.{format}"):
        read_bytes(damage(FILES[format]), path=f"文 件.{format}", format=format)


def test_a_text_without_times_is_no_subtitle_file() -> None:
    with pytest.raises(InputError, match="line with times"):
        read_bytes("没有时间。\n".encode(), path="a.srt", format="srt")


def test_all_formats_are_there() -> None:
    assert set(FILES) <= set(FORMATS)


def book() -> bytes:
    page = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="zh">'
        "<head><title>{0}</title></head><body><h1>{0}</h1><p>请拨打<b>12333</b>咨询。<br/></p></body></html>"
    )
    return pack(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfile full-path="OEBPS/a.opf"/></container>',
            "OEBPS/a.opf": (
                '<package><manifest><item id="one" href="one%20a.xhtml" media-type="application/xhtml+xml"/>'
                '<item id="two" href="two.xhtml" media-type="application/xhtml+xml"/></manifest>'
                '<spine><itemref idref="two"/><itemref idref="one"/></spine></package>'
            ),
            "OEBPS/one a.xhtml": page.format("第一章 总则"),
            "OEBPS/two.xhtml": page.format("前言"),
            "OEBPS/style.css": "p { color: black }",
        }
    )


def test_a_book_is_read_along_its_spine_and_written_as_xml() -> None:
    data = book()
    document = read("epub", data)
    texts = [block.text for block in document.blocks]
    assert texts == ["前言", "前言", "请拨打12333咨询。", "第一章 总则", "第一章 总则", "请拨打12333咨询。"]
    said = {block.id: "Call 12333." if "12333" in block.text else "Preface" for block in document.blocks}
    back = rebuild_document(document, data, said)
    page = entry(back, "OEBPS/two.xhtml")
    assert page.startswith("<?xml")
    assert "<p>Call <b>12333</b>.<br/></p>" in page
    assert 'lang="en"' in page
    guard.parse_xml(page.encode(), "a.epub", name="two.xhtml")
    assert entry(back, "OEBPS/style.css") == "p { color: black }"


@pytest.mark.parametrize("data", [pack({}), pack({"META-INF/container.xml": "<container/>"}), b"PK"])
def test_an_archive_that_is_no_book_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.epub"):
        read_bytes(data, path="a.epub", format="epub")


@pytest.mark.parametrize(
    ("format", "data", "name", "listed"),
    [
        ("pptx", presentation(), "ppt/presentation.xml", '<p:sldId r:id="rId1"/>'),
        ("pptx", presentation(), "ppt/slides/_rels/slide2.xml.rels", "<Relationship .*?/>"),
        ("xlsx", workbook(), "xl/_rels/workbook.xml.rels", "<Relationship .*?/>"),
        ("epub", book(), "OEBPS/a.opf", "<itemref .*?/>"),
    ],
)
def test_a_part_that_is_named_very_often_is_read_once(format: str, data: bytes, name: str, listed: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {one: archive.read(one).decode("utf-8", "replace") for one in archive.namelist()}
    often = re.sub(listed, lambda match: match[0] * 20_000, entries[name], count=1)
    assert len(often) > 20_000
    assert read(format, pack({**entries, name: often})).blocks == read(format, data).blocks
