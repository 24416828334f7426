"""XLIFF as CAT tools give it back, and as other programs write it."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bilingual.sheets import make_run
from translate.bilingual import dumps, load_rows, xliff2, xliff12
from translate.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from translate.bilingual.rows import Row

READ = {"xlf": xliff12.loads, "xliff": xliff2.loads}
WRITTEN = {name: dumps(make_run((("四\x07", "F\x07"), ("<五>", "& 5"))), name) for name in READ}
TWO = "urn:oasis:names:tc:xliff:document:2.0"


def old(units: str, languages: str = 'source-language="zh-CN" target-language="en-US"') -> bytes:
    file = f'<file original="a" datatype="plaintext" {languages}><body>{units}</body></file>'
    return f'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">{file}</xliff>'.encode()


def new(units: str, languages: str = 'srcLang="zh-Hans-CN" trgLang="en"') -> bytes:
    return f'<xliff version="2.0" xmlns="{TWO}" {languages}><file id="f">{units}</file></xliff>'.encode()


def edited(name: str, *changes: tuple[str, str]) -> tuple[Row, ...]:
    """What is read after somebody's changes to the file of a run: Skills China, Forty, 40%."""
    text = dumps(make_run(), name).decode()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return READ[name](text.encode(), "x")


# As the programs write them: attributes and elements of their own, a target that was confirmed or changed, its state.
SEGMENTED = (
    '<seg-source><mrk mtype="seg" mid="1">四十</mrk></seg-source><target xml:lang="en-US" state="signed-off">'
    '<mrk mtype="seg" mid="1">Some</mrk> <mrk mtype="seg" mid="2">forty</mrk>'
)
CHANGED_12 = [
    ('state="translated" state-qualifier="leveraged-mt">Forty', 'state="translated">Some forty', "edited"),
    (
        'state="translated" state-qualifier="leveraged-mt">Forty',
        'state="needs-review-translation">Some forty',
        "edited",
    ),
    ('state="translated" state-qualifier="leveraged-mt">Forty', ">Some forty", "edited"),
    ('state="translated" state-qualifier="leveraged-mt">Forty', 'state="final">Some forty', "edited"),
    (
        '<target xml:lang="en-US" state="translated" state-qualifier="leveraged-mt">Forty',
        SEGMENTED,
        "edited",
    ),
    (
        'state="translated" state-qualifier="leveraged-mt">Forty',
        'xmlns:mq="MQXliff" state="x-edited" mq:status="ManuallyConfirmed">Some <g id="1">for<x id="2"/>ty</g>',
        "edited",
    ),
    (
        'state="translated" state-qualifier="leveraged-mt">Forty',
        'state="needs-translation" state-qualifier="rejected-grammar">Some forty',
        "rejected",
    ),
]


@pytest.mark.parametrize(("before", "after", "status"), CHANGED_12)
def test_a_changed_target_is_the_reviewers(before: str, after: str, status: str) -> None:
    row = edited("xlf", (before, after))[1]
    assert (row.target, row.reviewed, row.status) == ("Forty", "Some forty", status)


@pytest.mark.parametrize("name", ["xlf", "xliff"])
def test_a_number_written_another_way_is_an_edit(name: str) -> None:
    row = edited(name, (">40%</target>", ">40.0%</target>"))[2]
    assert (row.target, row.reviewed, row.status) == ("40%", "40.0%", "edited")


UNCHANGED = [
    ("xlf", 'state="translated" state-qualifier="leveraged-mt">Forty', 'state="translated">Forty', "new"),
    ("xlf", 'state="translated" state-qualifier="leveraged-mt">Forty', 'state="needs-l10n">Forty', "new"),
    ("xlf", 'state="translated" state-qualifier="leveraged-mt">Forty', ">\nForty ", "new"),
    ("xlf", 'state="translated" state-qualifier="leveraged-mt">Forty', 'state="final">Forty', "accepted"),
    ("xlf", 'state="translated" state-qualifier="leveraged-mt">Forty', 'state="signed-off">Forty', "accepted"),
    ("xlf", 'id="b0002.s01"', 'id="b0002.s01" approved="yes"', "accepted"),
    ("xlf", 'id="b0002.s01"', 'id="b0002.s01" approved="no"', "new"),
    (
        "xliff",
        'state="translated" subState="policy-translate:new">\n<source>四十',
        'state="translated"><source>四十',
        "new",
    ),
    (
        "xliff",
        'state="translated" subState="policy-translate:new">\n<source>四十',
        'state="final"><source>四十',
        "accepted",
    ),
    (
        "xliff",
        'state="translated" subState="policy-translate:new">\n<source>四十',
        'state="reviewed" subState="other:x"><source>四十',
        "accepted",
    ),
    ("xliff", 'subState="policy-translate:new">\n<source>四十', "><source>四十", "new"),
]


