"""Numbers of English texts: exact value, kind, bound, unit and span."""

from __future__ import annotations

from fractions import Fraction

import pytest

from translate.numerals import Bound, Date, Kind, Quantity, find_numbers


def only(text: str) -> Quantity:
    found = find_numbers(text, "en")
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("340 thousand people", 340_000),
        ("340,000 people", 340_000),
        ("$1.2 trillion", 1_200_000_000_000),
        ("$43.3bn", 43_300_000_000),
        ("14 quadrillion yuan", 14 * 10**15),
        ("RMB500", 500),
        ("1.3-billion people", 1_300_000_000),
        ("two dozen eggs", 24),
        ("twenty-one items", 21),
        ("one hundred and five items", 105),
        ("three hundred thousand jobs", 300_000),
        ("two and a half million", 2_500_000),
        ("half a million", 500_000),
        ("1\u00a0234\u00a0567 tons", 1_234_567),
        ("5-day week", 5),
    ],
)
def test_amounts(text: str, value: object) -> None:
    assert (only(text).value, only(text).kind, only(text).bound) == (value, Kind.CARDINAL, Bound.EXACT)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("one half", Fraction(1, 2), Kind.FRACTION),
        ("two-thirds", Fraction(2, 3), Kind.FRACTION),
        ("three quarters", Fraction(3, 4), Kind.FRACTION),
        ("2/3", Fraction(2, 3), Kind.FRACTION),
        ("three in ten", Fraction(3, 10), Kind.FRACTION),
        ("four in every ten thousand", Fraction(4, 10_000), Kind.FRACTION),
        ("14.3 per 100,000", Fraction(143, 1_000_000), Kind.FRACTION),
        ("30 percent", Fraction(3, 10), Kind.PERCENTAGE),
        ("8.5 per cent", Fraction(85, 1000), Kind.PERCENTAGE),
        ("thirty percent", Fraction(3, 10), Kind.PERCENTAGE),
        ("2.1 percentage points", Fraction(21, 1000), Kind.PERCENTAGE_POINT),
        ("fourfold", 4, Kind.MULTIPLE),
        ("a 2.5-fold rise", Fraction(5, 2), Kind.MULTIPLE),
        ("doubled", 2, Kind.MULTIPLE),
        ("tripling", 3, Kind.MULTIPLE),
        ("three times", 3, Kind.MULTIPLE),
        ("the 14th Five-Year Plan", 14, Kind.ORDINAL),
        ("the Twelfth Five-Year Plan period", 12, Kind.ORDINAL),
        ("the 21st session", 21, Kind.ORDINAL),
        ("the thirty-second session", 32, Kind.ORDINAL),
        ("in 2021", 2021, Kind.YEAR),
        ("mid-2020", 2020, Kind.YEAR),
    ],
)
def test_kinds(text: str, value: Fraction, kind: Kind) -> None:
    assert (only(text).value, only(text).kind) == (value, kind)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("October 1, 2021", Date(2021, 10, 1)),
        ("October 1", Date(None, 10, 1)),
        ("1 Oct.", Date(None, 10, 1)),
        ("1st of October 2021", Date(2021, 10, 1)),
        ("October 2021", Date(2021, 10, None)),
        ("in May", Date(None, 5, None)),
        ("2021-10-01", Date(2021, 10, 1)),
    ],
)
def test_dates(text: str, date: Date) -> None:
    assert (only(text).value, only(text).kind) == (date, Kind.DATE)


def test_may_and_march_as_verbs_are_no_months() -> None:
    assert find_numbers("May we march on. We may march.", "en") == ()


