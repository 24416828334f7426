from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from translate.bilingual import FORMATS
from translate.bilingual.rows import Row, row_of
from translate.bilingual.tmx import dumps, dumps_rows, loads
from translate.errors import InputError
from translate.records import BlockKind, Document, Finding, Match, Run, Segment, Severity, Unit

HEADING = Unit(
    "b0001.s01", (Segment("b0001.s01", "b0001", "总则", BlockKind.HEADING),), "General Provisions", "plain", -0.25
)
DOUBTFUL = Unit(
    "b0002.s01",
    (Segment("b0002.s01", "b0002", "培训30万人。\x07 "),),
    "Train <300,000> people.",
    findings=(Finding("number", Severity.ERROR, "30万 has no equal & is missing"),),
    matches=(Match("培训30万人", "x", 0.9),),
)
OMITTED = Unit("b0003.s01", (Segment("b0003.s01", "b0003", "没有译文"),), "")
ADDED = Unit("b0004.s01", (), "Nobody said so.")
RUN = Run(Document("in/notice.docx", "docx", (), sha256="ab" * 32), (HEADING, DOUBTFUL, OMITTED, ADDED), {})


def test_it_is_one_of_the_aligned_formats() -> None:
    assert FORMATS["tmx"] == "translate.bilingual.tmx"


def test_the_rows_of_a_run_come_back() -> None:
    assert loads(dumps(RUN), "aligned.tmx") == tuple(map(row_of, RUN.units))


def test_the_same_run_gives_the_same_bytes_and_names_its_document() -> None:
    assert dumps(RUN) == dumps(RUN)
    assert dumps(RUN).count(b'<prop type="x-document">notice.docx</prop>') == 4


def test_it_has_the_structure_of_tmx() -> None:
    etree.RelaxNG(etree.parse(Path(__file__).with_name("tmx14.rng"))).assertValid(etree.fromstring(dumps(RUN)))


def test_what_a_reviewer_did_comes_back() -> None:
    row = Row("b0001.s01", "b0001", "paragraph", "一", "one", "One", "edited", comment="capital\nsecond line")
    data = dumps_rows([row])
    assert b"<seg>One</seg>" in data
    assert loads(data, "x.tmx") == (row,)


def test_an_edit_in_a_cat_tool_is_the_target() -> None:
    (row,) = loads(dumps_rows([row_of(HEADING)]).replace(b"General Provisions", b"General Rules"), "x.tmx")
    assert (row.id, row.target, row.reviewed, row.status) == ("b0001.s01", "General Rules", "", "new")


def test_several_texts_of_a_language_are_several_rows() -> None:
    data = """<tmx version="1.4"><body>
      <tu><tuv xml:lang="zh-CN"><seg>一</seg></tuv><tuv xml:lang="en-GB"><seg>one</seg></tuv>
        <tuv xml:lang="en-US"><seg>a</seg></tuv></tu>
      <tu tuid="x"><tuv xml:lang="zh"><seg>二</seg></tuv></tu>
      <tu><tuv xml:lang="de"><seg>drei</seg></tuv></tu></body></tmx>"""
    rows = loads(data.encode(), "x.tmx")
    assert [(row.id, row.source, row.target) for row in rows] == [
        ("1", "一", "one"),
        ("1 (2)", "一", "a"),
        ("x", "二", ""),
    ]


def test_a_memory_of_other_languages_is_told() -> None:
    data = b'<tmx version="1.4"><body><tu><tuv xml:lang="de"><seg>eins</seg></tuv></tu></body></tmx>'
    with pytest.raises(InputError, match="no unit of it has a text in Chinese"):
        loads(data, "x.tmx")
