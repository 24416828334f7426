"""Glossaries exported and read back, files of other programs, and files that are out to do harm."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from translate.errors import InputError
from translate.glossary import Glossary
from translate.glossary.formats import ENCODERS, READERS, encode_terms, read_terms
from translate.records import Rule, Term

if TYPE_CHECKING:
    from pathlib import Path

TERMS = [
    Term("技能中国", "Skills China", ("China Skills",), Rule.USE, "programme", "A <b> & c", "name", first_mention=True),
    Term("农民工", "rural migrant workers", ("migrant workers", "rural migrants"), category="people", pos="noun"),
    Term("农民工", "peasant workers", ("peasants",), Rule.FORBID, "people", '"peasant" is slighting', "noun"),
    Term("12333", "12333", rule=Rule.KEEP, category="hotline", note='"never" 12,333'),
    Term("弱势群体", "weak groups", rule=Rule.FORBID, note="say who is meant"),
]
SUFFIX = {"tsv": ".tsv", "csv": ".csv", "xlsx": ".xlsx", "tbx": ".tbx", "martif": ".xml"}


def read(folder: Path, data: bytes, suffix: str) -> list[Term]:
    path = folder / f"terms{suffix}"
    path.write_bytes(data)
    placed, problems = read_terms(path)
    assert problems == []
    return [item.term for item in placed]


def problems_of(folder: Path, data: bytes, suffix: str) -> list[str]:
    path = folder / f"terms{suffix}"
    path.write_bytes(data)
    _placed, problems = read_terms(path)
    assert problems
    assert all(problem.path == str(path) for problem in problems)
    return [problem.what for problem in problems]


@pytest.mark.parametrize("format", ["tsv", "xlsx", "tbx"])
def test_everything_comes_back(tmp_path: Path, format: str) -> None:
    assert read(tmp_path, encode_terms(TERMS, format), SUFFIX[format]) == TERMS


def test_martif_loses_only_the_notes_of_bans_beside_a_rendering(tmp_path: Path) -> None:
    ban = Term("农民工", "peasant workers", ("peasants",), Rule.FORBID, "people", "", "noun")
    assert read(tmp_path, encode_terms(TERMS, "martif"), ".xml") == [*TERMS[:2], ban, *TERMS[3:]]


def test_two_columns_hold_source_and_target(tmp_path: Path) -> None:
    expected = [Term(term.source, term.target) for term in TERMS if term.rule is not Rule.FORBID]
    assert read(tmp_path, encode_terms(TERMS, "csv"), ".csv") == expected
    assert encode_terms([Term("甲", 'a "b", c')], "csv").decode() == '甲,"a ""b"", c"\n'


@pytest.mark.parametrize("format", ENCODERS)
def test_the_same_terms_give_the_same_bytes(format: str) -> None:
    assert encode_terms(TERMS, format) == encode_terms(TERMS, format)


@pytest.mark.parametrize("format", ["tsv", "xlsx", "tbx", "martif"])
def test_the_shipped_glossary_comes_back(tmp_path: Path, format: str) -> None:
    from translate.glossary import load_glossary, shipped_glossary_directory

    shipped = load_glossary([shipped_glossary_directory()])
    back = Glossary.of(read(tmp_path, encode_terms(shipped, format), SUFFIX[format]))
    rendered = {
        term.source: (term.target, term.variants, term.rule) for term in shipped if term.rule is not Rule.FORBID
    }
    assert {
        term.source: (term.target, term.variants, term.rule) for term in back if term.rule is not Rule.FORBID
    } == rendered
    banned = {
        (term.source, text) for term in shipped if term.rule is Rule.FORBID for text in (term.target, *term.variants)
    }
    assert {
        (term.source, text) for term in back if term.rule is Rule.FORBID for text in (term.target, *term.variants)
    } == banned


def test_unknown_formats_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the formats are tsv, csv, xlsx, tbx, martif"):
        encode_terms(TERMS, "ods")
    assert problems_of(tmp_path, b"", ".ods") == ["unknown kind of glossary '.ods'"]
    assert [problem.what for problem in read_terms(tmp_path / "none")[1]] == ["no such file"]


OTHER_MARTIF = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader/><text><body>
<termEntry id="1"><descripGrp><descrip type="subjectField">labour</descrip></descripGrp>
<langSet xml:lang="en-GB"><ntig><termGrp><term>work  injury
insurance</term></termGrp><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></ntig>
<tig><term>workers' compensation</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
<tig><term>accident cover</term><termNote type="normativeAuthorization">deprecatedTerm</termNote></tig></langSet>
<langSet xml:lang="zh-Hans"><tig><term>工伤保险</term><termNote type="partOfSpeech">noun</termNote></tig>
<tig><term>工伤险</term></tig></langSet>
<langSet xml:lang="fr"><tig><term>assurance</term></tig></langSet></termEntry>
<termEntry id="2"><langSet xml:lang="zh"><tig><term>没有英文</term></tig></langSet></termEntry>
<termEntry id="3"><langSet xml:lang="zh"><tig><term>APP</term></tig></langSet>
<langSet xml:lang="en"><tig><term>APP</term></tig></langSet></termEntry>
</body></text></martif>"""


