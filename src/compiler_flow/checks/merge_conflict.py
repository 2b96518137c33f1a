"""``merge-conflict``: two people translated a unit and nobody has decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CONFLICT, Catalog, CheckContext, Severity, Unit

_THEIRS = "冲突（来自 李四）：各方签署了协议。"
_OTHERS = "冲突（来自 王五 <wang@example.org>）：双方签订协定。"


def _run(catalog: Catalog, _grouped: Sequence[Group], _context: CheckContext) -> Iterator[Fault]:
    # Not of scope unit: what was left out or merged may be in dispute as well.
    for unit in catalog.units:
        for line in unit.comments:
            if line.lstrip().startswith(CONFLICT):
                yield Fault(
                    _("Nobody has decided yet: “{line}”. Choose a text, then delete this comment.").format(
                        line=line.strip()
                    ),
                    where=unit,
                )


CHECK = Check(
    name="merge-conflict",
    severity=Severity.ERROR,
    scope="article",
    summary="A returned file had another translation of this unit, and nobody has decided.",
    explanation=(
        "Where both sides changed a translation, `merge` leaves the one that is here and keeps the other beside it, as "
        "a comment of the unit that begins with 冲突（来自 …）. Compare the two, write what is right, and delete the "
        "comment with all its lines: that ends the finding. Where it must stay, a waiver with its reason does the same."
    ),
    run=_run,
    good=(
        Example("The parties signed an accord.", "双方签署协议。"),
        Example(units=(Unit("a", "The accord was signed.", "协议已签署。", comments=("李四：冲突（来自 何处？）",)),)),
    ),
    bad=(
        Example(units=(Unit("a", "The parties signed an accord.", "双方签署协议。", comments=(_THEIRS,)),)),
        Example(units=(Unit("a", "It was late.", "〔略〕", comments=("译者：可略", _OTHERS, "并换文。")),)),
    ),
)
