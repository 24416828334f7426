"""PDF in: lines become paragraphs again. The files are made here, from lines with places, as printers leave them."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

import pytest

from translate.errors import InputError
from translate.formats import read_bytes, rebuild_document, written_as
from translate.records import BlockKind, Document

if TYPE_CHECKING:
    from collections.abc import Sequence

Placed = tuple[float, float, float, str]  # x, y, size, text


def pdf(*pages: Sequence[Placed]) -> bytes:
    """A file with a font that shows every character as the one of the same code."""
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H "
    system = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        font + b"/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW 1000 " + system,
        stream(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Same def /CMapType 2 def "
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
            b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
        ),
    ]
    kids = []
    for lines in pages:
        said = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, size, text in lines
        )
        objects.append(stream(said.encode()))
        content = len(objects)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def column(lines: Sequence[tuple[str, float]], *, top: float = 700, size: float = 10) -> list[Placed]:
    """Lines one under the other; the number says how many ems each is indented."""
    return [(100 + size * indent, top - 16 * number, size, text) for number, (text, indent) in enumerate(lines)]


def read(data: bytes) -> Document:
    return read_bytes(data, path="文 件.pdf", format="pdf")


FULL = "各地要把稳就业作为重中之重，持续优化服务，扩大岗位供给，完善政策体系，"  # 35 ems


def test_lines_become_paragraphs_again() -> None:
    lines = [(FULL[2:], 2), (FULL, 0), ("确保目标完成。", 0), (FULL[2:], 2), ("促进创业。", 0)]
    assert [block.text for block in read(pdf(column(lines))).blocks] == [
        FULL[2:] + FULL + "确保目标完成。",
        FULL[2:] + "促进创业。",
    ]


def test_numbered_lines_begin_paragraphs_and_large_ones_are_headings() -> None:
    title = [(200.0, 760.0, 18.0, "就业工作要点")]
    lines = [("一、总体要求", 0), (FULL, 0), ("（二）" + FULL[3:], 0), ("2.5万人受益。", 0)]
    blocks = read(pdf([*title, *column(lines)])).blocks
    assert [block.text for block in blocks] == [
        "就业工作要点",
        "一、总体要求",
        FULL,
        "（二）" + FULL[3:] + "2.5万人受益。",
    ]
    assert [block.kind for block in blocks][:2] == [BlockKind.HEADING, BlockKind.HEADING]


def test_a_paragraph_goes_on_over_a_page_without_running_heads_and_page_numbers() -> None:
    def page(number: int, *lines: tuple[str, float]) -> list[Placed]:
        return [(250, 770, 8, "内部资料"), *column(lines), (290, 30, 8, f"— {number} —")]

    data = pdf(page(1, (FULL[2:], 2), (FULL, 0)), page(2, ("第二页接上。", 0)), page(3, ("新的一段。", 2)))
    assert [block.text for block in read(data).blocks] == [FULL[2:] + FULL + "第二页接上。", "新的一段。"]


def test_spaces_of_typesetting_go_and_columns_are_parted() -> None:
    data = pdf(
        [
            (100, 700, 10, "到"),
            (113, 700, 10, "2024"),
            (136, 700, 10, "年底"),
            (100, 600, 10, "地区"),
            (300, 600, 10, "人数"),
        ]
    )
    assert [block.text for block in read(data).blocks] == ["到2024年底", "地区", "人数"]


def test_what_comes_out_is_a_word_document() -> None:
    import docx

    document = read(pdf(column([("一、总体要求", 0), (FULL, 0), ("完。", 0)])))
    assert written_as("pdf") == "docx"
    data = rebuild_document(
        document,
        pdf(column([("一、总体要求", 0), (FULL, 0), ("完。", 0)])),
        {block.id: f"Text {number}" for number, block in enumerate(document.blocks)},
    )
    made = docx.Document(io.BytesIO(data))
    assert [(one.text, one.style.name) for one in made.paragraphs if one.style] == [
        ("Text 0", "Heading 1"),
        ("Text 1", "Normal"),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf([]), "scanned"),
        (b"", "cannot be read"),
        (b"%PDF-1.7\nnothing", "cannot be read"),
        (pdf(column([("x", 0)]))[:200], "cannot be read"),
    ],
)
def test_scanned_and_damaged_files_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(data)
