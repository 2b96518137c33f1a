"""Two numbers that changed places: 90 aircraft and 60 ships, 60架飞机和90艘舰艇; from 3% to 5%, 从5%升至3%.

Each value is in the translation, so that only what it counts can tell, or where a change begins and ends. A pair is
reported where both numbers stand with the other's kind of thing, on both sides: one alone may be a matter of order.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from compiler_flow.checks.numbers.quantity import Kind, Quantity
from compiler_flow.text import lazy_pattern

# Stems of what is counted, in the languages of ``languages`` and Korean, and how Chinese counts it.
_THINGS = (
    (
        r"aircraft|planes?|jets?|fighters?|helicopters?|самол[её]т|вертол[её]т|літак|гелікоптер|вертоліт|samolot|"
        r"śmigłow|avioan|elicopter|lėktuv|sraigtasp|lidmaš|helikopter|lennuk|항공기|비행기|전투기|헬기",
        r"架",
    ),
    (r"ships?|vessels?|warships?|boats?|корабл|суд(?:ов|но|на)|суден|statk|okręt|nav[ea]|laiv|kuģ|laev|척", r"艘|条船"),
    (
        r"vehicles?|cars?\b|trucks?|lorries|tanks?|buses|автомоб|машин|грузовик|танк|автобус|автівок|вантажів|samochod|"
        r"ciężarów|czołg|autobus|vehicule|mașin|camioane|tancuri|automobil|sunkvežim|automaš",
        r"辆",
    ),
    (
        r"females?|wom[ae]n|girls?|женщин|жін[ок]|kobiet|femei|moter|sieviet|naist?\b|여성|여자",
        r"[名位个]?(?:女|妇女)",
    ),
    (r"men\b|males?\b|boys?|мужчин|чолові|mężczyzn|bărba[țt]|vyr[aų]|vīrie|mees\b|남성|남자", r"[名位个]?男"),
    (
        r"child|kids|дет[ией]|діт|дитин|dziec|copi[ilu]|vaik|bērn|last?e\b|어린이|아동",
        r"[名位个]?(?:儿童|孩子|小孩|未成年)",
    ),
    (
        r"soldiers?|troops|servicem|солдат|военнослуж|військов|żołnierz|solda[țt]|kari[vau]|병사|군인",
        r"[名位个]?(?:士兵|军人|官兵)",
    ),
    (r"civilian|мирн\w+ жител|цивільн|cywil|civil[iaeų]|민간인", r"[名位个]?(?:平民|百姓)"),
    (r"countries|states|nations|стран|країн|kraj[óa]|państw|[țt]ări|šal|valst|개국|나라", r"国|个国家|个成员国"),
    (r"cities|towns|villages|город[ао]|міст|miast|ora[șs]e|miest|pilsēt|도시", r"[个座]?(?:城|市镇|村)"),
    (r"schools?|шк[оі]л|szk[óo]ł|[șs]coli|mokykl|skol|학교", r"所"),
    (r"compan(?:y|ies)|firms?|компани|фирм|компані|фірм|firm|spół|compani|įmon|uzņēm|기업|회사", r"家|个(?:公司|企业)"),
    (r"kilomet|km\b|километр|кілометр|км\b|킬로", r"公里|千米"),
    (r"met(?:re|er)s?|метр|metr[óiaųu]|미터", r"米"),
    (r"tonn|tons?\b|тонн|тон\b|ton[ay]?\b|tone\b|tonų|톤", r"吨"),
    (r"hectare|гектар|hektar|ha\b|헥타르", r"公顷"),
    (r"years?|лет\b|год[ау]?\b|рок[иіу]в?\b|lata?\b|lat\b|ani\b|met[ųus]\b|gad[ui]|년", r"年|岁|周岁"),
    (r"months?|месяц|місяц|miesi|luni\b|mėnes|mēneš|개월|달", r"个月"),
    (r"weeks?|недел|тижн|tygodn|săptăm|savait|nedēļ|주\b", r"周|个星期"),
    (r"days?|дн[еяі]|день|dni\b|zile|dien|일간", r"[天日]"),
    (r"hours?|час(?:а|ов)?\b|годин|godzin|ore\b|valand|stund|시간", r"(?:个)?小时"),
    (r"minutes?|минут|хвилин|minut|minu[čt]|분\b", r"分钟"),
    (r"dollar|долл|долар|dolar|доллар|doler|달러", r"美元"),
    (r"euros?\b|евро|євро|eur[oaų]|eiro|유로", r"欧元"),
)
# What became of them, and which of them, told apart from what they are.
_FATES = (
    (
        r"(?:\w+\s){0,2}(?:were\s|was\s|are\s|have\s|had\s|been\s)*(?:killed|dead|died|deaths|fatalit)|человек\w*\s(?:погиб|умер|убит)|"
        r"(?:\w+\s)?(?:погиб|убит|умер|загин|вбит|zginę|zabit|tote|getötet)",
        r"[名人个]?[^，。；、\d]{0,6}?(?:死亡|遇难|丧生|身亡|死(?=[，。、；]|$)|丧命|被打死|被杀)",
    ),
    (
        r"(?:\w+\s){0,2}(?:were\s|was\s|are\s|have\s|had\s|been\s)*(?:injur|wound|hurt)|(?:\w+\s)?(?:ранен|пострадал|поранен|rann|verletzt|răni)",
        r"[名人个]?[^，。；、\d]{0,6}?(?:受伤|负伤|轻伤|重伤|伤(?=[，。、；]|$))",
    ),
    (r"(?:votes?\s)?(?:in\sfavou?r|for\b|yes)|за\b", r"票(?:赞成|支持|同意)"),
    (r"(?:votes?\s)?(?:against|opposed|no\b)|против\b|проти\b", r"票反对"),
    (r"ambulanc|скор\w+\sпомощ|швидк|karetek|greitosios", r"辆[^，。；、]{0,2}救护车"),
    (r"trucks?|lorries|грузовик|вантажів|ciężarów|sunkvežim", r"辆[^，。；、]{0,3}(?:卡车|货车)"),
    (r"tanks?\b|танк|czołg|tanc|tank", r"辆[^，。；、]{0,4}坦克"),
)


class _Table(NamedTuple):
    """How a source names what it counts, behind the number or ahead of it, and how a translation does, behind it."""

    source: re.Pattern[str]
    target: re.Pattern[str]
    ahead: re.Pattern[str]


def _table(rows: Sequence[tuple[str, str]], ahead: str) -> _Table:
    source = "|".join(f"(?P<t{at}>{words})" for at, (words, _chinese) in enumerate(rows))
    target = "|".join(f"(?P<t{at}>{chinese})" for at, (_words, chinese) in enumerate(rows))
    return _Table(
        lazy_pattern(rf"(?<!\w)(?:{source})", re.IGNORECASE),
        lazy_pattern(rf"[多余]?\s?(?:{target})"),
        lazy_pattern(ahead, re.IGNORECASE),
    )


# Killed nine and injured 32.
_AHEAD = (
    r"(?P<t0>(?:kill(?:ed|ing)|claimed|погибл\w*|погиб|убит\w*|загинул\w*|zginęł\w*))\s(?:at\sleast\s|about\s|some\s)?$|"
    r"(?P<t1>(?:injur(?:ed|ing)|wound(?:ed|ing)|hurt|ранен\w*|пострадал\w*|поранен\w*|rann\w+))"
    r"\s(?:at\sleast\s|about\s|some\s|another\s)?$"
)
_TABLES = (_table(_THINGS, r"(?!)"), _table(_FATES, _AHEAD))
_CLAUSE = lazy_pattern(r"[,.;:，；：。()（）]")
_NEAR = 24


def may_be_swapped(stated: Sequence[Quantity], rendered: Sequence[Quantity], target: str) -> bool:
    """Whether ``swapped`` may find anything: two amounts on each side, those of ``target`` with known things behind."""
    if len(stated) < 2 or len(rendered) < 2 or sum(one.kind is Kind.NUMBER for one in stated) < 2:
        return False
    ends = [one.end for one in rendered if one.kind is Kind.NUMBER]
    for table in _TABLES:
        found = (table.target.match(target, end) for end in ends)
        if len({match.lastgroup for match in found if match}) > 1:
            return True
    return False


def swapped(
    stated: Sequence[Quantity], rendered: Sequence[Quantity], owner: Mapping[int, int], source: str, target: str
) -> Iterator[tuple[int, int]]:
    """Rows of ``stated`` with the columns of ``rendered`` that hold the other one's value.

    ``owner`` is the column that states each row. Only plain amounts with values of their own are compared.
    """
    if len(owner) < 2:
        return
    for table in _TABLES:
        yield from _swapped(table, stated, rendered, owner, source, target)


def _swapped(
    table: _Table,
    stated: Sequence[Quantity],
    rendered: Sequence[Quantity],
    owner: Mapping[int, int],
    source: str,
    target: str,
) -> Iterator[tuple[int, int]]:
    counted: dict[int, str] = {}
    for row, column in owner.items():
        if stated[row].kind is Kind.NUMBER and rendered[column].kind is Kind.NUMBER:
            found = table.target.match(target, rendered[column].end)
            if found and found.lastgroup:
                counted[row] = found.lastgroup
    if len(set(counted.values())) < 2:
        return
    things = {row: _thing(table, stated, row, source) for row in sorted(counted)}
    values = [stated[row].value for row in counted]
    for row, other in itertools.combinations(sorted(counted), 2):
        if (
            counted[row] != counted[other]
            and things[row] == counted[other]
            and things[other] == counted[row]
            and values.count(stated[row].value) == values.count(stated[other].value) == 1
        ):
            yield row, owner[row]
            yield other, owner[other]


# What a number is of, where that stands before it: 出口增长6.2%，进口下降1.4%.
_LABELS = (
    (r"\bexport|\bэкспорт|\bекспорт|\beksport", r"\bimport|\bимпорт|\bімпорт", ("出口",), ("进口",)),
    (
        r"\b(?:revenues?|sales|turnover)\b|\bвыручк",
        r"\b(?:profit|earnings|income)|\bприбыл",
        ("营收", "收入", "销售额", "营业额"),
        ("利润", "净利", "盈利"),
    ),
    (r"\burban", r"\brural", ("城市", "城镇"), ("农村", "乡村")),
    (r"\bbirths", r"\bdeaths", ("出生", "新生儿"), ("死亡",)),
    (r"\b(?:minimum|lowest|low)\b", r"\b(?:maximum|highest|high)\b", ("最低",), ("最高",)),
)
_SECOND_LABELS = tuple(label for pair in _LABELS for label in pair[3])
_FARTHEST, _NEAREST = 40, 14


def may_be_mislabelled(target: str) -> bool:
    """Whether ``mislabelled`` may find anything: both labels of a pair stand there."""
    return any(map(target.__contains__, _SECOND_LABELS)) and any(True for _pair in _labels_in(target))


def _labels_in(target: str) -> Iterator[tuple[str, str, Sequence[str], Sequence[str]]]:
    """The pairs of labels of which both stand in ``target``."""
    return (pair for pair in _LABELS if _has(target, pair[3]) and _has(target, pair[2]))


def _has(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)


def mislabelled(
    stated: Sequence[Quantity], rendered: Sequence[Quantity], owner: Mapping[int, int], source: str, target: str
) -> Iterator[tuple[int, int]]:
    """Rows and columns, as ``swapped`` gives them, of numbers that stand behind each other's label."""
    if len(owner) < 2:
        return
    for one, other, here, there in _labels_in(target):
        rows = {_label(stated, row, source, one, other, _FARTHEST): row for row in owner}
        columns = {
            _label(rendered, column, target, "|".join(here), "|".join(there), _NEAREST): column
            for column in owner.values()
        }
        if {0, 1} <= rows.keys() and {0, 1} <= columns.keys():
            crossed = owner[rows[0]] == columns[1] and owner[rows[1]] == columns[0]
            if crossed and stated[rows[0]].value != stated[rows[1]].value:
                yield rows[0], owner[rows[0]]
                yield rows[1], owner[rows[1]]


