"""What commands show: nothing cut off on a narrow terminal, counts in words, names that may be copied."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
import typer

from tests.conftest import ROOT, invoked
from translate.cli import app as everything
from translate.cli.check_report import show
from translate.cli.glossary import app as glossary
from translate.cli.models import app as models
from translate.errors import PolicyTranslateError
from translate.records import Finding, Segment, Severity, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.chdir(tmp_path)


def test_no_term_is_cut_off() -> None:
    shown = invoked(glossary, "find", "坚持以人民为中心的发展思想。").stdout
    assert "…" not in shown
    first = [line[7:].split("  ")[0].strip() for line in shown.splitlines()[1:]]
    assert "".join(first) == "以人民为中心的发展思想"


def test_no_finding_is_cut_off(capsys: pytest.CaptureFixture[str]) -> None:
    finding = Finding("term-consistency", Severity.WARNING, "Incomprehensibilities are rendered in different ways.")
    source = "各区县要建立工作专班，明确责任分工。"
    show((Unit("b0011.s01", (Segment("b0011.s01", "b0011", source),), "Everybody.", findings=(finding,)),), None)
    shown = capsys.readouterr().out
    assert "…" not in shown
    assert "b0011.s01" in shown


def test_a_model_is_shown_in_words() -> None:
    assert invoked(models, "show", "builtin").stdout.count("{") == 0
    assert re.search(r"^size +\d+ MB$", invoked(models, "show", "builtin").stdout, re.MULTILINE)


def test_nothing_found_has_no_empty_table(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("今天。\n", encoding="utf-8")
    for arguments in (("find", "今天天气不错"), ("extract", "a.txt")):
        result = invoked(glossary, *arguments)
        assert (result.stdout, result.stderr[:2]) == ("", "0 ")


def test_an_unknown_category_names_those_that_there_are() -> None:
    result = invoked(glossary, "show", "--category", "hotlines")
    assert result.exit_code == 1
    assert "no term has the category hotlines; there are: " in result.stderr
    assert " hotline," in result.stderr


def test_terms_go_to_standard_output_without_a_format(tmp_path: Path) -> None:
    (tmp_path / "ours.tsv").write_text("source\ttarget\n技能培训\tskills training\n", encoding="utf-8")
    assert "技能培训\tskills training" in invoked(glossary, "export", "-", "--only", "-g", "ours.tsv").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_the_bar_says_nothing_of_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("今天。\n", encoding="utf-8")
    shown = "".join(on_a_terminal("run", "a.txt", "--model", "builtin"))
    assert "1 in 1 block" in shown
    assert "1 blocks" not in shown
    assert "None" not in shown
    assert shown.index("aligned.xlsx") < shown.index("aligned.tsv")  # review.md says to work in the first


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--checks", ""], "--checks: names nothing"),
        (["--html", "findings.tsv"], "no name of a web page"),
        (["none.txt"], "no such file"),
        (["."], "this is a folder"),
    ],
)
def test_check_refuses_what_would_check_or_show_nothing(tmp_path: Path, options: list[str], said: str) -> None:
    (tmp_path / "zh.txt").write_text("今天。\n", encoding="utf-8")
    with pytest.raises(PolicyTranslateError, match=re.escape(said)):
        invoked(everything, "check", "zh.txt", *options)


def test_help_is_broken_by_the_terminal_alone() -> None:
    commands = list(commands_of(typer.main.get_command(everything)))
    assert {"run", "find", "prune"} <= {command.name for command in commands}
    assert [command.name for command in commands if re.search(r"(?<!\n)\n(?!\n)", command.help or "")] == []


def commands_of(command: Any) -> Iterator[Any]:
    yield command
    for inner in getattr(command, "commands", {}).values():
        yield from commands_of(inner)


def on_a_terminal(*arguments: str) -> Iterator[str]:
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "120"}
    call = [sys.executable, "-m", "translate", *arguments]
    with subprocess.Popen(call, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        end = time.monotonic() + 60
        while time.monotonic() < end and select.select([ours], [], [], end - time.monotonic())[0]:
            try:
                read = os.read(ours, 4096)
            except OSError:  # the other side is closed
                break
            yield read.decode("utf-8", "replace")
        process.terminate()
    os.close(ours)
