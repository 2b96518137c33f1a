"""``term-missing``: the source names a term and no agreed rendering stands in the translation."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from compiler_flow import cldr
from compiler_flow.checks import capitals
from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.mentions import Mention, Rendered, is_stated, mentions
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity, Term, TermKind, Unit
from compiler_flow.terms import agreed, is_rejected
from compiler_flow.text import lazy_pattern

_PEVKUR = Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON)
_RUSE = Term("Ruse", "鲁塞", TermKind.PLACE)
_BRUSSELS = Term("Brussels", "布鲁塞尔", TermKind.PLACE)
_BANK = Term("National Bank of Kazakhstan", "哈萨克斯坦国家银行", TermKind.ORGANIZATION)
_KAZAKHSTAN = Term("Kazakhstan", "哈萨克斯坦", TermKind.PLACE)
_USA = Term("United States", "美国", TermKind.PLACE, base=True)
_KYRGYZSTAN = Term("Kyrgyzstan", "吉尔吉斯斯坦", TermKind.PLACE, base=True)
_TAJIKISTAN = Term("Tajikistan", "塔吉克斯坦", TermKind.PLACE, base=True)
_UKRAINE = Term("Ukraine", "乌克兰", TermKind.PLACE, base=True)
_GEORGIA = Term("Georgia", "格鲁吉亚", TermKind.PLACE, base=True)

# The translation speaks of a person without the name.
_SPEAKS_OF = lazy_pattern(
    "(?<!其)[他她](?![们人国乡])(?:[说称表认指要强补提警呼承告则还也并曾将]|于|在|是|对|向|，)|[这那该][位名](?!单)|此人|两人|二人|前者|后者"
    "|其(?=[副助下同妻丈])"
)
# 美欧 and 中欧 name it as they name states.
_UNION = "欧盟"
_CAPITAL = lazy_pattern(r"\b(?:capital|stolic|hauptstadt|sostin|galvaspils|pealinn)|столиц|сталіц", re.IGNORECASE)
# What else the name of a country may be: the American state.
_NAMESAKES = {"格鲁吉亚": "佐治亚"}
# The translation speaks of the country without its name.
_REFERS = lazy_pattern(r"该国|两国|我国|本国|当地|其国|双方")
# Words that bring a country into a translation without its name, where they do not begin as the name does.
_DEMONYMS = {
    "中国": "Beijing|PRC|Пекин|КНР|кита",
    "俄罗斯": "Moscow|Kremlin|Москв|москов|Кремл|РФ|росси",
    "美国": "Washington|American|White House|Pentagon|Вашингтон|США|амер",
    "英国": "Brit|London|English|Scot|Welsh|Wales|Лондон|брит|англ",
    "荷兰": "Dutch|Hague|голланд|нидерланд",
    "法国": "French|Paris|Париж|франц",
    "德国": "German|Berlin|Берлин|немец|ФРГ|герман",
    "丹麦": "Danish|Dane|Copenhagen|датс",
    "韩国": "Korea|Seoul|Сеул|коре|ROK",
    "朝鲜": "Korea|Pyongyang|Пхеньян|коре|DPRK",
    "日本": "Tokyo|Токио|япон",
    "乌克兰": "Kyiv|Kiev|Киев|укра",
    "瑞士": "Swiss|швейцар",
    "波兰": "Polish|Pole|Warsaw|Варшав|польс|поляк",
}


def _sieve(stretch: Stretch, context: CheckContext) -> Iterable[int]:
    """Groups that name a term whose rendering is not seen at a glance."""
    named = stretch.named(context)
    return [number for number in stretch.not_plain(context) if named[number]]


def _run(group: Group, context: CheckContext) -> Iterator[Fault]:
    named = mentions(group, context)
    if not named:
        return
    rendered = Rendered(group, context, named)
    for mention in named:
        term = mention.term
        if (
            is_stated(rendered, mention, named)
            or rendered.is_tag(mention)
            or any(True for _span in rendered.refused(term))
        ):
            continue
        namesake = _NAMESAKES.get(term.target, "") if term.base else ""
        is_state = term.target == _UNION or (_is_country(term) and term.kind is TermKind.PLACE)
        if (namesake and namesake in group.rendered.text) or (
            is_state and (rendered.abbreviated(term) or _is_capital(term, group))
        ):
            continue
        hit = mention.hits[0]
        yield Fault(
            _("“{source}” should be rendered as “{target}”, which does not stand here.").format(
                source=group.seen.text[hit.start : hit.end], target=agreed(hit)
            ),
            span=group.seen.span(hit.start, hit.end),
            side="source",
            severity=_severity(group, context, mention),
        )


def _severity(group: Group, context: CheckContext, mention: Mention) -> Severity | None:
    """The built-in list is not the house's; and whoever was named before may be spoken of without the name."""
    if mention.partial and _SPEAKS_OF.search(group.rendered.text) and not _is_misspelt(mention, group.rendered.text):
        return Severity.INFO
    return Severity.WARNING if mention.term.base and not _replaced(group, context, mention.term) else None


def _is_misspelt(mention: Mention, text: str) -> bool:
    """Whether something stands in the translation that differs from the surname in one character."""
    name = agreed(mention.hits[0])
    windows = (text[at : at + len(name)] for at in range(len(text) - len(name) + 1))
    return any(sum(map(str.__ne__, window, name)) == 1 for window in windows)


