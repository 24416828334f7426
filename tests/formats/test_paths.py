"""Paths and formats that cannot be read end in an InputError that says why."""

import os
from pathlib import Path

import pytest

from translate.errors import InputError
from translate.formats import FORMATS, guard, read_bytes, read_document


def test_an_unknown_suffix_lists_the_known_ones(tmp_path: Path) -> None:
    for name in ("x.doc", "README"):
        (tmp_path / name).write_text("甲", encoding="utf-8")
        with pytest.raises(InputError) as raised:
            read_document(tmp_path / name)
        assert ", ".join(FORMATS) in raised.value.problems[0].remedy


def test_a_format_given_overrules_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "通知 1.TXT.bak"
    path.write_text("甲", encoding="utf-8")
    assert read_document(path, format="txt").format == "txt"
    assert read_document(path, format=".TXT").blocks[0].text == "甲"


def test_missing_folder_pipe_and_nul(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    for name, what in {
        "no.txt": "no such file",
        "folder.txt": "a folder",
        "pipe.txt": "not a regular file",
        "a\0.txt": "cannot be read",
        "x" * 300 + ".txt": "cannot be read",
    }.items():
        with pytest.raises(InputError, match=what):
            read_document(tmp_path / name)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(guard.TEXT_BYTES + 1)  # sparse
    with pytest.raises(InputError, match="67,108,865 bytes"):
        read_document(path)
    with pytest.raises(InputError, match="bytes"):
        read_bytes(b"x" * (guard.TEXT_BYTES + 1), path="-", format="txt")


@pytest.mark.parametrize(("name", "said"), [("a.doc", "save it as docx"), ("a.xls", "save it as xlsx"), ("a.q", "")])
def test_an_unknown_format_says_what_to_save_it_as(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(InputError) as raised:
        read_document(tmp_path / name)
    remedy = raised.value.problems[0].remedy
    assert remedy == f"{said}; known formats: {', '.join(FORMATS)}".removeprefix("; ")
