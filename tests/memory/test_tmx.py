from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from translate.errors import InputError
from translate.tmx import TmxUnit, Variant, language_of, read_units, reading, write_units

HERE = Path(__file__).parent
# As OmegaT writes it: a document type, UTF-8, dates and neighbours at the variants.
OMEGAT = (HERE / "omegat.tmx").read_text("utf-8")
# As Trados writes it: UTF-16, any source language, inline codes, props with settings.
TRADOS = (HERE / "trados.tmx").read_text("utf-8")
# As memoQ writes it: context with its markup, several texts of a language, a language that is not ours.
MEMOQ = (HERE / "memoq.tmx").read_text("utf-8")
MINIMAL = b'<tmx version="1.4"><header/><body>%b</body></tmx>'


def read(data: bytes) -> list[TmxUnit]:
    return list(read_units(io.BytesIO(data), "x.tmx"))


def written(*units: TmxUnit) -> bytes:
    stream = io.BytesIO()
    assert write_units(units, stream) == len(units)
    return stream.getvalue()


def texts(unit: TmxUnit) -> list[tuple[str, str]]:
    return [(source.text, target.text) for source, target in unit.pairs()]


def test_what_omegat_writes() -> None:
    plain, alternative = read(OMEGAT.encode())
    assert texts(plain) == [("加强技能培训。", "Strengthen skills training.")]
    assert plain.variants[1].changed == datetime(2024, 3, 5, 8, 15, tzinfo=UTC)
    assert [alternative.prop(name) for name in ("file", "prev", "next", "none")] == ["plan.txt", "总则", "附则", None]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_what_trados_writes(encoding: str) -> None:
    bom = "" if encoding == "utf-16" else "\ufeff"
    (unit,) = read((bom + TRADOS).encode(encoding))
    assert texts(unit) == [("完善就業服務\n體系", "Improve the employment service system")]
    assert (unit.created, unit.changed) == (
        datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
        datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC),
    )


def test_what_memoq_writes() -> None:
    (unit,) = read(MEMOQ.encode("utf-8-sig"))
    assert texts(unit) == [("招聘信息", "vacancies"), ("招聘信息", "job openings")]
    assert unit.props == (("client", "x"), ("x-context-pre", "<seg>前一句</seg>"), ("x-inner", "1"))


def test_a_chinese_encoding_is_read() -> None:
    assert texts(read(OMEGAT.replace("UTF-8", "GB18030").encode("gb18030"))[0])[0][0] == "加强技能培训。"


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        *(
            (tag, "zh")
            for tag in ("zh", "ZH", "zh-CN", "zh_TW", "ZH-HANS", "zh-Hans-CN", "zho", "chi-CN", "cmn", "CHS")
        ),
        *((tag, "en") for tag in ("en", "EN-US", "en_GB", "eng", "ENU", "en-001", " en ")),
        *((tag, "") for tag in ("", "de", "zha", "enm", "ja-JP", "x-zh", "-en")),
    ],
)
def test_languages_in_every_spelling(tag: str, language: str) -> None:
    assert language_of(tag) == language


def test_the_old_attribute_of_the_language() -> None:
    (unit,) = read(MINIMAL % '<tu><tuv lang="ZH"><seg>中</seg></tuv><tuv lang="EN"><seg>e</seg></tuv></tu>'.encode())
    assert texts(unit) == [("中", "e")]


def test_units_without_one_of_the_languages_give_no_pair() -> None:
    (unit,) = read(MINIMAL % b'<tu><tuv xml:lang="de"><seg>x</seg></tuv><tuv xml:lang="en"><seg>e</seg></tuv></tu>')
    assert (texts(unit), unit.text("zh"), unit.text("en")) == ([], "", "e")


def test_an_entity_that_nobody_declared_stays_as_it_is_written() -> None:
    document = b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">' + MINIMAL % b'<tu><tuv xml:lang="en"><seg>a&nbsp;b</seg></tuv></tu>'
    assert read(document)[0].text("en") == "a&nbsp;b"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"no XML", "not valid XML"),
        (b"<xliff/>", "not a TMX file: it begins with <xliff>"),
        (MINIMAL[:-6] % b"", "not valid XML"),
        (MINIMAL % b"<tu>&undeclared;</tu>", "not valid XML"),
        (MINIMAL % b"<tu><tuv><seg>\x07</seg></tuv></tu>", "not valid XML"),
        (b'<!DOCTYPE tmx [<!ENTITY a "b">]>' + MINIMAL % b"", "declares entities"),
        (b'<!DOCTYPE tmx [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>' + MINIMAL % b"", "declares entities"),
        (b'<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + MINIMAL % b"<tu>&a;</tu>", "declares entities"),
        (MINIMAL % (b"<tu>" + b"<tuv/>" * (reading.UNIT_TAGS + 1) + b"</tu>"), "tags in one unit"),
        (MINIMAL % (b"<tu>" + b"<a>" * 300), "depth"),
    ],
)
def test_what_is_no_tmx_or_could_do_harm_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        read(data)
    assert caught.value.problems[0].path == "x.tmx"


