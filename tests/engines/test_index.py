"""Against a real server on loopback: honest, broken, slow and lying ones."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from compiler_flow.engines import index
from compiler_flow.engines.packages import installed
from compiler_flow.errors import EngineError, FormatError

MODELS = Path(__file__).parent.parent / "models"
PACKAGE = (MODELS / "translate-en_zh-0_1.tiny.argosmodel").read_bytes()
QUICK = index.Network(timeout=0.5, pause=0.0)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.entries: object = []
        self.mode = "honest"
        self.asked: list[tuple[str, str]] = []
        self.stop = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_args: object) -> None:
        pass

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.server.asked.append((self.path, wanted))
        if self.path == "/slow.json":
            self.send_response(200)
            self.end_headers()
            while not self.server.stop.wait(0.05):
                self.wfile.write(b" ")
        elif self.path.endswith(".json"):
            self.reply(json.dumps(self.server.entries).encode())
        else:
            self.do_package(wanted)

    def do_package(self, wanted: str) -> None:
        getattr(self, f"do_{self.server.mode}")(wanted)

    def reply(self, data: bytes, status: int = 200, kind: str = "application/zip", whole: int = 0, **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(whole or len(data)))
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def do_honest(self, wanted: str) -> None:
        start = int(wanted[6:-1]) if wanted else 0
        if start >= len(PACKAGE):
            self.reply(b"", 416)
        elif start:
            said = f"bytes {start}-{len(PACKAGE) - 1}/{len(PACKAGE)}"
            self.reply(PACKAGE[start:], 206, Content_Range=said)
        else:
            self.reply(PACKAGE)

    def do_breaking(self, wanted: str) -> None:
        """Breaks off after half of what is left, twice; then honest."""
        if len([path for path, _range in self.server.asked if path.endswith("model")]) > 2:
            self.do_honest(wanted)
            return
        start = int(wanted[6:-1]) if wanted else 0
        rest = PACKAGE[start:]
        said = f"bytes {start}-{len(PACKAGE) - 1}/{len(PACKAGE)}"
        self.reply(rest[: len(rest) // 2], 206 if start else 200, whole=len(rest), Content_Range=said)
        self.close_connection = True

    def do_forgetful(self, wanted: str) -> None:
        """Knows no ranges, and breaks off the first time."""
        first = not wanted
        self.reply(PACKAGE[:300_000] if first else PACKAGE, whole=len(PACKAGE))
        self.close_connection = True

    def do_page(self, wanted: str) -> None:
        self.reply(b"<html>Sign in</html>", kind="text/html; charset=utf-8")

    def do_missing(self, wanted: str) -> None:
        self.reply(b"", 404)

    def do_failing(self, wanted: str) -> None:
        self.reply(b"", 503)

    def do_silent(self, wanted: str) -> None:
        self.server.stop.wait(5)

    def do_other(self, wanted: str) -> None:
        self.reply((MODELS / "translate-ru_en-0_1.tiny.argosmodel").read_bytes())

    def do_junk(self, wanted: str) -> None:
        self.reply(b"\0" * 4096)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        running.entries = [entry()]
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield running
        running.stop.set()
        running.shutdown()
        thread.join()


def entry(source: str = "en", target: str = "zh", version: str = "0.1", **more: object) -> dict[str, object]:
    return {"from_code": source, "to_code": target, "package_version": version, "links": ["/en_zh.argosmodel"], **more}


def offer(server: Server) -> index.Offer:
    (found,) = index.chain(index.fetch(f"{server.url}/index.json", network=QUICK), "en", "zh-CN")
    return found


def test_a_package_comes_from_the_index(server: Server, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def progress(so_far: int, whole: int) -> None:
        seen.append((so_far, whole))

    package = index.install(offer(server), tmp_path / "p", tmp_path / "d", network=QUICK, progress=progress)
    assert package.folder == tmp_path / "p" / "translate-en_zh-0_1"
    assert seen[-1] == (len(PACKAGE), len(PACKAGE))
    assert list((tmp_path / "d").iterdir()) == [], "the download is not kept"


def test_a_broken_download_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    server.mode = "breaking"
    index.install(offer(server), tmp_path / "p", tmp_path / "d", network=QUICK)
    starts = [wanted for path, wanted in server.asked if path.endswith("model")]
    assert len(starts) == 3
    assert starts[0] == ""
    assert 0 < int(starts[1][6:-1]) < int(starts[2][6:-1]) < len(PACKAGE)


def test_a_server_without_ranges_is_read_again_from_the_start(server: Server, tmp_path: Path) -> None:
    server.mode = "forgetful"
    index.install(offer(server), tmp_path / "p", tmp_path / "d", network=QUICK)
    assert installed([tmp_path / "p"])[0].problem == ""


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("page", "sent a web page"),
        ("missing", "404"),
        ("failing", "did not finish.*503"),
        ("silent", "did not finish.*timed out"),
        ("other", "translates ru → en, not en → zh"),
        ("junk", "no Argos package"),
    ],
)
def test_bad_servers_get_one_line_and_install_nothing(server: Server, tmp_path: Path, mode: str, said: str) -> None:
    server.mode = mode
    with pytest.raises((EngineError, FormatError), match=said) as caught:
        index.install(offer(server), tmp_path / "p", tmp_path / "d", network=QUICK)
    assert server.url in str(caught.value)
    assert "\n" not in str(caught.value)
    assert installed([tmp_path / "p"]) == ()


def test_a_second_link_is_tried(server: Server, tmp_path: Path) -> None:
    server.entries = [entry(links=["ftp://127.0.0.1/x", "http://127.0.0.1:1/en_zh.argosmodel", "/en_zh.argosmodel"])]
    assert index.install(offer(server), tmp_path / "p", tmp_path / "d", network=QUICK).problem == ""


def test_a_checksum_of_the_index_is_believed(server: Server, tmp_path: Path) -> None:
    server.entries = [entry(sha256="0" * 64)]
    with pytest.raises(EngineError, match="SHA-256"):
        index.install(offer(server), tmp_path / "p", tmp_path / "d", network=QUICK)
    server.entries = [entry(sha256=hashlib.sha256(PACKAGE).hexdigest())]
    index.install(offer(server), tmp_path / "p", tmp_path / "d", network=QUICK)


@pytest.mark.parametrize("entries", [{}, "x", None])
def test_an_answer_that_is_no_index(server: Server, entries: object) -> None:
    server.entries = entries
    with pytest.raises(EngineError, match="no package index"):
        index.fetch(f"{server.url}/index.json", network=QUICK)


def test_an_index_that_comes_byte_by_byte_is_given_up(server: Server) -> None:
    with pytest.raises(EngineError, match="too slowly"):
        index.fetch(f"{server.url}/slow.json", network=index.Network(timeout=0.2, pause=0.0))


def test_nobody_answers() -> None:
    with pytest.raises(EngineError, match="cannot be asked"):
        index.fetch("http://127.0.0.1:1/index.json", network=QUICK)
    with pytest.raises(EngineError, match="Only http and https"):
        index.fetch("file:///etc/passwd", network=QUICK)


def test_the_newest_version_and_the_way_through_english(server: Server) -> None:
    server.entries = [
        entry(version="1.9"),
        entry(version="1.10"),
        entry("ru", "en"),
        {"type": "sbd", "package_version": "1"},
        17,
        entry("en", "zh", "2.0", links=["ipfs://x"]),
    ]
    offers = index.fetch(f"{server.url}/index.json", network=QUICK)
    assert [found.metadata.version for found in index.chain(offers, "en", "zh-CN")] == ["1.10"]
    chain = index.chain(offers, "ru", "zh-CN")
    assert [found.metadata.name for found in chain] == ["translate-ru_en", "translate-en_zh"]
    with pytest.raises(EngineError, match="no package for lt"):
        index.chain(offers, "lt", "zh-CN")
