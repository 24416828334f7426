"""The translation memory: one SQLite file that remembers what people have accepted.

Every `add` and every batch of a removal is one transaction: all of it or, if the process dies, none. Any number of
processes may read while one writes, and writers wait for each other.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from translate.errors import OutputError
from translate.memory import postings, table
from translate.memory.answers import MODULUS, answer, group_hash, match_of
from translate.memory.entries import Added, Count, from_microseconds, to_microseconds
from translate.memory.folding import digest_of, fold
from translate.memory.schema import PATIENCE, VERSION, connect, default_path, told
from translate.memory.similarity import NUMBERS_DIFFER, numbers_differ, similarity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from translate.memory.entries import Entry, Kept
    from translate.memory.selection import Selection
    from translate.records import Match

MOST_COMPARED: Final = 1_000  # candidates of one fuzzy search; those that share the most bigrams
_PORTION: Final = 100  # candidates compared before looking whether the others can still be better
_NO_PATIENCE: Final = 0.2  # seconds that the count of uses waits for a writer: nothing depends on it
DIFFERENT_NUMBERS: Final = "numbers differ"


def _nothing() -> None:
    """Tell nobody."""


class Memory:
    """An open memory; close it, or use it as a context manager."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Use `open`."""
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path | str | None = None, *, create: bool = True) -> Self:
        """The memory at `path`, by default the user's own; made if there is none, or InputError without `create`."""
        where = default_path() if path is None else Path(path)
        return cls(connect(where, create=create), where)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def signature(self) -> str:
        """16 hex digits that change exactly when an answer to some source can change."""
        with told(self.path):
            content = f"{VERSION} {NUMBERS_DIFFER} {self._content():032x}"
        return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()

    def exact(self, sources: Sequence[str]) -> dict[str, Match]:
        """The answer to each source whose text, width and spaces aside, is in the memory; score 1.0."""
        keys, groups = self._known(sources)
        found = ((source, groups.get(key)) for source, key in keys.items())
        return {source: match_of(answer(group, source)) for source, group in found if group}

    def exact_in_order(self, sources: Sequence[str]) -> tuple[Match | None, ...]:
        """The answer to each segment of a document; of several, one that stood between the same neighbours wins."""
        keys, groups = self._known(sources)
        edged = ["", *sources, ""]
        return tuple(
            match_of(answer(group, source, (before, after))) if (group := groups.get(keys[source])) else None
            for before, source, after in zip(edged, sources, edged[2:], strict=False)
        )

    def fuzzy(self, source: str, *, least: float = 0.7, limit: int = 3) -> tuple[Match, ...]:
        """What is most like `source`, best first, each with its newest target; a source that is equal comes with 1.0.

        The score is translate.memory.similarity.similarity of the folded texts, times 0.95 if their numbers differ,
        which the provenance then says. Sources of over 2,000 characters have no fuzzy answers. Of more than 1,000
        candidates only those are compared that share the most bigrams.
        """
        with told(self.path):
            alike = self._alike(source, least, limit)
            best = _with_numbers(source, alike, least, limit)
            groups = table.by_source(self._connection, [number for _, number, _ in best])
        return tuple(
            match_of(answer(group), score, remark)
            for score, number, remark in best
            if (group := groups.get(number))  # else another process has forgotten it meanwhile
        )

    def add(self, entries: Iterable[Entry]) -> Added:
        """Remember entries, in one transaction, the later ones as the newer. What is there already is not doubled.

        An entry is there already if its source and target are. It then takes the provenance and time of the new one if
        that has a later time, or has none and the entry is not the newest of its source or came from another document.
        Other targets of the same source are kept.
        """
        given = list(entries)
        usable = [entry for entry in given if entry.source.strip() and entry.target.strip()]
        keys = [digest_of(entry.source) for entry in usable]
        with self._writing() as connection:
            groups = table.by_digest(connection, keys)
            before = {key: group_hash(group) for key, group in groups.items()}
            batch = table.Batch(connection, groups, to_microseconds(datetime.now(UTC)))
            new = sum(batch.put(key, entry) for key, entry in zip(keys, usable, strict=True))
            postings.add(connection, batch.write())
            after = {key: group_hash(group) for key, group in batch.groups.items()}
            self._shift(sum(after.values()) - sum(before.values()))
        return Added(new, len(usable) - new, len(given) - len(usable))

    def add_many(
        self, entries: Iterable[Entry], *, each: int = 10_000, after_each: Callable[[], None] = _nothing
    ) -> Added:
        """Remember any number of entries, in transactions of `each`, so that others can write between them.

        `after_each` is called then. Stopped and called again with the same entries, it ends as if it never had been.
        """
        stream, done = iter(entries), Added()
        while some := list(islice(stream, each)):
            done += self.add(some)
            after_each()
        return done

    def remove(self, ids: Sequence[int]) -> None:
        """Forget entries by their ids, in one transaction."""
        with self._writing() as connection:
            before = table.around(connection, ids)
            going = set(ids)
            left = {number: [kept for kept in group if kept.id not in going] for number, group in before.items()}
            gone = [(number, fold(before[number][0].entry.source)) for number, group in left.items() if not group]
            table.delete(connection, ids, [number for number, _ in gone])
            postings.remove(connection, gone)
            self._shift(sum(map(group_hash, left.values())) - sum(map(group_hash, before.values())))

    def entries(
        self, selection: Selection | None = None, *, newest_first: bool = False, limit: int | None = None
    ) -> Iterator[Kept]:
        """The entries of a selection, or all, one after the other, as they are at the first of them."""
        where, values = ("1", ()) if selection is None else selection.condition()
        order = "e.changed DESC, e.id DESC" if newest_first else "e.id"
        with told(self.path):
            query = f"{table.SELECT} WHERE {where} ORDER BY {order} LIMIT ?"
            rows = self._connection.execute(query, (*values, -1 if limit is None else limit))
            yield from map(table.kept_of, rows)

    def compact(self) -> None:
        """Give back the space of what was forgotten, if that is a quarter of the file and nobody else is at it."""
        with told(self.path):
            query = "SELECT freelist_count, page_count FROM pragma_freelist_count, pragma_page_count"
            free, pages = self._connection.execute(query).fetchone()
            if free * 4 > pages:
                with suppress(sqlite3.OperationalError):
                    self._connection.execute("VACUUM")

    def note_use(self, matches: Iterable[Match]) -> None:
        """Count that answers were taken, unless the file cannot be written at once; which answers there are stays."""
        used = [(digest_of(match.source), match.source, match.target) for match in matches]
        if used:
            with suppress(OutputError), self._writing(_NO_PATIENCE) as connection:
                table.count_use(connection, used)

    def count(self) -> Count:
        """What is in it."""
        with told(self.path):
            entries, used, *times = self._connection.execute(
                "SELECT count(*), coalesce(sum(used), 0), min(changed), max(changed) FROM entries"
            ).fetchone()
            (sources,) = self._connection.execute("SELECT count(*) FROM sources").fetchone()
            (documents,) = self._connection.execute(
                """SELECT count(DISTINCT o.document || '/' || o.sha256) FROM origins o
                JOIN (SELECT DISTINCT origin_id FROM entries) e ON e.origin_id = o.id
                WHERE o.document != '' OR o.sha256 != ''"""
            ).fetchone()
        oldest, newest = (None if time is None else from_microseconds(time) for time in times)
        return Count(entries, sources, documents, used, oldest, newest)

    def __bool__(self) -> bool:
        """An open memory is one, even an empty one; without this, asking would count all entries."""
        return True

    def __len__(self) -> int:
        with told(self.path):
            return int(self._connection.execute("SELECT count(*) FROM entries").fetchone()[0])

    def _known(self, sources: Sequence[str]) -> tuple[dict[str, bytes], dict[bytes, list[Kept]]]:
        """The key of each source, and the entries of each key that has some."""
        keys = {source: digest_of(source) for source in dict.fromkeys(sources)}
        with told(self.path):
            return keys, table.by_digest(self._connection, list(keys.values()))

    def _alike(self, source: str, least: float, limit: int) -> list[tuple[float, int, str]]:
        """(similarity, number, text) of the sources that reach `least`, best first, before numbers are looked at."""
        folded = fold(source)
        near = postings.candidates(self._connection, folded, least, MOST_COMPARED)
        found: list[tuple[float, int, str]] = []
        for start in range(0, len(near), _PORTION):
            enough = sorted(found)[-limit][0] * NUMBERS_DIFFER if len(found) >= limit else least
            if near[start][1] < enough:
                break
            texts = table.texts_of(self._connection, [number for number, _ in near[start : start + _PORTION]])
            scored = ((similarity(folded, fold(text)), number, text) for number, text in texts.items())
            found += [one for one in scored if one[0] >= least]
        return sorted(found, key=lambda one: (-one[0], one[1]))

    @contextmanager
    def _writing(self, patience: float = PATIENCE) -> Iterator[sqlite3.Connection]:
        """A transaction that no other writer has a part in: all of it, or nothing. `patience` in seconds."""
        with told(self.path):
            self._connection.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            finally:
                self._connection.execute(f"PRAGMA busy_timeout = {round(PATIENCE * 1000)}")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _content(self) -> int:
        """The sum of the hashes of all groups."""
        row = self._connection.execute("SELECT value FROM state WHERE name = 'content'").fetchone()
        return int(row[0], 16) if row else 0

    def _shift(self, difference: int) -> None:
        content = f"{(self._content() + difference) % MODULUS:032x}"
        self._connection.execute("INSERT OR REPLACE INTO state VALUES ('content', ?)", (content,))


def _with_numbers(
    source: str, alike: Sequence[tuple[float, int, str]], least: float, limit: int
) -> list[tuple[float, int, str]]:
    """(score, number, remark) of the best; numbers are looked at only where they can matter, as that takes time."""
    best: list[tuple[float, int, str]] = []
    for score, number, text in alike:
        if len(best) >= limit and best[limit - 1][0] >= score:
            break
        differ = score < 1 and numbers_differ(source, text)
        best.append((score * NUMBERS_DIFFER, number, DIFFERENT_NUMBERS) if differ else (score, number, ""))
        best.sort(key=lambda one: (-one[0], one[1]))
    return [one for one in best[:limit] if one[0] >= least]
