"""What a pair must pass to be trained on; each filter has a name, and what it took out is counted under it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from translate.numerals import Fault, compare_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stages.bench import Pair

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
NOT_WORD = re.compile(r"[\W_]+")
PLACEHOLDER = re.compile("⟦[0-9]⟧")
WRONG = (Fault.CHANGED, Fault.MISSING, Fault.ADDED)
FEWEST = 10  # short strings that a sentence must have for a share of them to mean anything; terms have fewer


class Copies:
    """Near copies of the test's sentences: most of the short strings of the shorter one are in the other."""

    def __init__(self, sentences: Sequence[str], *, share: float, strings: int) -> None:
        self._share, self._length = share, strings
        self._grams = [self._of(sentence) for sentence in sentences]
        self._where: dict[str, list[int]] = defaultdict(list)
        for number, grams in enumerate(self._grams):
            for gram in grams:
                self._where[gram].append(number)
        self.hit: set[int] = set()  # sentences of the test that something was a near copy of

    @property
    def size(self) -> int:
        """Sentences in the test."""
        return len(self._grams)

    @property
    def test_hit(self) -> int:
        """Sentences of the test that something was a near copy of."""
        return len(self.hit)

    def like(self, text: str) -> bool:
        """Whether a text is a near copy of a sentence of the test."""
        grams = self._of(text)
        shared = Counter(number for gram in grams for number in self._where.get(gram, ()))
        found = [
            number
            for number, count in shared.items()
            if count >= self._share * max(FEWEST, min(len(grams), len(self._grams[number])))
        ]
        self.hit.update(found)
        return bool(found)

    def _of(self, text: str) -> set[str]:
        plain = NOT_WORD.sub("", text)
        return {plain[at : at + self._length] for at in range(max(0, len(plain) - self._length + 1))}


class Filters:
    """All filters, in order; a pair is counted under the first that it fails."""

    def __init__(self, copies: Copies, ratio: tuple[float, float], longest: int) -> None:
        self._copies, self._ratio, self._longest = copies, ratio, longest
        self._seen: set[Pair] = set()

    def apply(self, pairs: Iterable[Pair]) -> tuple[list[Pair], dict[str, int]]:
        """The pairs that pass, and how many each filter took out. Pairs of earlier calls count as duplicates."""
        kept: list[Pair] = []
        removed: Counter[str] = Counter()
        for pair in pairs:
            reason = self._reason(pair)
            if reason:
                removed[reason] += 1
            else:
                kept.append(pair)
                self._seen.add(pair)
        return kept, dict(removed.most_common())

    def _reason(self, pair: Pair) -> str:
        source, target = pair
        if not source or not target:
            return "empty"
        if pair in self._seen:
            return "duplicate"
        if not HAN.search(source) or HAN.search(target):
            return "script"
        characters = len(NOT_WORD.sub("", source))
        if len(source) > self._longest:
            return "too long"
        if characters >= 10 and not self._ratio[0] <= len(target) / characters <= self._ratio[1]:
            return "length ratio"
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(target)):
            return "placeholders"
        if any(mismatch.fault in WRONG for mismatch in compare_numbers(source, target)):
            return "numbers"
        return "near copy of the test" if self._copies.like(source) else ""
