"""The report in a browser: filter, edit, decide, comment, save, and read the saved file back."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from translate.bilingual import load_rows
from translate.bilingual.html import dumps
from translate.bilingual.rows import row_of
from translate.bilingual.tsv import dumps_rows
from translate.checks import dismissed_checks, risk, run_checks
from translate.glossary import Glossary, locate
from translate.records import BlockKind, Document, Finding, Run, Segment, Severity, Term, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

    from translate.bilingual.rows import Row

selenium = pytest.importorskip("selenium", reason="selenium is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="there is no chromium with its chromedriver")

FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1400,1000"),
)
GLOSSARY = Glossary((Term("技能培训", "skills training"), Term("就业服务", "employment services")))
PAIRS = (
    ("一、工作目标", "I. Goals", BlockKind.HEADING),
    ("全市有3万人参加技能培训。", "The city has 40,000 people in skills training.", BlockKind.PARAGRAPH),
    ("加强就业服务。", "We will strengthen job help.", BlockKind.PARAGRAPH),
    ("不得收费。", "Fees are charged.", BlockKind.PARAGRAPH),
    ("请各县落实。", "Counties should carry this out.", BlockKind.LIST_ITEM),
)
HOSTILE = (
    "</script><script>document.title='broken'</script>",
    '=HYPERLINK("x")\ttab\nline\r\\n',
    '"quoted" text',
    "'tis",
    "＝1+1",
    "\x00\x07\x7f\x9f\u2028\u2029\ufeff\ufffe\uffff",
    "lone \ud800 and \udfff, \U00020000",
    "<img src=x onerror=alert(1)> &amp; \u202eback",
)


def units_of(pairs: tuple[tuple[str, str, BlockKind], ...] = PAIRS) -> tuple[Unit, ...]:
    """Units with the terms and findings of the real checks."""
    units = []
    for number, (source, target, kind) in enumerate(pairs, 1):
        segment = Segment(f"b{number:04d}.s01", f"b{number:04d}", source, kind)
        hits = locate(GLOSSARY.find(source), target, kind=kind)
        units.append(Unit(segment.id, (segment,), target, "plain", -0.4, hits))
    return run_checks(units)


def run_of(units: tuple[Unit, ...]) -> Run:
    return Run(Document("notice.docx", "docx", ()), units, {})


class Page:
    """A report that is open in the browser."""

    def __init__(self, browser: Chrome, path: Path, downloads: Path) -> None:
        self.browser, self.path, self.downloads = browser, path, downloads

    def open(self) -> None:
        self.browser.get(self.path.as_uri())

    def all(self, selector: str) -> list[WebElement]:
        return self.browser.find_elements("css selector", selector)

    def one(self, selector: str) -> WebElement:
        return self.browser.find_element("css selector", selector)

    def ids(self) -> list[str]:
        return list(self.run("return [...document.querySelectorAll('#rows .id')].map(id => id.textContent)"))

    def shows(self, ids: list[str]) -> bool:
        return self.ids() == ids

    def press(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.browser, duration=0).send_keys(*keys).perform()

    def press_with_control(self, key: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains
        from selenium.webdriver.common.keys import Keys

        ActionChains(self.browser, duration=0).key_down(Keys.CONTROL).send_keys(key).key_up(Keys.CONTROL).perform()

    def choose(self, select: str, value: str) -> None:
        self.one(f'#{select} option[value="{value}"]').click()

    def wait(self, true: Callable[[], Any]) -> None:
        until = time.monotonic() + 10
        while not true():
            assert time.monotonic() < until, "waited in vain"
            time.sleep(0.02)

    def saved(self) -> Path:
        """The file that the page saves, once it is there."""
        file = self.downloads / "aligned.reviewed.tsv"
        file.unlink(missing_ok=True)
        self.one("#save").click()
        self.wait(file.exists)
        return file

    def current(self) -> str:
        return self.one(".row.current .id").text

    def run(self, script: str) -> Any:
        return self.browser.execute_script(script)

    def warns_before_leaving(self) -> bool:
        event = "new Event('beforeunload', {cancelable: true})"
        return bool(self.run(f"const event = {event}; window.dispatchEvent(event); return event.defaultPrevented"))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.set_capability("unhandledPromptBehavior", "ignore")
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    driver.set_page_load_timeout(60)
    yield driver
    driver.quit()


@pytest.fixture
def report(browser: Chrome, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens the page of some units; at the end nothing may have been refused or gone wrong in it."""

    def make(units: tuple[Unit, ...] | None = None, rows: tuple[Row, ...] | None = None) -> Page:
        path = tmp_path / "report.html"
        path.write_bytes(dumps(run_of(units_of() if units is None else units), rows))
        browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
        page = Page(browser, path, tmp_path)
        page.open()
        return page

    empty = tmp_path / "empty.html"  # of the same origin: what an earlier test left in the browser goes
    empty.write_text("<!DOCTYPE html><title>empty</title>")
    browser.get(empty.as_uri())
    browser.execute_script("localStorage.clear()")
    yield make
    said = browser.get_log("browser")  # type: ignore[no-untyped-call]  # selenium leaves it so
    # chromium remarks that it asks nobody about leaving a page that nobody has touched
    assert [entry for entry in said if entry["source"] != "intervention"] == []


