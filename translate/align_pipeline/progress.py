"""Progress of steps that loop over sentences or units: a sequence that tells how far whoever reads it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")

Progress = Callable[[str, int, int], None]  # (what is being counted, done, in all)
OFTEN = 20  # items between two reports


def silent(step: str, done: int, total: int) -> None:
    """Show nothing."""


class Counter:
    """Counts items of a step, of which there are `total`."""

    def __init__(self, progress: Progress, step: str, total: int) -> None:
        """Report to `progress`."""
        self._progress, self._step, self._total, self._done = progress, step, total, 0

    def tick(self) -> None:
        """One item more is done."""
        self._done += 1
        if self._done % OFTEN == 0:
            self._progress(self._step, min(self._done, self._total), self._total)

    def end(self) -> None:
        """All items are done, whether each was told or not."""
        self._progress(self._step, self._total, self._total)


class Watched(Sequence[T]):
    """A sequence; each item that a loop over it comes to is counted."""

    def __init__(self, items: Sequence[T], counter: Counter) -> None:
        """Hold both."""
        self._items, self._counter = items, counter

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._items[index]

    def __iter__(self) -> Iterator[T]:
        for item in self._items:
            self._counter.tick()
            yield item
