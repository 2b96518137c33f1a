"""SARIF 2.1.0, the form that code hosts and editors read (OASIS Standard, 27 March 2020; sections are named below)."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

from compiler_flow import __version__, text
from compiler_flow.model import Finding, Severity
from compiler_flow.report.base import Form, Report, Rule, Sample
from compiler_flow.report.json import dump
from compiler_flow.text import lazy_pattern

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "SRCROOT"
_DRIVE = lazy_pattern(r"[A-Za-z]:/")
# The name ends in a version, so that a better recipe can join it later (section 3.27.17).
_FINGERPRINT = "unitAndCheck/v1"


def _render(report: Report) -> bytes:
    places = {rule.name: index for index, rule in enumerate(report.rules)}
    seen: Counter[tuple[str, ...]] = Counter()
    results = [_result(finding, places, _nth(finding, seen)) for finding in report.findings]
    driver = {
        "name": "compiler-flow",
        "version": __version__,
        "rules": [_rule(rule) for rule in report.rules],
    }
    run = {
        "tool": {"driver": driver},
        # Without its address, which is another one on every machine (section 3.14.14).
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the work tree that was checked."}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    if report.troubles:
        told = [{"level": "error", "message": {"text": line}} for line in report.troubles]
        run["invocations"] = [{"executionSuccessful": False, "toolExecutionNotifications": told}]
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


SARIF = Form("sarif", ".sarif", "SARIF 2.1.0, for code hosts and editors", _render)


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": _help(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"scope": rule.scope},
    }


def _help(rule: Rule) -> str:
    lines = [rule.explanation]
    for title, samples in (("Good:", rule.good), ("Bad:", rule.bad)):
        shown = [line for sample in samples for line in ("", *_lines(sample))]
        lines += ["", title, *shown[1:]] if shown else []
    return "\n".join(lines)


def _lines(sample: Sample) -> list[str]:
    return [*sample.terms, *(line for pair in sample.pairs for line in pair)]


def _result(finding: Finding, places: dict[str, int], nth: int) -> dict[str, object]:
    message = f"{finding.message} → {finding.fix}" if finding.fix else finding.message
    result: dict[str, object] = {
        "ruleId": finding.check,
        "level": _LEVELS[finding.severity],
        "message": {"text": message or finding.check},
        "locations": [_location(finding)],
        "partialFingerprints": {_FINGERPRINT: _fingerprint(finding, nth)},
        # If one result says whether it is suppressed all must, so an empty list for the rest (section 3.27.23).
        "suppressions": [_suppression(finding)] if finding.waived else [],
        "properties": {
            "article": finding.article,
            "unit": finding.unit,
            "source": finding.source,
            "target": finding.target,
            "span": list(finding.span) if finding.span else None,
            "side": finding.side,
            "fix": finding.fix,
        },
    }
    if finding.check in places:
        result["ruleIndex"] = places[finding.check]
    return result


def _location(finding: Finding) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": _artifact(finding.path)}
    if finding.line > 0:
        # Line 0 is "unknown" to us and invalid there (section 3.30.5).
        place["region"] = {"startLine": finding.line}
    location: dict[str, object] = {"physicalLocation": place}
    if finding.unit:
        name = f"{finding.article}/{finding.unit}"
        location["logicalLocations"] = [{"name": finding.unit, "fullyQualifiedName": name}]
    return location


def _artifact(path: str) -> dict[str, str]:
    """Where the file lies (section 3.4): code hosts match what is relative to the root of the work tree."""
    is_below = path and not path.startswith(("/", "../")) and not _DRIVE.match(path)
    return {"uri": _uri(path), "uriBaseId": _ROOT} if is_below else {"uri": _uri(path)}


def _uri(path: str) -> str:
    """A path with forward slashes as a URI reference (RFC 3986), absolute paths as ``file:`` (RFC 8089)."""
    quoted = quote(path, safe="/", errors="replace")
    if path.startswith("//"):
        return f"file:{quoted}"
    if path.startswith("/"):
        return f"file://{quoted}"
    if _DRIVE.match(path):
        return f"file:///{path[:2]}{quote(path[2:], safe='/', errors='replace')}"
    return quoted


def _suppression(finding: Finding) -> dict[str, str]:
    return {"kind": "inSource", "status": "accepted", "justification": finding.waived}


def _identity(finding: Finding) -> tuple[str, str, str]:
    return (finding.article or finding.path, finding.unit, finding.check)


def _nth(finding: Finding, seen: Counter[tuple[str, ...]]) -> int:
    """Which of its check's findings in its unit this is, from 0: two missing names are two results."""
    seen[_identity(finding)] += 1
    return seen[_identity(finding)] - 1


def _fingerprint(finding: Finding, nth: int) -> str:
    """The same for the same fault of the same unit, wherever the file lies and whatever language messages are in."""
    return text.digest(*_identity(finding), str(nth), length=32)
