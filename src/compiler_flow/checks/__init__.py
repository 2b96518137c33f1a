"""Catalog → findings. One check, one file; this table is where a new one joins.

``run`` looks at one article, ``run_issue`` at a whole number with all its articles.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from compiler_flow.checks import sharing
from compiler_flow.checks.base import Check, Fault, Group, groups, waivers
from compiler_flow.model import Catalog, CheckContext, Finding, Issue, Part, Severity, Unit
from compiler_flow.tables import Table

_NAMES = (
    "source-changed",
    "untranslated",
    "draft-left",
    "draft-unedited",
    "degenerate-draft",
    "same-as-source",
    "omission-undeclared",
    "term-missing",
    "term-rejected",
    "term-count",
    "first-mention",
    "latin-mismatch",
    "name-unknown",
    "number",
    "number-added",
    "weekday",
    "currency",
    "half-width-punctuation",
    "unpaired-mark",
    "wrong-interpunct",
    "space-policy",
    "traditional-character",
    "repeated-word",
    "ends-differently",
    "suspicious-length",
    "markup-lost",
    "address-lost",
    "tag-lost",
    "source-address-missing",
    "source-address-broken",
    "credits-missing",
    "name-inconsistent",
    "country-order",
    "empty-section",
    "house-rule",
    "waiver-unclear",
)

CHECKS: Table[Check] = Table(
    "check",
    {name: f"compiler_flow.checks.{name.replace('-', '_')}:CHECK" for name in _NAMES},
    group="compiler_flow.checks",
)

# A draft is reported as a draft; what else is wrong with it must not close the gate a second time.
_DRAFT_CHECKS = frozenset({"draft-left"})


def _chosen(only: Iterable[str]) -> list[Check]:
    names = tuple(only)
    return [CHECKS[name] for name in (names or CHECKS)]


def run(catalog: Catalog, context: CheckContext, *, only: Iterable[str] = ()) -> Iterator[Finding]:
    """The findings of one article in reading order, those of the article as a whole first.

    ``only`` names the checks to run (default: all); an unknown one raises ``UsageError``. Findings that a person waived
    are among them, with the reason. Checks of whole numbers are ``run_issue``'s.
    """
    checks = _chosen(only)
    order = {unit.id: index for index, unit in enumerate(catalog.units)}
    findings = sorted(_findings(catalog, _remembering(context), checks), key=lambda found: order.get(found.unit, -1))
    return iter(findings)


def run_issue(
    issue: Issue, parts: Sequence[Part], context: CheckContext, *, only: Iterable[str] = ()
) -> Iterator[Finding]:
    """The findings that only the whole number shows (order, names across articles), not those of ``run``."""
    for check in _chosen(only):
        if check.scope == "issue":
            for fault in check.on_issue(issue, parts, context):
                yield _finding(check, fault, fault.part.catalog if fault.part else None)


def _findings(catalog: Catalog, context: CheckContext, checks: Sequence[Check]) -> Iterator[Finding]:
    grouped = tuple(groups(catalog))
    of_units = [check for check in checks if check.scope == "unit"]
    of_articles = [check for check in checks if check.scope == "article"]
    processes = sharing.workers(len(grouped))
    if processes > 1:
        # The searches are built at the first text: once, before the work is shared.
        context.source_terms(grouped[0].seen.text)
        context.target_terms(grouped[0].rendered.text)
    size = sharing.PIECE if processes > 1 else max(1, len(grouped))
    pieces = [grouped[at : at + size] for at in range(0, len(grouped), size)] if of_units else []
    work = [functools.partial(_of_units, piece, catalog, context, of_units) for piece in pieces]
    work += [functools.partial(_of_article, check, catalog, grouped, context) for check in of_articles]
    return itertools.chain.from_iterable(sharing.in_order(work, processes))


def _of_units(
    grouped: Sequence[Group], catalog: Catalog, context: CheckContext, checks: Sequence[Check]
) -> list[Finding]:
    runs = [(check, check.on_group) for check in checks]
    return [
        _finding(check, replace(fault, where=group), catalog)
        for group in grouped
        for check, on_group in runs
        for fault in on_group(group, context)
    ]


def _of_article(check: Check, catalog: Catalog, grouped: Sequence[Group], context: CheckContext) -> list[Finding]:
    return [_finding(check, fault, catalog) for fault in check.on_catalog(catalog, grouped, context)]


def _remembering(context: CheckContext) -> CheckContext:
    """``context`` whose term searches remember what they found: several checks ask for the same texts."""
    return replace(
        context, source_terms=functools.cache(context.source_terms), target_terms=functools.cache(context.target_terms)
    )


def _finding(check: Check, fault: Fault, catalog: Catalog | None) -> Finding:
    where = fault.where
    unit: Unit | None = where.unit if isinstance(where, Group) else where
    members = where.members if isinstance(where, Group) else (where,) if where else ()
    comments = [line for member in members for line in member.comments]
    if unit is None and catalog is not None:
        comments = [catalog.comment]
    severity = fault.severity or check.severity
    if unit is not None and unit.fuzzy and severity is Severity.ERROR and check.name not in _DRAFT_CHECKS:
        severity = Severity.WARNING
    return Finding(
        check=check.name,
        severity=severity,
        message=fault.message,
        article=catalog.article if catalog else "",
        unit=unit.id if unit else "",
        source=where.source if where else "",
        target=where.target if where else "",
        span=fault.span,
        side=fault.side,
        fix=fault.fix,
        waived=waivers(comments).get(check.name, ""),
        path=catalog.path if catalog else "",
        line=unit.line if unit else 0,
    )