def _label(numbers: Sequence[Quantity], at: int, text: str, one: str, other: str, far: int) -> int | None:
    """Whether the first (0) or the second (1) label stands before a number, behind the number before it."""
    start = numbers[at].start
    begin = max([start - far, 0, *(each.end for each in numbers if each.end <= start)])
    before = text[begin:start]
    found = [re.search(label, before, re.IGNORECASE) is not None for label in (one, other)]
    return found.index(True) if sum(found) == 1 else None


# What stands before the first of two numbers and between them, where something goes from one to the other.
_FROM = lazy_pattern(r"(?<!\w)(?:from|со?|з|із|від|od|z|ze|no|nuo|de\sla|alates|von)\s\W{0,3}$", re.IGNORECASE)
_TO = lazy_pattern(r"^[^,.;:]{0,12}?\b(?:to|до|do|līdz|iki|la|kuni|auf)\s\W{0,3}$", re.IGNORECASE)
_STARTS = lazy_pattern(r"[从由自][^，。；：从由自]{0,6}$")
_ENDS = lazy_pattern(r"^[^，。；：]{0,10}?[至到为]\W?$")
_BEFORE = 12


# The same told from its end: to 3.25% from 3.5%.
_TO_FIRST = lazy_pattern(r"(?<!\w)(?:to|до|do)\s\W{0,3}$", re.IGNORECASE)
_THEN_FROM = lazy_pattern(
    r"^\s?(?:[^\W\d]+\s){0,3}(?:from|down\sfrom|up\sfrom|с|со|з|із|z|ze)\s\W{0,3}$", re.IGNORECASE
)


