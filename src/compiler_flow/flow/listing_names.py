"""The names of a number, and where its articles use a glossary entry: what a reviewer looks up and puts right."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from compiler_flow.flow import naming, terminology
from compiler_flow.flow.desk import Desk, Sheet
from compiler_flow.flow.naming import Namer
from compiler_flow.model import Catalog, CheckContext, State, Term

_PLACES = 20
_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in which a name stands: the article's name, the unit's id, its source and its translation."""

    article: str
    unit: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A name of the number. ``target`` is empty where nobody has rendered it yet.

    ``is_agreed`` says that the rendering is the glossary's. ``places`` are the first units that have the name.
    ``proposals`` are what lists and tables would write (rendering, reason), the best first; ``note`` is what has to be
    done where they cannot say (looking the characters up). ``is_person`` says that it is a person's name for sure.
    """

    source: str
    target: str
    language: str
    is_agreed: bool
    places: tuple[Place, ...] = ()
    proposals: tuple[tuple[str, str], ...] = ()
    note: str = ""
    is_person: bool = False


def of_number(desk: Desk) -> tuple[Listed, ...]:
    """The names of the number: those without a rendering first, then those in no glossary, then the agreed ones."""
    from compiler_flow.assemble import names as first_mentions

    sheets = [sheet for _name, sheet in desk.sheets() if isinstance(sheet, Sheet)]
    contexts = {id(sheet.catalog): sheet.context for sheet in sheets}

    def context_of(catalog: Catalog) -> CheckContext:
        return contexts[id(catalog)]

    found = [
        Listed(name.source, name.target, name.language, name.is_agreed, _places(sheets, name.source))
        for name in first_mentions.names([sheet.loaded.part for sheet in sheets], context_of)
    ]
    known = {one.source.casefold() for one in found}
    # A site or an author is a unit of its own: what was written there is its rendering.
    written = {
        unit.source.casefold(): unit.target
        for sheet in sheets
        for unit in sheet.catalog.units
        if unit.state is State.TRANSLATED
    }
    namer = naming.of_workspace(desk.workspace, desk.terms)
    for one in terminology.candidates(desk.terms, [sheet.catalog for sheet in sheets]):
        if one.source.casefold() not in known:
            rendering = written.get(one.source.casefold(), "")
            places = _places(sheets, one.source)
            found.append(Listed(one.source, rendering, one.lang, is_agreed=False, places=places))
    unique: dict[str, Listed] = {}
    for listed in found:
        # President Ilham Aliyev and Ilham Aliyev are one name.
        shown = listed if listed.is_agreed else _with_proposals(listed, namer, sheets)
        unique.setdefault(shown.source.casefold(), shown)
    return tuple(sorted(unique.values(), key=lambda one: (one.is_agreed, bool(one.target), one.source.casefold())))


def _with_proposals(name: Listed, namer: Namer, sheets: Iterable[Sheet]) -> Listed:
    from compiler_flow import names

    person = names.person_in(name.source)
    countries = {sheet.name: sheet.loaded.part.metadata.country for sheet in sheets}
    country = countries.get(name.places[0].article, "") if name.places else ""
    if not names.is_personal(person) and not names.has_characters(person, country=country):
        return name
    said = namer.suggest(person, article=name.language, country=country)
    offered = tuple((one.target, naming.reason(one)) for one in said.proposals[:_OFFERED])
    return dataclasses.replace(name, source=person, proposals=offered, note=said.note, is_person=True)


def _places(sheets: Iterable[Sheet], name: str) -> tuple[Place, ...]:
    wanted = name.casefold()
    found = (
        Place(sheet.name, unit.id, unit.source, unit.target)
        for sheet in sheets
        for unit in sheet.catalog.units
        if wanted in unit.source.casefold()
    )
    return tuple(place for _number, place in zip(range(_PLACES), found, strict=False))


def uses(desk: Desk, terms: Sequence[Term]) -> dict[int, tuple[Place, ...]]:
    """By the place in ``terms``: the units of the number whose source names the entry."""
    sheets = [sheet for _name, sheet in desk.sheets() if isinstance(sheet, Sheet)]
    places: dict[tuple[str, str], list[Place]] = {(term.source, term.target): [] for term in terms}
    for sheet in sheets if terms else ():
        for unit in sheet.catalog.units:
            named = {(hit.term.source, hit.term.target) for hit in sheet.context.source_terms(unit.source)}
            for key in named & places.keys():
                places[key].append(Place(sheet.name, unit.id, unit.source, unit.target))
    return {number: tuple(places[term.source, term.target]) for number, term in enumerate(terms)}
