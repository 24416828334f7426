from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partialmethod
from typing import TYPE_CHECKING

import pytest

from translate.errors import InputError, OutputError
from translate.memory import Entry, Memory, default_path
from translate.memory import schema as schema_module

if TYPE_CHECKING:
    from pathlib import Path


def made(path: Path) -> Path:
    with Memory.open(path) as memory:
        memory.add([Entry("培训", "training")])
    return path


def test_a_memory_is_made_with_its_folders_and_found_again(tmp_path: Path) -> None:
    path = made(tmp_path / "a" / "b" / "memory.sqlite")
    with Memory.open(path, create=False) as memory:
        assert len(memory) == 1
        assert memory._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_an_empty_file_becomes_a_memory(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    path.touch()
    made(path)


def test_none_is_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no translation memory here"):
        Memory.open(tmp_path / "memory.sqlite", create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"not a database, but a text of some length " * 100, b"PK\x03\x04" * 200])
def test_another_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(InputError, match="not a translation memory"):
        Memory.open(path)
    assert path.read_bytes() == content


def test_another_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE orders (id)")
    with pytest.raises(InputError, match="a database, but not a translation memory"):
        Memory.open(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("orders",)]


def test_a_newer_version_says_so(tmp_path: Path) -> None:
    path = made(tmp_path / "memory.sqlite")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {schema_module.VERSION + 1}")
    with pytest.raises(InputError, match=r"version 2, and this program reads version 1 \(use the program"):
        Memory.open(path)


def test_a_folder_is_no_memory(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is no file"):
        Memory.open(tmp_path)


def test_damage_is_told(tmp_path: Path) -> None:
    path = made(tmp_path / "memory.sqlite")
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(InputError, match="damaged"), Memory.open(path) as memory:
        memory.exact(["培训"])


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        Memory.open(tmp_path / "file" / "memory.sqlite")


def test_a_writer_that_never_ends_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "memory.sqlite")
    monkeypatch.setattr(schema_module, "PATIENCE", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Memory.open(path) as memory:
            monkeypatch.setattr(Memory, "_writing", partialmethod(Memory._writing, 0.05))
            assert len(memory) == 1  # reading goes on
            with pytest.raises(OutputError, match="another process is writing"):
                memory.add([Entry("就业", "employment")])


def test_a_memory_that_nobody_may_write_to_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "a folder?#%" / "memory.sqlite")
    monkeypatch.setattr("os.access", lambda *_: False)
    with Memory.open(path) as memory:
        assert memory.exact(["培训"])["培训"].target == "training"
        assert memory.fuzzy("培训")[0].score == 1
        with pytest.raises(OutputError, match="readonly"):
            memory.add([Entry("就业", "employment")])
    assert [file.name for file in path.parent.iterdir()] == ["memory.sqlite"]


def test_the_default_is_in_the_users_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_path().name == "memory.sqlite"
    assert "policy-translate" in default_path().parts
    assert list(tmp_path.iterdir()) == []