def _replaced(group: Group, context: CheckContext, term: Term) -> bool:
    """Whether a country that the source does not speak of stands where ``term``, a country, should."""
    text, source = group.rendered.text, group.seen.text.casefold()
    if term.kind is not TermKind.PLACE or _REFERS.search(text):
        return False
    return any(
        hit.term.kind is TermKind.PLACE
        and _is_country(hit.term)
        and hit.end - hit.start > 1
        and hit.term.target != term.target
        and not is_rejected(hit, text)
        and not _hints_at(hit.term, source)
        for hit in context.target_terms(text)
    )


def _is_capital(term: Term, group: Group) -> bool:
    """Whether the source speaks of a state's capital, and the translation names that: the capital of Ukraine, 基辅."""
    names = capitals.names_of(term.target)
    return any(map(group.rendered.text.__contains__, names)) and _CAPITAL.search(group.seen.text) is not None


def _is_country(term: Term) -> bool:
    return term.base or (term.kind is TermKind.PLACE and term.target in _countries())


@functools.cache
def _countries() -> frozenset[str]:
    """The Chinese names of countries and territories: a house glossary may have some of them as entries of its own."""
    chinese = cldr.names("zh")
    return frozenset(name for code, name in chinese.territories.items() if len(code) == 2) if chinese else frozenset()


def _hints_at(term: Term, source: str) -> bool:
    """Whether a word of ``source`` (casefolded) may have brought ``term`` in: its people, its capital, its name."""
    names = [name.casefold() for name in (term.source, *term.aliases)]
    stems = [word[:3] for name in names for word in name.split() if len(word) > 2]
    stems += [word.casefold() for word in _DEMONYMS.get(term.target, "").split("|") if word]
    return any(re.search(rf"(?<!\w){re.escape(stem)}", source) for stem in stems)


CHECK = Check(
    name="term-missing",
    severity=Severity.ERROR,
    scope="unit",
    summary="A glossary term has none of its agreed renderings in the translation.",
    explanation=(
        "Each term that the source names must be rendered at least once, by its target, one of its accepted forms "
        "or, for persons, the surname. White space and interpuncts do not count. A rendering inside a longer one of "
        "another term does not stand for itself (鲁塞 in 布鲁塞尔), unless the longer term is a compound of the "
        "shorter and the source does not name it. Of merged units the group is looked at. A surname alone that the "
        "translation takes up with 他, 该 or 这位 is a remark. Countries, territories and "
        "languages of the built-in list are warnings, the one-character forms of countries (美韩) are accepted; where "
        "another country stands instead, which the source does not speak of, it is an error. If "
        "another rendering is right, add it to the glossary's accept column."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("The capital of Ukraine was hit.", "基辅遭袭。", terms=(_UKRAINE,)),
        Example("Hanno Pevkur signed.", "汉诺·佩夫库尔签了字。", terms=(_PEVKUR,)),
        Example("Hanno Pevkur signed.", "佩夫库尔签了字。", terms=(_PEVKUR,)),
        Example("Hanno Pevkur signed.", "汉诺 佩夫库尔签了字。", terms=(_PEVKUR,)),
        Example("He went from Ruse to Brussels.", "他从鲁塞前往布鲁塞尔。", terms=(_RUSE, _BRUSSELS)),
        Example("The central bank of Kazakhstan said so.", "哈萨克斯坦国家银行表示。", terms=(_BANK, _KAZAKHSTAN)),
        Example("The United States and others trained.", "美韩等国举行演练。", terms=(_USA,)),
        Example(
            "Kazakhstan and the United States trained.",
            "哈美举行演练。",
            terms=(_USA, Term("Kazakhstan", "哈萨克斯坦", TermKind.PLACE)),
        ),
        Example(
            "Russia’s deputy premier and the Baltic states — Latvia, Estonia",
            "俄副总理与波罗的海三国",
            terms=(
                Term("Russia", "俄罗斯", TermKind.PLACE, base=True),
                Term("Moscow", "莫斯科", TermKind.PLACE, accept=("俄方",)),
                Term("Latvia", "拉脱维亚", TermKind.PLACE, base=True),
                Term("Estonia", "爱沙尼亚", TermKind.PLACE, base=True),
            ),
        ),
        Example(
            "Russia built it.",
            "俄方修建了它。",
            terms=(
                Term("Russia", "俄罗斯", TermKind.PLACE, base=True),
                Term("Moscow", "莫斯科", TermKind.PLACE, accept=("俄方",)),
            ),
        ),
        Example("He won Georgia, the US state.", "他赢得佐治亚州。", terms=(_GEORGIA,)),
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
        Example(
            "He flew to Kyrgyzstan.",
            "他飞往塔吉克斯坦。",
            terms=(_KYRGYZSTAN, _TAJIKISTAN),
            severity=Severity.ERROR,
        ),
        Example(
            "He flew to Kyrgyzstan.",
            "他飞往塔吉克斯坦。",
            terms=(_KYRGYZSTAN, Term("Tajikistan", "塔吉克斯坦", TermKind.PLACE)),
            severity=Severity.ERROR,
        ),
        Example(
            "The Tajik president flew to Kyrgyzstan.",
            "塔吉克斯坦总统出访。",
            terms=(_KYRGYZSTAN, _TAJIKISTAN),
            severity=Severity.WARNING,
        ),
        Example(terms=(_PEVKUR,), units=(Unit("a", "Hanno Pevkur signed.", "部长签了字。", fuzzy=True),)),
    ),
)
