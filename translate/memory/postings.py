"""Which sources have which pairs of neighbouring characters: the few that can be like a text, out of a million.

A source of n characters has n + 1 bigrams, its edges counted as characters. An insertion takes at most one distinct
bigram from a text, any other edit two. A text with similarity of at least s (1 - d / n) therefore keeps all but
2 (1 - s) n of the bigrams of a query of n characters, and whoever keeps fewer need not be looked at. (The numbers of
the two may lower the similarity further, never raise it.)

Postings are kept per bigram and block of 16,384 sources, as 16-bit offsets into the block.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

BLOCK: Final = 1 << 14
LONGEST: Final = 2_000  # characters; a longer source is found by its exact text only
MOST_POSTINGS: Final = 4_000_000  # read for one query, but for the rarest bigrams, which are always read
_OFFSET: Final = np.dtype("<u2")
_GRAMS_A_QUERY: Final = 400
_EDGE: Final = "\0"
_BITS: Final = 21  # of a character


def grams_of(folded: str) -> set[int]:
    """The distinct bigrams of a folded text as numbers; none for a text that is too long or empty."""
    if not folded or len(folded) > LONGEST:
        return set()
    return {ord(one) << _BITS | ord(other) for one, other in pairwise(f"{_EDGE}{folded}{_EDGE}")}


def add(connection: sqlite3.Connection, sources: Iterable[tuple[int, str]]) -> None:
    """Enter new sources, given as (id, folded text); their ids are greater than all there are."""
    # SQLite joins blobs byte by byte, and calls what comes out a text.
    query = """INSERT INTO postings VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET ids = CAST(ids || excluded.ids AS BLOB)"""
    connection.executemany(query, _by_place(sources))


def remove(connection: sqlite3.Connection, sources: Iterable[tuple[int, str]]) -> None:
    """Take sources out again."""
    where = "WHERE gram = ? AND block = ?"
    for gram, block, going in _by_place(sources):
        row = connection.execute(f"SELECT ids FROM postings {where}", (gram, block)).fetchone()
        ids = np.frombuffer(row[0] if row else b"", _OFFSET)
        left = ids[~np.isin(ids, np.frombuffer(going, _OFFSET))]
        if len(left):
            connection.execute(f"UPDATE postings SET ids = ? {where}", (left.tobytes(), gram, block))
        else:
            connection.execute(f"DELETE FROM postings {where}", (gram, block))


def candidates(connection: sqlite3.Connection, folded: str, least: float, most: int) -> list[tuple[int, float]]:
    """Sources that can reach the similarity `least`, as (id, the most that it can be), best first, at most `most`."""
    grams = grams_of(folded)
    may_lack = int(2 * (1 - least) * len(folded) + 1e-9)
    chosen = _chosen(connection, grams, may_lack + 1)
    needed = max(1, len(chosen) - may_lack)
    found_ids, found_counts = [], []
    for block, offsets in _offsets(connection, chosen).items():
        counts = np.bincount(np.frombuffer(offsets, _OFFSET), minlength=BLOCK)
        places = np.flatnonzero(counts >= needed)
        found_ids.append(places + block * BLOCK)
        found_counts.append(counts[places])
    if not found_ids:
        return []
    ids, counts = np.concatenate(found_ids), np.concatenate(found_counts)
    best = np.argsort(-counts, kind="stable")[:most]
    bounds = 1 - (len(chosen) - counts[best]) / (2 * len(folded))
    return list(zip(ids[best].tolist(), bounds.tolist(), strict=True))


def _chosen(connection: sqlite3.Connection, grams: set[int], always: int) -> list[int]:
    """The bigrams to read, rarest first: the `always` rarest, and of the others as many as bounded work allows."""
    sizes = dict.fromkeys(grams, 0)
    for some in _portions(sorted(grams)):
        query = f"SELECT gram, sum(length(ids)) FROM postings WHERE gram IN ({_marks(some)}) GROUP BY gram"
        sizes |= dict(connection.execute(query, some))
    chosen: list[int] = []
    read = 0
    for gram in sorted(grams, key=lambda gram: (sizes[gram], gram)):
        read += sizes[gram] // _OFFSET.itemsize
        if read > MOST_POSTINGS and len(chosen) >= always:
            break
        chosen.append(gram)
    return chosen


def _offsets(connection: sqlite3.Connection, grams: Sequence[int]) -> Mapping[int, bytes]:
    """By block, the offsets of all postings of the bigrams, one after the other."""
    found: dict[int, list[bytes]] = defaultdict(list)
    for some in _portions(grams):
        query = f"SELECT block, ids FROM postings WHERE gram IN ({_marks(some)})"
        for block, ids in connection.execute(query, some):
            found[block].append(ids)
    return {block: b"".join(parts) for block, parts in found.items()}


def _by_place(sources: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int, bytes]]:
    """Bigram, block and the offsets of the sources that have it, in the order in which they lie in the database."""
    fit = [(number, folded) for number, folded in sources if 0 < len(folded) <= LONGEST]
    if not fit:
        return
    text = "".join(f"{_EDGE}{folded}{_EDGE}" for _, folded in fit)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4")).astype(np.int64)
    owners = np.repeat([number for number, _ in fit], [len(folded) + 2 for _, folded in fit])
    inside = np.flatnonzero(owners[:-1] == owners[1:])
    blocks, offsets = np.divmod(owners[inside], BLOCK)
    rows = np.stack((codes[inside] << _BITS | codes[inside + 1], blocks, offsets))
    rows = rows[:, np.lexsort(rows[::-1])]
    rows = rows[:, _changes(rows)]  # a source has a bigram once
    starts = np.flatnonzero(_changes(rows[:2]))
    content = rows[2].astype(_OFFSET).tobytes()
    bounds = [*(starts * _OFFSET.itemsize).tolist(), len(content)]
    for gram, block, (start, end) in zip(*rows[:2, starts].tolist(), pairwise(bounds), strict=True):
        yield gram, block, content[start:end]


def _changes(rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which columns differ from the one before; the first does."""
    return np.concatenate(([True], (rows[:, 1:] != rows[:, :-1]).any(axis=0)))


def _portions(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), _GRAMS_A_QUERY):
        yield values[start : start + _GRAMS_A_QUERY]


def _marks(values: Sequence[int]) -> str:
    return ",".join("?" * len(values))
