"""Plain numbers of English texts, many texts at once: of the simplest forms, standing alone.

A year, a percentage, ``$3.2 billion``, ``October 5``, ``seven``, with nothing beside them that says more. A text with a
number of another form, or with anything beside one that could make it another, is for the reader.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from compiler_flow.checks.numbers import languages
from compiler_flow.checks.numbers.languages import several, words
from compiler_flow.checks.numbers.quantity import Kind
from compiler_flow.checks.numbers.western import ENGLISH
from compiler_flow.text import lazy_pattern

Value = tuple[Kind, float]

FIRST: Value = (Kind.ORDINAL, 1.0)
FIRST_YEAR, LAST_YEAR = 1000, 2200

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
_ROMAN_DIGITS = "XVI"
_ROMAN = lazy_pattern(rf"[{_ROMAN_DIGITS}]{{2,5}}\b")
# Marks that do not change a number from afar, as no mark of ASCII does.
_MARKS = "“”‘’„«»…–—"
_SPACED = {code: " " for code in (*range(128), *map(ord, _MARKS)) if not chr(code).isalnum()}
# Digits of other scripts, ½ and their likes are for the reader, and letters that are others without case.
_NOT_PLAIN = lazy_pattern(rf"[^\x20-\x7e{_MARKS}À-ÖØ-öø-\u012f\u0132-ž]")
_MINUS = ("minus", "miinus", "mīnus", "minusā", "negative", "moins")
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
_PERCENT = frozenset(f"percent{mark}" for mark in ("", *_ENDS))
# Ranges, dates, times and shares are made with some of these and fewer than four words between their numbers.
_JOINING = several("to through and or until till in out of every from by past")
_PARTICLES = {"the": "t", "of": "f"}
_MOST_WORDS = 1 << 16
_TEXT_END = "\0"

T = TypeVar("T")


class Remembered(dict[str, T]):
    """What is told of words and of other short pieces of text: most of them come again and again."""

    def __init__(self, tell: Callable[[str], T]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, piece: str) -> T:
        if len(self) > _MOST_WORDS:
            self.clear()
        self[piece] = told = self._tell(piece)
        return told


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with a number: what it may be by its form and beside other such words, nothing for forms not plain.

    ``alone`` is what it says by itself, ``number`` the value of its digits, ``scale`` what it multiplies them by.
    """

    alone: tuple[Value, ...] = ()
    number: float | None = None
    scale: float | None = None
    month: float | None = None
    day: float | None = None
    year: float | None = None
    mark: str = ""


_ODD = _Word()


def _word(text: str) -> _Word | None:
    """The word ``text`` if it may say a number or is not plain, else ``None``."""
    bare = text.rstrip(_ENDS)
    is_bare = bare.isascii() and bare.isalpha()
    if not is_bare and _NOT_PLAIN.search(text):
        return _ODD
    # Names are most of what is new.
    parts = (bare.lower(),) if is_bare else text.lower().translate(_SPACED).split()
    if (
        ENGLISH.number_words.isdisjoint(parts)
        and _NOON.isdisjoint(parts)
        and (is_bare or not _DIGIT.search(text))
        and not (text[:1] in _ROMAN_DIGITS and _ROMAN.match(text))
    ):
        return None
    match = _WORD.fullmatch(text)
    if match is None:
        return _ODD
    return _of_digits(match, text) if match["digits"] else _of_letters(match)


def _of_digits(match: re.Match[str], text: str) -> _Word:
    digits = match["digits"].replace(",", "")
    value = float(digits)
    is_year = len(digits) == len("1999") == len(match["digits"]) and digits.isdigit() and value < LAST_YEAR
    return _Word(
        alone=((Kind.YEAR if is_year else Kind.NUMBER, value),) if digits not in ("0", "1") else (),
        number=value,
        day=value if re.fullmatch(r"[12]\d|3[01]|[1-9]", text.rstrip(_ENDS)) else None,
        year=value if is_year and not match["sign"] else None,
        mark=match["mark"],
    )


def _of_letters(match: re.Match[str]) -> _Word:
    letters = match["letters"]
    lower = letters.lower()
    value = (Kind.NUMBER, _NUMBERS[lower]) if lower in _NUMBERS else FIRST if lower == "first" else None
    return _Word(
        alone=(value,) if value else (),
        scale=_SCALES.get(letters),
        month=_MONTHS.get(letters),
        mark=match["mark"],
    )


@functools.cache
def _marks() -> tuple[str, ...]:
    return tuple({run[:3].lower() for run in re.findall(r"[^\W\d_]{2,}", _MARKED.pattern)})


def _may_mark(word: str) -> bool:
    """Whether a word behind a number may begin a mark (percent, points, below zero): by its first letters."""
    if not word.isalpha() or len(word) == 1:
        return True
    begins = word[:3].lower()
    if len(word) < len("per"):
        return begins in ("am", "pm") or any(mark.startswith(begins) for mark in _marks())
    return begins.startswith(_marks())


