"""The sheets beside the one for review: what the run was and found, and where each term went."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

from translate.bilingual.cells import LONGEST, escape
from translate.bilingual.xlsx_look import HEADER, INK, PALE_INK, RULE, height
from translate.records import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from translate.records import Run, Term, TermHit, Unit

SUMMARY: Final = "Summary"
TERMS: Final = "Terms"
TERM_COLUMNS: Final = {"Chinese": 26, "English": 38, "also accepted": 60, "kind": 15, "glossary": 14, "times": 8,
                       "held": 8, "missing in": 24}  # fmt: skip
HOW: Final = (
    "The English is right: set status to accepted.",
    "It is not: write the whole sentence into reviewed, and set status to edited.",
    "Neither will do: set status to rejected, and say why in comment.",
    "A finding that is no mistake: write ok and its name into comment, for example ok: number.",
    "Sort, filter, hide and reorder as you like. Leave id and source as they are: they find the place of each row.",
    "Save as xlsx, ods, csv or tsv, in any program, and hand the file back: translate review FILE.",
)
SUMMARY_WIDTHS: Final = (24, 12, 9, 92)
SHOWN: Final = 20  # segments named for a term that is missing


def add_summary(book: Any, run: Run) -> None:
    """A sheet with what a reviewer asks first: how much there is to do, what the findings mean, what made the text."""
    sheet = book.add_worksheet(SUMMARY)
    sheet.hide_gridlines(2)
    for column, width in enumerate(SUMMARY_WIDTHS):
        sheet.set_column(column, column, width)
    lines = _Lines(book, sheet)
    lines.title(_text(run.document.path.replace("\\", "/").rpartition("/")[2]))
    lines.section("To do")
    lines.pairs(_counts(run))
    lines.section("Findings", ("", "worst", "times", "what it means"))
    for line in _findings(run.units):
        lines.cells(line)
    lines.section("How to review")
    for text in HOW:
        lines.wide(text)
    lines.section("What made this")
    lines.pairs((name, _text(value)) for name, value in _made_by(run.manifest))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)


def add_terms(book: Any, units: Sequence[Unit]) -> None:
    """A sheet with each glossary term of the document: what was wanted, how often it held, where it is missing."""
    sheet = book.add_worksheet(TERMS)
    head = book.add_format({"bold": True, "font_color": "white", "bg_color": HEADER, "border": 1, "border_color": RULE})
    look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": RULE, "font_color": INK}
    words, number = book.add_format({**look, "num_format": "@"}), book.add_format({**look, "align": "center"})
    missing = book.add_format({**look, "num_format": "@", "bg_color": "#FDECEA"})
    for column, (name, width) in enumerate(TERM_COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    last = 0
    for last, (term, hits) in enumerate(_by_term(units), 1):
        absent = list(dict.fromkeys(name for name, hit in hits if hit.target is None))
        names = ", ".join(absent[:SHOWN]) + (f" and {len(absent) - SHOWN} more" if len(absent) > SHOWN else "")
        texts = (term.source, term.target, "; ".join(term.variants), term.category, term.layer)
        sheet.set_row(last, height(zip((*texts, "", "", names), TERM_COLUMNS.values(), strict=True)))
        for column, text in enumerate(texts):
            sheet.write_string(last, column, _text(text), words)
        sheet.write_number(last, 5, len(hits), number)
        sheet.write_number(last, 6, sum(hit.target is not None for _, hit in hits), number)
        sheet.write_string(last, 7, _text(names), missing if absent else words)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(TERM_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


class _Lines:
    """A sheet that is filled from top to bottom."""

    def __init__(self, book: Any, sheet: Any) -> None:
        plain = {"font_color": INK, "valign": "top", "text_wrap": True, "num_format": "@"}
        self.sheet, self.row = sheet, 0
        self.name = book.add_format({**plain, "font_color": PALE_INK})
        self.value = book.add_format(plain)
        self.number = book.add_format({"font_color": INK, "valign": "top", "align": "left", "num_format": "#,##0"})
        self.big = book.add_format({"bold": True, "font_size": 16, "font_color": INK})
        self.head = book.add_format({"bold": True, "font_color": HEADER, "bottom": 1, "bottom_color": HEADER})

    def title(self, text: str) -> None:
        self.sheet.write_string(0, 0, text, self.big)
        self.row = 1

    def section(self, name: str, columns: tuple[str, ...] = ("", "", "", "")) -> None:
        self.row += 1
        for column, text in enumerate((name, *columns[1:])):
            self.sheet.write_string(self.row, column, text, self.head)
        self.row += 1

    def pairs(self, pairs: Iterable[tuple[str, str | int]]) -> None:
        for name, value in pairs:
            self.sheet.write_string(self.row, 0, name, self.name)
            if isinstance(value, int):
                self.sheet.write_number(self.row, 1, value, self.number)
            else:
                self.sheet.merge_range(self.row, 1, self.row, 3, "", self.value)
                self.sheet.write_string(self.row, 1, value, self.value)
                self.sheet.set_row(self.row, height([(value, sum(SUMMARY_WIDTHS[1:]))]))
            self.row += 1

    def cells(self, line: tuple[str, str, int, str]) -> None:
        name, severity, count, meaning = line
        self.sheet.write_string(self.row, 0, name, self.value)
        self.sheet.write_string(self.row, 1, severity, self.value)
        self.sheet.write_number(self.row, 2, count, self.number)
        self.sheet.write_string(self.row, 3, meaning, self.value)
        self.sheet.set_row(self.row, height([(meaning, SUMMARY_WIDTHS[3])]))
        self.row += 1

    def wide(self, text: str) -> None:
        self.sheet.merge_range(self.row, 0, self.row, 3, "", self.value)
        self.sheet.write_string(self.row, 0, text, self.value)
        self.row += 1


def _counts(run: Run) -> Iterator[tuple[str, str | int]]:
    worst = Counter(unit.severity for unit in run.units)
    yield "segments", len(run.units)
    yield from ((f"with {level.value}s", worst[level]) for level in reversed(Severity))
    yield "with none", worst[None]
    hits = [hit for unit in run.units for hit in unit.hits if hit.term.rule is not Rule.FORBID]
    yield "terms found", len(hits)
    yield "terms held", sum(hit.target is not None for hit in hits)
    yield "Chinese characters", sum(len(unit.source) for unit in run.units)


def _findings(units: Sequence[Unit]) -> Iterator[tuple[str, str, int, str]]:
    """Check, worst severity, how often, and what it means; the worst and most frequent first."""
    from translate.checks import CHECKS, RUN_CHECKS

    meanings = {check.id: f"{check.title}: {check.fails_when}" for check in (*CHECKS, *RUN_CHECKS)}
    found: dict[str, list[Severity]] = defaultdict(list)
    for unit in units:
        for finding in unit.findings:
            found[finding.check].append(finding.severity)

    def order(item: tuple[str, list[Severity]]) -> tuple[int, int, str]:
        return -max(level.rank for level in item[1]), -len(item[1]), item[0]

    for name, levels in sorted(found.items(), key=order):
        yield name, max(levels, key=lambda level: level.rank).value, len(levels), meanings.get(name, "")


def _by_term(units: Sequence[Unit]) -> Iterator[tuple[Term, list[tuple[str, TermHit]]]]:
    """Each term with (unit, hit) of its hits; those that are missing somewhere first, then in document order."""
    found: dict[tuple[str, str], list[tuple[str, TermHit]]] = defaultdict(list)
    for unit in units:
        for hit in unit.hits:
            if hit.term.rule is not Rule.FORBID:
                found[hit.term.source, hit.term.target].append((unit.id, hit))
    held = {key: all(hit.target is not None for _, hit in hits) for key, hits in found.items()}
    for key in sorted(found, key=held.__getitem__):
        yield found[key][0][1].term, found[key]


def _made_by(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The manifest's parts in words; whichever there are, since an alignment has no model."""
    for name in ("program", "input", "model", "method", "glossary", "settings"):
        if manifest.get(name):
            yield name, _words(manifest[name])


def _words(value: Any) -> str:
    if not isinstance(value, dict):
        return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    shown = {name: _words(part) for name, part in value.items() if part not in (None, "", {}, [])}
    return "\n".join(f"{name}: {text}" for name, text in shown.items())


def _text(text: str) -> str:
    return escape(text, lines=True)[:LONGEST]
