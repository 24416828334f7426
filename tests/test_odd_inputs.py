"""Over 200 malformed and odd documents, generated from a seed: each ends in a Document or in an InputError.

What can be read is also written back, unchanged and changed, and read again to the same text.
"""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from translate.errors import InputError, Problem
from translate.formats import FORMATS, read_bytes, read_document, rebuild_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from translate.records import Document

EXAMPLES = Path(__file__).parent.parent / "examples"
TEXT = (EXAMPLES / "notice.txt").read_text(encoding="utf-8")
PAGE = (
    "<html><head><title>通知</title></head><body>" + "".join(f"<p>{line}</p>" for line in TEXT.split("\n")) + "</body>"
)
MARKDOWN = "---\na: 1\n---\n# 通知\n\n" + TEXT.replace("\n", "\n\n- ") + "\n\n|甲|乙|\n|-|-|\n|**1**|[丙](x)|\n"
WORD = (EXAMPLES / "notice.docx").read_bytes()
BASES = {"txt": TEXT.encode(), "md": MARKDOWN.encode(), "html": PAGE.encode(), "docx": WORD}
CODECS = (
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "gb18030",
    "utf-8-sig",
    "utf-32",
    "big5hkscs",
    "cp1252",
    "shift_jis",
    "hz",
)


def damaged(data: bytes, rng: random.Random) -> bytes:
    """The data with one kind of damage."""
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.randrange(1, 400))
    junk = rng.choice(
        (b"\0", b"\x1b[31m", b"\xff\xfe", b"\xed\xa0\x80", b"\x80" * 9, b"<", b"&#xD800;", rng.randbytes(60))
    )
    return rng.choice(
        (
            data[:start],
            data[start:],
            data[:start] + data[end:],
            data[:start] + junk + data[start:],
            data[:start] + data[start:end] * 20 + data[start:],
            data[:start] + bytes(byte ^ 1 << rng.randrange(8) for byte in data[start:end]) + data[end:],
            data.replace(data[start : start + 2], junk[:2]),
        )
    )


def damaged_inside(data: bytes, rng: random.Random) -> bytes:
    """A docx whose archive is whole and one of whose parts is damaged, dropped, or put in another's place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        chosen, other, deed = rng.choice(names), rng.choice(names), rng.randrange(4)
        for name in archive.namelist():
            if name != chosen:
                target.writestr(name, archive.read(name))
            elif deed:
                target.writestr(name, archive.read(other) if deed == 1 else damaged(archive.read(name), rng))
    return out.getvalue()


def made_by_hand() -> Iterator[tuple[str, bytes]]:
    """Inputs that are odd on purpose."""
    for data in (
        b"",
        b" ",
        b"\n" * 5000,
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        "　".encode() * 999,
        b"\0" * 999,
        b"\x1a\x1a",
        b"-" * 9999,
    ):
        yield from ((name, data) for name in BASES)
    for name in ("txt", "md", "html"):
        yield name, "就业".encode() * 500_000  # a million characters on one line
        yield name, ("甲" * 9 + "　　").encode() * 2000
        yield name, "\u202e\u200d\ufeff\U000e0001e\u0301\U0001f468\u200d".encode() * 50
        yield name, bytes(range(256)) * 30
        yield name, random.Random(0).randbytes(5000)
        yield name, WORD
        yield name, "乙\r甲\v\f\x85\u2028\u2029丙\x1c丁".encode()
        for codec in CODECS:
            yield name, BASES[name].decode().encode(codec, "replace")
    for opening in (
        "<div>",
        "<b>",
        "<table>",
        "<p><table><tr><td>",
        "<a href=x>",
        "<!--",
        "<![CDATA[",
        "<?",
        "&",
        "&#",
        "<ruby>",
    ):
        yield "html", (opening * 3000 + "甲").encode()
    for mark in (
        "*",
        "_",
        "[",
        "![",
        "`",
        ">",
        "- ",
        "1. ",
        "#",
        "|",
        "\\",
        "<",
        "~~",
        "    ",
        "\t",
        "[a]: b\n",
        "```\n",
        "***\n",
    ):
        yield "md", (mark * 1500 + "甲").encode()
    yield "html", b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><p>&b;</p>'
    yield "docx", TEXT.encode()
    yield "docx", b"PK\x03\x04" + b"x" * 100
    yield "docx", b"PK\x05\x06" + b"\0" * 18


def cases() -> Iterator[tuple[str, bytes]]:
    yield from made_by_hand()
    rng = random.Random(12333)
    for _ in range(30):
        yield from ((name, damaged(data, rng)) for name, data in BASES.items())
        yield "docx", damaged_inside(WORD, rng)


CASES = list(cases())


def test_there_are_at_least_200() -> None:
    assert len(CASES) >= 200
    assert {name for name, _ in CASES} == set(BASES) <= set(FORMATS)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_an_odd_input_gives_a_document_or_a_clear_error(number: int) -> None:
    name, data = CASES[number]
    document = read_or_problems(name, data)
    if isinstance(document, tuple):
        assert document
        assert all(str(problem).startswith("文件 1.") and "\n" not in str(problem) for problem in document)
        return
    for before in ("", "x "):
        out = rebuild_document(document, data, {block.id: before + block.text for block in document.blocks})
        again = read_bytes(out, path="2", format=name, encoding=None if name == "docx" else "utf-8")
        expected = [visible(before + block.text) for block in document.blocks]
        assert [visible(block.text) for block in again.blocks] == expected


def read_or_problems(name: str, data: bytes) -> Document | tuple[Problem, ...]:
    try:
        return read_bytes(data, path="文件 1." + name, format=name)
    except InputError as error:
        return error.problems


def visible(text: str) -> str:
    """A text without what a rebuilt document may drop: control characters and the kind of white space."""
    return " ".join("".join(character for character in text if character >= " " and character != "\x7f").split())


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: folder,
        lambda folder: folder / "没有.txt",
        lambda folder: folder / ("长" * 100 + ".txt"),
        lambda folder: Path("/dev/null"),
        lambda folder: Path("\0.txt"),
    ],
)
def test_a_path_that_is_no_document(make: Callable[[Path], Path], tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_document(make(tmp_path))


def test_a_path_with_chinese_and_spaces(tmp_path: Path) -> None:
    path = tmp_path / "关于 就业的 通知（1）.txt"
    path.write_text("各地要落实政策。", encoding="gb18030")
    assert read_document(path).blocks[0].text == "各地要落实政策。"
