"""Sheets read into terms: what is understood, and every problem with its place at once."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from translate.errors import InputError
from translate.glossary import Glossary, Layer, load_glossary, shipped_glossary_directory, standard_layers
from translate.glossary.formats import read_terms
from translate.records import Rule, Term

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "source\ttarget\n就业\temployment\n技能中国\tSkills China\n"


def write(folder: Path, content: str | bytes, name: str = "team.tsv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def problems(path: Path) -> list[tuple[int | None, int | None, str]]:
    with pytest.raises(InputError) as caught:
        load_glossary([path])
    return [(problem.line, problem.column, problem.what) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "data",
    [
        SHEET.encode(),
        b"\xef\xbb\xbf" + SHEET.encode(),
        SHEET.encode("utf-16"),
        SHEET.encode("utf-16-le"),
        SHEET.encode("utf-16-be"),
        SHEET.encode("gb18030"),
        SHEET.replace("\n", "\r\n").encode(),
        SHEET.replace("\n", "\r").encode(),
        SHEET.replace("\t", ",").encode(),
        SHEET.replace("\t", ";").encode(),
        "Target\tSource\nemployment\t就业\nSkills China\t技能中国\n".encode(),
        "就业\temployment\n技能中国\tSkills China\n".encode(),
        "就业,employment,zh,en\n技能中国,Skills China,zh,en\n".encode(),
        SHEET.replace("source\ttarget", "中文\t英文").encode(),
        SHEET.replace("source\ttarget", "zh-CN\ten-US").encode(),
        ("# terms of the team\n" + SHEET).encode(),
        'source,target\n"就业","employment"\n\n,\n技能中国,"Skills China"'.encode(),
    ],
)
def test_two_columns_are_enough_in_any_encoding(tmp_path: Path, data: bytes) -> None:
    glossary = load_glossary([write(tmp_path, data, "team.csv")])
    assert [(term.source, term.target, term.layer) for term in glossary] == [
        ("就业", "employment", "team.csv"),
        ("技能中国", "Skills China", "team.csv"),
    ]


def test_all_columns(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "note\tfirst\tpos\tcategory\trule\tvariants\ttarget\tsource\n"
        "a name\tyes\tname\tprogramme\tuse\tSkills for China | China Skills|\tSkills China\t技能中国\n"
        "\t\t\t\tforbid\t\tSkill China\t技能中国\n"
        "\t\t\t\tKEEP\t\t\t12333\n",
    )
    variants = ("Skills for China", "China Skills")
    assert list(load_glossary([Layer("team", path)])) == [
        Term("技能中国", "Skills China", variants, Rule.USE, "programme", "a name", "name", True, "team"),
        Term("技能中国", "Skill China", rule=Rule.FORBID, layer="team"),
        Term("12333", "12333", rule=Rule.KEEP, layer="team"),
    ]


def test_quotation_marks_in_tab_separated_cells_stay(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'source\ttarget\tnote\n就业\t"employment"\t"jobs" or "work"\n服务\tservice\t"so-called ""service"""\n'
        '人才\ttalent\t"talent" is a mass noun\n',
    )
    assert [(term.target, term.note) for term in load_glossary([path])] == [
        ("employment", '"jobs" or "work"'),
        ("service", 'so-called "service"'),
        ("talent", '"talent" is a mass noun'),
    ]


HEAD = "source\ttarget\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [(None, None, "no terms: the sheet is empty")]),
        (
            "word\tmeaning\n",
            [
                (1, 1, "unknown column 'word'"),
                (1, 2, "unknown column 'meaning'"),
                (1, None, "no column source and no column target"),
            ],
        ),
        ("source\ttarget\tvarients\n", [(1, 3, "unknown column 'varients'")]),
        ("source\ttarget\ttarget\n", [(1, 3, "two columns for target")]),
        (HEAD + "就业\tjob\n就业\twork\n", [(3, None, "就业 is 'work' here but 'job' in line 2")]),
        (HEAD + "就業\tjob\n就业\twork\n", [(3, None, "就业 is 'work' here but 'job' in line 2")]),
        (
            HEAD + "就业\t\n\tjobs\n“”\tx\n",
            [
                (2, 2, "target is empty for 就业"),
                (3, 1, "source is empty beside 'jobs'"),
                (4, 1, "source has marks only: “”"),
            ],
        ),
        (
            "source\ttarget\trule\tfirst\n就业\tjobs\tmust\tperhaps\n",
            [(2, 3, "unknown rule 'must'"), (2, 4, "first is 'perhaps'")],
        ),
        (
            HEAD + '就业\t=HYPERLINK("x")\n服务\t@SUM(A1)\n',
            [(2, 2, 'formula in target: =HYPERLINK("x")'), (3, 2, "formula in target: @SUM(A1)")],
        ),
        ("source,target\n就业,jobs, employment\n", [(2, None, "3 cells, but 2 columns")]),
        (
            'source,target\n就业,"jobs\nemployment"\n服务,=1\n',
            [(2, 2, "line break in target"), (4, 2, "formula in target: =1")],
        ),
        (
            'source,target\n就业,=1\n服务,"serv\nice\n',
            [(2, 2, "formula in target: =1"), (3, None, "not readable as CSV from here: unexpected end of data")],
        ),
        (HEAD + "业" * 501 + "\tjobs\n", [(2, 1, "source has 501 characters")]),
        (HEAD + "就\0业\tjobs\n", [(2, None, "control character U+0000")]),
        ((HEAD + "就业\tjobs\n").encode() + b"\xff\xfe\n", [(3, None, "byte 0xFF is not UTF-8")]),
    ],
)
def test_problems_have_their_place(
    tmp_path: Path, content: str | bytes, expected: list[tuple[int | None, int | None, str]]
) -> None:
    found = problems(write(tmp_path, content))
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_problems_of_all_sheets_come_at_once(tmp_path: Path) -> None:
    first, second = write(tmp_path, "source\n", "a.tsv"), write(tmp_path, "source\ttarget\n业\t\n", "b.tsv")
    with pytest.raises(InputError) as caught:
        load_glossary([first, second, tmp_path / "none.tsv", tmp_path / "empty"])
    assert [problem.path for problem in caught.value.problems] == [
        str(path) for path in (first, second, tmp_path / "none.tsv", tmp_path / "empty")
    ]