@pytest.mark.parametrize(
    ("text", "low", "high", "kind"),
    [
        ("the 1990s", 1990, 1999, Kind.YEAR),
        ("2021-2025", 2021, 2025, Kind.YEAR),
        ("2009-10", 2009, 2010, Kind.YEAR),
        ("3-5 million", 3_000_000, 5_000_000, Kind.CARDINAL),
        ("two to three hundred", 200, 300, Kind.CARDINAL),
        ("15 to 20 percent", Fraction(15, 100), Fraction(20, 100), Kind.PERCENTAGE),
        ("March 5 to 15", Date(None, 3, 5), Date(None, 3, 15), Kind.DATE),
        ("January to November", Date(None, 1, None), Date(None, 11, None), Kind.DATE),
    ],
)
def test_ranges(text: str, low: Fraction, high: Fraction, kind: Kind) -> None:
    assert (only(text).value, only(text).high, only(text).kind) == (low, high, kind)


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("nearly 20 billion", 20_000_000_000, Bound.NEARLY),
        ("about $5 million", 5_000_000, Bound.APPROXIMATE),
        ("ten years or so", 10, Bound.APPROXIMATE),
        ("more than 1 million", 1_000_000, Bound.ABOVE),
        ("exceeding 30%", Fraction(3, 10), Bound.ABOVE),
        ("at least six", 6, Bound.AT_LEAST),
        ("9 million people or more", 9_000_000, Bound.AT_LEAST),
        ("no less than 60%", Fraction(6, 10), Bound.AT_LEAST),
        ("does not fall below 120 million", 120_000_000, Bound.AT_LEAST),
        ("less than 3%", Fraction(3, 100), Bound.BELOW),
        ("no higher than 4.6%", Fraction(46, 1000), Bound.AT_MOST),
        ("does not rise above 4.6%", Fraction(46, 1000), Bound.AT_MOST),
        ("more than doubled", 2, Bound.ABOVE),
        # Near miss: the article belongs to what follows the number.
        ("a message about a three-day cut", 3, Bound.EXACT),
    ],
)
def test_bounds(text: str, value: Fraction, bound: Bound) -> None:
    assert (only(text).value, only(text).bound) == (value, bound)


@pytest.mark.parametrize(
    ("text", "value"),
    [("tens of millions", 10**7), ("hundreds of thousands of", 10**5), ("dozens", 10), ("several hundred", 100)],
)
def test_only_the_size_is_known(text: str, value: object) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.bound, quantity.firm) == (value, Bound.APPROXIMATE, False)


@pytest.mark.parametrize("text", ["one another", "one of the aims", "redouble efforts", "no number here", ""])
def test_words_that_count_nothing(text: str) -> None:
    assert find_numbers(text, "en") == ()


@pytest.mark.parametrize(
    ("text", "value"), [("the G20 Summit", "G20"), ("Covid-19", "Covid-19"), ("5G", "5G"), ("Shenzhou VII", 7)]
)
def test_labels(text: str, value: object) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.kind, quantity.firm) == (value, Kind.LABEL, False)


@pytest.mark.parametrize(
    ("text", "rank"), [("First, expand employment", 1), ("Secondly, train", 2), ("(3) Training", 3), ("IV. Tasks", 4)]
)
def test_items(text: str, rank: object) -> None:
    assert (only(text).value, only(text).unit) == (rank, "item")


def test_a_number_said_twice_is_one() -> None:
    assert [quantity.value for quantity in find_numbers("within sixty (60) days", "en")] == [60]


def test_a_list_shares_its_percent_sign() -> None:
    forty, fifty, last = find_numbers("fell by 40, 50 and 35 percent", "en")
    assert (forty.readings, fifty.readings, last.value) == ((Fraction(4, 10),), (Fraction(1, 2),), Fraction(35, 100))


def test_a_hotline_is_a_code_and_a_grouped_number_is_none() -> None:
    assert only("the 12333 hotline").kind is Kind.CODE
    assert (only("12,333").kind, only("12,333").value) == (Kind.CARDINAL, Fraction(12333))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("8:30 a.m.", Fraction(17, 2)),
        ("17:00", Fraction(17)),
        ("3 p.m.", Fraction(3)),
        ("half past six", Fraction(13, 2)),
    ],
)
def test_clock_times(text: str, hours: Fraction) -> None:
    assert (only(text).value, only(text).unit) == (hours, "o'clock")
