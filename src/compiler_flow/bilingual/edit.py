"""One unit changed by a person in our own page, by the rules that Poedit keeps, so that nobody sees a difference.

An edit names the text that its author saw. Where the file says something else by now, both texts are handed back
(``Clash``): nothing is ever written over unseen.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from compiler_flow.model import Catalog, Unit
from compiler_flow.text import clean, digest


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to become of the unit ``unit``.

    ``seen`` is ``mark`` of the unit as it was when its author looked. ``None`` leaves ``target``,
    ``fuzzy`` or ``comments`` as they are. ``comments`` is a change of the lines, so that one's new line and another's
    both stay.
    """

    unit: str
    seen: str
    target: str | None = None
    fuzzy: bool | None = None
    comments: Callable[[tuple[str, ...]], tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody changed the unit meanwhile: ``now`` is what it is (``None``: it went), ``mine`` what was not written."""

    unit: str
    now: Unit | None
    mine: str


def mark(unit: Unit) -> str:
    """A short digest of what a unit's translation is and whether it is a draft."""
    return digest(unit.target, str(unit.fuzzy))


def edit(catalog: Catalog, change: Edit) -> Catalog | Clash:
    """``catalog`` with the change, or what stands in its way.

    Typing accepts a draft unless ``fuzzy`` says otherwise, and an accepted draft loses the previous source, as in
    Poedit; an empty translation is no draft. A change that is there already is none, whoever made it.
    """
    at = next((index for index, unit in enumerate(catalog.units) if unit.id == change.unit), None)
    if at is None:
        return Clash(change.unit, None, change.target or "")
    old = catalog.units[at]
    new = _changed(old, change)
    if new == old:
        return catalog
    touches_text = (new.target, new.fuzzy) != (old.target, old.fuzzy)
    if touches_text and mark(old) != change.seen:
        return Clash(change.unit, old, new.target)
    return dataclasses.replace(catalog, units=(*catalog.units[:at], new, *catalog.units[at + 1 :]))


def _changed(unit: Unit, change: Edit) -> Unit:
    target = unit.target if change.target is None else clean(change.target).strip("\n")
    typed = target != unit.target
    fuzzy = change.fuzzy if change.fuzzy is not None else unit.fuzzy and not typed
    if not target.strip():
        target, fuzzy = "", False
    comments = change.comments(unit.comments) if change.comments else unit.comments
    previous = unit.previous if fuzzy or (unit.fuzzy == fuzzy and not typed) else ""
    return dataclasses.replace(unit, target=target, fuzzy=fuzzy, previous=previous, comments=comments)