def test_entities_that_grow_are_refused_before_they_do() -> None:
    lines = [f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 12)]
    data = f'<!DOCTYPE tmx [<!ENTITY e0 "{"x" * 100}">{"".join(lines)}]><tmx a="&e11;"><body/></tmx>'
    with pytest.raises(InputError):
        read(data.encode())


def test_a_document_type_fetches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tmx14.dtd").write_text('<!ENTITY nbsp "from the file">')
    document = b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">' + MINIMAL % b'<tu><tuv xml:lang="en"><seg>&nbsp;</seg></tuv></tu>'
    assert read(document)[0].text("en") == "&nbsp;"


class Endless(io.RawIOBase):
    """A file that begins well and never comes to an end."""

    def __init__(self, again: bytes) -> None:
        self.parts = iter([MINIMAL.partition(b"%b")[0]])
        self.again = again * (32_768 // len(again))

    def read(self, size: int = -1) -> bytes:
        return next(self.parts, self.again)


@pytest.mark.parametrize("again", [b"<!-- comment -->", b"text", b'<tu a="', b"<note>n</note>"])
def test_a_unit_without_an_end_is_refused(again: bytes) -> None:
    with pytest.raises(InputError):
        list(read_units(Endless(again), "x.tmx"))  # type: ignore[arg-type]  # a RawIOBase reads bytes as a BinaryIO does


def test_memory_is_that_of_one_unit() -> None:
    unit = (
        '<tu><tuv xml:lang="zh"><seg>中文</seg></tuv><tuv xml:lang="en"><seg>' + "English " * 100 + "</seg></tuv></tu>"
    )
    data = MINIMAL % (unit.encode() * 20_000)
    before = resident()
    count = sum(1 for _ in read_units(io.BytesIO(data), "x.tmx"))
    assert count == 20_000
    assert resident() - before < len(data) / 2


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


ODD = "a\0b\x07<c>&\"'\r\n\t\ud800\ufffe\u2028\u0085 é😀 "


def test_what_is_written_has_the_structure_of_tmx() -> None:
    schema = etree.RelaxNG(etree.parse(HERE / "tmx14.rng"))
    time = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    unit = TmxUnit(ODD, (Variant("zh-CN", ODD), Variant("en-US", "x")), (("x-" + ODD, ODD),), (ODD, "n"), time, time)
    root = etree.fromstring(written(unit, TmxUnit("", (Variant("zh-CN", ""),))))
    schema.assertValid(root)
    header = root.find("header")
    assert header is not None
    assert (header.get("srclang"), header.get("segtype"), header.get("datatype")) == ("zh-CN", "sentence", "plaintext")


def test_an_empty_memory_is_a_whole_file() -> None:
    assert read(written()) == []


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters()), st.text(alphabet=st.characters()))
def test_any_text_comes_back_from_a_segment(source: str, target: str) -> None:
    (unit,) = read(written(TmxUnit("1", (Variant("zh-CN", source), Variant("en-US", target)))))
    assert [variant.text for variant in unit.variants] == [source, target]


def test_props_notes_and_times_come_back() -> None:
    time = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    props = (("x-document", "a & b.docx"), ("x-empty", ""), ("x-line", "one\ntwo"))
    unit = TmxUnit("b0001.s01", (Variant("zh-CN", "一"), Variant("en-US", "One")), props, ("<note>",), time, time)
    (found,) = read(written(unit))
    assert (found.id, found.props, found.notes, found.created, found.changed) == (
        unit.id,
        props,
        unit.notes,
        time,
        time,
    )
    (odd,) = read(written(TmxUnit("1", (), (("x", "a\x07b"),), ("\ud800",))))
    assert (odd.props, odd.notes) == ((("x", "a\ufffdb"),), ("\ufffd",))
