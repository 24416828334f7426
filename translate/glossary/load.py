"""Glossary sheets read into terms; every problem of a sheet is reported at once.

A sheet is a table with a header. Columns, in any order: `source` and `target` (required), `variants` (parted by |),
`rule` (use, keep or forbid; empty is use), `category`, `pos`, `first` (yes or empty) and `note`. A `forbid` row names
in `target` and `variants` what must not be used; a `keep` row without target keeps the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from translate.errors import Problem
from translate.glossary.header import Header, read_header
from translate.glossary.match import key_of
from translate.records import Rule, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from translate.glossary.sheets import Row

LONGEST_TERM: Final = 500

_FORMULA: Final = re.compile(r"=|[+\-@][A-Za-z]+[(|!]")
_RULES: Final = frozenset(Rule)
_YES: Final = frozenset(("yes", "y", "true", "1", "是"))
_NO: Final = frozenset(("", "no", "n", "false", "0", "否"))


@dataclass(frozen=True, slots=True)
class Placed:
    """A term and where it was read."""

    term: Term
    path: Path
    line: int


def terms_of(rows: Sequence[Row], path: Path, *, layer: str = "") -> tuple[list[Placed], list[Problem]]:
    """Terms from the rows of a table, and what is wrong with them."""
    if not rows:
        return [], [Problem("no terms: the sheet is empty", str(path), remedy="its header is source, target")]
    header, problems = read_header(rows[0])
    placed: list[Placed] = []
    if header is not None:
        for row in rows if header.is_term else rows[1:]:
            term, wrong = _term_of(row, header, layer)
            problems += wrong
            if term is not None:
                placed.append(Placed(term, path, row.line))
    return placed, [replace(problem, path=str(path)) for problem in problems]


def disagreements(placed: Iterable[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Pairs (first, later) of terms of one layer that say different things about one source.

    Rows that say the same again are no matter; nor are several `forbid` rows.
    """
    seen: dict[str, Placed] = {}
    for item in placed:
        if item.term.rule is not Rule.FORBID:
            first = seen.setdefault(key_of(item.term.source), item)
            if not says_the_same(first.term, item.term):
                yield first, item


def merged(placed: Iterable[Placed]) -> list[Term]:
    """The terms of sheets that repeat a source, as other tools write several renderings: the first row is preferred.

    Renderings of later rows with the same rule become variants; rows with another rule stay as they are.
    """
    kept: dict[tuple[str, Rule], Term] = {}
    for item in placed:
        term = item.term
        first = kept.setdefault((key_of(term.source), term.rule), term)
        known = (first.target, *first.variants)
        new = tuple(text for text in dict.fromkeys((term.target, *term.variants)) if text not in known)
        if new and first is not term:
            kept[key_of(term.source), term.rule] = replace(first, variants=(*first.variants, *new))
    return list(kept.values())


def says_the_same(term: Term, other: Term) -> bool:
    """Whether two terms of one source ask for the same."""
    return (term.target, term.variants, term.rule) == (other.target, other.variants, other.rule)


def _term_of(row: Row, header: Header, layer: str) -> tuple[Term | None, list[Problem]]:
    cells = header.cells(row)
    rule = cells.get("rule", "").lower() or Rule.USE.value
    first = cells.get("first", "").lower()
    problems = [
        Problem(what, line=row.line, column=header.columns[name] + 1 if name else None, remedy=remedy)
        for name, what, remedy in (*_wrong_cells(cells, rule, first), *_wrong_shape(row, header, cells))
    ]
    if problems:
        return None, problems
    variants = tuple(text for part in cells.get("variants", "").split("|") if (text := part.strip()))
    details = {name: cells.get(name, "") for name in ("category", "note", "pos")}
    target = cells["target"] or cells["source"]
    term = Term(cells["source"], target, variants, Rule(rule), first_mention=first in _YES, layer=layer, **details)
    return term, []


def _wrong_cells(cells: dict[str, str], rule: str, first: str) -> Iterator[tuple[str, str, str]]:
    """(column, what, remedy) of cells whose content cannot be used."""
    source, target = cells["source"], cells["target"]
    if not source:
        yield "source", f"source is empty beside {target[:50]!r}", "fill it or remove the row"
    elif not key_of(source[:LONGEST_TERM]):
        yield "source", f"source has marks only: {source[:50]}", "a term needs characters"
    if not target and rule not in (Rule.KEEP, Rule.OFF) and source:
        yield "target", f"target is empty for {source[:50]}", "fill it, or set the rule to keep"
    if rule not in _RULES:
        yield "rule", f"unknown rule {rule[:50]!r}", "use, keep, forbid, off or empty"
    if first not in _NO and first not in _YES:
        yield "first", f"first is {first[:50]!r}", "yes or empty"


def _wrong_shape(row: Row, header: Header, cells: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """(column, what, remedy) of cells that do not belong into a sheet of terms."""
    if len(row.cells) > header.width and any(row.cells[header.width :]):
        yield "", f"{len(row.cells)} cells, but {header.width} columns", "is there a stray tab or comma?"
    for name, cell in cells.items():
        if header.columns[name] in row.formulas or _FORMULA.match(cell):
            yield name, f"formula in {name}: {cell[:50]}", "put its value as text"
        elif name != "note" and "\n" in cell:
            yield name, f"line break in {name}", "one line a cell"
        elif len(cell) > (LONGEST_TERM if name in ("source", "target") else 20 * LONGEST_TERM):
            yield name, f"{name} has {len(cell)} characters", f"a term has at most {LONGEST_TERM}"
