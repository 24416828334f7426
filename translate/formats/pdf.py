"""PDF: its text, with the lines of a page joined into paragraphs again; what comes out is a Word document.

A PDF knows where characters stand and nothing of paragraphs. A line goes on the one before it if that one reaches the
right edge of the text, both have the same size, and the line is neither indented nor numbered. Running heads and page
numbers, told by standing in the same place on several pages, are left out. Scanned pages have no text and are refused.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate.errors import InputError, Problem
from translate.formats import guard, structure
from translate.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from translate.records import Block, Document

LIMIT = guard.FILE_BYTES
PAGES = 5_000
PAGE_NUMBER = re.compile(r"[-–—\s·.]*(?:第\s*)?\d{1,5}(?:\s*页)?(?:[，,\s]*[/／共]\s*\d{1,5}\s*页?)?[-–—\s·.]*")
LONGEST_TITLE = 80  # characters
TIGHT = 1.9  # a gap of more than this many line heights ends a paragraph
LARGER = 1.12  # another size of letters by this factor does too
INDENT = 1.2  # ems that a first line stands further in than the text's left edge
SHORT = 2.5  # ems that a last line may stay from the right edge and still be full


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its text, where it begins and ends, its height on the page and its size, in points."""

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int


def read(data: bytes, *, path: str, encoding: str | None = None) -> tuple[tuple[Block, ...], str | None]:
    """The paragraphs of a PDF; InputError for one that is locked, damaged or scanned."""
    if encoding is not None:
        raise InputError(Problem("a pdf has no encoding to give", path, remedy="leave --encoding out"))
    pages = _pages(data, path)
    lines = [line for page in _without_running_heads(pages) for line in page]
    if not lines:
        remedy = "recognise its text first (OCR), or ask for the original document"
        raise InputError(Problem("no text in this pdf: it seems to be scanned", path, remedy=remedy))
    common = Counter(round(line.size, 1) for line in lines for _ in line.text).most_common(1)[0][0]
    found = [
        (text[start:end], BlockKind.HEADING if size > LARGER * common and len(text) <= LONGEST_TITLE else None)
        for text, size in _paragraphs(lines)
        for start, end in structure.spans(text)
    ]
    return structure.blocks(found), None


def rebuild(data: bytes, document: Document, targets: Mapping[str, str]) -> bytes:
    """A Word document with the blocks as headings, paragraphs and list items; a PDF cannot be written into."""
    import docx

    new = docx.Document()
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            new.add_heading(targets[block.id], level=1)
        else:
            new.add_paragraph(targets[block.id])
    fixed = new.core_properties
    fixed.author, fixed.comments = "", ""
    out = io.BytesIO()
    new.save(out)
    return out.getvalue()


def _pages(data: bytes, path: str) -> list[list[Line]]:
    """The lines of every page, from its top."""
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports at length what it mends
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(Problem("the pdf is locked with a password", path, remedy="save it without one"))
        guard.refuse_count(len(reader.pages), "pages", path, most=PAGES)
        return [_lines(page, number) for number, page in enumerate(reader.pages)]
    except InputError:
        raise
    except Exception as error:  # the reader fails in as many ways as files are damaged
        what = f"the pdf cannot be read ({guard.one_line(error) or type(error).__name__})"
        raise InputError(Problem(what, path, remedy="save or print it as a pdf anew")) from None


