"""Packages from an Argos index (a JSON list on a web server): looked up, downloaded with resume, then installed.

This is the only place of the room that touches the network, and only when somebody asks to install.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from compiler_flow.engines import store
from compiler_flow.engines.packages import Installed, Metadata, argos_code, parse_metadata
from compiler_flow.errors import CompilerFlowError, EngineError, FileError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import digest

# Argos' own default (its `settings.py`).
DEFAULT_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
MAX_INDEX = 32 * 2**20
MAX_PACKAGE = 2 * 2**30
_CHUNK = 2**17
_TRIES = 4
# So many times the patience with a silent server for one that is slow.
_PATIENT = 4

# (bytes so far, bytes in all or 0 if unknown)
DownloadProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that an index offers. ``sha256`` is empty where the index does not say."""

    metadata: Metadata
    links: tuple[str, ...]
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """How patiently to ask: seconds until a silent server is given up, and the pause before the second try."""

    timeout: float = 30.0
    pause: float = 1.0


def fetch(url: str = DEFAULT_INDEX, *, network: Network = Network()) -> tuple[Offer, ...]:
    """What the index at ``url`` offers. Raises ``EngineError`` for no answer, or one that is no index."""
    with _open(url, network) as answer:
        data = _read(answer, MAX_INDEX, url, network)
    try:
        entries = json.loads(data)
    except ValueError:
        raise EngineError(
            _("The answer is no package index."), path=url, hint=_("Check the address of the index.")
        ) from None
    if not isinstance(entries, list):
        raise EngineError(_("The answer is no package index."), path=url, hint=_("Check the address of the index."))
    return tuple(offer for entry in entries if (offer := _offer(entry, url)))


def _offer(entry: Any, url: str) -> Offer | None:
    """One entry; those of other kinds (sentence splitters, other pairs' oddities) are left out."""
    try:
        metadata = parse_metadata(json.dumps(entry), url)
    except EngineError:
        return None
    links = [urljoin(url, link) for link in entry.get("links", []) if isinstance(link, str)]
    web = tuple(link for link in links if urlsplit(link).scheme in {"http", "https"})
    return Offer(metadata, web, str(entry.get("sha256", ""))) if web else None


def chain(offers: tuple[Offer, ...], source: str, target: str) -> tuple[Offer, ...]:
    """What to install so that ``source`` can be translated to ``target``: one package, or two by way of en.

    Of several versions the newest. Raises ``EngineError`` where the index has no way.
    """
    start, goal = argos_code(source), argos_code(target)
    best: dict[tuple[str, str], Offer] = {}
    for offer in offers:
        pair = (offer.metadata.source, offer.metadata.target)
        if pair not in best or _version(offer) > _version(best[pair]):
            best[pair] = offer
    if (start, goal) in best:
        return (best[start, goal],)
    if (start, "en") in best and ("en", goal) in best:
        return (best[start, "en"], best["en", goal])
    raise EngineError(
        _("The index offers no package for {source} → {target}.").format(source=start, target=goal),
        hint=_("List what it offers: compiler-flow engines list --available"),
    )


def _version(offer: Offer) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in offer.metadata.version.split("."))


def install(
    offer: Offer,
    folder: Path,
    downloads: Path,
    *,
    network: Network = Network(),
    progress: DownloadProgress | None = None,
    trust_changed: bool = False,
) -> Installed:
    """Download what is offered into ``downloads`` (taking up a broken download there) and install it into ``folder``.

    The links are tried in order. Raises ``EngineError``, ``FormatError`` or ``FileError`` of the last one.
    """
    last: CompilerFlowError | None = None
    for link in offer.links:
        try:
            file = download(link, downloads, network=network, progress=progress)
        except EngineError as error:
            last = error
            continue
        try:
            pair = (offer.metadata.source, offer.metadata.target)
            return store.install(file, folder, pair=pair, sha256=offer.sha256, trust_changed=trust_changed)
        except CompilerFlowError as error:
            # What the server sent is not what it should be; to take it up again would not help.
            last = type(error)(error.message, path=link, hint=error.hint)
        finally:
            file.unlink(missing_ok=True)
    raise last or EngineError(_("The index names no address for this package."))


