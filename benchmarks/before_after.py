"""Translations of documents by two models, side by side and unedited, as a Markdown page.

    python -m benchmarks.before_after OLD NEW DOCUMENT... [--only-english DOCUMENT...] --page docs/before-and-after.md

Each model goes the whole way that `translate run` goes, with the shipped glossary and no memory. The Chinese is shown
but for the documents of --only-english, which are not ours to print.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from translate.pipeline import load_source, open_toolbox, translate_document
from translate.settings import Settings

if TYPE_CHECKING:
    from translate.records import Run

MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def translated(document: Path, model: str) -> Run:
    return translate_document(load_source(document), open_toolbox(Settings(model=model, use_memory=False)))


def shown(text: str) -> str:
    """A text as the cell of a Markdown table."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))


def section(document: Path, old: str, new: str, *, chinese: bool) -> str:
    runs = [translated(document, model) for model in (old, new)]
    flagged = [run.manifest["counts"]["flagged"] for run in runs]
    counts = [f"{count['error']} with errors and {count['warning']} with warnings" for count in flagged]
    columns = ["", *(["Chinese"] if chinese else []), "before", "after"]
    lines = [f"## {document.name}", "", f"Segments flagged before: {counts[0]}; after: {counts[1]}.", ""]
    lines += [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    for before, after in zip(runs[0].units, runs[1].units, strict=True):
        cells = [before.id, *([before.source] if chinese else []), before.target, after.target]
        lines.append(f"| {' | '.join(map(shown, cells))} |")
    return "\n".join([*lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("documents", type=Path, nargs="+")
    parser.add_argument("--only-english", type=Path, nargs="*", default=[])
    parser.add_argument("--page", type=Path, required=True)
    arguments = parser.parse_args()
    parts = [section(one, arguments.old, arguments.new, chinese=True) for one in arguments.documents]
    parts += [section(one, arguments.old, arguments.new, chinese=False) for one in arguments.only_english]
    head = (
        "# The built-in model, before and after\n\nMade by `python -m benchmarks.before_after`, unedited: the model "
        "that the project began with, and the one that it ships, both the whole way of `translate run` with the "
        "shipped glossary.\n"
    )
    arguments.page.write_text("\n".join([head, *parts]), encoding="utf-8")


if __name__ == "__main__":
    main()
