"""Numbers that belong together: days of a month, the ends of a range, one in five."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence
from dataclasses import replace

from compiler_flow.checks.numbers.languages import Language, compiled
from compiler_flow.checks.numbers.quantity import Kind, Quantity, exactly
from compiler_flow.checks.numbers.tokens import digits_values
from compiler_flow.text import lazy_pattern

_RANGE_MARK = r"[-–—−~‑/]"
_SCORE = frozenset("-–—−‑:")
_FEET = lazy_pattern(r"\s?(?:feet|foot|ft)\s(?:and\s)?", re.IGNORECASE)
_INCHES = lazy_pattern(r"\s?inch(?:es)?\b", re.IGNORECASE)


def dates(found: Sequence[Quantity], text: str, language: Language) -> list[Quantity]:
    """Numbers beside a month are days of it."""
    days = list(found)
    for index, quantity in enumerate(days):
        if quantity.kind is not Kind.MONTH or len(quantity.readings) > 1:
            continue
        if index and _may_be_day(days[index - 1]):
            between = text[days[index - 1].end : quantity.start]
            if re.fullmatch(r"[\s.]*(?:(?:of|de|d')\s*)?", between):
                days[index - 1] = _day(days[index - 1], quantity.value)
                continue
        if index + 1 < len(days) and _may_be_day(days[index + 1]) and not language.day_first:
            between = text[quantity.end : days[index + 1].start]
            # “In January, a fifth less” has no day.
            if re.fullmatch(r"[\s.,]*(?:the\s+)?", between) and not text.startswith("a ", days[index + 1].start):
                days[index + 1] = _day(days[index + 1], quantity.value)
    return days


def _may_be_day(quantity: Quantity) -> bool:
    value = quantity.value
    return (
        quantity.kind in (Kind.NUMBER, Kind.ORDINAL, Kind.FRACTION)
        and 1 <= value <= 31
        and value == int(value)
        and not quantity.money
    )


def _day(quantity: Quantity, month: float = 0) -> Quantity:
    """The number as a day; with its month it may have become a name: 11 September, “9·11”."""
    value = quantity.value
    name = (exactly(Kind.NAME, month * 100 + value),) if month else ()
    return replace(quantity, readings=(exactly(Kind.DAY, value), exactly(Kind.NUMBER, value), *name), soft=False)


@functools.cache
def _between(joins: frozenset[str]) -> str:
    to = "|".join(map(re.escape, sorted(joins))) or "(?!)"
    # Estonian says from 40 with an ending: 40-lt 28 protsendile.
    return rf"\s?(?:{_RANGE_MARK}|,|-l?t\s|\s(?:{to})(?:\s(?:the|o|a))?\s)\s?(?:the\s)?[$€£]?\s?"


def ranges(found: Sequence[Quantity], text: str, language: Language) -> list[Quantity]:
    """What stands after the second number of a range belongs to the first as well: 3 to 5 million, 80-90%."""
    ends = list(found)
    if len(ends) < 2:
        return ends
    between = compiled(_between(language.to))
    for index in range(len(ends) - 2, -1, -1):
        first, second = ends[index], ends[index + 1]
        gap = text[first.end : second.start]
        if _FEET.fullmatch(gap) and _INCHES.match(text, second.end):
            # The feet are converted with their inches.
            ends[index + 1] = replace(second, soft=True)
            continue
        if len(gap) > 12 or not between.fullmatch(gap):
            continue
        ends[index], ends[index + 1] = _paired(first, second, text, gap)
    return ends


def _paired(first: Quantity, second: Quantity, text: str, gap: str) -> tuple[Quantity, Quantity]:
    if second.value == 0 and first.kind is second.kind is Kind.NUMBER and gap in _SCORE:
        # A vote of 14-0 has no votes against, and nobody need say so.
        return first, replace(second, soft=True)
    if second.kind is Kind.DAY and _may_be_day(first):
        return _day(first), second
    if first.kind is Kind.DAY and _may_be_day(second) and "," not in gap:
        return first, replace(second, readings=(exactly(Kind.DAY, second.value), *second.readings))
    if first.kind is Kind.YEAR and second.kind is Kind.NUMBER and second.value < 100 and re.search(r"[-–/]", gap):
        return first, replace(
            second, readings=(exactly(Kind.YEAR, first.value // 100 * 100 + second.value), *second.readings)
        )
    if "," in gap or first.kind not in (Kind.NUMBER, Kind.YEAR):
        return first, second
    if second.kind in (Kind.PERCENT, Kind.POINTS) and first.kind is Kind.NUMBER:
        return replace(first, readings=(exactly(second.kind, first.value), *first.readings[1:])), second
    scale = _scale_of(second, text)
    money = first.money or second.money
    counts_times = any(reading.kind is Kind.TIMES for reading in first.readings)
    if first.kind is Kind.NUMBER and not counts_times and scale > 1 and first.value < second.value / scale:
        first = replace(first, readings=(exactly(Kind.NUMBER, first.value * scale),))
    if first.kind is second.kind is Kind.NUMBER:
        return replace(first, money=money), replace(second, money=money)
    return first, second


def _scale_of(quantity: Quantity, text: str) -> float:
    """How much the scale word in a quantity multiplies its digits."""
    digits = re.search(r"\d[\d.,]*", text[quantity.start : quantity.end])
    if quantity.kind is not Kind.NUMBER or not quantity.value:
        return 1
    if digits is None:
        return 10.0 ** (math.floor(math.log10(quantity.value)) // 3 * 3)
    for scale in (1e12, 1e9, 1e6, 1e3):
        for decimal in ".,":
            values = digits_values(digits[0].rstrip(".,"), decimal)
            if any(math.isclose(value * scale, quantity.value, rel_tol=1e-9) for value in values):
                return scale
    return 1


_OF_LIFE = lazy_pattern(
    r"(?:-\w+)?\.?\s(?:году?\sжизни|році\sжиття|годзе\sжыцця|roku\sżycia|mūža\sgadā)", re.IGNORECASE
)
_GOING = lazy_pattern(r"\beidam\w+\s$", re.IGNORECASE)


def ages(found: Sequence[Quantity], text: str) -> list[Quantity]:
    """In the 86th year of life: somebody is 85."""
    return [
        replace(one, readings=(exactly(Kind.NUMBER, one.value - 1), *one.readings))
        if _OF_LIFE.match(text, one.end) or _GOING.search(text, 0, one.start)
        else one
        for one in found
    ]


_OUT_OF = lazy_pattern(
    r"\s+(?:in(?: every)?|out of(?: every)?|of(?: every)?|из(?: каждых)?|і?з(?: кожних)?|z|na|von|sur|din|iš|no)\s+",
    re.IGNORECASE,
)


# One household in six; with more than one of them the second number may be anything: 3 people in 5 towns.
# Estonian says out of ten with an ending.
_OUT_OF_IT = frozenset(
    {"kolmest", "neljast", "viiest", "kuuest", "seitsmest", "kaheksast", "üheksast", "kümnest", "sajast"}
)
_ANY_WORD = lazy_pattern(r"\s+[^\W\d]+\s+")
_ONE_OUT_OF = lazy_pattern(rf"\s+[^\W\d]+{_OUT_OF.pattern}", re.IGNORECASE)


def shares(found: Sequence[Quantity], text: str) -> list[Quantity]:
    """One in five, 7 out of 10: two numbers, or one share."""
    shares = list(found)
    for index in range(len(shares) - 1):
        first, second = shares[index], shares[index + 1]
        if first.kind is not Kind.NUMBER or second.kind is not Kind.NUMBER or not 0 < first.value < second.value <= 1e6:
            continue
        between = text[first.end : second.start]
        is_share = _OUT_OF.fullmatch(between) or (first.value == 1 and _ONE_OUT_OF.fullmatch(between))
        if is_share or (_ANY_WORD.fullmatch(between) and text[second.start : second.end].lower() in _OUT_OF_IT):
            share = exactly(Kind.FRACTION, first.value / second.value)
            shares[index] = replace(first, readings=(*first.readings, share))
            shares[index + 1] = replace(second, readings=(*second.readings, share))
    return shares
