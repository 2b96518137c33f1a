"""The findings of a catalog that changed a little: what a person waits for after every edit.

Checks of units look at a group and nothing beside it, so groups that are as before keep their findings; checks of the
article run again. The result is that of ``checks.run`` on the new catalog.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from compiler_flow.checks import CHECKS, run
from compiler_flow.checks.base import carriers
from compiler_flow.model import DECISIONS, Catalog, CheckContext, Finding, State, Unit

_RENDERED = frozenset({State.TRANSLATED, State.DRAFT})


def run_again(
    before: Catalog, findings: Sequence[Finding], after: Catalog, context: CheckContext
) -> tuple[Finding, ...]:
    """What ``run(after, context)`` finds, given that ``run(before, context)`` found ``findings``.

    The context must be the same: another glossary or another setting asks for ``run``. So does a catalog in which most
    groups changed; then this is one.
    """
    old, new = _groups(before), _groups(after)
    changed = {name for name, members in new.items() if old.get(name) != members}
    if len(changed) > len(new) / 2 or before.source_language != after.source_language:
        return tuple(run(after, context))
    scopes = {name: CHECKS[name].scope for name in CHECKS}
    kept = [found for found in findings if scopes.get(found.check) == "unit" and _stands(found, new, changed)]
    of_article = [name for name, scope in scopes.items() if scope == "article"]
    fresh = list(run(after, context, only=of_article))
    if changed:
        of_units = [name for name, scope in scopes.items() if scope == "unit"]
        # A group is cut out whole, with what stands between its members, so that it stays the group it is.
        for part in _cut(after, changed):
            fresh += run(replace(after, units=part), context, only=of_units)
    lines = {unit.id: unit.line for unit in after.units}
    order = {unit.id: index for index, unit in enumerate(after.units)}
    rank = {name: index for index, name in enumerate(CHECKS)}
    found = [
        dataclasses.replace(one, line=lines.get(one.unit, 0), path=after.path) if one.unit else one
        for one in (*kept, *fresh)
    ]
    return tuple(sorted(found, key=lambda one: (order.get(one.unit, -1), scopes[one.check] != "unit", rank[one.check])))


def _stands(found: Finding, groups: dict[str, tuple[Unit, ...]], changed: set[str]) -> bool:
    return found.unit in groups and found.unit not in changed


def _groups(catalog: Catalog) -> dict[str, tuple[Unit, ...]]:
    """The units that have a translation of their own, by id, each with the units that are rendered in it."""
    if not any(unit.target.strip() in DECISIONS for unit in catalog.units):
        return {unit.id: (unit,) for unit in catalog.units if unit.state in _RENDERED}
    members: dict[str, list[Unit]] = {}
    for unit, carrier in zip(catalog.units, carriers(catalog.units), strict=True):
        if carrier is not None and catalog.units[carrier].state in _RENDERED:
            members.setdefault(catalog.units[carrier].id, []).append(unit)
    return {name: tuple(units) for name, units in members.items()}


def _cut(catalog: Catalog, changed: Iterable[str]) -> Iterator[tuple[Unit, ...]]:
    places: dict[str, list[int]] = {}
    for index, carrier in enumerate(carriers(catalog.units)):
        if carrier is not None:
            places.setdefault(catalog.units[carrier].id, []).append(index)
    for name in changed:
        yield catalog.units[min(places[name]) : max(places[name]) + 1]