@pytest.mark.parametrize(("name", "before", "after", "status"), UNCHANGED)
def test_an_untouched_target_is_what_was_made(name: str, before: str, after: str, status: str) -> None:
    row = edited(name, (before, after))[1]
    assert (row.target, row.reviewed, row.status) == ("Forty", "", status)


@pytest.mark.parametrize("name", ["xlf", "xliff"])
def test_notes_of_other_people_are_comments(name: str) -> None:
    if name == "xlf":
        rows = edited(name, ("</trans-unit>", '<note>ok: number</note><note from="Li"> 见附件 </note></trans-unit>'))
    else:
        rows = edited(name, ("<segment", '<notes><note>ok: number</note><note id="n2"> 见附件 </note></notes><segment'))
    assert [row.comment for row in rows] == ["ok: number\n见附件"] * 3
    assert rows[0].findings == "error: term: «new era» is missing; note: case: small"


@pytest.mark.parametrize("name", ["xlf", "xliff"])
def test_an_emptied_target_is_left_for_the_review_to_settle(name: str) -> None:
    row = edited(name, (">Forty</target>", "></target>"))[1]
    assert (row.target, row.reviewed, row.status) == ("", "", "new")


def test_a_source_that_was_copied_is_no_translation() -> None:
    run = make_run((("空", ""), ("12", "")))
    data = (
        dumps(run, "xlf").decode().replace("</target>\n", "空</target>\n").replace(">Skills China空", ">Skills China")
    )
    assert [row.reviewed for row in xliff12.loads(data.encode(), "x")] == ["", "", "空"]
    foreign = old('<trans-unit id="1"><source>空</source><target>空</target></trans-unit>')
    assert [row.target for row in xliff12.loads(foreign, "x")] == [""]


INLINE_12 = [
    ('甲<g id="1">乙<g id="2">丙</g></g>丁', "甲乙丙丁"),
    ('<x id="1"/>甲<bx id="2"/>乙<ex id="3"/>', "甲乙"),
    ('<bpt id="1">&lt;b&gt;</bpt>甲<ept id="1">&lt;/b&gt;</ept><ph id="2">{0}<sub>题</sub></ph>乙', "甲乙"),
    ('<it id="1" pos="open">&lt;i&gt;</it>甲', "甲"),
    ('甲<x id="1" ctype="lb"/>乙<ph id="2" ctype="lb">&lt;br/&gt;</ph>丙', "甲\n乙\n丙"),
    ('甲<ph id="c1" ctype="x-char">U+0007</ph>乙', "甲\x07乙"),
    (
        '甲<ph id="c1" ctype="x-char">U+FFFFFFFF</ph><ph id="c2" ctype="x-char">U+-1</ph><ph id="c3" ctype="x-char"/>',
        "甲",
    ),
    ('<mrk mtype="seg" mid="1">甲。</mrk> <mrk mtype="x-sdl-comment">乙</mrk>', "甲。 乙"),
    ("甲<!-- no text --><?pi no text?>乙", "甲乙"),
    ('甲<other xmlns="urn:x">乙</other>', "甲乙"),
    ("<![CDATA[甲<b>]]>", "甲<b>"),
]


@pytest.mark.parametrize(("xml", "text"), INLINE_12)
def test_inline_tags_of_1_2(xml: str, text: str) -> None:
    (row,) = xliff12.loads(old(f'<trans-unit id="1"><source>{xml}</source></trans-unit>'), "x")
    assert (row.source, row.target, row.id) == (text, "", "1")


INLINE_2 = [
    ('甲<pc id="1">乙<pc id="2">丙</pc></pc>丁', "甲乙丙丁"),
    ('<sc id="1"/>甲<ph id="2" equiv="x"/>乙<ec startRef="1"/>', "甲乙"),
    ('甲<ph id="1" type="fmt" subType="xlf:lb"/>乙', "甲\n乙"),
    ('<mrk id="m1" type="term">甲</mrk><sm id="m2" type="comment"/>乙<em startRef="m2"/>', "甲乙"),
    ('甲<cp hex="0007"/><cp hex="1B"/><cp hex="d83d"/>', "甲\x07\x1b\ud83d"),
    ('甲<cp hex="110000"/><cp hex="-7"/><cp/>', "甲"),
]


