"""HTML in and out: what shows is read, the tree stays."""

from collections.abc import Callable

import pytest

from translate.errors import InputError
from translate.formats import read_bytes, rebuild_document


def texts(page: str | bytes) -> list[str]:
    data = page if isinstance(page, bytes) else page.encode()
    return [block.text for block in read_bytes(data, path="x.html", format="html").blocks]


def rewritten(page: str | bytes, change: Callable[[str], str]) -> str:
    data = page if isinstance(page, bytes) else page.encode()
    document = read_bytes(data, path="x.html", format="html")
    return rebuild_document(document, data, {block.id: change(block.text) for block in document.blocks}).decode()


CASES = [
    ("<p>甲</p><p>乙</p>", ["甲", "乙"]),
    ("<p>　　各地<b>要</b>落实。</p>", ["各地要落实。"]),
    ("<div>甲<br>乙<br/><br/>丙</div>", ["甲", "乙", "丙"]),
    ("<div>前<p>中</p>后</div>", ["前", "中", "后"]),
    ("<p>各地\n   要落实</p>", ["各地要落实"]),  # a line end between Chinese is no space
    ("<p>policy\n paper</p>", ["policy paper"]),
    ("<p>甲。　　乙。</p>", ["甲。", "乙。"]),
    ("<p>&nbsp;&emsp;A&amp;B &lt;甲&gt;</p>", ["A&B <甲>"]),
    ("<p>甲<!-- 注 -->乙</p>", ["甲乙"]),
    ("<p>甲<script>var x='丙'</script>乙</p><style>丁</style><pre>戊</pre>", ["甲乙"]),
    ("<p>运行<code>make</code>命令</p><p><code>make</code></p>", ["运行make命令"]),
    ('<p>甲<span translate="no">乙</span></p><p translate="no">丙</p>', ["甲"]),
    ("<table><tr><th>项目</th><td>金额<p>万元</p></td></tr></table>", ["项目", "金额", "万元"]),
    ("<p><img alt='图'>甲<a href='x'>乙</a></p>", ["甲乙"]),
    ("<p>人<ruby>社<rt>she</rt></ruby></p>", ["人社"]),
    ("甲", ["甲"]),
    ("甲<p>乙</p>", ["甲", "乙"]),
    ("<b><p>甲</p></b>", ["甲"]),
    ("<p>未闭合<b>甲<p>乙", ["未闭合甲", "乙"]),
    ("&#xD800;&#0;<p>甲&#x1;</p>", ["\ufffd\ufffd", "甲"]),
    ("", []),
    (" \n", []),
    ("<p> 　</p>", []),
]


@pytest.mark.parametrize(("page", "expected"), CASES)
def test_blocks(page: str, expected: list[str]) -> None:
    assert texts(page) == expected


@pytest.mark.parametrize(("page", "expected"), CASES)
def test_rebuilding_gives_the_text_back(page: str, expected: list[str]) -> None:
    assert texts(rewritten(page, lambda text: text)) == expected
    marked = [f"<{text}&" for text in expected]
    if "code" not in page:
        assert texts(rewritten(page, lambda text: f"<{text}&")) == marked


@pytest.mark.parametrize(
    ("page", "target", "out"),
    [
        ("<p class=a>甲</p>", "A < B", '<p class="a">A &lt; B</p>'),
        ("<p><b>甲</b></p>", "A", "<p><b>A</b></p>"),
        ("<p>拨打<b>12333</b>咨询</p>", "Call 12333 now", "<p>Call <b>12333</b> now</p>"),
        ("<p><b>12333</b>是热线电话</p>", "The line is 12333.", "<p>The line is <b>12333</b>.</p>"),
        ("<p>这项<b>重点</b>工作</p>", "This key work", "<p>This key work</p>"),
        ('<p>见<a href="x">通知</a>全文</p>', "See it", '<p>See it<a href="x"> [1]</a></p>'),
        ('<p><a href="x">通知</a></p>', "Notice", '<p><a href="x">Notice</a></p>'),
        ("<p>请运行<code>make</code></p>", "Run make", "<p>Run <code>make</code></p>"),
        ("<p>请运行<code>make</code></p>", "Run it", "<p>Run it<code> make</code></p>"),
        ("<p>甲<img src=x>乙</p>", "A", '<p>A<img src="x"></p>'),
        ('<p><span id="k">重</span>点工作</p>', "Key", '<p><span id="k"></span>Key</p>'),
    ],
)
def test_inline_elements(page: str, target: str, out: str) -> None:
    assert rewritten(page, lambda _: target) == out


def test_a_gap_of_ideographic_spaces_becomes_a_line_break() -> None:
    assert rewritten("<p>　　甲。　　乙。</p>", lambda text: text[0] + ".") == "<p>甲.<br>乙.</p>"
    assert rewritten("<p>x<b>k</b>甲。　　乙。</p>", lambda text: text[0] + ".") == "<p>x.<br>乙.</p>"


def test_kinds() -> None:
    page = """<html><head><title>题</title></head><body><h2>节</h2><p>正文。</p><ul><li>项<p>段</p></li></ul>
    <table><caption>表</caption><tr><td>格</td></tr></table><dl><dt>词</dt><dd>义</dd></dl><p>短行</p><p>正文。</p>"""
    blocks = read_bytes(page.encode(), path="x", format="html").blocks
    assert [(block.text, block.kind.value) for block in blocks] == [
        ("题", "heading"), ("节", "heading"), ("正文。", "paragraph"), ("项", "list-item"), ("段", "list-item"),
        ("表", "paragraph"), ("格", "table-cell"), ("词", "list-item"), ("义", "list-item"), ("短行", "paragraph"),
        ("正文。", "paragraph"),
    ]  # fmt: skip


def test_a_page_without_heading_elements_has_headings_by_their_look() -> None:
    blocks = read_bytes("<title>题</title><p>一、要求</p><p>各地要落实。</p>".encode(), path="x", format="html").blocks
    assert [block.kind.value for block in blocks] == ["heading", "heading", "paragraph"]


@pytest.mark.parametrize("name", ["utf-8", "gb18030", "big5hkscs", "utf-16-le"])
@pytest.mark.parametrize("meta", ["", "<meta charset={}>", '<meta http-equiv=x content="text/html; charset={}">'])
def test_encodings_with_and_without_meta(name: str, meta: str) -> None:
    page = f"<html><head>{meta.format(name)}</head><body><p>關於就業工作的通知</p></body></html>"
    document = read_bytes(page.encode(name), path="x", format="html")
    assert (document.encoding, document.blocks[0].text) == (name, "關於就業工作的通知")


def test_a_wrong_meta_is_overruled_by_the_text() -> None:
    page = "<meta charset=gb2312><p>页面其实是另一种编码的，比声明的内容要长一些。</p>"
    assert read_bytes(page.encode(), path="x", format="html").encoding == "utf-8"
    assert read_bytes(page.replace("gb2312", "nonsense").encode(), path="x", format="html").encoding == "utf-8"


def test_the_page_says_what_it_is_after_rebuilding() -> None:
    page = '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="gbk"></head><!-- c --><p>各地</p></html>'
    out = rewritten(page.encode("gbk"), lambda _: "café")
    assert out == (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"></head><!-- c --><body><p>café</p></body></html>'
    )


def test_too_deep_is_refused_and_deep_works() -> None:
    assert texts("<div>" * 500 + "甲") == ["甲"]
    with pytest.raises(InputError, match="depth"):
        texts("<div>" * 5000 + "甲")
