from __future__ import annotations

import io
import zipfile
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from translate.records import BlockKind, Segment, Unit
from translate.review.redline import Change, as_html, redline
from translate.review.tracked import tracked_docx
from translate.review.versions import Paragraph, compare, paragraphs, versions_page

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def plain(*texts: str) -> list[Paragraph]:
    return [(BlockKind.PARAGRAPH, text) for text in texts]


@pytest.mark.parametrize(
    ("old", "new", "html"),
    [
        ("Same.", "Same.", "Same."),
        ("We recruit people.", "We hire people.", "We <del>recruit</del><ins>hire</ins> people."),
        ("Call 12333.", "Call 12333 now.", "Call 12333<ins> now</ins>."),
        ("One and two.", "One.", "One<del> and two</del>."),
        ("The very old plan.", "The quite new plan.", "The <del>very old</del><ins>quite new</ins> plan."),
        ("5.5 percent", "5.6 percent", "<del>5.5</del><ins>5.6</ins> percent"),
        ("", "New.", "<ins>New.</ins>"),
        ("Old.", "", "<del>Old.</del>"),
        (
            "Quite another thing",
            "Nothing else, ever: no",
            "<del>Quite another thing</del><ins>Nothing else, ever: no</ins>",
        ),
        ("a < b & c", "a < b & d", "a &lt; b &amp; <del>c</del><ins>d</ins>"),
    ],
)
def test_words_are_marked(old: str, new: str, html: str) -> None:
    assert as_html(redline(old, new)) == html


TEXTS = st.text(st.sampled_from("ab .,\n-'中é\u3000<&\x07\U0001f600"), max_size=30)


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_both_texts_are_in_it(old: str, new: str) -> None:
    pieces = redline(old, new)
    assert "".join(piece.text for piece in pieces if piece.change is not Change.INSERTED) == old
    assert "".join(piece.text for piece in pieces if piece.change is not Change.DELETED) == new


def test_paragraphs_find_their_like() -> None:
    old = plain("Title", "We recruit many people here.", "Old rules are void.", "End")
    new = plain("Title", "A new first point.", "We hire many people here.", "End")
    fates = [(paragraph.fate, "".join(piece.text for piece in paragraph.pieces)) for paragraph in compare(old, new)]
    assert fates == [
        (Change.KEPT, "Title"),
        (Change.INSERTED, "A new first point."),
        (None, "We recruithire many people here."),
        (Change.DELETED, "Old rules are void."),
        (Change.KEPT, "End"),
    ]


def test_a_text_of_blocks() -> None:
    units = [
        Unit(f"b1.s{number}", (Segment(f"b1.s{number}", "b1", "文", BlockKind.HEADING),), text)
        for number, text in enumerate(("One.", "", "Two."))
    ]
    assert paragraphs(units) == [(BlockKind.HEADING, "One. Two.")]


def read_docx(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def text_of(root: etree._Element, without: str) -> list[str]:
    """The paragraphs after all changes are accepted (without "del") or rejected (without "ins")."""
    out = []
    for paragraph in root.iter(W + "p"):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{without}") is not None:
            continue
        nodes = paragraph.iter(W + "t", W + "delText")
        out.append("".join(node.text or "" for node in nodes if not any(True for _ in node.iterancestors(W + without))))
    return out


PARAGRAPHS = st.lists(
    st.sampled_from(["One plan.", "Two new plans.", "Two old plans.", "Fees & <costs>", "Three"]), max_size=8
)


@given(PARAGRAPHS, PARAGRAPHS)
@settings(max_examples=100, deadline=None)
def test_accepting_gives_the_new_text_and_rejecting_the_old_one(old: list[str], new: list[str]) -> None:
    changed = compare(plain(*old), plain(*new))
    root = read_docx(tracked_docx(changed))
    assert text_of(root, "del") == new
    assert text_of(root, "ins") == old
    identities = [node.get(W + "id") for node in root.iter(W + "ins", W + "del")]
    assert len(set(identities)) == len(identities)


def test_word_processors_open_it() -> None:
    import docx

    changed = compare([(BlockKind.HEADING, "Old title\x07")], [(BlockKind.HEADING, "New title\ud800")])
    opened = docx.Document(io.BytesIO(tracked_docx(changed)))
    assert [paragraph.style.name for paragraph in opened.paragraphs if paragraph.style] == ["Heading 1"] * 2


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onload", "onclick"}


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    changed = compare(plain("<script>alert(1)</script>"), plain("<img src=x onerror=alert(1)>"))
    reader = Reader()
    reader.feed(versions_page(changed, "<b>.docx", [("Earlier", "<i>")]).decode("utf-8"))
    assert {"ins", "del", "style"} < set(reader.tags)
    assert not {"script", "img", "link", "b", "i"} & set(reader.tags)
