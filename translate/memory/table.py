"""The rows of a memory: read in groups of one source, written in batches. Whoever writes holds the transaction.

A row is a source and a target; accepted again elsewhere, it takes the newer provenance. Texts that SQLite's TEXT
cannot hold, those with lone surrogates, are kept as bytes.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from translate.memory.entries import Entry, Kept, from_microseconds, to_microseconds
from translate.memory.folding import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

MOST_VALUES: Final = 500  # in one query
_ENTRY: Final = """
SELECT e.id, e.source, e.target, o.document, o.sha256, e.segment, o.run, e.status, e.previous, e.next, e.note,
  e.changed, e.created, e.used, {key} FROM entries e JOIN origins o ON o.id = e.origin_id {where}"""
_BY_DIGEST: Final = _ENTRY.format(key="s.digest", where="JOIN sources s ON s.id = e.source_id WHERE s.digest IN ({})")
_BY_SOURCE: Final = _ENTRY.format(key="e.source_id", where="WHERE e.source_id IN ({})")
SELECT: Final = _ENTRY.format(key="e.source_id", where="")

Stored = str | bytes | None


def stored(text: str | None) -> Stored:
    """A text as the database takes it."""
    if text is None:
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def restored(value: Stored) -> str | None:
    """The text that `stored` was given."""
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def kept_of(row: Sequence[Any]) -> Kept:
    """A row of SELECT as an entry."""
    number, *texts, changed, created, used, _ = row
    # Nearly every text is a str already, and a memory has millions.
    texts = [restored(text) if isinstance(text, bytes) else text for text in texts]
    values = [*texts, from_microseconds(changed)]
    return Kept(number, Entry(*values), from_microseconds(created), used)


def by_digest(connection: sqlite3.Connection, digests: Sequence[bytes]) -> dict[bytes, list[Kept]]:
    """The entries of sources, grouped by the digest of their folded text."""
    return _grouped(connection, _BY_DIGEST, list(dict.fromkeys(digests)))


def by_source(connection: sqlite3.Connection, sources: Sequence[int]) -> dict[int, list[Kept]]:
    """The entries of sources, grouped by the source's number."""
    return _grouped(connection, _BY_SOURCE, sources)


def texts_of(connection: sqlite3.Connection, sources: Sequence[int]) -> dict[int, str]:
    """One text of each source: they all fold to the same."""
    found: dict[int, str] = {}
    for some in portions(sources):
        query = f"SELECT source_id, source FROM entries WHERE source_id IN ({_marks(some)})"
        found |= {number: restored(text) or "" for number, text in connection.execute(query, some)}
    return found


def around(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[Kept]]:
    """All entries that have a source in common with one of `ids`, grouped by the source's number."""
    sources: set[int] = set()
    for some in portions(ids):
        query = f"SELECT DISTINCT source_id FROM entries WHERE id IN ({_marks(some)})"
        sources |= {number for (number,) in connection.execute(query, some)}
    return by_source(connection, sorted(sources))


def delete(connection: sqlite3.Connection, ids: Sequence[int], sources: Sequence[int] = ()) -> None:
    """Delete entries, and sources that have none left."""
    connection.executemany("DELETE FROM entries WHERE id = ?", [(number,) for number in ids])
    connection.executemany("DELETE FROM sources WHERE id = ?", [(number,) for number in sources])


def identity(source: str, target: str) -> bytes:
    """16 bytes that stand for a pair of texts."""
    pair = f"{len(source)}:{source}{target}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(pair, digest_size=16).digest()