def may_be_reversed(target: str) -> bool:
    """Whether ``reversed_changes`` may find anything: a quick look."""
    return ("从" in target or "由" in target or "自" in target) and ("至" in target or "到" in target or "为" in target)


def reversed_changes(
    stated: Sequence[Quantity], rendered: Sequence[Quantity], owner: Mapping[int, int], source: str, target: str
) -> Iterator[tuple[int, int]]:
    """Rows and columns, as ``swapped`` gives them, of changes that go the other way in the translation."""
    if len(owner) < 2 or not may_be_reversed(target):
        return
    rows = sorted(owner, key=lambda row: stated[row].start)
    for row, other in itertools.pairwise(rows):
        one, two = stated[row], stated[other]
        if one.value == two.value or one.kind is not two.kind:
            continue
        before, between = source[max(0, one.start - _BEFORE) : one.start], source[one.end : two.start]
        if _FROM.search(before) and _TO.match(between):
            first, last = rendered[owner[other]], rendered[owner[row]]
        elif _TO_FIRST.search(before) and _THEN_FROM.match(between):
            first, last = rendered[owner[row]], rendered[owner[other]]
        else:
            continue
        if (
            first.end <= last.start
            and _STARTS.search(target[max(0, first.start - _BEFORE) : first.start])
            and _ENDS.match(target[first.end : last.start])
        ):
            yield row, owner[other]
            yield other, owner[row]


def with_thing(other: Quantity, target: str) -> int:
    """Where a number of the translation ends with what it counts."""
    return max(
        (found.end() for table in _TABLES if (found := table.target.match(target, other.end))), default=other.end
    )


def _thing(table: _Table, stated: Sequence[Quantity], row: int, source: str) -> str | None:
    """What a number of the source counts: the first known thing behind it, in its clause."""
    start = stated[row].end
    if ahead := table.ahead.search(source[max(0, stated[row].start - _NEAR) : stated[row].start]):
        return ahead.lastgroup
    stop = min([start + _NEAR, *(each.start for each in stated if each.start >= start)])
    found = table.source.search(_CLAUSE.split(source[start:stop], maxsplit=1)[0])
    return found.lastgroup if found else None
