"""Where a model comes from: the built-in one, a directory, or the Hugging Face hub; and its conversion cache.

Whatever its origin, a model is a directory of MarianMT files in the Hugging Face layout. It is used only after
`inspect_model` has found every file and a Chinese-to-English vocabulary in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.errors import ModelError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUALITY_MODEL = "Helsinki-NLP/opus-mt-zh-en"
BUILTIN_DIRECTORY = Path(__file__).parent / "data" / "model"
REQUIRED_FILES = ("config.json", "source.spm", "target.spm", "vocab.json")
WEIGHT_FILES = ("model.safetensors", "pytorch_model.bin")
OPTIONAL_FILES = ("generation_config.json", "tokenizer_config.json", "special_tokens_map.json", "README.md")
NETWORK_PATIENCE = 4.0  # seconds before a hub that does not answer counts as out of reach
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")


@dataclass(frozen=True, slots=True)
class Model:
    """A checked model on this machine. `sha256` covers the files that decide its output; `size` is in bytes."""

    name: str
    origin: str  # builtin, hub or directory
    path: Path
    sha256: str
    size: int
    licence: str
    note: str = ""  # why this model and not the one asked for, in a sentence; empty if there is nothing to say
    config: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def weights(self) -> Path:
        """The weights file in use: safetensors before a pickled one."""
        return next(self.path / name for name in WEIGHT_FILES if (self.path / name).is_file())


def resolve_model(name: str = "auto", *, announce: Callable[[str], None] = lambda message: None) -> Model:
    """Find, fetch if need be, and check the model called `name`: auto, builtin, a directory or a hub id.

    `auto` is the quality model where it is on this machine or can be fetched, otherwise the built-in one, with
    the reason in `note`; every other name is taken literally and raises ModelError when it cannot be had.
    """
    if name == "builtin":
        return inspect_model(BUILTIN_DIRECTORY, name="builtin", origin="builtin")
    if name == "auto":
        try:
            return _from_hub(QUALITY_MODEL, announce)
        except ModelError as error:
            reason = error.problems[0].what
            note = f"built-in model used: {reason}. It is small; expect errors and review every segment"
            return inspect_model(BUILTIN_DIRECTORY, name="builtin", origin="builtin", note=note)
    if Path(name).expanduser().exists():
        return inspect_model(Path(name).expanduser(), name=name, origin="directory")
    if _HUB_ID.fullmatch(name):
        return _from_hub(name, announce)
    raise ModelError(
        Problem(
            f"no model {name!r}", remedy="give auto, builtin, an existing directory, or a hub id such as owner/name"
        )
    )


def inspect_model(path: Path, *, name: str, origin: str, note: str = "") -> Model:
    """Check that `path` holds a MarianMT model from Chinese to English; all that is wrong is raised at once."""
    if not path.is_dir():
        raise ModelError(Problem("not a directory", str(path), remedy="give the folder that holds config.json"))
    missing = missing_files(path)
    config = _read_json(path / "config.json")
    problems = [Problem(f"{file} is missing", str(path), remedy="bring the whole model over") for file in missing]
    if config is not None and config.get("model_type") != "marian":
        problems.append(Problem(f"a {config.get('model_type')!r} model, not MarianMT", str(path / "config.json")))
    elif config is None and "config.json" not in missing:
        problems.append(Problem("not readable as JSON", str(path / "config.json"), remedy="fetch the file again"))
    if not problems:
        problems += _language_problems(path)
    ModelError.raise_if(problems)
    files = _model_files(path)
    return Model(
        name=name,
        origin=origin,
        path=path,
        sha256=_content_hash(files),
        size=sum(file.stat().st_size for file in files),
        licence=_licence(path),
        note=note,
        config=config or {},
    )


def missing_files(path: Path) -> list[str]:
    """The names of the files that a model directory needs and `path` lacks."""
    missing = [name for name in REQUIRED_FILES if not (path / name).is_file()]
    if not any((path / name).is_file() for name in WEIGHT_FILES):
        missing.append(" or ".join(WEIGHT_FILES))
    return missing


def models_directory() -> Path:
    """The user's own models: <here>/owner--name/ is found under the hub id owner/name."""
    from platformdirs import user_data_path

    return user_data_path("policy-translate", appauthor=False) / "models"


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


def local_models() -> Iterator[Model]:
    """The models on this machine: the built-in one, those brought by hand, those in the hub's cache."""
    yield resolve_model("builtin")
    for path in sorted(models_directory().glob("*--*")):
        if not missing_files(path):
            yield inspect_model(path, name=path.name.replace("--", "/", 1), origin="directory")
    for name, path in _hub_cache():
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


def _from_hub(repository: str, announce: Callable[[str], None]) -> Model:
    by_hand = models_directory() / repository.replace("/", "--")
    if by_hand.is_dir() and not missing_files(by_hand):
        return inspect_model(by_hand, name=repository, origin="directory")
    cached = dict(_hub_cache()).get(repository)
    if cached is not None and not missing_files(cached):
        return inspect_model(cached, name=repository, origin="hub")
    reason = _why_unreachable(repository)
    if reason:
        raise ModelError(Problem(reason, remedy=_by_hand_remedy(repository, by_hand)))
    announce(f"fetching {repository}")
    return inspect_model(_download(repository, by_hand), name=repository, origin="hub")


