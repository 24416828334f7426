"""A run that is killed at any moment goes on with the same command and ends in the same bytes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 20
NAMES = ("aligned.tsv", "translation.txt")


def start(document: Path, output: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "translate", "run", document, "--output", output, "--model", "builtin"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def outputs(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in NAMES]


def test_killed_at_random_moments_and_resumed(tmp_path: Path) -> None:
    document = ROOT / "examples" / "notice.txt"
    began = time.monotonic()
    undisturbed = start(document, tmp_path / "undisturbed")
    output = undisturbed.communicate()[0].decode()
    assert undisturbed.returncode == 0, output
    took = time.monotonic() - began
    moments = random.Random(20)
    kills = 0
    folder = tmp_path / "killed 中断"
    for attempt in range(KILLS):
        process = start(document, folder)
        try:
            # Later attempts get further, since they find more in the journal: the moments cover a whole run.
            process.communicate(timeout=moments.uniform(0.3, 1.0) * took * (attempt + 1) / KILLS)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            kills += 1
            assert (folder / "run.json").exists() is False or outputs(folder) == outputs(tmp_path / "undisturbed")
    last = start(document, folder)
    output = last.communicate()[0].decode()
    assert last.returncode == 0, output
    assert kills >= KILLS // 2
    assert outputs(folder) == outputs(tmp_path / "undisturbed")
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
