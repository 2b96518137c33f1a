"""Dates as people write them, in the language of the article.

A date is only taken whole: a year alone, or a month with its year, is none, and neither is 03/04/2024 where nothing
says which of the two is the month.
"""

from __future__ import annotations

import datetime as dt
import functools
import re

from compiler_flow.text import base_language, clean, lazy_pattern

_LENGTH = 80
# The years of the web, and one to come: what lies outside is a misprint or a prophecy.
_FIRST_YEAR = 1990
_ISO = lazy_pattern(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_ASIAN = lazy_pattern(r"(?<!\d)(\d{4})\s?[년年./]\s?(\d{1,2})\s?[월月./]\s?(\d{1,2})(?:\s?[일日号.])?(?!\d)")
_NUMERIC = lazy_pattern(r"(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})(?!\d)")
# Where the month comes first when dates are written in figures (CLDR, short dates).
_MONTH_FIRST = frozenset({"en-us", "en-ph", "en-ca"})
_WORD = lazy_pattern(r"[^\W\d_]+")
# 24, 24th, 24-го, 24-njy: a day, and no hour and no year.
_DAY = lazy_pattern(r"(?<![\d:.])(\d{1,2})(?![\d:])(?!\s?%)")
_YEAR = lazy_pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Endings by which the name of a month differs from the table's form (oktobrī, мартом), and the shortest stem.
_ENDING = 3
_STEM = 3
_SHORT_NAME = 4
# Words that may stand between the day and the month: 24 de octubre, 24th of October.
_BETWEEN = 5


def parse(text: str, language: str) -> dt.date | None:
    """The date that ``text`` (a dateline or less) names, as its ``language`` (BCP 47) writes dates, or ``None``."""
    line = " ".join(clean(text).split())[:_LENGTH]
    for pattern in (_ISO, _ASIAN):
        if match := pattern.search(line):
            return _sane(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.search(line):
        return _numeric(match, language)
    return _in_words(line, language)


def _numeric(match: re.Match[str], language: str) -> dt.date | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] == "/" and base_language(language) == "en" and first <= 12 and second <= 12 and first != second:
        tag = language.lower().replace("_", "-")
        if "-" not in tag:
            return None
        return _sane(year, first, second) if tag in _MONTH_FIRST else _sane(year, second, first)
    return _sane(year, second, first) or _sane(year, first, second)


def _in_words(line: str, language: str) -> dt.date | None:
    year = _YEAR.search(line)
    if year is None:
        return None
    rest = f"{line[: year.start()]}{' ' * len(year[0])}{line[year.end() :]}"
    days = [(match.start(), match.end(), int(match[1])) for match in _DAY.finditer(rest)]
    for word in _WORD.finditer(rest):
        month = _month(word[0].casefold(), base_language(language))
        if not month:
            continue
        near = [(_gap(rest, start, end, word), day) for start, end, day in days]
        near = [(gap, day) for gap, day in near if gap >= 0]
        if near and (found := _sane(int(year[0]), month, min(near)[1])):
            return found
    return None


def _gap(line: str, start: int, end: int, word: re.Match[str]) -> int:
    """How many characters lie between a number and a word; -1 where they are too far apart to be one date."""
    between = line[end : word.start()] if end <= word.start() else line[word.end() : start]
    return len(between) if len(between.strip()) <= _BETWEEN and "|" not in between else -1


def _month(word: str, language: str) -> int:
    """The number of the month that ``word`` names in ``language``, in whatever case it stands; 0 for none."""
    best, months = 0, set()
    for name, number in _months(language).items():
        common = next((at for at, (one, other) in enumerate(zip(name, word, strict=False)) if one != other), None)
        common = min(len(name), len(word)) if common is None else common
        allowed = 1 if len(name) <= _SHORT_NAME else _ENDING
        if common < max(_STEM, len(name) - allowed) or len(word) - common > allowed:
            continue
        if common > best:
            best, months = common, {number}
        elif common == best:
            months.add(number)
    return months.pop() if len(months) == 1 else 0


@functools.cache
def _months(language: str) -> dict[str, int]:
    """Names of the months in a language, all widths and forms of CLDR, in small letters without full stops."""
    from babel import Locale, UnknownLocaleError

    names: dict[str, int] = {}
    for tag in (language, *(f"{language}_{script}" for script in ("Latn", "Cyrl"))):
        try:
            months = Locale.parse(tag).months
        except (UnknownLocaleError, ValueError):
            continue
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[form][width].items():
                    bare = name.casefold().rstrip(".")
                    if bare.isalpha() and len(bare) >= _STEM:
                        names.setdefault(bare, number)
    return names


def _sane(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if _FIRST_YEAR <= year <= dt.date.max.year else None
    except ValueError:
        return None
