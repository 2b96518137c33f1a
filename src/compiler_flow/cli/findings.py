"""Findings on the terminal: grouped by file, the spot marked in source or translation, the fix shown."""

from __future__ import annotations

import io
import itertools

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from compiler_flow.cli import output
from compiler_flow.i18n import gettext as _
from compiler_flow.i18n import ngettext
from compiler_flow.model import Finding, Severity
from compiler_flow.report import Report

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_MARK = "bold reverse"
_SHOWN = 160
_OPEN = "untranslated"
# Below this many columns lines are longer than the console: nobody reads one word a line.
_NARROWEST = 20
_CLOSING = "，。；：、！？）”’》」』】〉…"


def as_text(report: Report) -> bytes:
    """What ``show`` prints where it is no terminal, in UTF-8."""
    page = io.StringIO()
    show(report, Console(file=page, width=100, highlight=False))
    return page.getvalue().encode("utf-8", "backslashreplace")


def show(report: Report, console: Console | None = None) -> None:
    """Print every standing finding, those waived, and a line that sums up; on standard output by default."""
    console = console or output.console()
    for path, group in itertools.groupby(report.standing, key=lambda finding: finding.path):
        console.print(Text(path, style="bold underline"))
        listed = list(group)
        for finding in listed:
            if finding.check != _OPEN:
                _show_one(console, finding)
        _show_open(console, [finding for finding in listed if finding.check == _OPEN])
        console.print()
    if report.waived:
        console.print(Text(_("Waived:"), style="bold"))
        for finding in report.waived:
            what = f"{finding.path}:{finding.line} {finding.check}: {finding.message} → {finding.waived}"
            _print(console, Text("  "), Text(what, style="dim"))
        console.print()
    console.print(Text(summary(report), style="bold green" if report.is_clean() else "bold"))


def summary(report: Report) -> str:
    """One line: how much was checked and how much was found."""
    counts = report.counts()
    units = ngettext("{n} unit", "{n} units", report.units).format(n=report.units)
    if not report.standing:
        return _("{units} checked: nothing found.").format(units=units)
    return _("{units} checked; errors: {errors}, warnings: {warnings}, remarks: {remarks}.").format(
        units=units, errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], remarks=counts[Severity.INFO]
    )


def _show_open(console: Console, findings: list[Finding]) -> None:
    """Units that nobody has translated are told in one line: there may be a hundred of them in a new article."""
    if findings:
        line = Text.assemble((output.word(findings[0].severity), _STYLE[findings[0].severity]), (f" {_OPEN} ", "bold"))
        number = ngettext(
            "{n} unit is not translated, in line", "{n} units are not translated, in lines", len(findings)
        )
        lines = ", ".join(str(finding.line) for finding in findings)
        line.append(f"{number.format(n=len(findings))} {lines}")
        _print(console, Text("     - ", style="dim"), line)


def _show_one(console: Console, finding: Finding) -> None:
    head = Text(output.word(finding.severity), style=_STYLE[finding.severity])
    line = Text.assemble(head, (f" {finding.check} ", "bold"), finding.message)
    _print(console, Text(f"  {finding.line or '-':>4} ", style="dim"), line)
    for side, text, style in (("source", finding.source, "dim"), ("target", finding.target, "")):
        if text:
            shown = _marked(text, finding.span if finding.side == side else None, console)
            shown.style = style
            _print(console, Text("       │ ", style="dim"), shown)
    if finding.fix:
        _print(console, Text("       → ", style="green"), Text(finding.fix, style="green"))


def _print(console: Console, lead: Text, body: Text) -> None:
    """``body`` behind ``lead``; where it is too long for the console, the next lines stand below its beginning."""
    room = max(_NARROWEST, console.width - lead.cell_len - 1)
    rest = Text("│ ".rjust(lead.cell_len) if "│" in lead.plain else " " * lead.cell_len, style=lead.style)
    for index, piece in enumerate(body.divide(_breaks(body.plain, room))):
        # A piece goes out as it is: rich would break it again at its spaces.
        console.print(Text.assemble(rest if index else lead, piece), soft_wrap=True)


def _breaks(text: str, room: int) -> list[int]:
    """Where ``text`` is cut so that no line takes more than ``room`` columns: at spaces, or between Han characters."""
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


def _marked(text: str, span: tuple[int, int] | None, console: Console) -> Text:
    """The part of ``text`` around ``span``, which is marked; at most about 160 characters."""
    start, end = span or (0, 0)
    first = max(0, min(start - _SHOWN // 3, len(text) - _SHOWN))
    last = max(first + _SHOWN, end)
    pieces = [text[first:start], text[start:end], text[end:last]] if span else ["", "", text[first:last]]
    before, spot, after = (piece.replace("\n", "⏎") for piece in pieces)
    if spot and console.color_system is None:
        # Files, pipes and consoles without styles have brackets instead, which no text of ours contains.
        spot = f"〖{spot}〗"
    return Text.assemble("…" if first else "", before, (spot, _MARK), after, "…" if last < len(text) else "")
