"""The journal of a run: the drafts that are done, by sentence, so that a killed run goes on where it was.

The rest of the program is a function of its inputs and the drafts. Keeping the drafts is therefore enough: the next
call finds the chunks that were done and ends in the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import asdict
from functools import cached_property
from typing import TYPE_CHECKING

from translate.errors import OutputError, Problem
from translate.records import Finding, Segment, Severity
from translate.work.decoding import Draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Key = bytes
PATIENCE = 60.0  # seconds for another call that has the same journal
MOST_VALUES = 500  # in one query; SQLite has a limit


def key_of(segment: Segment) -> Key:
    """What decides a segment's draft within a run: its text and the kind of its block."""
    content = f"{segment.kind}\0{segment.text.rstrip()}"
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()[:16]


class Journal:
    """Drafts by key in the SQLite file `path`, or in this process's memory without one."""

    def __init__(self, path: Path | None = None) -> None:
        """Name the file; it is opened or created when it is first needed."""
        self._path = path

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        """One that is damaged is begun anew, since it holds nothing but time."""
        try:
            return _open(self._path)
        except sqlite3.OperationalError as error:  # it is in use or out of reach, which is no damage
            raise OutputError(Problem(f"the journal cannot be used: {error}", str(self._path))) from error
        except sqlite3.DatabaseError:
            if self._path is None:
                raise
            self._path.unlink()
            return _open(self._path)

    def has(self, keys: Iterable[Key]) -> bool:
        """Whether every one of the drafts is there."""
        wanted = set(keys)
        return len(self.drafts(wanted)) == len(wanted)

    def drafts(self, keys: Iterable[Key]) -> dict[Key, Draft]:
        """Those of the drafts that are there."""
        wanted = list(dict.fromkeys(keys))
        found: dict[Key, Draft] = {}
        for start in range(0, len(wanted), MOST_VALUES):
            some = wanted[start : start + MOST_VALUES]
            marks = ",".join("?" * len(some))
            rows = self._connection.execute(f"SELECT key, value FROM drafts WHERE key IN ({marks})", some)
            found |= {key: _unpack(value) for key, value in rows}
        return found

    def keep(self, drafts: Mapping[Key, Draft]) -> None:
        """Add the drafts of a chunk: all of them or, if the process dies, none."""
        with self._connection:
            rows = [(key, _pack(draft)) for key, draft in drafts.items()]
            self._connection.executemany("INSERT OR REPLACE INTO drafts VALUES (?, ?)", rows)

    def close(self) -> None:
        """Let go of the file."""
        if "_connection" in self.__dict__:
            self._connection.close()


def _open(path: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(path or ":memory:", timeout=PATIENCE)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # survives a kill; only a power cut may cost the last chunks
        connection.execute(
            "CREATE TABLE IF NOT EXISTS drafts (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"
        )
    except BaseException:
        connection.close()
        raise
    return connection


def _pack(draft: Draft) -> bytes:
    return json.dumps(asdict(draft), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _unpack(value: bytes) -> Draft:
    plain = json.loads(value.decode("utf-8", "surrogatepass"))
    findings = tuple(
        Finding(
            one["check"],
            Severity(one["severity"]),
            one["message"],
            _span(one["source_span"]),
            _span(one["target_span"]),
        )
        for one in plain["findings"]
    )
    return Draft(plain["target"], plain["origin"], plain["score"], findings)


def _span(value: list[int] | None) -> tuple[int, int] | None:
    return (value[0], value[1]) if value else None
