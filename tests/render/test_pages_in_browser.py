"""The number's pages in a real Chromium: what an article holds never runs, and the copy button copies."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bulletins
import pytest
from test_forms import hostile

from compiler_flow.model import Bulletin
from compiler_flow.render import RENDERERS, render

pytestmark = pytest.mark.browser

PAGES = ("html", "wechat", "bilingual")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def opened(
    browser: Any, folder: Path, renderer: str, bulletin: Bulletin, size: dict[str, int]
) -> tuple[Any, list[str]]:
    """The page, and whatever it complained of or asked the network for."""
    file = folder / f"a{RENDERERS[renderer].suffix}"
    file.write_bytes(render(bulletin, renderer))
    page = browser.new_context(viewport=size).new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: (told.append("dialog"), dialog.dismiss()))
    page.on("request", lambda request: told.append(request.url) if request.url != file.as_uri() else None)
    page.add_init_script("window.ran = 0; window.canary = () => { window.ran += 1; };")
    page.goto(file.as_uri())
    return page, told


@pytest.mark.parametrize("renderer", PAGES)
def test_nothing_of_an_article_runs(browser: Any, tmp_path: Path, renderer: str) -> None:
    page, told = opened(browser, tmp_path, renderer, hostile(), DESK)
    for link in page.locator("a[href]").all():
        assert link.get_attribute("href").startswith(("#", "http://", "https://"))
    assert page.evaluate("window.ran") == 0
    assert told == []


def test_nothing_of_an_article_runs_in_the_book(browser: Any, tmp_path: Path) -> None:
    """Reading systems show the book's pages as a browser does."""
    book = tmp_path / "a.epub"
    book.write_bytes(render(hostile(), "epub"))
    with zipfile.ZipFile(book) as archive:
        archive.extractall(tmp_path / "book")
    pages = sorted((tmp_path / "book").rglob("*.xhtml"))
    assert len(pages) >= 4
    for file in pages:
        page = browser.new_page()
        told: list[str] = []
        page.on("pageerror", lambda error, told=told: told.append(str(error)))
        page.on("dialog", lambda dialog, told=told: (told.append("dialog"), dialog.dismiss()))
        page.add_init_script("window.ran = 0; window.canary = () => { window.ran += 1; };")
        page.goto(file.as_uri())
        assert page.evaluate("window.ran") == 0
        assert page.locator("script, iframe, object, img").count() == 0
        assert told == []
        page.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("renderer", PAGES)
def test_nothing_is_wider_than_the_window(browser: Any, tmp_path: Path, renderer: str, size: dict[str, int]) -> None:
    page, told = opened(browser, tmp_path, renderer, bulletins.draft(), size)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert told == []


def test_the_button_copies_the_article_as_rich_text(browser: Any, tmp_path: Path) -> None:
    page, _told = opened(browser, tmp_path, "wechat", bulletins.final(), DESK)
    page.evaluate(
        "() => { window.got = []; navigator.clipboard ??= {};"
        " Object.defineProperty(navigator, 'clipboard', { value: { write: async items => {"
        "   for (const type of items[0].types) window.got.push([type, await (await items[0].getType(type)).text()]);"
        " } } }); }"
    )
    page.get_by_role("button").click()
    page.get_by_text("已复制").wait_for()
    got = dict(page.evaluate("window.got"))
    assert got["text/html"].startswith("<section style=")
    assert "静默走廊：草原铁路如何改变贸易" in got["text/plain"]
    assert "<script" not in got["text/html"]


@pytest.mark.parametrize(
    ("number", "scheme"),
    [(bulletins.draft, "light"), (bulletins.draft, "dark"), (bulletins.draft, "print"), (bulletins.final, "light")],
)
@pytest.mark.parametrize("renderer", PAGES)
def test_text_stands_out_from_its_ground(
    browser: Any, tmp_path: Path, renderer: str, number: Callable[[], Bulletin], scheme: str
) -> None:
    """WCAG 2.2, 1.4.3: a contrast of at least 4.5 for every text that is shown."""
    page, _told = opened(browser, tmp_path, renderer, number(), DESK)
    page.emulate_media(media="print" if scheme == "print" else "screen", color_scheme=scheme.replace("print", "light"))
    low = page.evaluate(
        """() => {
          const parse = color => (color.match(/[\\d.]+/g) ?? []).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
            .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = node => {
            for (; node; node = node.parentElement) {
              const color = getComputedStyle(node).backgroundColor;
              const parts = parse(color);
              if (color.startsWith("rgb") && (parts.length < 4 || parts[3] === 1)) return parts;
            }
            return [255, 255, 255];
          };
          const low = [];
          for (const node of document.querySelectorAll("body *")) {
            if (![...node.childNodes].some(one => one.nodeType === 3 && one.data.trim())) continue;
            const style = getComputedStyle(node);
            if (node.tagName === "SCRIPT" || !style.color.startsWith("rgb")) continue;
            const [a, b] = [light(parse(style.color)), light(ground(node))].sort((x, y) => y - x);
            if ((a + 0.05) / (b + 0.05) < 4.5) low.push(`${node.tagName} ${style.color} ${node.textContent}`);
          }
          return low;
        }"""
    )
    assert low == []
