"""The pages and their fragments: everything that only looks."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from compiler_flow import i18n
from compiler_flow.errors import CompilerFlowError
from compiler_flow.flow import checking, history, listing_names, previewing, proposing, signing, terminology
from compiler_flow.flow.desk import Sheet
from compiler_flow.flow.signing import digest as review_digest
from compiler_flow.flow.signing import reasons
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Finding, Role, Severity, TermKind
from compiler_flow.web import rows
from compiler_flow.web.app import Site, page, site_of
from compiler_flow.web.rows import WINDOW, Filter

_SOON, _PATIENT = 0.25, 60.0


@dataclass(frozen=True, slots=True)
class Line:
    """An article's line on the board. ``faults`` counts findings by severity; ``None`` while they are looked for."""

    name: str
    title: str
    row: signing.Row
    faults: dict[Severity, int] | None


async def board(request: Request) -> Response:
    """The number: where it stands, and what is in the way."""
    site = site_of(request)
    # Taken before anything is read: what changes from here on is news for the page.
    version = await run_in_threadpool(site.desk.version)
    sheets = await run_in_threadpool(lambda: list(site.desk.sheets()))
    broken = [(name, str(sheet)) for name, sheet in sheets if isinstance(sheet, CompilerFlowError)]
    readable = [sheet for _name, sheet in sheets if isinstance(sheet, Sheet)]
    found = await asyncio.gather(*(site.checked(sheet.name, wait=_SOON) for sheet in readable))
    lines = [_line(sheet, known) for sheet, known in zip(readable, found, strict=True)]
    ready = all(known is not None for known in found)
    obstacles = await run_in_threadpool(site.desk.obstacles) if ready else None
    of_number = await run_in_threadpool(site.desk.issue_findings) if ready else ()
    week = await run_in_threadpool(_week, site, lines)
    return await page(
        request,
        "board.html",
        version=version,
        lines=lines,
        broken=broken,
        obstacles=obstacles,
        faults=[rows.fault(one) for one in of_number if not one.waived],
        week=week,
        deed_word=rows.deed,
        severities=[(severity, rows.level(severity)) for severity in Severity],
    )


def _line(sheet: Sheet, findings: Sequence[Finding] | None) -> Line:
    standing = None
    if findings is not None:
        standing = dict(Counter(found.severity for found in findings if not found.waived))
    return Line(
        sheet.name,
        _title(sheet),
        signing.row(sheet.loaded),
        standing,
    )


def _title(sheet: Sheet) -> str:
    for unit in sheet.catalog.units:
        if unit.spot is not None and unit.spot.role is Role.TITLE:
            return unit.target if unit.is_done and not unit.target.startswith("〔") else unit.source
    return sheet.loaded.part.metadata.title or sheet.name


def _week(site: Site, lines: Sequence[Line]) -> tuple[history.Day, ...]:
    """The days that git knows, and today as it is on disk."""
    today = dt.datetime.now().astimezone().date()
    known = [day for day in history.week(site.desk.workspace, site.desk.folder, today) if day.date < today]
    now = history.Day(
        today,
        sum(line.row.progress.done for line in lines),
        sum(line.row.progress.draft for line in lines),
        sum(line.row.progress.total for line in lines),
    )
    return (*known, now) if known else ()


# --------------------------------------------------------------------------------------------- article


async def article(request: Request) -> Response:
    """An article: its units in reading order, as far as the first window goes."""
    site, name = site_of(request), request.path_params["name"]
    version = await run_in_threadpool(site.desk.version)
    sheet = await run_in_threadpool(site.desk.sheet, name)
    wanted = _filter(request)
    findings = await site.checked(name, wait=_SOON if wanted.is_open else _PATIENT)
    known = findings or ()
    indexes = wanted.indexes(sheet.catalog.units, known)
    at = _start(request, sheet, indexes)
    return await page(
        request,
        "article.html",
        version=version,
        sheet=sheet,
        title=_title(sheet),
        rows=rows.rows(sheet, indexes[at : at + WINDOW], known),
        at=at,
        window=WINDOW,
        matching=len(indexes),
        wanted=wanted,
        shows=[(show, _show_word(show)) for show in rows.SHOWN],
        checks=checking.names(),
        editing=request.query_params.get("edit", ""),
        is_checked=findings is not None,
        kinds=[(kind, _kind_word(kind)) for kind in TermKind],
        forms=previewing.forms(),
        **summary_of(sheet, findings),
    )


