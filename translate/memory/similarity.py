"""How alike two sources are: an edit distance on characters, as Chinese has no words to count."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from translate.numerals import find_numbers

if TYPE_CHECKING:
    from translate.numerals import Quantity

NUMBERS_DIFFER: Final = 0.95  # what is left of the similarity of two texts with different numbers


def similarity(one: str, other: str) -> float:
    """1 - d / n, in [0, 1]: d is the Levenshtein distance in characters, n the length of the longer text.

    Both texts are folded (translate.memory.folding). Two empty texts are alike: 1.0.
    """
    longest = max(len(one), len(other))
    return 1 - distance(one, other) / longest if longest else 1.0


def distance(one: str, other: str) -> int:
    """The Levenshtein distance: insertions, deletions and substitutions of single characters, each 1.

    Bit-parallel, a column of the table at a time: G. Myers, "A fast bit-vector algorithm for approximate string
    matching", JACM 46(3), 1999, as Hyyrö (2003) has it for the global distance. O(len(one) * len(other) / 64).
    """
    start, end = _same_ends(one, other)
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    if not one or not other:
        return len(one) + len(other)
    places: dict[str, int] = {}
    for place, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << place
    mask, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    up, down, score = mask, 0, len(one)  # where a cell is one more, or one less, than the cell above it
    for character in other:
        match = places.get(character, 0)
        diagonal = ((((match & up) + up) ^ up) | match | down) & mask
        right_up = down | (~(diagonal | up) & mask)
        right_down = up & diagonal
        if right_up & last:
            score += 1
        elif right_down & last:
            score -= 1
        right_up = right_up << 1 | 1
        up = (right_down << 1 | ~(diagonal | right_up)) & mask
        down = diagonal & right_up
    return score


def _same_ends(one: str, other: str) -> tuple[int, int]:
    """How many characters the texts share at their beginning, and then at their end."""
    shorter = min(len(one), len(other))
    start = next((place for place in range(shorter) if one[place] != other[place]), shorter)
    rest = shorter - start
    end = next((place for place in range(rest) if one[-1 - place] != other[-1 - place]), rest)
    return start, end


def numbers_differ(one: str, other: str) -> bool:
    """Whether two Chinese texts have different numbers, by value and as multisets: 三成 and 30% are the same."""
    return _numbers(one) != _numbers(other)


def _numbers(text: str) -> Counter[tuple[object, ...]]:
    return Counter(map(_meaning, find_numbers(text, "zh")))


def _meaning(quantity: Quantity) -> tuple[object, ...]:
    return quantity.value, quantity.high, quantity.bound
