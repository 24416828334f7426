"""Where an English sentence ends: the rules for one run of stops, or one line break, in its context."""

from __future__ import annotations

import re
from functools import cache

from translate.segment.marks import BLANKS, LINE_BREAKS, Pairs, words
from translate.segment.stops import Stop, is_ascii_word, opens_item, word_before

LONG = 300  # characters; a longer sentence is divided inside quotations too
SEMICOLONS = ""

_OPENING = "“‘\"'([«"
_WRAPPED = 40  # characters; a line shorter than this was broken on purpose
_LETTERS = re.compile(r"[^\W\d_]+")
_GLUED = re.compile(r"[a-z]{2}[.!?][A-Z][a-z]* ")
_ITEM = re.compile(rf"(?:^|[.!?:;\n][{BLANKS}]*)[“\"(]?(?:\d{{1,3}}(?:\.\d{{1,2}})*|[A-Za-z]|[ivxIVX]{{1,5}})\)?$")
_HEADING = re.compile(rf"(?:^|[.!?:;][{BLANKS}]+|[\n])([A-Z][a-z]+|[A-Z]+) (?:\d{{1,3}}(?:\.\d{{1,2}})*|[IVXLC]+)$")


def ends(text: str, stop: Stop, pairs: Pairs) -> bool:
    """Whether the run of stops, with the closing marks behind it, ends a sentence."""
    run = text[stop.start : stop.end]
    if stop.line_breaks > 1:
        return True
    if run in "。！？｡．" and len(run) == 1:
        return text[stop.after] not in "，、；：,;:"
    if stop.after == stop.marks_end:
        return stop.marks_end == stop.end and run in ".!?" and bool(_GLUED.match(text, stop.start - 2))
    following = text[stop.after]
    if following.islower() or (following in ",;:—–-" and not opens_item(text, stop.after)):
        return False
    return run != "." or _full_stop(text, stop)


def line_ends(text: str, start: int, after: int) -> bool:
    """Whether a single line break at `start` parts two sentences, or only wraps one."""
    line = re.split(f"[{LINE_BREAKS}]", text[max(0, start - _WRAPPED) : start])[-1].rstrip()
    if opens_item(text, after) or line.endswith((":", ";")):
        return True
    return len(line) < _WRAPPED and not line.endswith((",", "(", "-")) and not text[after].islower()


def _full_stop(text: str, stop: Stop) -> bool:
    """Whether one full stop, blanks and no lower-case letter behind it, is the end of a sentence."""
    window = text[max(0, stop.start - 24) : stop.start]
    if stop.start > 24:
        window = "x" + window
    if _ITEM.search(window):
        return False
    if (heading := _HEADING.search(window)) and heading[1].lower() in _list("headings"):
        return False
    word = word_before(text, stop.start).lower()
    if not word:
        return True
    if word in _list("titles"):
        return False
    if is_ascii_word(text, stop.after) and text[stop.after].isdigit():
        return word not in _list("before_number")
    if word in _list("maybe") or len(word) == 1 or "." in word:
        return word == "etc" or stop.marks_end > stop.end or _starts_sentence(text, stop.after)
    return True


def _starts_sentence(text: str, position: int) -> bool:
    """Whether the word at the position, past an opening mark, is one that sentences begin with."""
    if text[position] in _OPENING:
        position += 1
    found = _LETTERS.match(text[position : position + 24])
    return found is not None and found.group().lower() in _list("starters")


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(words()["english"][name])