@pytest.mark.parametrize(("xml", "text"), INLINE_2)
def test_inline_tags_of_2(xml: str, text: str) -> None:
    (row,) = xliff2.loads(new(f'<unit id="1"><segment><source>{xml}</source></segment></unit>'), "x")
    assert (row.source, row.target, row.id) == (text, "", "1")


def test_segments_of_a_unit_are_joined_in_the_targets_order() -> None:
    parts = (
        '<segment state="final"><source>甲，</source><target order="3">first.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment state="{}"><source>乙。</source><target order="1">Second</target></segment>'
    )
    rows = xliff2.loads(new("".join(f'<unit id="{at}">{parts.format(at)}</unit>' for at in ("final", "initial"))), "x")
    assert [(row.source, row.target, row.status) for row in rows] == [
        ("甲， 乙。", "Second first.", "accepted"),
        ("甲， 乙。", "Second first.", "new"),
    ]


def test_what_is_not_to_be_translated_is_left_out() -> None:
    unit = '<trans-unit id="{}"{}><source>甲</source></trans-unit>'
    units = unit.format(1, ' translate="no"') + f'<group translate="no">{unit.format(2, "")}</group>'
    inner = unit.format(3, ' translate="yes"')
    units += f'<group translate="no">{inner}</group>' + unit.format(4, "")
    assert [row.id for row in xliff12.loads(old(units), "x")] == ["3", "4"]
    part = "<segment><source>甲</source></segment>"
    group = f'<group id="g" translate="no"><unit id="1">{part}</unit></group><unit id="2">{part}</unit>'
    assert [row.id for row in xliff2.loads(new(group), "x")] == ["2"]


def test_ids_of_several_files_are_told_apart() -> None:
    file = '<file original="{}" source-language="zh" datatype="x">{}</file>'
    body = '<body><trans-unit id="1"><source>甲</source></trans-unit></body>'
    data = f'<xliff version="1.1">{file.format("a.txt", body)}{file.format("b.txt", body)}</xliff>'.encode()
    assert [row.id for row in xliff12.loads(data, "x")] == ["a.txt:1", "b.txt:1"]


def test_memory_matches_of_other_programs() -> None:
    match = '<alt-trans match-quality="100"><source>甲</source><target>A</target></alt-trans>'
    match += "<alt-trans><target>B</target></alt-trans>"
    (row,) = xliff12.loads(old(f'<trans-unit id="1"><source>甲</source>{match}</trans-unit>'), "x")
    assert (row.target, row.memory) == ("", "100: 甲 = A; ?:  = B")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "gb18030"])
def test_other_encodings(encoding: str) -> None:
    declared = "UTF-8" if encoding.startswith("utf-8") else encoding
    text = (
        f'<?xml version="1.0" encoding="{declared}"?>'
        + old('<trans-unit id="1"><source>甲</source></trans-unit>').decode()
    )
    assert [row.source for row in xliff12.loads(text.encode(encoding), "x")] == ["甲"]


WRONG = [
    (b"", "empty|not valid"),
    (b"\xef\xbb\xbf", "not valid"),
    (b"id\tsource\ttarget\n", "not valid XML"),
    (b"<tmx version='1.4'/>", "not an XLIFF file: it begins with <tmx>"),
    (b"<xliff/>", "version '' is not read"),
    (b"<xliff version='3.0'/>", "version '3.0' is not read"),
    (b"<xliff version='1.2\n'/>", "version"),
    (b"<xliff version='1.2'/>", "no unit in it"),
    (old(""), "no unit in it"),
    (old('<bin-unit id="1"/>'), "no unit in it"),
    (old("", 'source-language="en" target-language="zh"'), "source-language is 'en', not Chinese"),
    (old("", 'source-language="zh" target-language="de"'), "target-language is 'de', not English"),
    (old("", ""), "source-language is '', not Chinese"),
    (new("", 'srcLang="ja" trgLang="en"'), "srcLang is 'ja', not Chinese"),
    (new("", 'srcLang="zh" trgLang="fr"'), "trgLang is 'fr', not English"),
    (old("<trans-unit id='1'><source>甲</target></trans-unit>"), "not valid XML"),
    (old("<trans-unit id='1'><source>&bomb;</source></trans-unit>"), "not valid XML"),
    (old("<trans-unit id='1'><source>" + "<g id='1'>" * 100 + "</g>" * 100 + "</source></trans-unit>"), "nested"),
    (old("<group>" * 100 + "<trans-unit id='1'><source/></trans-unit>" + "</group>" * 100), "nested"),
    (
        new("<unit id='1'><segment><source>" + "<pc id='1'>" * 100 + "</pc>" * 100 + "</source></segment></unit>"),
        "nested",
    ),
    (old("<g>" * 5000), "not valid XML"),
    (old(f"<trans-unit id='{'x' * 11_000_000}'/>"), "not valid XML"),
    (b'<!DOCTYPE xliff SYSTEM "http://a.example/xliff.dtd">' + old(""), "declares a document type"),
    (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + old(""), "declares a document type"),
    (
        b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>]>"
        + old("<trans-unit id='1'><source>&c;</source></trans-unit>"),
        "declares a document type",
    ),
    (
        b"<!--" + b"x" * 5000 + b"--><!DOCTYPE x [<!ENTITY a 'b'>]>" + old(""),
        "declares a document type",
    ),
]


