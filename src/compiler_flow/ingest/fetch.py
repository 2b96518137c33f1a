"""Pages from the web, one request at a time: the only file of this room that touches the network.

Everything is bounded: the whole request in time, the answer in size, redirects in number. robots.txt is asked first
(RFC 9309). What is asked for is looked up once and connected to by its number, see `addresses`.
"""

from __future__ import annotations

import functools
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from http.client import HTTPException
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

from compiler_flow import __version__
from compiler_flow.errors import FetchError
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest import addresses
from compiler_flow.ingest.addresses import Place

if TYPE_CHECKING:
    from protego import Protego

USER_AGENT = f"compiler-flow/{__version__} (a tool of editors; fetches single articles when asked to)"
_ROBOT_NAME = "compiler-flow"
_CHUNK = 2**16
_ROBOTS_BYTES = 512 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,application/xml;q=0.8,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for a silent server and for the whole of an answer, its size in bytes, and how often it may redirect."""

    silence: float = 15.0
    total: float = 60.0
    size: int = 64 * 1024 * 1024
    redirects: int = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: the bytes as they came, the address that they came from in the end, and what they are."""

    data: bytes
    address: str
    kind: str
    charset: str


@dataclass(frozen=True, slots=True)
class _Part:
    status: int
    headers: Any
    data: bytes


class Fetcher:
    """Fetches addresses; remembers what robots.txt of each site says."""

    def __init__(self, limits: Limits = Limits(), *, allow_local: bool = False) -> None:
        self._limits = limits
        self._allow_local = allow_local
        self._robots: dict[str, Protego | None] = {}

    def get(self, address: str) -> Answer:
        """What is at ``address``. Raises ``FetchError`` with the reason where it cannot or must not be fetched."""
        deadline = time.monotonic() + self._limits.total
        place = addresses.place_of(address)
        cookies: SimpleCookie = SimpleCookie()
        seen: set[str] = set()
        for _step in range(self._limits.redirects + 1):
            self._ask_robots(place, deadline)
            part = self._request(place, deadline, self._limits.size, cookies)
            if part.status not in _REDIRECTS or not part.headers.get("location"):
                return _answer(part, place)
            seen.add(place.address)
            after = addresses.place_of(str(part.headers["location"]), base=place.address)
            if after.address in seen and not cookies:
                break
            place = after
        raise FetchError(
            _("The server sends us from address to address without end."),
            path=addresses.shown(address),
            hint=_in_browser(),
        )

    def _ask_robots(self, place: Place, deadline: float) -> None:
        """Raises ``FetchError`` where the site does not want programs on this page."""
        from protego import Protego

        if place.origin not in self._robots:
            self._robots[place.origin] = None
            asked = Place(place.scheme, place.host, place.port, "/robots.txt")
            for _step in range(3):
                part = self._request(asked, deadline, _ROBOTS_BYTES, SimpleCookie(), cut=True)
                if part.status not in _REDIRECTS or not part.headers.get("location"):
                    break
                asked = addresses.place_of(str(part.headers["location"]), base=asked.address)
            if part.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                # RFC 9309, section 2.3.1.4: who cannot say what is allowed allows nothing.
                self._robots[place.origin] = Protego.parse("User-agent: *\nDisallow: /")
            elif part.status == HTTPStatus.OK:
                self._robots[place.origin] = Protego.parse(part.data.decode("utf-8", "replace"))
        rules = self._robots[place.origin]
        if rules is not None and not rules.can_fetch(place.address, _ROBOT_NAME):
            raise FetchError(
                _("The site does not let programs fetch this page (robots.txt)."),
                path=place.address,
                hint=_in_browser(),
            )

    def _request(self, place: Place, deadline: float, size: int, cookies: SimpleCookie, *, cut: bool = False) -> _Part:
        from urllib3.exceptions import HTTPError

        number = addresses.resolve(place, allow_local=self._allow_local)
        headers = {"User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"}
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
        left = max(deadline - time.monotonic(), 0.001)
        connection = _connection(place, number, min(self._limits.silence, left))
        late = threading.Event()
        try:
            with _watched(connection, left, late):
                connection.request("GET", place.target, headers=headers, preload_content=False, decode_content=True)
                with closing(connection.getresponse()) as answer:
                    _keep_cookies(cookies, answer.headers)
                    if answer.status in _REDIRECTS:
                        return _Part(answer.status, answer.headers, b"")
                    _check_length(answer.headers, size, place, cut=cut)
                    return _Part(answer.status, answer.headers, _read(answer, size, place, cut=cut))
        except FetchError:
            raise
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            if late.is_set() or time.monotonic() >= deadline:
                raise FetchError(
                    _("The server was too slow: nothing whole came in {seconds} seconds.").format(
                        seconds=round(self._limits.total)
                    ),
                    path=place.address,
                    hint=_("Try again later, or save the page in a browser and add the file."),
                ) from error
            raise _trouble(error, place) from error
        finally:
            connection.close()
            if connection.raw is not None:
                connection.raw.close()


