"""Which numbers of a source a translation does not state, and which it contradicts."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from compiler_flow.checks.numbers import amounts, half_years, scores
from compiler_flow.checks.numbers.measures import convert, has_measure
from compiler_flow.checks.numbers.numerals import lowest
from compiler_flow.checks.numbers.quantity import Kind, Quantity, Reading, Rounding
from compiler_flow.checks.numbers.swapped import (
    may_be_mislabelled,
    may_be_reversed,
    may_be_swapped,
    mislabelled,
    reversed_changes,
    swapped,
    with_thing,
)
from compiler_flow.text import lazy_pattern

# What may state what, when the values are the same.
_STATES: dict[Kind, frozenset[Kind]] = {
    Kind.NUMBER: frozenset({Kind.NUMBER, Kind.ORDINAL, Kind.YEAR, Kind.DAY, Kind.NAME, Kind.VAGUE, Kind.TIMES}),
    Kind.ORDINAL: frozenset({Kind.ORDINAL, Kind.NUMBER, Kind.DAY, Kind.NAME}),
    Kind.PERCENT: frozenset({Kind.PERCENT, Kind.FRACTION}),
    Kind.POINTS: frozenset({Kind.POINTS}),
    Kind.FRACTION: frozenset({Kind.FRACTION, Kind.PERCENT}),
    Kind.TIMES: frozenset({Kind.TIMES, Kind.PERCENT, Kind.FRACTION}),
    Kind.YEAR: frozenset({Kind.YEAR, Kind.NUMBER, Kind.DECADE}),
    Kind.MONTH: frozenset({Kind.MONTH}),
    Kind.DAY: frozenset({Kind.DAY, Kind.NUMBER}),
    Kind.TIME: frozenset({Kind.TIME}),
    Kind.DECADE: frozenset({Kind.DECADE}),
    Kind.HALF_YEAR: frozenset({Kind.HALF_YEAR}),
    Kind.VAGUE: frozenset({Kind.VAGUE, Kind.NUMBER}),
    Kind.NAME: frozenset({Kind.NAME, Kind.NUMBER, Kind.ORDINAL, Kind.YEAR}),
}
_AMOUNTS = frozenset({Kind.NUMBER, Kind.VAGUE})
_RATES = frozenset({Kind.PERCENT, Kind.POINTS, Kind.FRACTION})
# 七国集团, 八国集团, 二十国集团, 七十七国集团: G and a number are a group of states.
_GROUPS = frozenset({7, 8, 10, 20, 77})
# 下降5% says minus 5; 降至5度 does not.
_FALLING = lazy_pattern(r"(?:降|跌|减)(?![至到为])|缩|负|亏|赤字|零下|下滑|下挫|衰退")
_GROWING = lazy_pattern(
    r"вырос|увелич|рост|больше|повыс|удво|утро|зросл|збільш|wzro|increas|grew|grow|rose|doubl|tripl", re.I
)
_COLD = lazy_pattern(
    r"°|degree|frost|freez|below|cold|градус|мороз|ступ|stopn|mróz|mroz|grad|laipsn|šalt|grād|sal[sau]|kraad|külm|도",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A number of the source that the translation lacks; ``instead`` stands in its place, if anything does.

    ``converted`` says that ``instead`` is an amount in metric units, where the source has others: the translator
    may have had another figure for it.
    """

    stated: Quantity
    instead: Quantity | None
    converted: bool = False


