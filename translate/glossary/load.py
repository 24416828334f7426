"""Glossary sheets read into terms, in layers; every problem of every sheet is reported at once.

A sheet is a table with a header. Columns, in any order: `source` and `target` (required), `variants` (parted by |),
`rule` (use, keep or forbid; empty is use), `category`, `pos`, `first` (yes or empty) and `note`. A sheet without a
header is understood if it has two columns, Chinese first.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from translate.errors import Problem
from translate.glossary.match import key_of
from translate.glossary.sheets import Row, decode, rows_of
from translate.records import Rule, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

COLUMNS: Final = ("source", "target", "variants", "rule", "category", "pos", "first", "note")
LONGEST_TERM: Final = 500

_ALIASES: Final = {
    "source term": "source", "source text": "source", "zh": "source", "zh-cn": "source", "zh-hans": "source",
    "chinese": "source", "中文": "source", "原文": "source", "术语": "source", "源语": "source",
    "target term": "target", "target text": "target", "en": "target", "en-us": "target", "en-gb": "target",
    "english": "target", "英文": "target", "译文": "target", "译名": "target",
}  # fmt: skip
# Columns that other tools keep beside a term and that change nothing about it.
_HARMLESS: Final = frozenset(
    (
        "author",
        "client",
        "comment",
        "comments",
        "context",
        "created",
        "creator",
        "date",
        "definition",
        "description",
        "domain",
        "example",
        "id",
        "modified",
        "notes",
        "origin",
        "owner",
        "project",
        "reference",
        "remark",
        "remarks",
        "reviewed",
        "reviewer",
        "status",
        "subject",
        "updated",
        "url",
    )
)
_FORMULA: Final = re.compile(r"=|[+\-@][A-Za-z]+[(|!]")
_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LATIN: Final = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A term and where it was read."""

    term: Term
    path: Path
    line: int


def read_terms(path: Path, *, layer: str = "") -> tuple[list[Placed], list[Problem]]:
    """The terms of one sheet, and what is wrong with it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return [], [Problem(f"cannot be read: {error.strerror or error}", str(path))]
    text = decode(data)
    if isinstance(text, Problem):
        return [], [replace(text, path=str(path))]
    rows, problems = rows_of(text, suffix=path.suffix.lower())
    placed, more = terms_of(rows, path, layer=layer)
    return placed, [replace(problem, path=str(path)) for problem in problems] + more


def terms_of(rows: Sequence[Row], path: Path, *, layer: str = "") -> tuple[list[Placed], list[Problem]]:
    """Terms from the rows of a sheet whose first row is the header."""
    if not rows:
        return [], [Problem("no terms: the sheet is empty", str(path), remedy="the header is source, target")]
    columns, problems = _columns(rows[0], path)
    if columns is None:
        return [], problems
    body = rows if _headless(rows[0]) else rows[1:]
    placed: list[Placed] = []
    for row in body:
        term, wrong = _term_of(row, columns, layer)
        problems += [replace(problem, path=str(path), line=row.line) for problem in wrong]
        if term is not None:
            placed.append(Placed(term, path, row.line))
    return placed, problems


def duplicates(placed: Iterable[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Pairs (first, later) of terms of one layer that say different things about one source.

    Rows that say the same again are no matter; nor are several `forbid` rows.
    """
    seen: dict[str, Placed] = {}
    for item in placed:
        if item.term.rule is not Rule.FORBID:
            first = seen.setdefault(key_of(item.term.source), item)
            if (first.term.target, first.term.variants, first.term.rule) != (
                item.term.target,
                item.term.variants,
                item.term.rule,
            ):
                yield first, item


def _columns(header: Row, path: Path) -> tuple[dict[str, int] | None, list[Problem]]:
    """Where each known column stands; None if the sheet can't be read without source and target."""
    if _headless(header):
        return {"source": 0, "target": 1}, []
    names = [re.sub(r"[\s_]+", " ", cell).strip().lower() for cell in header.cells]
    columns: dict[str, int] = {}
    problems: list[Problem] = []
    for position, name in enumerate(names, 1):
        known = _ALIASES.get(name, name)
        what = remedy = ""
        if known in columns:
            what, remedy = f"two columns for {known}", "leave one"
        elif known in COLUMNS:
            columns[known] = position - 1
        elif name and name not in _HARMLESS:
            near = difflib.get_close_matches(name, COLUMNS, 1)
            what = f"unknown column {name!r}"
            remedy = f"did you mean {near[0]}?" if near else f"the columns are {', '.join(COLUMNS)}"
        if what:
            problems.append(Problem(what, str(path), header.line, position, remedy))
    missing = [name for name in ("source", "target") if name not in columns]
    if not missing:
        return columns, problems
    what = f"no column {' and no column '.join(missing)}"
    return None, [*problems, Problem(what, str(path), header.line, remedy="the first line names the columns")]


def _headless(row: Row) -> bool:
    if len([cell for cell in row.cells if cell]) != 2 or len(row.cells) < 2:
        return False
    source, target = row.cells[:2]
    named = _ALIASES.get(source.lower()) or _ALIASES.get(target.lower())
    return bool(_HAN.search(source) and _LATIN.search(target) and not _HAN.search(target) and not named)


def _term_of(row: Row, columns: dict[str, int], layer: str) -> tuple[Term | None, list[Problem]]:
    problems: list[Problem] = []
    cells = {name: row.cells[at] if at < len(row.cells) else "" for name, at in columns.items()}
    for name, at in columns.items():
        if at in row.formulas or _FORMULA.match(cells[name]):
            problems.append(Problem(f"formula in {name}", column=at + 1, remedy="put its value as text"))
        elif "\n" in cells[name] and name != "note":
            problems.append(Problem(f"line break in {name}", column=at + 1, remedy="one line a cell"))
    extra = [at for at, cell in enumerate(row.cells) if cell and at > max(columns.values())]
    if extra and "note" in columns and columns["note"] == max(columns.values()):
        problems.append(
            Problem("more cells than columns", column=extra[0] + 1, remedy="is there a stray tab or comma?")
        )
    source, target = cells["source"], cells["target"]
    rule = cells.get("rule", "").lower() or "use"
    if rule not in list(Rule):
        problems.append(Problem(f"unknown rule {rule!r}", column=columns["rule"] + 1, remedy="use, keep or forbid"))
    first = cells.get("first", "").lower()
    if first not in _YES | _NO:
        problems.append(Problem(f"first is {first!r}", column=columns["first"] + 1, remedy="yes or empty"))
    if not key_of(source[:LONGEST_TERM]):
        problems.append(Problem("source is empty" if not source else f"source has no characters: {source}"))
    if not target and rule != "keep":
        problems.append(Problem(f"target is empty for {source or 'this row'}"))
    for name in ("source", "target"):
        if len(cells[name]) > LONGEST_TERM:
            problems.append(Problem(f"{name} is longer than {LONGEST_TERM} characters", column=columns[name] + 1))
    if problems:
        return None, problems
    variants = tuple(text for part in cells.get("variants", "").split("|") if (text := part.strip()))
    details = {name: cells.get(name, "") for name in ("category", "note", "pos")}
    term = Term(source, target or source, variants, Rule(rule), first_mention=first in _YES, layer=layer, **details)
    return term, []


_YES: Final = frozenset(("yes", "y", "true", "1", "是"))
_NO: Final = frozenset(("", "no", "n", "false", "0", "否"))
