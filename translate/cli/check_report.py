"""Findings as a table on the terminal, as JSON and as a web page."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from translate.checks import risk
from translate.cli import console
from translate.errors import OutputError, Problem
from translate.records import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from translate.records import Finding, Span, Unit

COLOUR = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
LONGEST_SHOWN = 100  # characters of a text in the table
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Checks: {title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }}
article {{ border-top: 1px solid #ccc; padding: .75rem 0; }}
p {{ margin: .25rem 0; }}
mark {{ padding: 0 .1em; }}
mark.error {{ background: #f7b7b0; }}
mark.warning {{ background: #fbe3a0; }}
mark.note {{ background: #cfe3f5; }}
.place {{ color: #555; font-size: .875rem; }}
</style>
</head>
<body>
<h1>Checks: {title}</h1>
<p>{summary}. The riskiest come first.</p>
{articles}
</body>
</html>
"""


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
    from rich.table import Table
    from rich.text import Text

    output = console.output()
    flagged = [unit for unit in units if unit.findings]
    if flagged:
        table = Table("id", "risk", "findings", "source", "target", show_lines=True)
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


def write_page(path: Path, units: Sequence[Unit], title: str, *, force: bool = False) -> None:
    """One self-contained page of the flagged units, the riskiest first."""
    if path.exists() and not force:
        raise OutputError(Problem("is there already", str(path), remedy="--force overwrites it"))
    flagged = sorted((unit for unit in units if unit.findings), key=lambda unit: -risk(unit))
    articles = "\n".join(map(_article, flagged))
    page = PAGE.format(title=escape(title), summary=summary(units), articles=articles)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(page.encode("utf-8", "replace"))
        part.replace(path)
    except OSError as error:
        raise OutputError(Problem(f"cannot be written: {error.strerror}", str(path))) from error


def _words(finding: Finding) -> str:
    return f"{finding.severity}: {finding.check}: {finding.message}"


def _short(text: str) -> Any:
    from rich.text import Text

    return Text(text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…")


def _article(unit: Unit) -> str:
    findings = "".join(
        f'<li><mark class="{finding.severity}">{finding.check}</mark> {escape(finding.message)}</li>'
        for finding in unit.findings
    )
    source = _marked(unit.source, ((finding.source_span, finding.severity) for finding in unit.findings))
    target = _marked(unit.target, ((finding.target_span, finding.severity) for finding in unit.findings))
    return (
        f'<article>\n<p class="place">{escape(unit.id)}, risk {risk(unit):.2f}</p>\n'
        f'<p lang="zh">{source}</p>\n<p>{target}</p>\n<ul>{findings}</ul>\n</article>'
    )


def _marked(text: str, spans: Iterable[tuple[Span | None, Severity]]) -> str:
    """HTML with the spans marked, where they overlap by the worst."""
    worst: list[Severity | None] = [None] * len(text)
    for span, severity in sorted(((span, severity) for span, severity in spans if span), key=lambda item: item[1].rank):
        if span != (0, len(text)):
            worst[slice(*span)] = [severity] * (span[1] - span[0])
    out = []
    for level, places in groupby(range(len(text)), key=worst.__getitem__):
        piece = escape("".join(text[at] for at in places))
        out.append(f'<mark class="{level}">{piece}</mark>' if level else piece)
    return "".join(out)
