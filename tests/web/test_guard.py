"""What reaches the pages: names of this machine, our own forms, bounded bodies; and what pages may do in a browser."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
import socket
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from starlette.types import Message

from compiler_flow.errors import UsageError
from compiler_flow.flow.desk import Desk
from compiler_flow.flow.editing import Edit, mark
from compiler_flow.project import Workspace
from compiler_flow.web import guard, server
from compiler_flow.web.app import create
from compiler_flow.web.live import Live

HOME = "http://127.0.0.1:8422"
TOKEN = "correct-horse-battery"  # noqa: S105 (of a server that lives for a test)


def client(sample: Workspace, **access: object) -> TestClient:
    desk = Desk(sample, sample.issues()[0])
    return TestClient(create(desk, guard.Access(**access)), base_url=HOME, follow_redirects=False)  # type: ignore[arg-type]


@pytest.fixture
def visitor(sample: Workspace) -> Iterator[TestClient]:
    with client(sample) as opened:
        yield opened


def csrf(visitor: TestClient) -> str:
    found = re.search(r'data-csrf="([0-9a-f]+)"', visitor.get("/preview").text)
    assert found
    return found[1]


@pytest.mark.parametrize("host", ["127.0.0.1:8422", "localhost:9", "[::1]:8422", "192.0.2.7", "LOCALHOST"])
def test_addresses_and_localhost_are_ours(visitor: TestClient, host: str) -> None:
    assert visitor.get("/preview", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "a@b", "["]
)
def test_a_name_of_somebody_else_is_refused(visitor: TestClient, host: str) -> None:
    """DNS rebinding: the site of the attacker resolves to this machine, but sends its own name."""
    answer = visitor.get("/preview", headers={"host": host})
    assert answer.status_code == 421
    assert "pl-next-flood" not in answer.text


@given(st.text(max_size=40))
def test_any_host_header_is_judged_without_raising(host: str) -> None:
    assert guard.is_our_host(host, frozenset()) in (True, False)


def test_what_a_page_may_do_is_written_on_it(visitor: TestClient) -> None:
    headers = visitor.get("/preview").headers
    assert headers["content-security-policy"] == guard.POLICY
    assert "unsafe" not in guard.POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "HttpOnly" in headers["set-cookie"]
    assert "SameSite=Strict" in headers["set-cookie"]


def test_pages_have_no_inline_script_style_or_handler(visitor: TestClient) -> None:
    for path in ("/", "/articles/pl-next-flood", "/glossary?q=COP", "/names", "/preview"):
        text = visitor.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text), path


def test_a_preview_is_shut_in(visitor: TestClient) -> None:
    policy = visitor.get("/preview/html").headers["content-security-policy"]
    assert policy.startswith("sandbox allow-same-origin; default-src 'none';")
    assert "script" not in policy
    assert 'sandbox="allow-same-origin"' in visitor.get("/preview").text


UNIT = "/articles/pl-next-flood/units/0000000000"


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": HOME, "sec-fetch-site": "same-origin"}, 409),
        ({}, 409),
    ],
)
def test_only_our_own_pages_may_change_something(visitor: TestClient, headers: dict[str, str], code: int) -> None:
    """409 is the unit's own answer: it does not exist."""
    form = {"csrf": csrf(visitor), "verb": "omit", "seen": ""}
    assert visitor.post(UNIT, data=form, headers=headers).status_code == code


@pytest.mark.parametrize("token", ["", "0" * 64, "另一个"])
def test_a_form_without_this_sessions_token_does_nothing(visitor: TestClient, token: str) -> None:
    csrf(visitor)
    answer = visitor.post(UNIT, data={"csrf": token, "verb": "omit", "seen": ""}, headers={"x-fragment": "1"})
    assert answer.status_code == 409
    assert "too old" in answer.text


def test_the_token_of_one_session_is_none_in_another(sample: Workspace) -> None:
    with client(sample) as one, client(sample) as other:
        form = {"csrf": csrf(one), "name": "王五", "back": "/"}
        csrf(other)
        assert other.post("/me", data=form, headers={"x-fragment": "1"}).status_code == 409


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_a_form_leads_back_to_our_own_pages_only(visitor: TestClient, back: str) -> None:
    answer = visitor.post("/me", data={"csrf": csrf(visitor), "name": "王五", "back": back})
    assert answer.headers["location"] == "/"


