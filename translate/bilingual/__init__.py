"""Aligned text in files that people review: written from units, read back as rows.

Each format is one module with `loads(data, path) -> tuple[Row, ...]` and, if it is WRITABLE, `dumps(run) -> bytes`;
FORMATS, at the foot, names them by suffix.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from translate.errors import InputError, Problem, SettingsError
from translate.formats import guard

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from translate.bilingual.rows import Row
    from translate.records import Run


def dumps(run: Run, suffix: str) -> bytes:
    """The whole run as a file of the kind `suffix` (tsv)."""
    data: bytes = _module(suffix).dumps(run)
    return data


def file_name(suffix: str) -> str:
    """What a run calls its file of the kind `suffix`."""
    return "report.html" if suffix == "html" else f"aligned.{suffix}"


def check_writable(suffixes: Iterable[str]) -> None:
    """SettingsError that names every kind of file that cannot be written."""
    unknown = [suffix for suffix in suffixes if suffix not in WRITABLE]
    known = ", ".join(WRITABLE)
    SettingsError.raise_if([Problem(f"no aligned format {name!r}", remedy=f"known: {known}") for name in unknown])


def load_rows(path: Path) -> tuple[Row, ...]:
    """The rows of an aligned file, in its own order; every problem with it is raised at once."""
    suffix = path.suffix.lower().lstrip(".")
    module = _module(suffix)
    rows: tuple[Row, ...] = module.loads(guard.read_file(path, limit=guard.FILE_BYTES), str(path))
    return rows


def _module(suffix: str) -> Any:
    if suffix not in FORMATS:
        raise InputError(Problem(f"no aligned format {suffix!r}", remedy=f"one of {', '.join(FORMATS)}"))
    return import_module(FORMATS[suffix])


WRITABLE = ("tsv", "xlsx", "html", "tmx", "xlf", "xliff", "docx")
FORMATS = {
    "tsv": "translate.bilingual.tsv",
    "csv": "translate.bilingual.comma",
    "xlsx": "translate.bilingual.xlsx",
    "ods": "translate.bilingual.ods",
    "txt": "translate.bilingual.tsv",  # what Excel calls Unicode text
    "html": "translate.bilingual.html",
    "tmx": "translate.bilingual.tmx",
    "xlf": "translate.bilingual.xliff12",
    "xliff": "translate.bilingual.xliff2",
    "docx": "translate.bilingual.docx",
}
