"""``omission-undeclared``: a text left out in a way that neither tools nor readers can see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group, carriers
from compiler_flow.i18n import gettext as _
from compiler_flow.model import MERGED_DOWN, OMITTED, Catalog, CheckContext, Severity, State, Unit

_LOOKS_OMITTED = re.compile(
    r"\s*(?:[〔（(【\[［]\s*(?:略去?|省略|从略|删节?|此处省略|下略|上略|并入?)\s*[〕）)】\]］]|略|从略|省略|…+|\.{2,}|-+|—+|/|无|N/?A)\s*[。.]?\s*"
)


def _run(catalog: Catalog, _grouped: Sequence[Group], _context: CheckContext) -> Iterator[Fault]:
    for unit, carrier in zip(catalog.units, carriers(catalog.units), strict=True):
        if unit.state is State.MERGED and carrier is None:
            yield Fault(
                _("There is no unit that this could be rendered in: its text is lost."),
                span=(0, len(unit.target)),
                where=unit,
            )
        elif unit.state in (State.TRANSLATED, State.DRAFT) and _is_hidden(unit):
            yield Fault(
                _("A unit that is left out on purpose is written {mark}.").format(mark=OMITTED),
                span=(0, len(unit.target)),
                fix=OMITTED,
                where=unit,
            )


def _is_hidden(unit: Unit) -> bool:
    # The longest of these marks has eight characters.
    if len(unit.target) > 12 or not _LOOKS_OMITTED.fullmatch(unit.target):
        return False
    return sum(char.isalpha() for char in unit.source) > 3


CHECK = Check(
    name="omission-undeclared",
    severity=Severity.ERROR,
    scope="article",
    summary="A unit is left out without the mark that says so.",
    explanation=(
        "A compilation declares what it leaves out (CY/T 123-2015: 如有删略，应做必要说明). The number says "
        "编译，有删节 where units are 〔略〕; a unit that holds only “略”, “（略）”, “…” or a dash would be printed, "
        "and a 〔并〕 without a unit to be rendered in is lost without a trace."
    ),
    run=_run,
    good=(
        Example("The talks ended.", "〔略〕"),
        Example("...", "……"),
        Example(units=(Unit("a", "They met.", "他们会晤并交谈。"), Unit("b", "They talked.", "〔并〕"))),
    ),
    bad=(
        Example("The talks ended.", "（略）", fix="〔略〕"),
        Example("The talks ended.", "……"),
        Example("The talks ended.", MERGED_DOWN, spot=MERGED_DOWN),
        Example(units=(Unit("a", "They met.", "〔并〕"), Unit("b", "They talked.", "他们交谈。"))),
    ),
)
