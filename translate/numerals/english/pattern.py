"""The forms that a number takes in English, as one pattern with one named group a form.

Every repetition is bounded or followed by nothing that must match, so that a scan is linear. Where two forms begin
alike, the longer is first.
"""

from __future__ import annotations

import re
from functools import cache

from translate.numerals.english.value import CARDINAL, ORDINAL

SCALE_WORD = r"(?:hundred|thousand|million|billion|trillion|quadrillion|quintillion|bn|mn|tn)\b"
_DIGITS = r"(?:[0-9]{1,3}(?:[,\u00a0\u202f\u2009][0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
_COUNT = rf"(?:{CARDINAL}|[0-9]{{1,3}})"
_RUN = rf"(?:{CARDINAL}|{ORDINAL})\b(?:(?:[ \u00a0-]|\s)(?:and\ )?(?:{CARDINAL}|{ORDINAL})\b){{0,14}}"

_MONTH = (
    "(?-i:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?!,?[0-9]|%|\.[0-9])"
_YEAR = r"(?:[12][0-9]{3})(?![0-9])"
_PERIODS = ("decade", "century", "fortnight")
_DATES = rf"""
    (?P<isodate>(?:19|20)[0-9]{{2}}(?P<sep>[-/.])(?:1[0-2]|0?[1-9])(?P=sep)(?:3[01]|[12][0-9]|0?[1-9])(?![0-9]))
    |(?P<date>(?P<day1>{_DAY})\ (?:of\ )?(?P<month1>{_MONTH})(?:,?\ (?P<year1>{_YEAR}))?
        |(?P<month2>{_MONTH})(?:\ (?P<day2>{_DAY})(?:,?\ (?P<year2>{_YEAR}))?|(?:,|\ of)?\ (?P<year3>{_YEAR}))?)
    |(?P<decade>(?P<tens>(?:[12][0-9])?[0-9]0)'?s\b)
    |(?P<clock>(?P<hour>[0-9]{{1,2}})(?:[:.](?P<minute>[0-5][0-9]))?\s?(?:(?P<late>p\.?m\b)|a\.?m\b)\.?
        |(?P<hour2>[0-9]{{1,2}}):(?P<minute2>[0-5][0-9])(?![0-9:])
        |half\ past\ (?P<halfpast>{_COUNT}))
    |(?P<ages>(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies\b)
    |(?P<period>(?:an?\ |the\ (?:past\ |last\ |next\ |coming\ )?)?(?:decade|century|fortnight)\b)
"""

_RANK = rf"(?:[0-9]{{1,3}}(?:st|nd|rd|th)|(?:(?:twent|thirt|fort|fift)y-)?(?:{ORDINAL}))"
_RANKED = "|".join(rf"(?<={word}\ )" for word in ("Chapter", "Part", "Grade", "Class", "Level", "Category"))
_NUMBERED = rf"""
    (?P<plan>(?P<planned>{_RANK})\ (?:five|5)[ -]year\ (?:[a-z]{{1,20}}\ ){{0,3}}?(?:plan|program|period)(?:me|s)?)
    |(?P<item>(?:(?<=^)|(?<=\n)|(?<=^\W))(?:
        \(?(?P<listed>[0-9]{{1,2}}|(?-i:[IVX]{{1,5}}))(?:\)|\.(?!\w)|-\ |-(?=[a-z])(?!fold|year|day|hour|month))
        |(?P<outline>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,4}})(?-i:(?=\ [A-Z]))
        |(?P<said>{ORDINAL}|last)(?:ly)?,))
    |(?P<roman>(?-i:[IVX]{{2,6}}\b|(?:{_RANKED})[IVX]\b))
    |(?P<token>covid-?[0-9]{{1,4}}
        |(?-i:(?!(?:Mid|Pre|Post|Non|Early|Late|Over|Sub|Top|RMB|Rmb|CNY|USD|HKD|EUR|US|HK)-?[0-9])
            (?:[A-Z][A-Za-z]{{0,14}}-?[0-9][A-Za-z0-9]*(?:\.[0-9]+)?|[0-9]{{1,4}}[A-Z][A-Za-z0-9]*)))
"""

_DENOMINATOR = (
    "halves|half|(?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth"
    "|twentieth|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth)s?"
)
_NO_FRACTION = (  # a third party
    r"[\ -](?:century|anniversary|birthday|party|parties|country|countries|time|batch|of\ (?:the\ )?(?:year|century))"
)
_BASE = "ten thousand|(?:a |one )?(?:hundred|thousand)|ten|five|10,000|1,000|100|10".replace(" ", r"\ ")
_TIME = "seconds|minutes|hours|days|weeks|months|years|million"
_AMOUNTS = rf"""
    (?P<part>(?P<share>{CARDINAL}|an?|[0-9]{{1,2}})
            (?:\ and\ (?P<more>a\ half|one[ -]half|a\ quarter)\b|[ -](?P<of>{_DENOMINATOR})\b(?!{_NO_FRACTION}))
            (?P<partscale>\ {SCALE_WORD})?
        |(?P<rate>[0-9]{{1,6}}(?:\.[0-9]{{1,4}})?|(?:{CARDINAL})(?=\ (?:parts\ )?per\ m))(?:\ parts)?\ per
            \ (?P<per>thousand|hundred\ thousand|million|1,000|10,000|100,000)\b
        |(?P<few>{_COUNT})\ (?:in|out\ of)\ (?:every\ |each\ )?(?P<base>{_BASE})\b(?!,[0-9]|\ (?:{_TIME}))
        |(?P<top>[0-9]{{1,3}})/(?P<bottom>[0-9]{{1,3}})(?![0-9/]))
    |(?P<half>half(?P<halfscale>\ a\ (?:million|billion|trillion|thousand|dozen|century|decade|year)
        |[ -](?:yearly|year|hour))?\b)
    |(?P<vague>(?P<many>(?:tens|scores)(?=\ of\b)|dozens|hundreds|thousands|millions|billions|trillions)
            (?:\ of\ (?P<manyof>thousands|millions|billions|trillions))?\b
        |(?:several|a\ few|few|many|multi)[ -](?P<afew>dozen|hundred|thousand|million|billion|trillion)s?\b)
    |(?P<doubled>(?P<by>doubl|tripl|quadrupl|quintupl)(?:e|es|ed|ing)\b|(?P<twice>twice|thrice)\b
        |(?P<fold>{CARDINAL})fold\b
        |(?<=in\ )(?P<copies>duplicate|triplicate|quadruplicate|quintuplicate)(?=[.,;:)]|$|\ (?:and|with|by|for|to)\b))
    |(?P<number>(?<!&\#){_DIGITS})
    |(?P<words>{_RUN})
"""

# A number begins a word, or follows a currency without a space: RMB500. Most small words are passed over by their
# first two letters, which halves the time.
_OTHER_WORDS = (
    "half halves several few many multi tens scores dozens doubled tripled quadrupled quintupled duplicate the last "
    "covid"
)
_FIRST_LETTERS = "|".join(
    sorted({word[:2] for word in (*CARDINAL.split("|"), *ORDINAL.split("|"), *_OTHER_WORDS.split(), *_PERIODS)})
)
_BEGINNING = (
    rf"(?:(?<![A-Za-z0-9])|(?<=RMB)|(?<=CNY)|(?<=USD)|(?<=HKD)|(?<=EUR))(?=(?-i:[^a-z]|an?\b|{_FIRST_LETTERS}))"
)


@cache
def pattern() -> re.Pattern[str]:
    """The pattern, compiled on first use: that takes a while, and most commands need no numbers."""
    return re.compile(rf"{_BEGINNING}(?:{_DATES}|{_NUMBERED}|{_AMOUNTS})", re.X | re.I)