class Batch:
    """Entries on their way in. `groups` are those with the same keys, from the database, and what is put to them."""

    def __init__(self, connection: sqlite3.Connection, groups: Mapping[bytes, list[Kept]], now: int) -> None:
        """`now`: microseconds, for entries without a time of their own."""
        self.groups: dict[bytes, list[Kept]] = defaultdict(list, {key: list(group) for key, group in groups.items()})
        self._connection = connection
        self._now = now
        self._known_keys = set(groups)
        self._first_new = self._next = _next_number(connection, "entries")
        self._touched: dict[int, tuple[bytes, Kept]] = {}

    def put(self, key: bytes, entry: Entry) -> bool:
        """Add an entry or confirm the one that is there; whether it was new."""
        group = self.groups[key]
        newest = max(group, key=lambda kept: kept.order, default=None)
        same = next(
            (one for one in group if (one.entry.source, one.entry.target) == (entry.source, entry.target)), None
        )
        after_all = self._now if newest is None else max(self._now, to_microseconds(newest.changed) + 1)
        when = from_microseconds(after_all if entry.time is None else to_microseconds(entry.time))
        if same is None:
            kept = Kept(self._next, replace(entry, time=when), when, 0)
            self._next += 1
            group.append(kept)
            self._touched[kept.id] = key, kept
            return True
        says_nothing = entry.time is None and same is newest and entry.sha256 in ("", same.entry.sha256)
        if when > same.changed and not says_nothing:
            kept = replace(same, entry=replace(entry, time=when, note=entry.note or same.entry.note))
            group[group.index(same)] = kept
            self._touched[kept.id] = key, kept
        return False

    def write(self) -> list[tuple[int, str]]:
        """Write it all. The sources that are new, as (number, folded text)."""
        new_keys = {key: kept for key, kept in self._touched.values() if key not in self._known_keys}
        first = _next_number(self._connection, "sources")
        numbers = dict(zip(new_keys, range(first, first + len(new_keys)), strict=True))
        self._connection.executemany(
            "INSERT INTO sources VALUES (?, ?)", [(number, key) for key, number in numbers.items()]
        )
        numbers |= self._numbers([key for key, _ in self._touched.values() if key in self._known_keys])
        origins = self._origins()
        rows = [self._row(kept, numbers[key], origins) for key, kept in self._touched.values()]
        self._connection.executemany(f"INSERT OR REPLACE INTO entries VALUES ({_marks(range(14))})", rows)
        return [(numbers[key], fold(kept.entry.source)) for key, kept in new_keys.items()]

    def _numbers(self, keys: Sequence[bytes]) -> dict[bytes, int]:
        found: dict[bytes, int] = {}
        for some in portions(keys):
            query = f"SELECT digest, id FROM sources WHERE digest IN ({_marks(some)})"
            found |= dict(self._connection.execute(query, some))
        return found

    def _origins(self) -> dict[tuple[str, str, str], int]:
        """The number of each document and run that an entry names."""
        wanted = dict.fromkeys(_origin(kept.entry) for _, kept in self._touched.values())
        numbers: dict[tuple[str, str, str], int] = {}
        for origin in wanted:
            values = tuple(map(stored, origin))
            self._connection.execute("INSERT OR IGNORE INTO origins (document, sha256, run) VALUES (?, ?, ?)", values)
            query = "SELECT id FROM origins WHERE document = ? AND sha256 = ? AND run = ?"
            numbers[origin] = self._connection.execute(query, values).fetchone()[0]
        return numbers

    def _row(self, kept: Kept, source: int, origins: Mapping[tuple[str, str, str], int]) -> tuple[object, ...]:
        entry = kept.entry
        texts = (entry.segment, entry.status, entry.previous, entry.next, entry.note)
        times = (to_microseconds(kept.created), to_microseconds(kept.changed), kept.used)
        pair = (identity(entry.source, entry.target), stored(entry.source), stored(entry.target))
        return (kept.id, source, *pair, origins[_origin(entry)], *map(stored, texts), *times)


def portions(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """`values` in parts that one query can hold."""
    for start in range(0, len(values), MOST_VALUES):
        yield values[start : start + MOST_VALUES]


def count_use(connection: sqlite3.Connection, pairs: Sequence[tuple[bytes, str, str]]) -> None:
    """Count one more use of each pair, given with the digest of its source."""
    query = """UPDATE entries SET used = used + 1
      WHERE source_id = (SELECT id FROM sources WHERE digest = ?) AND identity = ?"""
    connection.executemany(query, [(digest, identity(source, target)) for digest, source, target in pairs])


def _grouped(connection: sqlite3.Connection, query: str, keys: Sequence[Any]) -> dict[Any, list[Kept]]:
    groups: dict[Any, list[Kept]] = defaultdict(list)
    for some in portions(keys):
        for row in connection.execute(query.format(_marks(some)), some):
            groups[row[-1]].append(kept_of(row))
    return dict(groups)


def _next_number(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {name}").fetchone()[0])


def _origin(entry: Entry) -> tuple[str, str, str]:
    return entry.document, entry.sha256, entry.run


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
