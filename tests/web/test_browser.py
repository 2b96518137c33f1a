"""The review page in a real Chromium: the whole way of a reviewer, two people at once, a hostile article."""

from __future__ import annotations

import contextlib
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import expect

from compiler_flow import bilingual
from compiler_flow.model import Catalog, State, Unit
from compiler_flow.project import Workspace

pytestmark = pytest.mark.browser

ARTICLE = "pl-next-flood"
PAGES = ("/", f"/articles/{ARTICLE}", "/glossary?q=Poland", "/names", "/preview")


def catalog(workspace: Workspace, name: str = ARTICLE) -> Catalog:
    return bilingual.load(workspace.projects / "2024-10-31" / name / "zh_CN.po")


def by_hand(workspace: Workspace, changes: dict[str, str], name: str = ARTICLE) -> None:
    """Somebody saves the file in another program."""
    there = catalog(workspace, name)
    units = tuple(
        replace(one, target=changes[one.id], fuzzy=False) if one.id in changes else one for one in there.units
    )
    bilingual.save(replace(there, units=units), Path(there.path))


def open_units(workspace: Workspace) -> list[Unit]:
    return [one for one in catalog(workspace).units if one.state is State.EMPTY]


def text_of(workspace: Workspace, unit: Unit) -> str:
    return next(one.target for one in catalog(workspace).units if one.id == unit.id)


def use(page: Any, unit: str, tool: str) -> None:
    """Click on a tool of a unit, which shows when the mouse is there.

    News may replace and move the row between the two; then the mouse has to come again, as a person's would. The
    editor has to open.
    """
    wanted = page.locator(f"[id='u-{unit}'] {tool}").first
    for _turn in range(3):
        page.hover(f"[id='u-{unit}']")
        with contextlib.suppress(PlaywrightTimeoutError):
            wanted.click(timeout=4000)
            if "edit" in tool:
                page.wait_for_selector(f"[id='u-{unit}'] textarea", timeout=4000)
            return
        page.mouse.move(0, 0)
    pytest.fail(f"the tool {tool} of {unit} cannot be used")


def test_news_between_the_press_of_a_button_and_its_release_costs_no_click(
    sample: Workspace, serve: Callable[..., str], reader: Callable[..., Any]
) -> None:
    page = reader(serve()).open(f"/articles/{ARTICLE}")
    unit = open_units(sample)[0]
    row = page.locator(f"[id='u-{unit.id}']")
    # What the checks find comes in first.
    page.wait_for_timeout(1500)
    row.hover()
    row.locator("[data-do=edit]").first.hover()
    page.mouse.down()
    with page.expect_response(lambda answer: f"unit={unit.id}" in answer.url):
        by_hand(sample, {unit.id: "别处的人写的。"})
    page.wait_for_timeout(300)
    page.mouse.up()
    page.wait_for_selector(f"[id='u-{unit.id}'] textarea")
    assert page.input_value(f"[id='u-{unit.id}'] textarea") == "别处的人写的。"


