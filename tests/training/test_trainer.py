"""The trainer on a model of 32 dimensions: it learns, goes on after a stop to the very same weights, ends in time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import torch

from tests.conftest import ROOT
from translate.errors import ModelError, OutputError
from translate.models import inspect_model
from translate.training import (
    ChrfValidator,
    Encoded,
    Step,
    TrainingOptions,
    Vocabulary,
    average,
    encode,
    interpolate,
    load_network,
    plain_outputs,
    save_network,
    train,
)
from translate.training import trainer as loop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAIRS = [
    (f"{place}{what}{number}人。", f"{english} {done} {number} people.")
    for place, english in (("全县", "The county"), ("全市", "The city"), ("全省", "The province"))
    for what, done in (("培训", "trained"), ("帮助", "helped"), ("录用", "hired"))
    for number in range(20, 26)
]
OPTIONS = TrainingOptions(
    steps=24,
    seed=4,
    batch_tokens=120,
    learning_rate=2e-2,
    warmup=3,
    label_smoothing=0.0,
    dropout=0.0,
    save_every=8,
    keep=2,
    precision="float32",
)


@pytest.fixture(scope="module")
def model(tiny_model: Callable[..., Path]) -> Path:
    return tiny_model()


@pytest.fixture(scope="module")
def data(model: Path) -> Encoded:
    return encode(PAIRS, Vocabulary(model))


def weights(network: Any) -> dict[str, Any]:
    return {name: value.clone() for name, value in network.state_dict().items()}


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(torch.equal(value, other[name]) for name, value in one.items())


def test_the_loss_falls_and_the_result_is_a_model(model: Path, data: Encoded, tmp_path: Path) -> None:
    heard: list[Step] = []
    network = load_network(model)
    options = replace(OPTIONS, steps=60, validate_every=60, save_every=30)
    validate = ChrfValidator(PAIRS[::6], model, threads=1)
    outcome = train(network, [(data, 1)], options, tmp_path / "t", validate=validate, progress=heard.append, threads=1)
    assert (outcome.step, outcome.ended) == (60, "done")
    assert outcome.losses[-1][1] < outcome.losses[0][1] - 2
    assert outcome.scores[0][0] == 60
    assert outcome.scores[0][1] > 30
    assert outcome.best is not None
    assert heard[-1].step == 60
    assert heard[-1].seconds_left == 0
    save_network(network, model, tmp_path / "out", half=True)
    assert inspect_model(tmp_path / "out", name="out", origin="directory").config["dtype"] == "float16"
    assert not network.model.shared.weight[network.config.pad_token_id].any()
    assert "people" in plain_outputs(tmp_path / "out", [PAIRS[0][0]], threads=1)[0]


def test_a_stopped_training_ends_with_the_same_weights(model: Path, data: Encoded, tmp_path: Path) -> None:
    whole, parts = load_network(model), load_network(model)
    corpora, options = [(data, 0.7), (data, 0.5)], replace(OPTIONS, dropout=0.1)
    train(whole, corpora, options, tmp_path / "whole", threads=1)
    for steps in (5, 6):
        asked = iter([False] * steps + [True])
        outcome = train(parts, corpora, options, tmp_path / "parts", stop=lambda asked=asked: next(asked), threads=1)  # type: ignore[misc]  # a lambda's default
        assert outcome.ended == "stopped"
        parts = load_network(model)
    outcome = train(parts, corpora, options, tmp_path / "parts", threads=1)
    assert outcome.step == 24
    assert same(weights(whole), weights(parts))
    assert [path.name for path in outcome.snapshots] == ["step-0000016.safetensors", "step-0000024.safetensors"]


def test_a_finished_training_is_not_done_again(model: Path, data: Encoded, tmp_path: Path) -> None:
    for _ in range(2):
        network = load_network(model)
        outcome = train(network, [(data, 1)], replace(OPTIONS, steps=8), tmp_path, threads=1)
    assert outcome.step == 8
    assert outcome.snapshots[0].stat().st_mtime_ns < (tmp_path / "state.pt").stat().st_mtime_ns


def test_a_killed_training_goes_on(model: Path, tmp_path: Path) -> None:
    """SIGKILL in the middle; what is on the disk then is whole, and the end is the same as without."""
    code = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from tests.training.test_trainer import OPTIONS, PAIRS
from translate.training import *
from translate.training import trainer
from dataclasses import replace
trainer.SAVE_SECONDS = 0
model = Path({str(model)!r})
train(load_network(model), [(encode(PAIRS, Vocabulary(model)), 1)], replace(OPTIONS, steps=100_000), Path(sys.argv[1]),
      threads=1)
"""
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], env={**os.environ, "OMP_NUM_THREADS": "1"})
    waited = time.monotonic() + 120
    while not (tmp_path / "step-0000016.safetensors").exists() and time.monotonic() < waited:
        time.sleep(0.02)
    process.kill()
    process.wait()
    done = torch.load(tmp_path / "state.pt", weights_only=True)["step"]
    assert done >= 15
    network = load_network(model)
    data = encode(PAIRS, Vocabulary(model))
    options = replace(OPTIONS, steps=100_000)
    steps = iter(range(done, done + 6))
    outcome = train(network, [(data, 1)], options, tmp_path, stop=lambda: next(steps, None) is None, threads=1)
    assert outcome.step == done + 6
    average(outcome.snapshots)  # every snapshot can be read


