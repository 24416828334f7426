"""Words and phrases that a model says again and again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from translate.checks.base import Check
from translate.records import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.records import Span, Unit

LOOP_WORDS = 4  # a phrase of so many words ...
LOOP_TIMES = 3  # ... said so often is a loop, unless the source repeats itself as often
LONGEST_DOUBLED = 12  # words of a phrase that stands twice in a row
MOST_BETWEEN = 2  # small words that may stand between the two: guide them to guide them
SHORTEST_NOUN = 5  # letters of a single word that should not come again behind an "and" or a comma
NEAR = 20  # characters of source in which a repeated pair of characters explains such a word
NEAR_OVER_COMMA = 40  # the same for two words on both sides of a comma: during the review, the review
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BETWEEN = frozenset(("a", "and", "as", "by", "for", "in", "of", "on", "or", "our", "that", "the", "their", "to", "we"))
# Words that come in pairs, so that they may go on the same way: from door to door to the last village.
_PAIRED = frozenset(
    re.findall(
        r"\w+",
        "again country day door end face generation hand house neck one peer people person place point shoulder side"
        " step time village year",
    )
)
_MAY_BE_DOUBLED = frozenset(("had", "that", "very", "so"))
_ENDS_CLAUSE = re.compile(r"[.;:!?()\[\]\n]")
# The end of one phrase begins the next: 以文塑旅、以旅彰文.
_CHIASM = re.compile("([\u3400-\u9fff])[、，][\u3400-\u9fff]?\\1")
_HAN_PAIR = re.compile("(?=([\u3400-\u9fff]{2}))")


def find_repetition(unit: Unit) -> Iterator[Finding]:
    """A word or phrase twice in a row, or a phrase over and over, where the source does not repeat."""
    words = list(_WORD.finditer(unit.target))
    keys = [word[0].casefold() for word in words]
    if span := _doubled(words, keys, unit) or _loop(words, keys, unit.source):
        yield Finding("repetition", Severity.ERROR, _message(unit.target, span), None, span)
    elif span := _doubled_noun(words, keys, unit):
        yield Finding("repetition", Severity.WARNING, _message(unit.target, span), None, span)


def _message(target: str, span: Span) -> str:
    return f"“{target[slice(*span)][:80]}” repeats itself."


def _doubled(words: list[re.Match[str]], keys: list[str], unit: Unit) -> Span | None:
    """The first phrase that stands twice in a row, with a comma or small words between at most."""
    for distance in _distances(keys, LONGEST_DOUBLED + MOST_BETWEEN):
        for start, size in _returns(keys, distance):
            between = keys[start + size : start + distance]
            span = words[start].start(), words[start + distance + size - 1].end()
            gap = unit.target[words[start + size - 1].end() : words[start + distance].start()]
            if len(between) > MOST_BETWEEN or not _BETWEEN.issuperset(between) or _ENDS_CLAUSE.search(gap):
                continue
            if _is_fault(keys[start : start + size], between, "," in gap, unit.source):
                return span
    return None


def _distances(keys: list[str], longest: int) -> list[int]:
    """After how many words, `longest` at most, two words in a row come again; and 1, for a single word."""
    pairs, found = list(pairwise(keys)), {1}
    if len(set(pairs)) == len(pairs):
        return [1]
    seen: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, pair in enumerate(pairs):
        earlier = seen[pair]
        found.update(index - other for other in earlier[-longest:] if index - other <= longest)
        earlier.append(index)
    return sorted(found)


def _returns(keys: list[str], distance: int) -> Iterator[tuple[int, int]]:
    """(start, size) of phrases that come again `distance` words later, the longest possible."""
    size = 0
    for index, (word, later) in enumerate(zip(keys, keys[distance:], strict=False)):
        size = size + 1 if word == later else 0
        if size == distance or (
            size and keys[index + 1 : index + 2] != keys[index + 1 + distance : index + 2 + distance]
        ):
            yield index + 1 - size, size
            size = 0


def _is_fault(phrase: list[str], between: list[str], comma: bool, source: str) -> bool:
    if all(word.isdigit() for word in phrase):
        return False
    if len(phrase) == 1:
        return not between and not comma and phrase[0] not in _MAY_BE_DOUBLED
    if len(phrase) == 2 and phrase[0] in _PAIRED:
        return False
    near = NEAR_OVER_COMMA if comma and not between else NEAR
    return len(phrase) > 2 or not (between or comma) or not _repeats_nearby(source, near)


def _doubled_noun(words: list[re.Match[str]], keys: list[str], unit: Unit) -> Span | None:
    """The first long word that comes again behind "and" or a comma: with dignity and dignity."""
    for index in range(len(keys) - 1):
        last = index + 2 if keys[index + 1] == "and" else index + 1
        word = keys[index]
        if last < len(keys) and word == keys[last] and len(word) >= SHORTEST_NOUN and word != "again":
            gap = unit.target[words[index].end() : words[last].start()]
            goes_on = keys[last + 1 : last + 2] in (["that"], ["which"], ["who"], ["whose"])
            if not (
                word.endswith("er")
                or goes_on
                or _CHIASM.search(unit.source)
                or _ENDS_CLAUSE.search(gap)
                or _repeats_nearby(unit.source)
            ):
                return words[index].start(), words[last].end()
    return None


def _repeats_nearby(source: str, near: int = NEAR) -> bool:
    """Whether a pair of Chinese characters comes again within a few characters."""
    seen: dict[str, int] = {}
    for match in _HAN_PAIR.finditer(source):
        if match.start() - seen.get(match[1], -near - 1) <= near:
            return True
        seen[match[1]] = match.start()
    return False


def _loop(words: list[re.Match[str]], keys: list[str], source: str) -> Span | None:
    """The last place of a phrase that is said too often for what the source repeats."""
    phrases = [tuple(keys[start : start + LOOP_WORDS]) for start in range(len(keys) - LOOP_WORDS + 1)]
    counted = Counter(phrases)
    phrase, times = max(counted.items(), key=lambda item: item[1], default=((), 0))
    if times < LOOP_TIMES or times <= _most_repeated(source):
        return None
    last = len(phrases) - 1 - phrases[::-1].index(phrase)
    return words[last].start(), words[last + LOOP_WORDS - 1].end()


def _most_repeated(source: str) -> int:
    """How often the commonest pair of Chinese characters stands in the source."""
    return max(Counter(match[1] for match in _HAN_PAIR.finditer(source)).values(), default=0)


CHECKS = (
    Check(
        id="repetition",
        title="Repetition",
        its_type="duplication",
        severity=Severity.ERROR,
        looks_at="the words of the target, and how often the source repeats itself",
        fails_when=(
            "a word or phrase stands twice in a row, or with a comma or small words between, or a phrase of four words "
            "comes back three times or more, and more often than anything in the source does; a single word after "
            "“and” or a comma (“with dignity and dignity”) is a warning"
        ),
        find=find_repetition,
    ),
)