def test_conflicts_between_the_sheets_of_a_folder_name_both(tmp_path: Path) -> None:
    write(tmp_path, "source\ttarget\n就业\temployment\n", "a.tsv")
    write(tmp_path, "source\ttarget\n就业\tjobs\n", "b.csv")
    assert problems(tmp_path) == [(2, None, f"就业 is 'jobs' here but 'employment' in {tmp_path / 'a.tsv'}:2")]


def test_the_same_row_twice_is_no_matter(tmp_path: Path) -> None:
    assert len(load_glossary([write(tmp_path, SHEET + "就业\temployment\n")])) == 2


def test_two_hundred_thousand_rows_give_all_problems_in_bounded_time(tmp_path: Path) -> None:
    rows = (f"词{number:06d}\tterm {number}" + "\tx" * (number % 2) for number in range(200_000))
    start = time.perf_counter()
    placed, wrong = read_terms(write(tmp_path, HEAD + "\n".join(rows)))
    assert len(placed) == len(wrong) == 100_000
    assert wrong[-1].line == 200_001
    assert time.perf_counter() - start < 30


def test_later_layers_override_by_source() -> None:
    shipped = [
        Term("人才", "talent", ("talented people",), layer="shipped"),
        Term("人才", "gifted people", ("talents",), rule=Rule.FORBID, layer="shipped"),
        Term("就业", "employment", layer="shipped"),
        Term("群众", "the people", layer="shipped"),
    ]
    team = [
        Term("人材", "skilled people", layer="team"),
        Term("人才", "gifted people", layer="team"),
        Term("群众", "the people", rule=Rule.FORBID, layer="team"),
        Term("職業", "occupation", layer="team"),
    ]
    assert list(Glossary.of(shipped, team)) == [
        Term("人才", "gifted people", layer="team"),
        Term("人才", "talents", rule=Rule.FORBID, layer="shipped"),
        Term("就业", "employment", layer="shipped"),
        Term("人材", "skilled people", layer="team"),
        Term("職業", "occupation", layer="team"),
        Term("群众", "the people", rule=Rule.FORBID, layer="team"),
    ]


def test_a_later_ban_takes_a_rendering_away() -> None:
    use = Term("群众", "the people", ("the public",))
    ban = Term("群众", "the people", rule=Rule.FORBID)
    assert list(Glossary.of([use], [ban])) == [Term("群众", "the public"), ban]
    assert list(Glossary.of([use, ban])) == [use, ban]


def test_a_sheet_switches_a_term_off(tmp_path: Path) -> None:
    (tmp_path / "ours.tsv").write_text("source\ttarget\trule\n人才\t\toff\n没有\t\toff\n", encoding="utf-8")
    shipped = [
        Term("人才", "talent", layer="shipped"),
        Term("人才", "gifted people", rule=Rule.FORBID, layer="shipped"),
        Term("就业", "employment", layer="shipped"),
    ]
    ours, problems = read_terms(tmp_path / "ours.tsv", layer="ours")
    assert not problems
    merged = Glossary.of(shipped, [item.term for item in ours])
    assert merged.terms == (shipped[2],)
    again = Glossary.of(shipped, [item.term for item in ours], [Term("人才", "skilled people")])
    assert again.get("人才") == (Term("人才", "skilled people"),)


def test_the_same_ban_in_two_layers_counts_once() -> None:
    ban = Term("群众", "crowds", ("mobs",), Rule.FORBID, layer="shipped")
    again = Term("群众", "Mobs", rule=Rule.FORBID, layer="user")
    assert list(Glossary.of([ban], [again])) == [Term("群众", "crowds", rule=Rule.FORBID, layer="shipped"), again]


def test_the_hash_is_of_what_counts() -> None:
    term = Term("就业", "employment")
    assert Glossary.of([term]).sha256 == Glossary.of([Term("就业", "employment", note="n", layer="x")]).sha256
    assert Glossary.of([term]).sha256 != Glossary.of([Term("就业", "employment", ("jobs",))]).sha256


def test_the_shipped_glossary_is_free_of_problems(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    glossary = load_glossary(standard_layers())
    assert glossary.layers == ("shipped",)
    assert len(glossary.get("12333")) >= 1
    assert shipped_glossary_directory().is_dir()


def test_standard_layers_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    user = tmp_path / "user"
    user.mkdir()
    monkeypatch.setattr("translate.glossary.layers.user_glossary_directory", lambda: user)
    extra = tmp_path / "mine.tsv"
    assert [layer.name for layer in standard_layers([extra], team=tmp_path)] == ["shipped", "team", "mine.tsv"]
    write(user, SHEET)
    assert [layer.name for layer in standard_layers([extra])] == ["shipped", "user", "mine.tsv"]


@pytest.mark.parametrize("size", [0, 1, 200, 5000])
def test_binary_files_end_in_a_problem(tmp_path: Path, size: int) -> None:
    placed, wrong = read_terms(write(tmp_path, bytes(range(256)) * size))
    assert placed == []
    assert wrong
