"""``draft-left``: a draft that no person has taken over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Origin, OriginKind, Severity, State, Unit


def _message(origin: Origin | None) -> str:
    match origin.kind if origin else None:
        case OriginKind.ENGINE:
            return _("This is a machine draft that nobody has taken over.")
        case OriginKind.MEMORY:
            return _("This is a draft from the translation memory that nobody has taken over.")
        case OriginKind.CHANGED:
            return _("The original changed after this was translated: compare, then clear the mark.")
        case _:
            return _("This is marked as needing work.")


def _run(catalog: Catalog, _grouped: Sequence[Group], _context: CheckContext) -> Iterator[Fault]:
    for unit in catalog.units:
        if unit.fuzzy and unit.state is State.DRAFT:
            yield Fault(_message(unit.origin), where=unit)


CHECK = Check(
    name="draft-left",
    severity=Severity.ERROR,
    scope="article",
    summary="A draft still waits for a person.",
    explanation=(
        "Drafts (“Needs Work” in Poedit, fuzzy in PO) come from an engine, from the memory, or because the original "
        "changed. Read the unit, mend it, and clear the mark: that is how a person answers for it. Other checks "
        "report faults of drafts as warnings at most."
    ),
    run=_run,
    good=(Example("The talks ended.", "会谈结束。"), Example("The talks ended.", "")),
    bad=(
        Example(units=(Unit("a", "The talks ended.", "会谈结束。", fuzzy=True, origin=Origin(OriginKind.ENGINE)),)),
        Example(units=(Unit("a", "The talks ended.", "会谈结束。", fuzzy=True),)),
    ),
)
