"""Texts for commands that count: documents, reviewed sheets, and plain pairs, told apart by what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def read_texts(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """(Chinese, English or nothing) of every block, row or pair; all files that cannot be read are named at once."""
    texts: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            texts += _pairs(path) if path.suffix.lower() == ".tsv" else _blocks(path)
        except InputError as error:
            problems += error.problems
    InputError.raise_if(problems)
    return texts


def _blocks(path: Path) -> list[tuple[str, str]]:
    from translate.formats import read_document

    return [(block.text, "") for block in read_document(path).blocks]


def _pairs(path: Path) -> list[tuple[str, str]]:
    """The rows of an aligned sheet, as the reviewer left them, or pairs without a header, Chinese first."""
    from translate.glossary.sheets import sheet_rows

    try:
        rows, problems = sheet_rows(path.read_bytes())
    except OSError as error:
        raise InputError(Problem(error.strerror or "cannot be read", str(path))) from error
    InputError.raise_if([Problem(problem.what, str(path), problem.line) for problem in problems])
    header = [cell.lower() for cell in rows[0].cells] if rows else []
    if "id" in header and "source" in header:
        from translate.bilingual import load_rows

        return [(row.source, row.reviewed or row.target) for row in load_rows(path)]
    pairs = rows[1:] if header[:1] == ["source"] else rows
    return [(row.cells[0], "".join(row.cells[1:2])) for row in pairs]
