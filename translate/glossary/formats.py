"""The formats that glossaries are read from and written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.errors import Problem
from translate.glossary.load import Placed, read_sheet

if TYPE_CHECKING:
    from pathlib import Path


def read_terms(path: Path, *, layer: str = "") -> tuple[list[Placed], list[Problem]]:
    """The terms of one glossary file, and what is wrong with it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return [], [Problem(f"cannot be read: {error.strerror or error}", str(path))]
    return read_sheet(path, data, layer=layer)