def download(
    url: str,
    folder: Path,
    *,
    network: Network = Network(),
    progress: DownloadProgress | None = None,
) -> Path:
    """Fetch ``url`` into ``folder`` and return the file. A broken download is taken up where it broke, also later.

    Raises ``EngineError`` after several tries, ``FileError`` where the disk does not take it.
    """
    part = folder / f"{digest(url, length=16)}.part"
    trouble: Exception | None = None
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(network.pause * 2 ** (attempt - 1))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if _continue(url, part, network, progress):
                return part.replace(part.with_suffix(".argosmodel"))
        except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
            trouble = error
        except OSError as error:
            raise FileError(
                _("The download cannot be written: {reason}.").format(reason=error.strerror or error), path=part
            ) from error
    raise EngineError(
        _("The download did not finish: {reason}.").format(reason=trouble or _("the server sends it only in part")),
        path=url,
        hint=_("Run the command again: it goes on where it stopped."),
    )


def _continue(url: str, part: Path, network: Network, progress: DownloadProgress | None) -> bool:
    """One request for what is missing; whether the file is whole now."""
    have = part.stat().st_size if part.exists() else 0
    request = _request(url)
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        answer = urllib.request.urlopen(request, timeout=network.timeout)  # noqa: S310 (http and https only, see _request)
    except urllib.error.HTTPError as error:
        with error:
            if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.unlink(missing_ok=True)
                return False
            if error.code < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                raise EngineError(
                    _("The server answers {status}.").format(status=f"{error.code} {error.reason}"), path=url
                ) from None
        raise
    with answer:
        if "html" in str(answer.headers.get("Content-Type", "")):
            raise EngineError(_("The server sent a web page, not a package."), path=url)
        whole = _whole_size(answer)
        # A server that does not know ranges, or has another file by now, begins again; so do we.
        resumed = have and answer.status == http.HTTPStatus.PARTIAL_CONTENT and _starts_at(answer, have)
        return _store(answer, part, have if resumed else 0, whole, progress)


def _store(answer: Any, part: Path, have: int, whole: int, progress: DownloadProgress | None) -> bool:
    with part.open("ab" if have else "wb") as stream:
        while chunk := answer.read(_CHUNK):
            have += len(chunk)
            if have > MAX_PACKAGE:
                raise EngineError(_("The package is larger than any model; the download was stopped."), path=answer.url)
            stream.write(chunk)
            if progress:
                progress(have, whole)
    return not whole or have == whole


def _whole_size(answer: Any) -> int:
    """The size of the whole file, or 0 if the server does not say."""
    if answer.status == http.HTTPStatus.PARTIAL_CONTENT:
        total = str(answer.headers.get("Content-Range", "")).rpartition("/")[2]
        return int(total) if total.isdigit() else 0
    length = str(answer.headers.get("Content-Length", ""))
    return int(length) if length.isdigit() else 0


def _starts_at(answer: Any, have: int) -> bool:
    return str(answer.headers.get("Content-Range", "")).startswith(f"bytes {have}-")


def _request(url: str) -> urllib.request.Request:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise EngineError(_("Only http and https addresses can be downloaded."), path=url)
    return urllib.request.Request(url, headers={"User-Agent": "compiler-flow", "Accept-Encoding": "identity"})  # noqa: S310


def _open(url: str, network: Network) -> Any:
    try:
        return urllib.request.urlopen(_request(url), timeout=network.timeout)  # noqa: S310 (http and https only)
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        raise EngineError(
            _("The server cannot be asked: {reason}.").format(reason=getattr(error, "reason", None) or error),
            path=url,
            hint=_("Check the address and the connection, or install from a file."),
        ) from error


def _read(answer: Any, limit: int, url: str, network: Network) -> bytes:
    # A server may send a byte now and then for ever: each of them is in time.
    deadline = time.monotonic() + _PATIENT * network.timeout
    data = b""
    try:
        while chunk := answer.read1(_CHUNK):
            data += chunk
            if len(data) > limit:
                raise EngineError(_("The answer is too large for a package index."), path=url)
            if time.monotonic() > deadline:
                raise TimeoutError(_("it comes too slowly"))
    except (http.client.HTTPException, OSError) as error:
        raise EngineError(_("The answer broke off: {reason}.").format(reason=error), path=url) from error
    return data