def test_martif_of_other_programs(tmp_path: Path) -> None:
    targets = ("workers' compensation", ("work injury insurance",))
    assert read(tmp_path, OTHER_MARTIF.encode(), ".tbx") == [
        Term("工伤保险", *targets, category="labour", pos="noun"),
        Term("工伤保险", "accident cover", rule=Rule.FORBID, category="labour", pos="noun"),
        Term("工伤险", *targets, category="labour"),
        Term("工伤险", "accident cover", rule=Rule.FORBID, category="labour"),
        Term("APP", "APP", rule=Rule.KEEP),
    ]


def test_tbx_by_attributes_and_by_tags_are_the_same(tmp_path: Path) -> None:
    concept = (
        '<tbx style="{}" type="TBX-Basic" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min">'
        '<text><body><conceptEntry id="c1">{}<langSec xml:lang="zh"><termSec><term>就业</term></termSec></langSec>'
        '<langSec xml:lang="en"><termSec><term>employment</term></termSec><termSec><term>jobbing</term>{}</termSec>'
        "</langSec></conceptEntry></body></text></tbx>"
    )
    tags = concept.format(
        "dct",
        "<min:subjectField>work</min:subjectField>",
        "<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus>",
    )
    attributes = concept.format(
        "dca",
        '<descrip type="subjectField">work</descrip>',
        '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>',
    )
    expected = [
        Term("就业", "employment", category="work"),
        Term("就业", "jobbing", rule=Rule.FORBID, category="work"),
    ]
    assert read(tmp_path, tags.encode(), ".tbx") == read(tmp_path, attributes.encode(), ".tbx") == expected


def concept(term: str) -> str:
    sections = (("zh", term), ("en", "x"))
    inner = "".join(f'<langSec xml:lang="{at}"><termSec><term>{of}</term></termSec></langSec>' for at, of in sections)
    return f"<tbx><conceptEntry>{inner}</conceptEntry></tbx>"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("", "not well-formed XML"),
        ("<tbx><text>", "not well-formed XML"),
        ("<html><p>x</p></html>", "no concept with a Chinese and an English term"),
        ('<!DOCTYPE tbx [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]>' + concept("业&b;"), "declares entities"),
        ('<!DOCTYPE tbx [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + concept("业&f;"), "declares entities"),
        ('<!DOCTYPE tbx [<!ENTITY f SYSTEM "http://127.0.0.1:1/x">]>' + concept("业&f;"), "declares entities"),
        (concept("业&nothing;"), "not well-formed XML"),
        ("<tbx>" * 300 + "x" + "</tbx>" * 300, "not well-formed XML: Excessive depth"),
    ],
)
def test_bad_xml(tmp_path: Path, data: str, problem: str) -> None:
    (found,) = problems_of(tmp_path, data.encode(), ".tbx")
    assert found.startswith(problem)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, data = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(data)
    return data.getvalue()


def test_workbooks_of_spreadsheets(tmp_path: Path) -> None:
    data = workbook(("Source", "Target", "First"), (), (12333, "12333", None), ("就业", " employment ", "yes"))
    assert read(tmp_path, data, ".xlsx") == [Term("12333", "12333"), Term("就业", "employment", first_mention=True)]


def test_formulas_in_workbooks_are_problems(tmp_path: Path) -> None:
    data = workbook(("source", "target"), ("就业", "=A1"), ("服务", '=HYPERLINK("http://x")'))
    path = tmp_path / "terms.xlsx"
    path.write_bytes(data)
    problems = read_terms(path)[1]
    assert [(problem.line, problem.column, problem.what) for problem in problems] == [
        (2, 2, "formula in target: =A1"),
        (3, 2, 'formula in target: =HYPERLINK("http://x")'),
    ]


def zipped(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"not a zip", "not a readable workbook"),
        (zipped(), "not a readable workbook"),
        (zipped(a=b"x"), "not a readable workbook"),
        (zipped(a=b"0" * (257 << 20)), "inflates to more than 256 MiB"),
        (zipped(**{f"p{number}": b"" for number in range(1001)}), "inflates to more than 256 MiB or 1000 parts"),
        (zipped(sheet=b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'), "sheet declares a document type"),
    ],
)
def test_bad_workbooks(tmp_path: Path, data: bytes, problem: str) -> None:
    (found,) = problems_of(tmp_path, data, ".xlsx")
    assert found.startswith(problem)


TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="|"), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=st.text("业务技能“”《》12aA ", min_size=1, max_size=6), target=TEXTS, note=TEXTS, variant=TEXTS)
@pytest.mark.parametrize("format", ["tsv", "tbx", "martif"])
def test_any_term_that_loads_comes_back(
    tmp_path: Path, format: str, source: str, target: str, note: str, variant: str
) -> None:
    path = tmp_path / "first.tsv"
    path.write_bytes(encode_terms([Term(f"业{source}", target, (variant,), note=f"n {note}")], "tsv"))
    terms = [item.term for item in read_terms(path)[0]]
    if terms and not set(target + note + variant) & set("\u2028\u2029\x85\ufffe\uffff"):
        assert read(tmp_path, encode_terms(terms, format), SUFFIX[format]) == terms


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=200), head=st.sampled_from([b"", b"PK\x03\x04", b"<tbx>", b"source\ttarget\n", b"\xff\xfe"])
)
@pytest.mark.parametrize("suffix", sorted(READERS))
def test_any_bytes_are_survived(tmp_path: Path, suffix: str, data: bytes, head: bytes) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(head + data)
    read_terms(path)
