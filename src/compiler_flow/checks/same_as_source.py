"""``same-as-source``: the source was copied instead of translated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Role, Severity
from compiler_flow.text import fold_spaces, has_han, lazy_pattern

_WORD = lazy_pattern(r"[^\W\d_]{2,}")
_STOP = lazy_pattern(r"[.!?…][\s”’\"'»)]*$")


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    """Groups that begin alike, or one of them with a space; most translations begin with a Chinese character."""
    for number, target in enumerate(stretch.translations):
        first = target[:1]
        if not "\u4e00" <= first <= "\u9fff":
            source = stretch.sources[number][:1]
            if first == source or first.isspace() or source.isspace():
                yield number


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    text = fold_spaces(group.seen.text)
    if text != fold_spaces(group.rendered.text) or has_han(text):
        return
    words = _WORD.findall(text)
    # Abbreviations and single names (NATO, Reuters) may stay as they are; two words are a text.
    if len([word for word in words if not word.isupper()]) > 1:
        severity = Severity.ERROR if _is_sentence(group.role, text, words) else None
        yield Fault(_("The translation is the source itself."), span=(0, len(group.target)), severity=severity)


def _is_sentence(role: Role, text: str, words: Sequence[str]) -> bool:
    """Whether this says something; names and titles (Bank of Georgia, Samsung Electronics Co.) may be kept."""
    if role in (Role.TITLE, Role.HEADING, Role.AUTHOR) or not _STOP.search(text):
        return False
    return words[-1].islower() or any(word.islower() and len(word) > 3 for word in words)


CHECK = Check(
    name="same-as-source",
    severity=Severity.WARNING,
    scope="unit",
    summary="The translation is the same as the source.",
    explanation=(
        "A copied source is a unit that somebody skipped. Single words, abbreviations, addresses and numbers may "
        "stay as they are, and so may a source that is Chinese already. A whole sentence is an error; of names and "
        "titles a person must say that they stay."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("The talks ended.", "会谈结束。"),
        Example("Reuters", "Reuters"),
        Example("COP29, NATO", "COP29, NATO"),
        Example("https://example.org/a/b", "https://example.org/a/b"),
    ),
    bad=(
        Example("The talks ended.", "The talks ended.", severity=Severity.ERROR),
        Example("Встреча завершилась.", "Встреча завершилась.", language="ru", severity=Severity.ERROR),
        Example("Samsung Electronics Co.", "Samsung Electronics Co.", severity=Severity.WARNING),
        Example("The Baltic Times", "The Baltic Times", severity=Severity.WARNING),
    ),
)
