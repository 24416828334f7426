"""The translation memory at a million segments: adding, size, exact and fuzzy search, against a plain scan.

    python -m benchmarks.memory [--segments 1000000] [--queries 200] [--file FILE]

All text is invented (seeded): sentences of 5 to 15 words, every fifth with a number, every tenth an earlier one with
a few characters changed; the words are terms of the shipped glossary and pairs of common characters, the n-th 1/n as
frequent as the first (Zipf). A quarter of the fuzzy queries are sentences that the memory does not know, the others
known ones with one to six characters changed. The plain scan compares the query with every source, and is timed over
a part of them in the same run. With --file, a memory that an earlier run made is used again.

Times are seconds on the clock; those of the processor stand beside them, as other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import platform
import random
import resource
import sqlite3
import statistics
import tempfile
from importlib import resources
from itertools import accumulate, islice
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from translate.glossary import load_glossary, shipped_glossary_directory
from translate.memory import Entry, Memory
from translate.memory.exchange import read_tmx, write_tmx
from translate.memory.folding import fold
from translate.memory.similarity import similarity

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS, BATCH, SCANNED, EXCHANGED = 30_000, 10_000, 20_000, 20_000
LEAST = 0.7


class Writer:
    """Invents sentences."""

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)
        vocabulary = random.Random(30)  # the same for every writer
        characters = resources.files("translate").joinpath("data/common_characters.txt").read_text("utf-8")
        usual = [character for character in characters if "\u4e00" <= character <= "\u9fff"][:1_500]
        terms = [term.source for term in load_glossary([shipped_glossary_directory()])]
        pairs = ["".join(vocabulary.choices(usual, k=2)) for _ in range(WORDS - len(terms))]
        self.words = vocabulary.sample([*terms, *pairs], WORDS)
        self.weights = list(accumulate(1 / place for place in range(1, WORDS + 1)))
        self.usual = usual

    def sentence(self) -> str:
        words = self.pick.choices(self.words, cum_weights=self.weights, k=self.pick.randint(5, 15))
        if self.pick.random() < 0.2:
            words.insert(self.pick.randrange(len(words)), f"{self.pick.randint(2, 9_999)}万元")
        if len(words) > 9:
            words.insert(len(words) // 2, "，")
        return "".join(words) + "。"

    def changed(self, text: str, edits: int) -> str:
        characters = list(text)
        for _ in range(edits):
            place = self.pick.randrange(len(characters))
            new = self.pick.choice(self.usual)
            characters[place : place + self.pick.choice((0, 1))] = self.pick.choice(([new], []))
        return "".join(characters) or text

    def entries(self, count: int) -> Iterator[Entry]:
        recent: list[str] = []
        for number in range(count):
            text = self.changed(self.pick.choice(recent), 3) if recent and self.pick.random() < 0.1 else self.sentence()
            recent = [*recent[-999:], text] if number % 100 == 0 else recent
            target = f"Invented sentence {number}, as long as the English of one like it would be: {'word ' * 12}."
            document = number // 300
            yield Entry(text, target, f"document-{document}.docx", f"{document:064x}", f"b{number % 300:04}.s01")


class Watch:
    """Seconds between `with` and its end, on the clock and of this process."""

    def __enter__(self) -> Watch:
        self._began = perf_counter(), process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.clock, self.processor = perf_counter() - self._began[0], process_time() - self._began[1]


def fill(memory: Memory, count: int, seed: int) -> tuple[float, float]:
    """Seconds of adding alone, clock and processor: inventing the entries is not counted."""
    entries = Writer(seed).entries(count)
    clock = processor = 0.0
    while some := list(islice(entries, BATCH)):
        with Watch() as watch:
            memory.add(some)
        clock, processor = clock + watch.clock, processor + watch.processor
    return clock, processor


def some_sources(path: Path, count: int) -> list[str]:
    with sqlite3.connect(path) as connection:
        last = connection.execute("SELECT max(id) FROM entries").fetchone()[0]
        ids = random.Random(32).sample(range(1, last + 1), min(count, last))
        return [connection.execute("SELECT source FROM entries WHERE id = ?", (one,)).fetchone()[0] for one in ids]


def exact_time(memory: Memory, sources: list[str]) -> tuple[int, Watch]:
    """How many sources were asked for, 1,000 at a time, half of them unknown."""
    asked = [text for source in sources for text in (source, source + "了")]
    with Watch() as watch:
        found = sum(len(memory.exact(asked[start : start + 1_000])) for start in range(0, len(asked), 1_000))
    assert found >= len(set(sources))
    return len(asked), watch


def fuzzy_times(memory: Memory, queries: list[str]) -> tuple[list[Watch], int]:
    """The time of each query, and how many had an answer."""
    times, answered = [], 0
    for query in queries:
        with Watch() as watch:
            answered += bool(memory.fuzzy(query, least=LEAST))
        times.append(watch)
    return times, answered


def exchange_times(memory: Memory, path: Path) -> tuple[Watch, Watch]:
    """Writing a part of the entries as TMX, and reading them again."""
    with Watch() as writing, path.open("wb") as stream:
        write_tmx(islice(memory.entries(), EXCHANGED), stream)
    with Watch() as reading, path.open("rb") as stream:
        assert sum(1 for _ in read_tmx(stream, path.name)) == EXCHANGED
    return writing, reading


def scan_time(queries: list[str], sources: list[str], count: int) -> Watch:
    """Comparing a query with `count` sources, from those of a part of them."""
    folded = [fold(source) for source in sources]
    with Watch() as watch:
        for query in queries:
            text = fold(query)
            for source in folded:
                similarity(text, source)
    share = count / len(queries) / len(sources)
    watch.clock, watch.processor = watch.clock * share, watch.processor * share
    return watch


def told(name: str, clock: float, processor: float, more: str) -> None:
    print(f"{name:14}{clock:.2f} s, processor {processor:.2f} s, {more}", flush=True)


def measure(path: Path, count: int, queries: int) -> None:
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}")
    fresh = not path.exists()
    with Memory.open(path) as memory:
        if fresh:
            clock, processor = fill(memory, count, 31)
            told("adding", clock, processor, f"{count / clock:,.0f} entries a second, {BATCH:,} a transaction")
        count = len(memory)
        size = path.stat().st_size
        told("300 more", *fill(memory, 300, int(perf_counter())), f"to {count:,} entries, in one transaction")
        print(f"{'file':14}{size / 2**20:,.0f} MiB, {size / count:,.0f} bytes an entry")
        writing, reading = exchange_times(memory, path.with_suffix(".tmx"))
        told("writing TMX", writing.clock, writing.processor, f"{EXCHANGED / writing.clock:,.0f} entries a second")
        told("reading TMX", reading.clock, reading.processor, f"{EXCHANGED / reading.clock:,.0f} entries a second")
        search(memory, path, count, queries)
    print(f"{'peak memory':14}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:,.0f} MiB")


def search(memory: Memory, path: Path, count: int, queries: int) -> None:
    writer = Writer(33)
    known = some_sources(path, 5_000)
    near = [writer.changed(source, writer.pick.randint(1, 6)) for source in known[: queries * 3 // 4]]
    asked = writer.pick.sample([*near, *(writer.sentence() for _ in range(queries - len(near)))], queries)
    number, watch = exact_time(memory, known)
    told("exact", watch.clock, watch.processor, f"{number / watch.clock:,.0f} sources a second")
    times, answered = fuzzy_times(memory, asked)
    scan = scan_time(asked[:5], some_sources(path, SCANNED), count)
    for name in ("clock", "processor"):
        seconds, whole = [getattr(one, name) for one in times], getattr(scan, name)
        median, late = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
        print(
            f"{'fuzzy':14}{name}: median {median * 1e3:.1f} ms, p95 {late * 1e3:.1f} ms, plain scan {whole:.1f} s:",
            end="",
        )
        print(f" {whole / median:,.0f} times the median, {whole / late:,.0f} times the p95")
    print(f"{'answered':14}{answered} of {queries}, with a similarity of {LEAST} or more")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--segments", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(options.file or Path(folder) / "memory.sqlite", options.segments, options.queries)


if __name__ == "__main__":
    main()
