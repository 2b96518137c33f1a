"""Fetching from real servers on loopback: what comes, what is refused, and that nothing takes for ever."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import servers
from servers import PAGE, Site, redirect, send

from compiler_flow.errors import FetchError
from compiler_flow.ingest import addresses, fetch
from compiler_flow.ingest.fetch import Fetcher, Limits

QUICK = Limits(silence=0.6, total=1.2, size=2**20, redirects=4)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        running.pages["/a"] = send(PAGE)
        yield running


def get(address: str, limits: Limits = QUICK) -> fetch.Answer:
    return Fetcher(limits, allow_local=True).get(address)


def refusal(address: str, limits: Limits = QUICK, *, allow_local: bool = True) -> str:
    with pytest.raises(FetchError) as caught:
        Fetcher(limits, allow_local=allow_local).get(address)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_page_comes_as_it_is(site: Site) -> None:
    answer = get(f"{site.url}/a?x=1#part")
    assert answer.data == PAGE.encode()
    assert (answer.kind, answer.charset, answer.address) == ("text/html", "utf-8", f"{site.url}/a?x=1")
    assert site.asked == ["/robots.txt", "/a?x=1"]
    assert site.headers[-1]["User-Agent"].startswith("compiler-flow/")
    assert site.headers[-1]["Host"] == site.url.removeprefix("http://")


def test_packed_answers_are_unpacked(site: Site) -> None:
    site.pages["/z"] = send(gzip.compress(PAGE.encode()), Content_Encoding="gzip")
    assert get(f"{site.url}/z").data == PAGE.encode()


def test_redirects_are_followed_and_the_last_address_is_told(site: Site) -> None:
    site.pages["/old"] = redirect("/older", 301)
    site.pages["/older"] = redirect("a", 307)
    assert get(f"{site.url}/old").address == f"{site.url}/a"


def test_a_cookie_that_must_come_back_comes_back(site: Site) -> None:
    def gate(handler: servers.BaseHTTPRequestHandler) -> None:
        if "seen=1" in (handler.headers.get("Cookie") or ""):
            send(PAGE)(handler)
        else:
            redirect("/gate", Set_Cookie="seen=1; Path=/")(handler)

    site.pages["/gate"] = gate
    assert get(f"{site.url}/gate").data == PAGE.encode()


@pytest.mark.parametrize(
    "rules",
    ["User-agent: *\nDisallow: /private", "User-agent: compiler-flow\nDisallow: /*/a$\n\nUser-agent: *\nAllow: /"],
)
def test_what_robots_must_not_have_is_not_asked_for(site: Site, rules: str) -> None:
    site.pages["/robots.txt"] = send(rules, "text/plain")
    site.pages["/private/a"] = send(PAGE)
    assert "robots.txt" in refusal(f"{site.url}/private/a")
    assert "/private/a" not in site.asked
    fetcher = Fetcher(QUICK, allow_local=True)
    assert fetcher.get(f"{site.url}/a").data == fetcher.get(f"{site.url}/a").data
    assert site.asked.count("/robots.txt") == 2  # once for each fetcher, and not once for each page


def test_a_redirect_into_what_robots_must_not_have_stops_there(site: Site) -> None:
    site.pages["/robots.txt"] = send("User-agent: *\nDisallow: /private", "text/plain")
    site.pages["/go"] = redirect("/private/a")
    assert "robots.txt" in refusal(f"{site.url}/go")
    assert "/private/a" not in site.asked


def test_a_site_whose_robots_file_is_broken_is_left_alone(site: Site) -> None:
    site.pages["/robots.txt"] = send("oops", status=503)
    assert "robots.txt" in refusal(f"{site.url}/a")


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (redirect("/x"), "without end"),
        (servers.trickle, "too slow"),
        (servers.trickle_head, "too slow"),
        (servers.silent, "does not answer"),
        (servers.endless, "larger than 1 MB"),
        (servers.bomb, "larger than 1 MB"),
        (servers.cut, "broke off"),
        (send(bytes(2**21)), "larger than 1 MB"),
        (send(b""), "sent nothing"),
        (send("gone", status=410), "no such page (410)"),
        (send("no", status=403), "does not show us this page (403)"),
        (send("pay", status=402), "browser"),
        (send("slow", status=429), "less often"),
        (send("broken", status=500), "answers 500"),
        (redirect("ftp://127.0.0.1/x"), "Only http and https"),
        (redirect("http://[::1/x"), "no address"),
    ],
    ids=[
        "loop", "trickle", "head", "silent", "endless", "bomb", "cut", "large", "empty", "410", "403", "402", "429",
        "500", "ftp", "broken",
    ],
)  # fmt: skip
def test_bad_servers_get_one_line(site: Site, page: servers.Reply, said: str) -> None:
    servers.packed()
    site.pages["/x"] = page
    assert said in refusal(f"{site.url}/x")


def test_a_chain_of_ever_new_addresses_ends(site: Site) -> None:
    for number in range(20):
        site.pages[f"/{number}"] = redirect(f"/{number + 1}")
    assert "without end" in refusal(f"{site.url}/0")
    assert "/6" not in site.asked


def test_nobody_there(site: Site) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert "Nobody answers" in refusal(f"http://127.0.0.1:{free.getsockname()[1]}/")
    assert "no such host" in refusal("http://no-such-host.invalid/")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254", "100.64.0.1", "0",
        "[::1]", "[::]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "127.1", "2130706433", "0x7f000001",
        "017700000001",        "224.0.0.1", "255.255.255.255", "user:secret@127.0.0.1",
    ],
)  # fmt: skip
def test_private_networks_are_not_asked(host: str) -> None:
    said = refusal(f"http://{host}/x", allow_local=False)
    assert "private network" in said or "no such host" in said
    assert "secret" not in said


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_public_numbers_are_public(number: str) -> None:
    assert addresses.is_public(number)


def test_a_redirect_into_a_private_network_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public site sends on to a private one. Names are looked up by a table; the servers are real."""
    with Site() as inner:
        inner.pages["/secret"] = send(PAGE)
        _look_up(monkeypatch, {"public.example": [["127.0.0.1"]], "inner.example": [["127.0.0.1"]]})
        # Where the first server stands counts as public here; the second name does not.
        said = iter((True, True, False))
        monkeypatch.setattr(addresses, "is_public", lambda _number: next(said))
        port, inner_port = site.server_address[1], inner.server_address[1]
        site.pages["/go"] = redirect(f"http://inner.example:{inner_port}/secret")
        assert "private network" in refusal(f"http://public.example:{port}/go", allow_local=False)
        assert inner.asked == []


