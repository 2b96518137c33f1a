"""``stray-character``: signs that nobody sees or that say nothing, left by a copy or a broken file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity
from compiler_flow.text import lazy_pattern

# The replacement character; zero-width and direction marks (joiners make emoji); characters of private use; entities.
_STRAY = lazy_pattern(
    r"(?P<broken>\ufffd+)|[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ue000-\uf8ff]+"
    r"|(?P<entity>&(?:nbsp|amp|quot|apos|lt|gt|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|#\d{2,5}|#x[\da-fA-F]{2,5});)"
)


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    # Most files have no such character at all.
    return stretch.rendered(_STRAY) if stretch.may_be_stray("&\ufffd") else ()


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    for match in _STRAY.finditer(group.rendered.text):
        span = group.rendered.span(*match.span())
        if match["broken"]:
            yield Fault(
                _("A character was lost here (U+FFFD): look up what stood there."), span=span, severity=Severity.ERROR
            )
        elif match["entity"]:
            if match[0] not in group.source:
                yield Fault(_("“{text}” would be printed as it stands.").format(text=match[0]), span=span)
        else:
            code = f"U+{ord(match[0][0]):04X}"
            yield Fault(_("A sign that nobody sees stands here ({code}).").format(code=code), span=span)


CHECK = Check(
    name="stray-character",
    severity=Severity.WARNING,
    scope="unit",
    summary="A sign that nobody sees, a lost character, or an entity of HTML.",
    explanation=(
        "Copies from pages and mails bring zero-width spaces, marks of direction and entities (&nbsp;) with them; they "
        "break searches and lines, or are printed. U+FFFD stands where a program could not read a character: an error."
    ),
    run=_run,
    sieve=_sieve,
    good=(Example("They met & talked.", "他们会晤&交谈。"), Example("A&nbsp;B is written so.", "写作A&nbsp;B。")),
    bad=(
        Example("They met.", "他们会\ufffd。", spot="\ufffd", severity=Severity.ERROR),
        Example("They met.", "他们\u200b会晤。", spot="\u200b"),
        Example("They met.", "他们&nbsp;会晤。", spot="&nbsp;"),
    ),
)
