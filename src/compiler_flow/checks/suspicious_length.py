"""``suspicious-length``: a translation far shorter or longer than translations of such a source are.

The limits are measured, not guessed: ``python tests/checks/lengths.py`` prints the length of a translation over the
length of its source (code points, without marks, addresses and what stands in brackets; sources of at least 40) for the
right pairs that this repository has. It printed::

    en  246 pairs  0% 0.12  1% 0.17  5% 0.22  50% 0.32  95% 0.47  99% 0.52  100% 0.56
    ru  84 pairs  0% 0.22  1% 0.22  5% 0.25  50% 0.32  95% 0.45  99% 0.52  100% 0.52

Reported is what lies below half of the 1 % quantile or above one and a half times the 99 % quantile: room for the
terse and the wordy. A language without a measurement is passed over.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Role, Severity, Unit
from compiler_flow.text import base_language, has_han, lazy_pattern

LEAST = 40
# The 1 % and the 99 % quantile; a test holds them against the pairs.
MEASURED = {"en": (0.17, 0.52), "ru": (0.22, 0.52)}
_SHORTER, _LONGER = 0.5, 1.5
_BRACKETS = lazy_pattern(r"[（(][^（）()]*[）)]")


def length(text: str) -> int:
    """How long ``text`` is for this check: an original in brackets makes no translation too long."""
    return len(_BRACKETS.sub("", text)) if "）" in text or ")" in text else len(text)


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    """Groups that are too short or too long, or may be if all from the first to the last bracket did not count."""
    known = MEASURED.get(base_language(stretch.language))
    if known is None:
        return ()
    shortest, longest = known[0] * _SHORTER, known[1] * _LONGER
    sources, targets = stretch.sources, stretch.translations
    ratios = map(operator.truediv, map(len, targets), [len(source) or 1 for source in sources])
    found = {number for number, ratio in enumerate(ratios) if not shortest <= ratio <= longest}
    in_brackets = (number for number, target in enumerate(targets) if "）" in target or ")" in target)
    found.update(number for number in in_brackets if _outside(targets[number]) < shortest * len(sources[number]))
    of_sources = stretch.seen_having(")）")
    found.update(number for number in of_sources if len(targets[number]) > longest * _outside(sources[number]))
    return found


def _outside(text: str) -> int:
    """How many characters of ``text`` stand before its first bracket or behind its last one."""
    text = text.replace("(", "（").replace(")", "）")
    start, stop = text.find("（"), text.rfind("）") + 1
    return len(text) - (stop - start) if 0 <= start < stop else len(text)


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    known = MEASURED.get(base_language(group.language))
    # Sentences that are rendered together are often abridged on purpose.
    if (
        known is None
        or not has_han(group.target)
        or len(group.members) > 1
        or group.role is not Role.TEXT
        or len(group.seen.text) < LEAST
    ):
        return
    source, target = length(group.seen.text), length(group.rendered.text)
    if source < LEAST:
        return
    ratio = target / source
    if ratio < known[0] * _SHORTER:
        yield Fault(
            _("The translation is very short: {target} characters for {source}.").format(target=target, source=source)
        )
    elif ratio > known[1] * _LONGER:
        yield Fault(
            _("The translation is very long: {target} characters for {source}.").format(target=target, source=source)
        )


_LONG = "The foreign ministers were told to go on with the text and to bring it to signature as soon as possible."

CHECK = Check(
    name="suspicious-length",
    severity=Severity.WARNING,
    scope="unit",
    summary="The translation is far shorter or longer than such translations are.",
    explanation=(
        "A part of the sentence may be missing, or a part of the next one may have slipped in. The limits were "
        "measured on translations from English and Russian; other languages are passed over, and so are sources of "
        "fewer than 40 characters, headings, and units that are rendered together. What stands in brackets does not "
        "count."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example(_LONG, "两国外长奉命继续磋商案文，尽快促成签署。"),
        Example("Yes, they agreed.", "是。"),
        Example(
            "Azerbaijan will host COP29 in Baku from 11 to 22 November.",
            "阿塞拜疆将于11月11日至22日在巴库主办COP29（第29届联合国气候变化大会）。",
        ),
        Example(units=(Unit("a", _LONG, "外长获令。"), Unit("b", "They agreed.", "〔并〕"))),
        Example(_LONG, "外长获令。", language="lv"),
        Example(_LONG, _LONG),
    ),
    bad=(
        Example(_LONG, "外长获令。"),
        Example(
            "They met in the old town of Riga on Monday.",
            "他们周一在里加老城会晤，随后前往总统府出席晚宴，并在次日与议会各党团领导人、企业界代表以及大学生座谈。",
        ),
    ),
)
