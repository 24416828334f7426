"""Stage 6: the new model beside others on the development report, in one table."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from stages.bench import ROOT, Bench, RecipeError, read_pairs, write_json
from translate.adapt_pipeline import translations
from translate.adapt_pipeline.comparison import errors_of
from translate.engines import LENGTH_PENALTY
from translate.evaluate import score, score_terms
from translate.glossary import load_glossary, standard_layers
from translate.models import inspect_model
from translate.numerals import find_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stages.bench import Pair

HEADER = "| model | BLEU | chrF | terms rendered | numbers right | with error findings |\n|---|---|---|---|---|---|"


def run(bench: Bench, folder: Path) -> dict[str, Any]:
    """Write table.md, scores.json and the outputs of each model; those that are there are not made again."""
    test = ROOT / bench.recipe["test"]
    if not test.is_file():
        raise RecipeError(f"the development report is not there: {test}")
    pairs = read_pairs(test)
    if wanted := bench.recipe["evaluation"]["pairs"]:
        pairs = sorted(pairs, key=lambda pair: hashlib.sha256(pair[0].encode()).digest())[:wanted]
    others: dict[str, str] = bench.recipe["evaluation"]["others"]
    models = {name: ROOT / path for name, path in others.items() if (ROOT / path / "config.json").is_file()}
    models["new"] = bench.folder("average") / "model"
    scores = {}
    for name, path in models.items():
        bench.say(f"translating {len(pairs)} pairs with {name}")
        scores[name] = scored(pairs, _outputs(path, pairs, folder, bench.threads))
    rows = [row(name, found) for name, found in scores.items()]
    signatures = "; ".join(f"{one['name']} {one['signature']}" for one in scores["new"]["scores"])
    notes = (
        f"{len(pairs)} pairs of {test.name}; int8 through CTranslate2, beam 4, length penalty {LENGTH_PENALTY}, "
        "no glossary, nothing tried again; 95% intervals by bootstrap. Numbers right: of the pairs whose Chinese has "
        f"numbers, those where none is wrong by value. Signatures: {signatures}."
    )
    table = "\n".join([HEADER, *rows, "", notes, ""])
    (folder / "table.md").write_text(table, encoding="utf-8")
    write_json(folder / "scores.json", scores)
    bench.say(table)
    return {"pairs": len(pairs), "scores": scores}


def _outputs(model: Path, pairs: Sequence[Pair], folder: Path, threads: int) -> list[str]:
    """The translations, from the file that an earlier attempt wrote if it is this model's."""
    key = inspect_model(model, name=model.name, origin="directory").sha256[:16]
    path = folder / f"outputs-{key}.json"
    if path.is_file():
        found: list[str] = json.loads(path.read_text(encoding="utf-8"))
        return found
    outputs = translations(model, [source for source, _ in pairs], threads)
    unfinished = path.with_suffix(".unfinished")
    write_json(unfinished, outputs)
    unfinished.rename(path)
    return outputs


def scored(pairs: Sequence[Pair], outputs: Sequence[str]) -> dict[str, Any]:
    """All that the table says of one model's translations."""
    glossary = load_glossary(standard_layers())
    terms = score_terms([source for source, _ in pairs], outputs, glossary)
    failed = [errors_of(source, output, glossary) for (source, _), output in zip(pairs, outputs, strict=True)]
    right = [
        bool(output) and "number" not in found
        for (source, _), output, found in zip(pairs, outputs, failed, strict=True)
        if find_numbers(source, "zh")
    ]
    scores = score(outputs, [reference for _, reference in pairs])
    return {
        "scores": [
            {"name": one.name, "value": one.value, "low": one.low, "high": one.high, "signature": one.signature}
            for one in scores
            if one.name in ("BLEU", "chrF")
        ],
        "terms": {"rendered": terms.rendered, "hits": terms.hits},
        "numbers_right": sum(right) / max(1, len(right)),
        "with_errors": sum(bool(found) for found in failed) / len(pairs),
    }


def row(name: str, found: dict[str, Any]) -> str:
    """A line of the table, under HEADER."""
    scores = [f"{one['value']:.1f} ({one['low']:.1f} to {one['high']:.1f})" for one in found["scores"]]
    terms = f"{found['terms']['rendered']} of {found['terms']['hits']}"
    return f"| {name} | {' | '.join(scores)} | {terms} | {found['numbers_right']:.1%} | {found['with_errors']:.1%} |"
