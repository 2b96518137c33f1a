"""``draft-unedited``: a draft that was accepted as it came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Origin, OriginKind, Severity, Unit
from compiler_flow.text import digest

_DRAFT = "会谈结束。"
_ENGINE = Origin(OriginKind.ENGINE, by="argos", digest=digest(_DRAFT))
_EXACT = Origin(OriginKind.MEMORY, score=100, digest=digest(_DRAFT))


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    return (number for number, group in enumerate(stretch.groups) if group.unit.origin)


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    origin = group.unit.origin
    if group.is_draft or origin is None or not origin.digest or origin.digest != digest(group.target):
        return
    if origin.kind is OriginKind.ENGINE:
        yield Fault(_("This is the machine's draft, accepted without a change."))
    elif origin.kind is OriginKind.MEMORY and origin.score < 100:
        yield Fault(_("This is the memory's draft for another sentence, accepted without a change."))


CHECK = Check(
    name="draft-unedited",
    severity=Severity.INFO,
    scope="unit",
    summary="A draft was accepted without a change.",
    explanation=(
        "The text is still, to the letter, what an engine or a fuzzy match of the memory proposed. It may be right; "
        "a second look costs little. Exact matches of the memory are passed over: a person wrote those."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example(units=(Unit("a", "The talks ended.", "会谈已结束。", origin=_ENGINE),)),
        Example(units=(Unit("a", "The talks ended.", _DRAFT, origin=_EXACT),)),
        Example(units=(Unit("a", "The talks ended.", _DRAFT, fuzzy=True, origin=_ENGINE),)),
    ),
    bad=(Example(units=(Unit("a", "The talks ended.", _DRAFT, origin=_ENGINE),)),),
)
