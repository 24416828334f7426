"""The changes of a review as one page that works offline: what was taken out and put in, and what is left to do."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from translate.review.redline import as_html, redline

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from translate.records import Unit
    from translate.review.merge import Decision, Merged, Remark


def changes_page(merged: Merged, units: Sequence[Unit], facts: Mapping[str, Any], name: str) -> bytes:
    """The page of a review: its numbers, conflicts first, then each changed segment in document order."""
    sources = {decision.made.id: decision.made.source for decision in merged.decisions}
    by_id = {unit.id: unit for unit in units}
    edited = [_edit(decision, by_id[decision.made.id]) for decision in merged.decisions if decision.changed]
    sections = (
        _section("To be settled", (_remark(remark, sources, "conflict") for remark in merged.conflicts)),
        _section("Changed", edited),
        _section("Remarks", (_remark(remark, sources) for remark in merged.remarks)),
        _section("Rows of no segment", (_remark(remark, sources) for remark in merged.unknown)),
        _missing(merged),
    )
    body = "\n".join(filter(None, sections)) or "<p>Nothing was changed.</p>"
    return page(f"Changes: {name}", _lead(facts), body)


def page(title: str, lead: str, body: str) -> bytes:
    """A self-contained page; `lead` and `body` are HTML, `title` is text."""
    folder = files("translate").joinpath("data/review")
    template, style = (folder.joinpath(name).read_text("utf-8") for name in ("page.html", "page.css"))
    places = {"title": escape(title), "style": style, "lead": lead, "body": body}
    return Template(template).substitute(places).encode("utf-8", "replace")


def facts_list(facts: Iterable[tuple[str, str]]) -> str:
    """Labels and words as a list of definitions."""
    return "<dl>" + "".join(f"<dt>{escape(label)}</dt><dd>{escape(words)}</dd>" for label, words in facts) + "</dl>"


def _lead(facts: Mapping[str, Any]) -> str:
    counts, rate = facts["segments"], facts["edit_rate"]["reviewed"]
    said = ", ".join(f"{counts[status]} {status}" for status in ("accepted", "edited", "rejected"))
    lines = [("Segments", f"{counts['all']}: {said}, {counts['new']} not reviewed")]
    if rate:
        of = f"of {rate['segments']} reviewed segments"
        lines.append(("Edit rate", f"TER {rate['TER']['score']}, chrF {rate['chrF']['score']} {of}"))
        lines.append(("Signatures", f"{rate['TER']['signature']}; {rate['chrF']['signature']}"))
    found = ", ".join(f"{count} with {level}s" for level, count in facts["findings"].items() if count)
    lines.append(("Findings left", f"segments: {found}" if found else "none"))
    return facts_list(lines)


def _section(title: str, articles: Iterable[str]) -> str:
    made = list(articles)
    return f"<section><h2>{title} ({len(made)})</h2>\n" + "\n".join(made) + "\n</section>" if made else ""


def _edit(decision: Decision, unit: Unit) -> str:
    change = as_html(redline(decision.made.first, decision.final))
    findings = "".join(
        f'<li><span class="{finding.severity}">{finding.check}</span>: {escape(finding.message)}</li>'
        for finding in unit.findings
    )
    comment = f'<p class="small">Comment: {escape(decision.comment)}</p>' if decision.comment else ""
    return (
        f'<article><p class="place">{escape(unit.id)}, {decision.status}</p>'
        f'<p class="source" lang="zh">{escape(decision.made.source)}</p><p>{change}</p>{comment}'
        + (f"<ul>{findings}</ul>" if findings else "")
        + "</article>"
    )


def _remark(remark: Remark, sources: Mapping[str, str], kind: str = "") -> str:
    source = f'<p class="source" lang="zh">{escape(sources[remark.id])}</p>' if remark.id in sources else ""
    texts = "".join(f"<li>{escape(text)}</li>" for text in remark.texts)
    name = escape(remark.id or "Row without an id")
    return (
        f'<article class="{kind}"><p>{name}: {escape(remark.message)}</p>{source}'
        + (f"<ul>{texts}</ul>" if texts else "")
        + "</article>"
    )


def _missing(merged: Merged) -> str:
    rows = [
        f'<article><p class="place">{escape(decision.made.id)}</p>'
        f'<p class="source" lang="zh">{escape(decision.made.source)}</p><p>{escape(decision.final)}</p></article>'
        for decision in merged.decisions
        if not decision.in_sheet
    ]
    return _section("Not in the sheet, kept as made", rows)
