"""Addresses of the web: brought into shape, and whether they may be asked at all.

A page on the web must not make us ask the machines of our own network (its printer, its metadata service): what is not
public on the internet is refused, whichever way its number is spelled (RFC 6890; RFC 4291, section 2.5.5.2).
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from compiler_flow.errors import FetchError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import lazy_pattern

_ADDRESS = lazy_pattern(r"(?i)https?://\S+\Z")
# Parameters that count readers and name no article.
_COUNTING = lazy_pattern(r"(?i)^(?:utm_\w+|fbclid|gclid|yclid|mc_cid|mc_eid|igshid|_openstat)$")
_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_KEPT_IN_PATH = "/%:@!$&'()*+,;=~-._"
_KEPT_IN_QUERY = _KEPT_IN_PATH + "?[]"
_RESOLVE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request goes: ``host`` in ASCII, ``target`` is path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{port}"

    @property
    def address(self) -> str:
        """The whole address, as a browser would show it."""
        return self.origin + self.target


def is_address(text: str) -> bool:
    """Whether ``text`` is an address that could be fetched."""
    return bool(_ADDRESS.match(text.strip()))


def place_of(address: str, *, base: str = "") -> Place:
    """``address`` (relative to ``base``, where a page redirects) taken apart; credentials and fragments are dropped.

    Raises ``FetchError`` for what is no address of the web.
    """
    try:
        parts = urlsplit(urljoin(base, address.strip()) if base else address.strip())
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError as error:
        raise _no_address(address) from error
    if scheme not in _PORTS:
        raise FetchError(_("Only http and https addresses can be fetched."), path=shown(address))
    try:
        plain = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _no_address(address) from error
    if not plain or any(char.isspace() for char in plain):
        raise _no_address(address)
    target = quote(parts.path or "/", safe=_KEPT_IN_PATH)
    if parts.query:
        target += "?" + quote(parts.query, safe=_KEPT_IN_QUERY)
    return Place(scheme, plain.rstrip("."), port or _PORTS[scheme], target)


def _no_address(address: str) -> FetchError:
    return FetchError(_("This is no address of the web."), path=shown(address), hint=_("Check the spelling."))


def shown(address: str) -> str:
    """``address`` for a message or a file: without credentials."""
    return re.sub(r"(?i)^(\s*https?://)[^/?#\s]*@", r"\1", address).strip()


def same(address: str) -> str:
    """What is equal for two spellings of one address: no scheme, ``www.``, counting parameters, or closing slash."""
    try:
        parts = urlsplit(shown(address))
    except ValueError:
        return address.strip()
    query = urlencode([pair for pair in parse_qsl(parts.query) if not _COUNTING.match(pair[0])])
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    path = re.sub(r"/(?:amp/?|index\.(?:html?|php))?$", "", parts.path)
    return f"{host}{path}{'?' if query else ''}{query}"


def without_counting(address: str) -> str:
    """``address`` without parameters that only count readers, and without its fragment."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if not any(_COUNTING.match(name) for name, _value in parse_qsl(parts.query)):
        return urlunsplit(parts._replace(fragment=""))
    query = urlencode([pair for pair in parse_qsl(parts.query) if not _COUNTING.match(pair[0])])
    return urlunsplit(parts._replace(query=query, fragment=""))


def resolve(place: Place, *, allow_local: bool) -> str:
    """The number of the machine to connect to, looked up once: nobody can name another between check and connection.

    Raises ``FetchError`` for a name that nobody knows, and, unless ``allow_local``, for one that leads into a private
    network by any of its numbers.
    """
    numbers = _numbers(place)
    if not numbers:
        raise FetchError(
            _("There is no such host: {host}.").format(host=place.host),
            path=place.address,
            hint=_("Check the spelling and the connection."),
        )
    if not allow_local and not all(map(is_public, numbers)):
        raise FetchError(
            _("This address leads into a private network; it was not asked."),
            path=place.address,
            hint=_("If you mean it: --allow-local"),
        )
    # A machine without IPv6 still looks such numbers up.
    return min(numbers, key=lambda number: ":" in number)


def is_public(number: str) -> bool:
    """Whether the machine with this number is reached over the internet and not inside some network."""
    try:
        address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address.teredo is not None:
            return False
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _numbers(place: Place) -> list[str]:
    """What the system's resolver says, waited for only so long."""
    found: list[Any] = []

    def ask() -> None:
        try:
            found.extend(socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            return

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(_RESOLVE_SECONDS)
    return list(dict.fromkeys(str(entry[4][0]) for entry in list(found)))
