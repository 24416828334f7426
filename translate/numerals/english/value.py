"""English numerals in words: values of the words, and the numbers in a run of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction


def _numbered(words: str, numbers: range) -> dict[str, int]:
    return dict(zip(words.split(), numbers, strict=True))


ONES = _numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    range(20),
)
TENS = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", range(20, 100, 10))
HUNDREDS = {"hundred": 100, "dozen": 12}
SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
    "quintillion": 10**18,
}
SHORT_SCALES = {"bn": 10**9, "mn": 10**6, "tn": 10**12, "k": 10**3}
RANKS = (
    _numbered(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth",
        range(1, 20),
    )
    | {f"{word[:-1]}ieth": value for word, value in TENS.items()}
    | {"hundredth": 100, "thousandth": 1000, "millionth": 10**6}
)
_MONTH_NAMES = "january february march april may june july august september october november december"
MONTHS = (
    _numbered(_MONTH_NAMES, range(1, 13))
    | {name[:3]: number for name, number in _numbered(_MONTH_NAMES, range(1, 13)).items()}
    | {"sept": 9}
)

CARDINAL = "|".join(sorted([*ONES, *TENS, *HUNDREDS, *SCALES], key=len, reverse=True))
ORDINAL = "|".join(sorted(RANKS, key=len, reverse=True))
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One number in words; offsets are into the run. `scale` is what the last word multiplies by."""

    value: Fraction
    start: int
    end: int
    ordinal: bool
    words: int
    scale: int = 1


def spoken_numbers(run: str) -> list[Spoken]:
    """The numbers in a run of number words joined by spaces, hyphens or "and", split where no number goes on."""
    found: list[Spoken] = []
    reader = _Reader()
    for match in _WORD.finditer(run.lower()):
        word = match[0]
        if word == "and":
            reader.joined = True
        elif not reader.take(word, match.start(), match.end()):
            found += reader.finished()
            reader = _Reader()
            reader.take(word, match.start(), match.end())
    return found + reader.finished()


class _Reader:
    """Takes word after word while they make one number."""

    def __init__(self) -> None:
        self.total = self.section = 0
        self.last = ""  # one, ten, hundred, scale, rank
        self.words, self.start, self.end, self.scale = 0, 0, 0, 1
        self.joined = False  # "and" stands before the next word

    def take(self, word: str, start: int, end: int) -> bool:
        """False if the word begins another number."""
        if self.joined and self.last not in ("hundred", "scale"):
            return False
        if word in RANKS and not self._take_rank(RANKS[word]):
            return False
        if word not in RANKS and not self._take_cardinal(word):
            return False
        self.start = start if not self.words else self.start
        self.words, self.end, self.joined = self.words + 1, end, False
        return True

    def finished(self) -> list[Spoken]:
        """The number, if there is one."""
        if not self.words:
            return []
        value = Fraction(self.total + self.section)
        return [Spoken(value, self.start, self.end, self.last == "rank", self.words, self.scale)]

    def _take_rank(self, value: int) -> bool:
        if self.last == "rank" or (self.last == "one" and value < 100) or (self.last == "ten" and not 0 < value < 10):
            return False
        if value >= 100 and self.last:
            self.section = (self.section or 1) * value
        else:
            self.section += value
        self.last = "rank"
        return True

    def _take_cardinal(self, word: str) -> bool:
        if self.last == "rank" or (self.joined and word not in ONES and word not in TENS):
            return False
        if word in SCALES:
            if self.section or not self.total:
                self.total += (self.section or 1) * SCALES[word]
            else:
                self.total *= SCALES[word]  # a thousand billion
            self.section, self.last, self.scale = 0, "scale", SCALES[word]
            return True
        if word in HUNDREDS:
            if self.last == "hundred":
                return False
            self.section = (self.section or 1) * HUNDREDS[word]
            self.last, self.scale = "hundred", HUNDREDS[word]
            return True
        return self._take_small(word)

    def _take_small(self, word: str) -> bool:
        value = ONES[word] if word in ONES else TENS[word]
        if self.last == "one" or (self.last == "ten" and not 0 < value < 10):
            return False
        self.section += value
        self.last, self.scale = ("one" if word in ONES else "ten"), 1
        return True