def differences(
    stated: Sequence[Quantity], rendered: Sequence[Quantity], source: str, target: str, *, known: bool = True
) -> list[Difference]:
    """What ``rendered`` (of ``target``) says otherwise than ``stated`` (of ``source``), in the source's order.

    ``known`` is false where the source's number words are unknown: then only digits are compared.
    """
    may_have_changed = (
        may_be_reversed(target)
        or may_be_mislabelled(target)
        or any(has_measure(one, source) for one in stated)
        or scores.may_be_changed(target)
        or half_years.may_be_changed(target)
        or may_be_swapped(stated, rendered, target)
        or _has_units(stated, rendered, source, target)
    )
    if not may_have_changed and _agree_plainly(stated, rendered):
        return []
    pairs = [[fits(one, other, source, target, known=known) for other in rendered] for one in stated]
    owner = _assign(stated, rendered, pairs)
    taken = set(owner.values())
    # What states some number is no rival of another, unless only its value does: 五国 … 第五次 for five and sixth.
    free = [
        index
        for index in range(len(rendered))
        if index not in taken
        and not any(
            pairs[row][index] and (rendered[index].kind is not Kind.ORDINAL or stated[row].kind is Kind.ORDINAL)
            for row in range(len(stated))
        )
    ]
    found: list[Difference] = []
    for row, quantity in enumerate(stated):
        if row in owner:
            continue
        shared = any(pairs[row])
        if quantity.kind is Kind.NUMBER and (
            _is_listed(quantity, target)
            or _in_halves(quantity.value, target)
            or amounts.is_said_otherwise(quantity, source, target)
        ):
            continue
        place = quantity.start / max(1, len(source))
        rivals = [index for index in free if _contradicts(quantity, rendered[index], shared=shared)]
        if rivals:
            nearest = min(rivals, key=lambda index: abs(rendered[index].start / max(1, len(target)) - place))
            free.remove(nearest)
            instead = rendered[nearest]
            # The very number in another unit was not converted.
            converted = quantity.value != instead.value and convert(quantity, instead, source, target) is not None
            end, instead_end = amounts.with_units(quantity, instead, source, target)
            found.append(Difference(replace(quantity, end=end), replace(instead, end=instead_end), converted))
        elif not shared and not quantity.soft and not _is_paraphrased(quantity, source, target):
            found.append(Difference(quantity, None))
    for row, column in swapped(stated, rendered, owner, source, target):
        found.append(Difference(stated[row], replace(rendered[column], end=with_thing(rendered[column], target))))
    told = {each.stated.start for each in found}
    for row, column in (
        *reversed_changes(stated, rendered, owner, source, target),
        *mislabelled(stated, rendered, owner, source, target),
        *scores.changed(stated, rendered, source, target),
        *half_years.changed(stated, rendered, source),
    ):
        if stated[row].start not in told:
            found.append(Difference(stated[row], rendered[column]))
    return found


def _has_units(stated: Sequence[Quantity], rendered: Sequence[Quantity], source: str, target: str) -> bool:
    """Whether numbers on both sides have units behind them, so that not only their values must agree."""
    return any(amounts.unit_of(other, target) for other in rendered) and any(
        amounts.unit_behind(one, source) for one in stated
    )


def _agree_plainly(stated: Sequence[Quantity], rendered: Sequence[Quantity]) -> bool:
    """Whether each stated number has a rendered one of its own with the same likeliest reading, which always fits."""
    if len(stated) > len(rendered):
        return False
    free = [None if other.negative else other.readings for other in rendered]
    for one in stated:
        first = one.readings[0]
        if one.negative or not first.exact or first.kind is Kind.TIMES:
            return False
        for place, readings in enumerate(free):
            if readings is not None and first in readings:
                free[place] = None
                break
        else:
            return False
    return True


def _assign(
    stated: Sequence[Quantity], rendered: Sequence[Quantity], pairs: Sequence[Sequence[bool]]
) -> dict[int, int]:
    """A largest assignment of stated numbers to rendered ones; required numbers and equal kinds choose first."""
    owner: dict[int, int] = {}
    holder: dict[int, int] = {}

    def place(row: int, seen: set[int]) -> bool:
        choices = [column for column in range(len(rendered)) if pairs[row][column] and column not in seen]
        choices.sort(key=lambda column: (rendered[column].kind is not stated[row].kind, abs(column - row)))
        for column in choices:
            seen.add(column)
            if column not in holder or place(holder[column], seen):
                holder[column], owner[row] = row, column
                return True
        return False

    for row in sorted(range(len(stated)), key=lambda row: stated[row].soft):
        place(row, set())
    return owner


# -------------------------------------------------------------------------------------------- agreement


def fits(one: Quantity, other: Quantity, source: str, target: str, *, known: bool = True) -> bool:
    """Whether ``other``, a number of the translation, states ``one``, a number of the source."""
    if known:
        # In other units the same number is another amount.
        for same in (convert(one, other, source, target), amounts.counts(one, other, source, target)):
            if same is not None:
                return same
    if not any(
        _same(first, second, other) if known else _same_digits(first.low, second.low, kinds=(first, second))
        for first in one.readings
        for second in other.readings
    ):
        return False
    if (
        one.kind is Kind.TIMES
        and other.kind is Kind.FRACTION
        and (_GROWING.search(source) or not _FALLING.search(target))
    ):
        return False
    return _signs_agree(one, other, source, target)


