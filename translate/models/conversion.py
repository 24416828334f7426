"""The form that CTranslate2 runs: converted once, kept in the user's cache by content hash."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from translate.errors import ModelError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from translate.models.files import Model


def conversions_directory() -> Path:
    """Where converted models are kept; safe to delete at any time."""
    from platformdirs import user_cache_path

    return user_cache_path("policy-translate", appauthor=False) / "ctranslate2"


def converted(model: Model, quantization: str) -> Path:
    """The CTranslate2 form of `model`, converted on first use.

    The result appears under its final name only when it is whole, so that a crash leaves nothing half-made, and
    a lock lets two processes convert only once between them.
    """
    import ctranslate2
    from filelock import FileLock

    directory = conversions_directory()
    key = f"{model.sha256[:24]}-{quantization}-{ctranslate2.__version__}"
    final = directory / key
    if final.is_dir():
        return final
    directory.mkdir(parents=True, exist_ok=True)
    with FileLock(directory / f"{key}.lock"):
        if not final.is_dir():
            unfinished = directory / f"{key}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            _convert(model, unfinished, quantization)
            unfinished.rename(final)
    return final


def _convert(model: Model, target: Path, quantization: str) -> None:
    import contextlib
    import io
    import warnings

    from ctranslate2.converters import TransformersConverter

    try:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):  # bars and advice of the loader
            warnings.simplefilter("ignore")
            TransformersConverter(str(model.path)).convert(str(target), quantization=quantization)
    except Exception as error:  # the loader fails in many ways on a damaged weights file
        shutil.rmtree(target, ignore_errors=True)
        what = f"the weights cannot be loaded: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
        raise ModelError(Problem(what, str(model.weights), remedy="fetch the file again")) from error
