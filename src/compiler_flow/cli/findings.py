"""Findings on the terminal: grouped by file, the spot marked in source or translation, the fix shown."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler_flow.cli import output
from compiler_flow.i18n import gettext as _
from compiler_flow.i18n import ngettext
from compiler_flow.model import Finding, Severity
from compiler_flow.report import Report

if TYPE_CHECKING:
    from rich.console import Console

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_MARK = "bold reverse"
_SHOWN = 160
_OPEN = "untranslated"
# Below this many columns lines are longer than the console: nobody reads one word a line.
_NARROWEST = 20
_CLOSING = "，。；：、！？）”’》」』】〉…"

_Parts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in parts, each with a style of rich's or none; what is too long goes on below the end of ``lead``."""

    body: _Parts = ()
    lead: _Parts = ()

    def plain(self) -> str:
        """The line without styles: the spot has brackets, which no text of ours contains."""
        return "".join(f"〖{text}〗" if style == _MARK else text for text, style in (*self.lead, *self.body))


def as_text(report: Report) -> bytes:
    """The findings for a file, without colours, in UTF-8."""
    import io

    from rich.console import Console

    page = io.StringIO()
    _print(Console(file=page, width=100, highlight=False), report)
    return page.getvalue().encode("utf-8", "backslashreplace")


def show(report: Report) -> None:
    """Print every standing finding, those waived, and a line that sums up, on standard output."""
    if sys.stdout.isatty():
        _print(output.console(), report)
    else:
        # Without colours and width there is nothing to do for rich, which takes its time to load. Not through click: it
        # takes an ASCII stream for a mistake and writes UTF-8.
        sys.stdout.writelines(f"{line.plain().expandtabs()}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[_Line]:
    for path, group in itertools.groupby(report.standing, key=lambda finding: finding.path):
        yield _Line(((path, "bold underline"),))
        listed = list(group)
        for finding in listed:
            if finding.check != _OPEN:
                yield from _one(finding)
        yield from _open([finding for finding in listed if finding.check == _OPEN])
        yield _Line()
    if report.waived:
        yield _Line(((_("Waived:"), "bold"),))
        for finding in report.waived:
            what = f"{finding.path}:{finding.line} {finding.check}: {finding.message} → {finding.waived}"
            yield _Line(((what, "dim"),), (("  ", ""),))
        yield _Line()
    yield _Line(((summary(report), "bold green" if report.is_clean() else "bold"),))


def summary(report: Report) -> str:
    """One line: how much was checked and how much was found."""
    counts = report.counts()
    units = ngettext("{n} unit", "{n} units", report.units).format(n=report.units)
    if not report.standing:
        return _("{units} checked: nothing found.").format(units=units)
    return _("{units} checked; errors: {errors}, warnings: {warnings}, remarks: {remarks}.").format(
        units=units, errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], remarks=counts[Severity.INFO]
    )


def _open(findings: list[Finding]) -> Iterator[_Line]:
    """Units that nobody has translated are told in one line: there may be a hundred of them in a new article."""
    if findings:
        number = ngettext(
            "{n} unit is not translated, in line", "{n} units are not translated, in lines", len(findings)
        )
        lines = ", ".join(str(finding.line) for finding in findings)
        body = (f"{number.format(n=len(findings))} {lines}", "")
        yield _Line((_severity(findings[0].severity), (f" {_OPEN} ", "bold"), body), (("     - ", "dim"),))


def _one(finding: Finding) -> Iterator[_Line]:
    head = (_severity(finding.severity), (f" {finding.check} ", "bold"), (finding.message, ""))
    yield _Line(head, ((f"  {finding.line or '-':>4} ", "dim"),))
    for side, text, style in (("source", finding.source, "dim"), ("target", finding.target, "")):
        if text:
            yield _Line(_marked(text, finding.span if finding.side == side else None, style), (("       │ ", "dim"),))
    if finding.fix:
        yield _Line(((finding.fix, "green"),), (("       → ", "green"),))


def _severity(severity: Severity) -> tuple[str, str]:
    return output.word(severity), _STYLE[severity]


def _marked(text: str, span: tuple[int, int] | None, style: str) -> _Parts:
    """The part of ``text`` around ``span``, which is marked; at most about 160 characters."""
    start, end = span or (0, 0)
    first = max(0, min(start - _SHOWN // 3, len(text) - _SHOWN))
    last = max(first + _SHOWN, end)
    pieces = (text[first:start], text[start:end], text[end:last]) if span else ("", "", text[first:last])
    before, spot, after = (piece.replace("\n", "⏎") for piece in pieces)
    parts = (("…" if first else "") + before, style), (spot, _MARK), (after + ("…" if last < len(text) else ""), style)
    return tuple(part for part in parts if part[0])


# ---------------------------------------------------------------------------------------------- a console


def _print(console: Console, report: Report) -> None:
    from rich.text import Text

    plain = console.color_system is None
    for line in _lines(report):
        lead = Text.assemble(*line.lead)
        body = Text(_Line(line.body).plain()) if plain else Text.assemble(*line.body)
        room = max(_NARROWEST, console.width - lead.cell_len - 1)
        rest = Text("│ ".rjust(lead.cell_len) if "│" in lead.plain else " " * lead.cell_len, style="dim")
        for index, piece in enumerate(body.divide(_breaks(body.plain, room)) if line.lead else [body]):
            # A piece goes out as it is: rich would break it again at its spaces.
            console.print(Text.assemble(rest if index else lead, piece), soft_wrap=True)


def _breaks(text: str, room: int) -> list[int]:
    """Where ``text`` is cut so that no line takes more than ``room`` columns: at spaces, or between Han characters."""
    from rich.cells import cell_len

    found: list[int] = []
    start = 0
    while cell_len(text[start:]) > room:
        end = start + 1
        while cell_len(text[start : end + 1]) <= room:
            end += 1
        space = text.rfind(" ", start + 1, end + 1) + 1
        latin = cell_len(text[end - 1]) < 2 and cell_len(text[end]) < 2
        # No line begins with a closing mark.
        while not latin and end - start > 2 and text[end] in _CLOSING:
            end -= 1
        start = space if latin and space > start + 1 else end
        found.append(start)
    return found
