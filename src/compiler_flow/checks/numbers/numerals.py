"""The values of Chinese numerals and of digits with 万 and 亿."""

from __future__ import annotations

import functools

from compiler_flow.text import lazy_pattern

_MARKS = lazy_pattern(r"[\s,\u00a0\u202f]")
_PLAIN = lazy_pattern(r"\d+(?:\.\d+)?")
_PART = lazy_pattern(r"\d+(?:\.\d+)?|[〇零一二三四五六七八九两俩]+|.")
DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "俩": 2}
UNITS = {"十": 10.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}


@functools.lru_cache(maxsize=4096)
def number(text: str) -> tuple[float, float] | None:
    """The value of digits and Chinese numerals, or the interval that 多, 余, 几, 数 open; ``None`` for no number."""
    text = _MARKS.sub("", text)
    if not text:
        return None
    over = text[-1] in "多余几" and len(text) > 1
    if over:
        text = text[:-1]
    for unit in ("亿", "万"):
        left, found, right = text.rpartition(unit)
        if found:
            return _scaled(left, right, UNITS[unit], over=over)
    return _small(text, over=over)


def _scaled(left: str, right: str, unit: float, *, over: bool) -> tuple[float, float] | None:
    head = number(left) if left else (1.0, 1.0)
    if left in ("数", "几") or left in ("上", "成"):
        head = (1.0, 9.99)
    if head is None:
        return None
    low, high = head[0] * unit, head[1] * unit
    if not right:
        return _open(low, unit * lowest(head[0])) if over and low == high else (low, high)
    # 一万五 is 15 000; 一万零五 is 10 005; digits after it are what they are.
    if len(right) == 1 and right in DIGITS and right not in "零〇" and left and left[-1] in DIGITS:
        tail: tuple[float, float] | None = (DIGITS[right] * unit / 10,) * 2
    else:
        tail = number(right + ("多" if over else ""))
    return (low + tail[0], high + tail[1]) if tail else None


def _small(text: str, *, over: bool) -> tuple[float, float] | None:
    """A number below ten thousand, or digits in a row (二〇二四)."""
    if _PLAIN.fullmatch(text):
        value = float(text)
        return _open(value, lowest(value)) if over else (value, value)
    if "点" in text:
        whole, _point, rest = text.partition("点")
        head = _small(whole, over=False) if whole else None
        if head is None or any(char not in DIGITS for char in rest):
            return None
        value = float(f"{int(head[0])}." + "".join(str(DIGITS[char]) for char in rest))
        return (value, value)
    if all(char in DIGITS for char in text):
        return _in_a_row(text, over=over)
    return _with_units(text, over=over)


def _in_a_row(text: str, *, over: bool) -> tuple[float, float]:
    values = [DIGITS[char] for char in text]
    if len(values) == 2 and 0 < values[0] < values[1] <= values[0] + 2 and "零" not in text and "〇" not in text:
        return (float(values[0]), float(values[1]))  # 两三, 三五: from two to three
    value = float("".join(map(str, values)))
    return _open(value, 1.0) if over else (value, value)


def _with_units(text: str, *, over: bool) -> tuple[float, float] | None:
    low = high = 0.0
    digit: tuple[float, float] | None = None
    last = 0.0
    parts = _PART.findall(text)
    for index, part in enumerate(parts):
        if part in UNITS:
            unit = UNITS[part]
            first, second = digit if digit else (1.0, 1.0)
            low, high, digit, last = low + first * unit, high + second * unit, None, unit
        elif part in ("数", "几", "上", "成"):
            digit = (1.0, 9.99)
        elif part in ("多", "余", "来"):
            high += last or 1.0
        elif part[0].isdigit() or part[0] in DIGITS:
            stripped = part.lstrip("零〇") or "零"
            digit = _small(stripped, over=False)
            is_short = index == len(parts) - 1 and last > 10 and stripped == part and part in DIGITS
            if digit and is_short:
                digit = (digit[0] * last / 10, digit[1] * last / 10)  # 三千五
                low, high, digit = low + digit[0], high + digit[1], None
        else:
            return None
    if digit:
        low, high = low + digit[0], high + digit[1]
    if over and low == high:
        return _open(low, lowest(low))
    return (low, high)


def _open(low: float, width: float) -> tuple[float, float]:
    """From ``low`` to just below the next round number: 30多 is less than 40."""
    return (low, low + width * (1 - 1e-6))


def lowest(value: float) -> float:
    """The place of the last digit that is not zero: 10 for 120, 0.1 for 3.5."""
    digits, exponent = f"{value:.9e}".split("e")
    return float(10.0 ** (int(exponent) - len(digits.rstrip("0").rstrip(".").replace(".", "")) + 1))
