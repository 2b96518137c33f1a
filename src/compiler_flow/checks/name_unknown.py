"""``name-unknown``: a name of the source that the glossary does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group, is_metadata
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Role, Severity, Term, TermKind, Unit


def _sieve(stretch: Stretch, context: CheckContext) -> Iterable[int]:
    texts, named = stretch.sources, stretch.named(context)
    if context.naming_unknown:
        return context.naming_unknown(texts, named)
    unknown = context.unknown_names
    return [number for number, text in enumerate(texts) if unknown(text, named[number])]


def _run(_catalog: Catalog, grouped: Sequence[Group], context: CheckContext) -> Iterator[Fault]:
    told: set[str] = set()
    for group in grouped:
        if is_metadata(group.unit) or group.role is Role.HEADING:
            continue
        text = group.seen.text
        for start, end in context.unknown_names(text, context.source_terms(text)):
            if text[start:end] not in told:
                told.add(text[start:end])
                name, proposed = text[start:end], context.proposed(text[start:end])
                told_so = (
                    _("No glossary entry covers “{name}”; proposed: {proposed}").format(name=name, proposed=proposed)
                    if proposed
                    else _("No glossary entry covers “{name}”.").format(name=name)
                )
                yield Fault(
                    told_so,
                    span=group.seen.span(start, end),
                    side="source",
                    where=group,
                )


_PEVKUR = Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON)

CHECK = Check(
    name="name-unknown",
    severity=Severity.INFO,
    scope="article",
    summary="A name of the source has no entry in the glossary.",
    explanation=(
        "Names are runs of capitalised words away from the start of a sentence. Each is told once an article, where it "
        "comes first; titles, headings, authors and units that are left out are passed over. It is a remark and closes "
        "nothing: `compiler-flow glossary candidates` prints all of them as lines to paste into the glossary, with the "
        "rendering that the compilers used or the one that is proposed for a person."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("Yesterday Hanno Pevkur spoke.", "汉诺·佩夫库尔昨日讲了话。", terms=(_PEVKUR,)),
        Example("Farmers protested.", "农民举行抗议。"),
        Example("Then Kadri Kask left.", "〔略〕"),
        Example("In the parade Soviet bombers flew.", "苏联轰炸机飞过。"),
    ),
    bad=(
        Example("Later Kadri Kask spoke.", "后来，卡德丽·卡斯克讲了话。", spot="Kadri Kask"),
        Example(
            units=(
                Unit("a", "They met in Narva's port.", "他们在纳尔瓦港会晤。"),
                Unit("b", "They left Narva.", "他们离开了纳尔瓦。"),
            ),
            spot="Narva",
        ),
    ),
)
