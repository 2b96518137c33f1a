"""``term-rejected``: a rendering that the glossary refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.mentions import Rendered, mentions
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity, Term, TermKind

_KYIV = Term("Kyiv", "基辅", TermKind.PLACE, reject=("吉夫", "基夫"))
_NAME = Term("Shavkat Mirziyoyev", "沙夫卡特·米尔济约耶夫", TermKind.PERSON, reject=("米尔济约夫",))
_GEORGIA = Term("Georgia", "格鲁吉亚", TermKind.PLACE, reject=("佐治亚", "乔治亚"))
_STATE = Term("State of Georgia", "佐治亚", TermKind.PLACE)


def _sieve(stretch: Stretch, context: CheckContext) -> Iterable[int]:
    return {number for number, hits in enumerate(stretch.named(context)) for hit in hits if hit.term.reject}


def _run(group: Group, context: CheckContext) -> Iterator[Fault]:
    named = mentions(group, context)
    if not any(mention.term.reject for mention in named):
        return
    rendered = Rendered(group, context, named)
    for mention in named:
        for start, end in rendered.refused(mention.term):
            yield Fault(
                _("“{found}” is refused by the glossary; write “{target}”.").format(
                    found=group.rendered.text[start:end], target=mention.term.target
                ),
                span=group.rendered.span(start, end),
                fix=mention.term.target,
            )


CHECK = Check(
    name="term-rejected",
    severity=Severity.ERROR,
    scope="unit",
    summary="A rendering that the glossary refuses stands in the translation.",
    explanation=(
        "Looked at only where the source names the term: the same characters may be right elsewhere. A refused form "
        "inside a longer accepted rendering, or one that is the right rendering of another term of this source, is "
        "no fault."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("They met in Kyiv.", "他们在基辅会晤。", terms=(_KYIV,)),
        Example("They met there.", "他们在吉夫会晤。", terms=(_KYIV,)),
        Example("Georgia and the State of Georgia", "格鲁吉亚与佐治亚", terms=(_GEORGIA, _STATE)),
    ),
    bad=(
        Example("They met in Kyiv.", "他们在吉夫会晤。", terms=(_KYIV,), fix="基辅", spot="吉夫"),
        Example("Georgia agreed.", "佐治亚同意了。", terms=(_GEORGIA, _STATE), fix="格鲁吉亚"),
        Example("Shavkat Mirziyoyev spoke.", "米尔济约夫讲了话。", terms=(_NAME,), spot="米尔济约夫"),
        Example("Kyiv said it is in Kyiv.", "基辅称此事发生在吉夫。", terms=(_KYIV,), spot="吉夫"),
    ),
)
