"""Where glossaries come from: the shipped one, the team's, the user's and those named for one run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from translate.errors import InputError, Problem
from translate.glossary.formats import read_terms
from translate.glossary.load import Placed, disagreements
from translate.glossary.terms import Glossary

if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIXES: Final = (".tsv", ".csv", ".xlsx", ".tbx")  # in a folder; other files there are no glossaries


@dataclass(frozen=True, slots=True)
class Layer:
    """One glossary: a sheet, or a folder of sheets, under the name that its hits are recorded with."""

    name: str
    path: Path


def shipped_glossary_directory() -> Path:
    """The folder of the glossary that comes with the program: in the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "data" / "glossary"
    return installed if installed.is_dir() else package.parent / "glossary"


def user_glossary_directory() -> Path:
    """The folder for the user's own sheets, in the user's configuration folder; it need not exist."""
    import platformdirs

    return platformdirs.user_config_path("policy-translate") / "glossary"


def standard_layers(extra: Sequence[Path] = (), *, team: Path | None = None) -> tuple[Layer, ...]:
    """Shipped, team, user (if there is one), then the given paths, each a layer; later ones override."""
    layers = [Layer("shipped", shipped_glossary_directory())]
    if team is not None:
        layers.append(Layer("team", team))
    if _sheets(user := user_glossary_directory()):
        layers.append(Layer("user", user))
    return (*layers, *(Layer(path.name, path) for path in extra))


def load_glossary(layers: Sequence[Layer | Path]) -> Glossary:
    """Read and merge layers, later ones over earlier ones; a bare path is a layer named after its file.

    Raises InputError with every problem of every sheet.
    """
    named = [layer if isinstance(layer, Layer) else Layer(layer.name, layer) for layer in layers]
    loaded = [read_layer(layer) for layer in named]
    InputError.raise_if([problem for _, problems in loaded for problem in problems])
    return Glossary.of(*([item.term for item in placed] for placed, _ in loaded))


def read_layer(layer: Layer) -> tuple[list[Placed], list[Problem]]:
    """The terms of a layer with their places, and all that is wrong with its sheets, contradictions included."""
    placed, problems = read_sheets(layer)
    for first, later in disagreements(placed):
        place = f"{first.path}:{first.line}" if first.path != later.path else f"line {first.line}"
        what = f"{later.term.source} is {later.term.target!r} here but {first.term.target!r} in {place}"
        problems.append(Problem(what, str(later.path), later.line, remedy="keep one; put the other under variants"))
    return placed, problems


def read_sheets(layer: Layer) -> tuple[list[Placed], list[Problem]]:
    """The terms of a layer row by row, and the rows that cannot be used; rows may contradict each other."""
    paths = _sheets(layer.path)
    if not paths:
        missing = "no glossary sheet in this folder" if layer.path.is_dir() else "no such file"
        return [], [Problem(missing, str(layer.path), remedy="name a glossary sheet or a folder of them")]
    placed: list[Placed] = []
    problems: list[Problem] = []
    for path in paths:
        terms, wrong = read_terms(path, layer=layer.name)
        placed += terms
        problems += wrong
    return placed, problems


def _sheets(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(sheet for sheet in path.iterdir() if sheet.suffix.lower() in SUFFIXES and sheet.is_file())
    return [path] if path.exists() else []