_marking = Remembered(_may_mark)

# Each word is one sign, so that an expression over the signs of a row of texts tells the plain numbers in it.
# Without a number: w of letters only, t “the”, f “of”, j others that join, p “percent”, - those that make a number
# negative; . q _ are w p - with other characters, and _ is nothing between two spaces as well; | is the end of a text.
_SILENT = r"wtfjp\-.q_"
# With one: W of letters, D digits, Y a year, G a day, M a month, which are V d y g m with a mark behind them; k a day
# and n a month with a mark after which no year follows, S a scale, X all that is not plain.
_TELLING = "WVDdYyGgkSMmnX"
# Up to three words between two numbers are of letters and do not join, four and more say something.
_ALONE = (
    rf"(?=[{_SILENT}]*\||[wtp\-]{{1,3}}[{_TELLING}]"
    rf"|(?=[{_SILENT}]{{4}})[{_SILENT}]*?[wjp\-][{_SILENT}]*[{_TELLING}])"
)
_PHRASE = lazy_pattern(
    rf"[{_TELLING}](?:(?<![\-_].)"
    rf"(?:(?<=[YGD])[pqS]|(?<=M)(?:[Gg][Yy]?|[kYy])|(?<=G)(?:[Mm][Yy]?|n)|(?<=[WVDdYyGgk])){_ALONE}|(?P<odd>))"
)


def _sign(text: str) -> str:
    """The sign of a word, one character."""
    if text == _TEXT_END:
        return "|"
    word = _word(text)
    if word is not None:
        return _telling(word)
    is_other = not text.isalpha()
    if text in _PERCENT:
        return "pq"[is_other]
    # Of two spaces in a row the reader says what they mean.
    if not text or text.lower().endswith(_MINUS):
        return "-_"[is_other]
    return _PARTICLES.get(text) or ("j" if text in _JOINING else "w."[is_other])


def _telling(word: _Word) -> str:
    """The sign of a word with a number."""
    is_ended = bool(word.mark)
    goes_on = word.mark in ("", ",")
    if word.scale:
        return "S"
    if word.month:
        return "Mm"[is_ended] if goes_on else "n"
    if word.day is not None:
        return "Gg"[is_ended] if goes_on else "k"
    if word.year is not None:
        return "Yy"[is_ended]
    if word.number is not None:
        return "Dd"[is_ended]
    return "WV"[is_ended] if word.alone else "X"


_signs = Remembered(_sign)


def stated(texts: Sequence[str]) -> list[tuple[Value, ...] | None]:
    """The numbers of each text; ``None`` where any of them is of another form or too near to another."""
    joined = f" {_TEXT_END} ".join((*texts, ""))
    if joined.count(_TEXT_END) > len(texts):
        joined = f" {_TEXT_END} ".join((*(text.replace(_TEXT_END, "\1") for text in texts), ""))
    row = joined.split(" ")
    signs = "".join(map(_signs.__getitem__, row))
    ends = [*itertools.accumulate(len(text) + 1 for text in signs.split("|"))]
    found: list[tuple[Value, ...] | None] = [()] * len(texts)
    number, stop = -1, 0
    for match in _PHRASE.finditer(signs):
        at, end = match.span()
        while at >= stop:
            number += 1
            stop = ends[number]
        values = found[number]
        if values is None:
            continue
        if match.lastgroup or (_marking[row[end]] and row[end - 1][-1] not in _ENDS and _is_marked(row, end)):
            found[number] = None
            continue
        said = _phrases[row[at] if end - at == 1 else " ".join(row[at:end])]
        found[number] = values + said if said else None
    return found


def _is_marked(row: Sequence[str], at: int) -> bool:
    """Whether a mark of the number before it begins at the word ``at``, or is hidden by a second space."""
    return not row[at] or _MARKED.match(f" {' '.join(row[at : at + 4])}") is not None


def _phrase(text: str) -> tuple[Value, ...]:
    """What a plain number says, of one or more words; nothing for those that need a second one."""
    words = [_word(word) or _ODD for word in text.split(" ")]
    if len(words) == 1:
        return words[0].alone
    first, second = words[:2]
    if first.number is not None and not second.month:
        if second.scale is None:
            return ((Kind.PERCENT, first.number),)
        return (scaled(first.number, second.scale),)
    month, day, year = first.month or second.month, second.day if first.month else first.day, words[-1].year
    values: tuple[Value, ...] = ((Kind.MONTH, month or 0.0),)
    if day is not None:
        values += ((Kind.DAY, day),)
    return (*values, (Kind.YEAR, year)) if year is not None else values


_phrases = Remembered(_phrase)


def scaled(number: float, scale: float) -> Value:
    """``number`` times ``scale``: with two decimals at most these are whole numbers.

    4.1 billion and 41亿 would differ in the last bit.
    """
    return Kind.NUMBER, float(round(number * scale))
