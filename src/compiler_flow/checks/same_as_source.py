"""``same-as-source``: the source was copied instead of translated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity
from compiler_flow.text import fold_spaces, has_han

_WORD = re.compile(r"[^\W\d_]{2,}")


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    if group.target[:1] != group.source[:1] and not group.target[:1].isspace():
        return
    text = fold_spaces(group.seen.text)
    if text != fold_spaces(group.rendered.text) or has_han(text):
        return
    words = _WORD.findall(text)
    # Abbreviations and single names (NATO, Reuters) may stay as they are; two words are a text.
    if len([word for word in words if not word.isupper()]) > 1:
        yield Fault(_("The translation is the source itself."), span=(0, len(group.target)))


CHECK = Check(
    name="same-as-source",
    severity=Severity.WARNING,
    scope="unit",
    summary="The translation is the same as the source.",
    explanation=(
        "A copied source is a unit that somebody skipped. Single words, abbreviations, addresses and numbers may "
        "stay as they are, and so may a source that is Chinese already."
    ),
    run=_run,
    good=(
        Example("The talks ended.", "会谈结束。"),
        Example("Reuters", "Reuters"),
        Example("COP29, NATO", "COP29, NATO"),
        Example("https://example.org/a/b", "https://example.org/a/b"),
    ),
    bad=(
        Example("The talks ended.", "The talks ended."),
        Example("Встреча завершилась.", "Встреча завершилась.", language="ru"),
    ),
)
