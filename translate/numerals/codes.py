"""Digits and names that are no amount: hotlines, telephone and document numbers, identifiers, addresses, files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from translate.numerals.quantity import Kind

if TYPE_CHECKING:
    from translate.records import Span

_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})"
_FILE_TYPES = "docx?|xlsx?|pptx?|pdf|txt|csv|tsv|zip|rar|7z|jpe?g|png|gif|html?|xml|json|wps|ofd"
_NAMES = rf"""
    (?P<url>(?:https?://|www\.)[^\s<>"“”‘’《》（）()，。；、：！？一-鿿]{{1,2000}})
    |(?P<email>(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}@{_HOST}(?:\.{_HOST}){{1,8}})
    |(?P<file>(?<![A-Za-z0-9_.-])[A-Za-z0-9_-][A-Za-z0-9_.-]{{0,99}}\.(?:{_FILE_TYPES})(?![A-Za-z0-9]))
    |(?P<domain>(?<![A-Za-z0-9.-])(?:{_HOST}\.){{1,5}}(?:com|cn|org|net|gov|edu|info)(?:\.cn)?(?![A-Za-z0-9.-]))
    |(?P<standard>(?<![A-Za-z])(?:GB|ISO|IEC|DB|JJF|HG|LD)(?:/[TZ])?[ -]?[0-9]{{2,6}}
        (?:[-—–:.][0-9]{{1,5}}){{0,3}}(?![0-9]))
"""
_DOCUMENTS = r"""
    (?P<document>[〔\[［【(（](?P<year>(?:19|20)[0-9]{2})[〕\]］】)）]\s?(?:第\s?)?(?P<serial>[0-9]{1,5})\s?号)
"""
_IDENTITIES = r"""
    (?P<identity>(?<![0-9A-Za-z])(?:[1-9][0-9]{16}[0-9Xx]|[0-9]{15,19}
        |(?=[0-9A-Z]{0,17}[A-Z])[0-9][0-9A-HJ-NPQRTUWXY]{17})(?![0-9A-Za-z]))
"""
_PHONES = r"""
    (?P<phone>(?<![0-9A-Za-z.])(?:(?:\+|00)86[ -]?)?(?:
        1[3-9][0-9]{9}
        |(?<=86[ -])[1-9][0-9]{1,2}[ -]?[0-9]{4}[ -]?[0-9]{4}
        |\(?0[0-9]{2,3}\)?[ -]?[0-9]{7,8}(?:-[0-9]{1,5})?
        |[48]00[ -]?[0-9]{3}[ -]?[0-9]{4}|[48]00[ -][0-9]{4}[ -]?[0-9]{3})(?![0-9]))
"""
# A hotline is known by the word before or after it; 12 and three digits are one unless something is counted.
_CALLED = "热线|电话|专线|服务号|公共服务|咨询|投诉|举报|平台|短信|报警|急救|火警|维权|客服"
_CALLED_ENGLISH = "hotlines?|phone|telephone|helpline|line|platform|service"
_CALL = "(?:(?<=热线)|(?<=电话)|(?<=热线[：:“])|(?<=电话[：:“])|(?<=拨打)|(?<=拨打“)|(?<=致电)|(?<=拨)|(?<=拨通))"
_CALL_ENGLISH = (
    r"(?:(?<=[Hh]otline\ )|(?<=[Cc]all\ )|(?<=[Dd]ial\ )|(?<=[Cc]alling\ )|(?<=[Dd]ialing\ )|(?<=[Cc]alled\ )"
    r"|(?<=[Dd]ialed\ )|(?<=[Dd]ialled\ ))"
)
_COUNTED = (
    r"[%万亿十百千多余个名人家项件户所元吨亩公套次座条年]|[.,][0-9]"
    r"|\ ?(?:percent|thousand|million|billion|trillion|times)\b"
)
_HOTLINES = rf"""
    (?P<hotline>(?<![0-9A-Za-z.,])(?:
        (?:12[0-9]{{3}}|9[56][0-9]{{3}}|100[0-9]{{2}}|1[12][0-9])
            (?=[ “”"]{{0,2}}(?:{_CALLED})|[ -](?:{_CALLED_ENGLISH})\b)
        |(?:{_CALL}|{_CALL_ENGLISH})[0-9]{{3,8}}(?!{_COUNTED})
        |12[0-9]{{3}}(?![0-9A-Za-z]|{_COUNTED}))(?![0-9]))
"""

# The first that fits at a place is taken. Every repetition is bounded, so a scan is linear.
_FORMS = "|".join((_NAMES, _DOCUMENTS, _IDENTITIES, _PHONES, _HOTLINES))
_MAY_HOLD_ONE = re.compile(r"[0-9]{3}|@|://|\.[A-Za-z]{2}|[〔［【\[]")
_ISSUER = re.compile(r"[一-鿿]{1,12}$")
_LEAD_IN = re.compile(
    r".{0,10}(?:根据|按照|依据|依照|参照|印发|执行|落实|废止|适用|以及|规定|通知|文件|转发|附件"
    r"|[见和及与以由的了在对])(?=.)"
)
_KINDS = ("url", "email", "document", "file", "domain", "standard", "identity", "phone", "hotline")


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a text; `form` is what must be the same on the other side.

    Of a document number the form is its year and serial, of telephone numbers and identifiers the digits and letters
    without spaces, hyphens and brackets, of all others the text itself.
    """

    name: str  # url, email, document, file, domain, standard, identity, phone, hotline
    form: str
    span: Span
    text: str

    @property
    def kind(self) -> Kind:
        """Document numbers are a kind of their own."""
        return Kind.DOCUMENT_NUMBER if self.name == "document" else Kind.CODE


@lru_cache(maxsize=512)  # of the source, for each of its candidates
def find_codes(text: str) -> tuple[Code, ...]:
    """The codes of a text of either language, in order; digits are taken in ASCII only."""
    if not _MAY_HOLD_ONE.search(text):
        return ()
    found: list[Code] = []
    for match in _pattern().finditer(text):
        found.append(_code(match, text, found[-1].span[1] if found else 0))
    return tuple(found)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_FORMS, re.X)


def _code(match: re.Match[str], text: str, earliest: int) -> Code:
    name = next(name for name in _KINDS if match[name] is not None)
    start, end = match.span()
    form = match[0]
    if name == "document":
        form = f"{match['year']}-{int(match['serial'])}"
        if issuer := _ISSUER.search(text, max(earliest, start - 12), start):
            lead_in = _LEAD_IN.match(issuer[0])
            start = issuer.start() + (lead_in.end() if lead_in else 0)
    elif name == "url":
        form = form.rstrip(".,;:!?'*")
        end = start + len(form)
    elif name in ("identity", "phone", "hotline"):
        form = re.sub(r"[ ()-]", "", form)
    return Code(name, form, (start, end), text[start:end])
