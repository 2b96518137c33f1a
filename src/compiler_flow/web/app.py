"""The application: its routes, and what pages and actions share."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections import deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import jinja2
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from compiler_flow import i18n
from compiler_flow.errors import CompilerFlowError, UsageError
from compiler_flow.flow import editing
from compiler_flow.flow.desk import Desk
from compiler_flow.i18n import gettext, ngettext, pgettext
from compiler_flow.model import CONFLICT, Finding, Issue
from compiler_flow.web.guard import NAME, Access, Guard
from compiler_flow.web.live import Live

_REMEMBERED = 50


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what, when, for the board: ``what`` is a verb of ``actions``."""

    at: dt.datetime
    by: str
    what: str
    article: str = ""
    unit: str = ""


class Site:
    """A desk with its open pages."""

    def __init__(self, desk: Desk, access: Access) -> None:
        self.desk = desk
        self.access = access
        self.live = Live(desk)
        self.deeds: deque[Deed] = deque(maxlen=_REMEMBERED)
        self._checking: dict[tuple[str, str], asyncio.Task[tuple[Finding, ...]]] = {}
        self.templates = jinja2.Environment(
            loader=jinja2.PackageLoader("compiler_flow.web"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        self.templates.globals.update(_=gettext, ngettext=ngettext, pgettext=pgettext, CONFLICT=CONFLICT)

    async def checked(self, name: str, *, wait: float) -> tuple[Finding, ...] | None:
        """The findings of an article; ``None`` where checking takes longer than ``wait`` seconds.

        It goes on then, and open pages are told when it is done.
        """
        known = await run_in_threadpool(self.desk.known_findings, name)
        if known is not None:
            return known
        key = (name, i18n.language())
        task = self._checking.get(key)
        if task is None or task.done():
            task = self._checking[key] = asyncio.create_task(run_in_threadpool(self.desk.findings, name))
        done, _rest = await asyncio.wait({task}, timeout=wait)
        if done:
            return task.result()
        task.add_done_callback(lambda _task: self.live.tell(checked=[name]))
        return None

    def render(self, request: Request, template: str, **values: Any) -> str:
        """A template with what every page needs. ``issue`` and ``version`` are read unless they are given."""
        state = request.state
        for name, read in (("issue", self.desk.issue), ("version", self.desk.version)):
            if name not in values:
                values[name] = read()
        return self.templates.get_template(template).render(
            site=self,
            csrf=state.csrf,
            read_only=state.read_only,
            me=person(request),
            language=i18n.language().replace("_", "-") or "en",
            here=request.url.path,
            **values,
        )

    def note(self, request: Request, what: str, article: str = "", unit: str = "") -> None:
        """Remember who did what."""
        self.deeds.appendleft(Deed(dt.datetime.now().astimezone(), person(request), what, article, unit))


def person(request: Request) -> str:
    """The name that whoever asks gave, or an empty text."""
    return editing.person(unquote(request.cookies.get(NAME, "")))


def site_of(request: Request) -> Site:
    """The site that a request is for."""
    site: Site = request.app.state.site
    return site


async def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page or a fragment, made in a thread: templates read files."""
    text = await run_in_threadpool(site_of(request).render, request, template, **values)
    return HTMLResponse(text, status)


async def _trouble(request: Request, error: Exception) -> Response:
    """An error of ours as a page with what was typed, or as a line for the script, which has that still.

    The script is given its token anew: the server may have been started again since the page was loaded.
    """
    code = 404 if isinstance(error, UsageError) and request.method == "GET" else 409
    if request.headers.get("x-fragment"):
        return PlainTextResponse(str(error), code, {"x-csrf": request.state.csrf})
    typed = getattr(request.state, "typed", "")
    # The trouble may be that issue.toml cannot be read.
    issue = await run_in_threadpool(_issue_or_its_name, site_of(request).desk)
    return await page(request, "trouble.html", status=code, error=error, typed=typed, issue=issue, version="")


def _issue_or_its_name(desk: Desk) -> Issue:
    try:
        return desk.issue()
    except CompilerFlowError:
        return Issue(desk.folder.name)


async def _gone(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse(gettext("That is too much at once."), 413)


_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    known = {file.name: file for file in files("compiler_flow.web").joinpath("assets").iterdir()}
    suffix = name[name.rfind(".") :]
    if name not in known or suffix not in _TYPES:
        return PlainTextResponse("", 404)
    return Response(known[name].read_bytes(), media_type=_TYPES[suffix], headers={"cache-control": "no-cache"})


def create(desk: Desk, access: Access) -> ASGIApp:
    """The guarded application for ``desk``."""
    return application(Site(desk, access))


def application(site: Site) -> ASGIApp:
    """The guarded application that shows ``site``."""
    from compiler_flow.web import actions, views

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await site.live.close()

    routes: Sequence[Route] = (
        Route("/", views.board),
        Route("/articles/{name}", views.article),
        Route("/articles/{name}/units", views.units),
        Route("/articles/{name}/summary", views.summary),
        Route("/articles/{name}/units/{unit}/help", views.unit_help),
        Route("/articles/{name}/units/{unit}", actions.unit, methods=["POST"]),
        Route("/articles/{name}/sign", actions.sign, methods=["POST"]),
        Route("/glossary", views.glossary),
        Route("/glossary", actions.term, methods=["POST"]),
        Route("/names", views.names),
        Route("/preview", views.preview),
        Route("/preview/{form}", views.preview_page),
        Route("/preview/{form}/file", views.preview_file),
        Route("/events", views.events),
        Route("/me", actions.me, methods=["POST"]),
        Route("/language", actions.language, methods=["POST"]),
        Route("/assets/{name}", _asset),
    )
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={CompilerFlowError: _trouble, ClientDisconnect: _gone},
    )
    app.state.site = site
    return Guard(app, site.access)
