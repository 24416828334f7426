"""A run that is killed at any moment goes on with the same command and ends in the same bytes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 20
NAMES = ("aligned.tsv", "aligned.xlsx", "report.html", "translation.txt")


def start(document: Path, output: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "translate", "run", document, "--output", output, "--model", "builtin"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def finish(process: subprocess.Popen[bytes]) -> None:
    output = process.communicate()[0].decode()
    assert process.returncode == 0, output


def outputs(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in NAMES]


def test_killed_at_random_moments_and_resumed(tmp_path: Path) -> None:
    document = ROOT / "examples" / "notice.txt"
    finish(start(document, tmp_path / "warm"))  # the first run of a new model also converts it
    began = time.monotonic()
    finish(start(document, tmp_path / "undisturbed"))
    took = time.monotonic() - began
    undisturbed = outputs(tmp_path / "undisturbed")
    moments = random.Random(20)
    folder, kills = tmp_path / "killed 中断", 0
    while kills < KILLS:
        process = start(document, folder)
        try:
            process.communicate(timeout=moments.uniform(0.1, 1.0) * took)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            kills += 1
            assert not (folder / "run.json").exists() or outputs(folder) == undisturbed
            continue
        assert process.returncode == 0  # it was through before its moment came: begin another
        assert outputs(folder) == undisturbed
        shutil.rmtree(folder)
    finish(start(document, folder))
    assert outputs(folder) == undisturbed
    assert {file.name for file in folder.iterdir()} == {*NAMES, "run.json"}


def test_interrupted_by_the_user_it_says_how_to_go_on(tmp_path: Path) -> None:
    process = start(ROOT / "examples" / "notice.txt", tmp_path / "out")
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("out/.journal-*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    output = process.communicate(timeout=60)[0].decode()
    if process.returncode == 0:  # it was quicker than the signal
        return
    assert process.returncode == 130
    assert "the same command goes on" in output
    assert "Traceback" not in output
    assert not (tmp_path / "out" / "run.json").exists()
