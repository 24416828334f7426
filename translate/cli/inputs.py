"""The documents that a command line names, and where the results of each go."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from translate.cli.documents import documents_in
from translate.output import refuse_file

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

    One document goes straight into `output`; several go into folders inside it, named after the files. Raises
    InputError for a folder without documents, OutputError where no folder can be.
    """
    root = output or Path("outputs")
    refuse_file(root)
    paths: list[str] = []
    for name in inputs:
        folder = name != STDIN and Path(name).is_dir()
        paths += map(str, documents_in(Path(name), root.resolve())) if folder else [name]
    paths = list(dict.fromkeys(paths))
    if len(paths) == 1:
        alone = output if paths[0] == STDIN else output or root / Path(paths[0]).stem
        return [Input(paths[0], alone)]
    return [Input(path, root / name) for path, name in zip(paths, _names(paths, root), strict=True)]


def sizes_of(inputs: list[Input]) -> list[int]:
    """The bytes of each document; 0 where that is not known."""
    return [Path(one.path).stat().st_size if Path(one.path).is_file() else 0 for one in inputs]


def load(path: str, settings: Settings, format: str) -> Source:
    """Read an input; `format` is that of standard input."""
    from translate.pipeline import load_source, source_from_bytes

    if path == STDIN:
        return source_from_bytes(sys.stdin.buffer.read(), "standard input", format, settings.encoding)
    return load_source(Path(path), settings.encoding)


def _names(paths: list[str], root: Path) -> list[str]:
    """A folder name for each path: its stem, or as much more of the path as it takes to tell them apart.

    What is a document in `root`, or a folder with documents there, cannot be the folder of results.
    """
    joined = ["__".join(part for part in Path(path).parts if part not in ("/", "..")) for path in paths]
    forms = [
        [Path(path).stem if path != STDIN else "stdin" for path in paths],
        [Path(path).name for path in paths],
        joined,
        [f"{name}.results" for name in joined],
    ]
    counts = [Counter(map(str.casefold, form)) for form in forms]
    documents = [Path(path).resolve() for path in paths if path != STDIN]
    taken = {*documents, *(parent for document in documents for parent in document.parents)}
    there = root.resolve()
    names = []
    for candidates in zip(*forms, strict=True):
        unique = (
            name
            for name, count in zip(candidates, counts, strict=True)
            if count[name.casefold()] == 1 and there / name not in taken
        )
        names.append(next(unique, candidates[-1]))
    return names
