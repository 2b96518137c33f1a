"""A real server on loopback that speaks LibreTranslate's API, or that of OpenAI, honestly or badly.

What it says of texts is ``[zh] text``. ``mode`` picks how it behaves; what it was asked stays in ``asked``.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LANGUAGES = [
    {"code": "en", "name": "English", "targets": ["en", "zh-Hans"]},
    {"code": "zh-Hans", "name": "Chinese", "targets": ["zh-Hans", "en"]},
    {"code": "ru", "name": "Russian", "targets": ["en", "ru", "zh-Hans"]},
]


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.mode = "honest"
        self.key = ""
        self.char_limit = -1
        self.models = ["tiny-llm"]
        self.said: list[str] = []
        self.asked: list[tuple[str, dict]] = []
        self.stop = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def bodies(self, path: str) -> list[dict]:
        return [body for at, body in self.asked if at == path]


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.stop.set()
        server.shutdown()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: object) -> None:
        pass

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):
            super().handle()

    def reply(self, value: object, status: int = 200, kind: str = "application/json", **more: str) -> None:
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, text in more.items():
            self.send_header(name.replace("_", "-"), text)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        pages = {
            "/languages": LANGUAGES,
            "/spec": {"info": {"version": "1.9.6"}},
            "/frontend/settings": {"charLimit": self.server.char_limit},
            "/v1/models": {"data": [{"id": name} for name in self.server.models]},
        }
        if self.server.mode == "page":
            self.reply(b"<html>Sign in</html>", kind="text/html; charset=utf-8")
        elif self.path in pages:
            self.reply(pages[self.path])
        else:
            self.reply({"error": "Not found"}, 404)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, body))
        getattr(self, f"do_{self.server.mode}")(body)

    # -------------------------------------------------------------------------------- ways to behave

    def do_honest(self, body: dict) -> None:
        if self.path == "/translate":
            self.translated(body)
        elif self.path == "/v1/chat/completions":
            self.completed(body)
        else:
            self.reply({"error": "Not found"}, 404)

    def translated(self, body: dict) -> None:
        if self.server.key and body.get("api_key") != self.server.key:
            self.reply({"error": f"Invalid API key {body.get('api_key', '')}"}, 403)
        elif any("POISON" in text for text in body["q"]):
            self.reply({"error": "Cannot translate text: list index out of range"}, 500)
        elif 0 < self.server.char_limit < max(map(len, body["q"])):
            self.reply({"error": "Invalid request: request exceeds text limit"}, 400)
        else:
            self.reply({"translatedText": [f"[zh] {text}" for text in body["q"]]})

    def completed(self, body: dict) -> None:
        if self.server.key and self.headers.get("Authorization") != f"Bearer {self.server.key}":
            self.reply({"error": {"message": f"Incorrect API key: {self.headers.get('Authorization')}"}}, 401)
            return
        texts = json.loads(body["messages"][1]["content"])
        said = json.dumps({number: f"[zh] {text}" for number, text in texts.items()})
        if self.server.said:
            said = self.server.said.pop(0)
        self.reply({"choices": [{"message": {"role": "assistant", "content": said}}]})

    def do_flaky(self, body: dict) -> None:
        """Unwell for two requests, then honest."""
        if len(self.server.asked) > 2:
            self.do_honest(body)
        else:
            self.reply({"error": "Slow down"}, 429 if len(self.server.asked) == 1 else 503, Retry_After="0")

    def do_closing(self, body: dict) -> None:
        """Hangs up on the first request."""
        if len(self.server.asked) > 1:
            self.do_honest(body)
        else:
            self.close_connection = True

    def do_tomorrow(self, body: dict) -> None:
        self.reply({"error": "Daily limit reached"}, 429, Retry_After="86400")

    def do_failing(self, body: dict) -> None:
        self.reply({"error": "Internal error"}, 500)

    def do_page(self, body: dict) -> None:
        self.reply(b"<html>Sign in</html>", kind="text/html; charset=utf-8")

    def do_junk(self, body: dict) -> None:
        self.reply(b"{", kind="application/json")

    def do_half(self, body: dict) -> None:
        self.reply({"translatedText": body["q"][: len(body["q"]) // 2]})

    def do_otherwise(self, body: dict) -> None:
        self.reply({"translatedText": [None for _text in body.get("q", [])], "choices": []})

    def do_silent(self, body: dict) -> None:
        self.server.stop.wait(10)

    def do_dripping(self, body: dict) -> None:
        """Sends a byte now and then, for ever."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        while not self.server.stop.wait(0.05):
            self.wfile.write(b" ")
            self.wfile.flush()

    def do_moved(self, body: dict) -> None:
        self.reply({}, 301, Location="https://elsewhere.example/translate")
