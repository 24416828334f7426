"""Which encoding a text is in, without being told: byte-order mark, then how probable each reading of the bytes is.

Every candidate encoding reads the same bytes, so the likelihoods of the resulting texts compare directly: characters
get a probability by class (`_log_probability`), frequent Chinese characters by their rank, and the encoding with the
most probable text wins. Ten characters are enough to tell GB18030, Big5, UTF-16 and UTF-8 apart.
"""

from __future__ import annotations

import codecs
import math
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from importlib.resources import files

from translate.errors import InputError, Problem

SAMPLE_BYTES = 65_536
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: FF FE 00 00 begins with FF FE
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Natural-logarithm priors: a page of UTF-8 is far more common than a page of Windows-1252 beside Chinese.
CANDIDATES = (
    ("utf-8", 0.0),
    ("gb18030", -6.0),
    ("big5hkscs", -6.0),
    ("utf-16-le", -12.0),
    ("utf-16-be", -12.0),
    ("cp1252", -14.0),
)
DECLARED = 30.0  # the prior of the encoding that a page declares: about four Chinese characters outweigh it
UTF_16 = (("utf-16-le", 0.0), ("utf-16-be", 0.0))
# Labels that pages and people write for a repertoire that the wider codec reads as well (WHATWG Encoding Standard).
WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "euc_cn": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "cp950": "big5hkscs", "ascii": "utf-8", "utf-8-sig": "utf-8",
    "iso8859-1": "cp1252", "latin-1": "cp1252",
}  # fmt: skip
# What an apostrophe of Windows-1252 between English letters looks like when it is read as Chinese.
LONE_HAN = re.compile("(?<=[A-Za-z])[\u2e80-\U0003ffff](?=[a-z \\n.,])")
SIGNATURES = (
    (b"PK\x03\x04", "a zip archive (docx, xlsx and others are such)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (doc, xls) or an encrypted one"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
)
BINARY_COUNT, BINARY_SHARE = 4, 0.05  # characters that cannot be text; above both the file is called binary
REMEDY = "save it as UTF-8, or give its encoding where the command has --encoding"
GIVEN_REMEDY = "leave --encoding out, or give another"
TEXT_REMEDY = "convert it to txt, md, html or docx first"


def decode(data: bytes, *, path: str, encoding: str | None = None, declared: str | None = None) -> tuple[str, str]:
    """Decode a whole text: the text without a byte-order mark, and the encoding's name.

    `encoding` overrules recognition; `declared` is what the text says of itself, which counts but may be wrong.
    Raises InputError for an unknown encoding, for bytes that the encoding does not have (with byte offset, line and
    column), and for what is no text at all.
    """
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise InputError(Problem(f"this is {kind}, not a text", path, remedy=TEXT_REMEDY))
    bom, name = next(((bom, name) for bom, name in BOMS if data.startswith(bom)), (b"", ""))
    told = encoding is not None or bool(bom)
    remedy = REMEDY if encoding is None else GIVEN_REMEDY
    if encoding is not None:
        wanted = canonical(encoding, path)
        if wanted == "utf-16":
            wanted = name if name.startswith("utf-16") else guess(data, UTF_16)
        bom, name = (bom if wanted == name else b""), wanted
    name = name or guess(data, _with_declared(declared))
    text = _decode_strictly(data, len(bom), name, path, told=told, remedy=remedy)
    _refuse_binary(text, path)
    return text, name


def canonical(encoding: str, path: str) -> str:
    """Python's name of a text encoding, the widest for a label that is used loosely (gb2312 is read as GB18030)."""
    try:
        found = codecs.lookup(encoding.strip())
        "".encode(found.name)  # codecs such as rot13 and zip are no encodings of text
    except (LookupError, ValueError, UnicodeError):
        known = ", ".join(name for name, _ in CANDIDATES)
        raise InputError(Problem(f"unknown encoding {encoding!r}", path, remedy=f"for example {known}")) from None
    return WIDER.get(found.name, found.name)


def _with_declared(declared: str | None) -> tuple[tuple[str, float], ...]:
    try:
        name = canonical(declared, "") if declared else None
    except InputError:
        name = None
    if name is None or name.startswith("utf-16"):  # bytes that were read as ASCII are not UTF-16
        return CANDIDATES
    others = tuple(candidate for candidate in CANDIDATES if candidate[0] != name)
    return ((name, DECLARED), *others)


def guess(data: bytes, candidates: tuple[tuple[str, float], ...] = CANDIDATES) -> str:
    """The most probable encoding of bytes without a byte-order mark, from a sample around the first non-ASCII byte."""
    first = _first_beyond_ascii(data)
    start = max(0, (first or 0) - 64) & ~1  # even, for UTF-16
    sample = data[start : start + SAMPLE_BYTES]
    cut = start + SAMPLE_BYTES < len(data)
    return max(candidates, key=lambda candidate: candidate[1] + _likelihood(sample, candidate[0], cut=cut))[0]


def _first_beyond_ascii(data: bytes) -> int | None:
    if data.isascii():
        return None
    low, high = 0, len(data)  # bisection keeps this at the speed of bytes.isascii
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if data[low:middle].isascii() else (low, middle)
    return low


def _likelihood(sample: bytes, encoding: str, *, cut: bool) -> float:
    """Natural logarithm of the probability of the text that the bytes are in this encoding."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample, final=not cut)
    mixed = len(LONE_HAN.findall(text))
    return sum(count * _log_probability(character) for character, count in Counter(text).items()) - 8.0 * mixed


@lru_cache(maxsize=1)
def _frequent() -> dict[str, float]:
    """Log-probabilities of frequent Chinese characters, by rank (Zipf with an offset), Simplified and Traditional."""
    raw = files("translate").joinpath("data/common_characters.txt").read_text(encoding="utf-8")
    lists: list[str] = []
    for line in raw.splitlines():
        if line.startswith("#"):
            lists.append("")
        else:
            lists[-1] += line
    ranks: dict[str, int] = {}
    for characters in lists:
        for rank, character in enumerate(characters):
            ranks[character] = min(rank, ranks.get(character, rank))
    return {character: math.log(0.1 / (rank + 10)) for character, rank in ranks.items()}


@lru_cache(maxsize=4096)
def _log_probability(character: str) -> float:
    """How probable a character is in a document that this program reads: classes by hand, Chinese by frequency."""
    if character in _frequent():
        return _frequent()[character]
    code = ord(character)
    if character in "，。、；：“”‘’《》（）！？—…·〔〕【】\u3000":
        return -5.5
    if character in " etaoinshrdlucmpfgyw":
        return -3.5
    if 0x20 <= code < 0x7F or character in "\t\n\r":
        return -5.5
    if character in "\f\v\u2028\u2029\u00a0–•％" or 0xFF01 <= code <= 0xFF5E:
        return -9.0
    if code == 0xFFFD:
        return -30.0
    if unicodedata.category(character) in ("Cc", "Cn", "Cs", "Co"):
        return -25.0
    if 0x4E00 <= code <= 0x9FFF:
        return -12.0 if _in_common_level(character) else -15.0
    if 0xA1 <= code <= 0xFF or 0x2010 <= code <= 0x206F or 0x3040 <= code <= 0x30FF or 0x2160 <= code <= 0x24FF:
        return -11.0
    return -16.0


def _in_common_level(character: str) -> bool:
    """Whether a character is in the first, common level of GB2312 (B0-D7) or of Big5 (A4-C6)."""
    gb = character.encode("gb2312", "ignore")
    big5 = character.encode("big5", "ignore")
    return (len(gb) == 2 and 0xB0 <= gb[0] <= 0xD7) or (len(big5) == 2 and 0xA4 <= big5[0] <= 0xC6)


def _decode_strictly(data: bytes, start: int, encoding: str, path: str, *, told: bool, remedy: str) -> str:
    try:
        return data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        wrong = data[start:].decode(encoding, "replace")
        if not told and _is_binary(wrong):
            raise InputError(Problem("this is a binary file, not a text", path, remedy=TEXT_REMEDY)) from None
        before = data[start : start + error.start].decode(encoding, "replace")
        line, column = position(before, len(before))
        what = f"byte {start + error.start} (0x{data[start + error.start]:02x}) cannot be read as {encoding}"
        raise InputError(Problem(what, path, line, column, remedy)) from None


def _refuse_binary(text: str, path: str) -> None:
    if _is_binary(text):
        raise InputError(Problem("this is a binary file, not a text", path, remedy=TEXT_REMEDY))
    if (offset := text.find("\0")) >= 0:
        line, column = position(text, offset)
        raise InputError(Problem("a NUL character, which no text has", path, line, column, "remove it, or " + REMEDY))


def _is_binary(text: str) -> bool:
    counts = Counter(text[:SAMPLE_BYTES])
    beyond = sum(
        count for character, count in counts.items() if character not in "\t\n\r\f\v\x85" and _beyond(character)
    )
    return beyond > max(BINARY_COUNT, BINARY_SHARE * counts.total())


def _beyond(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cn")


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset; lines end at a line feed."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
