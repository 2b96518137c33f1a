"""A catalog in pieces that can be checked apart, one after the other or in several processes.

What is rendered together (〔并〕, 〔并下〕) stays in one piece. Article-wide checks with a sieve are shown only what it
lets through of the pieces, and nothing where the notes of all pieces say that they are silent.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

from compiler_flow.checks import sharing
from compiler_flow.checks.base import Check, Fault, Group, groups, waivers
from compiler_flow.checks.stretch import Stretch
from compiler_flow.model import DECISIONS, Catalog, CheckContext, Finding, Severity, Unit

# A draft is reported as a draft; what else is wrong with it must not close the gate a second time.
_DRAFT_CHECKS = frozenset({"draft-left"})


@dataclass(frozen=True, slots=True)
class Piece:
    """What came of a piece: findings, of article-wide checks the groups to be shown and their notes.

    Groups are named by their numbers among the ``size`` groups of the piece.
    """

    findings: list[Finding]
    size: int = 0
    shown: dict[str, list[int]] = field(default_factory=dict)
    gathered: dict[str, Any] = field(default_factory=dict)


class Groups(Sequence[Group]):
    """Groups that are found when they are first asked for: many checks only look at units, and others elsewhere."""

    def __init__(self, found: Callable[[], Iterable[Group]]) -> None:
        self._found = found

    @functools.cached_property
    def _all(self) -> tuple[Group, ...]:
        return tuple(self._found())

    def __len__(self) -> int:
        return len(self._all)

    @overload
    def __getitem__(self, index: int) -> Group: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Group]: ...
    def __getitem__(self, index: int | slice) -> Group | Sequence[Group]:
        return self._all[index]

    def __iter__(self) -> Iterator[Group]:
        return iter(self._all)


def by_piece(checks: Iterable[Check]) -> list[Check]:
    """Those of ``checks`` that look at pieces."""
    return [check for check in checks if check.scope == "unit" or check.sieve or check.gather]


def cut(catalog: Catalog, first: int = 0, stop: int | None = None) -> tuple[list[Groups], int]:
    """The groups of pieces of ``sharing.PIECE`` units or a few more, from the unit ``first`` on, and the unit behind.

    ``stop`` may be anywhere among the units; the last piece ends before it, where a piece may end.
    """
    units = catalog.units
    parts: list[Groups] = []
    while first < (len(units) if stop is None else stop):
        last = min(first + sharing.PIECE, len(units))
        while last < len(units) and (_is_decision(units[last - 1]) or _is_decision(units[last])):
            last += 1
        if stop is not None and last > stop:
            break
        parts.append(Groups(functools.partial(groups, dataclasses.replace(catalog, units=units[first:last]))))
        first = last
    return parts, first


def _is_decision(unit: Unit) -> bool:
    return unit.target.strip() in DECISIONS


def look(grouped: Sequence[Group], catalog: Catalog, context: CheckContext, checks: Sequence[Check]) -> Piece:
    """What ``checks``, those that look at pieces, say of a piece of ``catalog``."""
    stretch = Stretch(grouped)
    found: list[tuple[int, Finding]] = []
    shown: dict[str, list[int]] = {}
    gathered = {check.name: check.gather(stretch, context) for check in checks if check.gather}
    for check in checks:
        if check.scope == "article":
            shown[check.name] = sorted(check.sieve(stretch, context)) if check.sieve else []
            continue
        for number in sorted(check.sieve(stretch, context)) if check.sieve else stretch.all():
            group = grouped[number]
            for fault in check.on_group(group, context):
                found.append((number, finding(check, dataclasses.replace(fault, where=group), catalog)))
    # Of each group all, in the order of the checks.
    found.sort(key=operator.itemgetter(0))
    return Piece([one for _number, one in found], len(grouped), shown, gathered)


def look_first(grouped: Sequence[Group], catalog: Catalog, context: CheckContext, checks: Sequence[Check]) -> Piece:
    """``look`` before the work is shared: what is built, compiled and remembered now, no process has to do again."""
    if grouped:
        context.target_terms(grouped[0].rendered.text)
    return look(grouped, catalog, context, checks)


def remembering(context: CheckContext) -> CheckContext:
    """``context`` whose term searches remember what they found: several checks of a piece ask for the same texts."""
    remembered = functools.lru_cache(maxsize=4 * sharing.PIECE)
    return dataclasses.replace(
        context, source_terms=remembered(context.source_terms), target_terms=remembered(context.target_terms)
    )


def look_at_whole(check: Check, catalog: Catalog, grouped: Sequence[Group], context: CheckContext) -> Piece:
    """What an article-wide check says of ``catalog``, shown the groups of it that ``grouped`` are."""
    return Piece([finding(check, fault, catalog) for fault in check.on_catalog(catalog, grouped, context)])


def of_article(
    check: Check, pieces: Sequence[Piece], catalog: Catalog, grouped: Sequence[Group], context: CheckContext
) -> list[Finding]:
    """What an article-wide check says that looked at the ``pieces`` of ``catalog``, whose groups are ``grouped``."""
    if check.is_silent and check.is_silent([piece.gathered[check.name] for piece in pieces]):
        return []
    if check.sieve:
        starts = itertools.accumulate((piece.size for piece in pieces), initial=0)
        shown = ((start, piece.shown[check.name]) for start, piece in zip(starts, pieces, strict=False))
        numbers = [start + number for start, numbers in shown for number in numbers]
        grouped = [grouped[number] for number in numbers]
    return look_at_whole(check, catalog, grouped, context).findings


def finding(check: Check, fault: Fault, catalog: Catalog | None) -> Finding:
    """``fault`` with its place, its severity and its waiver."""
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
