"""The formats that glossaries are read from and written to."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from translate.errors import InputError, Problem
from translate.glossary.load import Placed, terms_of
from translate.glossary.sheets import Row, sheet_rows
from translate.glossary.tables import encode_csv, encode_tsv, encode_xlsx, xlsx_rows
from translate.glossary.tbx import encode_martif, encode_tbx, tbx_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from translate.records import Term

LARGEST_FILE: Final = 128 << 20


def read_terms(path: Path, *, layer: str = "") -> tuple[list[Placed], list[Problem]]:
    """The terms of one glossary file, by its suffix, and what is wrong with it."""
    if not path.exists():
        return [], [Problem("no such file", str(path), remedy="check the path")]
    read = READERS.get(path.suffix.lower())
    if read is None:
        return [], [
            Problem(f"unknown kind of glossary {path.suffix!r}", str(path), remedy=f"known: {', '.join(READERS)}")
        ]
    try:
        if path.stat().st_size > LARGEST_FILE:
            return [], [Problem(f"larger than {LARGEST_FILE >> 20} MiB", str(path), remedy="is it a glossary?")]
        data = path.read_bytes()
    except OSError as error:
        return [], [Problem(f"cannot be read: {error.strerror or error}", str(path))]
    rows, problems = read(data)
    placed, more = terms_of(rows, path, layer=layer) if rows or not problems else ([], [])
    return placed, [replace(problem, path=str(path)) for problem in problems] + more


def encode_terms(terms: Iterable[Term], format: str) -> bytes:
    """A glossary file's bytes; `format` is a key of ENCODERS, an unknown one an InputError."""
    encode = ENCODERS.get(format)
    if encode is None:
        raise InputError(f"no glossary format is called {format!r}; the formats are {', '.join(ENCODERS)}")
    return encode(terms)


READERS: Final[Mapping[str, Callable[[bytes], tuple[list[Row], list[Problem]]]]] = MappingProxyType(
    {
        ".tsv": sheet_rows,
        ".csv": sheet_rows,
        ".txt": sheet_rows,
        ".xlsx": xlsx_rows,
        ".tbx": tbx_rows,
        ".xml": tbx_rows,
    }
)
ENCODERS: Final[Mapping[str, Callable[[Iterable[Term]], bytes]]] = MappingProxyType(
    {"tsv": encode_tsv, "csv": encode_csv, "xlsx": encode_xlsx, "tbx": encode_tbx, "martif": encode_martif}
)
