"""Plain text in and out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.errors import InputError
from translate.formats import read_bytes, read_document, rebuild_document
from translate.records import BlockKind

ARTICLE = Path(__file__).parents[2].parent / "shared" / "seed" / "article.zh.txt"


def rebuilt(data: bytes, prefix: str = "") -> str:
    document = read_bytes(data, path="x.txt", format="txt")
    targets = {block.id: prefix + block.text for block in document.blocks}
    return rebuild_document(document, data, targets).decode()


def test_blocks_ids_and_digest() -> None:
    document = read_bytes("　　通知\r\n\r\n　　各地要落实政策。\r\n".encode("gb18030"), path="-", format="txt")
    assert [(block.id, block.text) for block in document.blocks] == [("b0001", "通知"), ("b0002", "各地要落实政策。")]
    assert (document.path, document.format, document.encoding) == ("-", "txt", "gb18030")
    assert len(document.sha256) == 64


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("甲\n\n\n乙\n", ">甲\n\n\n>乙\n"),
        ("甲\r\n乙", ">甲\r\n>乙"),
        ("　　甲。　　乙。", ">甲。\n\n>乙。"),
        ("甲。　　乙。\r\n丙", ">甲。\r\n\r\n>乙。\r\n>丙"),
        ("要点：\n  • 甲\n  • 乙\n", ">要点：\n  • >甲\n  • >乙\n"),
        ("\ufeff甲", ">甲"),
        ("", ""),
        ("\n \n", "\n \n"),
    ],
)
def test_rebuild_keeps_breaks(text: str, out: str) -> None:
    assert rebuilt(text.encode(), ">") == out


def test_bullets_are_list_items_and_no_text() -> None:
    document = read_bytes("要点如下：\n• 甲\n- 乙\n-5度".encode(), path="-", format="txt")
    assert [block.text for block in document.blocks] == ["要点如下：", "甲", "乙", "-5度"]
    assert [block.kind for block in document.blocks][1:3] == [BlockKind.LIST_ITEM] * 2


def test_targets_are_one_line_and_encodable() -> None:
    data = "甲\n乙".encode()
    document = read_bytes(data, path="-", format="txt")
    assert rebuild_document(document, data, {"b0001": "a\nb\0", "b0002": "\ud800"}).decode() == "a b\n\ufffd"


def test_other_bytes_and_missing_targets_are_refused() -> None:
    data = "甲\n乙\n丙".encode()
    document = read_bytes(data, path="x.txt", format="txt")
    with pytest.raises(InputError, match="not the one that was read"):
        rebuild_document(document, data + b"\n", {})
    with pytest.raises(InputError) as raised:
        rebuild_document(document, data, {"b0002": "b"})
    assert [problem.what for problem in raised.value.problems] == [
        "no target for block b0001",
        "no target for block b0003",
    ]


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cn"), include_characters="\n\r\t"), max_size=80))
def test_identity_gives_the_text_but_for_white_space(text: str) -> None:
    data = text.encode()
    document = read_bytes(data, path="x.txt", format="txt", encoding="utf-8")
    out = rebuild_document(document, data, {block.id: block.text for block in document.blocks}).decode()
    assert "".join(out.split()) == "".join(text.removeprefix("\ufeff").split())


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article lies beside the repository, not in it")
def test_the_article_has_19_blocks() -> None:
    document = read_document(ARTICLE)
    assert len(document.blocks) == 19
    assert "\u3000\u3000".join(block.text for block in document.blocks) == ARTICLE.read_text(encoding="utf-8")
    headings = [index for index, block in enumerate(document.blocks, 1) if block.kind is BlockKind.HEADING]
    assert headings == [1, 3, 6, 9, 12, 15]
