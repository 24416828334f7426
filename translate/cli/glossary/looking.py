"""`translate glossary lint`, `find` and `show`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import console
from translate.cli.glossary.common import Json, Only, Sheets, described, open_terms, plain
from translate.errors import InputError, Problem, SettingsError

if TYPE_CHECKING:
    from translate.glossary import Glossary
    from translate.records import BlockKind, TermHit

STDIN = "-"
LINT = """[bold]Examples[/]

translate glossary lint our-terms.tsv

translate glossary lint our-terms.tsv --corpus review/aligned.tsv --fail-on warning"""
FIND = """[bold]Examples[/]

translate glossary find "拨打12333热线"

translate glossary find notice.docx --json

translate glossary find outputs/notice/aligned.tsv"""
SHOW = """[bold]Examples[/]

translate glossary show 人才

translate glossary show --category hotline"""


@dataclass(frozen=True, slots=True)
class Place:
    """A text to search: all of it, a block, or a row with its English."""

    id: str
    text: str
    english: str | None = None
    kind: BlockKind | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A term at a place of a text, and what must not be said for it."""

    place: Place
    hit: TermHit
    bans: list[TermHit]

    @property
    def rendering(self) -> str:
        """What it must become; empty if the glossary only says what it must not."""
        return "" if self.hit in self.bans else self.hit.term.target

    @property
    def never(self) -> tuple[str, ...]:
        """The forbidden renderings."""
        return tuple(text for ban in self.bans for text in (ban.term.target, *ban.term.variants))


def lint(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Sheets or folders; without any, the glossaries in force, each by itself."),
    ] = None,
    corpus: Annotated[
        list[Path] | None,
        typer.Option("--corpus", "-c", help="Documents or aligned sheets to count in; may be given again."),
    ] = None,
    fail_on: Annotated[
        str, typer.Option(help="Exit with 1 if a remark is at least this bad: note, warning, error.")
    ] = "error",
    as_json: Json = False,
) -> None:
    """Report everything doubtful about glossaries, with file and line.

    Rows that cannot be used, duplicates, contradictions, several renderings of one source, terms that hide others,
    terms that never match; with a corpus, terms that fire inside words or are rendered otherwise there.
    """
    from translate.cli.corpora import read_texts
    from translate.glossary.layers import Layer, read_sheets, standard_layers
    from translate.glossary.lint import lint as lint_terms
    from translate.records import Severity
    from translate.settings import Settings

    if fail_on not in list(Severity):
        raise SettingsError(Problem(f"--fail-on: no severity {fail_on!r}", remedy="note, warning or error"))
    settings = Settings.gather({})
    layers = [Layer(path.name, path) for path in paths or ()]
    layers = layers or list(standard_layers(settings.glossary, team=settings.team_glossary))
    InputError.raise_if([Problem("no such file", str(layer.path)) for layer in layers if not layer.path.exists()])
    texts = read_texts(corpus or ())
    remarks = [remark for layer in layers for remark in lint_terms(*read_sheets(layer), texts)]
    if as_json:
        console.print_json(
            [{"check": found.check, "severity": found.severity, **_problem(found.problem)} for found in remarks]
        )
    else:
        for found in remarks:
            typer.echo(f"{found.severity}: {found.check}: {found.problem}")
        counts = [(sum(found.severity is severity for found in remarks), severity) for severity in reversed(Severity)]
        typer.echo(", ".join(console.number(count, severity) for count, severity in counts), err=True)
    bad = any(found.severity.rank >= Severity(fail_on).rank for found in remarks)
    raise typer.Exit(console.FINDINGS if bad else console.OK)


def find(
    text: Annotated[
        str, typer.Argument(help="A Chinese text, a document, an aligned sheet of a run, or - for standard input.")
    ],
    glossary: Sheets = None,
    only: Only = False,
    as_json: Json = False,
) -> None:
    """Find terms: where they stand, what they must become and, in an aligned sheet, where that is.

    Positions count characters from 0, within the text, the block of the document or the row of the sheet.
    """
    terms = open_terms(glossary, only=only)
    found = [found for place in _places(text) for found in _found(terms, place)]
    if as_json:
        console.print_json([_as_json(item) for item in found])
        return
    aligned = any(item.place.english is not None for item in found)
    headings = ("place", "found", "rendering", "never", "rule", "layer", *(["in the English"] if aligned else []))
    table = console.table_of(*headings, whole=("place",))
    for item in found:
        term, start, end = item.hit.term, item.hit.start, item.hit.end
        where = f"{item.place.id}:{start}-{end}" if item.place.id else f"{start}-{end}"
        cells = (where, item.place.text[start:end], item.rendering, ", ".join(item.never), term.rule, term.layer)
        table.add_row(*map(plain, cells), *([_verdict(item)] if aligned else []))
    if found:
        console.output().print(table)
    console.messages().print(f"{len(found)} found, {len({item.hit.term.source for item in found})} different")


