"""What a translation memory holds, and what of a catalog may go into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compiler_flow.memory.normal import folded
from compiler_flow.model import MERGED_DOWN, MERGED_UP, Catalog, State
from compiler_flow.text import digest


@dataclass(frozen=True, slots=True)
class Entry:
    """A translated sentence. ``previous`` and ``next`` are ``context`` of its neighbours; ``at`` is ISO 8601.

    ``by`` names who translated it, ``article`` where it stands.
    """

    source: str
    target: str
    article: str = ""
    unit: str = ""
    previous: str = ""
    next: str = ""
    at: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A catalog as ``Store.learn`` takes it: under which name, when and by whom, and the stamp of its file."""

    catalog: Catalog
    article: str
    at: str
    by: str = ""
    stamp: str = ""


def context(text: str) -> str:
    """A neighbour's source as a short digest; empty at the edge of an article."""
    return digest(folded(text), length=12) if text else ""


def learnable(catalog: Catalog, *, at: str = "", article: str = "", by: str = "") -> Iterator[Entry]:
    """The entries that a catalog teaches: units a person took responsibility for.

    Drafts are nobody's, and ``〔略〕``, ``〔并〕``, ``〔并下〕`` are no translations. A unit that others were merged
    into is left out too: its text says more than its source. ``article`` names the catalog in the memory (default:
    its own name).
    """
    units = catalog.units
    for index, unit in enumerate(units):
        if unit.state is not State.TRANSLATED or unit.plural or _takes_in_others(catalog, index):
            continue
        yield Entry(
            source=unit.source,
            target=unit.target,
            article=article or catalog.article,
            unit=unit.id,
            previous=context(units[index - 1].source if index else ""),
            next=context(units[index + 1].source if index + 1 < len(units) else ""),
            at=at,
            by=by,
        )


def _takes_in_others(catalog: Catalog, index: int) -> bool:
    """Whether a neighbour is ``〔并〕`` into this unit from below, or ``〔并下〕`` from above."""
    units = catalog.units
    below = units[index + 1].target.strip() if index + 1 < len(units) else ""
    above = units[index - 1].target.strip() if index else ""
    return below == MERGED_UP or above == MERGED_DOWN
