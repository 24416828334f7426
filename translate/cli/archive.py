"""The report on all documents of a call: which to review first, what was found, which terms, what failed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from itertools import count
from string import Template
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from translate.cli import console
from translate.errors import OutputError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

NAMES = ("summary.json", "summary.html")
LOCK = ".summary.lock"
PATIENCE = 10.0  # seconds for another call that is writing its summary
LEVELS = ("error", "warning", "note")
SHOWN = 20  # documents in the table on the terminal
REPORTS = ("report.html", "aligned.xlsx", "aligned.tsv")  # the first that there is gets the link


@dataclass(slots=True)
class Archive:
    """Adds up the manifests of a call's documents, without keeping them."""

    root: Path
    documents: list[dict[str, Any]] = field(default_factory=list)
    failures: list[dict[str, Any]] = field(default_factory=list)
    _found: Counter[tuple[str, str]] = field(default_factory=Counter)  # by term
    _applied: Counter[tuple[str, str]] = field(default_factory=Counter)
    _documents_with: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, path: str, folder: Path, manifest: Mapping[str, Any]) -> None:
        """A document that is done, now or before."""
        counts = manifest["counts"]
        self.documents.append(
            {
                "input": path,
                "folder": str(folder.relative_to(self.root)),
                "report": next((name for name in REPORTS if name in manifest["outputs"]), "run.json"),
                "risk": manifest.get("risk", 0.0),
                **{name: counts[name] for name in ("segments", "characters", "flagged", "findings", "terms")},
            }
        )
        here = set()
        for hit in manifest["terms"]:
            term = hit["source"], hit["target"]
            here.add(term)
            self._found[term] += 1
            self._applied[term] += hit["target_span"] is not None
        self._documents_with.update(here)

    def fail(self, path: str, problems: Sequence[str]) -> None:
        """A document that could not be done."""
        self.failures.append({"input": path, "error": list(problems)})

    def summary(self) -> dict[str, Any]:
        """The whole report as data: the riskiest document first, what was found most often first."""
        ordered = sorted(self.documents, key=lambda one: (-one["risk"], one["input"]))
        findings: Counter[str] = Counter()
        for one in ordered:
            findings.update(one["findings"])
        return {
            "totals": {
                "documents": len(ordered),
                "failed": len(self.failures),
                **{name: sum(one[name] for one in ordered) for name in ("segments", "characters")},
                "flagged": {level: sum(one["flagged"][level] for one in ordered) for level in LEVELS},
                "terms": {name: sum(one["terms"][name] for one in ordered) for name in ("found", "applied")},
            },
            "documents": ordered,
            "failures": sorted(self.failures, key=lambda one: str(one["input"])),
            "findings": dict(sorted(findings.items(), key=lambda item: (-item[1], item[0]))),
            "terms": [
                {
                    "source": term[0],
                    "target": term[1],
                    "found": found,
                    "applied": self._applied[term],
                    "documents": self._documents_with[term],
                }
                for term, found in sorted(self._found.items(), key=lambda item: (-item[1], item[0]))
            ],
        }

    def write(self) -> tuple[Path, ...]:
        """Put summary.json and summary.html into the root, or summary-2 ... where those hold something else.

        The summary of an earlier call gives way to one that has all its documents. Nothing else is overwritten.
        """
        from filelock import FileLock, Timeout

        summary = self.summary()
        contents = (json.dumps({"archive": summary}, ensure_ascii=False, indent=1) + "\n", page(summary))
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock = self.root / LOCK
            with FileLock(lock, timeout=PATIENCE):
                paths = self._paths(_inputs(summary))
                for path, content in zip(paths, contents, strict=True):
                    part = path.with_name(path.name + ".part")
                    part.write_bytes(content.encode("utf-8", "backslashreplace"))
                    part.replace(path)
                lock.unlink(missing_ok=True)  # while it is held: whoever waits then makes another
        except Timeout as error:
            problem = Problem("another call is writing its summary, and does not end", str(self.root))
            raise OutputError(problem) from error
        except OSError as error:
            raise OutputError(Problem(error.strerror or str(error), error.filename or str(self.root))) from error
        return paths

    def _paths(self, inputs: set[str]) -> tuple[Path, ...]:
        """Where a summary of `inputs` goes: over one of the same, else over one of some of them, else where none is."""
        over: tuple[Path, ...] | None = None
        for paths in map(self._numbered, count(1)):
            if not any(path.exists() for path in paths):
                break
            earlier = _read(paths[0])
            if earlier is not None and _inputs(earlier) == inputs:
                return paths
            if over is None and earlier is not None and _inputs(earlier) < inputs:
                over = paths
        return over or paths

    def _numbered(self, number: int) -> tuple[Path, ...]:
        """The first summary's files, or those of a later one."""
        paths = (self.root / name for name in NAMES)
        return tuple(path if number == 1 else path.with_stem(f"{path.stem}-{number}") for path in paths)

    def show(self, written: Sequence[Path]) -> None:
        """The table that a call with several documents ends with."""
        from rich.text import Text

        summary, out = self.summary(), console.output()
        counted = ("risk", "segments", "errors", "warnings", "terms")
        table = console.table_of("document", *counted, "folder", whole=counted)
        for one in summary["documents"][:SHOWN]:
            flagged, terms = one["flagged"], one["terms"]
            cells = (one["input"], f"{one['risk']:.2f}", str(one["segments"]), str(flagged["error"]))
            more = (str(flagged["warning"]), f"{terms['applied']} of {terms['found']}", one["folder"])
            table.add_row(*map(Text, (*cells, *more)))
        out.print(table)
        if len(summary["documents"]) > SHOWN:
            out.print(f"... and {len(summary['documents']) - SHOWN} more, less risky")
        out.print(
            "found: " + (", ".join(f"{name} {count}" for name, count in summary["findings"].items()) or "nothing")
        )
        out.print(lead(summary), markup=False)
        for failure in summary["failures"]:
            out.print(f"failed: {'; '.join(failure['error'])}", markup=False)
        names = [path.name for path in written]
        if names != [*NAMES]:
            out.print(f"{NAMES[1]} there is of other documents and stays; of these: {names[1]}", markup=False)
        out.print("written: " + ", ".join(map(str, written)), markup=False)


