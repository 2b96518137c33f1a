"""Findings on the terminal: grouped by file, the spot marked in source or translation, the fix shown."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from compiler_flow.cli import output
from compiler_flow.i18n import gettext as _
from compiler_flow.i18n import ngettext
from compiler_flow.model import Finding, Severity
from compiler_flow.report import Report

if TYPE_CHECKING:
    from rich.console import Console

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_MARK = "dim bold reverse"
_SHOWN = 160
_OPEN = "untranslated"


# A line: its parts, each with a style of rich's or none.
_Line = list[tuple[str, str]]


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
        # Without colours and width there is nothing to do for rich, which takes its time to load.
        output.say("\n".join("".join(text for text, _style in line).expandtabs() for line in _lines(report)))


def _print(console: Console, report: Report) -> None:
    from rich.text import Text

    for line in _lines(report):
        console.print(Text.assemble(*line))


def _lines(report: Report) -> Iterator[_Line]:
    for path, group in itertools.groupby(report.standing, key=lambda finding: finding.path):
        yield [(path, "bold underline")]
        listed = list(group)
        for finding in listed:
            if finding.check != _OPEN:
                yield from _one(finding)
        yield from _open([finding for finding in listed if finding.check == _OPEN])
        yield []
    if report.waived:
        yield [(_("Waived:"), "bold")]
        for finding in report.waived:
            yield [(f"  {finding.path}:{finding.line} {finding.check}: {finding.waived}", "dim")]
        yield []
    yield [(summary(report), "bold green" if report.is_clean() else "bold")]


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
        yield [
            ("     - ", "dim"),
            _severity(findings[0].severity, "dim "),
            (f" {_OPEN} ", "dim bold"),
            (f"{number.format(n=len(findings))} {lines}", "dim"),
        ]


def _one(finding: Finding) -> Iterator[_Line]:
    yield [
        ("  ", ""),
        (f"{finding.line or '-':>4} ", "dim"),
        _severity(finding.severity),
        (f" {finding.check} ", "bold"),
        (finding.message, ""),
    ]
    for side, text in (("source", finding.source), ("target", finding.target)):
        if text:
            yield [("       │ ", "dim"), *_marked(text, finding.span if finding.side == side else None)]
    if finding.fix:
        yield [("       ", ""), (f"→ {finding.fix}", "green")]


def _severity(severity: Severity, style: str = "") -> tuple[str, str]:
    return output.word(severity), style + _STYLE[severity]


def _marked(text: str, span: tuple[int, int] | None) -> _Line:
    """The part of ``text`` around ``span``, which is marked; at most about 160 characters."""
    start, end = span or (0, 0)
    first = max(0, min(start - _SHOWN // 3, len(text) - _SHOWN))
    last = max(first + _SHOWN, end)
    parts = (text[first:start], text[start:end], text[end:last]) if span else (text[first:last], "", "")
    before, marked, after = (part.replace("\n", "⏎") for part in parts)
    return [
        (("…" if first else "") + before, "dim"),
        (marked, _MARK),
        (after + ("…" if last < len(text) else ""), "dim"),
    ]