@pytest.mark.parametrize(("data", "said"), WRONG, ids=range(len(WRONG)))
def test_what_cannot_be_read_is_refused_in_words(data: bytes, said: str, tmp_path: Path) -> None:
    for suffix in ("xlf", "xliff"):
        path = tmp_path / f"a.{suffix}"
        path.write_bytes(data)
        with pytest.raises(InputError, match=said) as raised:
            load_rows(path)
        assert all(problem.path and problem.remedy and len(str(problem)) < 700 for problem in raised.value.problems)


PIECES = st.sampled_from(
    [
        b"",
        b"<",
        b"</target>",
        b"<target>",
        b"<g id='1'>",
        b"&#0;",
        b"&#xD800;",
        b"\0",
        b"\xff",
        b"<cp hex='",
        b"]]>",
        b"1.2",
        b"2.1",
    ]
)


@pytest.mark.parametrize("name", READ)
@settings(max_examples=150, deadline=None)
@given(cuts=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 40), PIECES), min_size=1, max_size=3))
def test_a_damaged_file_is_read_or_refused(name: str, cuts: list[tuple[int, int, bytes]]) -> None:
    data = WRITTEN[name]
    for start, length, piece in cuts:
        at = start % len(data)
        data = data[:at] + piece + data[at + length :]
    with suppress(InputError):
        assert READ[name](data, "x")


@pytest.mark.skipif(shutil.which("omegat") is None, reason="OmegaT is not installed")
def test_omegat_itself(tmp_path: Path) -> None:
    """It opens the file, puts a translation of its project in, and what it writes is read back."""
    for folder in ("source", "target", "tm", "glossary", "dictionary", "omegat"):
        (tmp_path / folder).mkdir()
    folders = "".join(
        f"<{name}_dir>__DEFAULT__</{name}_dir>" for name in ("source", "target", "tm", "glossary", "dictionary")
    )
    languages = "<source_lang>ZH-CN</source_lang><target_lang>EN-US</target_lang><sentence_seg>false</sentence_seg>"
    project = f'<omegat><project version="1.0">{folders}{languages}</project></omegat>'
    (tmp_path / "omegat.project").write_text(project, encoding="utf-8")
    texts = "".join(
        f'<tuv lang="{code}"><seg>{text}</seg></tuv>' for code, text in (("ZH-CN", "40%"), ("EN-US", "two fifths"))
    )
    header = (
        '<header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext" segtype="paragraph" '
        'srclang="ZH-CN"/>'
    )
    (tmp_path / "omegat" / "project_save.tmx").write_text(
        f'<tmx version="1.1">{header}<body><tu>{texts}</tu></body></tmx>', encoding="utf-8"
    )
    run = make_run((("四十\x07 & <b>\n第二行", "Forty\x07\ud800 <b>\nline 2"), ("40%", "40%"), ("空", "")))
    (tmp_path / "source" / "aligned.xlf").write_bytes(dumps(run, "xlf"))
    done = subprocess.run(
        ["omegat", str(tmp_path), "--mode=console-translate", f"--config-dir={tmp_path}/config"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    rows = load_rows(tmp_path / "target" / "aligned.xlf")
    assert [(row.target, row.reviewed, row.status) for row in rows] == [
        ("Skills China", "", "new"),
        ("Forty\x07\ud800 <b>\nline 2", "", "new"),
        ("40%", "two fifths", "edited"),
        ("", "", "new"),
    ]
