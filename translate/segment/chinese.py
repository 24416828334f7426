"""Where a Chinese sentence ends: the rules for one run of stops, or one line break, in its context."""

from __future__ import annotations

import re
from functools import lru_cache

from translate.segment.marks import BLANKS, BRACKET_OPENERS, CLOSERS, LINE_BREAKS, STOPS, TITLE_OPENERS, Pairs, words
from translate.segment.stops import Stop, is_ascii_word, opens_item, word_before

LONG = 80  # characters; a longer sentence is divided inside quotations and at semicolons too
SEMICOLONS = "；"

_CONTINUES = "，、；：,;:—～~"
_INTRODUCES = "：:，,"
_FULL_QUOTE = 20  # characters; a shorter quotation right behind its verb is a part of the sentence: 他说“好。”就走了
_WRAPPED = 20  # characters; a line shorter than this was broken on purpose
_ITEM = re.compile(
    rf"(?:^|[{BLANKS}。；;！？])[（(]?(?:\d{{1,3}}(?:\.\d{{1,2}})*|[A-Za-z]|[ivxIVX]{{1,4}}|[一二三四五六七八九十百]{{1,4}})[）)]?$"
)


def ends(text: str, stop: Stop, pairs: Pairs) -> bool:
    """Whether the run of stops, with the closing marks behind it, ends a sentence."""
    following = text[stop.after]
    if following in _CONTINUES:
        return False
    if stop.line_breaks:
        return True
    run = text[stop.start : stop.end]
    if run in (".", "．") and not _full_stop(text, stop):
        return False
    if not run.strip("…⋯.．"):
        if (len(run) > 1 or run in "…⋯") and text.startswith(_after_ellipsis(), stop.after):
            return False
    elif (
        stop.after == stop.end
        and run in "?!"
        and is_ascii_word(text, stop.start - 1)
        and is_ascii_word(text, stop.after)
    ):
        return False  # a query in a URL, Yahoo!Mail
    return stop.opener is None or _quotation_ends(text, stop, pairs)


def line_ends(text: str, start: int, after: int) -> bool:
    """Whether a single line break at `start` parts two sentences, or only wraps one.

    It parts them where the next line opens an item, where the line ends in a colon or semicolon, and where the line is
    short and does not end in a comma: a heading, a line of an address.
    """
    line = re.split(f"[{LINE_BREAKS}]", text[max(0, start - _WRAPPED) : start])[-1].rstrip()
    if opens_item(text, after) or line.endswith(("：", "；", ":", ";")):
        return True
    return len(line) < _WRAPPED and not line.endswith(("，", "、", ",", "（", "("))


def _full_stop(text: str, stop: Stop) -> bool:
    """Whether one ASCII full stop is the end of a sentence, in a text where it mostly is not."""
    before = stop.start - 1
    window = text[max(0, stop.start - 12) : stop.start]
    if _ITEM.search(window if stop.start <= 12 else "字" + window):
        return False
    spaced = stop.after > stop.marks_end
    if not is_ascii_word(text, before):
        return before >= 0 and (spaced or not is_ascii_word(text, stop.after))
    if text[before].isdigit():
        return spaced
    if is_ascii_word(text, stop.after) and not spaced:
        return False
    return not _is_abbreviation(word_before(text, stop.start))


def _is_abbreviation(word: str) -> bool:
    lists = words()["english"]
    known = word.lower() in lists["titles"] or word.lower() in lists["before_number"] or word.lower() in lists["maybe"]
    return known or len(word) == 1 or "." in word


def _quotation_ends(text: str, stop: Stop, pairs: Pairs) -> bool:
    """Whether a sentence ends with the closing mark: 强调：“……。”会议要求 does, 他说“好。”就走了 does not."""
    assert stop.opener is not None
    mark = text[stop.opener]
    lead = text[max(0, stop.opener - 8) : stop.opener].rstrip()[-1:]
    opens_sentence = lead == "" or lead in STOPS + CLOSERS
    if mark in TITLE_OPENERS:
        return False
    if mark in BRACKET_OPENERS:
        return opens_sentence
    if text.startswith(_after_quote(), stop.after) and not text.startswith(_after_quote_not(), stop.after):
        return False
    if opens_sentence:
        return not _reporting().match(text, stop.after)
    return lead in _INTRODUCES or stop.marks_end - stop.opener > _FULL_QUOTE


@lru_cache(maxsize=1)
def _after_ellipsis() -> tuple[str, ...]:
    return tuple(words()["chinese"]["after_ellipsis"])


@lru_cache(maxsize=1)
def _after_quote() -> tuple[str, ...]:
    return tuple(words()["chinese"]["after_quote"])


@lru_cache(maxsize=1)
def _after_quote_not() -> tuple[str, ...]:
    return tuple(words()["chinese"]["after_quote_not"])


@lru_cache(maxsize=1)
def _reporting() -> re.Pattern[str]:
    verbs = "|".join(sorted(words()["chinese"]["reporting"], key=len, reverse=True))
    return re.compile(rf"[\u3400-\u9fff]{{1,12}}?(?:{verbs})(?:[，。：,]|$)")
