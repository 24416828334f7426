"""Where a model comes from: the built-in one, a directory, or the Hugging Face hub; and its conversion cache.

Whatever its origin, a model is a directory of MarianMT files in the Hugging Face layout. It is used only after
`inspect_model` has found every file and a Chinese-to-English vocabulary in it.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from translate.errors import ModelError, Problem
from translate.models.conversion import conversions_directory, converted
from translate.models.files import (
    OPTIONAL_FILES,
    REQUIRED_FILES,
    WEIGHT_FILES,
    Model,
    inspect_model,
    missing_files,
)
from translate.models.hub import from_hub, hub_cache, models_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "BUILTIN_DIRECTORY",
    "OPTIONAL_FILES",
    "QUALITY_MODEL",
    "REQUIRED_FILES",
    "WEIGHT_FILES",
    "Model",
    "conversions_directory",
    "converted",
    "inspect_model",
    "local_models",
    "missing_files",
    "models_directory",
    "remove_model",
    "resolve_model",
]

QUALITY_MODEL = "Helsinki-NLP/opus-mt-zh-en"
BUILTIN_DIRECTORY = Path(__file__).parent.parent / "data" / "model"
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")


def resolve_model(name: str = "auto", *, announce: Callable[[str], None] = lambda message: None) -> Model:
    """Find, fetch if need be, and check the model called `name`: auto, builtin, a directory or a hub id.

    `auto` is the quality model where it is on this machine or can be fetched, otherwise the built-in one, with
    the reason in `note`; every other name is taken literally and raises ModelError when it cannot be had.
    """
    if name == "builtin":
        return inspect_model(BUILTIN_DIRECTORY, name="builtin", origin="builtin")
    if name == "auto":
        try:
            return from_hub(QUALITY_MODEL, announce)
        except ModelError as error:
            reason = error.problems[0].what
            note = f"built-in model used: {reason}. It is small; expect errors and review every segment"
            return inspect_model(BUILTIN_DIRECTORY, name="builtin", origin="builtin", note=note)
    if Path(name).expanduser().exists():
        return inspect_model(Path(name).expanduser(), name=name, origin="directory")
    if _HUB_ID.fullmatch(name):
        return from_hub(name, announce)
    raise ModelError(
        Problem(
            f"no model {name!r}", remedy="give auto, builtin, an existing directory, or a hub id such as owner/name"
        )
    )


def local_models() -> Iterator[Model]:
    """The models on this machine: the built-in one, those brought by hand, those in the hub's cache."""
    yield resolve_model("builtin")
    for path in sorted(models_directory().glob("*--*")):
        if not missing_files(path):
            yield inspect_model(path, name=path.name.replace("--", "/", 1), origin="directory")
    for name, path in hub_cache():
        try:
            yield inspect_model(path, name=name, origin="hub")
        except ModelError:
            continue  # a model of another kind that some other program fetched


def remove_model(model: Model) -> int:
    """Delete a fetched or hand-brought model and its conversions; bytes freed. The built-in one stays."""
    if model.origin == "builtin":
        raise ModelError(Problem("the built-in model is part of the program and cannot be removed"))
    freed = 0
    for path in [*conversions_directory().glob(f"{model.sha256[:24]}-*"), _removable_root(model)]:
        freed += sum(file.lstat().st_size for file in path.rglob("*") if file.is_file() and not file.is_symlink())
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()
    return freed


def _removable_root(model: Model) -> Path:
    if model.origin == "hub":
        return model.path.parent.parent  # models--owner--name/snapshots/revision
    if model.path.parent == models_directory():
        return model.path
    raise ModelError(Problem("a directory of your own is not removed", str(model.path), remedy="delete it yourself"))
