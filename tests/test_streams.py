"""What the program does where its output goes nowhere: a reader that has left, streams that are closed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CALL = [sys.executable, "-m", "translate"]
INTERRUPTED = 130


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param("glossary export - --format tsv", id="bytes"),
        pytest.param("glossary show --category hotline", id="lines"),
        pytest.param("glossary find 拨打12333热线", id="a table"),
        pytest.param("--help", id="help"),
    ],
)
def test_a_reader_that_has_left_is_not_taken_for_findings(arguments: str) -> None:
    reader = subprocess.Popen(["true"], stdin=subprocess.PIPE)
    reader.wait()
    writer = subprocess.run([*CALL, *arguments.split()], stdout=reader.stdin, stderr=subprocess.PIPE, check=False)
    assert (writer.returncode, writer.stderr.decode()) == (INTERRUPTED, "")


@pytest.mark.parametrize(("closed", "code"), [(">&-", 0), ("2>&-", 0), ("<&-", 0), (">&- 2>&- <&-", 0)])
def test_closed_streams(closed: str, code: int) -> None:
    call = f'exec "{sys.executable}" -m translate glossary find 拨打12333热线 {closed}'
    done = subprocess.run(["bash", "-c", call], capture_output=True, check=False)
    assert done.returncode == code
    assert b"Traceback" not in done.stdout + done.stderr


def test_closed_standard_error_and_a_mistake(tmp_path: Path) -> None:
    call = f'exec "{sys.executable}" -m translate run "{tmp_path}/no.txt" --model builtin 2>&-'
    assert subprocess.run(["bash", "-c", call], check=False).returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device to write to")
@pytest.mark.parametrize("arguments", ["glossary export - --format tsv", "glossary find 拨打12333热线", "--version"])
def test_a_full_disk_is_told(arguments: str) -> None:
    call = f'exec "{sys.executable}" -m translate {arguments} >/dev/full'
    done = subprocess.run(["bash", "-c", call], capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (2, "error: No space left on device\n")
