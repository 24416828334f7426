"""A model's files: a directory of MarianMT files in the Hugging Face layout, checked before it is used."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from translate.errors import ModelError, Problem

if TYPE_CHECKING:
    from pathlib import Path

REQUIRED_FILES = ("config.json", "source.spm", "target.spm", "vocab.json")
WEIGHT_FILES = ("model.safetensors", "pytorch_model.bin")
OPTIONAL_FILES = ("generation_config.json", "tokenizer_config.json", "special_tokens_map.json", "README.md")


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
