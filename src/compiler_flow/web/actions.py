"""What people do on the pages: every action is a form that works without a script as well.

With the script (``X-Fragment``) an action answers with the rows that look different now; without it the browser is sent
back to the unit.
"""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from compiler_flow.errors import UsageError
from compiler_flow.flow import editing, terminology
from compiler_flow.flow.editing import Clash, Edit, mark
from compiler_flow.flow.signing import ROLES
from compiler_flow.i18n import gettext as _
from compiler_flow.model import MERGED_DOWN, MERGED_UP, OMITTED, Finding, Term, TermKind, Unit
from compiler_flow.web import guard, rows, views
from compiler_flow.web.app import Site, page, person, site_of

Form = Mapping[str, str]


async def _form(request: Request) -> dict[str, str]:
    """The fields of the form, after a look at its token. Raises ``UsageError`` for a form of another session."""
    async with request.form(max_files=0, max_fields=20, max_part_size=guard.MAX_BODY) as form:
        fields = {key: value for key, value in form.items() if isinstance(value, str)}
    if not hmac.compare_digest(fields.get("csrf", "").encode(), request.state.csrf.encode()):
        raise UsageError(_("This page is too old. Load it again; what you typed is still in its field."))
    return fields


def _known(request: Request) -> str:
    """The visitor's name. Raises ``UsageError`` without one where others than this machine's user come in."""
    by = person(request)
    if site_of(request).access.token and not by:
        raise UsageError(_("Say who you are first: your name goes with what you change."))
    return by


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone().replace(microsecond=0)


# ------------------------------------------------------------------------------------------------ units


def _write(form: Form, unit: Unit, _findings: Sequence[Finding]) -> Edit:
    return Edit(unit.id, form["seen"], form["target"].replace("\r\n", "\n"), fuzzy=form.get("draft") == "yes")


def _decide(text: str) -> Callable[[Form, Unit, Sequence[Finding]], Edit]:
    def decided(form: Form, unit: Unit, _findings: Sequence[Finding]) -> Edit:
        return Edit(unit.id, form["seen"], text, fuzzy=False)

    return decided


def _accept(form: Form, unit: Unit, _findings: Sequence[Finding]) -> Edit:
    return Edit(unit.id, form["seen"], fuzzy=False)


def _doubt(form: Form, unit: Unit, _findings: Sequence[Finding]) -> Edit:
    return Edit(unit.id, form["seen"], fuzzy=True)


def _waive(form: Form, unit: Unit, _findings: Sequence[Finding]) -> Edit:
    lines = editing.waive(form.get("check", ""), form.get("reason", ""), by=form["by"])
    return Edit(unit.id, "", comments=lambda there: (*there, *(line for line in lines if line not in there)))


def _unwaive(form: Form, unit: Unit, _findings: Sequence[Finding]) -> Edit:
    return Edit(unit.id, "", comments=lambda there: editing.unwaived(there, form.get("check", "")))


def _remark(form: Form, unit: Unit, _findings: Sequence[Finding]) -> Edit:
    text = form.get("remark", "")
    return Edit(unit.id, "", comments=lambda there: editing.remark(there, text, by=form["by"]))


def _settle(form: Form, unit: Unit, _findings: Sequence[Finding]) -> Edit:
    return Edit(unit.id, "", comments=lambda there: editing.settled(there, form.get("line", "")))


def _fix(form: Form, unit: Unit, findings: Sequence[Finding]) -> Edit:
    """Put what a finding offers in the place of its spot; the finding must still be there."""
    for found in findings:
        if found.unit == unit.id and found.fix and found.span and rows.fault(found).key == form.get("key"):
            start, end = found.span
            text = unit.target[:start] + found.fix + unit.target[end:]
            return Edit(unit.id, form["seen"], text, fuzzy=unit.fuzzy)
    raise UsageError(_("This finding is not there any more."))


_VERBS: Mapping[str, Callable[[Form, Unit, Sequence[Finding]], Edit]] = {
    "write": _write,
    "accept": _accept,
    "doubt": _doubt,
    "omit": _decide(OMITTED),
    "merge-up": _decide(MERGED_UP),
    "merge-down": _decide(MERGED_DOWN),
    "reopen": _decide(""),
    "waive": _waive,
    "unwaive": _unwaive,
    "remark": _remark,
    "settle": _settle,
    "fix": _fix,
}


async def unit(request: Request) -> Response:
    """Do to a unit what the field ``verb`` says."""
    site, name, wanted = site_of(request), request.path_params["name"], request.path_params["unit"]
    form = await _form(request)
    request.state.typed = form.get("target", "")
    by = _known(request)
    clash, look = await run_in_threadpool(_do, site, name, wanted, form, by)
    if clash is not None:
        return await _clashed(request, name, clash)
    site.note(request, form["verb"], name, wanted)
    site.live.tell(articles=[name], units=sorted(look), house=False)
    if not request.headers.get("x-fragment"):
        return RedirectResponse(f"/articles/{quote(name)}?{_back(form, wanted)}#u-{quote(wanted)}", 303)
    sheet = await run_in_threadpool(site.desk.sheet, name)
    findings = await run_in_threadpool(site.desk.findings, name)
    places = [index for index, one in enumerate(sheet.catalog.units) if one.id in look]
    return await page(
        request,
        "units.html",
        sheet=sheet,
        rows=rows.rows(sheet, places, findings),
        is_window=False,
        editing="",
        **views.summary_of(sheet, findings),
    )


