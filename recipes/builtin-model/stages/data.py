"""Stage 1: the pairs of every source, filtered; what each filter took out is counted and written down."""

from __future__ import annotations

import hashlib
import lzma
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from stages import lessons
from stages.bench import ROOT, Bench, Pair, RecipeError, read_pairs, sha256, write_json, write_pairs
from stages.filters import Copies, Filters

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence
    from pathlib import Path

HELD_OUT = "reports"  # the source that validation pairs are drawn from; the first one where it is absent


def run(bench: Bench, folder: Path) -> dict[str, Any]:
    """Write NAME.tsv for every source and lesson, valid.tsv, and removed.json."""
    recipe = bench.recipe
    test = ROOT / recipe["test"]
    copies = copies_of([source for source, _ in read_pairs(test)] if test.is_file() else [], recipe)
    filters = Filters(copies, tuple(recipe["filters"]["ratio"]), recipe["filters"]["longest"])
    kept: dict[str, list[Pair]] = {}
    about: dict[str, Any] = {}
    for source in recipe["source"]:
        raw, files = _read(source, recipe["seed"])
        pairs, removed = filters.apply(raw)
        kept[source["name"]] = pairs
        facts = {name: source[name] for name in ("origin", "licence", "repeats")}
        about[source["name"]] = {**facts, "files": files, "read": len(raw), "kept": len(pairs), "removed": removed}
        bench.say(f"{source['name']}: {len(raw):,} read, {len(pairs):,} kept, removed: {_shown(removed)}")
    valid = _held_out(kept, recipe["validation"]["pairs"])
    for name, pairs, repeats in lessons.make(kept, recipe["lessons"], recipe["seed"]):
        passed, removed = filters.apply(pairs)
        kept[name] = passed
        about[name] = {
            "origin": "made from the pairs and the glossary by lessons.py",
            "licence": "as its sources",
            "repeats": repeats,
            "read": len(pairs),
            "kept": len(passed),
            "removed": removed,
        }
        bench.say(f"{name}: {len(pairs):,} made, {len(passed):,} kept, removed: {_shown(removed)}")
    for name, pairs in kept.items():
        write_pairs(folder / f"{name}.tsv", pairs)
    write_pairs(folder / "valid.tsv", valid)
    near = {"threshold": recipe["filters"]["near_copy"], "test_pairs": copies.size, "test_hit": copies.test_hit}
    write_json(folder / "removed.json", about)
    bench.say(f"near copies: {copies.test_hit} of {copies.size} test sentences had at least one; all were removed")
    return {"sources": about, "near_copies": near, "validation_pairs": len(valid)}


def copies_of(sentences: Sequence[str], recipe: dict[str, Any]) -> Copies:
    """What finds near copies of the test's sentences, as strict as the recipe says."""
    return Copies(sentences, share=recipe["filters"]["near_copy"], strings=recipe["filters"]["strings"])


def _read(source: dict[str, Any], seed: int) -> tuple[list[Pair], dict[str, str]]:
    """The pairs of a source, at most as many as it says, drawn by hash; its files with their hashes."""
    if "program" in source:
        program = ROOT / source["program"][0]
        _there([program], source)
        command = [sys.executable, str(program), *source["program"][1:]]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
        files = {" ".join(source["program"]): sha256(program)}
    else:
        paths = sorted(ROOT.glob(source["path"])) if "../" not in source["path"] else _beside(source["path"])
        paths += [ROOT / source["also"]] if "also" in source else []
        _there(paths, source)
        text = "\n".join(map(_text, paths))
        files = {path.name: sha256(path) for path in paths}
    cells = (line.split("\t") for line in text.splitlines())
    pairs = [(cell[0].strip(), cell[1].strip()) for cell in cells if len(cell) == 2]
    if len(pairs) > source.get("most", len(pairs)):
        chosen = set(sorted(pairs, key=lambda pair: _rank(pair, seed))[: source["most"]])
        pairs = [pair for pair in pairs if pair in chosen]
    return pairs, files


def _beside(pattern: str) -> list[Path]:
    """Files beside the repository: `../shared/...`, with wildcards in the last part."""
    path = ROOT / pattern
    return sorted(path.parent.glob(path.name))


def _there(paths: list[Path], source: dict[str, Any]) -> None:
    missing = [str(path) for path in paths if not path.is_file()]
    if missing or not paths:
        raise RecipeError(f"source {source['name']} is not there: {', '.join(missing) or source.get('path')}")


def _text(path: Path) -> str:
    data = path.read_bytes()
    return (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")


def _held_out(kept: dict[str, list[Pair]], count: int) -> list[Pair]:
    """Take the validation pairs, drawn by hash, out of their source."""
    name = HELD_OUT if HELD_OUT in kept else next(iter(kept))
    valid = sorted(kept[name], key=lambda pair: _rank(pair, 0))[:count]
    kept[name] = [pair for pair in kept[name] if pair not in set(valid)]
    return valid


def _rank(pair: Pair, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}:{pair[0]}".encode()).digest()


def _shown(removed: Counter[str] | dict[str, int]) -> str:
    return ", ".join(f"{count:,} {reason}" for reason, count in removed.items() if count) or "none"
