"""``state-changed``: a French diplomat became a German one, or Kyiv became Moscow."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from compiler_flow.checks import capitals, states
from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity, Term, TermKind
from compiler_flow.text import lazy_pattern

# The Americas are no state, and neither are oceans and breeds.
_OTHERWISE = lazy_pattern(r"(?:latin|south|central|north|native|pan)[\s-]?$|(?:южно|латино|северо|центрально)-?$")
# Provinces and islands.
_LANDS = lazy_pattern(r"\s(?:columbia|virgin|guiana|polynesia|samoa|indian|antarctic|shepherd|fries|dressing)")
_IN_ROWS = "美英俄法德日韩中印以伊乌波土"
_OF_STATES = "[方军媒国语文籍裔企商侨式]|总统|总理|外长|外交|防长|国防|政府|大使|使馆|议会|警方|央行|当局|士兵|官员"


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    """Groups whose translation names a state that no word of the source speaks of."""
    suspects = stretch.rendered_having(states.SIGNS_OF_SIDES, states.BEHIND_ONE)
    for number, name in stretch.rendered_words((*states.NAMES, *capitals.NAMES), nested=True):
        # Nearly always the source speaks of it.
        state, source = _state(name), stretch.groups[number].seen.text
        if not states.hints_plainly_at(state, source) and not _is_hinted_at(state, source.lower()):
            suspects.add(number)
    return (number for number in suspects if _strange(stretch.groups[number]))


def _strange(group: Group) -> re.Match[str] | None:
    """The first state or capital in the translation that no word of the source speaks of."""
    source, text = group.seen.text.lower(), group.rendered.text
    for match in states.NAMED.finditer(text):
        if not _is_hinted_at(match[0], source):
            return match
    for match in capitals.NAMED.finditer(text):
        if not _is_hinted_at(_state(match[0]), source):
            return match
    return next((match for match in states.SHORT.finditer(text) if not states.hints_at_any(match[0], source)), None)


def _is_hinted_at(state: str, source: str) -> bool:
    return states.hints_at(state, source) or capitals.is_spoken_of(state, source)


def _run(group: Group, context: CheckContext) -> Iterator[Fault]:
    source, text = group.seen.text.lower(), group.rendered.text
    if len(source) != len(group.seen.text) or states.REFERS.search(text):
        return
    strange = _strange(group)
    if strange is None:
        return
    known = [(hit.start, hit.end) for hit in context.source_terms(group.seen.text)]
    for name, word in (*states.spoken_of(source), *capitals.spoken_of(source)):
        in_term = any(start < word.end() and word.start() < end for start, end in known)
        is_other = _OTHERWISE.search(source, 0, word.start()) or _LANDS.match(source, word.end())
        if in_term or is_other or _is_named(_state(name), text):
            continue
        start, end = strange.span() if len(strange[0]) > 1 else (strange.start(), strange.end() + 1)
        yield Fault(
            _("The original says “{source}”, the translation “{target}”.").format(
                source=group.seen.text[word.start() : word.end()], target=text[start:end]
            ),
            span=group.rendered.span(start, end),
            fix=_instead(text[start:end], name),
        )
        return


def _state(name: str) -> str:
    """The state that a name of ``states`` or of ``capitals`` speaks of."""
    return capitals.STATES.get(name, name)


def _instead(strange: str, name: str) -> str:
    """What stands right in the place of ``strange``, where the source speaks of ``name``."""
    if strange in capitals.NAMES:
        return name
    return _state(name) if strange in states.NAMES else _state(name)[0] + strange[-1]


def _is_named(name: str, text: str) -> bool:
    """Whether the translation names the state, in full, by its first character (俄军, 俄语, 美俄) or by its capital."""
    rest = states.NAMED.sub(" ", text)
    return (
        name[: max(2, len(name) - 1)] in text
        or any(map(text.__contains__, capitals.names_of(name)))
        or _short(name[0]).search(rest) is not None
    )


@functools.cache
def _short(character: str) -> re.Pattern[str]:
    return re.compile(f"{character}(?:{_OF_STATES}|[{_IN_ROWS}])|[{_IN_ROWS}]{character}")


_RUSSIA = Term("Russian Railways", "俄罗斯铁路公司", TermKind.ORGANIZATION)

CHECK = Check(
    name="state-changed",
    severity=Severity.WARNING,
    scope="unit",
    summary="The original speaks of one state's people, things or capital, the translation of another state's.",
    explanation=(
        "Adjectives and peoples (French, российский) have no entry in the glossary, and capitals that stand for their "
        "states (Kyiv, Кремль) seldom have. Where the original has one, the translation does not name its state in any "
        "form (俄方, 俄语, 莫斯科, 该国) and names another one or its capital, that no word of the original hints at, "
        "that one is reported. Names of states themselves are `term-missing`'s."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("A French diplomat left.", "一名法国外交官离开。"),
        Example("Russian soldiers left.", "俄军士兵离开波兰。"),
        Example("French and German officials met in Paris.", "德法官员在法国首都会晤。"),
        Example("The American left for home in Berlin.", "这名美国人返回德国。"),
        Example("Latin American leaders met.", "巴西等拉美国家领导人会晤。"),
        Example("Russian Railways agreed.", "铁路公司同意了，德国也同意了。", terms=(_RUSSIA,)),
        Example("British Columbia’s premier spoke.", "加拿大不列颠哥伦比亚省省长讲了话。"),
        Example("Russian forces withdrew.", "军队以军事手段撤出。"),
        Example("Kyiv rejected the plan.", "乌方拒绝了莫斯科的计划。"),
        Example("Officials met in Paris at noon.", "官员们于北京时间19时在巴黎会晤。"),
        Example("The parish church in the capital was built.", "首都柏林的教区教堂建成。"),
        Example("The Russian visit ended.", "对该国的访问结束，随后前往德国。"),
    ),
    bad=(
        Example("A French diplomat left.", "一名德国外交官离开。", spot="德国", fix="法国"),
        Example("The Azerbaijani president spoke.", "亚美尼亚总统讲了话。", spot="亚美尼亚"),
        Example("Российская армия наступает.", "乌军发起进攻。", language="ru", spot="乌军", fix="俄军"),
        Example("A Nigerian scientist spoke.", "尼日尔科学家讲了话。", spot="尼日尔", fix="尼日利亚"),
        Example("Kyiv rejected the plan.", "莫斯科拒绝了该计划。", spot="莫斯科", fix="基辅"),
        Example("Кремль отверг план.", "白宫拒绝了该计划。", language="ru", spot="白宫", fix="克里姆林宫"),
        Example(
            "Der Kreml begrüßte die Wahl.", "爱丽舍宫欢迎选举结果。", language="de", spot="爱丽舍宫", fix="克里姆林宫"
        ),
        Example("Warsaw summoned the ambassador.", "捷克召见大使。", spot="捷克", fix="波兰"),
        Example("Итальянская Eni отказалась.", "西班牙埃尼公司拒绝了。", language="ru", spot="西班牙", fix="意大利"),
    ),
)
