"""Time of all checks over 1,000 and 10,000 units, with the glossary's terms found and located beforehand.

    python -m benchmarks.check_speed gwr2015.tsv gwr2016.tsv ...

Files are UTF-8, Chinese TAB English. They are repeated, with another last word each time, until there are enough
pairs. Linear time has a ratio of 10.
"""

from __future__ import annotations

import argparse
import time
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

from translate.checks import run_checks
from translate.glossary import load_glossary, locate, standard_layers
from translate.records import Segment, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FEW, MANY = 1_000, 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", type=Path, help="pair files")
    units = list(islice(endless_units(parser.parse_args().pairs), MANY))
    run_checks(units[:10])  # loads word lists and tables
    seconds = {size: timed(units[:size]) for size in (FEW, MANY)}
    for size, taken in seconds.items():
        print(f"{size:6,} units: {taken:5.2f} s, {1000 * taken / size:.2f} ms a unit")
    print(f"ratio of {MANY:,} to {FEW:,} units: {seconds[MANY] / seconds[FEW]:.1f}")


def endless_units(paths: Sequence[Path]) -> Iterator[Unit]:
    """Units of the files again and again, no two of them the same."""
    rows = [line.split("\t") for path in paths for line in path.read_text("utf-8-sig").splitlines()]
    glossary = load_glossary(standard_layers())
    for time_round in count():
        for number, (source, target) in enumerate(rows):
            more = target if not time_round else f"{target} {time_round}"
            segment = Segment(f"{time_round}.{number}", "b0001", source)
            yield Unit(segment.id, (segment,), more, hits=locate(glossary.find(source), more))


def timed(units: Sequence[Unit]) -> float:
    began = time.perf_counter()
    run_checks(units)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