def summary_of(sheet: Sheet, findings: Sequence[Finding] | None) -> dict[str, Any]:
    """What the head of an article's page tells."""
    part = sheet.loaded.part
    standing = [found for found in findings or () if not found.waived]
    return {
        "line": _line(sheet, findings),
        "whole": [rows.fault(found) for found in standing if not found.unit],
        "reasons": reasons(sheet.catalog, standing) if findings is not None else None,
        "metadata": part.metadata,
        "signing": review_digest(sheet.catalog),
        "severities": [(severity, rows.level(severity)) for severity in Severity],
    }


async def units(request: Request) -> Response:
    """A window of an article's units, or those named by ``unit``, as a fragment."""
    site, name = site_of(request), request.path_params["name"]
    sheet = await run_in_threadpool(site.desk.sheet, name)
    findings = await site.checked(name, wait=_PATIENT) or ()
    named = request.query_params.getlist("unit")
    if named:
        places = {unit.id: index for index, unit in enumerate(sheet.catalog.units)}
        indexes = sorted(places[unit] for unit in named[: 4 * WINDOW] if unit in places)
        at, total = 0, len(indexes)
        shown = indexes
    else:
        indexes = _filter(request).indexes(sheet.catalog.units, findings)
        at, total = _start(request, sheet, indexes), len(indexes)
        shown = indexes[at : at + WINDOW]
    return await page(
        request,
        "units.html",
        sheet=sheet,
        rows=rows.rows(sheet, shown, findings),
        at=at,
        window=WINDOW,
        matching=total,
        is_window=not named,
        editing=request.query_params.get("edit", ""),
        **summary_of(sheet, findings),
    )


async def summary(request: Request) -> Response:
    """The head of an article's page: how far it is, who signed, what is in the way."""
    site, name = site_of(request), request.path_params["name"]
    sheet = await run_in_threadpool(site.desk.sheet, name)
    findings = await site.checked(name, wait=_PATIENT)
    return await page(request, "summary_part.html", sheet=sheet, **summary_of(sheet, findings))


def _filter(request: Request) -> Filter:
    given = request.query_params
    show = given.get("show", "all")
    return Filter(show if show in rows.SHOWN else "all", given.get("check", ""), given.get("words", "")[:200])


def _start(request: Request, sheet: Sheet, indexes: Sequence[int]) -> int:
    """Where the window begins: at ``from``, or so that the unit asked for is in it."""
    wanted = request.query_params.get("edit") or request.query_params.get("at", "")
    if wanted:
        for place, index in enumerate(indexes):
            if sheet.catalog.units[index].id == wanted:
                return place - place % WINDOW
    text = request.query_params.get("from", "0")
    return min(int(text), len(indexes)) if text.isdecimal() and len(text) < 8 else 0


def _show_word(show: str) -> str:
    return {
        "all": _("All units"),
        "open": _("Open units"),
        "draft": _("Drafts"),
        "findings": _("With findings"),
        "errors": _("With errors"),
        "waived": _("With waived findings"),
        "commented": _("With comments"),
    }[show]


def _kind_word(kind: TermKind) -> str:
    return {
        TermKind.PERSON: _("person"),
        TermKind.PLACE: _("place"),
        TermKind.ORGANIZATION: _("organization"),
        TermKind.EVENT: _("event"),
        TermKind.OTHER: _("other"),
    }[kind]


