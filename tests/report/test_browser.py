"""The HTML report in a real Chromium: what a reviewer clicks works, and what an article holds never runs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import report_samples as samples

from compiler_flow.report import REPORTS, Report

pytestmark = pytest.mark.browser


class Desk:
    """A report open in the browser, and everything the page complained about or asked the network for."""

    def __init__(self, browser: Any, folder: Path, **context: Any) -> None:
        self.folder = folder
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("dialog", lambda dialog: (self.complaints.append("dialog"), dialog.dismiss()))

    def open(self, report: Report) -> Any:
        file = self.folder / "report.html"
        file.write_bytes(REPORTS["html"].render(report))
        self.page.goto(file.as_uri())
        return self.page

    def shown(self) -> list[str]:
        """Check and article of the findings that can be seen."""
        seen = self.page.locator(".finding:visible")
        return seen.evaluate_all(
            "all => all.map(one => one.querySelector('.head code').textContent + ' '"
            " + (one.querySelector('.of') ?? one.closest('section').querySelector('h2')).textContent)"
        )


@pytest.fixture
def desk(browser: Any, tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(browser, tmp_path)
    yield opened
    opened.context.close()
    assert opened.complaints == []
    assert all(url.startswith("file:") for url in opened.requests)
    assert len(opened.requests) <= 1


ALL = [
    "credits ee-plan",
    "number ee-plan",
    "term-missing ee-plan",
    "term-missing ee-plan",
    "term-count ro-law",
    "number ro-law",
    "number ee-plan",
]


def test_everything_is_shown_first(desk: Desk) -> None:
    page = desk.open(samples.sample())
    assert desk.shown() == ALL
    assert page.locator("#shown").inner_text() == "7 / 7"
    assert page.locator("#none").is_hidden()


def test_filter_by_check(desk: Desk) -> None:
    page = desk.open(samples.sample())
    page.select_option("#by-check", label="term-missing（2）")
    assert desk.shown() == ["term-missing ee-plan"] * 2
    assert page.locator("#shown").inner_text() == "2 / 7"


def test_filter_by_article_hides_the_other_headings(desk: Desk) -> None:
    page = desk.open(samples.sample())
    page.select_option("#by-article", label="ro-law（2）")
    assert desk.shown() == ["term-count ro-law", "number ro-law"]
    assert page.locator("section.file:visible h2").all_inner_texts() == ["ro-law"]


def test_filter_by_person_finds_every_article_of_the_person(desk: Desk) -> None:
    page = desk.open(samples.sample())
    page.select_option("#by-people", label="张三（5）")
    assert set(desk.shown()) == {"credits ee-plan", "number ee-plan", "term-missing ee-plan"}
    page.select_option("#by-people", label="李四（7）")
    assert desk.shown() == ALL


def test_findings_without_a_person_can_be_asked_for(desk: Desk) -> None:
    page = desk.open(replace(samples.sample(), people={samples.ESTONIA: ("张三",)}))
    page.select_option("#by-people", label="未署名（2）")
    assert desk.shown() == ["term-count ro-law", "number ro-law"]


def test_filter_by_severity_and_waived_ones_apart(desk: Desk) -> None:
    page = desk.open(samples.sample())
    for kind in ("error", "info", "waived"):
        page.uncheck(f"[name=kind][value={kind}]")
    assert desk.shown() == ["credits ee-plan"]
    page.uncheck("[name=kind][value=warning]")
    page.check("[name=kind][value=waived]")
    assert desk.shown() == ["number ee-plan"]
    assert page.locator(".finding:visible .reason").count() == 1


def test_filters_narrow_each_other_until_nothing_is_left(desk: Desk) -> None:
    page = desk.open(samples.sample())
    page.select_option("#by-check", label="number（3）")
    page.select_option("#by-article", label="ro-law（2）")
    assert desk.shown() == ["number ro-law"]
    page.uncheck("[name=kind][value=error]")
    assert desk.shown() == []
    assert page.locator("#none").is_visible()
    page.click("button[type=reset]")
    from playwright.sync_api import expect

    # Not wait_for_function: that evaluates a string in the page, which its policy forbids.
    expect(page.locator("#shown")).to_have_text("7 / 7")
    assert desk.shown() == ALL


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("签署", 3),
        ("PEVKUR plan", 3),
        ("30亿", 1),
        ("term-count", 1),
        ("原文如此", 1),
        ("pevkur 法律", 0),
        ("建议", 0),
    ],
)
def test_search_looks_at_texts_messages_fixes_and_reasons_not_at_labels(desk: Desk, words: str, found: int) -> None:
    page = desk.open(samples.sample())
    page.fill("#words", words)
    page.press("#words", "Enter")
    assert len(desk.shown()) == found
    page.fill("#words", "")
    assert desk.shown() == ALL


def test_the_language_switch_goes_there_and_back(desk: Desk) -> None:
    page = desk.open(samples.sample())
    # All text: what is seen of findings below the screen is a matter of time (content-visibility).
    chinese = page.locator("body").text_content()
    assert "检查报告" in page.locator("body").inner_text()
    page.click("#language")
    english = page.locator("body").inner_text()
    assert page.title() == "Check report"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "Compiled by 张三、李四" in english
    assert "line 11" in english
    assert "检查报告" not in english
    page.select_option("#by-check", label="number（3）")
    page.click("#language")
    assert len(desk.shown()) == 3
    page.click("button[type=reset]")
    from playwright.sync_api import expect

    # Not wait_for_function: that evaluates a string in the page, which its policy forbids.
    expect(page.locator("#shown")).to_have_text("7 / 7")
    assert page.locator("body").text_content() == chinese


def test_the_page_begins_in_the_language_of_its_messages(desk: Desk) -> None:
    page = desk.open(dataclasses.replace(samples.sample(), english=True))
    assert page.title() == "Check report"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert len(desk.shown()) == 7
    page.click("#language")
    assert page.title() == "检查报告"


def test_nothing_of_a_hostile_article_runs(desk: Desk) -> None:
    page = desk.open(samples.hostile())
    page.click("#language")
    page.fill("#words", "canary")
    page.select_option("#by-article", index=1)
    page.select_option("#by-people", index=1)
    page.hover(".finding .target")
    page.click("a.check")
    page.wait_for_timeout(100)
    assert page.evaluate("window.canary") is None
    assert len(page.frames) == 1
    assert len(desk.shown()) == 2


def test_the_policy_would_stop_what_escaping_let_through(desk: Desk) -> None:
    """The second line of defence, seen alone: markup put into the page by hand stays dead."""
    file = desk.folder / "broken.html"
    hole = (
        b"<main><script>window.canary=1</script><img src=x onerror=window.canary=2><p style='color:red' id=hole>x</p>"
    )
    file.write_bytes(REPORTS["html"].render(samples.sample()).replace(b"<main>", hole, 1))
    desk.page.goto(file.as_uri())
    desk.page.wait_for_timeout(100)
    assert desk.page.evaluate("window.canary") is None
    assert desk.page.evaluate("getComputedStyle(document.getElementById('hole')).color") != "rgb(255, 0, 0)"
    assert len(desk.complaints) >= 3
    assert all("Content Security Policy" in complaint for complaint in desk.complaints)
    desk.complaints.clear()
    desk.requests.clear()


def test_without_script_it_is_a_plain_list(browser: Any, tmp_path: Path) -> None:
    plain = Desk(browser, tmp_path, java_script_enabled=False)
    page = plain.open(samples.sample())
    assert page.locator(".finding").count() == 7
    assert all(place.is_visible() for place in page.locator(".finding").all())
    assert page.locator("#filters").is_hidden()
    assert page.locator("#language").is_hidden()
    plain.context.close()


@pytest.mark.parametrize("width", [320, 390, 700, 1200])
def test_nothing_is_wider_than_the_screen(browser: Any, tmp_path: Path, width: int) -> None:
    narrow = Desk(browser, tmp_path, viewport={"width": width, "height": 800})
    for report in (samples.sample(), samples.hostile()):
        page = narrow.open(report)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    narrow.context.close()


def test_source_and_translation_stand_side_by_side_where_there_is_room(browser: Any, tmp_path: Path) -> None:
    for width, beside in ((1200, True), (390, False)):
        desk = Desk(browser, tmp_path, viewport={"width": width, "height": 800})
        page = desk.open(samples.sample())
        source = page.locator(".source").first.bounding_box()
        target = page.locator(".target").first.bounding_box()
        assert (target["x"] > source["x"]) is beside
        desk.context.close()


def test_dark_follows_the_system(browser: Any, tmp_path: Path) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        desk = Desk(browser, tmp_path, color_scheme=scheme)
        page = desk.open(samples.sample())
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        desk.context.close()
    assert len(set(grounds)) == 2


def test_paper_has_what_is_shown_and_no_controls(desk: Desk) -> None:
    page = desk.open(samples.sample())
    page.select_option("#by-article", label="ro-law（2）")
    page.emulate_media(media="print", color_scheme="dark")
    assert desk.shown() == ["term-count ro-law", "number ro-law"]
    assert page.locator("#filters").is_hidden()
    assert page.locator("#language").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_line_for_the_glossary_goes_to_the_clipboard(desk: Desk) -> None:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = desk.open(samples.unknown_name())
    page.click(".offer .copy")
    page.wait_for_selector(".offer .copy.done")
    assert page.evaluate("navigator.clipboard.readText()") == "Zofia Wilk,佐菲娅·维尔克,person,,,,,,<i>待核</i>"