def test_the_way_of_a_reviewer(sample: Workspace, serve: Callable[..., str], reader: Callable[..., Any]) -> None:
    """Board, filter, fix, waive, accept, a conflict with another program, sign, and the final build opens."""
    # One article short of ready: the others are done, or not in this number.
    shutil.rmtree(sample.projects / "2024-10-31" / "uz-energy-talks")
    page = reader(serve()).open("/")
    page.wait_for_selector(".obstacles li")
    assert page.locator(".obstacles li").all_inner_texts() == [
        f"{ARTICLE}: 5 units are untranslated",
        f"{ARTICLE}: 2 units are still drafts",
        f"{ARTICLE}: not signed by a reviewer",
    ]
    page.fill("#me", "王五")
    page.click("text=Save name")
    page.click(f"a[href='/articles/{ARTICLE}']")
    page.wait_for_url(f"**/articles/{ARTICLE}")
    assert page.locator(".unit").count() == 14

    # A name that is wrong: the finding stands at its spot, says what is wanted, and goes when it is mended.
    first, second, todo, dated, *_rest = open_units(sample)
    for unit, text in (
        (first, "上月，爱沙尼亚有6500人因洪水疏散，"),
        (second, "波兰政府上周批准了一项水资源开发计划。"),
    ):
        use(page, unit.id, "[data-do=edit]")
        page.fill(f"[id='u-{unit.id}'] textarea", text)
        page.click(f"[id='u-{unit.id}'] button[value=write]")
        page.wait_for_selector(f"[id='u-{unit.id}'].translated")
    wrong = page.locator(f"[id='u-{first.id}']")
    assert wrong.locator("code", has_text="term-missing").is_visible()
    page.select_option(".filter [name=check]", "term-missing")
    page.wait_for_url("**check=term-missing**")
    assert page.locator(".unit").count() == 1
    use(page, first.id, "[data-do=edit]")
    page.fill("textarea", "上月，波兰有6500人因洪水疏散。")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".findings", state="detached")
    page.click(".filter a")

    # A false alarm is waived with a reason, which stands in the file where Poedit shows it.
    by_hand(sample, {dated.id: "气候变化国际会议将于12月6日在华沙举行。"})
    line = page.locator(f"[id='u-{dated.id}'] .finding", has_text="number").first
    line.wait_for()
    line.locator("summary").click()
    line.locator("[name=reason]").fill("主办方已改期")
    line.locator("button[value=waive]").click()
    page.wait_for_selector(f"[id='u-{dated.id}'] .waived q")
    assert any("主办方已改期" in comment for unit in catalog(sample).units for comment in unit.comments)

    # The drafts are accepted with one key each.
    drafts = page.locator(".unit.draft")
    for left in (1, 0):
        drafts.first.click()
        page.keyboard.press("a")
        expect(drafts).to_have_count(left)

    # While one unit is being edited here, somebody saves it in Poedit.
    use(page, todo.id, "[data-do=edit]")
    page.fill(f"[id='u-{todo.id}'] textarea", "我在网页上写的。")
    by_hand(sample, {todo.id: "我在别处写的。"})
    page.wait_for_selector(f"[id='u-{todo.id}'] .stale")
    page.click(f"[id='u-{todo.id}'] button[value=write]")
    clash = page.locator(".clash")
    clash.wait_for()
    assert clash.locator(".theirs").inner_text() == "我在别处写的。"
    assert clash.locator("textarea").input_value() == "我在网页上写的。"
    assert text_of(sample, todo) == "我在别处写的。"
    clash.locator("button[value=write]").click()
    page.wait_for_selector(".clash", state="detached")
    assert text_of(sample, todo) == "我在网页上写的。"

    # What is left is left out; then nothing is in the way of signing.
    for unit in open_units(sample):
        use(page, unit.id, "[data-do=omit]")
        page.wait_for_selector(f"[id='u-{unit.id}'].omitted")
    faulty = page.locator(".finding.error")
    while standing := faulty.count():
        row = faulty.first.locator("xpath=ancestor::li[contains(@class,'unit')]")
        row.locator("details.waive summary").first.click()
        row.locator("[name=reason]").first.fill("测试稿")
        row.locator("button[value=waive]").first.click()
        expect(faulty).not_to_have_count(standing)
    page.click("text=Sign as reviewer")
    page.wait_for_selector(".summary .signed")
    page.goto(page.url.split("/articles")[0])
    page.wait_for_selector(".gate.open")

    # A text that changes later fells the signature before everybody's eyes.
    by_hand(sample, {first.id: "上月，波兰有6500人疏散。"})
    page.wait_for_selector(".gate.shut")
    assert page.locator(".fallen").count() == 1


def test_two_browsers_in_one_article_lose_nothing(
    sample: Workspace, serve: Callable[..., str], reader: Callable[..., Any]
) -> None:
    address = serve()
    one, other = reader(address).open(f"/articles/{ARTICLE}"), reader(address).open(f"/articles/{ARTICLE}")
    first, second = open_units(sample)[:2]
    for page, unit in ((one, first), (other, second)):
        use(page, unit.id, "[data-do=edit]")
        page.fill(f"[id='u-{unit.id}'] textarea", f"译文{unit.id}。")
    for page, unit in ((one, first), (other, second)):
        page.click(f"[id='u-{unit.id}'] button[value=write]")
        page.wait_for_selector(f"[id='u-{unit.id}'].translated")
    # Each sees what the other wrote without loading anything.
    one.wait_for_selector(f"[id='u-{second.id}'].translated")
    other.wait_for_selector(f"[id='u-{first.id}'].translated")
    assert {text_of(sample, unit) for unit in (first, second)} == {f"译文{unit.id}。" for unit in (first, second)}


