"""Plain numbers of Chinese translations, and all signs of sums and rates, in many texts at once."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Mapping, Sequence

from compiler_flow.checks.numbers import chinese
from compiler_flow.checks.numbers.languages import words
from compiler_flow.checks.numbers.plain_english import FIRST, FIRST_YEAR, LAST_YEAR, Remembered, Value, scaled
from compiler_flow.checks.numbers.quantity import Kind
from compiler_flow.text import lazy_pattern

Said = tuple[tuple[Value, ...], int, int]
"""A number in a text: what it says in all its readings that matter here, where it begins and ends."""

# It stands behind each text; no number goes over it.
TEXT_END = "\0"
_UNITS = {"万": 1e4, "亿": 1e8, "万亿": 1e12}
_HAN = words("两=2 双=2 三=3 四=4 五=5 六=6 七=7 八=8 九=9 十=10")
_BEGINNINGS = "0-9两三四五六七八九十首第双"
# Before a number (its first character has been read): nothing that counts, ranks, is vague, names days or is negative.
_BEFORE = (
    r"(?<![^\0\u4e00-\u9fff，。；（“].)"
    r"(?<![〇零一二三四五六七八九十两俩百千万亿第负下点数几上成多余半再连周期拜之].)(?<!来十)"
)
# After it: a range, a row, more of the number.
_MORE = r"\s至到或、和与\-‐‑–—−~〇零一二三四五六七八九十两俩百千万亿多余来几半.,:%：／．－～/０-９％"
# After an amount: what is counted or the end of a clause, but not what makes it a date, an hour, a share, a rate.
_COUNTED = rf"(?:(?=[\0\u4e00-\u9fff，。；）]|$)(?![{_MORE}个基倍月日号年世成瓦分时点])|(?=个(?![百基半])))"
_END = rf"(?![{_MORE}\d个基点代元本圆报内])"
_YEAR = rf"年(?![{_MORE}个基点代元本圆报内])"
_SPOT = lazy_pattern(
    rf"[{_BEGINNINGS}]{_BEFORE}(?:"
    rf"(?<=\d)\d?月(?:(?:[12]\d|3[01]|[1-9])日{_END}|(?![{_MORE}\d个基点球亮薪租]))"
    rf"|(?<=\d)\d*(?:{_YEAR}|(?:\.\d\d?)?(?:%{_END}"
    rf"|(?:万(?![能岁象斯达豪圣维国里一分州])亿?|亿)?{_COUNTED}))"
    rf"|(?<=[两三四五六七八九十])(?:(?=[名位家座项次])|(?=个(?![百基半]))|(?={_YEAR})|(?<=两)(?=国))"
    r"|(?<=双)(?=[方边])|(?<=首)(?=[次个届位名批家轮])|(?<=第)一(?=[次届位名批家轮])"
    r")"
)


def _says(spot: str) -> tuple[tuple[Value, ...], ...]:
    """The numbers of what ``_SPOT`` finds, each with its readings; a date has two."""
    if spot in _HAN:
        return (((Kind.NUMBER, _HAN[spot]),),)
    if spot in ("首", "第一"):
        return ((FIRST,),)
    if "月" in spot:
        month, _month, day = spot.removesuffix("日").partition("月")
        dated = ((Kind.MONTH, float(month)),)
        return (dated, ((Kind.DAY, float(day)), (Kind.NUMBER, float(day)))) if day else (dated,)
    if spot.endswith("%"):
        return (((Kind.PERCENT, float(spot[:-1])),),)
    digits = spot.rstrip("年万亿")
    number = float(digits)
    unit = _UNITS.get(spot[len(digits) :])
    if unit:
        return ((scaled(number, unit),),)
    is_year = len(digits) == len("1999") and digits.isdigit() and FIRST_YEAR <= number < LAST_YEAR
    return (((Kind.NUMBER, number), (Kind.YEAR, number)) if is_year else ((Kind.NUMBER, number),),)


_spots = Remembered(_says)

CURRENCIES = frozenset(chinese.CURRENCIES.split("|"))
RATE = "%"
# What makes a sum or a rate of a number, and 成, a tenth behind it. Each choice begins with a character of its own.
_SIGNS = sorted((*CURRENCIES, RATE, "％", "‰", *chinese.CURRENCY_SIGNS, "百分", "分之", "基点"))
_DIGITS = "0-9０-９〇零一二两俩三四五六七八九十百千万亿几数半多余来点上"
_FIGURE = lazy_pattern(
    "|".join(
        f"{re.escape(first)}(?:{'|'.join(sorted((sign[1:] for sign in signs), reverse=True))})"
        for first, signs in itertools.groupby(_SIGNS, key=lambda sign: sign[0])
    )
    + rf"|成(?:(?<=[{_DIGITS}]成)|(?<=[{_DIGITS}]\s成))"
)


class Joined:
    """Texts in one string, ``text``; all places are places in it. ``starts`` are those of the texts, and of the end."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.text = TEXT_END.join((*texts, ""))
        if self.text.count(TEXT_END) > len(texts):
            self.text = TEXT_END.join((*(text.replace(TEXT_END, "\1") for text in texts), ""))
        self.starts = [0, *itertools.accumulate(len(text) + 1 for text in texts)]

    def numbers(self) -> list[list[Said]]:
        """The plain numbers of each text, in order."""
        starts = self.starts
        found: list[list[Said]] = [[] for _start in starts[1:]]
        number = 0
        for match in _SPOT.finditer(self.text):
            start, end = match.span()
            while start >= starts[number + 1]:
                number += 1
            for values in _spots[match[0]]:
                found[number].append((values, start, end))
        return found

    def figures(self) -> Mapping[int, list[tuple[str, int]]]:
        """The signs of sums and rates of those texts that have any, in order, each with its place."""
        found: dict[int, list[tuple[str, int]]] = {}
        for match in _FIGURE.finditer(self.text):
            place = match.start()
            found.setdefault(bisect.bisect_right(self.starts, place) - 1, []).append((match[0], place))
        return found
