"""What could stand in one unit: matches of the memory and a draft of the engine, to look at and to take."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from compiler_flow.errors import CompilerFlowError
from compiler_flow.flow import models, remembering
from compiler_flow.flow.terminology import Terminology
from compiler_flow.model import Catalog, Match, Unit
from compiler_flow.project import Workspace


@dataclass(frozen=True, slots=True)
class Proposals:
    """Proposals for a unit. ``note`` says what looks wrong with the draft, ``trouble`` why something is missing."""

    matches: tuple[Match, ...] = ()
    draft: str = ""
    draft_by: str = ""
    note: str = ""
    trouble: tuple[str, ...] = ()


def propose(workspace: Workspace, terms: Terminology, catalog: Catalog, unit: str, article: str) -> Proposals:
    """Proposals for the unit with that id; what this article itself taught the memory is left out.

    ``article`` is the article's name in the memory. A memory or an engine that cannot work is told as ``trouble``.
    """
    at = next((index for index, one in enumerate(catalog.units) if one.id == unit), None)
    if at is None:
        return Proposals()
    trouble: list[str] = []
    matches: tuple[Match, ...] = ()
    try:
        matches = _matches(workspace, catalog, at, article)
    except CompilerFlowError as error:
        trouble.append(str(error))
    drafted = Unit(unit, catalog.units[at].source)
    try:
        drafted = _drafted(workspace, terms, catalog, at)
    except CompilerFlowError as error:
        trouble.append(str(error))
    origin = drafted.origin
    by = " ".join(filter(None, (origin.by, origin.model))) if origin else ""
    return Proposals(matches, drafted.target, by, origin.note if origin else "", tuple(trouble))


def _matches(workspace: Workspace, catalog: Catalog, at: int, article: str) -> tuple[Match, ...]:
    around = [catalog.units[place].source if 0 <= place < len(catalog.units) else "" for place in (at - 1, at + 1)]
    with remembering.level(workspace) as memory:
        found = memory.lookup(
            catalog.units[at].source,
            catalog.source_language,
            catalog.target_language,
            previous=around[0],
            next=around[1],
            limit=6,
        )
    own = catalog.units[at].target
    return tuple(match for match in found if match.article != article or match.target != own)[:5]


def _drafted(workspace: Workspace, terms: Terminology, catalog: Catalog, at: int) -> Unit:
    from compiler_flow import prefill

    unit = dataclasses.replace(catalog.units[at], target="", fuzzy=False, origin=None)
    (filled,) = prefill.prefill_all(
        [dataclasses.replace(catalog, units=(unit,))], matcher_for=terms.matcher, engine=models.load_engine(workspace)
    )
    return filled.units[0]


def memory_name(issue: str, article: str) -> str:
    """An article's name in the memory."""
    return f"{issue}/{article}"
