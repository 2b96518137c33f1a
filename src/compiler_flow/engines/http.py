"""Asking a translation server: JSON out, JSON in, patiently, and never with a secret in a message.

Only engines that are a server's client by their name come here. Proxies are those of the system, as browsers have them.
"""

from __future__ import annotations

import json
import random
import time
import urllib.request
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from compiler_flow.engines.base import EngineSettings
from compiler_flow.errors import EngineError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import fold_spaces, shorten

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

MAX_ANSWER = 64 * 2**20
_RETRIED = frozenset({429, 500, 502, 503, 504})
_CHUNK = 2**16
_WORDS = 200


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for a connection, for a whole answer, before a second try (each later one twice
    that, with up to half of it left out by chance), and at most where the server itself says how long."""

    connect: float = 10.0
    answer: float = 60.0
    pause: float = 1.0
    longest: float = 60.0
    tries: int = 4


class RefusalError(EngineError):
    """The server answered, but not with what was asked. ``status`` is HTTP's; 0 where no answer came in time."""

    status: int = 0


@dataclass(slots=True)
class Server:
    """A server at ``address``. ``secret`` may be in the bodies and ``headers`` that it is sent, and is never shown; it
    stands in the environment variable ``key``."""

    address: str
    key: str = ""
    secret: str = field(default="", repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    patience: Patience = Patience()
    _pool: PoolManager | None = None

    def __post_init__(self) -> None:
        parsed = urlsplit(self.address)
        if parsed.scheme not in {"http", "https"} or not parsed.hostname:
            raise EngineError(
                _("This is no http or https address."), path=self.address, hint=_("Check it in compiler-flow.toml.")
            )
        if parsed.username or parsed.password:
            raise EngineError(
                _("An address in a file must not hold a name or a password."),
                path=f"{parsed.scheme}://{parsed.hostname}",
            )
        self.address = self.address.rstrip("/")

    @property
    def place(self) -> str:
        """Host and port, for the drafts' provenance."""
        return urlsplit(self.address).netloc

    def get(self, path: str) -> Any:
        """What the server has at ``path``. Raises ``EngineError``, as ``RefusalError`` where the server answered."""
        return self._asked("GET", path, None)

    def post(self, path: str, body: object) -> Any:
        """The answer to ``body``; raises like ``get``."""
        return self._asked("POST", path, body)

    def _asked(self, method: str, path: str, body: object) -> Any:
        url = self.address + path
        for attempt in range(self.patience.tries):
            last = attempt == self.patience.tries - 1
            try:
                status, kind, data, after = self._once(method, url, body)
            except EngineError as error:
                # A server that was silent for a whole answer's time is not asked the same thing again.
                if last or isinstance(error, RefusalError):
                    raise
                after = None
            else:
                if status == HTTPStatus.OK:
                    return self._read(url, kind, data)
                if last or status not in _RETRIED or (after or 0) > self.patience.longest:
                    raise self._refusal(url, status, kind, data)
            self._wait(attempt, after)
        raise AssertionError("the last attempt returns or raises")

    def _wait(self, attempt: int, after: float | None) -> None:
        # By chance, so that several clients of one server do not all come back at once.
        own = self.patience.pause * 2**attempt * random.uniform(0.5, 1)  # noqa: S311 (no secret depends on it)
        time.sleep(own if after is None else max(own, after))

    def _once(self, method: str, url: str, body: object) -> tuple[int, str, bytes, float | None]:
        """Status, kind of content, content, and how long the server asks to wait."""
        import urllib3

        deadline = time.monotonic() + self.patience.answer
        headers = {"Accept": "application/json", "User-Agent": "compiler-flow", **self.headers}
        data = None
        if body is not None:
            data = json.dumps(body, ensure_ascii=False).encode()
            headers["Content-Type"] = "application/json"
        try:
            answer = self._connections().request(
                method, url, body=data, headers=headers, redirect=False, retries=False, preload_content=False
            )
            try:
                content = self._content(answer, deadline, url)
            finally:
                answer.close()
        except (urllib3.exceptions.ReadTimeoutError, TimeoutError):
            raise self._silent(url) from None
        except urllib3.exceptions.HTTPError as error:
            raise EngineError(
                _("The server cannot be reached: {reason}.").format(reason=self._shown(_reason(error))),
                path=url,
                hint=_("Is it running? Check its address in compiler-flow.toml."),
            ) from None
        return answer.status, answer.headers.get("Content-Type", ""), content, _retry_after(answer)

    def _content(self, answer: BaseHTTPResponse, deadline: float, url: str) -> bytes:
        """The body, unless it is endless or comes too slowly: time-outs of the socket only count from byte to byte."""
        content = b""
        # What has come by now, not until so much has come: a server may send a byte now and then for ever.
        while chunk := answer.read1(_CHUNK):
            content += chunk
            if time.monotonic() > deadline:
                raise self._silent(url)
            if len(content) > MAX_ANSWER:
                raise EngineError(_("The server's answer has no end."), path=url)
        return content

    def _connections(self) -> PoolManager:
        import urllib3

        if self._pool is None:
            timeout = urllib3.Timeout(connect=self.patience.connect, read=self.patience.answer)
            parsed = urlsplit(self.address)
            proxy = urllib.request.getproxies().get(parsed.scheme)
            if proxy and not urllib.request.proxy_bypass(parsed.hostname or ""):
                self._pool = urllib3.ProxyManager(proxy, timeout=timeout)
            else:
                self._pool = urllib3.PoolManager(timeout=timeout)
        return self._pool

    def _silent(self, url: str) -> RefusalError:
        return RefusalError(
            _("The server did not answer within {seconds:g} seconds.").format(seconds=self.patience.answer), path=url
        )

    def _read(self, url: str, kind: str, data: bytes) -> Any:
        if "html" in kind:
            raise EngineError(
                _("The server sent a web page, not an answer."), path=url, hint=_("Check the address of the server.")
            )
        try:
            return json.loads(data)
        except ValueError:
            raise EngineError(
                _("The server's answer is not JSON."), path=url, hint=_("Check the address of the server.")
            ) from None

    def _refusal(self, url: str, status: int, kind: str, data: bytes) -> RefusalError:
        said = "" if "html" in kind else shorten(self._shown(_said(data)), _WORDS)
        known = {one.value: one.phrase for one in HTTPStatus}
        name = f"{status} {known.get(status, '')}".strip()
        message = (
            _("The server answers {status}: {said}").format(status=name, said=said)
            if said
            else _("The server answers {status}.").format(status=name)
        )
        wants_key = self.key and status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
        hint = _("If the server wants a key, put it into the environment variable {name}.").format(name=self.key)
        refusal = RefusalError(message, path=url, hint=hint if wants_key else "")
        refusal.status = status
        return refusal

    def _shown(self, text: str) -> str:
        """``text`` on one line, without the secret that a server may have sent back."""
        return fold_spaces(text.replace(self.secret, "…") if self.secret else text)


def server_of(
    settings: EngineSettings, engine: str, example: str, *, key: str, secret: str, headers: dict[str, str] | None = None
) -> Server:
    """The server that ``settings`` name for ``engine``. Raises ``EngineError`` where they name none.

    Their option ``timeout`` is in seconds for a whole answer. ``example`` is an address to show.
    """
    address = str(settings.option("address", ""))
    if not address:
        raise EngineError(
            _("No server is named for the engine {name}.").format(name=engine),
            hint=_('Put its address into compiler-flow.toml: [engines.{name}] address = "{example}"').format(
                name=engine, example=example
            ),
        )
    return Server(address, key=key, secret=secret, headers=headers or {}, patience=patience(settings))


def patience(settings: EngineSettings) -> Patience:
    """As the option ``timeout`` of a server's engine says, in seconds for a whole answer."""
    return Patience(answer=float(settings.option("timeout", Patience().answer)))


def _said(data: bytes) -> str:
    """The server's own words: ``{"error": "…"}`` or ``{"error": {"message": "…"}}``, else the text as it is."""
    text = data.decode("utf-8", errors="replace")
    try:
        said = json.loads(text)
    except ValueError:
        return text
    if isinstance(said, dict):
        said = said.get("error", said.get("message", said.get("detail", "")))
    if isinstance(said, dict):
        said = said.get("message", "")
    return said if isinstance(said, str) else ""


def _reason(error: Exception) -> str:
    """The operating system's words for it, where they are in there somewhere."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        cause = cause.__cause__ or cause.__context__
    return str(error).rpartition(": ")[2] or type(error).__name__


def _retry_after(answer: BaseHTTPResponse) -> float | None:
    """Seconds that the server asks to wait (RFC 9110, 10.2.3), if it does so in a way that can be understood."""
    import urllib3

    value = answer.headers.get("Retry-After")
    try:
        return urllib3.Retry().parse_retry_after(value) if value else None
    except urllib3.exceptions.InvalidHeader:
        return None
