"""Catalog → findings. One check, one file; this table is where a new one joins.

``run`` looks at one article, ``run_issue`` at a whole number with all its articles.
"""

from __future__ import annotations

import functools
import itertools
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from compiler_flow.checks import sharing
from compiler_flow.checks.base import Check, Fault, Group, groups, waivers
from compiler_flow.checks.stretch import Stretch
from compiler_flow.model import Catalog, CheckContext, Finding, Issue, Part, Severity, Unit
from compiler_flow.tables import Table

_NAMES = (
    "source-changed",
    "merge-conflict",
    "untranslated",
    "draft-left",
    "draft-unedited",
    "degenerate-draft",
    "same-as-source",
    "omission-undeclared",
    "term-missing",
    "term-rejected",
    "term-count",
    "state-changed",
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
    "stray-character",
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
    """The findings piece by piece, then those of each article-wide check.

    Article-wide checks with a sieve are shown only what it lets through, and nothing where the notes of the pieces say
    that they are silent: the pieces' work, which is shared.
    """
    grouped = tuple(groups(catalog))
    by_piece = [check for check in checks if check.scope == "unit" or (check.scope == "article" and check.sieve)]
    of_articles = [check for check in checks if check.scope == "article"]
    whole = [check for check in of_articles if not check.sieve]
    processes = sharing.workers(len(grouped))
    if processes > 1:
        # Searches and patterns are built at the first text: once, before the work is shared.
        _of_piece(0, grouped[:1], catalog, context, by_piece)
        context.target_terms(grouped[0].rendered.text)
    starts = range(0, len(grouped), sharing.PIECE) if by_piece else ()
    # The longest first, so that all processes end at about the same time.
    work: list[Callable[[], _Piece]] = [
        functools.partial(_of_article, check, catalog, grouped, context) for check in whole
    ]
    work += [
        functools.partial(_of_piece, start, grouped[start : start + sharing.PIECE], catalog, context, by_piece)
        for start in starts
    ]
    done = sharing.in_order(work, processes)
    pieces = done[len(whole) :]
    yield from itertools.chain.from_iterable(piece.findings for piece in pieces)
    found = {check.name: piece.findings for check, piece in zip(whole, done[: len(whole)], strict=True)}
    for check in of_articles:
        if check.is_silent and check.is_silent([piece.gathered[check.name] for piece in pieces]):
            continue
        if check.sieve:
            numbers = itertools.chain.from_iterable(piece.shown[check.name] for piece in pieces)
            yield from _of_article(check, catalog, [grouped[number] for number in numbers], context).findings
        else:
            yield from found[check.name]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What came of a piece of work: findings, and for article-wide checks the groups to be shown and their notes."""

    findings: list[Finding]
    shown: dict[str, list[int]] = field(default_factory=dict)
    gathered: dict[str, Any] = field(default_factory=dict)


def _of_piece(
    start: int, grouped: Sequence[Group], catalog: Catalog, context: CheckContext, checks: Sequence[Check]
) -> _Piece:
    stretch = Stretch(grouped)
    found: list[tuple[int, Finding]] = []
    shown: dict[str, list[int]] = {}
    gathered = {check.name: check.gather(stretch, context) for check in checks if check.gather}
    for check in checks:
        numbers = sorted(check.sieve(stretch, context)) if check.sieve else stretch.all()
        if check.scope == "article":
            shown[check.name] = [start + number for number in numbers]
            continue
        for number in numbers:
            group = grouped[number]
            for fault in check.on_group(group, context):
                found.append((number, _finding(check, replace(fault, where=group), catalog)))
    # Of each group all, in the order of the checks.
    found.sort(key=operator.itemgetter(0))
    return _Piece([finding for _number, finding in found], shown, gathered)


def _of_article(check: Check, catalog: Catalog, grouped: Sequence[Group], context: CheckContext) -> _Piece:
    return _Piece([_finding(check, fault, catalog) for fault in check.on_catalog(catalog, grouped, context)])


def _remembering(context: CheckContext) -> CheckContext:
    """``context`` whose term searches remember what they found: several checks of a piece ask for the same texts."""
    remembered = functools.lru_cache(maxsize=4 * sharing.PIECE)
    return replace(
        context, source_terms=remembered(context.source_terms), target_terms=remembered(context.target_terms)
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
