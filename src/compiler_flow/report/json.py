"""The report for programs: the published form, version 1, in UTF-8."""

from __future__ import annotations

import json

from compiler_flow.report.base import Form, Report


def as_json(report: Report) -> dict[str, object]:
    """The report in the published form, version 1."""
    rows = [
        {
            "check": finding.check,
            "severity": str(finding.severity),
            "path": finding.path,
            "line": finding.line,
            "article": finding.article,
            "unit": finding.unit,
            "message": finding.message,
            "source": finding.source,
            "target": finding.target,
            "span": list(finding.span) if finding.span else None,
            "side": finding.side,
            "fix": finding.fix,
            "waived": finding.waived,
        }
        for finding in report.findings
    ]
    counts: dict[str, object] = {str(severity): number for severity, number in report.counts().items()}
    summary = {"files": report.files, "units": report.units, **counts, "waived": len(report.waived)}
    return {
        "version": 1,
        "findings": [row for row in rows if not row["waived"]],
        "waived": [row for row in rows if row["waived"]],
        "summary": summary,
        "unreadable": list(report.troubles),
    }


def dump(value: object) -> bytes:
    """``value`` as JSON in UTF-8; what UTF-8 cannot carry (half a surrogate pair in a file's name) is escaped."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _render(report: Report) -> bytes:
    return dump(as_json(report))


JSON = Form("json", ".json", "for programs: the published form, version 1", _render)
