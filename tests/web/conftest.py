"""A real server in a process of its own, and a real browser in front of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from compiler_flow.project import Workspace

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's Chromium, driven by Playwright, which downloads nothing."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed; .ci/run installs it.")
        pytest.skip("Chromium is not installed.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path)
        yield running
        running.close()


@pytest.fixture
def serve(sample: Workspace) -> Iterator[Callable[..., str]]:
    """Starts ``compiler-flow serve`` on the sample number and gives the page's address."""
    running: list[subprocess.Popen[str]] = []

    def start(*options: str, folder: Path = sample.root) -> str:
        command = [sys.executable, "-m", "compiler_flow", "serve", "2024-10-31", "--port", "0", "--no-open", *options]
        server = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        running.append(server)
        assert server.stdout
        line = server.stdout.readline()
        assert "http://" in line, server.stderr.read() if server.stderr else line
        return line.split()[-1]

    yield start
    for server in running:
        server.terminate()
        output, errors = server.communicate(timeout=20)
        assert "Traceback" not in output + errors, errors


class Reader:
    """A person in front of a page of the server, and everything that the page complained about."""

    def __init__(self, browser: Any, address: str, **context: Any) -> None:
        self.address = address.rstrip("/")
        self.context = browser.new_context(**{"locale": "en", "viewport": {"width": 1280, "height": 900}, **context})
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.complaints: list[str] = []
        # What does not load is told by its status; the tests that provoke one look at the page.
        self.page.on("console", lambda message: self._complain(message.text))
        self.page.on("pageerror", lambda error: self._complain(str(error)))
        self.page.on("dialog", lambda dialog: (self._complain("dialog"), dialog.dismiss()))

    def _complain(self, text: str) -> None:
        if "status of 409" not in text:
            self.complaints.append(text)

    def open(self, path: str) -> Any:
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def reader(chromium: Any) -> Iterator[Callable[..., Reader]]:
    """Opens browsers of their own (cookies, storage) for as many people as a test needs."""
    opened: list[Reader] = []

    def meet(address: str, **context: Any) -> Reader:
        opened.append(Reader(chromium, address, **context))
        return opened[-1]

    yield meet
    complaints = [text for one in opened for text in one.complaints]
    for one in opened:
        one.context.close()
    assert complaints == []
