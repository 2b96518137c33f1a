"""``term-count``: a term is rendered fewer times than the source names it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.mentions import Mention, Rendered, mentions
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity, Term, TermKind
from compiler_flow.text import lazy_pattern

_NAME = Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON)
_BANK = Term("World Bank", "世界银行", TermKind.ORGANIZATION, aliases=("WB",))
# What Chinese says instead of a name it has just said.
_INSTEAD = lazy_pattern(
    r"它|(?<!其)[他她]们|其(?![他它中实余间次])|(?<!应)该|(?<![如因就从为])此(?![次外前后举时间类])"
    r"|本(?=国|人|身|组织|机构)|[这那](?=[一二两三四]?[个位名家国座支所])|两国|双方|上述|前者|后者"
)
_SOMEBODY = lazy_pattern(r"(?<!其)[他她](?![们人国乡])|两人|二人|自己")


def _sieve(stretch: Stretch, context: CheckContext) -> Iterable[int]:
    for number, hits in enumerate(stretch.named(context)):
        if len(hits) > 1 and len({id(hit.term) for hit in hits}) < len(hits):
            yield number


def _run(group: Group, context: CheckContext) -> Iterator[Fault]:
    named = mentions(group, context)
    if all(len(mention.hits) == 1 for mention in named):
        return
    rendered = Rendered(group, context, named)
    instead = len(_INSTEAD.findall(group.rendered.text))
    persons = instead + len(_SOMEBODY.findall(group.rendered.text))
    for mention in named:
        referring = persons if mention.term.kind is TermKind.PERSON else instead
        wanted, found = _namings(mention, group.seen.text), len(rendered.standing(mention.term))
        if not mention.term.base and found > 0 and found + referring < wanted:
            yield Fault(
                _("“{target}” stands here {found} times, its original {wanted} times.").format(
                    target=mention.term.target, found=found, wanted=wanted
                )
            )


def _namings(mention: Mention, text: str) -> int:
    """How often the source names a term; an abbreviation in brackets behind the name is no further time."""
    again = sum(text[first.end : second.start].strip() == "(" for first, second in itertools.pairwise(mention.hits))
    return len(mention.hits) - again


CHECK = Check(
    name="term-count",
    severity=Severity.INFO,
    scope="unit",
    summary="A term is rendered fewer times than the source names it.",
    explanation=(
        "Chinese repeats names less often, so this is information: part of a sentence may be missing. Pronouns and "
        "words such as 该 and 双方 count as mentions. A term that is not rendered at all is term-missing's."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("Pevkur said that Pevkur signed.", "佩夫库尔表示，佩夫库尔已签字。", terms=(_NAME,)),
        Example("Pevkur said that Pevkur signed.", "佩夫库尔表示，他已签字。", terms=(_NAME,)),
        Example("Pevkur said that Pevkur signed.", "佩夫库尔表示，这位部长已签字。", terms=(_NAME,)),
        Example("Pevkur said that Pevkur signed.", "部长表示已签字。", terms=(_NAME,)),
        Example("The World Bank (WB) agreed.", "世界银行表示同意。", terms=(_BANK,)),
    ),
    bad=(Example("Pevkur said that Pevkur signed.", "佩夫库尔表示已签字。", terms=(_NAME,)),),
)
