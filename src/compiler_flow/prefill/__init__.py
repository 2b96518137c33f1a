"""Filling empty units with drafts: from repeats, from the memory, from the glossary, from an engine, in this order.

Pure, given its parts: catalogs in, catalogs out. Only empty units are filled, and drafts that nobody touched where a
person has translated the sentence since, in this number or another (and, when asked, all of these are renewed). Every
draft is fuzzy and says where it came from: a person takes responsibility, also for an exact match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from compiler_flow import inline
from compiler_flow.engines.base import HERE, Engine, Executor
from compiler_flow.model import (
    Catalog,
    Draft,
    Match,
    Origin,
    OriginKind,
    Role,
    State,
    Term,
    TermNote,
    Unit,
)
from compiler_flow.prefill import notes, repair
from compiler_flow.prefill.drafts import Drafter, Progress, TermFinder
from compiler_flow.prefill.mentions import introduced
from compiler_flow.terms import agreed, renderings
from compiler_flow.text import base_language, digest, fold_spaces

THRESHOLD = 75
_EXACT = 100
GLOSSARY = "术语表"
# Names of people and sites are not for a model to guess.
_NO_ENGINE = frozenset({Role.AUTHOR, Role.SITE})


class Recall(Protocol):
    """What is needed of ``memory.Memory``."""

    def lookup(
        self,
        text: str,
        source_language: str,
        target_language: str,
        *,
        previous: str = "",
        next: str = "",
        threshold: int = 75,
    ) -> tuple[Match, ...]:
        """The best translations known, best first."""


@dataclass(frozen=True, slots=True)
class _Proposal:
    text: str
    origin: Origin


def prefill(
    catalog: Catalog,
    *,
    memory: Recall | None = None,
    matcher: TermFinder | None = None,
    engine: Engine | None = None,
    executor: Executor = HERE,
    renew: bool = False,
    threshold: int = THRESHOLD,
    progress: Progress | None = None,
) -> Catalog:
    """``catalog`` with drafts in its empty units; see ``prefill_all``."""
    (filled,) = prefill_all(
        [catalog],
        memory=memory,
        matcher_for=lambda _language: matcher,
        engine=engine,
        executor=executor,
        renew=renew,
        threshold=threshold,
        progress=progress,
    )
    return filled


def prefill_all(
    catalogs: Sequence[Catalog],
    *,
    memory: Recall | None = None,
    matcher_for: Callable[[str], TermFinder | None] = lambda _language: None,
    engine: Engine | None = None,
    executor: Executor = HERE,
    renew: bool = False,
    threshold: int = THRESHOLD,
    progress: Progress | None = None,
) -> tuple[Catalog, ...]:
    """The catalogs of a number with drafts in their empty units; all sentences of a language go to the engine together.

    ``matcher_for(source language)`` gives the glossary's matcher. ``executor`` says where the engine works: here, in
    other processes, on other machines, from a cache. ``renew`` also replaces drafts of engine or memory whose text is
    still the proposed one. ``threshold`` is the least percentage of a fuzzy match. ``progress(done, known)`` counts the
    engine's texts.

    Where ``engine`` has no model for a language the units stay empty: ask ``engine.can`` to tell the user. Raises what
    the engine and the memory raise.
    """
    finders = {catalog.source_language: matcher_for(catalog.source_language) for catalog in catalogs}
    repeats = _repeats(catalogs)
    wanted = [_open(catalog, renew, repeats, memory) for catalog in catalogs]
    proposals: list[dict[int, _Proposal]] = []
    for catalog, indexes in zip(catalogs, wanted, strict=True):
        finder = finders[catalog.source_language]
        found = {index: _known(catalog, index, memory, finder, repeats, threshold) for index in indexes}
        proposals.append({index: proposal for index, proposal in found.items() if proposal})
    if engine is not None:
        _ask(engine, catalogs, wanted, proposals, finders, executor, progress)
    return tuple(
        introduced(_filled(catalog, chosen), chosen.keys(), finders[catalog.source_language])
        for catalog, chosen in zip(catalogs, proposals, strict=True)
    )


def annotate(catalog: Catalog, matcher: TermFinder) -> Catalog:
    """``catalog`` with fresh glossary lines at every unit: each term once, in the order of the source."""
    units = []
    for unit in catalog.units:
        text = inline.plain(unit.source)
        lines = {text[hit.start : hit.end]: agreed(hit) for hit in matcher.source(text)}
        units.append(replace(unit, terms=tuple(TermNote(name, target) for name, target in lines.items())))
    return replace(catalog, units=tuple(units))


def with_unverified(catalog: Catalog, before: Catalog, proposed: Sequence[Term]) -> Catalog:
    """``catalog`` with 译名待核 in the notes of the drafts made since ``before`` that have a proposed name in them."""
    units = []
    for old, unit in zip(before.units, catalog.units, strict=True):
        if unit.origin is not None and unit.fuzzy and unit.target != old.target:
            lines = [
                f"译名待核：{term.source} → {term.target}"
                for term in proposed
                if term.source in unit.source and any(map(unit.target.__contains__, renderings(term)))
            ]
            note = notes.joined([unit.origin.note, *lines])
            unit = replace(unit, origin=replace(unit.origin, note=note))  # noqa: PLW2901
        units.append(unit)
    return replace(catalog, units=tuple(units))


def _open(catalog: Catalog, renew: bool, repeats: _Repeats, memory: Recall | None) -> list[int]:
    """The units that may be filled."""
    return [
        index
        for index, unit in enumerate(catalog.units)
        if not unit.plural
        and (
            unit.state is State.EMPTY
            or (is_untouched(unit) and (renew or _is_overtaken(catalog, index, repeats, memory)))
        )
    ]


def _is_overtaken(catalog: Catalog, index: int, repeats: _Repeats, memory: Recall | None) -> bool:
    """Whether a person has translated the sentence otherwise than its draft has it: in this number or another.

    What was said in another number overtakes engines and fuzzy matches only: the draft may be a person's word already.
    """
    unit = catalog.units[index]
    if (said := _said(catalog, unit, repeats)) is not None:
        return said.target != unit.target
    if unit.origin is None or unit.origin.score >= _EXACT:
        return False
    found = _recalled(catalog, index, memory, _EXACT)
    return bool(found) and found[0].score >= _EXACT and found[0].target != unit.target


def is_untouched(unit: Unit) -> bool:
    """Whether a unit holds a draft of an engine or the memory exactly as it was proposed.

    A draft whose source changed holds a person's words and is not one of these.
    """
    return (
        unit.state is State.DRAFT
        and unit.origin is not None
        and unit.origin.kind is not OriginKind.CHANGED
        and unit.origin.digest == digest(unit.target)
    )


_Repeats = dict[tuple[str, str, str], list[tuple[str, str]]]


def _repeats(catalogs: Iterable[Catalog]) -> _Repeats:
    """(languages, source) → (article, translation) for all that people translated in these catalogs."""
    found: _Repeats = {}
    for catalog in catalogs:
        for unit in catalog.units:
            if unit.state is State.TRANSLATED and not unit.plural:
                found.setdefault(_key(catalog, unit), []).append((catalog.article, unit.target))
    return found


def _key(catalog: Catalog, unit: Unit) -> tuple[str, str, str]:
    return (base_language(catalog.source_language), base_language(catalog.target_language), fold_spaces(unit.source))


def _known(
    catalog: Catalog, index: int, memory: Recall | None, finder: TermFinder | None, repeats: _Repeats, threshold: int
) -> _Proposal | None:
    """What people said before: exact in context, a repeat, exact, a glossary entry as a whole, fuzzy; in this order."""
    unit = catalog.units[index]
    found = _recalled(catalog, index, memory, threshold)
    if found and found[0].score > _EXACT:
        return match_proposal(found[0])
    # A number speaks with one voice: what was said in it goes before what was said in others.
    if said := _said(catalog, unit, repeats):
        return match_proposal(said)
    if found and found[0].score >= _EXACT:
        return match_proposal(found[0])
    if text := _entry(unit, finder):
        return match_proposal(Match(unit.source, text, _EXACT, GLOSSARY))
    match = repair.best(found, unit.source, catalog.source_language, finder)
    return match_proposal(match) if match else None


def _said(catalog: Catalog, unit: Unit, repeats: _Repeats) -> Match | None:
    """What people say for this sentence in the number: in the same article, else what most of them say."""
    said = repeats.get(_key(catalog, unit), [])
    if not said:
        return None
    counted = Counter(text for _article, text in said)
    own = (text for article, text in said if article == catalog.article)
    text = next(own, "") or counted.most_common(1)[0][0]
    article = next(name for name, one in said if one == text)
    others = [f"另有译法：{one}（{name}）" for name, one in said if one != text]
    return Match(unit.source, text, _EXACT, article, note="；".join(dict.fromkeys(others)))


def match_proposal(match: Match) -> _Proposal:
    """A memory match as a draft."""
    origin = Origin(
        OriginKind.MEMORY,
        match.article,
        score=match.score,
        digest=digest(match.target),
        note=notes.joined([match.note]),
    )
    return _Proposal(match.target, origin)


def _recalled(catalog: Catalog, index: int, memory: Recall | None, threshold: int) -> tuple[Match, ...]:
    if memory is None:
        return ()
    units = catalog.units
    return memory.lookup(
        units[index].source,
        catalog.source_language,
        catalog.target_language,
        previous=units[index - 1].source if index else "",
        next=units[index + 1].source if index + 1 < len(units) else "",
        threshold=threshold,
    )


def _entry(unit: Unit, finder: TermFinder | None) -> str:
    """The rendering of the glossary entry that the whole unit is, such as an author or a site."""
    text = inline.plain(unit.source).strip()
    hits = finder.source(text) if finder else ()
    return agreed(hits[0]) if len(hits) == 1 and (hits[0].start, hits[0].end) == (0, len(text)) else ""


def _ask(
    engine: Engine,
    catalogs: Sequence[Catalog],
    wanted: Sequence[list[int]],
    proposals: Sequence[dict[int, _Proposal]],
    finders: dict[str, TermFinder | None],
    executor: Executor,
    progress: Progress | None,
) -> None:
    """Add the engine's drafts to ``proposals``; each language pair in one stream, equal sentences once."""
    left = [[index for index in indexes if index not in proposals[number]] for number, indexes in enumerate(wanted)]
    for (source, target), places in _by_sentence(catalogs, left).items():
        if not engine.can(source, target):
            continue
        drafter = Drafter(engine, source, target, finder=finders[source], executor=executor, progress=progress)
        for spots, draft in zip(places.values(), drafter.draft(list(places)), strict=True):
            for number, index in spots if draft.text else ():
                proposals[number][index] = _draft_proposal(draft)


