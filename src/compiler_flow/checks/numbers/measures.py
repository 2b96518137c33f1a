"""Amounts in units that China does not use, and what they are in metric ones.

The factors are those of NIST SP 811, appendix B.8, and of the customary US gallon and ounce.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from compiler_flow.checks.numbers.quantity import Kind, Quantity
from compiler_flow.text import lazy_pattern

TOLERANCE = 0.05
# Temperatures are rounded to whole degrees, which is much of a small one.
_DEGREES = 1.0


@dataclass(frozen=True, slots=True)
class _Measure:
    """A foreign unit: how it is written, its size in the metric base unit, and the Chinese units in that base unit."""

    source: re.Pattern[str]
    size: float
    metric: Mapping[str, float]


_LENGTH = {"公里": 1000.0, "千米": 1000.0, "厘米": 0.01, "公分": 0.01, "毫米": 0.001, "米": 1.0, "公尺": 1.0}
_AREA = {"平方公里": 1e6, "平方千米": 1e6, "公顷": 1e4, "平方米": 1.0}
_WEIGHT = {"公斤": 1.0, "千克": 1.0, "克": 0.001, "公吨": 1000.0, "吨": 1000.0}
_VOLUME = {"升": 1.0, "公升": 1.0, "毫升": 0.001, "立方米": 1000.0}
_SPEED = {"公里": 1000.0, "千米": 1000.0}


def _unit(words: str) -> re.Pattern[str]:
    return lazy_pattern(rf"[\s\u00a0-]{{0,2}}(?:{words})(?!\w)", re.I)


_MEASURES = (
    _Measure(_unit(r"square[\s-]miles?|sq\.?\s?mi|кв(?:\.|адратн\w+)\s?мил\w+"), 2_589_988.0, _AREA),
    _Measure(_unit(r"square[\s-](?:feet|foot)|sq\.?\s?ft"), 0.092903, _AREA),
    _Measure(_unit(r"square[\s-]yards?"), 0.836127, _AREA),
    _Measure(_unit(r"acres?|акр(?:а|ов|ы)?|akr(?:a|ów|y)?"), 4046.856, _AREA),
    _Measure(_unit(r"nautical[\s-]miles?|nm|морск\w+\s?мил\w+"), 1852.0, _LENGTH),
    _Measure(_unit(r"miles?\s(?:per|an)\shour|mph"), 1609.344, _SPEED),
    _Measure(_unit(r"miles?|mi|мил[ьяией]+|mil[ae]?"), 1609.344, _LENGTH),
    _Measure(_unit(r"feet|foot|ft|фут(?:а|ов|ы)?"), 0.3048, _LENGTH),
    _Measure(_unit(r"inch(?:es)?|дюйм\w*"), 0.0254, _LENGTH),
    _Measure(_unit(r"yards?|ярд(?:а|ов|ы)?"), 0.9144, _LENGTH),
    _Measure(_unit(r"pounds?|lbs?|фунт(?:а|ов|ы)?"), 0.45359237, _WEIGHT),
    _Measure(_unit(r"ounces?|oz|унци\w+"), 0.02834952, _WEIGHT),
    _Measure(_unit(r"(?:fluid[\s-]ounces?|fl\.?\s?oz)"), 0.02957353, _VOLUME),
    _Measure(_unit(r"gallons?|gal|галлон\w*"), 3.785412, _VOLUME),
)
_INCHES = lazy_pattern(r"[\s-]?(?:feet|foot|ft)\s(?:and\s)?(\d{1,2})\s?inch", re.IGNORECASE)
_FAHRENHEIT = lazy_pattern(r"\s?(?:°|º|℉|degrees?|deg\.?|градус\w*)?\s?(?:F\b|Fahrenheit\b|по\sФаренгейту)|\s?℉", re.I)
_CELSIUS = lazy_pattern(r"\s?(?:℃|°C|摄氏度|度)")
_UNITS = {
    id(table): lazy_pattern(r"[多余]?\s?(" + "|".join(sorted(table, key=len, reverse=True)) + ")")
    for table in (_LENGTH, _AREA, _WEIGHT, _VOLUME, _SPEED)
}
_NEXT = lazy_pattern(r"\s?(?:[-–—~～至到]|to|and|or|до)\s?\d[\d.,]*")


def convert(one: Quantity, other: Quantity, source: str, target: str) -> bool | None:
    """Whether ``other`` is ``one`` in metric units; ``None`` where the two are no such pair at all."""
    if other.kind not in (Kind.NUMBER, Kind.VAGUE, Kind.YEAR) or other.money:
        return None
    if one.kind not in (Kind.NUMBER, Kind.VAGUE, Kind.YEAR):
        return None
    measure = _measure_at(source, one.end)
    if measure is None:
        return None
    return _degrees(one, other, target) if measure == "°F" else _measured(one, other, source, target, measure)


def has_measure(one: Quantity, source: str) -> bool:
    """Whether an amount of ``source`` is in a unit that China does not use."""
    return one.kind in (Kind.NUMBER, Kind.VAGUE) and _measure_at(source, one.end) is not None


# Every number of the translation is compared with it.
@functools.lru_cache(maxsize=256)
def _measure_at(source: str, end: int) -> _Measure | Literal["°F"] | None:
    # In a range (10 to 12 feet) the unit stands behind the second number.
    for start in (end, following.end() if (following := _NEXT.match(source, end)) else end):
        if _FAHRENHEIT.match(source, start):
            return "°F"
        for measure in _MEASURES:
            if measure.source.match(source, start):
                return measure
    return None


def _measured(one: Quantity, other: Quantity, source: str, target: str, measure: _Measure) -> bool | None:
    units = _UNITS[id(measure.metric)]
    found = units.match(target, other.end)
    if not found and (following := _NEXT.match(target, other.end)):
        found = units.match(target, following.end())
    if not found:
        return None
    stated, size = one.readings[0], measure.metric[found[1]]
    inches = _INCHES.match(source, one.end)
    more = float(inches[1]) * 0.0254 if inches else 0.0
    low = (stated.low * measure.size + more) * (1 - TOLERANCE)
    high = (stated.high * measure.size + more) * (1 + TOLERANCE)
    return any(reading.low * size <= high and reading.high * size >= low for reading in other.readings)


def _degrees(one: Quantity, other: Quantity, target: str) -> bool | None:
    following = _NEXT.match(target, other.end)
    if not (_CELSIUS.match(target, other.end) or (following and _CELSIUS.match(target, following.end()))):
        return None
    sign, other_sign = (-1 if quantity.negative else 1 for quantity in (one, other))
    celsius = (sign * one.value - 32) * 5 / 9
    return abs(other_sign * other.value - celsius) <= max(_DEGREES, abs(celsius) * TOLERANCE)