def _same(first: Reading, second: Reading, other: Quantity) -> bool:
    if second.kind not in _STATES[first.kind]:
        return False
    if first.kind is Kind.ORDINAL and second.kind is Kind.NUMBER and other.is_word and second.low == 1:
        return False  # 一 counts or means nothing; the first is 第一 or 首
    low, high = second.low, second.high
    if first.kind is Kind.PERCENT and second.kind is Kind.FRACTION:
        low, high = low * 100, high * 100
    elif first.kind is Kind.FRACTION and second.kind is Kind.PERCENT:
        low, high = low / 100, high / 100
    elif first.kind is Kind.TIMES and second.kind is Kind.PERCENT:
        return any(math.isclose(first.low, factor) for factor in (low / 100, low / 100 + 1))
    elif first.kind is Kind.TIMES and second.kind is Kind.FRACTION:
        # Halved: by a half and to a half are the same. A third is left, or two thirds are gone.
        return first.low > 1 and any(math.isclose(low, part) for part in (1 / first.low, 1 - 1 / first.low))
    elif first.kind is Kind.VAGUE and second.kind in (Kind.VAGUE, Kind.NUMBER):
        return first.low * 0.999 <= low <= first.high
    elif second.kind is Kind.VAGUE:
        return low * 0.999 <= first.low <= high
    if not first.exact:
        return low <= first.high and first.low <= high
    if low != high:
        return low * (1 - 1e-9) <= first.low <= high * (1 + 1e-9)
    if math.isclose(first.low, low, rel_tol=1e-9, abs_tol=1e-12):
        return True
    if first.kind is Kind.FRACTION and round(first.low * 100, 6).is_integer():
        return False  # three quarters are 75%, and about 80% is something else
    return other.rounding is not Rounding.NONE and first.kind in (*_AMOUNTS, *_RATES) and _rounds(first.low, low, other)


def _rounds(value: float, rounded: float, other: Quantity) -> bool:
    """Whether ``rounded`` is ``value`` at fewer digits, in the direction that the word beside it says."""
    if not value or not rounded or value < 0:
        return False
    place = lowest(rounded)
    step = value / place
    limit = 0.1
    match other.rounding:
        case Rounding.ABOUT:
            near = (math.floor(step + 0.5), math.floor(step + 0.5 - 1e-9))
        case Rounding.OVER:
            near, limit = (math.floor(step + 1e-9),) * 2, 0.2
        case _:
            # 近 says “almost” in most mouths and “about” in some.
            near, limit = (math.ceil(step - 1e-9), math.floor(step + 0.5)), 0.12
    return (
        any(math.isclose(each * place, rounded, rel_tol=1e-9) for each in near)
        and abs(value - rounded) <= limit * value
    )


def _signs_agree(one: Quantity, other: Quantity, source: str, target: str) -> bool:
    if one.negative and not other.negative:
        return bool(_FALLING.search(target[max(0, other.start - 10) : other.end + 6]))
    if other.negative and not one.negative:
        return not (
            target[max(0, other.start - 3) : other.start].rstrip().endswith("零下") and _COLD.search(source)
        ) or bool(re.search(r"below|frost|minus|sub-?zero|freez|мороз|минус|мінус|мороз|ниже|нижче", source, re.I))
    return True


def _digits(value: float) -> str:
    return f"{value:.9e}".split("e")[0].replace(".", "").rstrip("0")


def _same_digits(first: float, second: float, *, kinds: tuple[Reading, Reading]) -> bool:
    """For languages without a vocabulary: the same digits, whatever the scale."""
    rounded = kinds[1]
    return _digits(first) == _digits(second) or (not rounded.exact and rounded.low <= first <= rounded.high)


# ------------------------------------------------------------------------------------------ contradiction


def _contradicts(one: Quantity, other: Quantity, *, shared: bool) -> bool:
    """Whether ``other`` stands where ``one`` should: the same kind of number, with another value."""
    kinds = {reading.kind for reading in one.readings}
    kind, rival = one.kind, other.kind
    if shared:
        return kind is rival and kind in (Kind.NUMBER, Kind.PERCENT) and _plausible(one, other) and not one.soft
    if kind in _AMOUNTS and rival in _AMOUNTS:
        return _plausible(one, other)
    if kind not in _RATES and Kind.FRACTION in kinds and rival in (Kind.FRACTION, Kind.PERCENT):
        return not one.soft  # each fifth, six of ten
    if {kind, rival} == {Kind.NUMBER, Kind.PERCENT} or {kind, rival} == {Kind.NUMBER, Kind.POINTS}:
        return math.isclose(one.value, other.value, rel_tol=1e-9)
    if kind in _RATES and rival in _RATES:
        return not one.soft or Kind.FRACTION in (kind, rival)
    if kind in (Kind.NUMBER, Kind.YEAR) and rival is Kind.ORDINAL:
        small = one.value <= 100 and not one.is_word and not one.money
        return small or (_alike(one.value, other.value) and one.value < 1e4)
    if kind is Kind.YEAR and rival in _AMOUNTS:
        return _alike(one.value, other.value) or (other.readings[-1].kind is Kind.YEAR)
    if kind is Kind.NAME:
        named = rival is Kind.NUMBER and not other.is_word and not other.money and one.letters.isalpha()
        same_length = len(str(int(one.value))) == len(str(int(other.value)))
        if one.letters in ("G", "Г") and rival is Kind.NUMBER:
            return other.value in _GROUPS
        return rival is Kind.NAME or (rival is Kind.ORDINAL and one.letters.isalpha()) or (named and same_length)
    if kind is Kind.ORDINAL and rival is Kind.NUMBER:
        return not one.soft and other.value <= 100 and not other.money and not one.is_word
    if rival is Kind.TIME and Kind.TIME in kinds:
        return True  # 14.30 may be an amount
    if kind is Kind.TIMES and rival is Kind.PERCENT:
        return math.isclose(one.value * 10, other.value)  # fourfold, 四成
    if kind is Kind.TIMES:
        twice = one.value == 2 and Kind.NUMBER in kinds and rival is Kind.NUMBER
        return rival is Kind.TIMES or (twice and other.is_word and 2 < other.value <= 9 and not other.money)
    return (rival in kinds and kind is rival) or (rival is Kind.DAY and kind is Kind.DAY)