def _look_up(monkeypatch: pytest.MonkeyPatch, names: dict[str, list[list[str]]]) -> list[str]:
    """Names are looked up in a table, each answer used once and the last for ever; returns what was looked up."""
    real = socket.getaddrinfo
    asked: list[str] = []

    def answer(host: str, port: int, *rest: object, **more: object) -> object:
        if host not in names:
            return real(host, port, *rest, **more)
        asked.append(host)
        numbers = names[host].pop(0) if len(names[host]) > 1 else names[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in numbers]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


def test_a_name_that_leads_home_is_refused_even_beside_a_public_number(monkeypatch: pytest.MonkeyPatch) -> None:
    _look_up(monkeypatch, {"two.example": [["93.184.216.34", "127.0.0.1"]]})
    assert "private network" in refusal("http://two.example/x", allow_local=False)


def test_a_name_is_looked_up_once_and_the_number_that_was_checked_is_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers with a public number first and with ours next (rebinding) gains nothing."""
    asked = _look_up(monkeypatch, {"turn.example": [["127.0.0.1"], ["127.0.0.1"], ["203.0.113.9"]]})
    connected: list[object] = []
    real = socket.create_connection

    def connect(place: tuple[str, int], *rest: object, **more: object) -> socket.socket:
        connected.append(place[0])
        return real(place, *rest, **more)

    monkeypatch.setattr(socket, "create_connection", connect)
    answer = get(f"http://turn.example:{site.server_address[1]}/a")
    assert answer.data == PAGE.encode()
    # robots.txt and the page: one look-up each, and each connection went to what that look-up said.
    assert asked == ["turn.example", "turn.example"]
    assert connected == ["127.0.0.1", "127.0.0.1"]
    assert site.headers[-1]["Host"].startswith("turn.example:")


def test_credentials_are_neither_sent_nor_shown(site: Site) -> None:
    answer = get(f"http://user:secret@127.0.0.1:{site.server_address[1]}/a")
    assert "secret" not in answer.address
    assert "Authorization" not in site.headers[-1]


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://Бүлүнгүр.example/новости/а б?q=ц", "https://xn--90ajfrd5fsa.example/"),
        ("HTTP://Example.org", "http://example.org/"),
        ("http://example.org:80/a%20b", "http://example.org/a%20b"),
        ("https://example.org/a?b=c&d=%20e", "https://example.org/a?b=c&d=%20e"),
    ],
)
def test_addresses_are_brought_into_shape(address: str, wanted: str) -> None:
    shaped = addresses.place_of(address).address
    if address.startswith("https://Б"):
        assert shaped.startswith("https://xn--")
        assert shaped.isascii()
    else:
        assert shaped == wanted


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "http://", "http://a b/", "https://:80/"]
)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    assert refusal(address)


def test_two_spellings_of_an_address_are_the_same() -> None:
    one = "https://www.example.org/news/a/?utm_source=mail&id=7#top"
    assert addresses.same(one) == addresses.same("http://example.org/news/a?id=7")
    assert addresses.same(one) != addresses.same("http://example.org/news/a?id=8")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for ``good.example`` that signs itself, with its key."""
    folder = tmp_path_factory.mktemp("tls")
    path = folder / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=good.example",
         "-addext", "subjectAltName=DNS:good.example", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return path


def test_a_certificate_is_asked_for_the_name_and_not_for_the_number(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _look_up(monkeypatch, {"good.example": [["127.0.0.1"]], "bad.example": [["127.0.0.1"]]})
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(fetch, "_certificates", lambda: trusting)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    with Site() as site:
        site.pages["/a"] = send(PAGE)
        site.socket = served.wrap_socket(site.socket, server_side=True)
        port = site.server_address[1]
        assert get(f"https://good.example:{port}/a").data == PAGE.encode()
        assert "certificate" in refusal(f"https://bad.example:{port}/a")


def test_a_handshake_that_trickles_ends_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        stop = threading.Event()

        def talk() -> None:
            connection, _peer = server.accept()
            with connection:
                # The head of a record that never comes whole.
                for byte in b"\x16\x03\x03\x40\x00" + b"\x02" * 400:
                    if stop.wait(0.05):
                        return
                    try:
                        connection.send(bytes([byte]))
                    except OSError:
                        return

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        said = refusal(f"https://127.0.0.1:{server.getsockname()[1]}/")
        assert "too slow" in said or "does not answer" in said
        stop.set()
        thread.join()
