"""``waiver-unclear``: a line 免检 that waives nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group, waiver_lines
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Severity, Unit


def _run(catalog: Catalog, _grouped: Sequence[Group], _context: CheckContext) -> Iterator[Fault]:
    yield from _of((catalog.comment,), None)
    for unit in catalog.units:
        if unit.comments:
            yield from _of(unit.comments, unit)


def _of(comments: Sequence[str], unit: Unit | None) -> Iterator[Fault]:
    for line in waiver_lines(comments):
        if line.names is None:
            yield Fault(
                _("“{line}” waives nothing: write the name of the check, a colon and the reason.").format(
                    line=line.text
                ),
                where=unit,
            )
            continue
        for name in line.names:
            if name not in _known():
                near = difflib.get_close_matches(name, _known(), n=1)
                yield Fault(
                    _("“{line}” waives nothing: there is no check “{name}”.").format(line=line.text, name=name),
                    where=unit,
                    fix=near[0] if near else "",
                )


def _known() -> tuple[str, ...]:
    # The table of checks imports the checks when it is asked for one.
    from compiler_flow.checks import CHECKS

    return tuple(CHECKS)


CHECK = Check(
    name="waiver-unclear",
    severity=Severity.WARNING,
    scope="article",
    summary="A line 免检 names no check, or gives no reason.",
    explanation=(
        "A finding is waived by a comment line of the unit: 免检, the name of the check or several with a comma, a "
        "colon, the reason (免检 number: 原文如此). Without a reason, or with a name that no check has, the line "
        "does nothing, and its author should know."
    ),
    run=_run,
    good=(
        Example(units=(Unit("a", "It rained.", "下雨了。", comments=("免检 number: 原文如此",)),)),
        Example(units=(Unit("a", "It rained.", "下雨了。", comments=("免检 number、term-count：原文如此",)),)),
        Example(units=(Unit("a", "It rained.", "下雨了。", comments=("译者：此处可否免检？",)),)),
    ),
    bad=(
        Example(units=(Unit("a", "It rained.", "下雨了。", comments=("免检 number",)),)),
        Example(units=(Unit("a", "It rained.", "下雨了。", comments=("免检 nubmer: 原文如此",)),), fix="number"),
        Example(units=(Unit("a", "It rained.", "下雨了。", comments=("免检：原文如此",)),)),
    ),
)
