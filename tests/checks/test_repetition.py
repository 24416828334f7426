from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.checks.repetition import find_repetition
from translate.records import Segment, Unit


def found(source: str, target: str) -> list[str]:
    unit = Unit("b1.s1", (Segment("b1.s1", "b1", source),), target)
    return [target[slice(*finding.target_span)] for finding in find_repetition(unit) if finding.target_span]


@pytest.mark.parametrize(
    ("source", "target", "spans"),
    [
        ("提升服务", "We will improve the the service.", ["the the"]),
        ("提升服务", "We will improve public service public service.", ["public service public service"]),
        ("人民", "the people's people's hearts", ["people's people's"]),
        (
            "改善生活",
            "so that people can live, and that people can live, or that people can live",
            ["that people can live, and that people can live"],
        ),
        ("引导职工", "strengthen our thinking and guide them to guide them", ["guide them to guide them"]),
        ("以茶兴旅、以旅富民。", "Tea furthers tourism and tourism enriches people.", []),
        ("危房及其他危险建筑", "old buildings and buildings that may fall", []),
        (
            "验收中发现桥面有裂缝、护栏有松动等问题尚未整改的，验收中止。",
            "If cracks are found during the test, the test stops.",
            [],
        ),
        ("体面、有尊严", "so that people work with dignity and dignity", ["dignity and dignity"]),
        (
            "好",
            "they serve the people, support the towns, serve the people, build homes, serve the people and rest",
            [],
        ),
        (
            "好",
            "we build more schools there, we build more schools here, and we build more schools anywhere",
            ["we build more schools"],
        ),
        (
            "好",
            "with the growth of trade, with the growth of trade",
            ["with the growth of trade, with the growth of trade"],
        ),
        # near misses
        ("提升服务", "We will improve the service and the people's lives.", []),
        ("他有过", "He had had time.", []),
        ("零零", "Call 12 12 or 0 0.", []),
        ("更高更快更强", "higher, faster, stronger", []),
        ("发展为了人民、发展依靠人民、发展成果由人民共享", "for the people, by the people, of the people", []),
        (
            "重点就业、重点教育、重点医疗、重点住房",
            "We will make efforts in jobs; make efforts in schools; make efforts in health; make efforts in homes.",
            [],
        ),
        ("逐户上门", "They went from door to door to help, again and again, and step by step.", []),
        ("教育的教育", "education and education", []),
        ("更强", "stronger and stronger", []),
        ("好", "We went. We went.", []),
        ("好", "", []),
    ],
)
def test_repetition(source: str, target: str, spans: list[str]) -> None:
    assert found(source, target) == spans


@given(st.text(max_size=60), st.text(alphabet="ab ,.'", max_size=80))
def test_it_never_raises(source: str, target: str) -> None:
    found(source, target)


def test_ten_thousand_words_are_no_trouble() -> None:
    assert found("好", " ".join(f"w{number}" for number in range(10_000))) == []