def test_another_training_in_the_folder_is_refused(model: Path, data: Encoded, tmp_path: Path) -> None:
    train(load_network(model), [(data, 1)], replace(OPTIONS, steps=2), tmp_path, threads=1)
    for options, corpora in ((replace(OPTIONS, seed=9), [(data, 1.0)]), (replace(OPTIONS, steps=2), [(data, 0.5)])):
        with pytest.raises(OutputError, match="other data or options"):
            train(load_network(model), corpora, options, tmp_path, threads=1)


def test_training_ends_early_when_nothing_gets_better(model: Path, data: Encoded, tmp_path: Path) -> None:
    scores = iter([10.0, 12.0, 11.0, 12.0, 50.0])
    options = replace(OPTIONS, validate_every=2, patience=2)
    network = load_network(model)
    outcome = train(network, [(data, 1)], options, tmp_path, validate=lambda network: next(scores), threads=1)
    assert (outcome.step, outcome.ended) == (8, "early")
    assert outcome.best is not None
    kept = average([outcome.best])
    assert not torch.equal(kept["model.shared.weight"], network.state_dict()["model.shared.weight"])


def test_training_ends_in_time_and_its_last_weights_count(model: Path, data: Encoded, tmp_path: Path) -> None:
    rates: list[float] = []
    began = time.monotonic()
    outcome = train(
        load_network(model),
        [(data, 1)],
        replace(OPTIONS, steps=10**6, validate_every=10**6, save_every=10**6),
        tmp_path,
        validate=lambda network: 1.0,
        progress=lambda step: rates.append(step.rate),
        seconds=3,
        threads=1,
    )
    assert outcome.ended == "time"
    assert time.monotonic() - began < 60
    assert rates[-1] < rates[0]  # the rate has come down by then
    assert outcome.scores == ((outcome.step, 1.0),)
    assert outcome.best is not None
    assert [path.name for path in outcome.snapshots] == [f"step-{outcome.step:07d}.safetensors"]


def test_what_is_frozen_stays(model: Path, data: Encoded, tmp_path: Path) -> None:
    def moved(name: str, **changes: Any) -> dict[str, float]:
        network = load_network(model)
        before = weights(network)
        train(network, [(data, 1)], replace(OPTIONS, steps=8, weight_decay=0.0, **changes), tmp_path / name, threads=1)
        return {name: float((value - before[name]).abs().sum()) for name, value in weights(network).items()}

    free, frozen = moved("free"), moved("frozen", frozen=("model.shared", "model.encoder.layers"))
    assert frozen["model.shared.weight"] == frozen["model.encoder.layers.0.fc1.weight"] == 0
    assert frozen["model.decoder.layers.0.fc1.weight"] > 0 < free["model.shared.weight"]


@pytest.mark.parametrize("precision", ["bfloat16", "float16"])
def test_mixed_precision_learns_too(model: Path, data: Encoded, tmp_path: Path, precision: Any) -> None:
    network = load_network(model)
    outcome = train(network, [(data, 1)], replace(OPTIONS, steps=30, precision=precision), tmp_path, threads=1)
    assert network.dtype == torch.float32
    assert outcome.losses[-1][1] < 8  # it begins near 9.6, the logarithm of the size of the vocabulary


def test_averages_and_mixes(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    for number in (1, 3):
        save_file({"a": torch.full((2,), float(number)), "b": torch.ones(1).half()}, tmp_path / f"{number}.safetensors")
    mean = average(sorted(tmp_path.iterdir()))
    assert mean["a"].tolist() == [2.0, 2.0]
    assert mean["b"].dtype == torch.float32
    assert interpolate({"a": torch.zeros(1), "tied": torch.zeros(1)}, {"a": torch.ones(1)}, 0.25)["a"].item() == 0.25
    with pytest.raises(ValueError, match="no snapshots"):
        average([])


def test_tied_weights_are_saved_once_and_come_back(model: Path, data: Encoded, tmp_path: Path) -> None:
    network = load_network(model)
    outcome = train(network, [(data, 1)], replace(OPTIONS, steps=8), tmp_path, threads=1)
    other = load_network(model)
    other.load_state_dict(average(outcome.snapshots), strict=False)
    assert same(weights(network), weights(other))


def test_damaged_weights_are_a_model_error(model: Path, tmp_path: Path) -> None:
    for file in model.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_network(tmp_path)


def test_saving_replaces_whole_folders(model: Path, tmp_path: Path) -> None:
    network = load_network(model)
    (tmp_path / "m.unfinished").mkdir()
    for _ in range(2):
        save_network(network, model, tmp_path / "m")
    assert [path.name for path in tmp_path.iterdir()] == ["m"]
    assert json.loads((tmp_path / "m" / "config.json").read_text())["model_type"] == "marian"
    assert loop.SAVE_SECONDS > 1
