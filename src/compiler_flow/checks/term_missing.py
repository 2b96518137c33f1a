"""``term-missing``: the source names a term and no agreed rendering stands in the translation."""

from __future__ import annotations

from collections.abc import Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.mentions import Rendered, is_plain, is_stated, mentions
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity, Term, TermKind, Unit

_PEVKUR = Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON)
_RUSE = Term("Ruse", "鲁塞", TermKind.PLACE)
_BRUSSELS = Term("Brussels", "布鲁塞尔", TermKind.PLACE)
_BANK = Term("National Bank of Kazakhstan", "哈萨克斯坦国家银行", TermKind.ORGANIZATION)
_KAZAKHSTAN = Term("Kazakhstan", "哈萨克斯坦", TermKind.PLACE)
_USA = Term("United States", "美国", TermKind.PLACE, base=True)


def _run(group: Group, context: CheckContext) -> Iterator[Fault]:
    named = mentions(group, context)
    if not named or is_plain(group, context, named):
        return
    rendered = Rendered(group, context, named)
    for mention in named:
        term = mention.term
        if is_stated(rendered, mention, named) or any(True for _span in rendered.refused(term)):
            continue
        if term.base and rendered.abbreviated(term):
            continue
        hit = mention.hits[0]
        yield Fault(
            _("“{source}” should be rendered as “{target}”, which does not stand here.").format(
                source=group.seen.text[hit.start : hit.end], target=term.target
            ),
            span=group.seen.span(hit.start, hit.end),
            side="source",
            severity=Severity.WARNING if term.base else None,
        )


CHECK = Check(
    name="term-missing",
    severity=Severity.ERROR,
    scope="unit",
    summary="A glossary term has none of its agreed renderings in the translation.",
    explanation=(
        "Each term that the source names must be rendered at least once, by its target, one of its accepted forms "
        "or, for persons, the surname. White space and interpuncts do not count. A rendering inside a longer one of "
        "another term does not stand for itself (鲁塞 in 布鲁塞尔), unless the longer term is a compound of the "
        "shorter and the source does not name it. Of merged units the group is looked at. Countries, territories and "
        "languages of the built-in list are warnings, and their one-character forms (美韩) are accepted. If another "
        "rendering is right, add it to the glossary's accept column."
    ),
    run=_run,
    good=(
        Example("Hanno Pevkur signed.", "汉诺·佩夫库尔签了字。", terms=(_PEVKUR,)),
        Example("Hanno Pevkur signed.", "佩夫库尔签了字。", terms=(_PEVKUR,)),
        Example("Hanno Pevkur signed.", "汉诺 佩夫库尔签了字。", terms=(_PEVKUR,)),
        Example("He went from Ruse to Brussels.", "他从鲁塞前往布鲁塞尔。", terms=(_RUSE, _BRUSSELS)),
        Example("The central bank of Kazakhstan said so.", "哈萨克斯坦国家银行表示。", terms=(_BANK, _KAZAKHSTAN)),
        Example("The United States and others trained.", "美韩等国举行演练。", terms=(_USA,)),
        Example("Hanno Pevkur signed.", "〔略〕", terms=(_PEVKUR,)),
        Example("See [the text](https://example.org/Ruse).", "见[全文](https://example.org/Ruse)。", terms=(_RUSE,)),
        Example(
            terms=(_PEVKUR,),
            units=(Unit("a", "They met.", "佩夫库尔与他会晤。"), Unit("b", "Hanno Pevkur spoke.", "〔并〕")),
        ),
    ),
    bad=(
        Example("Hanno Pevkur signed.", "部长签了字。", terms=(_PEVKUR,), spot="Hanno Pevkur"),
        Example("He went from Ruse to Brussels.", "他前往布鲁塞尔。", terms=(_RUSE, _BRUSSELS), spot="Ruse"),
        Example("He went to Ruse.", "他前往布鲁塞尔。", terms=(_RUSE, _BRUSSELS), spot="Ruse"),
        Example(
            "In Kazakhstan the National Bank of Kazakhstan said so.",
            "哈萨克斯坦国家银行表示。",
            terms=(_BANK, _KAZAKHSTAN),
        ),
        Example("The United States agreed.", "英国同意了。", terms=(_USA,), severity=Severity.WARNING),
        Example(terms=(_PEVKUR,), units=(Unit("a", "Hanno Pevkur signed.", "部长签了字。", fuzzy=True),)),
    ),
)
