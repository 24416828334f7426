"""A review, in order: read the sheet, lay it over the run, check the final texts, write, remember.

sheet -> rows -> decisions -> units -> checks -> document, aligned text, reports -> memory
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from translate import manifest
from translate.bilingual import load_rows
from translate.errors import InputError, OutputError, Problem
from translate.formats import read_document
from translate.output import OutputFolder
from translate.records import Block, Document, Run
from translate.review import files, report
from translate.review.made import MANIFEST, find_document
from translate.review.merge import merge
from translate.review.page import changes_page
from translate.review.remember import entries_of
from translate.review.settle import final_units
from translate.review.tracked import tracked_docx
from translate.review.versions import compare, paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from translate.glossary import Glossary
    from translate.memory import Added, Memory
    from translate.records import Severity
    from translate.review.made import Folder
    from translate.review.merge import Merged

KEPT: Final = ("input", "model", "method")  # of the run's manifest: what the reviewed text came from


@dataclass(frozen=True, slots=True)
class Request:
    """What to review: the sheet, the run that it is of, and how."""

    sheet: Path
    run: Folder
    output: Path
    glossary: Glossary
    severities: Mapping[str, Severity | None]
    document: Path | None = None  # the input, if it is not where the run had found it
    force: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the manifest as written, and whether an earlier review had already done the very same."""

    manifest: dict[str, Any]
    merged: Merged
    remembered: Added | None = None  # None without a memory
    already_done: bool = False


def review(request: Request, memory: Memory | None = None) -> Outcome:
    """Take a reviewed sheet back. Writes the output folder whole or not at all; the same again changes nothing."""
    merged = merge(request.run.units, load_rows(request.sheet), str(request.sheet))
    path = find_document(request.run, request.document)
    document = None if path is None else _read(path, request.run)
    _refuse_own_inputs(request, files.names(document))
    description = _describe(request)
    digest = hashlib.sha256(
        json.dumps(description, sort_keys=True, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace")
    )
    output = OutputFolder(request.output, digest.hexdigest())
    done = None if request.force else output.finished()
    already = done is not None
    if done is None:
        content, manifest_of_it = _made(request, merged, document, path)
        untouched = _is_untouched(request.output)
        inputs = () if path is None else (str(path),)
        with output.claim(files.names(document), force=request.force or untouched, inputs=inputs):
            done = output.write(content, {**description, **manifest_of_it})
    # After the files, and also where they were there already: a call that was killed in between is made good.
    remembered = None if memory is None else memory.add(entries_of(merged, request.run, request.sheet))
    return Outcome(done, merged, remembered, already)


def _made(
    request: Request, merged: Merged, document: Document | None, path: Path | None
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Every file that the review writes, and what its manifest says of them."""
    units = final_units(merged, request.glossary, request.severities)
    shown = document or _outline(request.run)
    rates = report.rates_of(merged)
    facts = report.summary(merged, units, rates)
    outcome = {
        "counts": manifest.count(shown, units),
        "terms": manifest.term_hits(units),
        "units": report.units_reviewed(merged, units),
    }
    run = Run(shown, units, {**_describe(request), **outcome})
    before = [replace(unit, target=decision.made.first) for unit, decision in zip(units, merged.decisions, strict=True)]
    whole = report.machine_report(merged, units, rates, {"sheet": request.sheet.name, **facts})
    content = {
        **(files.final_document(document, path.read_bytes(), merged.decisions) if document and path else {}),
        **files.aligned(run, merged.decisions),
        "review.json": (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace"),
        "changes.html": changes_page(merged, units, facts, Path(shown.path).name),
        "changes.docx": tracked_docx(compare(paragraphs(before), paragraphs(units))),
    }
    return content, {**outcome, "review": facts}


def _describe(request: Request) -> dict[str, Any]:
    """What decides the outcome."""
    kept = {name: request.run.manifest[name] for name in KEPT if name in request.run.manifest}
    glossary = request.glossary
    return {
        "program": {"name": "policy-translate", "version": version("policy-translate")},
        **kept,
        "run": request.run.manifest.get("fingerprint", ""),
        "sheet": {"name": request.sheet.name, "sha256": hashlib.sha256(request.sheet.read_bytes()).hexdigest()},
        "glossary": {"sha256": glossary.sha256, "terms": len(glossary), "layers": list(glossary.layers)},
        "settings": {"checks": {name: value.value if value else "off" for name, value in request.severities.items()}},
    }


def _read(path: Path, run: Folder) -> Document:
    """The document with the blocks that the run had; InputError if this program now reads it into others."""
    entry = run.manifest["input"]
    document = read_document(path, encoding=entry.get("encoding"), format=entry.get("format"))
    blocks = {block.id for block in document.blocks}
    if missing := [unit.block for unit in run.units if unit.block not in blocks]:
        what = f"has no block {missing[0]}, which the run has"
        raise InputError(Problem(what, str(path), remedy="run the document again with this version of the program"))
    return document


def _outline(run: Folder) -> Document:
    """In the place of a document where the run has none of its own: the blocks that its units name."""
    inputs = run.manifest.get("input", {})
    first = next((entry for entry in inputs.values() if isinstance(entry, dict)), {})
    kinds = {unit.block: unit.kind for unit in run.units}
    blocks = tuple(Block(name, kind, "") for name, kind in kinds.items())
    return Document(str(first.get("path", run.path)), str(first.get("format", "")), blocks)


def _refuse_own_inputs(request: Request, names: Sequence[str]) -> None:
    """Not even --force may overwrite the run or the sheet that is being read."""
    output = request.output.resolve()
    if output == request.run.path.resolve():
        raise OutputError(Problem("this is the folder of the run", str(request.output), remedy="choose another"))
    if request.sheet.resolve() in {output / name for name in names}:
        remedy = "choose another --output, or leave out --run to go on from the earlier review"
        raise OutputError(Problem("would overwrite the sheet", str(request.sheet), remedy=remedy))


def _is_untouched(folder: Path) -> bool:
    """Whether a folder holds an earlier review exactly as it was written: nobody's work is lost with it."""
    try:
        written = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in written["outputs"]}
        return "review" in written and bool(hashes == written["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
