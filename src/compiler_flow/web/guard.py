"""What every request must be before a page or an action sees it.

A page on this machine is open to every site that the browser visits at the same time, so that being local is no
protection by itself: hosts are checked (DNS rebinding), requests that change something must come from our own pages
(a token in the form, and the browser's word on their origin), nothing may run or load that we did not send (CSP Level
3), and bodies and rates are bounded.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import secrets
import socket
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from compiler_flow import i18n
from compiler_flow.i18n import gettext as _
from compiler_flow.text import lazy_pattern

MAX_BODY = 256 * 1024
"""The largest body of a request in bytes: a unit's text and its comment are a fraction of it."""

BODY_SECONDS = 20.0
"""How long a body may take to arrive: whoever sends slower keeps others waiting."""

SESSION, TOKEN, NAME, LANGUAGE = "cf_session", "cf_token", "cf_name", "cf_language"
_YEAR = 365 * 24 * 3600
_RATE, _BURST = 30.0, 150.0
_GUESSES, _GUESS_SECONDS = 5, 60.0
_CLIENTS = 1024

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""The policy of our own pages. Previews have one of their own, see ``views``."""

_HEADERS = {
    "x-content-type-options": "nosniff",
    # Not no-referrer: with it browsers send “Origin: null” from our own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


# The shape of a language tag (RFC 4647, section 2.1): what a stranger sends becomes part of a file's name.
_TAG = lazy_pattern(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,8}")


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in: ``token`` is asked for where it is not empty, ``hosts`` are further names of this machine.

    ``read_only`` refuses everything that writes.
    """

    token: str = ""
    hosts: frozenset[str] = frozenset()
    read_only: bool = False
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)


def is_our_host(host: str, hosts: frozenset[str]) -> bool:
    """Whether a ``Host`` header names this machine: an address, ``localhost``, or one of its names.

    A site that wants to reach us through a name of its own (DNS rebinding) has to send that name; nobody owns an
    address or ``localhost``.
    """
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".").casefold()
    except ValueError:
        return False
    if name == "localhost" or name.endswith(".localhost") or name in hosts:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def own_names() -> frozenset[str]:
    """The names under which other machines of the network may know this one."""
    name = socket.gethostname().casefold()
    return frozenset({name, f"{name}.local"} if name else ())


def csrf(secret: bytes, session: str) -> str:
    """The token that forms of the session ``session`` carry."""
    return hmac.new(secret, b"csrf:" + session.encode(), hashlib.sha256).hexdigest()


