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
_ROMAN = lazy_pattern(r"[XVI]{2,5}\b")
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
# Ranges, dates and shares are made with some of these and shorter than four words between their numbers.
_JOINING = several("to through and or until till in out of every from by")
_FEW = 4
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
    ``is_ended`` says that a mark ends it.
    """

    alone: tuple[Value, ...] = ()
    number: float | None = None
    scale: float | None = None
    month: float | None = None
    day: float | None = None
    year: float | None = None
    is_ended: bool = False


# It stands behind each text, as a word of its own; a text that has it otherwise is not plain.
_END = _Word()
_ODD = _Word()


def _word(text: str) -> _Word | None:
    """The word ``text`` if it may say a number or is not plain, else ``None``."""
    if text == _TEXT_END:
        return _END
    if _NOT_PLAIN.search(text):
        return _ODD
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
    if not tells:
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
        is_ended=bool(match["mark"]),
    )


def _of_letters(match: re.Match[str]) -> _Word:
    letters = match["letters"]
    lower = letters.lower()
    value = (Kind.NUMBER, _NUMBERS[lower]) if lower in _NUMBERS else FIRST if lower == "first" else None
    return _Word(
        alone=(value,) if value else (),
        scale=_SCALES.get(letters),
        month=_MONTHS.get(letters),
        is_ended=bool(match["mark"]),
    )


@functools.cache
def _marks() -> tuple[str, ...]:
    return tuple({run[:3].lower() for run in re.findall(r"[^\W\d_]{2,}", _MARKED.pattern)})


_known = Remembered(_word)
# Whether a word behind a number may begin a mark (percent, points, below zero): by its first letters.
_marking = Remembered(
    lambda word: not word.isalpha() or len(word) < len("5pm") or word[:3].lower().startswith(_marks())
)
# Of two spaces in a row the reader says what they mean.
_negating = Remembered(lambda word: not word or word.lower().endswith(_MINUS))


def stated(texts: Sequence[str]) -> list[tuple[Value, ...] | None]:
    """The numbers of each text; ``None`` where any of them is of another form or too near to another."""
    joined = f" {_TEXT_END} ".join((*texts, ""))
    if joined.count(_TEXT_END) > len(texts):
        joined = f" {_TEXT_END} ".join((*(text.replace(_TEXT_END, "\1") for text in texts), ""))
    # The last word is an end as well, so that each has neighbours.
    row = joined[:-1].split(" ")
    told = list(map(_known.__getitem__, row))
    found: list[tuple[Value, ...] | None] = []
    places: list[int] = []
    for at in itertools.compress(itertools.count(), told):
        if told[at] is not _END:
            places.append(at)
        elif places:
            found.append(_numbers(row, told, places))
            places = []
        else:
            found.append(())
    return found


def _numbers(row: Sequence[str], told: Sequence[_Word | None], places: Sequence[int]) -> tuple[Value, ...] | None:
    """The numbers of one text, whose words with a number stand at ``places`` in ``row``."""
    values: tuple[Value, ...] = ()
    last = -1
    for at in places:
        if at <= last:
            continue
        if _negating[row[at - 1]] or not (last < 0 or _are_apart(row[last + 1 : at])):
            return None
        behind = row[at + 1]
        word = told[at]
        if word and told[at + 1] is None and not _marking[behind]:
            said, last = word.alone, at
        else:
            said, last = _phrase(row, told, at)
            behind = row[last + 1]
            if _marking[behind] and row[last][-1] not in _ENDS and _is_marked(row, last + 1):
                return None
        if not said:
            return None
        values += said
    return values


def _are_apart(between: Sequence[str]) -> bool:
    """Whether two numbers with these words between them have nothing to do with each other."""
    if len(between) < _FEW:
        return all(map(str.isalpha, between)) and bool(between) and _JOINING.isdisjoint(between)
    return any(word.isalpha() and word not in ("the", "of") for word in between)


def _is_marked(row: Sequence[str], at: int) -> bool:
    """Whether a mark of the number before it begins at the word ``at``, or is hidden by a second space."""
    return not row[at] or _MARKED.match(f" {' '.join(row[at : at + 4])}") is not None


def _phrase(row: Sequence[str], told: Sequence[_Word | None], at: int) -> tuple[tuple[Value, ...], int]:
    """What the number says that begins at the word ``at``, nothing for other forms, and its last word."""
    word, following = told[at], told[at + 1]
    if word is None:
        return (), at
    if following is None or following is _END or word.is_ended:
        if word.number is not None and not word.is_ended and row[at + 1] in _PERCENT:
            return ((Kind.PERCENT, word.number),), at + 1
        return word.alone, at
    if word.month or following.month:
        return _date(row, told, at, word, following)
    if word.number is None or following.scale is None:
        return (), at
    return (scaled(word.number, following.scale),), at + 1


def _date(
    row: Sequence[str], told: Sequence[_Word | None], at: int, word: _Word, following: _Word
) -> tuple[tuple[Value, ...], int]:
    """The same of a month with a day, a year or both."""
    month, day = (word.month, following.day) if word.month else (following.month, word.day)
    values: tuple[Value, ...] = ((Kind.MONTH, month or 0.0),)
    end = at + 1
    if day is not None:
        values += ((Kind.DAY, day),)
        behind = told[end + 1] if row[end][-1] not in ".;)" else None
        if behind is None or behind is _END:
            return values, end
        following, end = behind, end + 1
    return (*values, (Kind.YEAR, following.year)) if following.year else (), end


def scaled(number: float, scale: float) -> Value:
    """``number`` times ``scale``: with two decimals at most these are whole numbers.

    4.1 billion and 41亿 would differ in the last bit.
    """
    return Kind.NUMBER, float(round(number * scale))
