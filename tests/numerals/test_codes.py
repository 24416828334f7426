"""Hotlines, telephone and document numbers, identifiers, addresses and file names: found, and kept as they are."""

from __future__ import annotations

import pytest

from translate.numerals import Fault, compare_codes, find_codes


@pytest.mark.parametrize(
    ("text", "name", "words", "form"),
    [
        ("健全12333公共服务号码", "hotline", "12333", "12333"),
        ("请拨打110报警", "hotline", "110", "110"),
        ("call 96150 for help", "hotline", "96150", "96150"),
        ("电话010-87654321", "phone", "010-87654321", "01087654321"),
        ("手机13800138000", "phone", "13800138000", "13800138000"),
        ("Tel: +86 10 8765 4321", "phone", "+86 10 8765 4321", "+861087654321"),
        ("客服400-123-4567", "phone", "400-123-4567", "4001234567"),
        ("根据国发〔2024〕12号文件", "document", "国发〔2024〕12号", "2024-12"),
        ("人社部发[2021]第3号", "document", "人社部发[2021]第3号", "2021-3"),
        ("证号110101199003070015", "identity", "110101199003070015", "110101199003070015"),
        ("代码91350211M000100Y43", "identity", "91350211M000100Y43", "91350211M000100Y43"),
        ("见https://www.example.gov.cn/a?b=1。", "url", "https://www.example.gov.cn/a?b=1", None),
        ("See www.example.org/x.", "url", "www.example.org/x", "www.example.org/x"),
        ("发至fuwu@example.gov.cn", "email", "fuwu@example.gov.cn", "fuwu@example.gov.cn"),
        ("登录example.gov.cn办理", "domain", "example.gov.cn", "example.gov.cn"),
        ("填写form_1.docx", "file", "form_1.docx", "form_1.docx"),
        ("符合GB/T 19001—2016", "standard", "GB/T 19001—2016", "GB/T 19001—2016"),
    ],
)
def test_found(text: str, name: str, words: str, form: str | None) -> None:
    found = [code for code in find_codes(text) if code.name == name]
    (code,) = found
    assert (code.text, code.form) == (words, form or words)
    assert text[slice(*code.span)] == words


@pytest.mark.parametrize(
    "text", ["共12333人", "12333.5元", "2021年", "110个县", "12,333 people", "3.5%", "e.g. this", ""]
)
def test_not_found(text: str) -> None:
    assert find_codes(text) == ()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("咨询请拨打12333。", "Please call 12333."),
        ("咨询请拨打１２３３３。", "Please call 12333."),
        ("热线12345和12333", "hotlines 12345 and 12333"),
        ("电话010-87654321", "Tel: +86 10 8765 4321"),
        ("国发〔2024〕12号", "Guofa [2024] No. 12"),
        ("国发〔2024〕12号", "State Council Document No. 12 of 2024"),
        ("国发〔2024〕12号", "document 12 that the State Council issued in 2024"),
        ("见http://www.example.gov.cn/", "See http://www.example.gov.cn for details."),
        ("发至Fuwu@example.gov.cn", "Send it to fuwu@example.gov.cn."),
        ("符合GB/T 19001—2016", "conforming to GB/T 19001-2016"),
        ("服务12333人次", "12,333 people were served"),
        ("没有", "None"),
    ],
)
def test_kept(source: str, target: str) -> None:
    assert compare_codes(source, target) == ()


@pytest.mark.parametrize(
    ("source", "target", "fault", "words"),
    [
        ("咨询请拨打12333。", "Please call 12,333.", Fault.CHANGED, "12,333"),
        ("咨询请拨打12333。", "Please call 12338.", Fault.CHANGED, "12338"),
        ("咨询请拨打12333。", "Please call us.", Fault.MISSING, None),
        ("电话010-87654321", "Tel: +86 10 8765 4322", Fault.CHANGED, "+86 10 8765 4322"),
        ("国发〔2024〕12号", "Guofa [2024] No. 13", Fault.CHANGED, "[2024] No. 13"),
        ("国发〔2024〕12号", "Guofa [2023] No. 12", Fault.CHANGED, "[2023] No. 12"),
        ("国发〔2024〕12号", "a document of the State Council", Fault.MISSING, None),
        (
            "见http://www.example.gov.cn/a",
            "See http://www.exanple.gov.cn/a",
            Fault.CHANGED,
            "http://www.exanple.gov.cn/a",
        ),
        ("发至fuwu@example.gov.cn", "Send it to fuwo@example.gov.cn.", Fault.CHANGED, "fuwo@example.gov.cn"),
        ("填写form_1.docx", "Fill in form_2.docx.", Fault.CHANGED, "form_2.docx"),
        ("加强服务", "Call the 12333 hotline.", Fault.ADDED, "12333"),
    ],
)
def test_altered(source: str, target: str, fault: Fault, words: str | None) -> None:
    (mismatch,) = compare_codes(source, target)
    assert mismatch.fault is fault
    assert words == (mismatch.target_span and target[slice(*mismatch.target_span)])


def test_a_code_named_twice_is_reported_once() -> None:
    assert len(compare_codes("12333热线，即12333平台", "the hotline")) == 1
