"""The forms that a number takes in Chinese, as one pattern with one named group a form.

Every repetition is bounded or followed by nothing that must match, so that a scan is linear. Where two forms begin
alike, the longer is first.
"""

from __future__ import annotations

import re
from functools import cache

_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
_THOUSAND = "千(?![瓦克米卡帕伏赫])"
_HUNDRED = "百(?!分[之点])"
_DIGIT = "〇零一二两三四五六七八九"
_SCALED = (
    rf"{_ARABIC}(?:[多余几来]?(?:[十百千]?[万亿]{{1,3}}|{_THOUSAND}|百(?!分))"
    rf"(?:[0-9]{{1,4}}(?![0-9年.,%])(?:{_THOUSAND}|万)?)?)?"
)
_HAN = (
    rf"(?:(?<![人总指基倍参系级天号])[几数](?=[十百千万亿]))?(?:[{_DIGIT}十万亿]|{_THOUSAND}|{_HUNDRED})"
    rf"(?:[{_DIGIT}十万亿]|{_THOUSAND}|{_HUNDRED}|[多余几来](?=[十百千万亿])|(?<=十)几){{0,48}}"
    rf"(?:点[〇零一二三四五六七八九]{{1,12}})?"
)
_NUMBER = rf"(?:{_SCALED}|{_HAN})"
_FEW = "[一二三四五六七八九十]{1,3}"

_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_YEAR = r"(?:(?<![0-9.,])[12][0-9]{3}|[一二][〇零一二三四五六七八九]{3})"
_REPUBLIC = r"(?:中华)?民国(?P<republic>[0-9]{1,3}|[一二三四五六七八九十百零]{1,5})"
_DATES = rf"""
    (?P<isodate>(?<![0-9])(?:19|20)[0-9]{{2}}(?P<sep>[-/.])(?:1[0-2]|0?[1-9])(?P=sep)(?:3[01]|[12][0-9]|0?[1-9])(?![0-9]))
    |(?P<date>(?:{_REPUBLIC}|(?P<year>{_YEAR}))\s?年(?!代)
        (?:度?\s?(?P<month>{_MONTH})\s?月(?:份|\s?(?P<day>{_DAY})\s?[日号])?)?)
    |(?P<monthday>(?<![0-9个第{_DIGIT}十])(?P<month2>{_MONTH})\s?月(?!之内|以内|内(?!蒙))(?:份|\s?(?P<day2>{_DAY})\s?[日号])?)
    |(?P<decade>(?P<century>上个?世纪|本世纪|20世纪|二十世纪|21世纪|二十一世纪|19世纪|十九世纪)?
        (?P<tens>(?:[12][0-9])?[0-9]0|[二三四五六七八九]十)年代)
    |(?P<clock>(?P<hour>[0-9]{{1,2}})
            (?::(?P<minute>[0-5][0-9])(?![0-9:])|[时点](?:(?P<past>[0-9]{{1,2}})分|(?P<halfpast>半)))
        |(?P<spokenhour>[一二两三四五六七八九十]{{1,3}})点
            (?:(?P<spokenminute>零?{_FEW})(?=分|(?<=十)|(?<=十[一二三四五六七八九]))分?|(?P<spokenhalf>半)))
    |(?P<quarterhour>[一三]刻钟)
    |(?P<halfyear>[上下]半年)
"""

# 十四五 is the 14th Five-Year Plan; 九五 and 十五 are so only in quotation marks or before 规划.
_PLAN = "十[一二三四五六七八九]?五|[一二三四五六七八九]五"
_PERIOD = "规划|计划|时期|期间"
_NUMBERED = rf"""
    (?P<plan>[“"](?P<quoted>{_PLAN})[”"](?:{_PERIOD})?
        |(?P<named>十[一二三四五六七八九]?五|[六七八九]五)(?:{_PERIOD}|以来|末)
        |(?P<bare>十[一二三四五六七八九]五)
        |第(?P<spelled>{_NUMBER})个五年(?:规划|计划))
    |(?P<item>(?<![^\s。；：，！？、“”])
            (?:[（(](?P<bracketed>{_FEW}|[0-9]{{1,2}})[）)]|(?P<said>{_FEW})(?:是|要)(?!否))
        |(?<![^\s])(?P<listed>{_FEW}|[0-9]{{1,2}})(?:、|[.．](?![0-9]))
        |(?P<circled>[①-⑳]))
    |(?P<born>(?<![0-9])[05-9][05](?=后(?:$|[“”、，。]|[青员职选创群夫小女男]|年轻人|父母|大学生)))
    |(?P<token>(?<![A-Za-z0-9])(?:[A-Za-z]{{1,15}}-?[0-9][A-Za-z0-9.]*
        |[0-9]{{1,4}}(?=[A-Za-z])(?!(?:km|kg|mm|cm|m|g|t|kW|MW|GW|GB|TB|MB|h)\b)[A-Za-z][A-Za-z0-9]*))
    |(?P<ordinal>第(?P<rank>{_NUMBER}))
"""
_AMOUNTS = rf"""
    (?P<part>(?P<whole>百|千|万|{_NUMBER})分之(?P<share>{_NUMBER})
        |(?P<top>[0-9]{{1,12}}(?:\.[0-9]{{1,12}})?)/(?P<bottom>[0-9]{{1,12}}万?))
    |(?P<doubled>翻了?(?P<howfar>近|约|将近|超过)?
        (?:(?P<turns>[一两二三四五六七八九]|[0-9]{{1,2}}(?:\.[0-9]{{1,2}})?)番|番|倍)
        |(?:加倍|倍增)(?=$|[\s，。；、：！？）)”]))
    |(?P<number>{_NUMBER})
    |(?P<half>一半|半数|过半|半(?=年|个月|天|小时|价|月))
"""

# What any of the forms begins with; looking for that first keeps the scan of plain text fast.
_BEGINNING = rf"[0-9{_DIGIT}十百千万亿半几数翻加倍第上下本过中民“\"（(①-⑳A-Za-z]"


@cache
def pattern() -> re.Pattern[str]:
    """The pattern, compiled on first use: that takes a while, and most commands need no numbers."""
    return re.compile(rf"(?={_BEGINNING})(?:{_DATES}|{_NUMBERED}|{_AMOUNTS})", re.X)
