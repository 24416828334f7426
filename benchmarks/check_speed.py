"""Time of all checks over more and more units, with the glossary's terms found and located beforehand.

    python -m benchmarks.check_speed gwr2015.tsv gwr2016.tsv ... [--output docs/check-speed.md]

Files are UTF-8, Chinese TAB English. They are repeated, with another last word each time, until there are enough
pairs. Time is that of the processor, so that other work on the machine counts as little as can be.
"""

from __future__ import annotations

import argparse
import time
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

from translate.checks import run_checks
from translate.glossary import load_glossary, locate, shipped_glossary_directory
from translate.records import Segment, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

OUTPUT = Path(__file__).parent.parent / "docs" / "check-speed.md"
SIZES = (1_000, 3_000, 10_000, 30_000)
MOST = max(SIZES)
PROMISED, SECONDS = 10_000, 10.0  # so many units in so much time
EXPLANATION = """# How long the checks take

Made by `python -m benchmarks.check_speed`; do not edit. All checks over pairs of the government work reports, their
terms found beforehand; seconds of one core, the best of three (30,000 once). The promise: 10,000 units in under 10
seconds, and linear growth, which is a time a unit that stays as it is.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", type=Path, help="pair files")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="numbers of units")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="Markdown file to write")
    options = parser.parse_args()
    units = list(islice(endless_units(options.pairs), max(options.sizes)))
    run_checks(units[:10])  # loads word lists and tables
    report = table({size: timed(units[:size]) for size in options.sizes})
    options.output.write_text(report, encoding="utf-8")
    print(report)


def endless_units(paths: Sequence[Path]) -> Iterator[Unit]:
    """Units of the files again and again, no two of them the same."""
    rows = [line.split("\t") for path in paths for line in path.read_text("utf-8-sig").splitlines()]
    glossary = load_glossary([shipped_glossary_directory()])
    for time_round in count():
        for number, (source, target) in enumerate(rows):
            more = target if not time_round else f"{target} {time_round}"
            segment = Segment(f"{time_round}.{number}", "b0001", source)
            yield Unit(segment.id, (segment,), more, hits=locate(glossary.find(source), more))


def timed(units: Sequence[Unit]) -> float:
    """The best of three times, of one for the largest number: other work on the machine only makes it longer."""
    times = []
    for _ in range(max(1, min(3, MOST // len(units)))):
        began = time.process_time()
        run_checks(units)
        times.append(time.process_time() - began)
    return min(times)


def table(seconds: Mapping[int, float]) -> str:
    """The report: time by number of units, and against the smallest number."""
    fewest, least = next(iter(seconds.items()))
    lines = [
        EXPLANATION,
        f"| units | seconds | times the units of {fewest:,} | times its time | time a unit against {fewest:,} |",
        "|--:|--:|--:|--:|--:|",
    ]
    for size, taken in seconds.items():
        more, longer = size / fewest, taken / least
        lines.append(f"| {size:,} | {taken:.1f} | {more:.0f} | {longer:.1f} | {longer / more:.2f} |")
    if PROMISED in seconds:
        kept = "kept" if seconds[PROMISED] < SECONDS else "not kept"
        lines += ["", f"{PROMISED:,} units in under {SECONDS:.0f} seconds: {kept}."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