def test_what_is_typed_survives_the_loss_of_the_page(
    sample: Workspace, serve: Callable[..., str], reader: Callable[..., Any]
) -> None:
    page = reader(serve()).open(f"/articles/{ARTICLE}")
    unit = open_units(sample)[0]
    use(page, unit.id, "[data-do=edit]")
    page.fill(f"[id='u-{unit.id}'] textarea", "写了一半的")
    page.reload()
    use(page, unit.id, "[data-do=edit]")
    page.wait_for_selector("textarea")
    assert page.input_value("textarea") == "写了一半的"
    page.keyboard.press("Escape")
    page.wait_for_selector("textarea", state="detached")
    assert text_of(sample, unit) == ""


def test_the_keyboard_drives_everything(
    sample: Workspace, serve: Callable[..., str], reader: Callable[..., Any]
) -> None:
    page = reader(serve()).open(f"/articles/{ARTICLE}")
    page.wait_for_selector(".findings")
    units = catalog(sample).units
    for _press in range(3):
        page.keyboard.press("j")
    assert page.locator(".current").get_attribute("data-unit") == units[2].id
    page.keyboard.press("k")
    assert page.locator(".current").get_attribute("data-unit") == units[1].id
    page.keyboard.press("n")
    found = page.locator(".current")
    assert found.locator(".findings").count() == 1
    empty = open_units(sample)[0]
    page.click(f"[id='u-{empty.id}'] .source p")
    for key, target in (("o", "〔略〕"), ("m", "〔并〕"), ("M", "〔并下〕")):
        page.keyboard.press(key)
        page.wait_for_selector(".current:is(.omitted, .merged)")
        assert text_of(sample, empty) == target
        page.click(".current [data-do=reopen]")
        page.wait_for_selector(".current.empty")
    page.keyboard.press("e")
    page.wait_for_selector(".current textarea:focus")
    # A letter that is typed is a letter, no command.
    page.keyboard.type("aojk")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(f"[id='u-{empty.id}'].translated")
    assert text_of(sample, empty) == "aojk"
    page.wait_for_selector("textarea:focus")
    page.keyboard.press("Escape")
    page.wait_for_selector("textarea", state="detached")
    page.keyboard.press("h")
    page.wait_for_selector("#help:not([hidden]) h2")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "words"


def test_a_selection_goes_into_the_glossary(
    sample: Workspace, serve: Callable[..., str], reader: Callable[..., Any]
) -> None:
    page = reader(serve()).open(f"/articles/{ARTICLE}")
    for side, text in (("source", "Zofia Wilk"), ("target", "佐菲娅·维尔克")):
        page.locator(".unit", has_text=text).locator(f".side.{side} p").first.click(click_count=3)
    page.keyboard.press("t")
    dialog = page.locator("dialog[open]")
    assert dialog.locator("[name=source]").input_value() == "Zofia Wilk"
    assert dialog.locator("[name=target]").input_value() == "佐菲娅·维尔克"
    assert dialog.locator("[name=kind]").input_value() == "person"
    dialog.locator("button.main").click()
    page.wait_for_selector("#news.told")
    assert "Zofia Wilk,佐菲娅·维尔克,person" in (sample.root / "glossary" / "people.csv").read_text(
        encoding="utf-8-sig"
    )


def test_a_preview_follows_the_text(sample: Workspace, serve: Callable[..., str], reader: Callable[..., Any]) -> None:
    page = reader(serve()).open("/preview?form=html")
    frame = page.frame_locator("#frame")
    frame.locator("h1").first.wait_for()
    last = catalog(sample, "am-kazan-talks").units[-1]
    by_hand(sample, {last.id: "预览里的新句子。"}, "am-kazan-talks")
    frame.locator("text=预览里的新句子。").wait_for()


