"""Catalog → findings. One check, one file; this table is where a new one joins.

``run`` looks at one article, ``run_issue`` at a whole number with all its articles.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

from compiler_flow.checks import sharing
from compiler_flow.checks.ahead import Ahead
from compiler_flow.checks.base import Check
from compiler_flow.checks.pieces import (
    Groups,
    by_piece,
    cut,
    finding,
    look,
    look_at_whole,
    look_first,
    of_article,
    remembering,
)
from compiler_flow.model import Catalog, CheckContext, Finding, Issue, Part
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


def _chosen(only: Iterable[str]) -> list[Check]:
    names = tuple(only)
    return [CHECKS[name] for name in (names or CHECKS)]


def run(
    catalog: Catalog, context: CheckContext, *, only: Iterable[str] = (), ahead: Ahead | None = None
) -> Iterator[Finding]:
    """The findings of one article in reading order, those of the article as a whole first.

    ``only`` names the checks to run (default: all); an unknown one raises ``UsageError``. ``ahead``, made with the same
    names, is what was begun while the catalog was being read. Findings that a person waived are among them, with the
    reason. Checks of whole numbers are ``run_issue``'s.
    """
    order = {unit.id: index for index, unit in enumerate(catalog.units)}
    found = sorted(
        _findings(catalog, remembering(context), _chosen(only), ahead), key=lambda found: order.get(found.unit, -1)
    )
    return iter(found)


def begin(context_of: Callable[[Catalog], CheckContext], *, only: Iterable[str] = ()) -> Ahead:
    """What ``run`` may take as ``ahead``: it follows a catalog that is being read; see ``Ahead``."""
    return Ahead(by_piece(_chosen(only)), context_of)


def run_issue(
    issue: Issue, parts: Sequence[Part], context: CheckContext, *, only: Iterable[str] = ()
) -> Iterator[Finding]:
    """The findings that only the whole number shows (order, names across articles), not those of ``run``."""
    for check in _chosen(only):
        if check.scope == "issue":
            for fault in check.on_issue(issue, parts, context):
                yield finding(check, fault, fault.part.catalog if fault.part else None)


def _findings(
    catalog: Catalog, context: CheckContext, checks: Sequence[Check], ahead: Ahead | None
) -> Iterator[Finding]:
    """The findings piece by piece, then those of each article-wide check."""
    of_pieces = by_piece(checks)
    of_articles = [check for check in checks if check.scope == "article"]
    alone = [check for check in of_articles if check not in of_pieces]
    parts, stop = ahead.begun(catalog, of_pieces) if ahead else ([], 0)
    rest, _stop = cut(catalog, stop)
    whole = Groups(lambda: itertools.chain.from_iterable((*parts, *rest)))
    processes = sharing.workers(len(catalog.units))
    waiting = rest if of_pieces else []
    first = [look_first(waiting[0], catalog, context, of_pieces)] if waiting and processes > 1 and not parts else []
    # The longest first, so that all processes end at about the same time.
    work = [functools.partial(look_at_whole, check, catalog, whole, context) for check in alone]
    work += [functools.partial(look, part, catalog, context, of_pieces) for part in waiting[len(first) :]]
    done = sharing.in_order(work, processes)
    pieces = [*(ahead.results() if parts and ahead else first), *done[len(alone) :]]
    yield from itertools.chain.from_iterable(piece.findings for piece in pieces)
    found = dict(zip((check.name for check in alone), done, strict=False))
    for check in of_articles:
        if check.name in found:
            yield from found[check.name].findings
        else:
            yield from of_article(check, pieces, catalog, whole, context)
