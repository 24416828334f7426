"""The card of an adapted model: what it was made from, what it was adapted on, and what that came to."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from translate.adapt_pipeline.comparison import Comparison, Counted, Difference
    from translate.adapt_pipeline.pairs import Gathered
    from translate.models import Model


def card(
    model: Model,
    directory: Path,
    gathered: Gathered,
    recipe: str,
    tables: dict[str, Comparison],
    verdict: Sequence[str],
) -> str:
    """The README.md of the model, in the Hugging Face layout. `tables`: comparisons by what they were made on."""
    digest = hashlib.sha256((directory / "model.safetensors").read_bytes()).hexdigest()
    files = "\n".join(f"- {file['path']}: {file['pairs']} pairs, SHA-256 `{file['sha256']}`" for file in gathered.files)
    judged = "not called better than the model that it was made from:\n" + "\n".join(f"- {one}" for one in verdict)
    scores = "\n\n".join(f"### {title}\n\n{table(compared)}" for title, compared in tables.items())
    signatures = "; ".join(f"{one.name} {one.signature}" for one in next(iter(tables.values())).scores)
    return f"""---
language: [zh, en]
license: {model.licence}
library_name: transformers
pipeline_tag: translation
---
# Adapted from {model.name}

A MarianMT model, Chinese to English, adapted by `translate adapt` to the texts below. The licence is that of the model
it was made from (SHA-256 of its files: `{model.sha256}`); what its makers say of it holds here too. SHA-256 of
model.safetensors: `{digest}`.

## Adapted on
{files}

{recipe}

## Before and after
{"Better on the held-out pairs." if not verdict else judged}

{scores}

Intervals: 95%, bootstrap; p: paired bootstrap for scores, exact sign test for counts. Signatures: {signatures}. Decoded
without glossary and without retries, beam 4.
"""


def table(compared: Comparison) -> str:
    """A comparison in Markdown."""
    lines = [f"| {compared.pairs} pairs | before | after | p |", "|---|---|---|---|"]
    lines += [_score_row(score) for score in compared.scores]
    lines += [_count_row(one) for one in (compared.terms, compared.errors, compared.numbers)]
    return "\n".join(lines)


def _score_row(score: Difference) -> str:
    before, after = f"{score.before:.1f} ± {score.before_margin:.1f}", f"{score.after:.1f} ± {score.after_margin:.1f}"
    return f"| {score.name} | {before} | {after} | {score.p:.3f} |"


def _count_row(one: Counted) -> str:
    p = f"{one.p:.3f}" if one.worse or one.better else ""
    return f"| {one.name}, of {one.of} | {one.before} | {one.after} | {p} |"
