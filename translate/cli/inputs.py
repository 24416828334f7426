"""The documents that a command line names, and where the results of each go."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from translate.errors import InputError, Problem
from translate.output import MANIFEST

if TYPE_CHECKING:
    from translate.pipeline import Source
    from translate.settings import Settings

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One input and where its files go; `folder` None: the translation goes to standard output."""

    path: str
    folder: Path | None


def plan(inputs: list[str], output: Path | None) -> list[Input]:
    """Every document that the inputs name, folders walked, each with a folder of its own for the results.

    One document goes straight into `output`; several go into folders inside it, named after the files. What lies in
    `output` is no document, where that is inside a folder that is walked.
    """
    from translate.formats import FORMATS

    paths: list[str] = []
    results = (output or Path("outputs")).resolve()
    for name in inputs:
        path = Path(name)
        if name == STDIN or not path.is_dir():
            paths.append(name)
            continue
        found = sorted(file for file in path.rglob("*") if _is_document(file, path, results, FORMATS))
        if not found:
            known = ", ".join(FORMATS)
            raise InputError(Problem("no documents in this folder", name, remedy=f"known formats: {known}"))
        paths += map(str, found)
    paths = list(dict.fromkeys(paths))
    if len(paths) == 1:
        folder = output if paths[0] == STDIN else output or Path("outputs") / Path(paths[0]).stem
        return [Input(paths[0], folder)]
    root = output or Path("outputs")
    return [Input(path, root / name) for path, name in zip(paths, _names(paths), strict=True)]


def sizes_of(inputs: list[Input]) -> list[int]:
    """The bytes of each document; 0 where that is not known."""
    return [Path(one.path).stat().st_size if Path(one.path).is_file() else 0 for one in inputs]


def load(path: str, settings: Settings, format: str) -> Source:
    """Read an input; `format` is that of standard input."""
    from translate.pipeline import load_source, source_from_bytes

    if path == STDIN:
        return source_from_bytes(sys.stdin.buffer.read(), "standard input", format, settings.encoding)
    return load_source(Path(path), settings.encoding)


def _is_document(file: Path, root: Path, results: Path, formats: dict[str, str]) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in file.relative_to(root).parts)
    inside = root.resolve() in results.parents  # so that the report on all documents is none
    is_result = (file.parent / MANIFEST).exists() or (inside and results in file.resolve().parents)
    return file.suffix.lower().lstrip(".") in formats and file.is_file() and not hidden and not is_result


def _names(paths: list[str]) -> list[str]:
    """A folder name for each path: its stem, or as much more of the path as it takes to tell them apart."""
    forms = [
        [Path(path).stem if path != STDIN else "stdin" for path in paths],
        [Path(path).name for path in paths],
        ["__".join(part for part in Path(path).parts if part not in ("/", "..")) for path in paths],
    ]
    counts = [Counter(map(str.casefold, form)) for form in forms]
    names = []
    for candidates in zip(*forms, strict=True):
        unique = (name for name, count in zip(candidates, counts, strict=True) if count[name.casefold()] == 1)
        names.append(next(unique, candidates[-1]))
    return names
