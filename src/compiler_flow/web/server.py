"""Running the page: the address it has, who may come in, and the server under it."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from compiler_flow.errors import UsageError
from compiler_flow.flow.desk import Desk
from compiler_flow.i18n import gettext as _
from compiler_flow.web import guard
from compiler_flow.web.app import Site, application


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server listens, already bound: ``address`` is what people open."""

    socket: socket.socket
    address: str
    access: guard.Access


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine reach ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def bind(host: str, port: int, *, token: str = "", read_only: bool = False) -> Place:
    """Listen at ``host`` and ``port`` (0: any free one).

    Where others than this machine reach it, visitors need ``token``; without one it is made. Raises ``UsageError`` for
    an address that cannot be had.
    """
    if not is_loopback(host) and not token:
        token = secrets.token_urlsafe(24)
    if token and len(token) < 12:
        raise UsageError(_("The token is too easy to guess: use at least 12 characters, or none and one is made."))
    try:
        listening = _listen(host, port)
    except (OSError, OverflowError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(
            _("The page cannot listen at {host}:{port}: {reason}.").format(host=host, port=port, reason=reason),
            hint=_("Choose another with --port, or 0 for any that is free."),
        ) from None
    shown = socket.gethostname() if host in ("0.0.0.0", "::", "") else host  # noqa: S104 (compared, not bound)
    bracketed = f"[{shown}]" if ":" in shown else shown
    query = f"?{urlencode({'token': token})}" if token else ""
    names = guard.own_names() if not is_loopback(host) else frozenset[str]()
    access = guard.Access(token, names | {host.casefold()}, read_only)
    return Place(listening, f"http://{bracketed}:{listening.getsockname()[1]}/{query}", access)


def _listen(host: str, port: int) -> socket.socket:
    family, _kind, _protocol, _name, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        # Windows would let a second program listen at the same address.
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR if exclusive is None else exclusive, 1)
        listening.bind(where)
        listening.listen()
    except BaseException:
        listening.close()
        raise
    return listening


def run(desk: Desk, place: Place, *, ready: Callable[[], None] = lambda: None) -> None:
    """Serve ``desk`` at ``place`` until interrupted. ``ready`` is called once the server answers."""
    import logging

    import uvicorn

    site = Site(desk, place.access)

    class Server(uvicorn.Server):
        """Says when it answers, and ends without a word."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            site.live.end()
            # What still works when time is up, such as the check of a long article, is no fault to be told.
            logging.getLogger("uvicorn.error").disabled = True
            await super().shutdown(sockets)

    config = uvicorn.Config(
        application(site),
        log_config=None,
        access_log=False,
        lifespan="on",
        server_header=False,
        # Nobody should wait at the end for a page that is still being made.
        timeout_graceful_shutdown=1,
        limit_concurrency=256,
        h11_max_incomplete_event_size=64 * 1024,
        proxy_headers=False,
    )
    Server(config).run([place.socket])