def _lines(page: object, number: int) -> list[Line]:
    """The pieces of text of a page, put together into lines by their height."""
    pieces: list[tuple[float, float, float, str]] = []  # y, x, size, text

    def see(text: str, matrix: Sequence[float], position: Sequence[float], font: object, size: float) -> None:
        words = text.strip("\n")
        if words.strip():
            x = position[4] * matrix[0] + position[5] * matrix[2] + matrix[4]
            y = position[4] * matrix[1] + position[5] * matrix[3] + matrix[5]
            scale = abs(position[3] * matrix[3]) or abs(position[1] * matrix[1]) or 1.0
            pieces.append((y, x, abs(size * scale), words))

    page.extract_text(visitor_text=see)  # type: ignore[attr-defined]  # pypdf's own class
    lines: list[list[tuple[float, float, float, str]]] = []
    for piece in pieces:
        if not lines or abs(lines[-1][0][0] - piece[0]) > 0.5 * max(piece[2], lines[-1][0][2]):
            lines.append([])
        lines[-1].append(piece)
    return [line for group in lines if (line := _joined(group, number))]


def _joined(group: list[tuple[float, float, float, str]], page: int) -> Line | None:
    """The pieces of one line from left to right; a gap between them is white space."""
    text, right = "", 0.0
    for _, x, size, words in sorted(group, key=lambda piece: piece[1]):
        if text and x - right > 0.8 * size:
            text += "\u3000\u3000" if x - right > 3 * size else " "
        text += words
        right = x + size * _ems(words)
    y, left, size, _ = min(group, key=lambda piece: piece[1])
    tidy = _without_stray_spaces(text)
    return Line(tidy, left, right, y, size, page) if tidy else None


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.5 for character in text)


def _without_stray_spaces(text: str) -> str:
    """`text` without the single spaces that a typesetter puts between Chinese and figures."""
    return re.sub(r"(?<=[^\x00-\xff]) (?=[\x21-\x7e])|(?<=[\x21-\x7e]) (?=[^\x00-\xff])", "", text.strip(" \t\n"))


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """The pages without what stands at the same height on most of them, and without page numbers at their edges."""
    places = Counter(key for page in pages for key in {_place(line) for line in (*page[:2], *page[-2:])})
    repeated = {key for key, count in places.items() if count >= 3 and count > len(pages) / 2}
    for page in pages:
        edges = {*page[:1], *page[-1:]}
        yield [
            line
            for line in page
            if _place(line) not in repeated and not (line in edges and PAGE_NUMBER.fullmatch(line.text))
        ]


def _place(line: Line) -> tuple[int, str]:
    return round(line.y / 4), re.sub(r"\d+", "0", line.text)


def _paragraphs(lines: Sequence[Line]) -> Iterator[tuple[str, float]]:
    """(text, size) of each paragraph."""
    left, right = _edges(lines)
    text = ""
    before: Line | None = None
    for line in lines:
        if before is not None and _goes_on(before, line, left, right):
            space = before.text[-1].isascii() and line.text[0].isascii() and not before.text.endswith("-")
            text += " " * space + line.text
        else:
            if before is not None:
                yield text, before.size
            text = line.text
        before = line
    if before is not None:
        yield text, before.size


def _edges(lines: Iterable[Line]) -> tuple[float, float]:
    """Where the text begins and ends: the left that most lines have, and the right that all but a few keep to."""
    every = list(lines)
    left = Counter(round(line.left) for line in every).most_common(1)[0][0]
    rights = sorted(line.right for line in every)
    return float(left), rights[-1 - len(rights) // 20]


def _goes_on(before: Line, line: Line, left: float, right: float) -> bool:
    em = line.size
    if before.right < right - SHORT * em or max(before.size, em) > LARGER * min(before.size, em):
        return False
    if before.page == line.page and not 0 < before.y - line.y <= TIGHT * em * 1.4:
        return False
    if line.left > min(before.left, left + 1) + INDENT * em and line.left > left + INDENT * em:
        return False
    return not _begins(line.text, before.text)


def _begins(text: str, before: str) -> bool:
    """Whether a text begins as numbered headings and items do; a plain figure only behind the end of a sentence."""
    patterns = (structure.CHAPTER, structure.CLAUSE, *structure.LEVELS)
    counted = structure.COUNTED.match(text) is not None and before[-1] in structure.FINAL
    return counted or any(pattern.match(text) for pattern in patterns)
