"""``untranslated``: a unit without a translation and without a decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Severity, Unit

# What people type where a translation is to come.
_PLACEHOLDERS = frozenset({"todo", "tbd", "xxx", "待译", "待翻译", "未译"})
_LONGEST = max(map(len, _PLACEHOLDERS))


def _run(catalog: Catalog, _grouped: Sequence[Group], _context: CheckContext) -> Iterator[Fault]:
    for unit in catalog.units:
        text = unit.target.strip(" 〔〕【】[]()（）")
        if (len(text) <= _LONGEST and text.casefold() in _PLACEHOLDERS) or not unit.target.strip():
            yield Fault(_("Nothing has been translated here."), where=unit)


CHECK = Check(
    name="untranslated",
    severity=Severity.ERROR,
    scope="article",
    summary="A unit has neither a translation nor a decision.",
    explanation=(
        "Every unit needs a translation, or 〔略〕 where it is left out on purpose, or 〔并〕/〔并下〕 where it is "
        "rendered together with the unit before or after. White space alone is no translation, and "
        "neither is TODO or 待译."
    ),
    run=_run,
    good=(
        Example("The talks ended.", "会谈结束。"),
        Example("The talks ended.", "〔略〕"),
        Example(units=(Unit("a", "They met.", "他们会晤并交谈。"), Unit("b", "They talked.", "〔并〕"))),
    ),
    bad=(
        Example("The talks ended.", ""),
        Example("The talks ended.", " \n"),
        Example("The talks ended.", "【待译】"),
    ),
)
