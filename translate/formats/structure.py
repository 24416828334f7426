"""Where the paragraphs of a Chinese text are, and which of them are headings and list items, without any markup.

Both readings are shared by every format: plain text has nothing else, and most docx and html files number and
indent by hand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate.records import Block, BlockKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What ends a paragraph within a text: any line end, or white space that holds two or more ideographic spaces.
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Not text at the edge of a paragraph: white space, and the marks of no width.
BLANK = " \t\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff\x1f"
BREAK = re.compile(f"[{LINE_ENDS}]|\u3000[{BLANK}]*")
EDGE = re.compile(f"[{BLANK}{LINE_ENDS}]*")
BULLET = re.compile(f"(?:[•●○◦■□▪◆◇▶►‣⁃∙·*–—-])[{BLANK}]+")

NUMERAL = "[〇零一二三四五六七八九十百千两0-9０-９]{1,6}"
CHAPTER = re.compile(f"第{NUMERAL}(?:[编編章节節篇]|部分)")
CLAUSE = re.compile(f"第{NUMERAL}[条條]")
# Numbering that heads a section, outermost first, and numbering that only counts.
LEVELS = tuple(
    re.compile(pattern)
    for pattern in (
        "[一二三四五六七八九十百]{1,4}[、．.]",
        "[（(][一二三四五六七八九十百]{1,4}[）)]",
    )
)
COUNTED = re.compile(
    "[0-9０-９]{1,3}(?:[.．][0-9０-９]{1,2}){0,4}[、．.）)](?![0-9０-９])"
    "|[（(][0-9０-９]{1,3}[）)]|[①-⑳⑴-⒇⒈-⒛]|[一二三四五六七八九十]{1,2}是|[a-zA-Z][.)）、](?![a-zA-Z.])"
)
FINAL = "。！？；…!?;.：:，,、"
CLOSING = "”’」』）)》〉\"'"
HEADING_LENGTH = 50  # Chinese characters, or three Latin letters each; a longer line is a paragraph
NUMBERING_LENGTH = 16  # more than the number of a clause ever has
DATE = re.compile(f"[0-9０-９〇零一二三四五六七八九十]{{2,4}}年(?:{NUMERAL}月(?:{NUMERAL}[日号])?)?")
DOCUMENT_NUMBER = re.compile("[^〔\\[【]{0,20}[〔\\[【][0-9０-９]{4}[〕\\]】].{0,8}号")
TITLE_END = re.compile(
    "的?(?:通知|意见|决定|公告|通告|办法|规定|方案|条例|细则|通报|批复|规划|纲要|報告|报告|通則|條例|辦法)$"
)


def spans(text: str) -> Iterator[Span]:
    """The paragraphs of a text as spans, in order, without the white space around them.

    A paragraph ends at a line end, or at two or more ideographic spaces within a line.
    """
    start = 0
    for match in BREAK.finditer(text):
        if match[0][0] in LINE_ENDS or match[0].count("\u3000") >= 2:
            yield from _trimmed(text, start, match.start())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    first = EDGE.match(text, start, end)
    start = first.end() if first else start
    while end > start and EDGE.fullmatch(text, end - 1, end):
        end -= 1
    if start < end:
        yield start, end


def kinds(texts: Sequence[str], known: Sequence[BlockKind | None] = ()) -> list[BlockKind]:
    """What each paragraph of a text is: as `known` where markup says so, else from its own words and what follows it.

    A heading is a short line without a final mark that heads something: numbered 一、 or （一） or 第一章, or followed
    by a full sentence or a numbered line. The first line is the title. A numbered sentence (（一）…。, 第三条 …。) and
    a line that is only counted (1. …, 一是…；) are list items. Dates, document numbers and signatures are paragraphs.
    Where markup has headings, only numbering makes another one.
    """
    marked = list(known) or [None] * len(texts)
    guess = BlockKind.HEADING not in marked
    following = [*texts[1:], ""]
    return [
        kind or _kind(text, after, first=index == 0, guess=guess)
        for index, (text, after, kind) in enumerate(zip(texts, following, marked, strict=False))
    ]


def blocks(found: Sequence[tuple[str, BlockKind | None]]) -> tuple[Block, ...]:
    """Blocks from texts in reading order, each with the kind that markup gives it, if it gives one."""
    every = kinds([text for text, _ in found], [kind for _, kind in found])
    return tuple(
        Block(f"b{number:04}", kind, text) for number, (kind, (text, _)) in enumerate(zip(every, found, strict=True), 1)
    )


def _kind(text: str, after: str, *, first: bool, guess: bool) -> BlockKind:
    short = is_short_line(text)
    if CHAPTER.match(text):
        return BlockKind.HEADING if short else BlockKind.PARAGRAPH
    if CLAUSE.match(text) or COUNTED.match(text):
        return BlockKind.LIST_ITEM
    level = _level(text)
    if level is not None:
        heads = short and after != "" and _level(after) != level
        return BlockKind.HEADING if heads else BlockKind.LIST_ITEM
    if guess and short and (first or TITLE_END.search(text) or _is_body(after)):
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH


def is_short_line(text: str) -> bool:
    """Whether a text could head something: short, no final mark, not in brackets, no date or document number."""
    body = text.rstrip(CLOSING)
    bracketed = text[0] in "（(〔[【" and text[-1] in "）)〕]】"
    told = "：" in text or ":" in text or "@" in text
    return (
        _length(text) <= HEADING_LENGTH
        and body[-1:] not in FINAL
        and any(character.isalpha() for character in text)
        and not (bracketed or told or DATE.fullmatch(text) or DOCUMENT_NUMBER.fullmatch(text))
    )


def _length(text: str) -> float:
    wide = sum(character > "\u2e80" for character in text[: 4 * HEADING_LENGTH])
    return wide + (len(text) - wide) / 3


def _level(text: str) -> int | None:
    return next((level for level, pattern in enumerate(LEVELS) if pattern.match(text)), None)


def _is_body(text: str) -> bool:
    """Whether a text can stand under a heading: a sentence, an address ending in a colon, or a numbered line."""
    if not text:
        return False
    numbered = CHAPTER.match(text) or CLAUSE.match(text) or COUNTED.match(text) or _level(text) is not None
    return bool(numbered) or _length(text) > HEADING_LENGTH or text.rstrip(CLOSING)[-1:] in FINAL


def is_numbering(text: str) -> bool:
    """Whether a text is nothing but the number of a clause: 一、 or （二） or 3. or 第四条."""
    patterns = (CHAPTER, CLAUSE, COUNTED, *LEVELS)
    return len(text) < NUMBERING_LENGTH and any(pattern.fullmatch(text.strip()) for pattern in patterns)
