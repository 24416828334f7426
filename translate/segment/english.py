"""Where an English sentence ends: the rules for one run of stops, or one line break, in its context."""

from __future__ import annotations

import re
from functools import cache

from translate.segment.marks import BLANKS, words
from translate.segment.stops import Stop, line_before, opens_item, word_before

_OPENING = "“‘\"'([«"
_WRAPPED = 40  # characters; a line shorter than this was broken on purpose
_FIRST_WORD = re.compile(rf"[{re.escape(_OPENING)}]?([A-Za-z]{{1,16}})(?![A-Za-z.])")
_GLUED = re.compile(r"[a-z]{2}[.!?][A-Z][a-z]* ")
_START = rf"(?:^|\n|([A-Za-z]*)[.!?:;)][”\")]?[{BLANKS}]+)"
_NUMBERING = re.compile(_START + r"[“\"(]?(?:\d{1,3}(?:\.\d{1,2})*|[A-Za-z]|[ivxIVX]{1,5})\)?$")
_HEADING = re.compile(_START + r"([A-Z][a-z]+|[A-Z]+)[.]? (?:\d{1,3}(?:\.\d{1,2})*|[IVXLC]+)$")


def ends(text: str, stop: Stop) -> bool:
    """Whether the run of stops, with the closing marks behind it, ends a sentence."""
    run = text[stop.start : stop.end]
    if stop.line_breaks > 1:
        return True
    if run in "。！？｡．" and len(run) == 1:
        return text[stop.after] not in "，、；：,;:"
    if stop.after == stop.marks_end:
        return stop.marks_end == stop.end and run in ".!?" and bool(_GLUED.match(text, stop.start - 2))
    following = text[stop.after + (text[stop.after] in _OPENING and stop.after + 1 < len(text))]
    if (following.islower() or following in ",;:—–-") and not opens_item(text, stop.after):
        return False
    if run != ".":
        return stop.opener is None or not _reporting().match(text, stop.after)
    return _full_stop(text, stop)


def line_ends(text: str, start: int, after: int) -> bool:
    """Whether a single line break at `start` parts two sentences, or only wraps one."""
    line = line_before(text, start, _WRAPPED)
    if opens_item(text, after) or line.endswith((":", ";")):
        return True
    return len(line) < _WRAPPED and not line.endswith((",", "(", "-")) and not text[after].islower()


def _full_stop(text: str, stop: Stop) -> bool:
    """Whether one full stop, blanks and no lower-case letter behind it, is the end of a sentence."""
    if _numbers_what_follows(text, stop.start):
        return False
    word = word_before(text, stop.start).lower()
    if word in _list("titles"):
        return False
    if text[stop.after].isdigit():
        return word not in _list("before_number")
    if word in _list("maybe") or len(word) == 1 or "." in word:
        sure = word == "etc" or stop.marks_end > stop.end or _is_label(text, stop.start)
        return sure or _starts_sentence(text, stop.after)
    return True


def _numbers_what_follows(text: str, position: int) -> bool:
    """Whether the text up to a full stop is the number of an item or article: 1. a. Article 5. but not under No. 5."""
    window = text[max(0, position - 24) : position]
    window = window if position <= 24 else "x" + window
    heading = _HEADING.search(window)
    if heading:
        return heading[2].lower() in _list("headings") | _list("before_number")
    numbering = _NUMBERING.search(window)
    return numbering is not None and (numbering[1] or "").lower() not in _list("before_number")


def _is_label(text: str, position: int) -> bool:
    """Whether the single letter that ends at the position is a name in a series, as in Plan B, and no initial."""
    return word_before(text, position - 2).lower() in _list("labelled")


def _starts_sentence(text: str, position: int) -> bool:
    """Whether the word at the position, past an opening mark, is one that sentences begin with."""
    found = _FIRST_WORD.match(text, position)
    return found is not None and found[1].lower() in _list("starters")


@cache
def _reporting() -> re.Pattern[str]:
    verbs = "|".join(words()["english"]["reporting"])
    return re.compile(rf"(?:[A-Z][\w.'’-]{{0,20}} ){{1,4}}(?:{verbs})\b")


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(words()["english"][name])
