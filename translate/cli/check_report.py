"""Findings as a table on the terminal, as JSON and as the report of translate/bilingual/html.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from translate.checks import risk
from translate.cli import console
from translate.output import write_file
from translate.records import Document, Run, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from translate.bilingual.rows import Row
    from translate.records import Finding, Unit

COLOUR = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
LONGEST_SHOWN = 100  # characters of a text in the table


def as_object(unit: Unit) -> dict[str, Any]:
    """A unit for JSON; spans count Unicode code points, from 0, the end not included."""
    return {
        "id": unit.id,
        "source": unit.source,
        "target": unit.target,
        "risk": round(risk(unit), 4),
        "findings": [
            {
                "check": finding.check,
                "severity": finding.severity.value,
                "message": finding.message,
                "source_span": finding.source_span,
                "target_span": finding.target_span,
            }
            for finding in unit.findings
        ],
    }


def show(units: Sequence[Unit], page: Path | None) -> None:
    """A table of the flagged units in their order, and how many there are."""
    from rich.box import HEAVY_HEAD
    from rich.text import Text

    output = console.output()
    flagged = [unit for unit in units if unit.findings]
    if flagged:
        headings = ("id", "risk", "findings", "source", "target")
        table = console.table_of(*headings, whole=headings[:2], show_lines=True, box=HEAVY_HEAD, padding=(0, 1))
        for unit in flagged:
            findings = Text("\n").join(Text(_words(finding), COLOUR[finding.severity]) for finding in unit.findings)
            table.add_row(Text(unit.id), f"{risk(unit):.2f}", findings, *map(_short, (unit.source, unit.target)))
        output.print(table)
    output.print(summary(units) + ".")
    if page is not None:
        output.print(f"written: {page}", markup=False)


def summary(units: Sequence[Unit]) -> str:
    """How many units there are, and how many are flagged, by their worst finding."""
    counts = {severity: sum(unit.severity is severity for unit in units) for severity in reversed(Severity)}
    parts = [f"{count} with {severity}s" for severity, count in counts.items() if count]
    return f"{len(units)} segments: " + (", ".join(parts) or "nothing found")


def write_page(path: Path, units: Sequence[Unit], rows: Sequence[Row], title: str, *, force: bool = False) -> None:
    """The report of the units, with what their rows say of an earlier review; `title` is what was checked."""
    from translate.bilingual.html import dumps

    write_file(path, dumps(Run(Document(title, "", ()), tuple(units), {}), rows), force=force)


def _words(finding: Finding) -> str:
    return f"{finding.severity}: {finding.check}: {finding.message}"


def _short(text: str) -> Any:
    from rich.text import Text

    return Text(text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…")
