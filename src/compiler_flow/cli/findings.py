"""Findings on the terminal: grouped by file, the spot marked in source or translation, the fix shown."""

from __future__ import annotations

import io
import itertools

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
            console.print(Text(f"  {finding.path}:{finding.line} {finding.check}: {finding.waived}", style="dim"))
        console.print()
    console.print(Text(summary(report), style="bold green" if report.is_clean() else "bold"))


def summary(report: Report) -> str:
    """One line: how much was checked and how much was found."""
    counts = report.counts()
    units = ngettext("{n} unit", "{n} units", report.units).format(n=report.units)
    if not report.standing:
        return _("{units} checked: nothing found.").format(units=units)
    return _("{units} checked: {errors} errors, {warnings} warnings, {remarks} remarks.").format(
        units=units, errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], remarks=counts[Severity.INFO]
    )


def _show_open(console: Console, findings: list[Finding]) -> None:
    """Units that nobody has translated are told in one line: there may be a hundred of them in a new article."""
    if findings:
        line = Text("     - ", style="dim")
        line.append(output.word(findings[0].severity), style=_STYLE[findings[0].severity])
        line.append(f" {_OPEN} ", style="bold")
        number = ngettext(
            "{n} unit is not translated, in line", "{n} units are not translated, in lines", len(findings)
        )
        lines = ", ".join(str(finding.line) for finding in findings)
        line.append(f"{number.format(n=len(findings))} {lines}")
        console.print(line)


def _show_one(console: Console, finding: Finding) -> None:
    line = Text("  ")
    line.append(f"{finding.line or '-':>4} ", style="dim")
    line.append(output.word(finding.severity), style=_STYLE[finding.severity])
    line.append(f" {finding.check} ", style="bold")
    line.append(finding.message)
    console.print(line)
    for side, text in (("source", finding.source), ("target", finding.target)):
        if text:
            shown = _marked(text, finding.span if finding.side == side else None)
            console.print(Text("       ", style="dim").append("│ ", style="dim").append_text(shown))
    if finding.fix:
        console.print(Text("       ").append("→ ", style="green").append(finding.fix, style="green"))


def _marked(text: str, span: tuple[int, int] | None) -> Text:
    """The part of ``text`` around ``span``, which is marked; at most about 160 characters."""
    start, end = span or (0, 0)
    first = max(0, min(start - _SHOWN // 3, len(text) - _SHOWN))
    last = max(first + _SHOWN, end)
    shown = Text(("…" if first else "") + text[first:last].replace("\n", "⏎") + ("…" if last < len(text) else ""))
    if span:
        shift = (1 if first else 0) - first
        shown.stylize(_MARK, start + shift, end + shift)
    return shown
