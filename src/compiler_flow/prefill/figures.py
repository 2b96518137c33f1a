"""Numbers written in Chinese in place of others: 12名 → 15名, 250万 → 320万, 三分之一 → 四分之三.

What is written keeps the form of what stands there. Large numbers take 万 and 亿 as GB/T 15835-2011, 4.1 and 5.1, has
them; reading is the business of ``checks.numbers``.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from compiler_flow.checks.numbers.quantity import Kind, Quantity
from compiler_flow.text import lazy_pattern

_WAN, _YI = Decimal(10_000), Decimal(100_000_000)
_HAN = "〇一二三四五六七八九"
_ARABIC = lazy_pattern(r"(?P<before>\D*?)(?P<number>\d[\d,]*(?:\.\d+)?)(?P<scale>\s?[万亿]?)(?P<after>[^\d万亿]*)\Z")
_NUMERAL = lazy_pattern(r"(?P<before>百分之|第)?(?P<number>[零一二三四五六七八九十两]{1,3})(?P<after>\D*)\Z")
_CLOCK = lazy_pattern(r"(?P<hour>\d{1,2})(?P<mark>[时:：])(?P<minute>\d{1,2})(?P<after>分?)\Z")
_PARTS = lazy_pattern(r"[一二三四五六七八九十]{1,2}分之[一二三四五六七八九十]{1,2}\Z")
_PLAIN = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.POINTS, Kind.YEAR, Kind.MONTH, Kind.DAY, Kind.ORDINAL, Kind.NAME})


def rewritten(standing: str, new: Quantity, spelling: str) -> str | None:
    """``standing``, a number of a translation as it stands there, saying ``new`` instead.

    ``spelling`` is how the source spells ``new``. ``None`` where the form is none that can be rewritten surely.
    """
    if not new.readings[0].exact or new.value < 0:
        return None
    if new.kind is Kind.TIME:
        return _clock(standing, new)
    if new.kind is Kind.FRACTION:
        return _parts(new) if _PARTS.match(standing) else None
    if new.kind not in _PLAIN:
        return None
    value = Decimal(f"{new.value:.10g}")
    if found := _ARABIC.match(standing):
        written = _arabic(value, spelling, new.kind, separated="," in found["number"])
        return f"{found['before']}{written}{found['after']}"
    if found := _NUMERAL.match(standing):
        written = _numeral(value, found["before"] or "", new.kind)
        return f"{found['before'] or ''}{written}{found['after']}"
    return None


def _arabic(value: Decimal, spelling: str, kind: Kind, *, separated: bool) -> str:
    # Whoever writes “2.5 million” means a round number; 12,345 is exact to the last digit.
    scaled = in_scale(value, is_round=any(char.isalpha() for char in spelling)) if kind is Kind.NUMBER else ""
    return scaled or (f"{value:,f}" if separated and value >= 1000 else _short(value))


def in_scale(value: Decimal, *, is_round: bool = False) -> str:
    """``value`` in 亿 or 万, with two decimals at most or, where it ``is_round``, as many as it has; else empty."""
    for size, unit in ((_YI, "亿"), (_WAN, "万")):
        if value >= size and (is_round or value % (size / 100) == 0):
            return f"{_short(value / size)}{unit}"
    return ""


def _short(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _numeral(value: Decimal, before: str, kind: Kind) -> str:
    number = int(value)
    if number != value or not 0 < number < 100:
        return _short(value)
    if number == 2 and not before and kind is Kind.NUMBER:
        return "两"
    tens, ones = divmod(number, 10)
    return f"{'' if tens < 2 else _HAN[tens]}{'十' if tens else ''}{_HAN[ones] if ones else ''}"


def _clock(standing: str, new: Quantity) -> str | None:
    found = _CLOCK.match(standing)
    if not found:
        return None
    hour, minute = divmod(int(new.value), 60)
    return f"{hour}{found['mark']}{minute:02}{found['after']}"


def _parts(new: Quantity) -> str | None:
    share = Fraction(new.value).limit_denominator(20)
    if abs(float(share) - new.value) > 1e-9 or not 0 < share < 1:
        return None
    whole, part = Decimal(share.denominator), Decimal(share.numerator)
    return f"{_numeral(whole, '', Kind.FRACTION)}分之{_numeral(part, '', Kind.FRACTION)}"