def test_filter_edit_accept_comment_save_and_read_back(report: Callable[..., Page]) -> None:
    from selenium.webdriver.common.keys import Keys

    page = report()
    page.choose("check", "number")
    assert page.ids() == ["b0002.s01"]
    page.one(".source .text").click()
    page.press("e", Keys.END, Keys.BACKSPACE, " in 2024.")
    page.press_with_control(Keys.ENTER)
    page.one("#clear").click()
    assert page.ids() == [f"b000{number}.s01" for number in range(1, 6)]
    page.one("#u1 [data-do=accept]").click()  # an edit needs none
    page.one("#u3 [data-do=accept]").click()
    page.one("#u4 [data-do=reject]").click()
    page.one("#u4 [data-do=comment]").click()
    page.press("=May they?\n“Ask”")
    rows = load_rows(page.saved())
    assert [(row.status, row.reviewed, row.comment) for row in rows] == [
        ("new", "", ""),
        ("edited", "The city has 40,000 people in skills training in 2024.", ""),
        ("new", "", ""),
        ("accepted", "", ""),
        ("rejected", "", "=May they?\n“Ask”"),
    ]


@pytest.mark.parametrize("side", ["source", "target"])
def test_a_file_saved_untouched_is_the_sheet_itself(report: Callable[..., Page], side: str) -> None:
    pairs = [(text, "plain") if side == "source" else ("平", text) for text in HOSTILE]
    units = units_of(tuple((*pair, BlockKind.PARAGRAPH) for pair in pairs))
    page = report(units)
    assert page.saved().read_bytes() == dumps_rows(row_of(unit) for unit in units)
    assert page.browser.title == "notice.docx: translation review"
    assert page.all("#rows img, #rows script") == []
    shown = page.all(f".{side} .text")
    assert [shown[at].get_attribute("textContent") for at in (0, 7)] == [HOSTILE[0], HOSTILE[7]]


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\ud800" not in text])
def test_an_edit_comes_back_as_it_was_typed(report: Callable[..., Page], text: str) -> None:
    page = report(units_of(PAIRS[3:4]))
    typed = text.replace("\r", "")  # no key writes one
    page.one("[data-do=edit]").click()
    field = page.one("textarea")
    page.browser.execute_script(
        "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}))",
        field,
        typed,
    )
    row = load_rows(page.saved())[0]
    assert (row.reviewed, row.status, row.target) == (typed, "edited", "Fees are charged.")


def test_findings_and_terms_are_marked_where_they_stand(report: Callable[..., Page]) -> None:
    findings = (
        Finding("number", Severity.WARNING, "The values differ.", (0, 6), (4, 9)),
        Finding("term", Severity.ERROR, "Not this one.", (4, 9), (7, 20)),
        Finding("punctuation", Severity.NOTE, "No mark at the end.", None, (20, 20)),
    )
    unit = units_of((("\U00020000全市有3万人参加技能培训", "The city has 3,000, a lot.", BlockKind.PARAGRAPH),))[0]
    page = report((replace(unit, findings=findings),))
    pieces = [(mark.get_attribute("class"), mark.text) for mark in page.all(".source .text > *")]
    assert pieces == [
        ("warning", "\U00020000全市有"),
        ("error", "3万"),
        ("error", "人参加"),
        ("term missing", "技能培训"),
    ]
    target = [(mark.get_attribute("class"), mark.text) for mark in page.all(".target .text > *")]
    assert target == [("warning", "cit"), ("error", "y "), ("error", "has 3,000, "), ("note point", "")]
    tips = [mark.get_attribute("data-tip") for mark in page.all(".source .text > *")]
    assert tips[1] == "Number differs: The values differ.\nTerm missing: Not this one."
    assert tips[3] == "Term: 技能培训 → skills training (missing)"
    words = [item.text for item in page.all(".findings .said")]
    assert words[0] == "Number differs The values differ."
    assert [badge.text for badge in page.all(".badge")] == ["warning", "error", "note"]


