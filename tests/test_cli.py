from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from translate.__main__ import main
from translate.cli.inputs import Input, plan
from translate.errors import InputError, OutputError

Command = Callable[..., "subprocess.CompletedProcess[str]"]
HEAVY = ("torch", "transformers", "ctranslate2", "sentencepiece", "opencc", "lxml", "docx", "sacrebleu", "simplemma")
SHORT = "关于做好培训工作的通知\n\n各地要做好“技能中国”行动，咨询请拨打12333。\n"


@pytest.fixture
def short(tmp_path: Path) -> Path:
    path = tmp_path / "通知 一.txt"
    path.write_text(SHORT, encoding="utf-8")
    return path


# --- what the whole program promises


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["models", "--help"], ["--version"]])
def test_help_needs_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from translate.__main__ import main\n"
        f"sys.argv = ['translate', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit as stop:\n    assert not stop.code\n"
        f"loaded = [name for name in {(*HEAVY, 'numpy')!r} if name in sys.modules]\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (PermissionError(13, "Permission denied", "closed/a.txt"), 2, "error: closed/a.txt: Permission denied\n"),
        (OSError("no space"), 2, "error: no space\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
    ],
)
def test_what_no_command_has_foreseen_is_one_line(
    raised: BaseException, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def app() -> None:
        raise raised

    monkeypatch.setattr("translate.cli.app", app)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert (stopped.value.code, capsys.readouterr().err) == (code, said)


def test_the_help_of_run_has_examples(command: Command) -> None:
    assert "translate run notice.docx" in command("run", "--help").stdout


def test_shell_completion_is_offered(command: Command) -> None:
    assert "--install-completion" in command("--help").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "none.txt"], "none.txt"),
        (["run"], "Missing argument"),
        (["frobnicate"], "No such command"),
        (["run", "x.txt", "--beam-size", "0"], "--beam-size"),
        (["run", "x.txt", "--engine", "slow"], "--engine"),
        (["run", "-", "--model", "nothing"], "no model 'nothing'"),
        (["run", "x.txt", "--model", "nothing"], "x.txt: no such file"),
        (["run", "x.txt", "--write", ","], "--write: names nothing"),
        (["align", "x.txt", "--write", ""], "--write: names nothing"),
        (["run", "x" * 300], "too long"),
        (["models", "show", "nothing"], "no model 'nothing'"),
        (["models", "remove", "builtin"], "cannot be removed"),
        (["models", "remove", "nothing"], "no model 'nothing'"),
    ],
)
def test_wrong_use_is_one_clear_message_and_exit_code_2(command: Command, arguments: list[str], said: str) -> None:
    done = command(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


# --- run


def test_a_run_writes_its_files_and_ends_with_a_table(command: Command, short: Path, tmp_path: Path) -> None:
    done = command("run", short, "--model", "builtin")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "outputs" / short.stem
    assert {path.name for path in folder.iterdir()} == {
        "aligned.tsv",
        "aligned.xlsx",
        "report.html",
        "translation.txt",
        "run.json",
    }
    for word in ("segments", "flagged", "terms", "characters a second", "builtin", "aligned.tsv", "run.json"):
        assert word in done.stdout
    assert "\x1b" not in done.stdout  # colours on a terminal only
    assert "12333" in (folder / "translation.txt").read_text(encoding="utf-8")


def test_a_name_with_brackets_is_shown_as_it_is(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a[").mkdir()
    document = Path("a[") / "b][red].txt"
    (tmp_path / document).write_text("各地要加强领导。\n", encoding="utf-8")
    done = command("run", document, "--model", "builtin", "--output", "[", "--write", "tsv")
    assert done.returncode == 0, done.stderr
    assert str(document) in done.stdout
    (tmp_path / "x[").mkdir()
    (tmp_path / document).rename(tmp_path / "x[" / "bold].txt")
    done = command("run", "x[/bold].txt", "--model", "builtin", "--output", "y", "--write", "tsv")
    assert "x[/bold].txt" in done.stdout, done.stderr


def test_the_second_run_of_the_same_is_done_already(command: Command, short: Path) -> None:
    command("run", short, "--model", "builtin")
    done = command("run", short, "--model", "builtin")
    assert done.returncode == 0
    assert "done before" in done.stdout


def test_another_document_does_not_overwrite(command: Command, short: Path, tmp_path: Path) -> None:
    command("run", short, "--model", "builtin", "--output", "out")
    before = (tmp_path / "out" / "aligned.tsv").read_bytes()
    short.write_text("别的通知\n", encoding="utf-8")
    refused = command("run", short, "--model", "builtin", "--output", "out")
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert (tmp_path / "out" / "aligned.tsv").read_bytes() == before
    assert command("run", short, "--model", "builtin", "--output", "out", "--force").returncode == 0
    assert (tmp_path / "out" / "aligned.tsv").read_bytes() != before


def test_json_is_one_value_with_an_object_a_document(command: Command, short: Path) -> None:
    done = command("run", short, "--model", "builtin", "--json")
    [summary] = json.loads(done.stdout)
    assert summary["input"] == str(short)
    assert summary["segments"] == 2
    assert set(summary["flagged"]) == {"error", "warning", "note"}


def test_from_standard_input_to_standard_output(command: Command, tmp_path: Path) -> None:
    done = command("run", "-", "--model", "builtin", stdin=SHORT.encode("gb18030"))
    assert done.returncode == 0, done.stderr
    assert "12333" in done.stdout
    assert len(done.stdout.strip().split("\n\n")) == 2
    assert not list(tmp_path.iterdir())


def test_a_folder_goes_through_and_a_bad_document_does_not_stop_the_others(command: Command, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    (archive / "deep").mkdir(parents=True)
    (archive / "good.txt").write_text(SHORT, encoding="utf-8")
    (archive / "deep" / "good.md").write_text("# " + SHORT, encoding="utf-8")
    (archive / "bad.docx").write_bytes(b"PK\x03\x04 not a document")
    (archive / ".hidden.txt").write_text(SHORT, encoding="utf-8")
    done = command("run", archive, "--model", "builtin", "--output", "out", "--json")
    assert done.returncode == 2
    assert "bad.docx" in done.stderr
    summaries = {Path(summary["input"]).name: summary for summary in json.loads(done.stdout)}
    assert set(summaries) == {"good.txt", "good.md", "bad.docx"}
    assert summaries["bad.docx"]["error"]
    assert (tmp_path / "out" / "good.txt" / "aligned.tsv").is_file()
    assert (tmp_path / "out" / "good.md" / "translation.md").is_file()


def test_the_exit_code_says_whether_there_were_findings(command: Command, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(SHORT, encoding="utf-8")
    (tmp_path / "own.tsv").write_text("source\ttarget\n各地\tZXQ Places\n", encoding="utf-8")
    arguments = ["run", "x.txt", "--model", "builtin", "--output"]
    assert command(*arguments, "a", "--fail-on", "error", "--no-glossary").returncode in (0, 1)
    summary = json.loads(command(*arguments, "b", "--fail-on", "note", "--json").stdout)[0]
    done = command(*arguments, "b", "--fail-on", "note")
    assert done.returncode == (1 if any(summary["flagged"].values()) else 0)


def test_a_glossary_of_two_columns_wins(command: Command, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("要深入实施灯塔匠人行动。", encoding="utf-8")
    (tmp_path / "own.tsv").write_text("source\ttarget\n灯塔匠人\tBeacon Artisans\n", encoding="utf-8")
    command("run", "x.txt", "--model", "builtin", "--glossary", "own.tsv", "--output", "out")
    assert "Beacon Artisans" in (tmp_path / "out" / "translation.txt").read_text(encoding="utf-8")
    manifest = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert manifest["terms"][0]["layer"] == "own.tsv"


def test_dry_run_counts_without_a_model_or_a_file(command: Command, short: Path, tmp_path: Path) -> None:
    done = command("run", short, "--dry-run", "--json", "--model", "no/such-model")
    [row] = json.loads(done.stdout)
    assert (row["blocks"], row["segments"]) == (2, 2)
    assert row["terms"] >= 2
    assert not (tmp_path / "outputs").exists()
    assert "2 segments" in command("run", short, "--dry-run").stdout


def test_settings_come_from_the_file_in_the_working_directory(command: Command, short: Path, tmp_path: Path) -> None:
    (tmp_path / "translate.toml").write_text('model = "builtin"\noutput = "there"\n', encoding="utf-8")
    assert command("run", short).returncode == 0
    assert (tmp_path / "there" / "run.json").is_file()
    (tmp_path / "translate.toml").write_text('modell = "builtin"\n', encoding="utf-8")
    refused = command("run", short)
    assert refused.returncode == 2
    assert "did you mean 'model'" in refused.stderr


def test_models_list_as_json(command: Command) -> None:
    models = {model["name"]: model for model in json.loads(command("models", "list", "--json").stdout)}
    assert models["builtin"]["licence"] == "mit"
    assert models["builtin"]["size"] > 1e6
    assert "builtin" in command("models", "list").stdout


def test_a_terminal_that_cannot_show_chinese_is_no_error(command: Command, short: Path) -> None:
    # Python 3.11 does not start in this locale where it is itself in a folder with Chinese in its name.
    locale = {"LC_ALL": "C"} if str(ROOT).isascii() else {}
    done = command("run", short, "--model", "builtin", PYTHONIOENCODING="ascii", **locale)
    assert done.returncode == 0, done.stderr


# --- where results go


@pytest.mark.parametrize(
    ("inputs", "output", "folders"),
    [
        (["a/notice.docx"], None, ["outputs/notice"]),
        (["a/notice.docx"], "here", ["here"]),
        (["a/x.txt", "b/y.txt"], None, ["outputs/x", "outputs/y"]),
        (["x.txt", "x.docx"], "out", ["out/x.txt", "out/x.docx"]),
        (["a/x.txt", "b/x.txt"], None, ["outputs/a__x.txt", "outputs/b__x.txt"]),
        (["a/x.txt", "a/x.txt"], None, ["outputs/x"]),
        (["-"], None, [None]),
        (["-"], "out", ["out"]),
    ],
)
def test_every_input_gets_a_folder_of_its_own(inputs: list[str], output: str | None, folders: list[str | None]) -> None:
    tasks = plan(inputs, Path(output) if output else None)
    assert [str(task.folder) if task.folder else None for task in tasks] == folders


@pytest.mark.parametrize(("output", "there"), [("out", "out/summary.html"), (None, "outputs/summary.html")])
def test_the_report_on_all_documents_is_no_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str | None, there: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt", there):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"a")
    assert [task.path for task in plan(["."], Path(output) if output else None)] == ["a.txt", "b.txt"]
    assert [task.path for task in plan([str(Path(there).parent)], Path("elsewhere"))] == [there]


def test_a_folder_without_documents_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"")
    with pytest.raises(InputError, match="no documents"):
        plan([str(tmp_path)], None)


def test_the_results_of_a_run_are_no_documents(tmp_path: Path) -> None:
    for name in ("a.txt", "outputs/a/run.json", "outputs/a/aligned.xlsx", "outputs/a/translation.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert [one.path for one in plan([str(tmp_path)], None)] == [str(tmp_path / "a.txt")]


def made(folder: Path, document: str, *names: str) -> None:
    """What a finished run leaves."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"made")
    manifest = {"input": {"path": document}, "outputs": dict.fromkeys(names, "")}
    (folder / "run.json").write_text(json.dumps(manifest), encoding="utf-8")


def planned(folder: Path, output: Path) -> dict[str, str]:
    """Documents and where their results go, both seen from the folder above."""
    return {
        str(Path(one.path).relative_to(folder.parent)): str(one.folder and one.folder.relative_to(folder.parent))
        for one in plan([str(folder)], output)
    }


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"a")
    return folder


RESULTS = ("aligned.xlsx", "report.html", "translation.txt")


def test_results_beside_their_document_are_none_and_it_stays_one(documents: Path) -> None:
    first = planned(documents, documents)
    made(documents, "in/a.txt", *RESULTS)
    (documents / "aligned (1).xlsx").write_bytes(b"a copy that a reviewer sent")
    made(documents / "reviewed", "in/a.txt", "final.txt", "aligned.xlsx")
    assert planned(documents, documents) == first == {"in/a.txt": "in"}
    assert [one.path for one in plan([str(documents.parent)], Path("elsewhere"))] == [str(documents / "a.txt")]


def test_results_of_several_documents_in_their_own_folder(documents: Path) -> None:
    (documents / "b.txt").write_bytes(b"b")
    first = planned(documents, documents)
    for name in "ab":
        made(documents / name, f"in/{name}.txt", *RESULTS)
    (documents / "summary.json").write_text('{"archive": {}}', encoding="utf-8")
    (documents / "summary.html").write_bytes(b"ours")
    assert planned(documents, documents) == first == {"in/a.txt": "in/a", "in/b.txt": "in/b"}
    (documents / "summary-2024.html").write_bytes(b"a document of somebody's own")
    assert "in/summary-2024.html" in planned(documents, documents)


def test_results_that_a_killed_run_left_are_no_documents(documents: Path) -> None:
    (documents / ".begun-0123456789abcdef").touch()
    for name in (*RESULTS, "changes.docx"):
        (documents / name).write_bytes(b"half of it")
    assert planned(documents, documents) == {"in/a.txt": "in"}


def test_documents_of_a_folder_that_something_else_was_written_into_stay_documents(documents: Path) -> None:
    made(documents, "standard input", *RESULTS)
    assert planned(documents, documents.parent / "out") == {"in/a.txt": "out"}


def test_results_never_go_into_a_folder_of_documents_or_onto_one(documents: Path) -> None:
    (documents / "a").mkdir()
    (documents / "a" / "x.txt").write_bytes(b"x")
    folders = planned(documents, documents)
    assert set(folders) == {"in/a.txt", "in/a/x.txt"}
    assert not {"in/a", "in/a.txt"} & set(folders.values())
    for name, folder in folders.items():
        made(documents.parent / folder, name, *RESULTS)
    assert planned(documents, documents) == folders


def test_two_formats_of_a_name_in_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "a.md"):
        Path(name).write_bytes(b"a")
    folders = {one.path: one.folder for one in plan(["."], Path())}
    assert len(set(folders.values())) == 2
    assert not any(folder is None or folder.is_file() for folder in folders.values())


def test_a_folder_of_results_says_that_it_holds_nothing_else(documents: Path) -> None:
    (documents / "a.txt").unlink()
    made(documents, "b/a.txt", *RESULTS)
    with pytest.raises(InputError, match="nothing but results"):
        plan([str(documents)], None)


def test_documents_that_lie_where_the_results_go_are_told(documents: Path) -> None:
    with pytest.raises(InputError, match="choose another --output"):
        plan([str(documents.parent)], documents)


@pytest.mark.parametrize("below", [".", "deep/er"])
@pytest.mark.parametrize("inputs", [["x.txt"], ["x.txt", "y.txt"], ["-"]])
def test_a_file_is_no_folder_for_results(tmp_path: Path, inputs: list[str], below: str) -> None:
    (tmp_path / "text").write_bytes(b"mine")
    with pytest.raises(OutputError, match=r"a file, but results go into a folder.*--output"):
        plan(inputs, tmp_path / "text" / below)
    assert (tmp_path / "text").read_bytes() == b"mine"


def test_a_path_is_a_task_as_it_is_given() -> None:
    assert plan(["x.txt"], None) == [Input("x.txt", Path("outputs/x"))]


def test_make_names_the_two_commands() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "\ndemo:" in makefile
    assert "\ntest:" in makefile
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert shutil.which("make")
