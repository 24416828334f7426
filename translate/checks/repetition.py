"""Words and phrases that a model says again and again."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from translate.checks.base import Check
from translate.records import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.records import Span, Unit

LOOP_WORDS = 4  # a phrase of so many words ...
LOOP_TIMES = 3  # ... said so often is a loop, unless the source repeats itself as often
LONGEST_DOUBLED = 12  # words of a phrase that stands twice in a row
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_GAP = re.compile(r"[\s,]*")
_MAY_BE_DOUBLED = frozenset({"had", "that", "very", "so"})
_HAN_PAIR = re.compile("(?=([\u3400-\u9fff]{2}))")


def find_repetition(unit: Unit) -> Iterator[Finding]:
    """A word or phrase twice in a row, or a phrase over and over, where the source does not repeat."""
    words = list(_WORD.finditer(unit.target))
    keys = [word[0].casefold() for word in words]
    span = _doubled(words, keys, unit.target) or _loop(words, keys, unit.source)
    if span:
        message = f"«{unit.target[slice(*span)][:80]}» repeats itself"
        yield Finding("repetition", Severity.ERROR, message, None, span)


def _doubled(words: list[re.Match[str]], keys: list[str], target: str) -> Span | None:
    """The first word or phrase that stands twice in a row with at most a comma between."""
    for size in range(1, LONGEST_DOUBLED + 1):
        for start in range(len(keys) - 2 * size + 1):
            middle, end = start + size, start + 2 * size
            if keys[start:middle] != keys[middle:end] or not _counts(keys[start:middle]):
                continue
            gap = target[words[middle - 1].end() : words[middle].start()]
            if _GAP.fullmatch(gap) and ("," not in gap or size > 2):
                return words[start].start(), words[end - 1].end()
    return None


def _counts(phrase: list[str]) -> bool:
    """Whether saying `phrase` twice is a fault: not for digits, nor for had had."""
    return any(not word.isdigit() for word in phrase) and not (len(phrase) == 1 and phrase[0] in _MAY_BE_DOUBLED)


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
            "a word or phrase stands twice in a row, or a phrase of four words comes back three times or more, and "
            "more often than anything in the source does"
        ),
        find=find_repetition,
    ),
)
