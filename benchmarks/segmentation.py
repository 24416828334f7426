"""Characters a second of segmentation and script handling at 10,000, 100,000 and 1,000,000 characters.

    python -m benchmarks.segmentation

Ordinary policy prose and four hostile lines. `growth` is the time for ten times the text: about 10 where the work is
linear, 100 where it would be quadratic. CPU time of this process; `clauses` counts a character as a token, limit 100.
"""

from __future__ import annotations

import platform
from time import process_time
from typing import TYPE_CHECKING

from translate.script import is_traditional, model_text
from translate.segment import split_clauses, split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable

PROSE = "各单位要在三月底前完成自查，并把结果报送主管部门；逾期不报的，予以通报。会议强调：“基础要打牢，服务要到家。”"
TEXTS = {
    "prose": PROSE,
    "no marks": "字",
    "full stops": "。",
    "open quotes": "“",
    "short lines": "\n字",
}
STEPS: dict[str, Callable[[str], object]] = {
    "sentences": lambda text: split_sentences(text, "zh"),
    "clauses": lambda text: split_clauses(text, 100, len),
    "model text": model_text,
    "traditional": is_traditional,
}
SIZES = (10_000, 100_000, 1_000_000)


def seconds(step: Callable[[str], object], text: str) -> float:
    """CPU seconds of one call, the best of three."""
    best = float("inf")
    for _ in range(3):
        started = process_time()
        step(text)
        best = min(best, process_time() - started)
    return best


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}")
    print(f"{'step':<12} {'text':<12} {'characters':>10} {'seconds':>9} {'characters/s':>13} {'growth':>7}")
    for step_name, step in STEPS.items():
        step(PROSE)  # loads tables
        for text_name, unit in TEXTS.items():
            before = 0.0
            for size in SIZES:
                taken = seconds(step, (unit * (size // len(unit) + 1))[:size])
                growth = f"{taken / before:.1f}" if before else ""
                rate = f"{size / taken:,.0f}"
                print(f"{step_name:<12} {text_name:<12} {size:>10,} {taken:>9.4f} {rate:>13} {growth:>7}")
                before = taken


if __name__ == "__main__":
    main()
