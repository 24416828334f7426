"""Processor time and peak memory of `translate align` at 300, 1,000, 3,000 and 10,000 sentences a side.

    python -m benchmarks.align_speed gwr2008.tsv gwr2009.tsv ... >> docs/alignment.md

The sentences are those of the files (Chinese TAB English, one pair a line), one document after the other, from the
first again when they are used up. Each size runs in a process of its own, so that the peak is its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.align_gold import read
from translate.align import DEFAULT, Resources, align, gather, method
from translate.align_pipeline import WordList
from translate.glossary import load_glossary, standard_layers

SIZES = (300, 1_000, 3_000, 10_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--size", type=int, help="one size, in this process")
    options = parser.parse_args()
    if options.size:
        measure(options.files, options.size)
        return
    print(
        "| sentences a side | evidence, s | beads, s | sentences/s | peak memory, MB |\n|---:|---:|---:|---:|---:|",
        flush=True,
    )
    for size in SIZES:
        command = [sys.executable, "-m", "benchmarks.align_speed", "--size", str(size), *map(str, options.files)]
        subprocess.run(command, check=True)


def measure(files: list[Path], size: int) -> None:
    """Print the row of one size."""
    golds = [read(path) for path in files]
    source = [text for gold in golds for text in gold.source]
    target = [text for gold in golds for text in gold.target]
    source, target = ((texts * (size // len(texts) + 1))[:size] for texts in (source, target))
    have = Resources(load_glossary(standard_layers()), WordList.shipped())
    chosen = method(DEFAULT)
    began = time.process_time()
    texts = gather(source, target, chosen.sources, have)
    gathered = time.process_time()
    align(texts, chosen)
    done = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = size / (done - began)
    print(f"| {size:,} | {gathered - began:.1f} | {done - gathered:.1f} | {rate:,.0f} | {peak:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