def test_the_preview_stands_beside_the_text(
    sample: Workspace, serve: Callable[..., str], reader: Callable[..., Any]
) -> None:
    """It follows the unit in hand and the files, and stays where it is read while it is made anew."""
    name = "kz-corridor"
    page = reader(serve()).open(f"/articles/{name}")
    page.keyboard.press("v")
    frame = page.frame_locator("#frame")
    units = [one for one in catalog(sample, name).units if one.state is State.TRANSLATED and len(one.target) > 30]
    late = units[-1]
    words = frame.locator("p", has_text=late.target[:8])
    words.wait_for()
    place = "document.getElementById('frame').contentWindow.scrollY"
    page.locator(f"[id='u-{late.id}'] .source p").first.click()
    expect(words).to_be_in_viewport()
    scrolled = page.evaluate(place)
    assert scrolled > 500
    by_hand(sample, {units[0].id: "预览里的新句子。"}, name)
    frame.locator("text=预览里的新句子。").wait_for()
    expect(words).to_be_in_viewport()
    # It is open on the next page as well, until it is closed.
    page.reload()
    frame.locator("h1").first.wait_for()
    page.keyboard.press("v")
    assert page.locator("#beside").is_hidden()


SEEN = "Object.defineProperty(document, 'visibilityState', {value: '%s', configurable: true})"
CHANGED = "document.dispatchEvent(new Event('visibilitychange'))"


def test_pages_that_nobody_sees_leave_the_server_to_the_others(
    sample: Workspace, serve: Callable[..., str], reader: Callable[..., Any]
) -> None:
    """A browser has six connections to a server: a seventh page that listens would never load."""
    someone = reader(serve())
    first = someone.open(f"/articles/{ARTICLE}")
    for _tab in range(7):
        page = someone.context.new_page()
        page.set_default_timeout(15_000)
        page.goto(someone.address + f"/articles/{ARTICLE}")
        page.evaluate(f"{SEEN % 'hidden'}; {CHANGED}")
    first.evaluate(f"{SEEN % 'hidden'}; {CHANGED}")
    unit = open_units(sample)[0]
    by_hand(sample, {unit.id: "没人看的时候写的。"})
    first.evaluate(f"{SEEN % 'visible'}; {CHANGED}")
    first.wait_for_selector(f"[id='u-{unit.id}'].translated")


CANARY = "fetch('/canary');window.top.canary=1"
HOSTILE = (
    f'<script>{CANARY}</script><img src=x onerror="{CANARY}"><svg onload="{CANARY}"></svg>'
    f"[x](javascript:{CANARY}) **b** \"' {{{{7*7}}}} </textarea><script>{CANARY}</script>"
)


def test_an_article_that_means_harm_runs_nothing(
    sample: Workspace, serve: Callable[..., str], reader: Callable[..., Any]
) -> None:
    there = catalog(sample)
    units = tuple(
        replace(one, target=HOSTILE, comments=(HOSTILE,), previous=HOSTILE, fuzzy=index % 2 == 0, notes=(HOSTILE,))
        for index, one in enumerate(there.units)
    )
    bilingual.save(replace(there, units=units), Path(there.path))
    toml = Path(there.path).with_name("article.toml")
    text = toml.read_text(encoding="utf-8")
    toml.write_text(re.sub(r"(?m)^(site|author) = .*$", rf"\1 = '''{HOSTILE}'''", text), encoding="utf-8")
    (sample.root / "glossary" / "evil.csv").write_text(
        f'source,target,note\nPoland,波兰{CANARY},"<script>{CANARY}</script>"\n', encoding="utf-8"
    )
    someone = reader(serve())
    asked: list[str] = []
    someone.page.on("request", lambda request: asked.append(request.url))
    unit = units[5].id
    forms = ("html", "wechat", "bilingual", "epub", "docx", "markdown")
    paths = [*PAGES, f"/articles/{ARTICLE}?edit={unit}", f"/articles/{ARTICLE}/units/{unit}/help"]
    for path in [*paths, *(f"/preview/{form}" for form in forms), "/articles/<script>alert(1)</script>"]:
        page = someone.open(path)
        assert page.evaluate("window.canary === undefined"), path
    page = someone.open(f"/articles/{ARTICLE}")
    use(page, unit, "[data-do=edit]")
    page.wait_for_selector("textarea")
    assert page.input_value("textarea").startswith("<script>")
    page.keyboard.press("Escape")
    use(page, unit, "[data-do=help]")
    page.wait_for_selector("#help h2")
    assert not [url for url in asked if "canary" in url]
    # The browser says of each attempt that the policy stopped it.
    someone.complaints.clear()


PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize(
    "context",
    [{"locale": "zh-CN", "color_scheme": "light"}, {"locale": "en", "color_scheme": "dark", "viewport": PHONE}],
    ids=["desktop", "phone"],
)
def test_pages_are_accessible(shown: str, reader: Callable[..., Any], context: dict[str, Any]) -> None:
    """axe-core finds no serious violation, in both languages and schemes, also while somebody works."""
    someone = reader(shown, bypass_csp=True, **context)
    for path in PAGES:
        page = someone.open(path)
        if path == f"/articles/{ARTICLE}":
            page.locator(".unit").nth(8).locator(".source p").click()
            page.keyboard.press("v")
            page.keyboard.press("e")
            page.wait_for_selector("textarea:focus")
        violations = Axe().run(page).response["violations"]
        serious = [one for one in violations if one["impact"] in ("serious", "critical")]
        assert not serious, [(path, one["id"], one["nodes"][0]["html"][:200]) for one in serious]


@pytest.mark.parametrize("width", [390, 820, 1280])
def test_no_page_is_wider_than_the_screen(shown: str, reader: Callable[..., Any], width: int) -> None:
    someone = reader(shown, viewport={"width": width, "height": 900})
    for path in PAGES:
        page = someone.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_it_works_without_a_script(sample: Workspace, serve: Callable[..., str], reader: Callable[..., Any]) -> None:
    page = reader(serve(), java_script_enabled=False).open(f"/articles/{ARTICLE}")
    unit = open_units(sample)[0]
    use(page, unit.id, "[data-do=edit]")
    page.fill("textarea", "没有脚本也能写。")
    page.click("button[value=write]")
    assert page.locator(f"[id='u-{unit.id}']").get_attribute("class") == "unit translated"
    assert text_of(sample, unit) == "没有脚本也能写。"


def test_a_server_that_went_away_keeps_what_was_typed(
    sample: Workspace, serve: Callable[..., str], reader: Callable[..., Any]
) -> None:
    someone = reader(serve())
    page = someone.open(f"/articles/{ARTICLE}")
    unit = open_units(sample)[0]
    use(page, unit.id, "[data-do=edit]")
    page.fill("textarea", "写好了的")
    someone.context.set_offline(True)
    page.click("button[value=write]")
    page.wait_for_selector("#news.told")
    assert page.input_value("textarea") == "写好了的"
    someone.context.set_offline(False)
    page.click("button[value=write]")
    page.wait_for_selector(f"[id='u-{unit.id}'].translated")
    assert text_of(sample, unit) == "写好了的"
    someone.complaints.clear()


def test_a_server_that_is_killed_loses_nothing(
    sample: Workspace, serve: Callable[..., str], reader: Callable[..., Any]
) -> None:
    """Killed while somebody writes and started again, it takes what was typed without loading the page anew."""
    address = serve()
    someone = reader(address)
    page = someone.open(f"/articles/{ARTICLE}")
    unit = open_units(sample)[0]
    use(page, unit.id, "[data-do=edit]")
    page.fill("textarea", "死机之前写的")
    serve.running[0].kill()  # type: ignore[attr-defined]
    serve.running[0].wait()  # type: ignore[attr-defined]
    page.click("button[value=write]")
    page.wait_for_selector("#news.told")
    assert catalog(sample).units
    serve("--port", address.rstrip("/").rpartition(":")[2])
    page.click("button[value=write]")
    page.wait_for_selector(f"[id='u-{unit.id}'].translated")
    assert text_of(sample, unit) == "死机之前写的"
    someone.complaints.clear()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that limits the size of files")
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_disk_that_takes_nothing_is_told_and_what_was_typed_stays(
    sample: Workspace, serve: Callable[..., str], reader: Callable[..., Any], script: bool
) -> None:
    unit = open_units(sample)[0]
    before = Path(catalog(sample).path).read_bytes()
    # The system refuses to write files of more than one block.
    someone = reader(serve(before=("bash", "-c", 'ulimit -f 1; exec "$@"', "bash")), java_script_enabled=script)
    page = someone.open(f"/articles/{ARTICLE}")
    use(page, unit.id, "[data-do=edit]")
    page.fill("textarea", "写不下的译文")
    page.click("button[value=write]")
    told = page.locator("#news.told" if script else ".trouble")
    told.wait_for()
    assert "cannot be written" in told.inner_text()
    assert page.input_value("textarea") == "写不下的译文"
    assert Path(catalog(sample).path).read_bytes() == before
