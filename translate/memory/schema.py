"""The file of a memory: opening, recognising and creating it, and what a user is told when that fails."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

from translate.errors import InputError, OutputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION_ID: Final = 0x7A_65_6E_4D  # "zenM": what the file is, in its header
VERSION: Final = 1  # of the tables, and of the folding that keys and postings are made with
PATIENCE: Final = 60.0  # seconds that a writer waits for another one
_TABLES: Final = """
CREATE TABLE sources (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE);
CREATE TABLE origins (
  id INTEGER PRIMARY KEY, document TEXT NOT NULL, sha256 TEXT NOT NULL, run TEXT NOT NULL,
  UNIQUE (document, sha256, run)
);
CREATE TABLE entries (
  id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES sources, identity BLOB NOT NULL,
  source TEXT NOT NULL, target TEXT NOT NULL, origin_id INTEGER NOT NULL REFERENCES origins,
  segment TEXT NOT NULL, status TEXT NOT NULL, previous TEXT, next TEXT, note TEXT NOT NULL,
  created INTEGER NOT NULL, changed INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0,
  UNIQUE (source_id, identity)
);
CREATE TABLE postings (gram INTEGER, block INTEGER, ids BLOB NOT NULL, PRIMARY KEY (gram, block)) WITHOUT ROWID;
CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
"""


def default_path() -> Path:
    """Where the user's memory is, unless another is named; it need not exist."""
    import platformdirs

    return platformdirs.user_data_path("policy-translate") / "memory.sqlite"


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open the memory at `path`, or create it if it may be. Transactions are the caller's to begin and end.

    Raises InputError for what is no memory, is damaged or is of a newer version, OutputError where none can be made.
    """
    if not path.exists() and not create:
        raise InputError(Problem("no translation memory here", str(path), remedy="translate memory add makes one"))
    if path.exists() and not path.is_file():
        raise InputError(Problem("this is no file, so no translation memory", str(path)))
    with told(path):
        return _ready(_open(path), path)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Errors of the database as errors of the user's file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        busy = getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        what = "another process is writing, and does not end" if busy else f"the memory cannot be used: {error}"
        raise OutputError(Problem(what, str(path))) from error
    except sqlite3.DatabaseError as error:
        foreign = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB
        what = "not a translation memory" if foreign else f"the translation memory is damaged: {error}"
        raise InputError(Problem(what, str(path), remedy="name another with --memory")) from error
    except OSError as error:
        raise OutputError(Problem(error.strerror or str(error), str(path))) from error


def _open(path: Path) -> sqlite3.Connection:
    absolute = path.absolute()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not os.access(path, os.W_OK):
        # Without a log beside the file, and where none can be made, SQLite must be told not to look for one.
        log = path.with_name(f"{path.name}-wal")
        frozen = "" if log.exists() or os.access(path.parent, os.W_OK) else "&immutable=1"
        uri = f"{absolute.as_uri()}?mode=ro{frozen}"
        return sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
    return sqlite3.connect(absolute, timeout=PATIENCE, isolation_level=None)


def _ready(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """The connection, its file checked or made; closed if that fails."""
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cache_size = -65536")  # KiB
        connection.execute("PRAGMA journal_size_limit = 16777216")  # bytes of the log that stay after a large import
        connection.execute("PRAGMA synchronous = FULL")  # what was confirmed outlives a power cut
        connection.execute("BEGIN")  # one look at the file, which another process may just be making
        found = _is_memory(connection, path)
        connection.execute("COMMIT")
        if not found:
            _create(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_memory(connection: sqlite3.Connection, path: Path) -> bool:
    """False for an empty file, InputError for what cannot be used."""
    application, version = (_pragma(connection, name) for name in ("application_id", "user_version"))
    if application != APPLICATION_ID:
        if application or version or connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            raise InputError(Problem("a database, but not a translation memory", str(path)))
        return False
    if version != VERSION:
        what = f"a translation memory of version {version}, and this program reads version {VERSION}"
        raise InputError(Problem(what, str(path), remedy="use the program that wrote it, or a newer one"))
    return True


def _create(connection: sqlite3.Connection, path: Path) -> None:
    """Whole or not at all, whoever else is doing the same."""
    _write_ahead(connection)
    with closing(connection.cursor()) as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        try:
            if not _is_memory(connection, path):
                for statement in _TABLES.split(";")[:-1]:
                    cursor.execute(statement)
                cursor.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                cursor.execute(f"PRAGMA user_version = {VERSION}")
            cursor.execute("COMMIT")
        except BaseException:
            cursor.execute("ROLLBACK")
            raise


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging, for which SQLite does not wait on its own while another process has the file."""
    patient_until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > patient_until:
                raise
            time.sleep(0.01)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
