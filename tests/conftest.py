"""Fixtures that several test modules share: a home of their own, the built-in model, and small models made here."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from translate.models import BUILTIN_DIRECTORY

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer
    from typer.testing import Result

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
ARTICLE = SHARED / "seed" / "article.zh.txt"

# Nothing that a test does may touch, or depend on, what the person who runs it has at home. Set before any test
# module is imported, since the hub's client reads its folders then; kept for all workers of a run, which share it.
_HOME = ROOT / ".pytest_cache" / "home"
for _variable, _folder in {"XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config"}.items():
    os.environ[_variable] = str(_HOME / _folder)
os.environ["HF_HOME"] = str(_HOME / "hub")
os.environ["HF_HUB_OFFLINE"] = "1"
for _variable in [name for name in os.environ if name.startswith("TRANSLATE_")]:
    del os.environ[_variable]


# Where the tests run in the background, a shell has them ignore Ctrl-C, and so would the programs that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


def invoked(app: typer.Typer, *arguments: object) -> Result:
    """What a command answers within this process; a user's mistake is raised."""
    from typer.testing import CliRunner

    result = CliRunner().invoke(app, list(map(str, arguments)))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="session")
def article() -> Path:
    """The article that started the project, where shared/ lies beside the checkout."""
    if not ARTICLE.exists():
        pytest.skip("the shared article is not beside this checkout")
    return ARTICLE


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A maker of MarianMT folders with random weights: same files and vocabulary as a real one, quick to run."""

    def make(*, pickled: bool = False, seed: int = 0) -> Path:
        import torch
        from transformers import MarianConfig, MarianMTModel

        folder = tmp_path_factory.mktemp("tiny-model")
        config = json.loads((BUILTIN_DIRECTORY / "config.json").read_text(encoding="utf-8"))
        config |= {"d_model": 32, "encoder_layers": 1, "decoder_layers": 1, "encoder_ffn_dim": 32, "dtype": "float32"}
        config |= {"decoder_ffn_dim": 32, "encoder_attention_heads": 2, "decoder_attention_heads": 2}
        torch.manual_seed(seed)
        model = MarianMTModel(MarianConfig(**config))
        with torch.no_grad():  # as real Marian models: decoding starts from a zero embedding
            model.model.shared.weight[config["pad_token_id"]].zero_()
        model.save_pretrained(folder)
        if pickled:
            torch.save(model.state_dict(), folder / "pytorch_model.bin")
            (folder / "model.safetensors").unlink()
        for name in ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json"):
            shutil.copy(BUILTIN_DIRECTORY / name, folder / name)
        return folder

    return make


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The program as a user starts it, in an empty working directory."""

    def call(*arguments: object, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "translate", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **environment},
            timeout=300,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return call
