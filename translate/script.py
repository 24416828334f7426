"""Which script a text is in, and the Simplified form that the model and the matching read."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import opencc

_HAN = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024fＡ-Ｚａ-ｚ]+")
_OTHER = re.compile(r"[\u0370-\u1fff\u3040-\u30ff\u3130-\u318f\uac00-\ud7af]")
_HAN_RANGES = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))
_WORD_WEIGHT = 1.6  # Chinese characters that say as much as one English word
_SHARED = "乾吒拚捱摺薹袷醣瞭"  # Simplified keeps them in some words: 乾坤, 瞭望, 哪吒
_UNCONVERTIBLE = re.compile(r"([\x00\ud800-\udfff]+)")  # opencc takes UTF-8 and stops at nothing else
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e01ef]"
)
# A character with all that NFC could change about it. Short runs: composing a run of marks takes its length squared.
_UNCHANGED = (
    r"\x00-\u02ff\u2002-\u20cf\u2100-\u2125\u212c-\u2328\u2400-\u2adb"
    r"\u3000-\u3029\u3030-\u3098\u309b-\ua66e\uff00-\ufffd"
)
_COMPOSABLE = re.compile(rf".?[^{_UNCHANGED}]{{1,64}}", re.DOTALL)
_HAN_WRAP = re.compile(r"(?<=[\u3400-\u9fff，。、；：！？”’）》])[^\S\n]*\n\s*(?=[\u3400-\u9fff“‘（《])")
# Full-width ASCII to half-width, but for the marks that Chinese writes with; quotes and dots as the model learnt them.
_MODEL_MARKS: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "！，：；？（）［］｛｝｜～"},
    **{ord(old): new for old, new in zip("「」『』⋯\r\u2028\u2029", "“”‘’…\n\n\n", strict=True)},
}


def to_simplified(text: str) -> str:
    """The text in Simplified Chinese, phrase by phrase; the length may change. Any string is fine."""
    parts = _UNCONVERTIBLE.split(text)
    return "".join(part if index % 2 else _converter("t2s").convert(part) for index, part in enumerate(parts))


def simplify_characters(text: str) -> str:
    """The text with each Traditional character replaced on its own: the same length, for matching with offsets."""
    return text.translate(_simplified())


def model_text(text: str) -> str:
    """The text as the model should read it.

    Simplified; NFC (never NFKC, which would turn ㎡ into m2); full-width letters, digits and signs in half width;
    corner brackets as quotation marks; white space of any kind as one space, none at the ends nor where a line only
    wrapped between Chinese characters; no control, zero-width or surrogate characters.
    """
    plain = _COMPOSABLE.sub(lambda found: unicodedata.normalize("NFC", found.group()), _INVISIBLE.sub("", text))
    unwrapped = _HAN_WRAP.sub("", plain.translate(_MODEL_MARKS))
    return to_simplified(" ".join(unwrapped.split()))


def is_traditional(text: str) -> bool:
    """Whether a Chinese text is in Traditional characters.

    By the characters that only one of the two scripts uses; those in both, such as 里, 后, 著 and 乾, say nothing.
    """
    traditional, simplified = _distinctive()
    found = sum(character in traditional for character in text)
    return found > 0 and found > sum(character in simplified for character in text)


def language_of(text: str) -> Literal["zh", "en", "other"]:
    """The language by script: Chinese for Han characters, English for Latin letters, whichever says more.

    `other` for a text with neither, or where kana, hangul or another script has a good share. Languages in the Latin
    script are not told apart.
    """
    han = len(_HAN.findall(text))
    latin = _WORD_WEIGHT * len(_LATIN_WORD.findall(text))
    other = len(_OTHER.findall(text))
    if other * 8 > han + latin or not han + latin:
        return "other"
    return "zh" if han >= latin else "en"


@cache
def _converter(config: str) -> opencc.OpenCC:
    import opencc

    return opencc.OpenCC(config)


def _mapping(config: str) -> dict[str, str]:
    """Every Han character of the basic plane that the conversion changes when it stands alone."""
    characters = [chr(code) for codes in _HAN_RANGES for code in codes]
    converted = _converter(config).convert("\n".join(characters)).split("\n")
    return {old: new for old, new in zip(characters, converted, strict=True) if old != new}


@cache
def _simplified() -> dict[int, str]:
    return {ord(old): new for old, new in _mapping("t2s").items() if len(new) == 1}


@cache
def _distinctive() -> tuple[frozenset[str], frozenset[str]]:
    """Characters used in Traditional only, and in Simplified only."""
    traditional = set(_mapping("t2s")) - set(_SHARED)
    simplified = {old for old in _mapping("s2t") if not _encodable(old, "big5")}
    return frozenset(traditional), frozenset(simplified)


def _encodable(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
