"""Markdown in and out: text is replaced within its lines, everything else stays byte for byte."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.formats import read_bytes, rebuild_document

PAGE = """\
---
title: 元数据
---
# 关于就业的通知 #

各地要**认真**落实，
见[办法](http://x.example/a_b "t")和<http://y.example>。

- 项目一
- [x] 项目`code`二
  1. 嵌套

     同项第二段

> 引用\\
> 硬换行

| 项目 | 金额 \\| 万元 |
|:---|---:|
| **培训** | 4800 |

```python
# 代码里的字
```

    缩进代码

<div>原样</div>

小标题
------

![图](a.png)正文[原件][r]。

[r]: http://z.example
"""


def texts(source: str) -> list[str]:
    return [block.text for block in read_bytes(source.encode(), path="x.md", format="md", encoding="utf-8").blocks]


def rewritten(source: str, change: Callable[[str], str]) -> str:
    data = source.encode()
    document = read_bytes(data, path="x.md", format="md", encoding="utf-8")
    return rebuild_document(document, data, {block.id: change(block.text) for block in document.blocks}).decode()


def test_the_blocks_of_a_page() -> None:
    blocks = read_bytes(PAGE.encode(), path="x.md", format="md").blocks
    assert [(block.kind.value, block.text) for block in blocks] == [
        ("heading", "关于就业的通知"),
        ("paragraph", "各地要认真落实，见办法和http://y.example。"),
        ("list-item", "项目一"),
        ("list-item", "项目code二"),
        ("list-item", "嵌套"),
        ("list-item", "同项第二段"),
        ("paragraph", "引用"),
        ("paragraph", "硬换行"),
        ("table-cell", "项目"),
        ("table-cell", "金额 | 万元"),
        ("table-cell", "培训"),
        ("table-cell", "4800"),
        ("heading", "小标题"),
        ("paragraph", "正文原件。"),
    ]


@pytest.mark.parametrize("source", [PAGE, PAGE.replace("\n", "\r\n"), "", "\n\n", "甲", "---\n"])
def test_identity_is_the_same_bytes(source: str) -> None:
    assert rewritten(source, lambda text: text) == source


def test_the_page_with_other_text() -> None:
    out = rewritten(PAGE, lambda text: "T" + text.replace("，见", "; see "))
    expected = PAGE
    for old, new in (
        ("# 关于", "# T关于"), ("各地要**认真**落实，\n见", "T各地要**认真**落实; see "), ("- 项目一", "- T项目一"),
        ("[x] 项目", "[x] T项目"), ("嵌套", "T嵌套"), ("同项", "T同项"), ("引用", "T引用"), ("硬换行", "T硬换行"),
        ("| 项目", "| T项目"), ("金额", "T金额"), ("**培训", "**T培训"), ("4800", "T4800"), ("小标题", "T小标题"),
        ("正文[原件][r]", "T正文[原件](http://z.example)"),
    ):  # fmt: skip
        expected = expected.replace(old, new)
    assert out == expected


@pytest.mark.parametrize(
    ("source", "target", "out"),
    [
        ("**甲**", "A", "**A**"),
        ("*重点*工作很多", "Much key work", "Much key work"),
        ("拨打**12333**咨询", "Call 12333 now", "Call **12333** now"),
        ("**全部加粗的很长一句**，尾", " A ", "**A**"),
        ("见[通知](u)全文如下", "See below", "See below [\\[1\\]](u)"),
        ("见[通知](<a b> \"t\")", "See 通知!", "[See 通知!](a%20b \"t\")"),
        ("请运行`make`", "Run make", "Run `make`"),
        ("请运行`make`", "Run it", "Run it `make`"),
        ("请运行`` `a` ``", "Run it", "Run it `` `a` ``"),
        ("网址<http://y.example>是", "It is http://y.example now", "It is <http://y.example> now"),
        ("网址<http://y.example>是", "It is", "It is <http://y.example>"),
        ("甲", "1. First", "1\\. First"),
        ("甲", "# no", "\\# no"),
        ("甲", "- no", "\\- no"),
        ("甲", "-5 yes", "-5 yes"),
        ("甲", "a_b * [c] <d> 2 < 3 & &amp;", "a_b \\* \\[c\\] \\<d> 2 < 3 & \\&amp;"),
        ("- 甲", "1) x", "- 1\\) x"),
        ("## 甲 ##", "1. x", "## 1. x ##"),
        ("|甲|\n|-|\n|乙|", "a|b", "|a\\|b|\n|-|\n|a\\|b|"),
        ("甲。　　乙。", "A.", "A.\n\nA."),
        ("- 甲。　　乙。", "A.", "- A.\n\n  A."),
        ("> - 甲\\\n>   乙", "A", "> - A\\\n>   A"),
        ("# 甲　　乙", "A", "# A<br>A"),
        ("甲<br>乙", "A", "A<br>A"),
        ("甲\r\n乙\r\n\r\n丙", "A", "A\r\n\r\nA"),
        ("好！[链接文字很长](u)", "Good! 链接文字很长", "[Good! 链接文字很长](u)"),
    ],
)  # fmt: skip
def test_targets_as_markup(source: str, target: str, out: str) -> None:
    assert rewritten(source, lambda _: target) == out


@given(st.text(st.sampled_from("甲乙a1 *_`[]()<>!#-+.|\\~&\n　"), max_size=40))
def test_identity_on_any_markup(source: str) -> None:
    assert rewritten(source, lambda text: text) == source


@given(st.text(st.sampled_from("ab1 *_`[]()<>!#-+=.|\\~&;"), min_size=1, max_size=30))
def test_any_target_is_text_again(target: str) -> None:
    out = rewritten("# 题\n\n甲\n\n- 乙\n\n|丙|\n|-|\n|丁|\n", lambda _: target)
    words = " ".join(target.split())
    assert [" ".join(text.split()) for text in texts(out)] == ([words] * 5 if words else [])


@given(st.text(st.sampled_from("甲乙ab *_`[]()<!~\n>-1.|"), max_size=30))
def test_changed_text_is_text_again(source: str) -> None:
    before = [f"x {text}".split() for text in texts(source)]
    assert [text.split() for text in texts(rewritten(source, lambda text: "x " + text))] == before


def test_long_inline_content_is_plain_text() -> None:
    assert texts("*a_[" * 6000 + "甲") == ["*a_[" * 6000 + "甲"]
