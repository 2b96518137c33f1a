"""``ends-differently``: no final mark, a question that became a statement, a headline with a stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Role, Severity, Spot, Unit

_TAIL = re.compile(r"[\s”’\"'）)》」』»\]]+$")
_FINAL = frozenset(".!?…。！？;；:：,，、—~～")


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    source, target = _TAIL.sub("", group.seen.text), _TAIL.sub("", group.rendered.text)
    if not source or not target:
        return
    at = len(target)
    spot = group.rendered.span(at - 1, at)
    if group.role in (Role.TITLE, Role.HEADING):
        if target[-1] == "。" and source[-1] not in ".。":
            yield Fault(_("A headline ends without a full stop."), span=spot)
    elif group.role is Role.TEXT and len(source.split()) > 3:
        if source[-1] == "?" and "？" not in group.rendered.text and "?" not in group.rendered.text:
            yield Fault(_("The source asks a question, the translation does not."), span=spot)
        elif source[-1] in ".!?…" and target[-1].isalnum():
            yield Fault(_("The sentence lacks its final mark."), span=spot, fix=target[-1] + _mark(source[-1]))


def _mark(mark: str) -> str:
    return {"?": "？", "!": "！", "…": "……"}.get(mark, "。")


_TITLE = Spot(Role.TITLE)

CHECK = Check(
    name="ends-differently",
    severity=Severity.WARNING,
    scope="unit",
    summary="The translation does not end as the source does.",
    explanation=(
        "A sentence of the body ends with a mark, a question stays a question, a headline has no full stop. Which "
        "mark ends a sentence is the translator's choice, and a comma or colon that leads on to the next unit is "
        "fine. Sources of three words or fewer are passed over: they may be labels or abbreviations."
    ),
    run=_run,
    good=(
        Example("“We agree on everything,” he said.", "他说：“我们完全同意。”"),
        Example("Will they agree on it?", "他们会同意吗？"),
        Example("They met in the old town.", "他们在老城会晤；"),
        Example(units=(Unit("a", "Leaders meet in Riga", "领导人在里加会晤", spot=_TITLE),)),
        Example("Washington, D.C.", "华盛顿"),
    ),
    bad=(
        Example("They met in the old town.", "他们在老城会晤", spot="晤", fix="晤。"),
        Example("Will they agree on it?", "他们会同意。"),
        Example(units=(Unit("a", "Leaders meet in Riga", "领导人在里加会晤。", spot=_TITLE),), spot="。"),
    ),
)
