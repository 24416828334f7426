"""XLIFF as it is written: valid by the rules of its specification, the same every time, and read back whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.bilingual.sheets import make_run
from translate.bilingual import dumps, file_name, load_rows, xliff2, xliff12
from translate.bilingual.rows import Row, row_of
from translate.errors import OutputError
from translate.formats import guard
from translate.records import Match, Run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

FORMATS = {"xlf": xliff12, "xliff": xliff2}
SCHEMAS = {
    name: etree.RelaxNG(etree.parse(Path(__file__).with_name(file)))
    for name, file in (("xlf", "xliff12.rng"), ("xliff", "xliff21.rng"))
}
HARD = (
    ("控制\x07字符", "a \x00 bell \x1b[31m \x85 \ufffe\uffff"),
    ("单个\ud800代理\udfff", "lone \ud83d surrogates"),
    ("<标签>&实体;“引号”\"'", "<b>&amp; ]]> \"'"),
    ("\u3000缩进\t制表\n换行\r回车\r\n两者 ", "  spaces\tand\nlines\r\nhere  "),
    ("𠮷", "a rare character 𠮷"),
    (r"路径 C:\new\x07", r"path C:\new\x07\u0041"),
    ("", "an addition without a source"),
    ("未译", ""),
)
both = pytest.mark.parametrize("name", FORMATS)


def hard_run() -> Run:
    run = make_run(HARD)
    units = list(run.units)
    units[1] = replace(
        units[1],
        matches=(Match("控制\x07", "Control\x07", 0.854, "plan.txt; accepted"), Match("符", "sign", 0.5)),
        origin="memory",
    )
    units[2] = replace(units[2], score=None, origin="")
    return Run(replace(run.document, path='notices/"一" & <二>\x01.docx', format="docx"), tuple(units), run.manifest)


def check_valid(data: bytes, name: str) -> None:
    """The schema, and what it cannot say: ids that are unique where they must be."""
    root = etree.fromstring(data)
    SCHEMAS[name].assertValid(root)
    ids = [unit.get("id") for unit in root.iter("{*}trans-unit", "{*}unit")]
    assert len(set(ids)) == len(ids)
    for text in root.iter("{*}source", "{*}target"):
        inner = [element.get("id") for element in text.iter("{*}ph")]
        assert len(set(inner)) == len(inner)
    for state in root.xpath("//*[@subState]"):
        assert state.get("state")


def rows_as_made(run: Run) -> list[Row]:
    return [row_of(unit) for unit in run.units]


@both
@pytest.mark.parametrize("run", [make_run(), hard_run()], ids=["plain", "hard"])
def test_what_is_written_is_valid_and_comes_back(run: Run, name: str) -> None:
    data = dumps(run, name)
    check_valid(data, name)
    assert data == dumps(run, name)
    back = FORMATS[name].loads(data, "x")
    made = rows_as_made(run)
    if name == "xliff":  # the glossary module has the terms themselves, not what became of them
        assert back[0].terms == "技能中国 = Skills China; 新时代 = new era / new age"
        back, made = ([replace(row, terms="") for row in rows] for rows in (back, made))
    assert list(back) == made


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("xlf", 'state="translated"', 'state="done"'),
        ("xlf", 'original="a.txt" ', ""),
        ("xlf", ' id="b0001.s01"', ""),
        ("xlf", 'priority="1"', 'priority="11"'),
        ("xlf", "source>", "seg-source>"),
        ("xlf", 'version="1.2"', 'version="1.3"'),
        ("xliff", 'state="translated"', 'state="done"'),
        ("xliff", "policy-translate:new", "new"),
        ("xliff", 'srcLang="zh-CN"', ""),
        ("xliff", "<note category", '<note who="x" category'),
    ],
)
def test_the_schemas_refuse_what_is_not_allowed(name: str, before: str, after: str) -> None:
    data = dumps(make_run(), name).decode()
    assert before in data
    broken = data.replace('<source xml:lang="zh-CN">', "<source>").replace(before, after)
    assert not SCHEMAS[name].validate(etree.fromstring(broken.encode()))


@both
@pytest.mark.parametrize(
    ("cells", "states", "approved"),
    [
        ({}, ("translated", "translated"), False),
        ({"severity": "note"}, ("translated", "translated"), False),
        ({"severity": "warning"}, ("needs-review-translation", "translated"), False),
        ({"severity": "error"}, ("needs-review-translation", "translated"), False),
        ({"target": ""}, ("needs-translation", "initial"), False),
        ({"status": "accepted", "severity": "error"}, ("final", "final"), True),
        ({"status": "edited", "reviewed": "Fourty"}, ("final", "final"), True),
        ({"reviewed": "Fourty"}, ("final", "final"), True),
        ({"status": "rejected"}, ("needs-translation", "translated"), False),
        ({"status": "rejected", "target": ""}, ("needs-translation", "initial"), False),
    ],
)
def test_states(name: str, cells: dict[str, str], states: tuple[str, str], approved: bool) -> None:
    run = make_run((("四十", cells.get("target", "Forty")),))
    rows = [row_of(run.units[0]), replace(row_of(run.units[1]), **cells)]
    data = FORMATS[name].dumps(run, rows)
    check_valid(data, name)
    unit = list(etree.fromstring(data).iter("{*}trans-unit", "{*}unit"))[1]
    stated = unit.xpath("*[local-name()='target' or local-name()='segment']/@state")
    assert stated == [states[name == "xliff"]]
    assert unit.get("approved") == ("yes" if approved and name == "xlf" else None)
    back = FORMATS[name].loads(data, "x")[1]
    assert (back.target, back.reviewed) == (rows[1].target, rows[1].reviewed)
    assert back.status == ("edited" if rows[1].reviewed else rows[1].status)


@both
def test_what_a_reviewer_said_travels(name: str) -> None:
    run = make_run()
    rows = [replace(row, comment="ok: number\nsecond <line>", status="accepted") for row in rows_as_made(run)]
    data = FORMATS[name].dumps(run, rows)
    check_valid(data, name)
    assert [(row.comment, row.status) for row in FORMATS[name].loads(data, "x")] == [
        ("ok: number\nsecond <line>", "accepted")
    ] * len(rows)


def test_ids_that_are_no_tokens_stand_elsewhere() -> None:
    run = make_run((("甲", "A"), ("乙", "B"), ("丙", "C")))
    names = ["added.b0001", "两", "b0002.s01 (2)", "b<&>\x07"]
    units = tuple(replace(unit, id=name) for unit, name in zip(run.units, names, strict=True))
    data = xliff2.dumps(Run(run.document, units, {}))
    check_valid(data, "xliff")
    assert [row.id for row in xliff2.loads(data, "x")] == names


def test_a_run_without_a_name_or_a_format_has_what_the_schema_needs() -> None:
    run = make_run()
    for name in FORMATS:
        check_valid(dumps(Run(replace(run.document, path="", format=""), run.units, {}), name), name)


@both
def test_the_content_tells_the_version_not_the_suffix(name: str, tmp_path: Path) -> None:
    data = dumps(make_run(), name)
    for suffix in FORMATS:
        path = tmp_path / file_name(suffix)
        path.write_bytes(data)
        assert path.name in ("aligned.xlf", "aligned.xliff")
        assert [row.target for row in load_rows(path)] == ["Skills China", "Forty", "40%"]


@both
def test_a_file_too_large_to_be_read_back_is_not_written(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "TAGS", 100)
    with pytest.raises(OutputError, match="more than an XLIFF file can hold"):
        dumps(make_run((("甲", "A"),) * 10), name)


texts = st.text(st.characters(codec=None), max_size=30)


@both
@settings(max_examples=40, deadline=None)
@given(pairs=st.lists(st.tuples(texts, texts), min_size=1, max_size=3))
def test_any_text_comes_back(name: str, pairs: Sequence[tuple[str, str]]) -> None:
    run = make_run(tuple(pairs))
    data = dumps(run, name)
    check_valid(data, name)
    module: ModuleType = FORMATS[name]
    assert [(row.source, row.target, row.reviewed) for row in module.loads(data, "x")][1:] == [
        (source, target, "") for source, target in pairs
    ]