def test_a_body_that_is_too_large_is_refused(visitor: TestClient) -> None:
    form = {"csrf": csrf(visitor), "verb": "write", "seen": "", "target": "长" * guard.MAX_BODY}
    assert visitor.post(UNIT, data=form).status_code == 413

    def pieces() -> Iterator[bytes]:
        for _number in range(guard.MAX_BODY // 1000 + 10):
            yield b"a" * 1000

    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert visitor.post(UNIT, content=pieces(), headers=kind).status_code == 413


def test_cookies_of_other_programs_of_this_machine_do_no_harm(visitor: TestClient) -> None:
    """Browsers send what any program on any port of the same host has set."""
    ours = visitor.get("/preview").headers["set-cookie"].partition(";")[0]
    for strange in ('a={"b": "c, d"}', "=", "a b c", 'x="', "k\u00e9=1"):
        sent = {"cookie": f"{strange}; {ours}".encode()}
        token = re.search(r'data-csrf="([0-9a-f]+)"', visitor.get("/preview", headers=sent).text)
        assert token
        form = {"csrf": token[1], "name": "王五", "back": "/names"}
        assert visitor.post("/me", data=form, headers=sent).headers["location"] == "/names", strange


def test_two_numbers_are_open_side_by_side(sample: Workspace) -> None:
    app = create(Desk(sample, sample.issues()[0]), guard.Access(token=TOKEN))
    other = create(Desk(sample, sample.issues()[0]), guard.Access(token=f"another-{TOKEN}"))
    with TestClient(app, base_url="http://127.0.0.1:8422", follow_redirects=False) as one:
        one.get(f"/?token={TOKEN}")
        with TestClient(other, base_url="http://127.0.0.1:8423", follow_redirects=False) as two:
            two.cookies = one.cookies
            two.get(f"/?token=another-{TOKEN}")
            one.cookies = two.cookies
            assert two.get("/preview").status_code == 200
        assert one.get("/preview").status_code == 200


def test_what_changes_right_after_a_page_listens_is_told_however_slow_the_first_look_is(
    sample: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(sample, sample.issues()[0])
    look = Live._state

    async def slowly(live: Live) -> object:
        await asyncio.sleep(0.5)
        return await look(live)

    monkeypatch.setattr(Live, "_state", slowly)

    async def listening() -> str:
        live = Live(desk)
        stream = live.events()
        assert "retry" in await anext(stream)
        assert "version" in await anext(stream)
        note = desk.article_folder("uz-energy-talks") / "article.toml"
        note.write_text(note.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        told = await asyncio.wait_for(anext(stream), 20)
        await stream.aclose()
        await live.close()
        return told

    assert "uz-energy-talks" in asyncio.run(listening())


def test_an_edit_here_is_told_once_and_one_elsewhere_is_told_as_well(sample: Workspace) -> None:
    """Pages that are told which units changed need not look at all of them when the file's new stamp is seen."""
    name = "pl-next-flood"
    desk = Desk(sample, sample.issues()[0])

    async def listening() -> list[dict[str, object]]:
        live = Live(desk)
        stream = live.events()
        heard: list[dict[str, object]] = []

        async def next_line() -> str:
            while not (line := await anext(stream)).startswith("data: "):
                pass  # comments that keep the connection open
            return line

        async def hear() -> None:
            line = await asyncio.wait_for(next_line(), 20)
            heard.append(json.loads(line.removeprefix("data: ")))

        await hear()
        # One who works elsewhere, in another article: the first look at the files is over when that is told.
        note = desk.article_folder("uz-energy-talks") / "article.toml"
        note.write_text(note.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        await hear()
        unit = desk.sheet(name).catalog.units[5]
        now = dt.datetime.now(dt.UTC)
        assert desk.edit(name, Edit(unit.id, mark(unit), "译文。"), by="", at=now) is None
        live.expect(desk.seen(name))
        live.tell(articles=[name], units=[unit.id])
        await hear()
        note.write_text(note.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        await hear()
        file = desk.article_folder(name) / "zh_CN.po"
        file.write_bytes(file.read_bytes() + b"\n")
        await hear()
        await stream.aclose()
        await live.close()
        return heard

    told = asyncio.run(listening())
    assert [one.get("articles") for one in told[1:]] == [["uz-energy-talks"], [name], ["uz-energy-talks"], [name]]
    assert [one.get("units") for one in told[2:]] == [[desk.sheet(name).catalog.units[5].id], None, None]


def test_listeners_are_bounded_and_leave_their_place(sample: Workspace) -> None:
    async def crowd() -> list[bool]:
        live = Live(Desk(sample, sample.issues()[0]))
        streams = []
        full = []
        while not live.is_full:
            streams.append(live.events())
            assert await anext(streams[-1])
        full.append(live.is_full)
        await streams.pop().aclose()
        full.append(live.is_full)
        for stream in streams:
            await stream.aclose()
        await live.close()
        return full

    assert asyncio.run(crowd()) == [True, False]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process.")
def test_an_open_page_does_not_disturb_the_end(serve: Any) -> None:
    address = urlsplit(serve())
    with socket.create_connection((address.hostname, address.port), timeout=20) as page:
        page.sendall(f"GET /events HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode())
        heard = b""
        while b"version" not in heard:
            heard += page.recv(4096)
        code, said = serve.interrupt()
    assert code == 0
    assert said.splitlines() == ["Stop it with Ctrl+C.", "Stopped."]


def test_a_body_that_does_not_come_is_not_waited_for(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.05)
    kind = (b"content-type", b"application/x-www-form-urlencoded")
    scope = {"type": "http", "method": "POST", "path": "/me", "query_string": b"", "client": ("127.0.0.1", 1)}
    scope["headers"] = [(b"host", b"localhost"), kind, (b"content-length", b"1000")]
    told: list[Message] = []

    async def receive() -> Message:
        if receive.asked:  # type: ignore[attr-defined]
            await asyncio.Event().wait()
        receive.asked = True  # type: ignore[attr-defined]
        return {"type": "http.request", "body": b"csrf=", "more_body": True}

    async def send(message: Message) -> None:
        told.append(message)

    receive.asked = False  # type: ignore[attr-defined]
    asyncio.run(create(Desk(sample, sample.issues()[0]), guard.Access())(scope, receive, send))
    assert told[0]["status"] == 413


def test_other_methods_are_refused(visitor: TestClient) -> None:
    assert visitor.delete("/articles/pl-next-flood").status_code == 405
    assert visitor.put("/").status_code == 405


def test_a_flood_of_requests_is_slowed_down(visitor: TestClient) -> None:
    codes = [visitor.get("/assets/icon.svg").status_code for _number in range(400)]
    assert codes[0] == 200
    assert 429 in codes


@pytest.mark.parametrize(
    "path",
    [
        "/articles/..%2f..%2fcompiler-flow.toml",
        "/articles/%2e%2e",
        "/assets/..%2f__init__.py",
        "/assets/__init__.py",
        "/assets/%2fetc%2fpasswd",
        "/preview/..%2fhtml",
        "/articles/pl-next-flood%00",
    ],
)
def test_no_path_leads_out(visitor: TestClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "argos" not in answer.text


def test_strangers_need_the_token(sample: Workspace) -> None:
    with client(sample, token=TOKEN) as visitor:
        for path in ("/", "/articles/pl-next-flood", "/assets/page.js", "/events", "/?token=wrong-token-here"):
            assert visitor.get(path).status_code == 401, path
        answer = visitor.get(f"/articles/pl-next-flood?token={TOKEN}&show=open")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/articles/pl-next-flood?show=open"
        assert TOKEN not in answer.headers["set-cookie"]
        assert visitor.get("/").status_code == 200
        # Whoever changes something for others to see has a name.
        form = {"csrf": csrf(visitor), "verb": "omit", "seen": ""}
        form |= {"source": "Zofia Wilk", "target": "佐菲娅·维尔克"}
        for path in (UNIT, "/glossary"):
            assert "who you are" in visitor.post(path, data=form, headers={"x-fragment": "1"}).text


def test_guessing_the_token_is_slowed_down(sample: Workspace) -> None:
    with client(sample, token=TOKEN) as visitor:
        codes = [visitor.get(f"/?token=guess-number-{number}").status_code for number in range(12)]
        assert codes[0] == 401
        assert codes[-1] == 429


def test_guests_read_only(sample: Workspace) -> None:
    with client(sample, read_only=True) as visitor:
        text = visitor.get("/articles/pl-next-flood").text
        assert "<textarea" not in text
        assert 'name="verb"' not in text
        assert 'action="/articles' not in text
        form = {"csrf": csrf(visitor), "verb": "omit", "seen": ""}
        for path in (UNIT, "/articles/am-kazan-talks/sign", "/glossary"):
            assert visitor.post(path, data=form).status_code == 403
        chosen = visitor.post("/language", data={"csrf": csrf(visitor), "language": "en", "back": "/names"})
        assert chosen.headers["location"] == "/names"


def test_the_language_is_the_browsers_until_somebody_chooses(visitor: TestClient) -> None:
    assert '<html lang="zh-CN">' in visitor.get("/preview", headers={"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"}).text
    assert '<html lang="en">' in visitor.get("/preview", headers={"accept-language": "en-GB,zh;q=0.5"}).text
    assert (
        '<html lang="zh-CN">' in visitor.get("/preview", headers={"accept-language": "lv;q=0.9,zh;q=0.8,en;q=0.1"}).text
    )
    visitor.post("/language", data={"csrf": csrf(visitor), "language": "zh-CN", "back": "/"})
    assert '<html lang="zh-CN">' in visitor.get("/preview", headers={"accept-language": "en"}).text


@pytest.mark.parametrize("header", ["", ",,;q=;", "zh;q=x", "q=0.5", "*" * 5000, "zh;q=1.2.3"])
def test_any_accept_language_is_read_without_raising(visitor: TestClient, header: str) -> None:
    assert visitor.get("/preview", headers={"accept-language": header}).status_code == 200


def test_others_than_this_machine_get_a_token_that_is_made() -> None:
    place = server.bind("0.0.0.0", 0)  # noqa: S104 (what is tested)
    place.socket.close()
    assert len(place.access.token) > 20
    assert place.access.token in place.address
    own = server.bind("127.0.0.1", 0)
    own.socket.close()
    assert own.access.token == ""
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", own.address)


def test_an_address_that_cannot_be_had_is_one_clear_line() -> None:
    taken = server.bind("127.0.0.1", 0)
    port = taken.socket.getsockname()[1]
    with pytest.raises(UsageError, match=f"127.0.0.1:{port}"):
        server.bind("127.0.0.1", port)
    taken.socket.close()
    with pytest.raises(UsageError):
        server.bind("no-such-host.invalid", 0, token=TOKEN)
    with pytest.raises(UsageError, match="guess"):
        server.bind("127.0.0.1", 0, token="1234")  # noqa: S106
