"""The first row of a glossary sheet: which column is what."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from translate.errors import Problem
from translate.glossary.match import HAN

if TYPE_CHECKING:
    from translate.glossary.sheets import Row

COLUMNS: Final = ("source", "target", "variants", "rule", "category", "pos", "first", "note")

_ALIASES: Final = {
    "source": ("source term", "source text", "zh", "zh-cn", "zh-hans", "chinese", "中文", "原文", "术语", "源语"),
    "target": ("target term", "target text", "en", "en-us", "en-gb", "english", "英文", "译文", "译名"),
}
_KNOWN: Final = {name: name for name in COLUMNS} | {alias: name for name in _ALIASES for alias in _ALIASES[name]}
# Columns that other tools keep beside a term and that change nothing about it.
_HARMLESS_NAMES: Final = """
author client comment comments context count created creator date definition description domain example examples id
modified notes origin owner project reference remark remarks reviewed reviewer score status subject updated url
"""
_HARMLESS: Final = frozenset(_HARMLESS_NAMES.split())
_LATIN: Final = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the known columns stand, counted from 0, and how many cells a row may have."""

    columns: dict[str, int]
    width: int
    is_term: bool = False  # the sheet has no header, its first row is a term

    def cells(self, row: Row) -> dict[str, str]:
        """The cells of a row by column name; a row that ends early has empty cells."""
        return {name: row.cells[at] if at < len(row.cells) else "" for name, at in self.columns.items()}


def read_header(row: Row) -> tuple[Header | None, list[Problem]]:
    """The header, None if source or target is not in it; problems name the column but not the file."""
    if _is_term(row):
        note = {"note": 2} if len(row.cells) == 3 else {}
        return Header({"source": 0, "target": 1} | note, max(len(row.cells), 3), is_term=True), []
    columns: dict[str, int] = {}
    problems: list[Problem] = []
    for at, cell in enumerate(row.cells):
        name = re.sub(r"[\s_]+", " ", cell[:100]).strip().lower()
        known = _KNOWN.get(name)
        if known in columns:
            problems.append(Problem(f"two columns for {known}", line=row.line, column=at + 1, remedy="leave one"))
        elif known is not None:
            columns[known] = at
        elif name and name not in _HARMLESS:
            near = difflib.get_close_matches(name, COLUMNS, 1)
            remedy = f"did you mean {near[0]}?" if near else f"the columns are {', '.join(COLUMNS)}"
            problems.append(Problem(f"unknown column {name!r}", line=row.line, column=at + 1, remedy=remedy))
    if missing := [name for name in ("source", "target") if name not in columns]:
        what = f"no column {' and no column '.join(missing)}"
        return None, [*problems, Problem(what, line=row.line, remedy="the first line names the columns")]
    return Header(columns, len(row.cells)), problems


def _is_term(row: Row) -> bool:
    """Chinese, then English, then at most a remark or language codes: sheets of other tools have no header."""
    if not 2 <= len(row.cells) <= 4:
        return False
    source, target = row.cells[:2]
    named = {source.lower(), target.lower()} & _KNOWN.keys()
    return bool(HAN.search(source) and _LATIN.search(target) and not HAN.search(target) and not named)
