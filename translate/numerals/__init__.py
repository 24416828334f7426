"""Numbers by value in Chinese and English: 34万 and 340,000 are the same number."""

from translate.numerals.code_match import compare_codes
from translate.numerals.codes import Code, find_codes
from translate.numerals.compare import Fault, Mismatch, compare_numbers, shared_numbers
from translate.numerals.find import find_numbers
from translate.numerals.implied import list_lengths
from translate.numerals.quantity import Bound, Date, Kind, Quantity

__all__ = [
    "Bound",
    "Code",
    "Date",
    "Fault",
    "Kind",
    "Mismatch",
    "Quantity",
    "compare_codes",
    "compare_numbers",
    "find_codes",
    "find_numbers",
    "list_lengths",
    "shared_numbers",
]
