from __future__ import annotations

import pytest

from translate.review.rate import LONGEST, Rates


@pytest.mark.parametrize(
    ("made", "approved", "ter"),
    [
        ("We recruit many people.", "We recruit many people.", 0),
        ("We recruit many people.", "We hire many people.", 25),  # one word of four
        ("many people we hire", "we hire many people", 25),  # one shift
        ("", "We hire.", 100),
        ("We hire.", "", 100),
        ("", "", 0),
    ],
)
def test_the_rate_of_a_segment(made: str, approved: str, ter: float) -> None:
    rate = Rates([(made, approved)]).over([0])
    assert rate is not None
    assert rate.ter == pytest.approx(ter)


def test_rates_are_those_of_sacrebleu() -> None:
    from sacrebleu.metrics import CHRF, TER

    pairs = [
        ("We recruit people.", "We hire people."),
        ("Fees are low.", "Fees are low."),
        ("A plan", "The first plan"),
    ]
    rate = Rates([*pairs, ("not", "asked")]).over([0, 1, 2])
    made, approved = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    assert rate is not None
    assert rate.ter == pytest.approx(TER().corpus_score(made, [approved]).score)
    assert rate.chrf == pytest.approx(CHRF().corpus_score(made, [approved]).score)
    assert rate.ter_signature.startswith("nrefs:1|case:lc")


def test_long_segments_and_none_have_no_rate() -> None:
    rates = Rates([("word " * (LONGEST + 1), "other"), ("a", "a")])
    assert rates.over([0]) is None
    assert rates.over([]) is None
    both = rates.over([0, 1])
    assert both is not None
    assert both.segments == 1
    assert Rates([]).over([]) is None
