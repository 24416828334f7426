"""Automatic numbers of Word lists: those that count in Chinese, made to count in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate.formats.wordml import namespace, value

if TYPE_CHECKING:
    from lxml import etree

# Values of ST_NumberFormat (ISO/IEC 29500-1, 17.18.59) that show Chinese or full-width numerals.
CHINESE = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital", "ideographTraditional",
    "ideographZodiac", "ideographZodiacTraditional", "ideographLegalTraditional", "ideographEnclosedCircle",
    "taiwaneseCounting", "taiwaneseCountingThousand", "taiwaneseDigital", "japaneseCounting",
    "japaneseDigitalTenThousand", "japaneseLegal", "decimalFullWidth", "decimalFullWidth2",
    "decimalEnclosedCircleChinese",
}  # fmt: skip
NAMES = {
    "编": "Part", "編": "Part", "章": "Chapter", "节": "Section", "節": "Section", "条": "Article", "條": "Article",
    "款": "Paragraph", "项": "Item", "項": "Item", "部分": "Part",
}  # fmt: skip
NAMED = re.compile(f"第(%[1-9])({'|'.join(NAMES)})")
MARKS = str.maketrans("（）．、：。　", "()..:. ")


def anglicise(root: etree._Element) -> None:
    """Turn the levels of a numbering part in place: 一、 to I., （一） to (1), 第一条 to Article 1."""
    for level in root.iter("{*}lvl"):
        form, text = level.find("{*}numFmt"), level.find("{*}lvlText")
        if text is None or form is None:
            continue
        before = value(text)
        after = NAMED.sub(lambda match: f"{NAMES[match[2]]} {match[1]}", before).translate(MARKS)
        text.set(namespace(text) + "val", after)
        if value(form) in CHINESE:
            roman = re.fullmatch("%[1-9]、", before)  # the outermost of 一、（一）1.
            form.set(namespace(form) + "val", "upperRoman" if roman else "decimal")