def _do(site: Site, name: str, wanted: str, form: Form, by: str) -> tuple[Clash | None, set[str]]:
    """Change the unit; which units look different after it."""
    desk = site.desk
    verb = _VERBS.get(form.get("verb", ""))
    needs_seen, needs_text = verb not in (_waive, _unwaive, _remark, _settle), verb is _write
    if verb is None or (needs_seen and "seen" not in form) or (needs_text and "target" not in form):
        raise UsageError(_("This page does not do that."))
    sheet, before = desk.sheet(name), desk.findings(name)
    old = next((one for one in sheet.catalog.units if one.id == wanted), None)
    if old is None:
        return Clash(wanted, None, form.get("target", "")), set()
    clash = desk.edit(name, verb({**form, "by": by}, old, before), by=by, at=_now())
    if clash is not None:
        return clash, set()
    # Before the checks, which take longer than until somebody looks at the files.
    site.live.expect(desk.seen(name))
    after, now = desk.findings(name), desk.sheet(name).catalog.units
    texts = {one.id: (one.target, one.fuzzy, one.comments) for one in sheet.catalog.units}
    look = {one.id for one in now if texts.get(one.id) != (one.target, one.fuzzy, one.comments)} | {wanted}
    return None, look | _differing(before, after)


def _differing(before: Sequence[Finding], after: Sequence[Finding]) -> set[str]:
    """The units whose findings are not the same; lines move with every edit and do not count."""

    def keys(findings: Sequence[Finding]) -> set[tuple[object, ...]]:
        return {(one.unit, one.check, one.severity, one.message, one.span, one.waived) for one in findings}

    return {str(key[0]) for key in keys(before) ^ keys(after) if key[0]}


async def _clashed(request: Request, name: str, clash: Clash) -> Response:
    site = site_of(request)
    sheet = await run_in_threadpool(site.desk.sheet, name)
    template = "clash_part.html" if request.headers.get("x-fragment") else "clash_page.html"
    return await page(
        request,
        template,
        status=409,
        sheet=sheet,
        clash=clash,
        now=clash.now,
        seen=mark(clash.now) if clash.now else "",
        unit_id=clash.unit,
    )


def _back(form: Form, unit_id: str) -> str:
    kept = {key: form[key] for key in ("show", "check_filter", "words") if form.get(key)}
    return urlencode({**kept, "at": unit_id})


# ----------------------------------------------------------------------------------- signing and the rest


async def sign(request: Request) -> Response:
    """Sign the article off as compiler or reviewer."""
    site, name = site_of(request), request.path_params["name"]
    form = await _form(request)
    by, role = form.get("by", "") or person(request), form.get("role", "")
    if role not in ROLES:
        raise UsageError(_("The role must be one of: {names}.").format(names=", ".join(ROLES)))
    seen = form.get("seen", "")
    await run_in_threadpool(lambda: site.desk.sign(name, by=editing.person(by), role=role, at=_now(), seen=seen))
    site.note(request, f"sign-{role}", name)
    return _named(RedirectResponse(f"/articles/{quote(name)}", 303), editing.person(by))


async def term(request: Request) -> Response:
    """Put an entry into the house glossary."""
    site = site_of(request)
    form = await _form(request)
    _known(request)
    kind = form.get("kind", TermKind.OTHER)
    entry = Term(
        form.get("source", ""),
        form.get("target", ""),
        TermKind(kind) if kind in list(TermKind) else TermKind.OTHER,
        note=form.get("note", "")[:200].strip(),
    )
    path = await run_in_threadpool(terminology.add, site.desk.workspace, entry)
    site.note(request, "term", unit=entry.source)
    if request.headers.get("x-fragment"):
        told = _("{source} → {target} is in {file} now.")
        return PlainTextResponse(told.format(source=entry.source, target=entry.target, file=path.name))
    return RedirectResponse(f"/glossary?{urlencode({'q': entry.source, 'added': path.name})}", 303)


async def me(request: Request) -> Response:
    """Remember the visitor's name."""
    form = await _form(request)
    return _named(_to(form), editing.person(form.get("name", "")))


async def language(request: Request) -> Response:
    """Remember the language that the visitor wants the page in."""
    form = await _form(request)
    answer = _to(form)
    chosen = "en" if form.get("language") == "en" else "zh-CN"
    guard.remember(answer, guard.LANGUAGE, chosen)
    return answer


def _to(form: Form) -> RedirectResponse:
    """Back to the page that the form stood on, never to another site."""
    back = form.get("back", "/")
    inside = back.startswith("/") and not back.startswith(("//", "/\\"))
    return RedirectResponse(back if inside else "/", 303)


def _named(answer: RedirectResponse, name: str) -> RedirectResponse:
    # Cookies hold ASCII only (RFC 6265, section 4.1.1).
    guard.remember(answer, guard.NAME, quote(name))
    return answer
