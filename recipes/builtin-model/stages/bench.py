"""The work bench: the recipe, the folder, and what each stage writes down about itself."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import time
import tomllib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HERE = Path(__file__).parent.parent
ROOT = HERE.parent.parent
ORDER = ("data", "vocabulary", "initialise", "train", "average", "evaluate", "package")
LIBRARIES = ("torch", "transformers", "ctranslate2", "sentencepiece", "sacrebleu", "numpy")
Pair = tuple[str, str]


class RecipeError(Exception):
    """A stage that cannot be done; the message says why."""


@dataclass(frozen=True)
class Bench:
    """What the stages share. `start`: a MarianMT folder to go on from, or None to begin anew."""

    work: Path
    recipe: dict[str, Any]
    start: Path | None
    threads: int
    say: Callable[[str], None]

    def folder(self, stage: str) -> Path:
        """The results of a stage."""
        return self.work / stage

    def manifest(self, stage: str) -> dict[str, Any]:
        """What a finished stage wrote down; RecipeError if it is not finished."""
        path = self.folder(stage) / "manifest.json"
        if not path.is_file():
            raise RecipeError(f"stage {stage} has not been done: build.py {stage}")
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found


def load_recipe(smoke: bool) -> dict[str, Any]:
    """The recipe; with `smoke`, its tiny form."""
    recipe = tomllib.loads((HERE / "recipe.toml").read_text(encoding="utf-8"))
    tiny = recipe.pop("smoke")
    if smoke:
        recipe["source"] = [
            {**source, "most": tiny["most"]} for source in recipe["source"] if source["name"] in tiny["sources"]
        ]
        for part, values in tiny.items():
            if isinstance(values, dict):
                recipe[part] |= values
    return recipe


def perform(bench: Bench, stage: str, run: Callable[[Bench, Path], dict[str, Any]], *, resumes: bool) -> bool:
    """Do a stage unless it is done with the same inputs; whether it was done now.

    Results appear under the stage's name only when they are whole. A stage that `resumes` finds what an earlier,
    killed attempt left in its unfinished folder; any other begins anew.
    """
    before = ORDER[: ORDER.index(stage)]
    inputs = {"recipe": _digest(bench.recipe), "start": str(bench.start or "anew")}
    inputs |= {earlier: _digest(bench.manifest(earlier)["outputs"]) for earlier in before}
    final, unfinished = bench.folder(stage), bench.work / f"{stage}.unfinished"
    if (final / "manifest.json").is_file() and bench.manifest(stage)["inputs"] == inputs:
        bench.say(f"{stage}: done before")
        return False
    began = time.monotonic()
    if not resumes:
        shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, exist_ok=True)
    results = run(bench, unfinished)
    manifest = {
        "stage": stage,
        "inputs": inputs,
        "results": results,
        "outputs": {str(path.relative_to(unfinished)): sha256(path) for path in files_in(unfinished)},
        "seconds": round(time.monotonic() - began, 1),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
    }
    write_json(unfinished / "manifest.json", manifest)
    shutil.rmtree(final, ignore_errors=True)
    unfinished.rename(final)
    return True


def files_in(folder: Path) -> list[Path]:
    """The files that are results: all but the state of a training, which is for going on only."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pt")


def sha256(path: Path) -> str:
    """The hash of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_json(path: Path, value: Any) -> None:
    """Readable JSON."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_pairs(path: Path, pairs: Iterable[Pair]) -> None:
    """Chinese, a tab, English a line."""
    path.write_text("".join(f"{source}\t{target}\n" for source, target in pairs), encoding="utf-8")


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a file that `write_pairs` wrote, or of one like it."""
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(cells[0], cells[1]) for cells in lines if len(cells) == 2]


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