def _why_unreachable(repository: str) -> str:
    """Why `repository` cannot be fetched now, within NETWORK_PATIENCE seconds; empty if it can."""
    from huggingface_hub import HfApi, constants
    from huggingface_hub.errors import RepositoryNotFoundError

    if constants.HF_HUB_OFFLINE or os.environ.get("TRANSFORMERS_OFFLINE", "").upper() in ("1", "TRUE", "YES", "ON"):
        return f"{repository} is not on this machine and the hub is switched off (HF_HUB_OFFLINE)"
    outcome = [f"{repository} is not on this machine and the hub did not answer within {NETWORK_PATIENCE:g} seconds"]

    def ask() -> None:
        try:
            HfApi().model_info(repository, timeout=NETWORK_PATIENCE)
            outcome[0] = ""
        except RepositoryNotFoundError:
            outcome[0] = f"the hub has no public model {repository}"
        except Exception as error:  # whatever the network stack raises means the same here: out of reach
            outcome[0] = f"{repository} is not on this machine and the hub is out of reach ({type(error).__name__})"

    thread = threading.Thread(target=ask, daemon=True)  # name look-ups can hang past any timeout of the client
    thread.start()
    thread.join(NETWORK_PATIENCE + 0.5)
    return outcome[0]


def _download(repository: str, by_hand: Path) -> Path:
    """Fetch the files of one model into the hub's own cache; an interrupted download goes on where it stopped."""
    from huggingface_hub import HfApi, snapshot_download

    try:
        names = {file.rfilename for file in HfApi().model_info(repository).siblings or ()}
        weights = next((name for name in WEIGHT_FILES if name in names), WEIGHT_FILES[-1])
        wanted = [*REQUIRED_FILES, *OPTIONAL_FILES, weights]
        return Path(snapshot_download(repository, allow_patterns=wanted))
    except Exception as error:  # the client's errors have many roots; each means that the fetch failed
        what = f"fetching {repository} failed: {str(error).splitlines()[0]}"
        raise ModelError(
            Problem(what, remedy=f"run again to resume, or {_by_hand_remedy(repository, by_hand)}")
        ) from error


def _by_hand_remedy(repository: str, by_hand: Path) -> str:
    needed = ", ".join((*REQUIRED_FILES, " or ".join(WEIGHT_FILES)))
    return (
        f"on a machine with a network, download {needed} and, if present, tokenizer_config.json from the page of "
        f"{repository} on the Hugging Face hub, and put them into {by_hand}; or use --model builtin"
    )


def _hub_cache() -> list[tuple[str, Path]]:
    """(repository, newest snapshot) of each model in the hub's cache on this machine."""
    from huggingface_hub import constants

    found = []
    for directory in sorted(Path(constants.HF_HUB_CACHE).glob("models--*--*")):
        snapshots = sorted((directory / "snapshots").glob("*"), key=lambda path: path.stat().st_mtime)
        if snapshots:
            found.append((directory.name.removeprefix("models--").replace("--", "/", 1), snapshots[-1]))
    return found


def _removable_root(model: Model) -> Path:
    if model.origin == "hub":
        return model.path.parent.parent  # models--owner--name/snapshots/revision
    if model.path.parent == models_directory():
        return model.path
    raise ModelError(Problem("a directory of your own is not removed", str(model.path), remedy="delete it yourself"))


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


def _language_problems(path: Path) -> list[Problem]:
    """Whether the model goes from Chinese to English, by its tokenizer settings or, without those, its vocabulary."""
    settings = _read_json(path / "tokenizer_config.json") or {}
    source, target = settings.get("source_lang"), settings.get("target_lang")
    if source and not str(source).lower().startswith(("zh", "zho", "cmn", "chi")):
        return [Problem(f"translates from {source!r}, not from Chinese", str(path / "tokenizer_config.json"))]
    if target and not str(target).lower().startswith("en"):
        return [Problem(f"translates into {target!r}, not into English", str(path / "tokenizer_config.json"))]
    vocabulary = _read_json(path / "vocab.json")
    if vocabulary is None or not {"</s>", "<unk>"} <= vocabulary.keys():
        return [Problem("not a Marian vocabulary (</s> and <unk> expected)", str(path / "vocab.json"))]
    chinese = sum(1 for piece in vocabulary if any("\u4e00" <= character <= "\u9fff" for character in piece))
    if chinese < min(500, len(vocabulary) // 20):
        return [Problem(f"only {chinese} Chinese pieces in the vocabulary", str(path / "vocab.json"))]
    return []


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _model_files(path: Path) -> list[Path]:
    weights = next(name for name in WEIGHT_FILES if (path / name).is_file())
    return [path / name for name in (*REQUIRED_FILES, weights)]


def _content_hash(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            digest.update(f"{file.name}:{hashlib.file_digest(stream, 'sha256').hexdigest()}\n".encode())
    return digest.hexdigest()


def _licence(path: Path) -> str:
    card = path / "README.md"
    text = card.read_text(encoding="utf-8", errors="replace")[:5000] if card.is_file() else ""
    match = re.search(r"^license:\s*(.+)$", text, re.MULTILINE)
    return match[1].strip() if match else "unknown"