class Guard:
    """The outermost ASGI application. ``scope["state"]`` gets ``session`` and ``csrf`` for the pages."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access
        self._buckets = _Buckets(_RATE, _BURST)
        self._guesses = _Buckets(_GUESSES / _GUESS_SECONDS, _GUESSES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or hand it on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookies = cookie_parser(headers.get("cookie", ""))
        session = cookies.get(SESSION, "")
        fresh = "" if session.isalnum() else secrets.token_hex(16)
        state = scope.setdefault("state", {})
        state["session"] = session = fresh or session
        state["csrf"] = csrf(self._access.secret, session)
        state["read_only"] = self._access.read_only

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _finish(message, fresh)
            await send(message)

        with i18n.speaking(_language(headers, cookies)):
            answer = self._refusal(scope, headers, cookies)
            if answer is not None:
                await answer(scope, receive, sending)
            else:
                await self._app(scope, _bounded(receive), sending)

    def _refusal(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        """The answer to a request that goes no further, or ``None``."""
        client = (scope.get("client") or ("",))[0]
        if not is_our_host(headers.get("host", ""), self._access.hosts):
            return _plain(421, _("This address is not one of this server's names."))
        if not self._buckets.take(client):
            return _plain(429, _("Too many requests. Wait a moment."))
        if not _is_small(headers.get("content-length", "0")):
            return _plain(413, _("That is too much at once."))
        if scope["method"] not in {"GET", "HEAD", "POST"}:
            return _plain(405, _("This page does not do that."))
        if self._access.token and (answer := self._entry(scope, cookies, client)) is not None:
            return answer
        if scope["method"] == "POST":
            if not _is_from_us(headers):
                return _plain(403, _("This came from another site and was not done."))
            if self._access.read_only and scope["path"] not in ("/me", "/language"):
                return _plain(403, _("This page is for reading only."))
        return None

    def _entry(self, scope: Scope, cookies: dict[str, str], client: str) -> Response | None:
        """What stands between a visitor and the pages while the token is not shown."""
        # Browsers do not tell ports apart: the page of another number must not take this one's place.
        place = f"{TOKEN}_{(scope.get('server') or ('', 0))[1]}"
        if hmac.compare_digest(cookies.get(place, "").encode(), self._pass().encode()):
            return None
        given = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        shown = given.pop("token", [""])[0]
        if shown:
            if not self._guesses.take(client):
                return _plain(429, _("Too many wrong tokens. Wait a minute."))
            if hmac.compare_digest(shown.encode(), self._access.token.encode()):
                query = urlencode(given, doseq=True)
                answer = RedirectResponse(quote(scope["path"]) + (f"?{query}" if query else ""), 303)
                remember(answer, place, self._pass())
                return answer
        return _plain(401, _("Open the address with ?token=… that the editor gave you."))

    def _pass(self) -> str:
        """What the cookie holds: no secret that opens another run of the server."""
        return hmac.new(self._access.secret, b"token:" + self._access.token.encode(), hashlib.sha256).hexdigest()


def remember(answer: Response, name: str, value: str) -> None:
    """Have the browser keep ``value`` (ASCII) for a year, for us alone."""
    answer.set_cookie(name, value, max_age=_YEAR, httponly=True, samesite="strict")


def _finish(message: Message, fresh: str) -> None:
    headers = MutableHeaders(raw=message["headers"])
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("content-security-policy", POLICY)
    headers.setdefault("cache-control", "no-store")
    if fresh:
        headers.append("set-cookie", f"{SESSION}={fresh}; Path=/; HttpOnly; SameSite=Strict")


def _language(headers: Headers, cookies: dict[str, str]) -> str:
    """The catalogue for a visitor: chosen on the page, asked for by the browser (RFC 9110, section 12.5.4), or ours."""
    if (chosen := cookies.get(LANGUAGE, "")) and _TAG.fullmatch(chosen):
        return i18n.first_of([chosen])
    asked: list[tuple[float, str]] = []
    for part in headers.get("accept-language", "").split(",")[:20]:
        tag, _semicolon, weight = part.strip().partition(";q=")
        quality = float(weight) if weight.replace(".", "", 1).isdecimal() else 0.0 if weight else 1.0
        if quality and _TAG.fullmatch(tag):
            asked.append((-quality, tag))
    return i18n.first_of(tag for _quality, tag in sorted(asked, key=lambda one: one[0])) if asked else i18n.language()


def _is_from_us(headers: Headers) -> bool:
    """Whether the browser says that one of our own pages sent this (Fetch Metadata, RFC 6454)."""
    site = headers.get("sec-fetch-site", "same-origin")
    origin = headers.get("origin")
    same = origin is None or urlsplit(origin).netloc.casefold() == headers.get("host", "").casefold()
    return same and site in {"same-origin", "none"}


def _is_small(length: str) -> bool:
    return length.isdecimal() and int(length) <= MAX_BODY


def _bounded(receive: Receive) -> Receive:
    """``receive`` that ends a body which is longer than it said, or which takes its time."""
    left, ended = MAX_BODY, False
    until = time.monotonic() + BODY_SECONDS

    async def bounded() -> Message:
        nonlocal left, ended
        if ended:
            # What comes now is that the visitor went, and may take as long as a page is open.
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), until - time.monotonic())
        except TimeoutError:
            return {"type": "http.disconnect"}
        ended = not message.get("more_body", False)
        left -= len(message.get("body", b""))
        return message if left >= 0 else {"type": "http.disconnect"}

    return bounded


def _plain(code: int, text: str) -> Response:
    return PlainTextResponse(f"{text}\n", code)


class _Buckets:
    """Token buckets by client: ``rate`` a second, ``burst`` at once; the clients seen longest ago are forgotten."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> bool:
        """Whether ``client`` may do one more thing now."""
        now = time.monotonic()
        left, at = self._left.pop(client, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._rate)
        self._left[client] = (left - 1 if left >= 1 else left, now)
        while len(self._left) > _CLIENTS:
            self._left.popitem(last=False)
        return left >= 1
