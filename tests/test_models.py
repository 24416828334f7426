from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from translate import models
from translate.engines import DecodeOptions, open_engine
from translate.engines.tokenizer import Tokenizer
from translate.errors import ModelError
from translate.models import BUILTIN_DIRECTORY, Model, inspect_model, resolve_model

TinyModel = Callable[..., Path]


def problems_of(name: str) -> str:
    with pytest.raises(ModelError) as caught:
        resolve_model(name)
    return str(caught.value)


def test_the_builtin_model_is_whole_and_has_a_card() -> None:
    model = resolve_model("builtin")
    assert model.origin == "builtin"
    assert model.licence == "mit"
    assert model.weights.name == "model.safetensors"
    assert (model.path / "README.md").read_text(encoding="utf-8").count("\n") > 10


@pytest.mark.parametrize("engine", ["ctranslate2", "torch"])
def test_safetensors_and_pickled_weights_give_the_same_text(tiny_model: TinyModel, engine: str) -> None:
    outputs = []
    for pickled in (False, True):
        model = resolve_model(str(tiny_model(pickled=pickled)))
        assert model.weights.suffix == (".bin" if pickled else ".safetensors")
        pieces = Tokenizer(model).encode("今天开会。")
        [answers] = open_engine(engine, model, precision="float32").translate([(pieces,)], DecodeOptions(max_length=8))
        outputs.append([hypothesis.pieces for hypothesis in answers[0]])
    assert outputs[0] == outputs[1]


def test_pickled_weights_are_never_executed(tiny_model: TinyModel, tmp_path: Path) -> None:
    import torch

    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return Path.touch, (tmp_path / "sprung",)

    folder = tiny_model(pickled=True)
    torch.save({"weight": Trap()}, folder / "pytorch_model.bin")
    for engine in ("ctranslate2", "torch"):
        with pytest.raises(ModelError, match="cannot be loaded"):
            open_engine(engine, resolve_model(str(folder)))
    assert not (tmp_path / "sprung").exists()


def damage(folder: Path, how: str) -> None:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    tokenizer = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    match how:
        case "no weights":
            (folder / "model.safetensors").unlink()
        case "no vocabulary":
            (folder / "vocab.json").unlink()
        case "another kind":
            (folder / "config.json").write_text(json.dumps({**config, "model_type": "t5"}), encoding="utf-8")
        case "not JSON":
            (folder / "config.json").write_text("{", encoding="utf-8")
        case "from English":
            tokenizer["source_lang"] = "en"
        case "into French":
            tokenizer["target_lang"] = "fr"
        case "no Chinese":
            tokenizer = {}
            (folder / "vocab.json").write_text(
                json.dumps({"</s>": 0, "<unk>": 1, **{f"w{index}": index + 2 for index in range(9000)}}),
                encoding="utf-8",
            )
    (folder / "tokenizer_config.json").write_text(json.dumps(tokenizer), encoding="utf-8")


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("no weights", "model.safetensors or pytorch_model.bin is missing"),
        ("no vocabulary", "vocab.json is missing"),
        ("another kind", "'t5' model, not MarianMT"),
        ("not JSON", "not readable as JSON"),
        ("from English", "translates from 'en', not from Chinese"),
        ("into French", "translates into 'fr', not into English"),
        ("no Chinese", "only 0 Chinese pieces"),
    ],
)
def test_what_is_not_a_marian_model_from_chinese_to_english_is_refused(
    tiny_model: TinyModel, how: str, reason: str
) -> None:
    folder = tiny_model()
    damage(folder, how)
    assert reason in problems_of(str(folder))


def test_all_that_is_missing_is_said_at_once(tmp_path: Path) -> None:
    said = problems_of(str(tmp_path))
    assert all(name in said for name in ("config.json", "source.spm", "target.spm", "vocab.json", "pytorch_model.bin"))


def test_damaged_weights_are_a_clear_error(tiny_model: TinyModel) -> None:
    folder = tiny_model()
    (folder / "model.safetensors").write_bytes(b'\x08\0\0\0\0\0\0\0{"a": 1}')
    for engine in ("ctranslate2", "torch"):
        with pytest.raises(ModelError, match="cannot be loaded"):
            open_engine(engine, resolve_model(str(folder)))


def test_a_name_that_is_nothing_says_what_can_be_given() -> None:
    assert "auto, builtin, an existing directory" in problems_of("nothing")


