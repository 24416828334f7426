"""Aligned text in files that people review: written from units, read back as rows.

Each format is one module with `dumps(run) -> bytes` and `loads(data, path) -> tuple[Row, ...]`; FORMATS, at the
foot, names them by suffix.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from translate.errors import InputError, Problem

if TYPE_CHECKING:
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


def load_rows(path: Path) -> tuple[Row, ...]:
    """The rows of an aligned file, in its own order; every problem with it is raised at once."""
    suffix = path.suffix.lower().lstrip(".")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(Problem(error.strerror or "cannot be read", str(path))) from error
    rows: tuple[Row, ...] = _module(suffix).loads(data, str(path))
    return rows


def _module(suffix: str) -> Any:
    if suffix not in FORMATS:
        raise InputError(Problem(f"no aligned format {suffix!r}", remedy=f"one of {', '.join(FORMATS)}"))
    return import_module(FORMATS[suffix])


FORMATS = {
    "tsv": "translate.bilingual.tsv",
    "html": "translate.bilingual.html",
}
