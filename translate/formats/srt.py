"""Subtitles: the lines of each one joined into a block; numbers and times stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate.errors import InputError, Problem
from translate.formats import guard
from translate.formats.encoding import decode
from translate.records import Block, BlockKind, Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIMIT = guard.TEXT_BYTES
LONGEST_LINE = 42  # characters of an English subtitle line, as broadcasters have it
TIMES = re.compile(r"\s*\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}\s*-->\s*\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}")
MARKUP = re.compile(r"</?(?:i|b|u|font[^<>]{0,100})>|\{\\[^{}]{0,100}\}")


def read(data: bytes, *, path: str, encoding: str | None = None) -> tuple[tuple[Block, ...], str | None]:
    """One block a subtitle; InputError where a line of times is missing."""
    text, encoding = decode(data, path=path, encoding=encoding)
    lines = text.splitlines()
    found = [_words(lines[start:end]) for start, end in _subtitles(lines, path)]
    blocks = (Block(f"b{number:04}", BlockKind.PARAGRAPH, words) for number, words in enumerate(found, 1))
    return tuple(block for block in blocks if block.text), encoding


def rebuild(data: bytes, document: Document, targets: Mapping[str, str]) -> bytes:
    """The subtitles with each text replaced, at most two lines where they fit; UTF-8. Italics and colours go."""
    text, _ = decode(data, path=document.path, encoding=document.encoding)
    line_end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines()
    out: list[str] = []
    position = 0
    for number, (start, end) in enumerate(_subtitles(lines, document.path), 1):
        target = targets.get(f"b{number:04}")
        out += lines[position:start]
        out += lines[start:end] if target is None else _wrapped(target)
        position = end
    return (line_end.join([*out, *lines[position:]]) + line_end).encode()


def _subtitles(lines: list[str], path: str) -> Iterator[tuple[int, int]]:
    """First and last line of the text of each subtitle: from its times to the next blank line."""
    count = 0
    number = 0
    while number < len(lines):
        if not TIMES.match(lines[number]):
            number += 1
            continue
        start = end = number + 1
        while end < len(lines) and lines[end].strip():
            end += 1
        yield start, end
        number, count = end, count + 1
        guard.refuse_count(count, "subtitles", path, most=guard.BLOCKS)
    if not count:
        raise InputError(Problem("no line with times, such as 00:00:01,000 --> 00:00:03,000", path))


def _words(lines: list[str]) -> str:
    """The lines of a subtitle as one text; Chinese is joined without a space, other words with one."""
    said = ""
    for line in (MARKUP.sub("", line).strip() for line in lines):
        space = bool(said) and bool(line) and said[-1].isascii() and line[0].isascii()
        said += " " * space + line
    return said


def _wrapped(text: str) -> list[str]:
    """Two lines of about the same length where one is too long; longer texts get the lines that they need."""
    import textwrap

    if len(text) <= LONGEST_LINE:
        return [text]
    even = max(LONGEST_LINE * 2 // 3, min(LONGEST_LINE, len(text) // 2 + 8))
    lines = textwrap.wrap(text, even, break_long_words=False, break_on_hyphens=False)
    return lines if len(lines) <= 2 else textwrap.wrap(text, LONGEST_LINE, break_long_words=False)