def show(
    sources: Annotated[list[str] | None, typer.Argument(help="Chinese terms; without any, an overview.")] = None,
    category: Annotated[str | None, typer.Option(help="List the terms of a category.")] = None,
    glossary: Sheets = None,
    only: Only = False,
    as_json: Json = False,
) -> None:
    """Show all that is said about a term, or what the glossary consists of.

    Exit code 1 if a term is not in it.
    """
    terms = open_terms(glossary, only=only)
    if not sources and category is None:
        _overview(terms, as_json=as_json)
        return
    wanted = [term for source in sources or () for term in terms.get(source)]
    wanted += [term for term in terms if category is not None and term.category == category]
    if as_json:
        console.print_json([described(term) for term in wanted])
    else:
        for term in wanted:
            shown = described(term) | {
                "variants": " | ".join(term.variants),
                "first": "yes" if term.first_mention else "",
            }
            typer.echo("\n".join(f"{name:<10} {value}" for name, value in shown.items() if value) + "\n")
    absent = [source for source in sources or () if not terms.get(source)]
    for source in absent:
        typer.echo(f"{source} is not in the glossary", err=True)
    if category is not None and all(term.category != category for term in terms):
        known = ", ".join(sorted({term.category for term in terms if term.category}))
        typer.echo(f"no term has the category {category}; there are: {known}", err=True)
    raise typer.Exit(console.FINDINGS if absent or not wanted else console.OK)


def _places(text: str) -> list[Place]:
    """The text, or the blocks of a document, or the rows of an aligned sheet."""
    if text == STDIN:
        return [Place("", sys.stdin.buffer.read().decode("utf-8", "replace"))]
    path = Path(text)
    try:
        is_file, is_folder = path.is_file(), bool(text) and path.is_dir()
    except (OSError, ValueError):  # too long for a name, or with a NUL
        is_file = is_folder = False
    if is_folder:
        raise InputError(Problem("this is a folder", text, remedy="name a document in it"))
    if not is_file:
        if text.isascii() and path.suffix:
            raise InputError(Problem("no such file, and no Chinese text", text))
        return [Place("", text)]
    if path.suffix.lower() == ".tsv":
        from translate.bilingual import load_rows
        from translate.records import BlockKind

        known = set(BlockKind)
        return [
            Place(row.id, row.source, row.reviewed or row.target, BlockKind(row.kind) if row.kind in known else None)
            for row in load_rows(path)
        ]
    from translate.formats import read_document

    return [Place(block.id, block.text) for block in read_document(path).blocks]


def _found(terms: Glossary, place: Place) -> list[Found]:
    """One for each place of the text, with the hits of its bans."""
    from translate.glossary import locate
    from translate.records import BlockKind, Rule

    hits = terms.find(place.text)
    if place.english is not None:
        hits = locate(hits, place.english, kind=place.kind or BlockKind.PARAGRAPH)
    at: dict[tuple[int, int], list[TermHit]] = {}
    for hit in hits:
        at.setdefault((hit.start, hit.end), []).append(hit)
    return [Found(place, group[0], [hit for hit in group if hit.term.rule is Rule.FORBID]) for group in at.values()]


def _verdict(item: Found) -> str:
    english = item.place.english or ""
    used = [plain(english[slice(*ban.target)]) for ban in item.bans if ban.target]
    said = plain(english[slice(*item.hit.target)]) if item.rendering and item.hit.target else ""
    missing = "[red]missing[/]" if item.rendering and not said else ""
    return ", ".join(filter(None, (said or missing, *(f"[red]{text} (forbidden)[/]" for text in used))))


def _as_json(item: Found) -> dict[str, Any]:
    hit, english = item.hit, item.place.english
    found = {"start": hit.start, "end": hit.end, "text": item.place.text[hit.start : hit.end]}
    result = {**({"block": item.place.id} if item.place.id else {}), **found, **described(hit.term)}
    result |= {"target": item.rendering, "never": list(item.never)}
    if english is not None:
        spans = [ban.target for ban in item.bans if ban.target]
        target = hit.target if item.rendering else None
        result |= {"target_span": target, "target_text": english[slice(*target)] if target else None}
        result |= {"forbidden_spans": spans}
    return result


def _overview(terms: Glossary, *, as_json: bool) -> None:
    from collections import Counter

    counts = {
        "terms": len(terms),
        "rules": dict(Counter(term.rule.value for term in terms)),
        "layers": dict(Counter(term.layer for term in terms)),
        "categories": dict(sorted(Counter(term.category or "(none)" for term in terms).items())),
        "sha256": terms.sha256,
    }
    if as_json:
        console.print_json(counts)
        return
    for name, value in counts.items():
        shown = ", ".join(f"{key} {count}" for key, count in value.items()) if isinstance(value, dict) else value
        typer.echo(f"{name:<11} {shown}")


def _problem(problem: Problem) -> dict[str, Any]:
    return {"path": problem.path, "line": problem.line, "what": problem.what, "remedy": problem.remedy}
