"""Amounts of time, length, area and weight: the same number of another unit is another amount.

15 years are neither 15个月 nor 15周, but 48 hours are 两天, twelve months 一年 and the first nine months 前三季度.
Amounts in units that China does not use are ``measures``' where the translation has metric ones.
"""

from __future__ import annotations

import functools
import math
import re
from dataclasses import dataclass

from compiler_flow.checks.numbers.numerals import lowest, number
from compiler_flow.checks.numbers.quantity import Kind, Quantity, Rounding
from compiler_flow.text import lazy_pattern

# Months have no fixed number of days, so that a count in one of them says another in the other one only about.
_YEAR = 365.25
_MONTH = _YEAR / 12
_ABOUT = 0.09


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit of a ``dimension``: its ``size`` in days, metres, square metres, kilograms. ``by_month``: see above."""

    dimension: str
    size: float
    by_month: bool = False


# How a unit is written behind a number, in the languages of ``languages``, and in Chinese.
_UNITS = (
    (
        _Unit("time", _YEAR, True),
        r"years?|лет|год(?:а|ов|у|ом)?|рок(?:и|ів|у|ом)|рік|lat(?:a|ach)?|rok(?:u|iem)?|letni\w*|met(?:ų|ai|us|ams)|"
        r"gad\w*|aasta(?:t|ks|ga|ne|se)?|jahr\w*|ani(?:lor)?|ans?|années?",
        r"周年|年(?![代级])|岁|载",
    ),
    (
        _Unit("time", 3 * _MONTH, True),
        r"quarters?|квартал\w*|kwartał\w*|ketvir[tč]\w*|trimest\w*|quartal\w*",
        r"个?季度",
    ),
    (
        _Unit("time", _MONTH, True),
        r"months?|месяц\w*|мес\.|місяц\w*|miesi[ąę]c\w*|mėnes\w*|mēne[sš]\w*|kuu\w{0,3}|monat\w*|luni|lun[ăa]|mois",
        r"个多?月",
    ),
    (_Unit("time", 14), r"fortnights?", r"(?!)"),
    (
        _Unit("time", 7),
        r"weeks?|недел\w*|тиж(?:н|ден)\w*|tygodn\w*|tydzień|savait\w*|nedēļ\w*|nädal\w*|woche\w*|săptămân\w*|semaines?",
        r"周(?![年边围期])|个?(?:星期|礼拜)(?![一二三四五六日天])",
    ),
    (
        _Unit("time", 1),
        r"days?|дн(?:ей|я|ів|і|ями|ях)|день|сут(?:ки|ок)|доб[аиу]|діб|dni(?:a|owy|owe|owa)?|dzień|dien\w*|par(?:ų|as)|"
        r"päev\w*|tag(?:e[ns]?|s)?|zile(?:le)?|zi|jours?",
        r"天(?![津地文体])|昼夜",
    ),
    (
        _Unit("time", 1 / 24),
        r"hours?|hrs?|час(?:а|ов|ами|ах)|годин\w*|godzin\w*|godz\.|valand\w*|val\.|stund\w*|tun[dn]\w*|or[eă]|heures?",
        r"个?多?(?:小时|钟头)",
    ),
    (
        _Unit("time", 1 / 1440),
        r"min(?:ute)?s?|минут\w*|мин\.|хвилин\w*|minut\w*|minu[čt]\w*|minū[tš]\w*",
        r"分钟",
    ),
    (
        _Unit("area", 1e6),
        r"(?:square|sq\.?)\s?(?:kilomet(?:re|er)s?|km)|km²|кв(?:\.|адратн\w+)\s?(?:километр\w*|км)|км²|"
        r"quadratkilometer\w*|km\s?kw\.|kilometr\w+\skwadrat\w+",
        r"平方(?:公里|千米)",
    ),
    (_Unit("area", 1e4), r"hectares?|ha|гектар\w*|га|hektar\w*|hectar\w*", r"公顷"),
    (_Unit("area", 4046.856), r"acres?|акр(?:а|ов|ы|ів)?", r"英亩"),
    (_Unit("area", 2_589_988.0), r"square[\s-]miles?", r"平方英里"),
    (_Unit("area", 1.0), r"(?:square|sq\.?)\s?(?:met(?:re|er)s?|m)|m²|кв\.\s?м|м²|quadratmeter\w*", r"平方米"),
    (
        _Unit("length", 1000.0),
        r"kilomet(?:re|er)s?|km|километр\w*|кілометр\w*|км|kilometr\w*|kilometer\w*|kilomeetr\w*|kilometrų|kilomètres?",
        r"公里|千米",
    ),
    (_Unit("length", 1609.344), r"miles?|мил[ьяией]+", r"英里"),
    (_Unit("length", 1852.0), r"nautical[\s-]miles?|морск\w+\sмил\w+", r"海里"),
    (_Unit("length", 0.3048), r"feet|foot|ft", r"英尺"),
    (_Unit("length", 0.0254), r"inch(?:es)?", r"英寸"),
    (_Unit("length", 0.01), r"centimet(?:re|er)s?|cm|сантиметр\w*|см|centymetr\w*|zentimeter\w*", r"厘米|公分"),
    (_Unit("length", 0.001), r"millimet(?:re|er)s?|mm|миллиметр\w*|мм|milimetr\w*|millimeter\w*", r"毫米"),
    (
        _Unit("length", 1.0),
        r"met(?:re|er)s?|метр(?:а|ов|ах|ами|и|ів)?|metr(?:y|ów|ai|ų|i)?|meetrit?|metri|mètres?",
        r"米",
    ),
    (_Unit("volume", 1.0), r"cubic\smet(?:re|er)s?|куб(?:\.|ометр\w*|ических\sметр\w*)|m³|м³|kubikmeter\w*", r"立方米"),
    (_Unit("volume", 0.028316847), r"cubic\s(?:feet|foot)|кубических\sфут\w*", r"立方英尺"),
    (_Unit("volume", 0.158987), r"barrels?|баррел\w*|барел\w*|baryłk\w*", r"桶"),
    (_Unit("volume", 0.001), r"lit(?:re|er)s?|литр\w*|літр\w*|litr\w*|Liter", r"升(?![至到级任入幅])"),
    (_Unit("volume", 0.003785412), r"gallons?", r"加仑"),
    (_Unit("weight", 1000.0), r"(?:metric\s)?ton(?:ne)?s?|тонн\w*|ton(?:y|ą|ų|ai|nen|ni)?|tone|tonnes?", r"公?吨"),
    (
        _Unit("weight", 1.0),
        r"kilogram(?:me)?s?|kilos?|kg|килограмм\w*|кілограм\w*|кг|kilogram\w*|kilogramm\w*",
        r"公斤|千克",
    ),
    (_Unit("weight", 0.001), r"gram(?:me)?s?|грамм\w*", r"克"),
    (_Unit("weight", 0.45359237), r"lbs?", r"磅"),
)
_NAMES = {f"u{at}": unit for at, (unit, _source, _chinese) in enumerate(_UNITS)}
_SOURCE = lazy_pattern(
    r"\.?[\s\u00a0-]{0,2}(?:de\s)?(?:"
    + "|".join(f"(?P<u{at}>(?:{source})(?!\\w))" for at, (_unit, source, _chinese) in enumerate(_UNITS))
    + ")",
    re.IGNORECASE,
)
_TARGET = lazy_pattern(
    r"[多余来]?\s?(?:" + "|".join(f"(?P<u{at}>{chinese})" for at, (_unit, _source, chinese) in enumerate(_UNITS)) + ")"
)
# How all that _TARGET matches begins.
BEGINNINGS = frozenset("多余来 周年岁载个季月星礼天昼小钟分平公千英海厘毫米吨克磅立桶升加")
_FIRST_YEAR = 1000
_FIRST = frozenset("前头")
_MORE = frozenset("多余")
# What a word such as 约 or 多 lets a converted amount be off.
_ROUNDED = 0.1
_COUNTS = frozenset({Kind.NUMBER, Kind.VAGUE})
# 12年零6个月, 1小时30分钟: with each the size of its units in days.
_HAN = "零一二三四五六七八九十两百"
_IN_PARTS = (
    (lazy_pattern(rf"(?P<a>\d+|[{_HAN}]+)年零?(?:又)?(?P<b>\d+|[{_HAN}]+)个月"), _YEAR, _MONTH),
    (lazy_pattern(rf"(?P<a>\d+|[{_HAN}]+)个?小时零?(?P<b>\d+|[{_HAN}]+)分"), 1 / 24, 1 / 1440),
)
# 1至9月 is nine months.
_MONTHS = lazy_pattern(r"(?<!\d)1月?[至到—–~～-]{1,2}(?P<last>\d{1,2})月")


def counts(one: Quantity, other: Quantity, source: str, target: str) -> bool | None:
    """Whether ``one``, of ``source``, and ``other``, of ``target``, are the same amount by the units behind them.

    ``None`` where either has no unit of this table, or the two are not of one dimension.
    """
    if one.kind not in _COUNTS or one.money or other.money:
        return None
    stated, rendered = unit_behind(one, source), unit_of(other, target)
    if stated is None or rendered is None or stated[0].dimension != rendered[0].dimension:
        return None
    unit, said = stated[0], rendered[0]
    end = rendered[1]
    if unit == said and target[end : end + 1] not in _MORE:
        # Nothing to convert: the numbers themselves tell.
        return None
    # 二季度 is one quarter, the second; 前三季度 are three of them.
    is_named = _names_quarter(target, other) and target[other.start - 1 : other.start] not in _FIRST
    is_one = is_named or other.kind is Kind.ORDINAL
    first, last = (1.0, 1.0) if is_one else (other.readings[0].low, other.readings[0].high)
    if target[end : end + 1] in _MORE:
        last += lowest(first) * (1 - 1e-6)
    near = 1e-9 if unit.by_month is said.by_month or unit.dimension != "time" else _ABOUT
    if other.rounding is not Rounding.NONE:
        near = max(near, _ROUNDED)
    low, high = one.readings[0].low * unit.size, one.readings[0].high * unit.size
    return low * (1 - near) <= last * said.size * (1 + 1e-9) and first * said.size <= high * (1 + near) * (1 + 1e-9)


def _names_quarter(text: str, quantity: Quantity) -> bool:
    """Whether a quarter is named, not counted (三个季度)."""
    return text.startswith("季度", quantity.end)


def unit_behind(quantity: Quantity, text: str) -> tuple[_Unit, int] | None:
    """The unit that stands behind a quantity of a source, and where it ends."""
    return _behind(quantity.end, text)


@functools.lru_cache(maxsize=256)
def _behind(end: int, text: str) -> tuple[_Unit, int] | None:
    found = _SOURCE.match(text, end)
    return (_NAMES[found.lastgroup], found.end()) if found and found.lastgroup else None


def unit_of(quantity: Quantity, text: str) -> tuple[_Unit, int] | None:
    """The unit of a quantity of a translation, and where it ends."""
    if quantity.kind not in _COUNTS and not (quantity.kind is Kind.ORDINAL and _names_quarter(text, quantity)):
        return None
    # 18年 is read as a year of a century as well, and its unit with it.
    has_year = text[quantity.end - 1] == "年" and quantity.value < _FIRST_YEAR
    return _rendered_unit(quantity.end - has_year, text)


@functools.lru_cache(maxsize=256)
def _rendered_unit(end: int, text: str) -> tuple[_Unit, int] | None:
    found = _TARGET.match(text, end)
    return (_NAMES[found.lastgroup], found.end()) if found and found.lastgroup else None


_ENGLISH = lazy_pattern(
    r"\b(?:(square|sq|nautical|cubic)[\s-])?(year|quarter|month|fortnight|week|day|hour|minute|hectare|acre|kilomet|km|mile|feet|foot|"
    r"barrel|lit(?=re|er)|gallon|pound|ounce|yard|inch|centimet|millimet|met(?=re|er)|tonne|ton|kilo|kg|gram|lb)",
    re.IGNORECASE,
)
_OF_ENGLISH = {
    "年": "year",
    "周年": "year",
    "岁": "year",
    "载": "year",
    "月": "month",
    "季度": "quarter",
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "天": "day",
    "小时": "hour",
    "分钟": "minute",
    "公里": "kilomet km",
    "米": "met",
    "吨": "tonne ton",
    "公斤": "kilo kg",
    "公顷": "hectare",
}


def is_unit_named(end: int, translation: str, text: str) -> bool:
    """Whether ``text``, in English, names the unit that stands at ``end`` in ``translation``, and no other unit.

    A quick look: false says nothing. True where no unit stands there.
    """
    found = _TARGET.match(translation, end)
    if found is None:
        return True
    wanted = _OF_ENGLISH.get(found[0].strip("多余来个 "))
    return wanted is not None and {f"{kind}{name}".lower() for kind, name in _ENGLISH.findall(text)} <= {
        *wanted.split()
    }


def with_units(one: Quantity, other: Quantity, source: str, target: str) -> tuple[int, int]:
    """Where the two end with their units, where these are what is wrong; else where they end by themselves."""
    if counts(one, other, source, target) is False and math.isclose(one.value, other.value):
        stated, rendered = unit_behind(one, source), unit_of(other, target)
        if stated and rendered:
            return stated[1], rendered[1]
    return one.end, other.end


def is_said_otherwise(one: Quantity, source: str, target: str) -> bool:
    """Whether the translation says the time in parts (14 months, 一年零两个月) or names it: nine months, 1至9月."""
    unit = unit_behind(one, source)
    if unit is None or unit[0].dimension != "time":
        return False
    wanted = one.value * unit[0].size
    for pattern, size, part in _IN_PARTS:
        for match in pattern.finditer(target):
            whole, more = (number(match[name].removeprefix("零")) for name in "ab")
            if whole and more and math.isclose(whole[0] * size + more[0] * part, wanted, rel_tol=1e-6):
                return True
    return unit[0].size == _MONTH and any(float(match["last"]) == one.value for match in _MONTHS.finditer(target))