def _by_sentence(
    catalogs: Sequence[Catalog], wanted: Sequence[list[int]]
) -> dict[tuple[str, str], dict[str, list[tuple[int, int]]]]:
    """Language pair → source → (catalog, unit): what is for an engine among the units ``wanted``."""
    asked: dict[tuple[str, str], dict[str, list[tuple[int, int]]]] = {}
    for number, catalog in enumerate(catalogs):
        pair = (catalog.source_language, catalog.target_language)
        for index in wanted[number]:
            unit = catalog.units[index]
            role = unit.spot.role if unit.spot else Role.TEXT
            if role not in _NO_ENGINE and unit.source.strip():
                asked.setdefault(pair, {}).setdefault(unit.source, []).append((number, index))
    return asked


def for_engine(catalogs: Sequence[Catalog]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Language pair → sources: what of the empty units an engine would be asked, each sentence once."""
    repeats = _repeats(catalogs)
    wanted = [_open(catalog, renew=False, repeats=repeats, memory=None) for catalog in catalogs]
    return {pair: tuple(places) for pair, places in _by_sentence(catalogs, wanted).items()}


def _draft_proposal(draft: Draft) -> _Proposal:
    origin = Origin(OriginKind.ENGINE, draft.engine, draft.model, digest=digest(draft.text), note=draft.note)
    return _Proposal(draft.text, origin)


def _filled(catalog: Catalog, proposals: dict[int, _Proposal]) -> Catalog:
    units = list(catalog.units)
    for index, proposal in proposals.items():
        units[index] = replace(units[index], target=proposal.text, fuzzy=True, origin=proposal.origin)
    return replace(catalog, units=tuple(units))


__all__ = [
    "Progress",
    "Recall",
    "TermFinder",
    "annotate",
    "for_engine",
    "is_untouched",
    "prefill",
    "prefill_all",
    "with_unverified",
]