def test_offline_is_respected_and_the_remedy_names_files_and_place() -> None:
    began = time.monotonic()
    said = problems_of(models.QUALITY_MODEL)
    assert time.monotonic() - began < 5
    assert "HF_HUB_OFFLINE" in said
    assert all(name in said for name in ("config.json", "source.spm", "target.spm", "vocab.json", "model.safetensors"))
    assert str(models.models_directory() / "Helsinki-NLP--opus-mt-zh-en") in said


def test_a_hub_that_does_not_answer_counts_as_out_of_reach_in_seconds() -> None:
    code = (
        "import socket, time\n"
        "socket.getaddrinfo = lambda *a, **k: time.sleep(60)\n"
        "from translate.models import resolve_model\n"
        "began = time.monotonic()\n"
        "model = resolve_model('auto')\n"
        "print(model.origin, time.monotonic() - began < 6, model.note)\n"
    )
    environment = {"HF_HUB_OFFLINE": "0", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, **environment}, check=True
    )
    assert done.stdout.startswith("builtin True")
    assert "did not answer" in done.stdout


def test_auto_falls_back_and_says_so() -> None:
    model = resolve_model("auto")
    assert model.origin == "builtin"
    assert "review every segment" in model.note


def test_a_model_brought_by_hand_is_found_under_its_hub_name(tiny_model: TinyModel) -> None:
    place = models.models_directory() / "someone--some-zh-en"
    shutil.copytree(tiny_model(), place, dirs_exist_ok=True)
    try:
        assert resolve_model("someone/some-zh-en").path == place
        assert "someone/some-zh-en" in {model.name for model in models.local_models()}
    finally:
        models.remove_model(resolve_model("someone/some-zh-en"))
    assert not place.exists()


def test_a_model_in_the_hubs_cache_is_found_without_a_network(tiny_model: TinyModel) -> None:
    from huggingface_hub import constants

    root = Path(constants.HF_HUB_CACHE) / "models--someone--cached-zh-en"
    shutil.copytree(tiny_model(), root / "snapshots" / "0123abcd", dirs_exist_ok=True)
    try:
        model = resolve_model("someone/cached-zh-en")
        assert (model.origin, model.path.name) == ("hub", "0123abcd")
    finally:
        models.remove_model(resolve_model("someone/cached-zh-en"))
    assert not root.exists()


def test_the_builtin_model_and_folders_of_ones_own_are_not_removed(tiny_model: TinyModel) -> None:
    with pytest.raises(ModelError):
        models.remove_model(resolve_model("builtin"))
    folder = tiny_model()
    with pytest.raises(ModelError):
        models.remove_model(resolve_model(str(folder)))
    assert folder.is_dir()


def test_a_conversion_that_was_cut_short_is_begun_anew(tiny_model: TinyModel) -> None:
    model = resolve_model(str(tiny_model(seed=1)))
    final = models.converted(model, "int8")
    unfinished = final.with_name(final.name + ".unfinished")
    shutil.rmtree(final)
    unfinished.mkdir()
    (unfinished / "model.bin").write_bytes(b"half")
    assert models.converted(model, "int8") == final
    assert (final / "model.bin").stat().st_size > 1000
    assert not unfinished.exists()


def test_two_processes_convert_one_model_at_once(tiny_model: TinyModel) -> None:
    folder = tiny_model(seed=2)
    code = f"from translate.models import *; print(converted(resolve_model({str(folder)!r}), 'int8'))"
    processes = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT, text=True) for _ in range(2)
    ]
    paths = [process.communicate()[0].strip() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert paths[0] == paths[1]
    assert (Path(paths[0]) / "model.bin").is_file()


def test_the_hash_follows_the_weights(tiny_model: TinyModel) -> None:
    def hash_of(folder: Path) -> str:
        return inspect_model(folder, name="x", origin="directory").sha256

    assert hash_of(tiny_model(seed=3)) == hash_of(tiny_model(seed=3))
    assert hash_of(tiny_model(seed=3)) != hash_of(tiny_model(seed=4))


def test_the_tokenizer_agrees_with_transformers(recwarn: pytest.WarningsRecorder) -> None:
    from transformers import MarianTokenizer

    model: Model = resolve_model("builtin")
    theirs = MarianTokenizer.from_pretrained(BUILTIN_DIRECTORY, local_files_only=True)
    ours = Tokenizer(model)
    for text in ("健全服务号码，答复率达到98.5%。", "实施“技能中国”行动。", "Skills China 2024", "⟦0⟧与⟦1⟧"):
        assert theirs.convert_ids_to_tokens(theirs(text)["input_ids"]) == [*ours.encode(text), "</s>"]
