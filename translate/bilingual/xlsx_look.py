"""What all sheets of the workbook look like: colours, and rows as tall as their texts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

INK: Final = "#1F2933"
PALE_INK: Final = "#7B8794"
RULE: Final = "#D9DEE4"
HEADER: Final = "#334155"
LINE: Final = 14.5  # points
TALLEST: Final = 409.0  # points; a row can be no taller


def height(cells: Iterable[tuple[str, int]], *, bold: bool = False) -> float:
    """Points that a row needs to show its cells, each given with its column's width: some programs never work it out.

    A width counts digits: a letter takes a little less than one, a Chinese character a little more than two.
    """
    lines = 1
    for text, width in cells:
        room = width * (0.92 if bold else 1.0)
        for_each = (0.93 * len(line) + 1.2 * sum(sign > "\u2e7f" for sign in line) for line in text[:4_000].split("\n"))
        lines = max(lines, sum(max(1, math.ceil(wanted / room)) for wanted in for_each))
    return min(LINE * lines + 3, TALLEST)
