"""The journal of a run: what the engine answered, by content, so that a killed run goes on where it was.

The rest of the program is a function of its inputs and the engine's answers. Recording the answers is therefore
enough: the next call walks the same way, finds the batches that were done, and ends in the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from dataclasses import asdict
from typing import TYPE_CHECKING

from translate.engines import Batch, DecodeOptions, Engine, Hypothesis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class JournaledEngine:
    """An engine whose answers are kept in the SQLite file `path` as soon as they are there."""

    def __init__(self, engine: Engine, path: Path) -> None:
        """Open or create the journal; one that is damaged is begun anew, since it holds nothing but time."""
        self._engine = engine
        self.signature = engine.signature
        try:
            self._connection = _open(path)
        except sqlite3.DatabaseError:
            path.unlink()
            self._connection = _open(path)

    def translate(
        self, batches: Sequence[Batch], options: DecodeOptions
    ) -> Iterator[tuple[tuple[Hypothesis, ...], ...]]:
        """Answers from the journal where it has them, from the engine otherwise; in order."""
        keys = [self._key(batch, options) for batch in batches]
        kept = {key: answer for key in keys if (answer := self._kept(key)) is not None}
        fresh = self._engine.translate(
            [batch for batch, key in zip(batches, keys, strict=True) if key not in kept], options
        )
        for key in keys:
            if key not in kept:
                kept[key] = self._keep(key, next(fresh))
            yield _unpack(kept.pop(key))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _key(self, batch: Batch, options: DecodeOptions) -> str:
        content = json.dumps([self.signature, asdict(options), batch], ensure_ascii=False)
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()

    def _kept(self, key: str) -> bytes | None:
        row = self._connection.execute("SELECT value FROM answers WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def _keep(self, key: str, answer: tuple[tuple[Hypothesis, ...], ...]) -> bytes:
        value = _pack(answer)
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (key, value))
        return value


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # survives a kill; only a power cut may cost the last batches
    connection.execute("CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, value BLOB NOT NULL)")
    return connection


def _pack(answer: tuple[tuple[Hypothesis, ...], ...]) -> bytes:
    plain = [[[h.pieces, h.score, h.truncated, h.attention] for h in hypotheses] for hypotheses in answer]
    return zlib.compress(json.dumps(plain, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)


def _unpack(value: bytes) -> tuple[tuple[Hypothesis, ...], ...]:
    plain = json.loads(zlib.decompress(value).decode("utf-8", "surrogatepass"))
    return tuple(
        tuple(
            Hypothesis(tuple(pieces), score, truncated, tuple(tuple(row) for row in attention))
            for pieces, score, truncated, attention in hypotheses
        )
        for hypotheses in plain
    )
