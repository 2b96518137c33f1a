"""A real server in a process of its own, and a real browser in front of it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from compiler_flow.project import Workspace


class Servers:
    """Servers on the workspace ``root`` that live for a test, or for a file of tests."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.running: list[subprocess.Popen[str]] = []

    def __call__(self, *options: str, before: tuple[str, ...] = ()) -> str:
        """Starts ``compiler-flow serve`` on the sample number and gives the page's address.

        ``before`` is a command that starts it, such as one that limits what it may do.
        """
        command = [sys.executable, "-m", "compiler_flow", "serve", "2024-10-31", "--port", "0", "--no-open", *options]
        server = subprocess.Popen(
            [*before, *command], cwd=self.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        self.running.append(server)
        assert server.stdout
        line = server.stdout.readline()
        assert "http://" in line, server.stderr.read() if server.stderr else line
        return line.split()[-1]

    def interrupt(self) -> tuple[int, str]:
        """Ctrl+C in the terminal of the server started last: how it ended, and what it said besides its address."""
        server = self.running.pop()
        server.send_signal(signal.SIGINT)
        output, errors = server.communicate(timeout=20)
        return server.returncode, output + errors

    def stop(self) -> None:
        for server in self.running:
            server.terminate()
            output, errors = server.communicate(timeout=20)
            assert "Traceback" not in output + errors, errors


@pytest.fixture
def serve(sample: Workspace) -> Iterator[Servers]:
    servers = Servers(sample.root)
    yield servers
    servers.stop()


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, copied_sample: Callable[[Path], Path]) -> Iterator[str]:
    """The address of a server that tests share which only look."""
    servers = Servers(copied_sample(tmp_path_factory.mktemp("shown") / "desk"))
    yield servers()
    servers.stop()


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
def reader(browser: Any) -> Iterator[Callable[..., Reader]]:
    """Opens browsers of their own (cookies, storage) for as many people as a test needs."""
    opened: list[Reader] = []

    def meet(address: str, **context: Any) -> Reader:
        opened.append(Reader(browser, address, **context))
        return opened[-1]

    yield meet
    complaints = [text for one in opened for text in one.complaints]
    for one in opened:
        one.context.close()
    assert complaints == []
