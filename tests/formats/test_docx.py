"""Word documents in and out: everything that shows is read once, and stays where it was."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest

from translate.errors import InputError
from translate.formats import guard, read_bytes, read_document, rebuild_document
from translate.records import BlockKind, Document

EXAMPLES = Path(__file__).parents[2] / "examples"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def rels(*relations: tuple[str, str, str]) -> str:
    inside = "".join(f'<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{to}"/>' for id, kind, to in relations)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def package(body: str, *, others: Mapping[str, str] | None = None, relations: str = rels()) -> bytes:
    """A minimal docx around the XML of a body."""
    spaces = (
        f'xmlns:w="{W}" xmlns:r="{RELATIONS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    entries = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations,
        "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
        **{name: xml.replace("SPACES", spaces) for name, xml in (others or {}).items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in entries.items():
            archive.writestr(name, xml)
    return out.getvalue()


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inside: str) -> str:
    return f"<w:p>{''.join(inside)}</w:p>"


def read(data: bytes) -> Document:
    return read_bytes(data, path="x.docx", format="docx")


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data).blocks]


def rewritten(data: bytes, change: Callable[[str], str]) -> bytes:
    document = read(data)
    return rebuild_document(document, data, {block.id: change(block.text) for block in document.blocks})


def entry(data: bytes, name: str = "word/document.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


BOLD = "<w:b/>"
CASES = {
    "runs join": (p(r("各地"), r("要落实", BOLD), r("。")), ["各地要落实。"]),
    "empty paragraphs": (p() + p(r(" 　")) + p(r("甲")), ["甲"]),
    "soft line break": (p(r("甲"), "<w:r><w:br/></w:r>", r("乙")), ["甲", "乙"]),
    "ideographic spaces": (p(r("　　甲。　　乙。")), ["甲。", "乙。"]),
    "tab between columns": (p(r("姓名"), "<w:r><w:tab/></w:r>", r("日期")), ["姓名", "日期"]),
    "tab after a number": (p(r("1."), "<w:r><w:tab/></w:r>", r("申请")), ["1.\t申请"]),
    "inserted and deleted": (
        p(r("应"), f"<w:ins>{r('当')}</w:ins>", "<w:del><w:r><w:delText>可</w:delText></w:r></w:del>", r("办")),
        ["应当办"],
    ),
    "moved": (p(f"<w:moveFrom>{r('旧')}</w:moveFrom>", f"<w:moveTo>{r('新')}</w:moveTo>"), ["新"]),
    "hyperlink": (p(r("见"), f'<w:hyperlink r:id="rId9">{r("通知")}</w:hyperlink>', r("。")), ["见通知。"]),
    "field": (
        p(
            r("第"),
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            r("3"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            r("页"),
        ),
        ["第3页"],
    ),
    "simple field": (p(f'<w:fldSimple w:instr="TITLE">{r("标题")}</w:fldSimple>'), ["标题"]),
    "content control": (f"<w:sdt><w:sdtContent>{p(r('甲'))}</w:sdtContent></w:sdt>", ["甲"]),
    "ruby": (
        p(f"<w:r><w:ruby><w:rt>{r('ren')}</w:rt><w:rubyBase>{r('人')}</w:rubyBase></w:ruby></w:r>", r("社")),
        ["人社"],
    ),
    "nested table": (
        "<w:tbl><w:tr><w:tc>" + p(r("外"))
        + f"<w:tbl><w:tr><w:tc>{p(r('内'))}</w:tc></w:tr></w:tbl>" + p(r("后"))
        + "</w:tc></w:tr></w:tbl>",
        ["外", "内", "后"],
    ),
    "merged cells": (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p(r("横")) + "</w:tc></w:tr>"
        '<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p(r("竖")) + "</w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p(r("藏")) + "</w:tc></w:tr></w:tbl>",
        ["横", "竖"],
    ),
    "text box, once": (
        p(
            r("前"),
            f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>{p(r('框'))}</w:txbxContent></wps:txbx>"
            f"</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{p(r('框'))}</w:txbxContent></v:textbox>"
            "</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        ),
        ["前", "框"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_shows_is_read_once(name: str) -> None:
    body, expected = CASES[name]
    assert texts(package(body)) == expected


@pytest.mark.parametrize("name", CASES)
def test_rebuilding_gives_the_text_back_and_identity_changes_nothing(name: str) -> None:
    body, expected = CASES[name]
    data = package(body)
    assert texts(rewritten(data, lambda text: f"<{text}&>")) == [f"<{text}&>" for text in expected]
    same = rewritten(data, lambda text: text)
    assert texts(same) == expected
    assert entry(same).count("<w:r>") == entry(data).count("<w:r>")


def test_both_copies_of_a_text_box_are_written() -> None:
    out = entry(rewritten(package(CASES["text box, once"][0]), lambda _: "new"))
    assert out.count(">new<") == 3
    assert "框" not in out


def test_deleted_text_and_instructions_stay() -> None:
    assert "可</w:delText>" in entry(rewritten(package(CASES["inserted and deleted"][0]), lambda _: "shall"))
    assert "PAGE</w:instrText>" in entry(rewritten(package(CASES["field"][0]), lambda _: "Page 3"))


@pytest.mark.parametrize(
    ("runs", "target", "expected"),
    [
        (
            [("拨打", ""), ("12333", BOLD), ("咨询。", "")],
            "Call 12333 now.",
            [("Call ", 0), ("12333", 1), (" now.", 0)],
        ),
        ([("拨打", ""), ("热线", BOLD), ("咨询。", "")], "Call the hotline.", [("Call the hotline.", 0)]),
        ([("全部", BOLD), ("加粗", BOLD + "<w:lang/>")], "All bold", [("All bold", 1)]),
        ([("12333", BOLD), ("热线真的很好用", "")], "The line 12333", [("The line 12333", 0)]),
        ([("12333", BOLD), ("热线真的很好用", "")], "12333 is good", [("12333", 1), (" is good", 0)]),
        (
            [("第", ""), ("1", BOLD), ("和", ""), ("2", BOLD), ("条款", "")],
            "1 and 2 of it",
            [("1", 1), (" and ", 0), ("2", 1), (" of it", 0)],
        ),
    ],
)
def test_run_formatting_stays_where_the_words_do(
    runs: list[tuple[str, str]], target: str, expected: list[tuple[str, int]]
) -> None:
    data = package(p(*(r(text, properties) for text, properties in runs)))
    out = docx.Document(io.BytesIO(openable(rewritten(data, lambda _: target))))
    assert [(run.text, int(bool(run.bold))) for run in out.paragraphs[0].runs if run.text] == expected


def openable(data: bytes) -> bytes:
    """The same body in a document that python-docx opens."""
    out = io.BytesIO()
    docx.Document().save(out)
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as full, zipfile.ZipFile(out := io.BytesIO(), "w") as target:
        for name in full.namelist():
            target.writestr(name, entry(data) if name == "word/document.xml" else full.read(name))
    return out.getvalue()


def test_a_lost_link_stays_as_a_mark() -> None:
    link = f'<w:hyperlink r:id="rId9">{r("通知")}</w:hyperlink>'
    data = package(p(r("详细内容见"), link, r("全文。")))
    out = rewritten(data, lambda _: "See the notice in full.")
    assert texts(out) == ["See the notice in full. [1]"]
    assert texts(rewritten(data, lambda _: "See 通知 now.")) == ["See 通知 now."]


def test_notes_headers_and_footers_come_after_the_body() -> None:
    others = {
        "word/footnotes.xml": f'<w:footnotes SPACES><w:footnote w:id="1">{p(r("注"))}</w:footnote></w:footnotes>',
        "word/header1.xml": f"<w:hdr SPACES>{p(r('页眉'))}</w:hdr>",
        "word/footer1.xml": f"<w:ftr SPACES>{p(r('页脚'))}</w:ftr>",
        "word/media/image1.png": "image",
    }
    relations = rels(
        ("a", "footer", "footer1.xml"), ("b", "header", "/word/header1.xml"), ("c", "footnotes", "footnotes.xml"),
        ("d", "header", "missing.xml"),
    )  # fmt: skip
    data = package(p(r("正文")), others=others, relations=relations)
    assert texts(data) == ["正文", "注", "页眉", "页脚"]
    out = rewritten(data, lambda text: text * 2)
    assert texts(out) == ["正文正文", "注注", "页眉页眉", "页脚页脚"]
    assert entry(out, "word/media/image1.png") == "image"


def styled(style: str, text: str) -> str:
    return p(f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>', r(text))


def test_styles_say_what_a_paragraph_is() -> None:
    styles = """<w:styles SPACES>
      <w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
      <w:style w:styleId="own"><w:name w:val="公文标题"/><w:basedOn w:val="1"/></w:style>
      <w:style w:styleId="outlined"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
      <w:style w:styleId="a"><w:name w:val="List Bullet"/></w:style>
      <w:style w:styleId="loop"><w:name w:val="y"/><w:basedOn w:val="loop"/></w:style>
    </w:styles>"""
    number = '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>'
    body = (
        styled("1", "甲") + styled("own", "乙") + styled("outlined", "丙") + styled("a", "丁") + styled("loop", "短行")
        + p(number.format(3), r("项")) + p(number.format(0), r("无编号"))
        + p(r("（一）有编号")) + p(r("正文一句。"))
        + f"<w:tbl><w:tr><w:tc>{styled('1', '格')}</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    data = package(body, others={"word/styles.xml": styles}, relations=rels(("s", "styles", "styles.xml")))
    kinds = [block.kind.value for block in read(data).blocks]
    assert kinds == [
        *["heading"] * 3, "list-item", "paragraph", "list-item", "paragraph", "heading", "paragraph", "table-cell",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("chineseCounting", "%1、", ("upperRoman", "%1.")),
        ("chineseCountingThousand", "（%2）", ("decimal", "(%2)")),
        ("chineseCountingThousand", "第%1条", ("decimal", "Article %1")),
        ("japaneseCounting", "第%1章　", ("decimal", "Chapter %1 ")),
        ("decimal", "%1、", ("decimal", "%1.")),
        ("decimal", "%1.%2", ("decimal", "%1.%2")),
        ("bullet", "•", ("bullet", "•")),
    ],
)
def test_automatic_numbers_count_in_english(form: str, text: str, expected: tuple[str, str]) -> None:
    level = f'<w:lvl><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl><w:lvl/>'
    others = {"word/numbering.xml": f"<w:numbering SPACES><w:abstractNum>{level}</w:abstractNum></w:numbering>"}
    data = package(p(r("甲")), others=others, relations=rels(("n", "numbering", "numbering.xml")))
    out = entry(rewritten(data, lambda _: "A"), "word/numbering.xml")
    assert f'<w:numFmt w:val="{expected[0]}"/><w:lvlText w:val="{expected[1]}"/>' in out
    assert rewritten(data, lambda text: text) == data


def test_strict_documents_are_read() -> None:
    data = package(p(r("甲")))
    strict = _replaced(data, lambda xml: xml.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert texts(strict) == ["甲"]
    assert texts(rewritten(strict, lambda _: "A")) == ["A"]


def _replaced(data: bytes, change: Callable[[str], str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in archive.namelist():
            target.writestr(name, change(archive.read(name).decode()))
    return out.getvalue()


def test_the_example_in_both_formats_has_the_same_text() -> None:
    text = [block for block in read_document(EXAMPLES / "notice.txt").blocks if not block.text.endswith("%。")]
    word = [block for block in read_document(EXAMPLES / "notice.docx").blocks if block.kind is not BlockKind.TABLE_CELL]
    assert [(block.kind, block.text) for block in text] == [(block.kind, block.text) for block in word]
    assert len(text) == 21
    cells = [block for block in read_document(EXAMPLES / "notice.docx").blocks if block.kind is BlockKind.TABLE_CELL]
    assert len(cells) == 9


def test_the_example_is_rebuilt_with_styles_and_table() -> None:
    data = (EXAMPLES / "notice.docx").read_bytes()
    before, after = (
        docx.Document(io.BytesIO(data)),
        docx.Document(io.BytesIO(rewritten(data, lambda text: f"T {text}"))),
    )
    assert [p.text for p in after.paragraphs] == [f"T {p.text}" for p in before.paragraphs]
    assert [p.style and p.style.name for p in after.paragraphs] == [p.style and p.style.name for p in before.paragraphs]
    assert [p.alignment for p in after.paragraphs] == [p.alignment for p in before.paragraphs]
    assert [cell.text for cell in after.tables[0].columns[0].cells] == ["T 项目", "T 职业培训补贴", "T 社会保险补贴"]
    bold = [r.text for p in after.paragraphs for r in p.runs if r.bold]
    assert "12333" in bold
    assert rewritten(data, lambda text: text) == rewritten(data, lambda text: text)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: b"", "empty file"),
        (lambda: "各地要落实。".encode(), "not a valid docx"),
        (lambda: guard.OLE + b"x" * 600, "password-protected"),
        (lambda: package(p(r("甲")))[:-40], "broken"),
        (lambda: package(p(r("甲")))[:300], "broken"),
        (lambda: package("<w:p>"), "not valid XML"),
        (lambda: package("&bomb;"), "not valid XML"),
        (lambda: _replaced(package(""), lambda xml: f'<!DOCTYPE x [<!ENTITY a "b">]>{xml}'), "document type"),
        (
            lambda: _replaced(package(""), lambda xml: xml.replace("word/document.xml", "word/none.xml")),
            "no document part",
        ),
        (lambda: _replaced(package(""), lambda xml: xml.replace("w:document", "w:other")), "not a Word document part"),
        (lambda: package(f"{'<w:sdt>' * 5000}{'</w:sdt>' * 5000}"), "not valid XML"),
        (lambda: package("", others={"word/bomb.bin": "0" * 100_000_000}), "zip bomb"),
        (lambda: package("", others={f"word/{n}": "" for n in range(10_001)}), "10,005 entries"),
        (lambda: _twice(package("")), "twice"),
    ],
)
def test_hostile_and_wrong_files_are_refused(make: Callable[[], bytes], what: str) -> None:
    with pytest.raises(InputError, match=what):
        read(make())


def _twice(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<x/>")
    return out.getvalue()


def test_a_document_type_hidden_by_its_encoding_is_refused() -> None:
    out = io.BytesIO(package(""))
    xml = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/extra.xml", xml)
    data = _replaced_rels(out.getvalue())
    with pytest.raises(InputError, match="document type"):
        read(data)


def _replaced_rels(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as target:
        for name in archive.namelist():
            content = archive.read(name)
            target.writestr(
                name, content.replace(b"word/document.xml", b"word/extra.xml") if name == "_rels/.rels" else content
            )
    return out.getvalue()


def test_an_encoding_for_a_docx_is_refused() -> None:
    with pytest.raises(InputError, match="no encoding"):
        read_bytes(package(""), path="x.docx", format="docx", encoding="utf-8")