def _alike(first: float, second: float) -> bool:
    """Whether two values have the same digits, in any order and at any scale."""
    return sorted(_digits(first)) == sorted(_digits(second))


def _plausible(one: Quantity, other: Quantity) -> bool:
    """Whether an amount may stand for another one: not any number that the translation adds does."""
    if one.soft:
        return one.value == 2 and 2 < other.value <= (20 if other.is_word else 9) and not other.money
    if _alike(one.value, other.value):
        return True
    if one.money != other.money:
        return False
    if other.is_word and other.value <= 10 < one.value:
        return other.value >= 4 and one.value <= 20
    big, small = max(one.value, other.value), max(min(one.value, other.value), 1e-9)
    return big / small <= (1e4 if one.money else 1e3)


_TODAY = lazy_pattern(
    r"今[天日年]|昨[天日]|明[天年]|当[天日年]|同[日年月]|次[日年]|去年|前年|上年|周[一二三四五六日末]|星期|本[月年周]|上月|下月|翌日|此前一天"
)
_FEASTS = lazy_pattern("元旦|新年|除夕|圣诞|平安夜|五一|劳动节|妇女节|国庆|独立日|胜利日")
# A Chinese dateline has month and day only.
_DATELINE = lazy_pattern(r"^[^，。]{0,30}\d日(?:电|讯)")
_MANY = lazy_pattern(r"许多|大量|众多|不少|多[名个次人家]|若干|成批|大批|一批|诸多|无数")
_ALL = lazy_pattern(r"全部|完全|所有|全体|百分之百")


# Months, minutes and hours that Chinese counts in halves of something longer.
_HALVES = {
    6: "半年|年半",
    18: "一年半",
    30: "半个?小时|点半|时半",
    90: "一个半小时",
    24: "昼夜|一天一夜",
    15: "一刻",
    50: "半个世纪",
}


_EACH = lazy_pattern("一[名个位家架辆艘座]")


def _is_listed(one: Quantity, target: str) -> bool:
    """Whether the translation names them one by one: two of them, 一名教师和一名律师."""
    return one.value in (2, 3) and len(_EACH.findall(target)) == one.value


def _in_halves(value: float, target: str) -> bool:
    """Whether the translation says 年半 for six months, 半小时 for thirty minutes."""
    return value in _HALVES and bool(re.search(_HALVES[int(value)], target))


# The 27-nation bloc is the EU.
_OF_MANY = lazy_pattern(r"-(?:nation|member|country|state|strong)\b")
_UNIONS = lazy_pattern("欧盟|北约|东盟|非盟|独联体|金砖|国集团|上合组织|欧安组织")


def _is_paraphrased(one: Quantity, source: str, target: str) -> bool:
    """Whether the translation says a dropped number without one: 周三 for a date, 许多 for dozens."""
    if _OF_MANY.match(source, one.end):
        return bool(_UNIONS.search(target))
    if one.kind in (Kind.YEAR, Kind.DAY, Kind.MONTH):
        is_feast = one.kind is not Kind.YEAR and _FEASTS.search(target)
        return bool(_TODAY.search(target) or is_feast or (one.kind is Kind.YEAR and _DATELINE.search(target)))
    if one.kind is Kind.VAGUE:
        return bool(_MANY.search(target))
    if one.kind is Kind.PERCENT and one.value == 100:
        return bool(_ALL.search(target))
    if one.kind is Kind.DECADE and one.value % 100 == 0:
        return bool(re.search("世纪|年代", target))
    return False
