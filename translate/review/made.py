"""What a run made, read back from its folder: the units that a reviewed sheet is compared with."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.errors import InputError, Problem
from translate.formats import guard
from translate.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST = "run.json"
REVIEWED = "reviewed"  # the folder inside a run's folder that a review is written into


@dataclass(frozen=True, slots=True)
class Made:
    """A unit as its run left it. After a review `target` is the final text and `machine` what the model had made."""

    id: str
    block: str
    kind: BlockKind
    source: str
    target: str
    origin: str = ""
    score: float | None = None
    machine: str | None = None  # None: `target` is what was made
    status: str = "new"
    comment: str = ""

    @property
    def first(self) -> str:
        """The text before any review."""
        return self.target if self.machine is None else self.machine


@dataclass(frozen=True, slots=True)
class Folder:
    """A finished run: its folder, its manifest and its units in document order."""

    path: Path
    manifest: Mapping[str, Any]
    units: tuple[Made, ...]


def find_folder(file: Path, given: Path | None = None) -> Folder:
    """The run that a sheet belongs to: the one given, or that of the nearest folder above with a run.json."""
    if given is not None:
        return load_folder(given)
    guard.check_path(file)
    for folder in file.absolute().parents:
        if (folder / MANIFEST).is_file():
            shown = next((parent for parent in file.parents if parent.absolute() == folder), folder)
            return load_folder(shown)
    raise InputError(Problem(f"no {MANIFEST} beside it or above it", str(file), remedy="name the run: --run FOLDER"))


def load_folder(path: Path) -> Folder:
    """Read the run of a folder; InputError if it holds none, or one that was made before units were written down."""
    file = path / MANIFEST
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
        units = tuple(_made(unit) for unit in manifest["units"])
    except FileNotFoundError:
        raise InputError(Problem(f"no {MANIFEST} in it", str(path), remedy="is it the folder of a run?")) from None
    except OSError as error:
        raise InputError(Problem(error.strerror or "cannot be read", str(file))) from error
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        what = "it says nothing of the units that were made"
        raise InputError(Problem(what, str(file), remedy="run the document again: --force")) from error
    counts = Counter(unit.id for unit in units)
    InputError.raise_if([Problem(f"unit {name} is in it twice", str(file)) for name in counts if counts[name] > 1])
    return Folder(path, manifest, units)


def latest(path: Path) -> Folder:
    """The review of a run if there is one, else the run itself."""
    reviewed = path / REVIEWED
    return load_folder(reviewed if (reviewed / MANIFEST).is_file() else path)


def find_document(folder: Folder, given: Path | None = None) -> Path | None:
    """The document that was translated, known by its hash; None for an alignment, which has two or none of its own.

    Looked for as the manifest names it, seen from here and from every folder above the run, and beside the run.
    Raises InputError if it is nowhere, or if the one given is another.
    """
    entry = folder.manifest.get("input", {})
    if "sha256" not in entry:
        return None
    name = Path(str(entry.get("path", "")))
    if given is not None:
        if _sha256(given) != entry["sha256"]:
            what = f"not the document that was translated, {name}"
            raise InputError(Problem(what, str(given), remedy="give the one that the run was made of"))
        return given
    above = (folder.path.absolute(), *folder.path.absolute().parents)
    places = [name, *(place / name for place in above), *(place / name.name for place in above[:2])]
    for place in dict.fromkeys(places):
        if place.is_file() and _sha256(place) == entry["sha256"]:
            return place
    changed = any(place.is_file() for place in places)
    what = "it has changed since it was translated" if changed else "the document that was translated is not there"
    raise InputError(Problem(what, str(name), remedy="name the one that was translated: --document PATH"))


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(Problem(error.strerror or "cannot be read", str(path))) from error


def _made(unit: Mapping[str, Any]) -> Made:
    kind, score, machine = unit["kind"], unit.get("score"), unit.get("machine")
    return Made(
        id=str(unit["id"]),
        block=str(unit["block"]),
        kind=BlockKind(kind) if kind in set(BlockKind) else BlockKind.PARAGRAPH,
        source=str(unit["source"]),
        target=str(unit["target"]),
        origin=str(unit.get("origin", "")),
        score=float(score) if isinstance(score, int | float) else None,
        machine=None if machine is None else str(machine),
        status=str(unit.get("status", "new")),
        comment=str(unit.get("comment", "")),
    )
