"""The review page as a person waits for it: a real server, a real Chromium, cold at first, then edit after edit."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass(frozen=True, slots=True)
class Seen:
    """Medians in seconds: from the click to the first paint with text, from the key to the row that is checked."""

    paint: float
    edit: float


def measured(issue: Path, *, rounds: int) -> Seen | None:
    """Paint and edits of the only article of ``issue``; ``None`` without a browser."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        return None
    from playwright.sync_api import sync_playwright

    paints: list[float] = []
    edits: list[float] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser)
        # A server of its own for each look: the first visitor of the morning finds nothing read or checked.
        for number in range(min(rounds, 5)):
            server, address = _serve(issue)
            try:
                page = chromium.new_context(locale="en").new_page()
                page.goto(address)
                page.goto(f"{address}articles/{issue.name}")
                paints.append(_first_paint(page))
                if number == 0:
                    edits = [_edit(page, turn) for turn in range(rounds + 1)][1:]
            finally:
                server.terminate()
                server.wait()
        chromium.close()
    return Seen(statistics.median(paints), statistics.median(edits))


def _serve(issue: Path) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "compiler_flow", "serve", issue.name, "--port", "0", "--no-open"]
    server = subprocess.Popen(
        command,
        cwd=issue.parent.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    line = server.stdout.readline() if server.stdout else ""
    return server, line.split()[-1]


def _first_paint(page: Any) -> float:
    page.wait_for_selector(".unit")
    look = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    while not (milliseconds := page.evaluate(look)):
        time.sleep(0.01)
    return float(milliseconds) / 1000


def _edit(page: Any, turn: int) -> float:
    """From the key that saves to the row with its findings; turns differ, so that each has something to write."""
    page.wait_for_selector(".findings, .count")
    row = page.locator(".unit").nth(10 + turn)
    row.locator(".source p").click()
    page.keyboard.press("e")
    page.wait_for_selector("textarea:focus")
    page.fill("textarea", f"这一句在第{turn}轮改过，没有数字。")
    unit = row.get_attribute("data-unit")
    began = time.perf_counter()
    page.click(f"[id='u-{unit}'] button[value=write]")
    page.wait_for_selector(f"[id='u-{unit}'] .target >> text=第{turn}轮改过")
    return time.perf_counter() - began
