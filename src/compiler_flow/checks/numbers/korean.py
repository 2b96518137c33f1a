"""The quantities that a Korean text states: digits with 만, 억 and 조, and counted native words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from compiler_flow.checks.numbers import half_years, marks
from compiler_flow.checks.numbers.quantity import Kind, Quantity, Reading, exactly
from compiler_flow.text import lazy_pattern

_UNITS = {"십": 10.0, "백": 100.0, "천": 1e3, "만": 1e4, "억": 1e8, "조": 1e12}
_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_NATIVE = {
    "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "스무": 20, "서른": 30,
    "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_NATIVE |= {
    f"{ten}{one}": tens + ones
    for ten, tens in (("열", 10), ("스물", 20), ("서른", 30), ("마흔", 40), ("쉰", 50), ("예순", 60))
    for one, ones in (("한", 1), *tuple(_NATIVE.items())[:8])
}
_COUNTERS = "명|개|차례|번|나라|국가|달|살|가지|곳|대|척|건|마리|시간|사람|배|발|군데|주|해"

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_RUN = lazy_pattern(
    rf"(?P<first>(?:{_DIGITS}))(?P<rest>(?:\s?[십백천만억조]+(?:\s?(?:{_DIGITS})(?=[십백천만억조]|\s?[가-힣%]))?)*)"
)
_WORDS = lazy_pattern(
    rf"(?<![가-힣])(?P<word>{'|'.join(sorted(_NATIVE, key=len, reverse=True))})\s?(?=(?:{_COUNTERS}))"
)
_ORDINALS = lazy_pattern(r"(?<![가-힣])(?P<word>두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?번째")
_VAGUE = lazy_pattern(r"(?:수|몇)\s?(?P<unit>[십백천만억조]+)")
_PARTS = lazy_pattern(r"(?P<whole>\d+)분의\s?(?P<part>\d+)")
_TIME = lazy_pattern(
    r"(?P<half>오전|오후|새벽|아침|저녁|밤|정오)?\s?(?<!\d)(?P<h>\d{1,2})시(?!간|대|장|민|설)(?:\s?(?P<m>\d{1,2})분|\s?(?P<rest>반))?"
)
_SINO_RUN = lazy_pattern(
    rf"(?<![가-힣\d])(?P<run>(?:[{''.join(_SINO)}]?[십백천])+[{''.join(_SINO)}]?[만억]?)(?=\s?(?:여\s?)?(?:명|개|원|년|달러|톤|대|건))"
)


def read(text: str) -> list[Quantity]:
    """The quantities in a Korean text, in order."""
    halves, covered = half_years.take(text)
    found, covered = marks.take(covered)
    found += halves
    for quantity in _special(covered):
        found.append(quantity)
        covered = marks.covered(covered, quantity.start, quantity.end)
    found += _runs(covered)
    found.sort(key=lambda quantity: quantity.start)
    return _shares(_ranges(found, covered), covered)


def _special(text: str) -> Iterator[Quantity]:
    for match in _PARTS.finditer(text):
        if float(match["whole"]):
            yield Quantity((exactly(Kind.FRACTION, float(match["part"]) / float(match["whole"])),), *match.span())
    for match in _TIME.finditer(text):
        hour, minute = int(match["h"]), 30 if match["rest"] else int(match["m"] or 0)
        if hour <= 24 and minute < 60:
            half = {"오후": "p", "저녁": "p", "밤": "p", "오전": "a", "새벽": "a", "아침": "a"}.get(
                match["half"] or "", ""
            )
            yield Quantity(
                marks.minutes(hour, minute, half=half),
                match.start("half") if match["half"] else match.start("h"),
                match.end(),
            )
    for match in _ORDINALS.finditer(text):
        yield Quantity(
            (exactly(Kind.ORDINAL, _NATIVE[match["word"]]),), *match.span(), is_word=True, soft=match["word"] == "두"
        )
    for match in _WORDS.finditer(text):
        value = _NATIVE[match["word"]]
        if not _ORDINALS.match(text, match.start()):
            yield Quantity((exactly(Kind.NUMBER, value),), *match.span("word"), is_word=True, soft=value == 2)
    for match in _VAGUE.finditer(text):
        size = 1.0
        for char in match["unit"]:
            size *= _UNITS[char]
        yield Quantity((Reading(Kind.VAGUE, size, size * 9.99),), *match.span(), is_word=True)
    for match in re.finditer(r"절반", text):
        yield Quantity((exactly(Kind.FRACTION, 0.5),), *match.span(), soft=True, is_word=True)
    for match in _SINO_RUN.finditer(text):
        yield Quantity((exactly(Kind.NUMBER, _value(match["run"])),), *match.span(), is_word=True)


def _value(run: str) -> float:
    """The value of digits (or Sino-Korean numerals) with units: 3조 5000억, 1만2000, 삼백."""
    total = section = 0.0
    digit: float | None = None
    for part in re.findall(rf"{_DIGITS}|[십백천만억조]|[{''.join(_SINO)}]", run):
        if part in _SINO:
            digit = float(_SINO[part])
        elif part not in _UNITS:
            section, digit = section + (digit or 0.0), float(part.replace(",", ""))
        elif _UNITS[part] < 1e4:
            section, digit = section + (digit if digit is not None else 1.0) * _UNITS[part], None
        else:
            section += digit or 0.0
            total, section, digit = total + (section or 1.0) * _UNITS[part], 0.0, None
    return total + section + (digit or 0.0)


def _runs(text: str) -> Iterator[Quantity]:
    for match in _RUN.finditer(text):
        value = _value(match[0])
        start, end = match.span()
        readings, stop = _readings(match[0], value, text, end)
        before = text[max(0, start - 5) : start]
        money = bool(re.match(r"\s?여?\s?(?:원|달러|유로|위안|엔|루블|파운드)", text[end : end + 6])) or bool(
            marks.MONEY_BEFORE.search(before)
        )
        negative = bool(re.search(r"(?:영하|마이너스)\s?$|(?:^|\s)[-−]$", before))
        if re.search(r"제\s?$", before) or re.match(r"\s?(?:번째|차(?![가-힣])|차\s)", text[end : end + 4]):
            readings = (exactly(Kind.ORDINAL, value),)
        # 1인당 is “a head”.
        soft = match[0] == "1" and bool(re.match(r"(?:인|명|가구|대)당", text[end : end + 3]))
        yield Quantity(readings, start, stop, soft=soft, money=money, negative=negative)


def _readings(run: str, value: float, text: str, end: int) -> tuple[tuple[Reading, ...], int]:
    plain = exactly(Kind.NUMBER, value)
    for pattern, kind in (
        (r"\s?(?:%\s?포인트|%p\b|%P\b|퍼센트\s?포인트|포인트(?=\s?(?:올|내|상|하|인)))", Kind.POINTS),
        (r"\s?(?:%|퍼센트|프로(?=\s|[를가로]))", Kind.PERCENT),
    ):
        mark = re.compile(pattern).match(text, end)
        if mark:
            return (exactly(kind, value),), mark.end()
    if run.isdigit():
        after = text[end : end + 4]
        if re.match(r"년대", after):
            return _decades(value), end + 2
        if re.match(r"\s?년", after) and 1000 <= value < 2200:
            return (exactly(Kind.YEAR, value), plain), end + 1
        if re.match(r"\s?월", after) and value <= 12:
            return (exactly(Kind.MONTH, value),), end + 1
        if re.match(r"\s?일(?!본|간|째)", after) and value <= 31:
            return (exactly(Kind.DAY, value), plain), end + 1
        if 1000 <= value < 2200 and len(run) == 4:
            return (exactly(Kind.YEAR, value), plain), end
    if re.match(r"\s?배", text[end : end + 2]):
        return (plain, exactly(Kind.TIMES, value), exactly(Kind.TIMES, value + 1)), end + 1
    if re.match(r"여", text[end : end + 1]):
        return (plain, Reading(Kind.NUMBER, value, value * 1.1)), end + 1
    return (plain,), end


def _decades(value: float) -> tuple[Reading, ...]:
    years = (value,) if value >= 1000 else (1900 + value, 2000 + value, 1800 + value)
    return (*(exactly(Kind.DECADE, year) for year in years), exactly(Kind.NUMBER, value))


_OUT_OF = lazy_pattern(r"\s?[가-힣]{0,3}\s?(?:의\s)?(?:중|가운데)(?:에서?)?\s(?:약\s|적어도\s)?")


def _shares(found: list[Quantity], text: str) -> list[Quantity]:
    """Six of ten people (열 명 중 여섯 명): two numbers, or one share."""
    for index in range(len(found) - 1):
        whole, part = found[index], found[index + 1]
        if whole.kind is not Kind.NUMBER or part.kind is not Kind.NUMBER or not 0 < part.value < whole.value:
            continue
        if _OUT_OF.fullmatch(text[whole.end : part.start]):
            share = exactly(Kind.FRACTION, part.value / whole.value)
            found[index] = replace(whole, readings=(*whole.readings, share))
            found[index + 1] = replace(part, readings=(*part.readings, share))
    return found


def _ranges(found: list[Quantity], text: str) -> list[Quantity]:
    for index in range(len(found) - 2, -1, -1):
        first, second = found[index], found[index + 1]
        if first.kind is not Kind.NUMBER or not re.fullmatch(
            r"\s?[-–~∼·,]\s?|에서\s|\s?내지\s", text[first.end : second.start]
        ):
            continue
        if second.kind in (Kind.DAY, Kind.PERCENT, Kind.POINTS, Kind.MONTH):
            found[index] = replace(first, readings=(exactly(second.kind, first.value), *first.readings))
    return found