def _in_browser() -> str:
    return _("Open it in a browser, save the page, and add the file.")


def _connection(place: Place, number: str, seconds: float) -> Any:
    """A connection to the machine ``number``; its certificate is still asked for the name in the address."""
    from urllib3.connection import HTTPConnection, HTTPSConnection

    class Pinned:
        """Connects to the number that was checked, whatever the name means by now."""

        raw: socket.socket | None = None

        def _new_conn(self) -> socket.socket:
            sock = socket.create_connection((number, place.port), timeout=seconds)
            # TLS takes the socket over; the copy still reaches the connection, also in the middle of a handshake.
            self.raw = sock.dup()
            return sock

    if place.scheme == "http":

        class Plain(Pinned, HTTPConnection):
            pass

        return Plain(place.host, place.port, timeout=seconds)

    class Secure(Pinned, HTTPSConnection):
        pass

    return Secure(place.host, place.port, timeout=seconds, ssl_context=_certificates())


@functools.cache
def _certificates() -> ssl.SSLContext:
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@contextmanager
def _watched(connection: Any, seconds: float, late: threading.Event) -> Iterator[None]:
    """Cut the connection when its time is up: a server that sends a byte a second is never silent."""

    def cut() -> None:
        late.set()
        if connection.raw is not None:
            try:
                connection.raw.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
        if late.is_set():
            raise TimeoutError
    finally:
        timer.cancel()


def _keep_cookies(cookies: SimpleCookie, headers: Any) -> None:
    """Sites that set a cookie and send us back to the same address want to see it; it is forgotten with the page."""
    for line in headers.getlist("set-cookie"):
        try:
            cookies.load(line)
        except CookieError:
            continue


def _check_length(headers: Any, size: int, place: Place, *, cut: bool) -> None:
    length = str(headers.get("content-length", ""))
    if not cut and length.isdigit() and int(length) > size:
        raise _too_large(place, size)


def _read(answer: Any, size: int, place: Place, *, cut: bool) -> bytes:
    data = bytearray()
    while chunk := answer.read1(_CHUNK):
        data += chunk
        if len(data) > size:
            if cut:
                break
            raise _too_large(place, size)
    return bytes(data[:size])


def _too_large(place: Place, size: int) -> FetchError:
    return FetchError(
        _("The answer is larger than {limit} MB; it was not fetched.").format(limit=size // 2**20), path=place.address
    )


def _trouble(error: Exception, place: Place) -> FetchError:
    """What went wrong, in words; libraries wrap the reason in layers."""
    from urllib3.exceptions import IncompleteRead, ProtocolError

    reasons = [error, *(reason for reason in (error.__cause__, error.__context__) if reason)]
    if any(isinstance(reason, ssl.SSLCertVerificationError) for reason in reasons):
        return FetchError(_("The site's certificate is not valid for it."), path=place.address, hint=_in_browser())
    if any(isinstance(reason, TimeoutError | socket.timeout) for reason in reasons):
        message = _("The server does not answer.")
    elif any(isinstance(reason, ConnectionRefusedError) for reason in reasons):
        message = _("Nobody answers at this address.")
    elif isinstance(error, IncompleteRead | ProtocolError | HTTPException | ConnectionError):
        message = _("The answer broke off.")
    else:
        message = _("The page cannot be fetched: {reason}.").format(reason=" ".join(str(error).split())[:160])
    return FetchError(
        message, path=place.address, hint=_("Try again later, or save the page in a browser and add the file.")
    )


def _answer(part: _Part, place: Place) -> Answer:
    if part.status != HTTPStatus.OK:
        raise _refused(part.status, place)
    if not part.data:
        raise FetchError(_("The server sent nothing."), path=place.address)
    header = Message()
    header["content-type"] = str(part.headers.get("content-type", ""))
    kind = header.get_content_type() if part.headers.get("content-type") else ""
    return Answer(part.data, place.address, kind, str(header.get_content_charset("")))


def _refused(status: int, place: Place) -> FetchError:
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return FetchError(
            _("There is no such page ({status}).").format(status=status),
            path=place.address,
            hint=_("Check the spelling."),
        )
    if status in (401, 402, 403, 407, 451):
        return FetchError(
            _("The site does not show us this page ({status}).").format(status=status),
            path=place.address,
            hint=_in_browser(),
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return FetchError(
            _("The site wants us to ask less often ({status}).").format(status=status),
            path=place.address,
            hint=_("Try again later."),
        )
    return FetchError(
        _("The server answers {status}.").format(status=status), path=place.address, hint=_("Try again later.")
    )
