"""Numbers that agree at a glance: of the simplest forms, standing alone, with nothing beside them that says more.

Many numbers of a finished article are such: a year, a percentage, ``$3.2 billion``, ``October 5``, ``seven``. They need
no reader. What is not of these forms, and every text with such a thing beside them, is read in full: ``agree`` may say
no of texts that agree, never yes of texts in which ``compare`` finds a difference, and ``adds_no_figure`` never yes
where the translation has a sum or a rate of its own. The tests compare both with the readers.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from compiler_flow.checks.numbers import amounts, chinese, languages
from compiler_flow.checks.numbers.languages import several, words
from compiler_flow.checks.numbers.quantity import Kind
from compiler_flow.checks.numbers.swapped import may_be_mislabelled
from compiler_flow.checks.numbers.western import ENGLISH
from compiler_flow.text import lazy_pattern

Value = tuple[Kind, float]

_FIRST: Value = (Kind.ORDINAL, 1.0)
_FIRST_YEAR, _LAST_YEAR = 1000, 2200


def _scaled(digits: str, scale: float) -> Value:
    # With two decimals at most these are whole numbers; 4.1 billion and 41亿 differ in the last bit.
    return Kind.NUMBER, float(round(float(digits) * scale))


# ------------------------------------------------------------------------------------------------ English

_NUMBERS = words("two/both=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12")
# March and May are words as well.
_MONTHS = words("January=1 February=2 April=4 June=6 July=7 August=8 September=9 October=10 November=11 December=12")
_SCALES = words("million=1e6 billion=1e9 trillion=1e12")
_WORD = lazy_pattern(
    r"\(?(?:(?P<sign>[$]?)(?P<digits>[1-9]\d{0,2}(?:,\d{3})+|(?:[1-9]\d{0,8}|0)(?:\.\d\d?)?)|(?P<letters>[A-Za-z]+))"
    r"(?P<mark>[,.;)]?)"
)
_DIGIT = lazy_pattern(r"\d")
# For the reader, as Charles III is.
_NOON = frozenset({"noon", "midday", "midnight"})
_ROMAN = lazy_pattern(r"[XVI]{2,5}\b")
_QUOTES = "“”‘’"
_SPACED = {code: " " for code in (*range(128), *map(ord, _QUOTES)) if not chr(code).isalnum()}
# Digits of other scripts, ½ and their likes are for the reader.
_NOT_PLAIN = lazy_pattern(rf"[^\x20-\x7e{_QUOTES}]")
_MINUS = ("minus", "miinus", "negative", "moins")
# What may stand after a number and make it another one; that it is money changes nothing.
_MARKED = lazy_pattern(
    "|".join(
        f"(?:{mark})"
        for mark in (
            *(ENGLISH.percent, ENGLISH.points, ENGLISH.basis, ENGLISH.ordinal_mark, ENGLISH.decade_mark),
            *(
                ENGLISH.times_mark,
                ENGLISH.below_zero,
                ENGLISH.clock,
                languages.POINTS,
                languages.DECADES,
                r" degrees? (?:F\b|Fahrenheit)",
            ),
        )
    ),
    re.IGNORECASE,
)
_ENDS = ",.;)"
# Ranges, dates and shares are made with some of these and shorter than four words between their numbers.
_JOINING = several("to through and or until till in out of every from by")
_FEW = 4
_MOST_WORDS = 1 << 16


class _Word:
    """A word with a number: its value (``None`` for other forms), whether a mark ends it, whether it may be a day."""

    __slots__ = ("digits", "is_day", "is_ended", "letters", "value")

    def __init__(self, text: str) -> None:
        match = _WORD.fullmatch(text)
        self.value: Value | None = None
        self.digits = (match["digits"] or "").replace(",", "") if match else ""
        self.letters = (match["letters"] or "") if match else ""
        self.is_ended = bool(match and match["mark"])
        self.is_day = bool(match and match["digits"] and re.fullmatch(r"[12]\d|3[01]|[1-9]", text.rstrip(_ENDS)))
        lower = self.letters.lower()
        if self.digits not in ("", "0", "1"):
            value = float(self.digits)
            is_year = len(self.digits) == len("1999") and "," not in text and 1000 <= value < _LAST_YEAR
            self.value = (Kind.YEAR if is_year and self.digits.isdigit() else Kind.NUMBER, value)
        elif lower in _NUMBERS:
            self.value = (Kind.NUMBER, _NUMBERS[lower])
        elif lower == "first":
            self.value = _FIRST


class _Words(dict[str, "_Word | None"]):
    """The words that may say a number; ``None`` for all others. Most of them come again and again."""

    def __missing__(self, text: str) -> _Word | None:
        if len(self) > _MOST_WORDS:
            self.clear()
        bare = text.rstrip(_ENDS)
        if bare.isalpha():
            # Names are most of what is new.
            lower = bare.lower()
            tells = lower in ENGLISH.number_words or lower in _NOON or _ROMAN.match(text) is not None
        else:
            parts = text.lower().translate(_SPACED).split()
            tells = (
                _DIGIT.search(text) is not None
                or _ROMAN.match(text) is not None
                or not _NOON.isdisjoint(parts)
                or not ENGLISH.number_words.isdisjoint(parts)
            )
        self[text] = word = _Word(text) if tells else None
        return word


class _Marking(dict[str, bool]):
    """Whether a word behind a number may begin a mark (percent, points, below zero): by its first letters."""

    def __missing__(self, word: str) -> bool:
        if len(self) > _MOST_WORDS:
            self.clear()
        self[word] = marking = not word.isalpha() or len(word) < len("5pm") or word[:3].lower().startswith(_marks())
        return marking


@functools.cache
def _marks() -> tuple[str, ...]:
    return tuple({run[:3].lower() for run in re.findall(r"[^\W\d_]{2,}", _MARKED.pattern)})


_known = _Words()
_marking = _Marking()


# More than one check asks for the texts of a piece (``sharing.PIECE``), one after the other.
@functools.lru_cache(maxsize=1 << 11)
def _stated(text: str) -> tuple[Value, ...] | None:
    """The numbers of ``text``; ``None`` where any of them is of another form or too near to another."""
    if not (text.isascii() and text.isprintable()) and _NOT_PLAIN.search(text):
        return None
    row = text.split(" ")
    told = list(map(_known.__getitem__, row))
    if not any(told):
        return ()
    if "" in row:
        return None
    found: list[Value] = []
    last = -1
    for at in itertools.compress(range(len(row)), told):
        if at <= last:
            continue
        if not _stands_alone(row, at, last):
            return None
        values, last = _phrase(told, row, at)
        if not values or (row[last][-1] not in _ENDS and _is_marked(row, last + 1)):
            return None
        found += values
    return tuple(found)


def _is_marked(row: Sequence[str], at: int) -> bool:
    """Whether a mark of the number before it begins at the word ``at``."""
    if at == len(row) or not _marking[row[at]]:
        return False
    return _MARKED.match(f" {' '.join(row[at : at + 4])}") is not None


def _phrase(told: Sequence[_Word | None], row: Sequence[str], at: int) -> tuple[list[Value], int]:
    """What the number says that begins at the word ``at``, nothing for other forms, and its last word."""
    word = told[at]
    following = told[at + 1] if at + 1 < len(row) and word and not word.is_ended else None
    if word is None:
        return [], at
    if following is None:
        if word.digits and not word.is_ended and row[at + 1 : at + 2] and row[at + 1].rstrip(_ENDS) == "percent":
            return [(Kind.PERCENT, float(word.digits))], at + 1
        return [word.value] if word.value and word.value[0] is not Kind.MONTH else [], at
    month = _MONTHS.get(word.letters) or _MONTHS.get(following.letters)
    if month is None:
        scale = _SCALES.get(following.letters) if word.digits else None
        return [_scaled(word.digits, scale)] if scale else [], at + 1
    values, end = [(Kind.MONTH, month)], at + 1
    day = word if following.letters else following
    if day.is_day:
        values.append((Kind.DAY, float(day.digits)))
        following = told[end + 1] if end + 1 < len(row) and row[end][-1] not in ".;)" else None
        if following is None:
            return values, end
        end += 1
    year = following.value
    return [*values, year] if year and year[0] is Kind.YEAR and not row[end].startswith("$") else [], end


def _stands_alone(row: Sequence[str], at: int, last: int) -> bool:
    """Whether the number at ``at`` has nothing to do with the one before it, which ends at ``last``, nor a minus."""
    if at and row[at - 1].lower().endswith(_MINUS):
        return False
    if last < 0:
        return True
    between = row[last + 1 : at]
    if len(between) < _FEW:
        return all(map(str.isalpha, between)) and bool(between) and _JOINING.isdisjoint(between)
    return any(word.isalpha() and word not in ("the", "of") for word in between)


# ------------------------------------------------------------------------------------------------ Chinese

_UNITS = {"万": 1e4, "亿": 1e8, "万亿": 1e12}
_HAN = words("两=2 三=3 四=4 五=5 六=6 七=7 八=8 九=9 十=10")
# Before a number (its first character has been read): nothing that counts, ranks, is vague, names days or is negative.
_BEFORE = (
    r"(?<![^\u4e00-\u9fff，。；（“].)"
    r"(?<![〇零一二三四五六七八九十两俩百千万亿第负下点数几上成多余半再连周期拜之].)(?<!来十)"
)
# After it: a range, a row, more of the number.
_MORE = r"\s至到或、和与\-‐‑–—−~〇零一二三四五六七八九十两俩百千万亿多余来几半.,:%：／．－～/０-９％"
# After an amount: what is counted or the end of a clause, but not what makes it a date, an hour, a share, a rate.
_COUNTED = rf"(?:(?=[\u4e00-\u9fff，。；）]|$)(?![{_MORE}个基倍月日号年世成瓦分时点])|(?=个(?![百基半])))"
_END = rf"(?![{_MORE}\d个基点代元本圆报内])"
_YEAR = rf"年(?![{_MORE}个基点代元本圆报内])"
_SPOT = lazy_pattern(
    rf"[\d两三四五六七八九十首双第]{_BEFORE}(?:"
    rf"(?<=\d)\d?月(?:(?P<day>[12]\d|3[01]|[1-9])日{_END}|(?P<month>)(?![{_MORE}\d个基点球亮薪租]))"
    rf"|(?<=\d)\d*(?:(?P<year>{_YEAR})|(?:\.\d\d?)?(?:(?P<percent>%){_END}"
    rf"|(?P<unit>(?:万(?![能岁象斯达豪圣维国里一分州])亿?|亿)?){_COUNTED}))"
    rf"|(?P<han>(?<=[两三四五六七八九十])(?:(?=[名位家座项次])|(?=个(?![百基半]))|(?={_YEAR})|(?<=两)(?=国)))"
    r"|(?<=双)(?=[方边])|(?P<first>(?<=首)(?=[次个届位名批家轮])|(?<=第)一(?=[次届位名批家轮]))"
    r")"
)
# What numbers may count that could have changed places; only one amount may stand before such a thing.
_THING = lazy_pattern(
    r"[多余]?(?:[名位个座](?=[女妇男儿孩小未士军官平百国成城村市公企月星])|(?![名位个座，。；）])(?=.))"
)
# 这一决定: nothing is counted.
_THIS = lazy_pattern(
    r"[这那]一(?=[\u4e00-\u9fff])(?![〇零一二三四五六七八九十百千万亿两俩几多半数次个届位名批家轮天年月日周代级项条件种类些点时刻段番倍成])"
)


def agree(text: str, translation: str) -> bool:
    """Whether ``translation`` states each number of ``text``, which is English, as far as this is seen at a glance."""
    stated = _stated(text)
    if not stated:
        return stated is not None
    free = list(_rendered(translation))
    things = 0
    for value in stated:
        for place, said in enumerate(free):
            if value in said.values:
                end = said.end - (translation[said.end - 1] == "年" and value[1] < _FIRST_YEAR)
                if translation[end : end + 1] in amounts.BEGINNINGS and not amounts.is_unit_named(
                    end, translation, text
                ):
                    return False
                things += value[0] is Kind.NUMBER and _THING.match(translation, said.end) is not None
                del free[place]
                break
        else:
            # “First” need not be said; a reader looks whether anything is said in its place.
            return stated == (_FIRST,) and not chinese.read(_THIS.sub("", translation))
    return things < len("ab") and (len(stated) == 1 or not may_be_mislabelled(translation))


# What makes a sum or a rate of a number.
_SIGNS = ("％", "‰", *chinese.CURRENCY_SIGNS, "百分", "分之", "基点")
_TENTHS = "|".join(
    rf"{digit}\s?成" for digit in "0123456789０１２３４５６７８９〇零一二两俩三四五六七八九十百千万亿几数半多余来点上"
)
_FIGURE = lazy_pattern(rf"(?P<rate>%)|(?P<money>{chinese.CURRENCIES})|{'|'.join(map(re.escape, _SIGNS))}|{_TENTHS}")
# For a search over much text: one of these stands in every translation with a figure.
TENTH = "成"
"""A tenth behind a number, as ``TENTHS`` has it, and part of many words elsewhere."""
FIGURE_SIGNS = ("%", *chinese.CURRENCIES.split("|"), *_SIGNS, TENTH)
TENTHS = lazy_pattern(_TENTHS)
# Between a number and its currency: 多, and whose money it is.
_WHOSE = lazy_pattern(r"[多余]?[^\W\d〇零一二三四五六七八九十两百千万亿兆半几数成]{0,2}")


def adds_no_figure(text: str, translation: str) -> bool:
    """Whether ``text``, which is English, has each sum and rate of ``translation``, as far as is seen at a glance."""
    stated = _stated(text)
    if not stated:
        return False
    values = frozenset(stated)
    said = _rendered(translation)
    at = 0
    for sign in _FIGURE.finditer(translation):
        place = sign.start()
        while at < len(said) and said[at].start < place:
            at += 1
        if not at or values.isdisjoint(said[at - 1].values):
            return False
        end = said[at - 1].end
        if sign["rate"]:
            if end != sign.end():
                return False
        elif not sign["money"] or end > place or not _WHOSE.fullmatch(translation, end, place):
            return False
    # Any number that is not of the simplest forms may be money as well.
    end = 0
    for number in said:
        if _DIGIT.search(translation, end, number.start):
            return False
        end = number.end
    return _DIGIT.search(translation, end) is None


class _Said(NamedTuple):
    """A number of the simplest forms in a translation: what it says in all its readings that matter here."""

    values: tuple[Value, ...]
    start: int
    end: int


@functools.lru_cache(maxsize=1 << 11)
def _rendered(text: str) -> tuple[_Said, ...]:
    found: list[_Said] = []
    for match in _SPOT.finditer(text):
        day, month, year, percent, unit, han, first = match.groups()
        start, end = match.span()
        if day or month is not None:
            found.append(_Said(((Kind.MONTH, float(match[0].partition("月")[0])),), start, end))
            if day:
                found.append(_Said(((Kind.DAY, float(day)), (Kind.NUMBER, float(day))), start, end))
        elif percent:
            found.append(_Said(((Kind.PERCENT, float(match[0][:-1])),), start, end))
        elif year or unit is not None:
            digits = match[0][: -len(unit or year)] if unit or year else match[0]
            value = _scaled(digits, _UNITS[unit])[1] if unit else float(digits)
            is_year = not unit and len(digits) == len("1999") and digits.isdigit() and 1000 <= value < _LAST_YEAR
            values = ((Kind.NUMBER, value), (Kind.YEAR, value)) if is_year else ((Kind.NUMBER, value),)
            found.append(_Said(values, start, end))
        elif first is not None:
            found.append(_Said(((Kind.ORDINAL, 1.0),), start, end))
        else:
            found.append(_Said(((Kind.NUMBER, _HAN[match[0]] if han is not None else 2.0),), start, end))
    return tuple(found)
