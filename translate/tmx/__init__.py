"""TMX 1.4b, the exchange format of translation memories: read and written as a stream, of any size."""

from translate.tmx.reading import read_units
from translate.tmx.units import TmxUnit, Variant, language_of
from translate.tmx.writing import write_units

__all__ = ["TmxUnit", "Variant", "language_of", "read_units", "write_units"]
