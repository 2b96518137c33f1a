"""The original of a name in brackets at its first mention in an article: ``汉诺·佩夫库尔（Hanno Pevkur）``.

The drafts bring it along where the house rule wants it (``terms.first_text``), so that the translator need not.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from compiler_flow import inline
from compiler_flow.model import METADATA_ROLES, Catalog, OriginKind, Role, State, Term, TermHit, Unit
from compiler_flow.prefill.drafts import TermFinder
from compiler_flow.terms import first_text, fold_rendering, is_rendered, renderings
from compiler_flow.text import digest

_EXEMPT = frozenset({*METADATA_ROLES, Role.HEADING})


def introduced(catalog: Catalog, fresh: Collection[int], finder: TermFinder | None) -> Catalog:
    """``catalog`` with originals added in the engine's drafts among the units ``fresh``, where they are first mentions.

    A mention is a body unit that names the term in its source and renders it; what people wrote or left out before
    counts as it stands and is not changed.
    """
    if finder is None or not fresh:
        return catalog
    units = list(catalog.units)
    seen: set[Term] = set()
    for index, unit in enumerate(units):
        if (unit.spot and unit.spot.role in _EXEMPT) or unit.state in {State.EMPTY, State.OMITTED, State.MERGED}:
            continue
        source = inline.plain(unit.source)
        by_engine = index in fresh and unit.origin is not None and unit.origin.kind is OriginKind.ENGINE
        for hit in finder.source(source):
            if hit.term in seen or not is_rendered(hit.term, fold_rendering(unit.target)):
                continue
            seen.add(hit.term)
            if by_engine:
                units[index] = _with_original(units[index], hit, source)
    return replace(catalog, units=tuple(units))


def _with_original(unit: Unit, hit: TermHit, source: str) -> Unit:
    original = source[hit.start : hit.end]
    known = original in (hit.term.source, *hit.term.aliases) and not hit.partial
    wanted = first_text(hit.term, original if known else "")
    # The longest rendering that stands there is replaced once: the first text has the full name in it.
    standing = next((text for text in sorted(renderings(hit.term), key=len, reverse=True) if text in unit.target), "")
    if not wanted or not standing or wanted in unit.target or unit.origin is None:
        return unit
    target = unit.target.replace(standing, wanted, 1)
    return replace(unit, target=target, origin=replace(unit.origin, digest=digest(target)))
