"""Where a Chinese sentence ends: the rules for one run of stops, or one line break, in its context."""

from __future__ import annotations

import re
from functools import cache

from translate.segment.marks import BRACKET_OPENERS, CLOSERS, STOPS, TITLE_OPENERS, words
from translate.segment.stops import Stop, is_latin, line_before, opens_item, word_before

_CONTINUES = "，、；：,;:—～~"
_INTRODUCES = "：:，,"
_OPENS = STOPS + CLOSERS + "“‘「『（(；"
_FULL_QUOTE = 20  # characters; a shorter quotation right behind its verb is a part of the sentence: 他说“好。”就走了
_WRAPPED = 20  # characters; a line shorter than this was broken on purpose
_NUMBERING = re.compile(
    r"(?:^|[^\w.])[（(]?(?:\d{1,3}(?:\.\d{1,2})*|[A-Za-z]|[ivxIVX]{1,4}|[一二三四五六七八九十百]{1,4})[）)]?$"
)


def ends(text: str, stop: Stop) -> bool:
    """Whether the run of stops, with the closing marks behind it, ends a sentence."""
    if stop.line_breaks:
        return True
    if text[stop.after] in _CONTINUES:
        return False
    run = text[stop.start : stop.end]
    if run in (".", "．") and not _full_stop(text, stop):
        return False
    if not run.strip("…⋯.．") and run not in (".", "．") and text.startswith(_list("after_ellipsis"), stop.after):
        return False
    if run in "?!" and stop.after == stop.end and _inside_ascii(text, stop):
        return False
    return stop.opener is None or _quotation_ends(text, stop, stop.opener)


def line_ends(text: str, start: int, after: int) -> bool:
    """Whether a single line break at `start` parts two sentences, or only wraps one.

    It parts them where the next line opens an item, where the line ends in a colon or semicolon, and where the line is
    short and does not end in a comma: a heading, a line of an address.
    """
    line = line_before(text, start, _WRAPPED)
    if opens_item(text, after) or line.endswith(("：", "；", ":", ";")):
        return True
    return len(line) < _WRAPPED and not line.endswith(("，", "、", ",", "（", "("))


def _inside_ascii(text: str, stop: Stop) -> bool:
    """Whether the mark is in the middle of something like a URL or a file name."""
    return stop.start > 0 and "!" <= text[stop.start - 1] <= "~" and is_latin(text, stop.after)


def _full_stop(text: str, stop: Stop) -> bool:
    """Whether one ASCII full stop is the end of a sentence, in a text where it mostly is not."""
    window = text[max(0, stop.start - 12) : stop.start]
    if not window or _NUMBERING.search(window if stop.start <= 12 else "字" + window):
        return False
    spaced = stop.after > stop.marks_end
    if window[-1].isdigit():
        return spaced
    if is_latin(text, stop.after) and not spaced:
        return False
    return not is_latin(window, len(window) - 1) or not _is_abbreviation(word_before(text, stop.start).lower())


def _is_abbreviation(word: str) -> bool:
    english = words()["english"]
    return len(word) == 1 or "." in word or any(word in english[name] for name in ("titles", "before_number", "maybe"))


def _quotation_ends(text: str, stop: Stop, opener: int) -> bool:
    """Whether a sentence ends with its closing mark: 强调：“……。”会议要求 does, 他说“好。”就走了 does not."""
    lead = text[max(0, opener - 8) : opener].rstrip()[-1:]
    if text[opener] in TITLE_OPENERS:
        return False
    if text[opener] in BRACKET_OPENERS:
        return lead in _OPENS
    if text.startswith(_list("after_quote"), stop.after) and not text.startswith(_list("after_quote_not"), stop.after):
        return False
    if lead in _OPENS:
        return not _reporting().match(text, stop.after)
    return lead in _INTRODUCES or stop.marks_end - opener > _FULL_QUOTE


@cache
def _list(name: str) -> tuple[str, ...]:
    return tuple(words()["chinese"][name])


@cache
def _reporting() -> re.Pattern[str]:
    verbs = "|".join(sorted(_list("reporting"), key=len, reverse=True))
    return re.compile(rf"[\u3400-\u9fff]{{1,12}}?(?:{verbs})(?:[，。：,]|$)")
