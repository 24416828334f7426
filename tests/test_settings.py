from __future__ import annotations

import os
from pathlib import Path

import pytest

from translate.errors import SettingsError
from translate.records import Severity
from translate.settings import Settings


def settings_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "translate.toml"
    path.write_text(text, encoding="utf-8")
    return path


def gather(tmp_path: Path, text: str = "", environment: dict[str, str] | None = None, **options: object) -> Settings:
    return Settings.gather(options, file=settings_file(tmp_path, text), environment=environment or {})


def test_each_source_wins_over_the_one_before(tmp_path: Path) -> None:
    assert gather(tmp_path).beam_size == 4
    assert gather(tmp_path, "beam_size = 5").beam_size == 5
    assert gather(tmp_path, "beam_size = 5", {"TRANSLATE_BEAM_SIZE": "6"}).beam_size == 6
    assert gather(tmp_path, "beam_size = 5", {"TRANSLATE_BEAM_SIZE": "6"}, beam_size=7).beam_size == 7
    assert gather(tmp_path, "beam_size = 5", beam_size=None).beam_size == 5


def test_a_file_in_the_working_directory_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings_file(tmp_path, 'model = "builtin"')
    monkeypatch.chdir(tmp_path)
    assert Settings.gather({}, environment={}).model == "builtin"


def test_paths_in_a_file_are_seen_from_its_folder(tmp_path: Path) -> None:
    settings = gather(tmp_path, 'glossary = ["a.tsv", "b.tsv"]\noutput = "out"')
    assert settings.glossary == (tmp_path / "a.tsv", tmp_path / "b.tsv")
    assert settings.output == tmp_path / "out"
    assert gather(tmp_path, 'glossary = "a.tsv"').glossary == (tmp_path / "a.tsv",)


def test_glossaries_in_the_environment_are_a_path_list(tmp_path: Path) -> None:
    settings = gather(tmp_path, "", {"TRANSLATE_GLOSSARY": os.pathsep.join(["a.tsv", "b.tsv"])})
    assert settings.glossary == (Path("a.tsv"), Path("b.tsv"))


def test_severities_of_checks(tmp_path: Path) -> None:
    settings = gather(tmp_path, '[checks]\nquotes = "off"\nnumber = "warning"')
    assert settings.severities == {"quotes": None, "number": Severity.WARNING}


@pytest.mark.parametrize(
    ("text", "environment", "options", "said"),
    [
        ("beam_sise = 5", {}, {}, "unknown setting 'beam_sise' (did you mean 'beam_size'?)"),
        ("beam_size = 0", {}, {}, "translate.toml: beam_size"),
        ("beam_size = 'many'", {}, {}, "translate.toml: beam_size"),
        ("", {"TRANSLATE_BEAM_SIZE": "x"}, {}, "TRANSLATE_BEAM_SIZE"),
        ("", {}, {"engine": "fast"}, "--engine"),
        ("", {}, {"fail_on": "fatal"}, "--fail-on"),
        ("[checks]\nquotes = 'loud'", {}, {}, "checks.quotes"),
        ("model = ", {}, {}, "not valid TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, text: str, environment: dict[str, str], options: dict[str, object], said: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        gather(tmp_path, text, environment, **options)
    assert said in str(caught.value)


def test_all_problems_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        gather(tmp_path, "beam_size = 0\nthreads = -1\nfoo = 1")
    assert len(caught.value.problems) == 3


def test_a_file_that_is_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        Settings.gather({}, file=tmp_path / "none.toml", environment={})
