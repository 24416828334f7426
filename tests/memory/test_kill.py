"""Writers that die at any moment, and writers at the same time."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from translate.memory import Entry, Memory
from translate.memory.answers import MODULUS, group_hash
from translate.memory.postings import grams_of

if TYPE_CHECKING:
    from pathlib import Path

    from translate.memory.entries import Kept

KILLS, BATCH = 20, 7
FORK = multiprocessing.get_context("fork")  # a new interpreter takes a second, which 20 kills would be made of


def batch(writer: int, number: int) -> list[Entry]:
    return [Entry(f"第{writer}人第{number}批第{place}句", f"{writer}.{number}.{place}") for place in range(BATCH)]


def write_on(path: Path, writer: int, first: int, confirmed: Path) -> None:
    """Add batch after batch; each that `add` has returned from is written down."""
    with Memory.open(path) as memory, confirmed.open("ab", buffering=0) as log:
        for number in range(first, first + 10_000):
            memory.add(batch(writer, number))
            log.write(f"{number}\n".encode())


def confirmed_in(log: Path) -> list[int]:
    return [int(line) for line in log.read_text().split("\n")[:-1]] if log.exists() else []


def check(path: Path, logs: dict[int, Path]) -> None:
    """The file is whole, every confirmed batch is there, none is there in part or twice, the index and sums agree."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Memory.open(path) as memory:
        entries = list(memory.entries())
        sources = [kept.entry.source for kept in entries]
        assert len(set(sources)) == len(sources)
        present = {tuple(map(int, kept.entry.target.split("."))) for kept in entries}
        for writer, log in logs.items():
            numbers = {number for who, number, _ in present if who == writer}
            assert set(confirmed_in(log)) <= numbers
            assert all((writer, number, place) in present for number in numbers for place in range(BATCH))
        groups: dict[str, list[Kept]] = {kept.entry.source: [kept] for kept in entries}
        assert memory._content() == sum(map(group_hash, groups.values())) % MODULUS
        (postings,) = memory._connection.execute("SELECT coalesce(sum(length(ids)), 0) / 2 FROM postings").fetchone()
        assert postings == sum(len(grams_of(source)) for source in sources)
        assert all(memory.fuzzy(source, limit=1)[0].source == source for source in sources[-3:])


def test_writers_killed_at_random_moments_lose_and_double_nothing(tmp_path: Path) -> None:
    pick = random.Random(20)
    path = tmp_path / "memory.sqlite"
    logs = {writer: tmp_path / f"confirmed-{writer}" for writer in (1, 2)}
    for _ in range(KILLS // len(logs)):
        writers = []
        for writer, log in logs.items():
            first = max(confirmed_in(log), default=-1) + 1  # the batch under way at the kill is given again
            writers.append(FORK.Process(target=write_on, args=(path, writer, first, log)))
            writers[-1].start()
        for process in pick.sample(writers, len(writers)):
            time.sleep(pick.uniform(0.005, 0.15))
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
            process.join()
        if path.exists():
            check(path, logs)
    assert all(confirmed_in(log) for log in logs.values())


def test_many_processes_create_one_memory_and_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "memory.sqlite"
    start = FORK.Barrier(4)

    def write(writer: int) -> None:
        start.wait()
        with Memory.open(path) as memory:
            for number in range(5):
                memory.add([*batch(writer, number), Entry("共同的句子", "A sentence of all")])

    writers = [FORK.Process(target=write, args=(writer,)) for writer in range(4)]
    for process in writers:
        process.start()
    for process in writers:
        process.join()
    assert [process.exitcode for process in writers] == [0] * 4
    with Memory.open(path) as memory:
        assert len(memory) == 4 * 5 * BATCH + 1
