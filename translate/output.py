"""The folder that a run writes into: whole or not at all, one run at a time, nothing overwritten unasked.

`run.json` is written last and lists the other files with their hashes: a folder without it holds no finished run.
While a run is under way the folder holds a mark with its fingerprint: what else is there is then its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.errors import OutputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MANIFEST = "run.json"
JOURNAL = ".journal-"
LOCK = ".lock"
UNFINISHED = ".unfinished"
MARK = ".begun-"
REMEMBERED = 30 * 86_400  # seconds that the drafts of a call that was stopped are kept for it


class OutputFolder:
    """One run's folder. `fingerprint` identifies what is being run: input, model, glossary and settings."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        """Name the folder; nothing is touched before `claim`."""
        self.path = path
        self.fingerprint = fingerprint

    @property
    def _mark(self) -> Path:
        """There while this very run is unfinished."""
        return self.path / f"{MARK}{self.fingerprint[:16]}"

    def finished(self) -> dict[str, Any] | None:
        """The manifest of an earlier, whole run of the very same thing; None if there is none."""
        try:
            manifest = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
            whole = all((self.path / name).is_file() for name in dict(manifest["outputs"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return manifest if whole and manifest.get("fingerprint") == self.fingerprint else None

    @contextmanager
    def claim(self, names: tuple[str, ...], *, force: bool, inputs: Sequence[str] = ()) -> Iterator[None]:
        """Hold the folder for one run; raises OutputError if it is in use, or holds files that would be lost.

        `inputs` are the paths of what the run reads: not even `force` overwrites one of them.
        """
        from filelock import FileLock, Timeout

        try:
            refuse_file(self.path)
            self._refuse_own_inputs(names, inputs)
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / LOCK, timeout=0)
            with lock:
                if not force:
                    self._refuse_overwriting(names)
                self._mark.touch()
                if force:
                    (self.path / MANIFEST).unlink(missing_ok=True)  # from here on the old run is no longer whole
                yield
                (self.path / LOCK).unlink(missing_ok=True)  # while it is held: whoever waits then makes another
        except Timeout as error:
            remedy = "wait for it, or choose another --output"
            raise OutputError(Problem("another run is writing here", str(self.path), remedy=remedy)) from error
        except OSError as error:
            raise OutputError(Problem(error.strerror or str(error), error.filename or str(self.path))) from error

    def write(self, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> dict[str, Any]:
        """Put every file in place, the manifest last. The manifest as written; OutputError if a file cannot be.

        Files that a finished run of the very same thing has already, and that are not among these, stay its outputs.
        """
        kept = (self.finished() or {}).get("outputs", {})
        hashes = {**kept, **{name: hashlib.sha256(data).hexdigest() for name, data in files.items()}}
        whole = {"fingerprint": self.fingerprint, **manifest, "outputs": hashes}
        content = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
        staged = {**files, MANIFEST: content.encode("utf-8", "backslashreplace")}
        try:
            for name, data in staged.items():
                _write_synced(self.path / (name + UNFINISHED), data)
            for name in staged:
                (self.path / (name + UNFINISHED)).replace(self.path / name)
            for leftover in self.path.glob(MARK + "*"):
                leftover.unlink()
        except OSError as error:
            raise OutputError(Problem(error.strerror or str(error), error.filename or str(self.path))) from error
        return whole

    def _refuse_own_inputs(self, names: tuple[str, ...], inputs: Sequence[str]) -> None:
        for path in inputs:
            if Path(path).name in names and Path(path).resolve() == (self.path / Path(path).name).resolve():
                raise OutputError(
                    Problem("would be overwritten by its own result", path, remedy="choose another --output")
                )

    def _refuse_overwriting(self, names: tuple[str, ...]) -> None:
        if self._mark.exists():  # our own unfinished run: what is there is ours
            return
        ours = () if self.finished() else (MANIFEST,)  # files are added to a finished run
        present = [name for name in (*names, *ours) if (self.path / name).exists()]
        remedy = "--force overwrites them, --output DIR writes elsewhere"
        if present:
            raise OutputError(Problem(f"already holds {', '.join(present)}", str(self.path), remedy=remedy))


def refuse_file(folder: Path) -> None:
    """OutputError if `folder`, or what it would lie in, is there and is no folder."""
    for place in (folder, *folder.parents):
        if os.path.lexists(place) and not place.is_dir():
            remedy = f"--output names a folder, which may be new: for example {place.stem}-results"
            raise OutputError(Problem("this is a file, but results go into a folder", str(place), remedy=remedy))


def journal_in(folder: Path, fingerprint: str) -> Path:
    """Where the journal of an unfinished call is."""
    return folder / f"{JOURNAL}{fingerprint[:16]}.sqlite"


def clear_journals(folder: Path) -> None:
    """Delete the journals in `folder`, unless a call that was stopped may go on with them, or one that runs has them.

    Of a call that was stopped, a document in `folder` or below has its mark. Calls with the same settings share a
    journal, so that it cannot be said whose drafts are in it: all are kept until no document is unfinished.
    """
    marks = (*folder.glob(MARK + "*"), *folder.glob(f"*/{MARK}*"))
    if any(time.time() - mark.stat().st_mtime < REMEMBERED for mark in marks):
        return
    for journal in folder.glob(f"{JOURNAL}*.sqlite"):
        if not _in_use(journal):
            for leftover in folder.glob(f"{journal.name}*"):  # with what SQLite keeps beside it
                leftover.unlink(missing_ok=True)


def _in_use(journal: Path) -> bool:
    """Whether another call has the journal open: SQLite then refuses to end its write-ahead mode."""
    try:
        with closing(sqlite3.connect(journal, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:  # damaged: of use to nobody
        return False
    return False


def write_file(path: Path, data: bytes, *, force: bool) -> None:
    """Write one file whole or not at all, in a folder that is made if need be; OutputError if one is there already."""
    if path.exists() and not force:
        raise OutputError(Problem("already exists", str(path), remedy="--force overwrites it"))
    unfinished = path.with_name(path.name + UNFINISHED)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_synced(unfinished, data)
        unfinished.replace(path)
    except OSError as error:
        raise OutputError(Problem(f"cannot be written: {error.strerror or error}", str(path))) from error


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
