"""Encodings are recognised from little text; what cannot be decoded is said with its place and remedy."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.errors import InputError
from translate.formats.encoding import decode

SIMPLIFIED = (
    "各地要及时发放就业补贴。",
    "关于做好春季招聘的通知",
    "请拨打12333咨询社保问题",
    "这件事我们明天再商量吧",
    "参保人数比上年增加三成",
    "第三条 本办法自发布之日起施行",
)
TRADITIONAL = (
    "各地要及時發放就業補貼。",
    "關於做好春季招聘的通知",
    "請撥打12333諮詢社保問題",
    "這件事我們明天再商量吧",
    "參保人數比上年增加三成",
    "第三條 本辦法自發布之日起施行",
)
BOMS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
CASES = [
    *((text, name) for text in SIMPLIFIED for name in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")),
    *((text, name) for text in TRADITIONAL for name in ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")),
    ("The policy’s aim is “more jobs”.", "cp1252"),
    ("Dial 12333, or write to a@b.example", "utf-8"),
    ("联通", "gb18030"),  # two characters that are also valid UTF-8 but for one bit
    ("港鐵𨋢門開，唔該借借。", "big5hkscs"),
    ("12333", "utf-8"),
    ("", "utf-8"),
]


@pytest.mark.parametrize(("text", "name"), CASES)
def test_recognised_from_a_short_text(text: str, name: str) -> None:
    assert decode(text.encode(name), path="x.txt") == (text, name)


@pytest.mark.parametrize("name", BOMS)
@pytest.mark.parametrize("text", [SIMPLIFIED[0], TRADITIONAL[0], "a", ""])
def test_byte_order_mark_decides_and_is_not_text(text: str, name: str) -> None:
    assert decode(BOMS[name] + text.encode(name), path="x.txt") == (text, name)


@pytest.mark.parametrize("name", ["utf-8", "gb18030", "utf-16-le"])
def test_chinese_that_starts_after_a_long_english_part(name: str) -> None:
    text = "An introduction in English.\n" * 5000 + SIMPLIFIED[0] + "\n"
    assert decode(text.encode(name), path="x.txt") == (text, name)


@pytest.mark.parametrize(
    ("told", "text", "used"),
    [
        ("gb2312", SIMPLIFIED[0], "gb18030"),
        ("GBK", TRADITIONAL[0], "gb18030"),
        ("big5", TRADITIONAL[0], "big5hkscs"),
        ("utf-16", SIMPLIFIED[0], "utf-16-le"),
        ("UTF8", SIMPLIFIED[0], "utf-8"),
        ("utf-8-sig", SIMPLIFIED[0], "utf-8"),
    ],
)
def test_encoding_overrules(told: str, text: str, used: str) -> None:
    assert decode(text.encode(used), path="x.txt", encoding=told) == (text, used)
    if used in BOMS:
        assert decode(BOMS[used] + text.encode(used), path="x.txt", encoding=told) == (text, used)


def test_encoding_overrules_a_right_guess() -> None:
    data = "职业技能".encode("gb18030")
    assert decode(data, path="x.txt")[1] == "gb18030"
    assert decode(data, path="x.txt", encoding="cp1252") == ("Ö°Òµ¼¼ÄÜ", "cp1252")


@pytest.mark.parametrize("told", ["klingon", "", "rot13", "zip", "utf-8\0"])
def test_an_unknown_encoding_lists_known_ones(told: str) -> None:
    with pytest.raises(InputError, match="gb18030"):
        decode(b"x", path="x.txt", encoding=told)


def test_a_broken_byte_is_placed() -> None:
    data = "第一行正常。\n第二行".encode() + b"\xff" + "也很长，后面还有更多的正常文字。".encode()
    with pytest.raises(InputError) as raised:
        decode(data, path="报告 1.txt")
    problem = raised.value.problems[0]
    assert (problem.path, problem.line, problem.column) == ("报告 1.txt", 2, 4)
    assert "byte 28 (0xff)" in problem.what
    assert "--encoding" in problem.remedy


def test_a_wrong_told_encoding_is_placed() -> None:
    with pytest.raises(InputError, match=r"x\.txt:1:1: byte 0 .* cannot be read as utf-8 \(leave --encoding out"):
        decode(SIMPLIFIED[0].encode("gb18030"), path="x.txt", encoding="utf-8")


def test_a_nul_is_placed() -> None:
    with pytest.raises(InputError, match=r"x\.txt:2:3: a NUL"):
        decode("第一行\n两字\0。".encode(), path="x.txt")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04 rest", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old Office file"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (bytes(range(256)) * 20, "binary"),
        (b"\0" * 100, "binary"),
    ],
)
def test_a_binary_renamed_to_txt_is_named(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what):
        decode(data, path="x.txt")


@given(st.binary(max_size=200))
@settings(max_examples=150)
def test_any_bytes_decode_or_give_an_input_error(data: bytes) -> None:
    try:
        text, name = decode(data, path="x.txt")
    except InputError:
        return
    assert data.endswith(text.encode(name))
