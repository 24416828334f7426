"""What keeps a hostile file from costing more than an error: sizes, zip directories, XML with declarations."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from translate.errors import InputError, Problem

if TYPE_CHECKING:
    from pathlib import Path

TEXT_BYTES = 64 * 2**20  # a text, Markdown or HTML file; about 20 million Chinese characters
FILE_BYTES = 256 * 2**20  # a docx as it lies on disk, pictures included


def check_path(path: Path) -> None:
    """InputError for a path that is missing, a folder, or anything else than a regular file."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise _unreadable(path, error) from None
    if stat.S_ISDIR(mode):
        raise InputError(Problem("this is a folder, not a document", str(path)))
    if not stat.S_ISREG(mode):
        raise InputError(Problem("this is not a regular file", str(path), remedy="pass a stream as -"))


def read_file(path: Path, *, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; InputError says what is wrong with any other path."""
    check_path(path)
    try:
        refuse_size(path.stat().st_size, str(path), limit=limit)
        with path.open("rb") as file:
            data = file.read(limit + 1)  # the file may have grown since
    except OSError as error:
        raise _unreadable(path, error) from None
    refuse_size(len(data), str(path), limit=limit)
    return data


def _unreadable(path: Path, error: Exception) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(Problem("no such file", str(path), remedy="check the path"))
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(Problem(f"the file cannot be read: {reason}", str(path)))


def refuse_size(size: int, path: str, *, limit: int) -> None:
    """InputError for a document over its format's limit."""
    if size > limit:
        what = f"the file has {size:,} bytes, more than the {limit:,} that are read"
        raise InputError(Problem(what, path, remedy="split it into several documents"))
