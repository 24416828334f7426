"""What a review writes besides its reports: the aligned text as it is now, and the document in its own format."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from translate.bilingual import tsv, xlsx
from translate.bilingual.rows import Row, row_of
from translate.formats import rebuild_document, written_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate.records import Document, Run
    from translate.review.merge import Decision


def names(document: Document | None) -> tuple[str, ...]:
    """The files of a review; without a document there is none to write anew."""
    final = () if document is None else (final_name(document),)
    return (*final, "aligned.tsv", "aligned.xlsx", "review.json", "changes.html", "changes.docx")


def final_name(document: Document) -> str:
    """What the final document is called."""
    return f"final.{written_as(document.format)}"


def aligned(run: Run, decisions: Sequence[Decision]) -> dict[str, bytes]:
    """The sheets: `target` is the final text; the reviewer's status and comment stay, to be gone on with."""
    rows = rows_of(run, decisions)
    return {"aligned.tsv": tsv.dumps_rows(rows), "aligned.xlsx": xlsx.dumps_rows(rows, run)}


def rows_of(run: Run, decisions: Sequence[Decision]) -> list[Row]:
    """The units as rows, with what the reviewer said of them."""
    return [
        replace(row_of(unit), status=decision.status.value, comment=decision.comment)
        for unit, decision in zip(run.units, decisions, strict=True)
    ]


def final_document(document: Document, data: bytes, decisions: Sequence[Decision]) -> dict[str, bytes]:
    """The document with the final text of each block, its sentences joined."""
    texts: dict[str, list[str]] = {block.id: [] for block in document.blocks}
    for decision in decisions:
        texts[decision.made.block].append(decision.final)
    joined = {block: " ".join(filter(None, parts)) for block, parts in texts.items()}
    return {final_name(document): rebuild_document(document, data, joined)}