async def unit_help(request: Request) -> Response:
    """What the memory, the engine and git know of a unit, as a fragment."""
    site, name, unit = site_of(request), request.path_params["name"], request.path_params["unit"]
    desk = site.desk
    sheet = await run_in_threadpool(desk.sheet, name)
    known = proposing.memory_name(desk.folder.name, name)
    found = await run_in_threadpool(proposing.propose, desk.workspace, desk.terms, sheet.catalog, unit, known)
    versions = await run_in_threadpool(history.of_unit, desk.workspace, desk.article_folder(name), unit)
    here = next((one for one in sheet.catalog.units if one.id == unit), None)
    return await page(request, "help.html", found=found, versions=versions, unit=here, sheet=sheet)


# ------------------------------------------------------------------------------------ glossary and names


async def glossary(request: Request) -> Response:
    """Entries by any of their texts, with where the number uses them, and what is wrong with the glossary."""
    site = site_of(request)
    query = request.query_params.get("q", "")[:200].strip()
    known = await run_in_threadpool(lambda: site.desk.terms)
    terms = await run_in_threadpool(terminology.find, known, query) if query else ()
    uses = await run_in_threadpool(listing_names.uses, site.desk, terms[:50])
    faults = await run_in_threadpool(terminology.lint, known)
    return await page(
        request,
        "glossary.html",
        query=query,
        terms=terms[:50],
        uses=uses,
        total=len(terms),
        faults=[rows.fault(one) for one in faults],
        kinds=[(kind, _kind_word(kind)) for kind in TermKind],
        added=request.query_params.get("added", ""),
    )


async def names(request: Request) -> Response:
    """The names of the number, the uncertain ones first."""
    site = site_of(request)
    listed = await run_in_threadpool(listing_names.of_number, site.desk)
    return await page(request, "names.html", listed=listed, kinds=[(kind, _kind_word(kind)) for kind in TermKind])


# --------------------------------------------------------------------------------------------- preview

# What a preview may do: show itself. Neither the sandbox nor the policy lets a script run; it has our origin only so
# that the page around it can keep the reader's place.
_PREVIEW = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-ancestors 'self'"
)
# A browser's own viewer of PDF does not work inside a sandbox; it runs nothing of the page's.
_PREVIEW_PDF = "default-src 'none'; style-src 'unsafe-inline'; plugin-types application/pdf; frame-ancestors 'self'"


async def preview(request: Request) -> Response:
    """The number beside a choice of its forms."""
    form = request.query_params.get("form", "html")
    known = previewing.forms()
    return await page(request, "preview.html", form=form if form in known else "html", forms=known)


async def preview_page(request: Request) -> Response:
    """The number in one form, as a page for the frame."""
    made = await run_in_threadpool(_rendered, site_of(request), request.path_params["form"])
    shown = await run_in_threadpool(previewing.as_page, made)
    policy = _PREVIEW_PDF if shown.media_type == "application/pdf" else _PREVIEW
    return Response(shown.data, media_type=shown.media_type, headers={"content-security-policy": policy})


async def preview_file(request: Request) -> Response:
    """The number in one form, to save."""
    made = await run_in_threadpool(_rendered, site_of(request), request.path_params["form"])
    name = f"attachment; filename*=UTF-8''{quote(made.name)}"
    return Response(made.data, media_type=made.media_type, headers={"content-disposition": name})


def _rendered(site: Site, form: str) -> previewing.File:
    desk = site.desk
    findings: list[Finding] = []
    if "bilingual" in form:
        # As in the file that will be built: in the number's language, whoever looks.
        with i18n.speaking(i18n.first_of([desk.issue().language])):
            readable = [name for name, sheet in desk.sheets() if isinstance(sheet, Sheet)]
            findings = [found for name in readable for found in desk.findings(name)]
    return previewing.render_number(desk.workspace, desk.folder, form, tuple(findings))


async def events(request: Request) -> Response:
    """News of changed files, as they come."""
    live = site_of(request).live
    if live.is_full:
        return PlainTextResponse(_("Too many pages are open."), 503)
    return StreamingResponse(live.events(), media_type="text/event-stream", headers={"x-accel-buffering": "no"})
