"""The recipe of the built-in model in its tiny form: all stages, killed in the middle of each, and done again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT
from translate.models import inspect_model

if TYPE_CHECKING:
    from pathlib import Path

BUILD = ROOT / "recipes" / "builtin-model" / "build.py"
STAGES = ("data", "vocabulary", "initialise", "train", "average", "evaluate", "package")
TEST = ROOT.parent / "shared" / "data" / "gwr" / "gwr2021.tsv"

pytestmark = pytest.mark.skipif(not TEST.is_file(), reason="the development report is not beside this checkout")


def start(stage: str, work: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(BUILD), stage, "--smoke", "--work", str(work), "--threads", "1", *more]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def done(stage: str, work: Path, *more: str) -> str:
    process = start(stage, work, *more)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return out


def manifest(work: Path, stage: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((work / stage / "manifest.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the way through was killed in the middle of every stage, and then gone to the end."""
    folder = tmp_path_factory.mktemp("recipe")
    for stage in STAGES:
        process = start("all", folder)
        waited = time.monotonic() + 120
        while not (folder / f"{stage}.unfinished").exists() and process.poll() is None and time.monotonic() < waited:
            time.sleep(0.002)
        assert process.poll() is None, f"{stage} was not caught in the middle"
        process.kill()
        process.communicate()
    done("all", folder)
    return folder


def test_every_stage_survives_a_kill_and_says_what_it_used(work: Path) -> None:
    for stage in STAGES:
        found = manifest(work, stage)
        assert found["outputs"], stage
        assert all(len(digest) == 64 for digest in found["outputs"].values())
        assert {"recipe", "start"} <= set(found["inputs"])
        assert not (work / f"{stage}.unfinished").exists()


def test_the_data_are_counted(work: Path) -> None:
    sources = json.loads((work / "data" / "removed.json").read_text(encoding="utf-8"))
    assert sources["invented-new"]["read"] == 300
    for name, about in sources.items():
        assert about["read"] == about["kept"] + sum(about["removed"].values()), name
        assert about["origin"]
        assert about["licence"]
    lines = (work / "data" / "lesson-placeholders.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        source, target = line.split("\t")
        assert [sign for sign in sorted(source) if sign == "⟦"] == [sign for sign in sorted(target) if sign == "⟦"]
    assert len(lines) > 30


def test_the_loss_falls_and_the_model_is_one(work: Path) -> None:
    losses = manifest(work, "train")["results"]["losses"]
    assert losses[-1][1] < losses[0][1] - 0.5
    model = inspect_model(work / "package" / "model", name="m", origin="directory")
    assert model.licence == "mit"
    assert model.config["dtype"] == "float16"
    card = (model.path / "README.md").read_text(encoding="utf-8")
    for said in ("SHA-256", "invented policy sentences", "Known faults", "| new |", "opus-mt-zh-en", "eff:yes"):
        assert said in card


def test_the_program_runs_with_it(work: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("加强培训。\n", encoding="utf-8")
    command = [sys.executable, "-m", "translate", "run", "a.txt", "--model", str(work / "package" / "model")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "outputs" / "a" / "run.json").is_file()


def test_a_finished_stage_is_left_alone_and_the_same_twice(work: Path, tmp_path: Path) -> None:
    before = manifest(work, "vocabulary")
    assert done("vocabulary", work) == "vocabulary: done before\n"
    for stage in ("data", "vocabulary"):
        done(stage, tmp_path)
        assert manifest(tmp_path, stage)["outputs"] == manifest(work, stage)["outputs"]
    assert manifest(work, "vocabulary") == before


def test_a_stage_before_its_time_says_which_one_is_missing(tmp_path: Path) -> None:
    process = start("train", tmp_path)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 2
    assert err == "error: stage data has not been done: build.py data\n"
