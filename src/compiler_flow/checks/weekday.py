"""``weekday``: the source names a day of the week, the translation another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity
from compiler_flow.text import base_language, lazy_pattern

# Monday first. English and German days are capitalised; short forms are left out: Sun, Sat and Mar are words.
_DAYS = {
    "en": "Mondays? Tuesdays? Wednesdays? Thursdays? Fridays? Saturdays? Sundays?",
    "de": "Montags? Dienstags? Mittwochs? Donnerstags? Freitags? (?:Samstag|Sonnabend)s? Sonntags?",
    "ru": "[Пп]онедельник\\w* [Вв]торник\\w* [Сс]ред[ау] [Чч]етверг\\w* [Пп]ятниц\\w+ [Сс]уббот\\w+ [Вв]оскресень\\w+",
    "uk": "[Пп]онеділ\\w+ [Вв]івтор\\w+ [Сс]еред[ау] [Чч]етвер\\w* [Пп][’'ʼ]ятниц\\w+ [Сс]убот\\w+ [Нн]еділ\\w+",
    "pl": "[Pp]oniedział\\w+ [Ww]tor\\w+ [Śś]rod\\w+ [Cc]zwart\\w+ [Pp]iąt(?:ek|ku|kiem) [Ss]obot\\w+ [Nn]iedziel\\w+",
    "lt": "[Pp]irmadien\\w+ [Aa]ntradien\\w+ [Tt]rečiadien\\w+ [Kk]etvirtadien\\w+ [Pp]enktadien\\w+ [Šš]eštadien\\w+ "
    "[Ss]ekmadien\\w+",
    "lv": "[Pp]irmdien\\w* [Oo]trdien\\w* [Tt]rešdien\\w* [Cc]eturtdien\\w* [Pp]iektdien\\w* [Ss]estdien\\w* "
    "[Ss]vētdien\\w*",
    "et": "[Ee]smaspäev\\w* [Tt]eisipäev\\w* [Kk]olmapäev\\w* [Nn]eljapäev\\w* [Rr]eede\\w* "
    "[Ll]aupäev\\w* [Pp]ühapäev\\w*",
    "be": "[Пп]анядзел\\w+ [Аа]ўтор\\w+ [Сс]ерад\\w+ [Чч]ацв[яе]р\\w* [Пп]ятніц\\w+ [Сс]убот\\w+ [Нн]ядзел\\w+",
    # luni are months as well.
    "ro": "(?:[Ll]unea|Luni|(?<=\\b(?:de|pe)\\s)luni) [Mm]ar[țţ]i(?:a|ea)? [Mm]iercuri [Jj]oi [Vv]ineri "
    "[Ss]âmbăt[aă] [Dd]uminic[aă]",
    "fr": "[Ll]undis? [Mm]ardis? [Mm]ercredis? [Jj]eudis? [Vv]endredis? [Ss]amedis? [Dd]imanches?",
    "ko": "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
}
_SOURCE = {
    language: lazy_pattern("|".join(rf"(?P<d{at}>(?<!\w){day}(?!\w))" for at, day in enumerate(days.split())))
    for language, days in _DAYS.items()
    if language != "ko"
} | {"ko": lazy_pattern("|".join(f"(?P<d{at}>{day})" for at, day in enumerate(_DAYS["ko"].split())))}
# 每周一次 and 三周五天 count weeks.
_TARGET = lazy_pattern(
    r"(?<![一二两三四五六七八九十数几半\d])(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])(?![次年个期届度家回场整])"
)
_DAY = "[一二三四五六日天末]"
_HAN = "一二三四五六日"
# Each day in English for a search that begins with a letter; whether a word begins there is asked of the finds.
_PLAIN = {han: lazy_pattern(f"{day}(?!\\w)") for han, day in zip(_HAN, _DAYS["en"].split(), strict=True)}


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    """Groups with a day of the week, unless it is seen at a glance that an English source has the same."""
    is_english = base_language(stretch.language) == "en"
    weeks = ("周", ""), ("星", "期"), ("礼", "拜")
    for number in set().union(*(stretch.rendered_having(sign, rest + _DAY) for sign, rest in weeks)):
        source, said = stretch.sources[number], set(_TARGET.findall(stretch.translations[number]))
        if said and not (is_english and all(_stands_plainly(day, source) for day in said)):
            yield number


def _stands_plainly(day: str, source: str) -> bool:
    match = _PLAIN[day].search(source) if day in _PLAIN else None
    return match is not None and (not match.start() or source[match.start() - 1].isspace())


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    pattern = _SOURCE.get(base_language(group.language))
    rendered = list(_TARGET.finditer(group.rendered.text)) if pattern else []
    stated = list(pattern.finditer(group.seen.text)) if rendered and pattern else []
    # A week's end is Saturday or Sunday, or Friday for some: no contradiction can be read from it.
    if not stated or any(match["day"] == "末" for match in rendered):
        return
    days = [int((match.lastgroup or "d0")[1:]) for match in stated]
    said = [_HAN.index(match["day"].replace("天", "日")) for match in rendered]
    # Where each says as many, every day must be there; else one that is shall do.
    if set(days) & set(said) if len(days) != len(said) else set(said) <= set(days):
        return
    first = next((match for match, day in zip(stated, days, strict=True) if day not in said), stated[0])
    instead = next(match for match, day in zip(rendered, said, strict=True) if day not in days)
    right = _HAN[int((first.lastgroup or "d0")[1:])]
    yield Fault(
        _("The original says “{source}”, the translation “{target}”.").format(source=first[0], target=instead[0]),
        span=group.rendered.span(*instead.span()),
        fix=f"{instead[0][:-1]}{right}" if len(set(days)) == 1 and len(rendered) == 1 else "",
    )


CHECK = Check(
    name="weekday",
    severity=Severity.ERROR,
    scope="unit",
    summary="The translation names another day of the week.",
    explanation=(
        "Looked at where both texts name days of the week: one at least must be the same, and all where both name as "
        "many. The days of English, German, French, Romanian, Russian, Ukrainian, Belarusian, Polish, Lithuanian, "
        "Latvian, Estonian and Korean are known. A day that became a date (10月23日), and weeks that are counted "
        "(每周一次), are passed over."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("They met on Tuesday.", "他们于周二会晤。"),
        Example("They met on Tuesday.", "他们于10月22日会晤。"),
        Example("From Monday to Friday", "星期一至星期五"),
        Example("Once a week, on Tuesday", "每周一次，时间为星期二"),
        Example("They met on Sunday.", "他们于星期天会晤。"),
        Example("They met on Monday and left on Friday.", "双方周一会晤后离开。"),
        Example("Au trecut trei luni.", "此事已过三个月，周五宣布。", language="ro"),
        Example("Об этом он сказал в среду.", "他周三作出上述表示。", language="ru"),
    ),
    bad=(
        Example("They met on Tuesday.", "他们于周四会晤。", spot="周四", fix="周二", severity=Severity.ERROR),
        Example("They met on Tuesday.", "他们于星期四会晤。", fix="星期二"),
        Example("Об этом он сказал в среду.", "他周五作出上述表示。", language="ru", fix="周三"),
        Example("It began on Monday and ended on Wednesday.", "周一开始，周四结束。", spot="周四"),
        Example("Parlamentul votează marți.", "议会周四投票。", language="ro", fix="周二"),
        Example("Jie susitiko trečiadienį.", "双方周二会晤。", language="lt", fix="周三"),
        Example("Viņi tikās piektdien.", "双方周四会晤。", language="lv", fix="周五"),
        Example("Nad kohtusid esmaspäeval.", "双方周日会晤。", language="et", fix="周一"),
        Example("월요일에 만났다.", "双方周二会晤。", language="ko", fix="周一"),
    ),
)