def test_filters_and_search(report: Callable[..., Page]) -> None:
    page = report()
    assert page.one("#shown").text == "5 shown"
    page.one(".chip-error").click()
    assert page.ids() == ["b0002.s01", "b0003.s01"]
    page.one(".chip-warning").click()
    assert page.ids() == ["b0002.s01", "b0003.s01", "b0004.s01"]
    assert page.one("#shown").text == "3 of 5 shown"
    page.choose("check", "term")
    assert page.ids() == ["b0003.s01"]
    page.one("#clear").click()
    page.one("#u0 [data-do=accept]").click()
    page.choose("status", "accepted")
    assert page.ids() == ["b0001.s01"]
    page.one("#clear").click()
    page.press("/")
    for query, found in (("收费", ["b0004.s01"]), ("JOB HELP", ["b0003.s01"]), ("nothing like it", [])):
        page.run("document.activeElement.select()")
        page.press(query)
        page.wait(partial(page.shows, found))
    assert page.one("#nothing").is_displayed()
    assert not page.one("#rows").text


def test_the_riskiest_come_first_on_request(report: Callable[..., Page]) -> None:
    page = report()
    page.choose("order", "risk")
    assert page.ids() == [unit.id for unit in sorted(units_of(), key=risk, reverse=True)]
    assert page.ids()[0] == "b0003.s01"
    page.choose("order", "document")
    assert page.ids()[0] == "b0001.s01"


def test_a_check_in_the_chart_filters(report: Callable[..., Page]) -> None:
    page = report()
    charts = [chart.get_attribute("aria-label") for chart in page.all(".summary [role=img]")]
    assert charts[0] == "2 with errors, 1 with warnings, 0 with notes, 2 without findings"
    assert charts[1] == "0 accepted, 0 edited, 0 rejected, 5 new"
    page.one("#by-check [data-check=negation]").click()
    assert page.ids() == ["b0004.s01"]
    page.one("#by-check [data-check=negation]").click()
    assert len(page.ids()) == 5


def test_the_keyboard_is_enough(report: Callable[..., Page]) -> None:
    from selenium.webdriver.common.keys import Keys

    page = report()
    page.press("j", "j")
    assert page.current() == "b0002.s01"
    page.press("n")
    assert page.current() == "b0003.s01"
    page.press("p", "k")
    assert page.current() == "b0001.s01"
    page.press("a", "j", "r", "j", "e", "!", Keys.ESCAPE, "j", "a", "a", "j", "a", "u")
    assert page.current() == "b0005.s01"
    page.press("c", "Ask.", Keys.ESCAPE, "i")
    assert page.one("#u4 .details").text.startswith("Made by")
    page.press("?")
    assert page.one("#help").is_displayed()
    page.press(Keys.ESCAPE)
    assert not page.one("#help").is_displayed()
    rows = load_rows(page.saved())
    assert [row.status for row in rows] == ["accepted", "rejected", "new", "new", "new"]
    assert [row.reviewed for row in rows] == [""] * 5
    assert rows[4].comment == "Ask."


def test_single_keys_can_be_switched_off(report: Callable[..., Page]) -> None:
    from selenium.webdriver.common.keys import Keys

    page = report()
    page.press("?")
    page.one("#keys").click()
    page.press(Keys.ESCAPE, "j", "a")
    assert {row.status for row in load_rows(page.saved())} == {"new"}


def test_work_is_kept_when_the_page_is_opened_again(report: Callable[..., Page]) -> None:
    page = report()
    assert not page.warns_before_leaving()
    page.one("#u0 [data-do=edit]").click()
    page.press(" more")  # and no end to the edit
    assert page.warns_before_leaving()
    page.open()
    assert page.one("#u0 .target > .text").text == "I. Goals more"
    assert "kept in this browser" in page.one("#notice").text
    assert page.warns_before_leaving()
    assert load_rows(page.saved())[0].reviewed == "I. Goals more"
    assert not page.warns_before_leaving()
    page.one("#u0 [data-do=restore]").click()
    assert (page.one("#u0 .target > .text").text, page.one("#u0 .status").text) == ("I. Goals", "")


