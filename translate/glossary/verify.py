"""Where the renderings of found terms stand in an English text, each place serving one hit only.

Accepted are inflection, plural and possessive, a hyphen for a space, either spelling, capitals where a sentence or
heading asks for them (a name keeps its own), a leading article more or less and quotation marks inside. A `keep` term
must stand unaltered.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from translate.glossary.english import Words, phrases_of, uncapitalised, words_of
from translate.glossary.fold import is_word
from translate.records import BlockKind, Rule, Span, Term, TermHit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_MOVES: Final = 10_000
_DEEPEST: Final = 3
_FREE: Final = -1

Place = tuple[int, int]  # a range of words


def locate(hits: Sequence[TermHit], target: str, *, kind: BlockKind = BlockKind.PARAGRAPH) -> tuple[TermHit, ...]:
    """The hits with `target` set to where each is rendered, None where it is missing.

    Hits of one term need a place each, longer renderings take theirs first, and nothing inside a taken place counts.
    A hit of a `forbid` term gets the first place of the rendering that it forbids: None is what one hopes for.
    """
    if not hits:
        return ()
    text, heading = words_of(target), kind is BlockKind.HEADING or target.isupper()
    seats = _seat(hits, text, target, heading=heading)
    banned = {hit.term: span for hit, span in reversed(_banned(hits, text, target, heading=heading))}
    return tuple(
        replace(hit, target=banned.get(hit.term) if hit.term.rule is Rule.FORBID else _span(text, seats.get(index)))
        for index, hit in enumerate(hits)
    )


def missing(hits: Sequence[TermHit]) -> tuple[TermHit, ...]:
    """The located hits whose term must be rendered and is not."""
    return tuple(hit for hit in hits if hit.target is None and hit.term.rule is not Rule.FORBID)


def forbidden(hits: Sequence[TermHit], target: str, *, kind: BlockKind = BlockKind.PARAGRAPH) -> tuple[TermHit, ...]:
    """A hit for every place where a rendering stands that a hit's term forbids.

    A place inside a rendering that another hit asks for or accepts is none. A capital at the beginning of what is
    forbidden says nothing.
    """
    heading = kind is BlockKind.HEADING or target.isupper()
    return tuple(replace(hit, target=span) for hit, span in _banned(hits, words_of(target), target, heading=heading))


def _banned(hits: Sequence[TermHit], text: Words, target: str, *, heading: bool) -> list[tuple[TermHit, Span]]:
    """(hit, span) of forbidden renderings, in order; several hits of one term count as one."""
    bans = {hit.term: hit for hit in reversed(hits) if hit.term.rule is Rule.FORBID}
    if not bans:
        return []
    reach = [0] * (len(text.words) + 1)  # how far good renderings go that begin at a word or before it
    for term in {hit.term for hit in hits if hit.term.rule is not Rule.FORBID}:
        for start, end in _places(term, text, target, heading=heading):
            reach[start] = max(reach[start], end)
    reach = list(accumulate(reach, max))
    found = [
        (hit, _span_of(text, (start, end)))
        for term, hit in bans.items()
        for start, end in _places(term, text, target, heading=heading)
        if reach[start] < end
    ]
    return sorted(found, key=lambda pair: (pair[1], pair[0].start))


def _seat(hits: Sequence[TermHit], text: Words, target: str, *, heading: bool) -> dict[int, Place]:
    """A place for as many hits as can have one, by the index of the hit."""
    waiting: dict[Term, list[int]] = defaultdict(list)
    for index, hit in enumerate(hits):
        if hit.term.rule is not Rule.FORBID:
            waiting[hit.term].append(index)
    places = {term: _places(term, text, target, heading=heading) for term in waiting}
    order = sorted(
        waiting, key=lambda term: (-max((end - start for start, end in places[term]), default=0), len(places[term]))
    )
    taken = [_FREE] * len(text.words)
    seats: dict[int, Place] = {}
    for term in order:
        free = iter(places[term])
        for index in waiting[term]:
            place = next((place for place in free if _is_free(taken, place)), None)
            if place is not None:
                _take(taken, seats, index, place)
    options = {index: places[term] for term, indexes in waiting.items() for index in indexes}
    left = [index for index in options if index not in seats]
    if sum(len(options[index]) for index in left) <= _MOST_MOVES:
        for index in left:
            _settle(index, options, taken, seats, _DEEPEST)
    return seats


def _settle(index: int, options: dict[int, list[Place]], taken: list[int], seats: dict[int, Place], depth: int) -> bool:
    """Find a place for a hit, if need be by moving another hit to another of its places."""
    for place in options[index]:
        holders = set(taken[slice(*place)]) - {_FREE}
        if not holders:
            _take(taken, seats, index, place)
            return True
        holder = holders.pop()
        if holders or depth == 0 or options[holder] is options[index]:
            continue
        old = seats.pop(holder)
        taken[slice(*old)] = [_FREE] * (old[1] - old[0])
        _take(taken, seats, index, place)
        if _settle(holder, options, taken, seats, depth - 1):
            return True
        del seats[index]
        taken[slice(*place)] = [_FREE] * (place[1] - place[0])
        _take(taken, seats, holder, old)
    return False


def _is_free(taken: list[int], place: Place) -> bool:
    return all(holder == _FREE for holder in taken[slice(*place)])


def _take(taken: list[int], seats: dict[int, Place], index: int, place: Place) -> None:
    seats[index] = place
    taken[slice(*place)] = [index] * (place[1] - place[0])


def _places(term: Term, text: Words, target: str, *, heading: bool) -> list[Place]:
    """Where a term's renderings stand, in order; of two that overlap only the longer."""
    found: set[Place] = set()
    for rendering in (term.target, *term.variants):
        if term.rule is Rule.KEEP:
            found.update(_unaltered(rendering, text, target))
        elif term.rule is Rule.FORBID:
            found.update(text.occurrences(phrases_of(uncapitalised(rendering))[0], heading=heading))
        else:
            for phrase in phrases_of(rendering):
                found.update(text.occurrences(phrase, heading=heading))
    if len(found) < 2:
        return list(found)
    chosen: list[Place] = []
    covered = bytearray(len(text.words))
    for start, end in sorted(found, key=lambda place: (place[0] - place[1], place[0])):
        if covered.find(1, start, end) < 0:
            covered[start:end] = b"\x01" * (end - start)
            chosen.append((start, end))
    return sorted(chosen)


def _unaltered(rendering: str, text: Words, target: str) -> Iterator[Place]:
    """Where a text stands letter for letter, not inside a longer word, number or address."""
    if not rendering:
        return
    before = r"(?<![\w])(?<![\w][.@])" if is_word(rendering[0]) else ""
    after = r"(?![\w]|[.@]\w|,\d)" if is_word(rendering[-1]) else ""
    grouped = r"(?<!\d,)" if rendering[0].isdigit() else ""
    starts = [word.start for word in text.words]
    for match in re.finditer(before + grouped + re.escape(rendering) + after, target):
        first = max(bisect_right(starts, match.start()) - 1, 0)
        last = bisect_left(starts, match.end())
        if first < last:
            yield first, last


def _span(text: Words, place: Place | None) -> Span | None:
    return None if place is None else _span_of(text, place)


def _span_of(text: Words, place: Place) -> Span:
    return text.words[place[0]].start, text.words[place[1] - 1].end
