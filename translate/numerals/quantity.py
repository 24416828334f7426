"""What a number in a text is: its exact value, how it is meant, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

    from translate.records import Span


class Kind(StrEnum):
    """What a number is used as."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    PERCENTAGE = "percentage"
    PERCENTAGE_POINT = "percentage-point"
    MULTIPLE = "multiple"
    YEAR = "year"
    DATE = "date"
    DOCUMENT_NUMBER = "document-number"
    LABEL = "label"  # a numeral inside a name: 三位一体, G20
    CODE = "code"  # digits that are no amount: 12333, a telephone number, an address


class Bound(StrEnum):
    """How exact a number claims to be; the comment gives the group in which two bounds agree."""

    EXACT = "exact"
    APPROXIMATE = "approximate"  # 约, 左右, about
    NEARLY = "nearly"  # 近, 接近, nearly, almost
    BELOW = "below"  # 不到, 以下, less than
    ABOVE = "above"  # 多, 余, 超过, more than
    AT_LEAST = "at-least"  # 不少于, 以上, at least
    AT_MOST = "at-most"  # 不超过, 以内, up to


class Date(NamedTuple):
    """A day, a month or a month of a year; None for what the text does not say."""

    year: int | None
    month: int | None
    day: int | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a text.

    `value` is exact: percentages and percentage points are hundredths (三成 and 30% are 3/10), a multiple is the
    factor reached (翻一番 and 增长一倍 are 2), a range has its upper end in `high`, a decade and a year range their
    last year. Codes and document numbers hold their digits and letters as text. `span` covers numeral and unit.
    """

    value: Fraction | Date | str
    kind: Kind
    span: Span
    text: str
    high: Fraction | Date | None = None
    bound: Bound = Bound.EXACT
    unit: str = ""
    # Other values that the same words may mean: "three times more" is 3 or 4, "two decades" 2 or 20.
    readings: tuple[Fraction, ...] = ()
    # The other language must have it too; a lone 三 or "three" is often worded in another way and is not firm.
    firm: bool = True