def test_two_tabs_of_a_report_agree(report: Callable[..., Page]) -> None:
    page = report()
    first = page.browser.current_window_handle
    page.browser.switch_to.new_window("tab")
    page.open()
    second = page.browser.current_window_handle
    page.browser.switch_to.window(first)
    page.one("#u0 [data-do=accept]").click()
    page.browser.switch_to.window(second)
    page.wait(lambda: page.one("#u0 .status").text == "accepted")
    page.browser.close()
    page.browser.switch_to.window(first)
    page.open()
    assert page.one("#u0 .status").text == "accepted"


def test_without_storage_everything_but_keeping_works(report: Callable[..., Page]) -> None:
    refuse = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})"
    page = report()
    added = page.browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": refuse})
    try:
        page.open()
        page.one("#u1 [data-do=accept]").click()
        assert "keeps nothing" in page.one("#kept").text
        assert load_rows(page.saved())[1].status == "accepted"
    finally:
        page.browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_a_finding_can_be_dismissed_and_an_earlier_review_goes_on(report: Callable[..., Page]) -> None:
    units = units_of()
    rows = [row_of(unit) for unit in units]
    rows[1] = replace(rows[1], target="The machine's text.", reviewed=units[1].target, status="edited")
    rows[3] = replace(rows[3], comment="ok: negation; Ask the office.")
    page = report(units, tuple(rows))
    assert page.one("#u1 .earlier .text").text == "The machine's text."
    assert page.one("#u3 textarea").get_attribute("value") == "Ask the office."
    assert page.one("#u3 [data-do=dismiss]").get_attribute("aria-pressed") == "true"
    assert page.all("#u3 mark") == []
    page.one("#u1 [data-do=dismiss]").click()
    saved = load_rows(page.saved())
    assert saved[1] == replace(rows[1], comment="ok: number")
    assert saved[3] == rows[3]
    ids = ["number", "negation"]
    assert [dismissed_checks(row.status, row.comment, ids) for row in (saved[1], saved[3])] == [
        ("number",),
        ("negation",),
    ]


def test_a_side_can_be_filled_and_emptied(report: Callable[..., Page]) -> None:
    omitted = Unit("b1.s1", (Segment("b1.s1", "b1", "漏掉的一句。"),), "", "aligned 1-0")
    added = Unit("added.b1.s1", (), "One more sentence.", "aligned 0-1")
    page = report(run_checks((omitted, added)))
    assert page.one("#u0 .target .text").text == "no English"
    assert page.one("#u1 .source .text").text == "nothing in the Chinese"
    page.one("#u0 [data-do=edit]").click()
    page.press("A sentence that was left out.")
    page.one("#u1 [data-do=edit]").click()
    page.run(
        "document.activeElement.value = ''; document.activeElement.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    rows = load_rows(page.saved())
    assert [(row.target, row.reviewed, row.status) for row in rows] == [
        ("", "A sentence that was left out.", "edited"),
        ("", "", "edited"),  # what translate review takes as: leave it out
    ]
    assert page.one("#u1 .target > .text").text == "left out"
    page.one("#u1 [data-do=restore]").click()
    assert page.one("#u1 .target > .text").text == "One more sentence."


def test_every_control_has_a_name(report: Callable[..., Page]) -> None:
    page = report()
    page.one("#u0 [data-do=edit]").click()
    page.browser.execute_cdp_cmd("Accessibility.enable", {})
    nodes = page.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = {"button", "textbox", "combobox", "searchbox", "checkbox", "image", "group", "region", "article", "dialog"}
    found = [node for node in nodes if not node["ignored"] and node["role"].get("value") in roles]
    assert len(found) > 40
    assert [node["role"]["value"] for node in found if not node.get("name", {}).get("value")] == []


def test_print_shows_texts_and_no_controls(report: Callable[..., Page]) -> None:
    page = report()
    page.one("#u0 [data-do=comment]").click()
    page.press("Ask.")
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        for selector in ("#filters", ".commands", ".buttons", "[data-do=dismiss]", "textarea"):
            assert not page.one(selector).is_displayed(), selector
        assert page.one("#u0 .printed").is_displayed()
        assert page.one("#u4 .target .text").is_displayed()
    finally:
        page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_a_long_run_is_all_there_for_the_printer(report: Callable[..., Page]) -> None:
    unit = units_of()[1]
    page = report(tuple(replace(unit, id=f"b{number:05d}.s01") for number in range(1500)))
    page.run("window.dispatchEvent(new Event('beforeprint'))")
    assert len(page.ids()) == 1500
    page.one("#search").send_keys("b01499")
    page.wait(partial(page.shows, ["b01499.s01"]))
