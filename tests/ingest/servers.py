"""Web servers on loopback, honest and otherwise, for the tests of fetching."""

from __future__ import annotations

import functools
import gzip
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Ministers meet in Riga - Harbour News</title>
<meta property="og:site_name" content="Harbour News"><meta name="author" content="Ann Example">
<meta name="date" content="2024-10-24"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Ministers meet in Riga</h1>
<p><strong>Background:</strong> Hanno Pevkur met Gen. Smith on Monday. They agreed on 14 points of a longer list.</p>
<p>The talks lasted two hours and covered defence, energy and the railway. A second round will follow in May.</p>
<p>See <a href="/report">the report</a> for the rest of it, which is long and has many tables in it.</p>
</article><footer>All rights reserved.</footer></body></html>"""

Reply = Callable[[BaseHTTPRequestHandler], None]


class Site(ThreadingHTTPServer):
    """A server whose pages are functions; everything asked for is kept in ``asked`` with its headers."""

    daemon_threads = True

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), _Handler)
        self.pages: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.stop = threading.Event()

    def __enter__(self) -> Site:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        self.shutdown()
        self.server_close()

    @property
    def url(self) -> str:
        """The address of the site."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what many tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.headers.append(dict(self.headers))
        page = self.server.pages.get(self.path.partition("?")[0])
        with suppress(ConnectionError):
            if page is None:
                self.send_error(404)
            else:
                page(self)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def send(data: bytes | str, kind: str = "text/html; charset=utf-8", *, status: int = 200, **headers: str) -> Reply:
    """A page as servers send it."""
    body = data if isinstance(data, bytes) else data.encode()

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if kind:
            handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def redirect(to: str, status: int = 302, **headers: str) -> Reply:
    """Sends on to another address."""
    return send(b"", status=status, Location=to, **headers)


def trickle(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and a byte then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while not handler.server.stop.is_set():
        handler.wfile.write(b"<")
        handler.wfile.flush()
        time.sleep(0.05)


def trickle_head(handler: BaseHTTPRequestHandler) -> None:
    """A head that never ends."""
    while not handler.server.stop.is_set():
        handler.wfile.write(b"H")
        handler.wfile.flush()
        time.sleep(0.05)


def silent(handler: BaseHTTPRequestHandler) -> None:
    """Nothing, until the test is over."""
    handler.server.stop.wait(20)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A page without end, as fast as it is taken."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.stop.is_set():
        handler.wfile.write(b"<p>More of it.</p>" * 4096)


def cut(handler: BaseHTTPRequestHandler) -> None:
    """Less than was promised."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(PAGE.encode())


@functools.cache
def packed() -> bytes:
    """64 MB of nothing, packed small; it takes longer to make than a test waits."""
    return gzip.compress(bytes(64 * 2**20), 9)


def bomb(handler: BaseHTTPRequestHandler) -> None:
    """64 MB of nothing, packed small."""
    send(packed(), Content_Encoding="gzip")(handler)