def lead(summary: Mapping[str, Any]) -> str:
    """The totals in a sentence."""
    totals = summary["totals"]
    flagged, terms = totals["flagged"], totals["terms"]
    return (
        f"{totals['documents']} documents in {totals['segments']} segments: {flagged['error']} with errors, "
        f"{flagged['warning']} with warnings; {terms['applied']} of {terms['found']} terms in their English; "
        f"failed: {totals['failed']}."
    )


def page(summary: Mapping[str, Any]) -> str:
    """The report as a page that needs nothing else."""
    documents = [
        (
            _link(one),
            f"{one['risk']:.2f}",
            one["segments"],
            *(one["flagged"][level] for level in LEVELS),
            f"{one['terms']['applied']} of {one['terms']['found']}",
        )
        for one in summary["documents"]
    ]
    failures = [(escape(str(one["input"])), escape("; ".join(one["error"]))) for one in summary["failures"]]
    terms = [
        (escape(one["source"]), escape(one["target"]), one["found"], one["found"] - one["applied"], one["documents"])
        for one in summary["terms"]
    ]
    findings = [(escape(name), count) for name, count in summary["findings"].items()]
    tables = [
        _table("Failed", ("document", "why"), failures),
        _table(
            "Documents, riskiest first",
            ("document", "risk", "segments", "errors", "warnings", "notes", "terms in their English"),
            documents,
        ),
        _table("Findings", ("check", "findings"), findings),
        _table("Terms", ("term", "English", "found", "not in its English", "documents"), terms),
    ]
    template = Template(files("translate").joinpath("data", "archive", "page.html").read_text("utf-8"))
    return template.substitute(title="Translated documents", lead=escape(lead(summary)), tables="\n".join(tables))


def _table(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """`rows` are HTML already; numbers stand on the right."""
    if not rows:
        return ""
    numbers = [isinstance(cell, int) for cell in rows[0]]
    heads = "".join(
        f'<th class="n">{name}</th>' if n else f"<th>{name}</th>" for name, n in zip(header, numbers, strict=True)
    )
    lines = (
        "<tr>"
        + "".join(
            f'<td class="n">{cell}</td>' if n else f"<td>{cell}</td>" for cell, n in zip(row, numbers, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f"<h2>{title}</h2>\n<table><thead><tr>{heads}</tr></thead>\n<tbody>\n" + "\n".join(lines) + "\n</tbody></table>"
    )


def _link(one: Mapping[str, Any]) -> str:
    address = quote(f"{one['folder']}/{one['report']}", errors="surrogateescape")
    return f'<a href="{escape(address)}">{escape(str(one["input"]))}</a>'


def is_page(path: Path) -> bool:
    """Whether a file is the page of a summary."""
    return path.suffix == ".html" and path.name.startswith("summary") and _read(path.with_suffix(".json")) is not None


def _inputs(summary: Mapping[str, Any]) -> set[str]:
    """The documents that a summary is of, those that failed included."""
    return {str(one["input"]) for kind in ("documents", "failures") for one in summary.get(kind, ())}


def _read(path: Path) -> dict[str, Any] | None:
    """The summary in a file; None if it holds something else."""
    try:
        summary = json.loads(path.read_text(encoding="utf-8"))["archive"]
        _inputs(summary)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return dict(summary)
