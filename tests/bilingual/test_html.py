from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import astuple, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.bilingual.html import dumps, loads, page_data
from translate.bilingual.rows import COLUMNS, row_of
from translate.errors import InputError
from translate.records import BlockKind, Document, Finding, Rule, Run, Segment, Severity, Term, TermHit, Unit

ANY_TEXT = st.text(st.characters(), max_size=40)  # lone surrogates and control characters included


def unit_of(source: str, target: str, *findings: Finding, hits: tuple[TermHit, ...] = ()) -> Unit:
    segment = Segment("b0001.s01", "b0001", source, BlockKind.PARAGRAPH)
    return Unit("b0001.s01", (segment,), target, "plain", -0.5, hits, findings)


def run_of(*units: Unit, path: str = "notices/notice.docx", **manifest: Any) -> Run:
    return Run(Document(path, "docx", ()), units, manifest)


def data_in(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_page_is_one_file_that_asks_nobody_for_anything() -> None:
    page = dumps(run_of(unit_of("好", "Good"))).decode()
    assert not re.findall(r'(?:src|href)="(?!#|data:)', page)
    assert not re.findall(r"@import|url\(|fetch\(|XMLHttpRequest|WebSocket|sendBeacon|eval\(|innerHTML", page)
    assert "{{" not in page
    assert [address for address in re.findall(r"https?://[^\"']+", page) if "www.w3.org" not in address] == []


def test_the_policy_allows_the_script_and_the_style_of_the_page_only() -> None:
    page = dumps(run_of(unit_of("好", "Good"))).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    for name, pattern in {"script": r'<script type="module">(.*?)</script>', "style": "<style>(.*?)</style>"}.items():
        text = re.findall(pattern, page, re.DOTALL)
        assert len(text) == 1
        digest = base64.b64encode(hashlib.sha256(text[0].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy[1]
    assert not re.findall(r'\son\w+="|\sstyle="', page)


@given(source=ANY_TEXT, target=ANY_TEXT, path=ANY_TEXT)
@settings(max_examples=40, deadline=None)
def test_no_text_breaks_out_and_every_text_arrives(source: str, target: str, path: str) -> None:
    breaking = "</script><!--<script>{{data}}\u2028" + source
    page = dumps(run_of(unit_of(breaking, target), path=path + "</title><script>")).decode()
    assert len(re.findall("<script", page)) == 2
    assert page.count("</title>") == 1
    row = data_in(page)["units"][0]["row"]
    joined = [text.encode("utf-16-le", "surrogatepass") for text in (breaking, target)]  # JSON joins surrogate pairs
    assert [row[COLUMNS.index(name)].encode("utf-16-le", "surrogatepass") for name in ("source", "target")] == joined


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("三万人", (0, 2), (0, 2)),
        ("\U00020000三万", (1, 3), (2, 4)),
        ("三\U00020000万", (1, 2), (1, 3)),
        ("短", (0, 99), (0, 1)),
        ("", (0, 0), (0, 0)),
        ("短", None, None),
    ],
)
def test_spans_count_as_a_browser_counts(
    text: str, span: tuple[int, int] | None, expected: tuple[int, int] | None
) -> None:
    finding = Finding("number", Severity.ERROR, "differs", span, None)
    assert page_data(run_of(unit_of(text, "x", finding)))["units"][0]["findings"][0]["source"] == expected


def test_a_unit_is_its_row_with_findings_and_terms_in_their_places() -> None:
    hits = (
        TermHit(Term("技能中国", "Skills China"), 0, 4, (0, 12)),
        TermHit(Term("新时代", "new era"), 5, 8),
        TermHit(Term("新时代", "new age", rule=Rule.FORBID), 5, 8),
    )
    unit = unit_of("技能中国与新时代", "Skills China", Finding("term", Severity.ERROR, "missing", (5, 8)), hits=hits)
    shown = page_data(run_of(unit))["units"][0]
    assert shown["row"] == astuple(row_of(unit))
    assert shown["risk"] == pytest.approx(0.6315, abs=1e-4)
    assert [(term["rendering"], term["source"], term["target"]) for term in shown["terms"]] == [
        ("Skills China", (0, 4), (0, 12)),
        ("new era", (5, 8), None),
    ]


def test_an_earlier_review_comes_along_with_the_findings_of_now() -> None:
    unit = unit_of("有3项", "3 items", Finding("case", Severity.NOTE, "small"))
    row = replace(row_of(unit), target="4 items", reviewed="3 items", status="edited", findings="error: number: old")
    shown = page_data(run_of(unit), [row])["units"][0]
    cells = dict(zip(COLUMNS, shown["row"], strict=True))
    assert (cells["target"], cells["reviewed"], cells["status"]) == ("4 items", "3 items", "edited")
    assert (cells["findings"], shown["text"]) == ("note: case: small", "3 items")


def test_what_made_the_run_is_told_without_anybodys_folders() -> None:
    manifest = {
        "program": {"name": "policy-translate", "version": "1.0"},
        "input": {"path": "/home/li/drafts/notice.docx", "sha256": "ab" * 32, "format": "docx", "encoding": None},
        "model": {"name": "builtin", "origin": "builtin", "sha256": "cd" * 32, "engine": "fast int8", "note": "small"},
        "glossary": {"sha256": "ef" * 32, "terms": 1824, "layers": ["shipped", "/home/li/terms.tsv"]},
        "settings": {"beam_size": 4, "use_glossary": True, "checks": {"case": "off"}, "other": {}},
    }
    page = dumps(run_of(unit_of("好", "Good"), path="/home/li/drafts/notice.docx", **manifest)).decode()
    data = data_in(page)
    assert data["small_model"]
    assert data["title"] == "notice.docx"
    assert dict(data["facts"])["Settings"] == "beam size: 4; use glossary: yes; checks: case off"
    assert dict(data["facts"])["Glossary"].startswith("1,824 terms (shipped, terms.tsv;")
    assert "/home" not in page


def test_an_alignment_tells_what_has_no_counterpart() -> None:
    side = {"path": "a.txt", "sha256": "ab" * 32}
    found = {"coverage": {"source": 0.9, "target": 1.0}, "omitted": 2, "added": 0, "moved": 1}
    omitted = Unit("b1.s1", (Segment("b1.s1", "b1", "漏"),), "", "aligned 1-0")
    added = Unit("added.b1.s1", (), "More.", "aligned 0-1")
    data = page_data(run_of(omitted, added, input={"source": side, "target": side}, method="standard", alignment=found))
    facts = dict(data["facts"])
    assert (
        facts["Alignment"] == "standard: 90.0% of the source, 100.0% of the target paired; 2 left out, 0 added, 1 moved"
    )
    assert list(facts)[:2] == ["Source text", "Target text"]
    assert [unit["row"][3:5] for unit in data["units"]] == [("漏", ""), ("", "More.")]


def test_work_is_kept_for_the_texts_and_not_for_a_name() -> None:
    one, same, other = (
        page_data(run_of(unit_of("好", target), path=path))["key"]
        for target, path in (("Good", "a.docx"), ("Good", "b.docx"), ("Fine", "a.docx"))
    )
    assert one == same != other


def test_a_report_is_not_read_back() -> None:
    with pytest.raises(InputError, match="save the reviewed file"):
        loads(b"", "report.html")


LIGHT, DARK = range(2)
PAIRS = [
    *(("ink", ground) for ground in ("page", "paper", "tint", "error-tint", "warning-tint", "note-tint", "found")),
    *(("muted", ground) for ground in ("page", "paper", "tint")),
    *(("term", ground) for ground in ("paper", "tint", "error-tint", "warning-tint", "note-tint")),
    *((kind, f"{kind}-tint") for kind in ("error", "warning", "note", "good")),
    ("accent", "paper"),
    ("accent", "tint"),
    ("on-accent", "accent"),
    ("paper", "ink"),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_texts_can_be_read_on_their_grounds(theme: int, text: str, ground: str) -> None:
    """At least 4.5 to 1, WCAG 2.2 level AA."""
    page = dumps(run_of()).decode()
    blocks = re.findall(r":root \{(.*?)\}", page, re.DOTALL)[: theme + 1]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", " ".join(blocks)))
    light, dark = sorted((luminance(colours[name]) for name in (text, ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
