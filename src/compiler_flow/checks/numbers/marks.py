"""Numbers that look the same in every language: dates and times in digits, names such as COP29, currencies."""

from __future__ import annotations

import re
from collections.abc import Callable

from compiler_flow.checks.numbers import languages
from compiler_flow.checks.numbers.languages import several
from compiler_flow.checks.numbers.quantity import Kind, Quantity, Reading, exactly
from compiler_flow.text import lazy_pattern

MONEY_BEFORE = lazy_pattern(
    r"(?:[$€£¥₽₴₩₸₺₾₼֏￥]|\b(?:US|A|C|HK)\$|\b(?:USD|EUR|GBP|CHF|RUB|UAH|PLN|KRW|JPY|CNY|KZT|UZS|GEL|AMD|AZN|RON|SEK)\b)\s?$"
)
MONEY_AFTER = lazy_pattern(languages.MONEY_AFTER, re.IGNORECASE)
_NOT_NAMES = several(
    "usd eur gbp chf rub uah pln krw jpy cny kzt uzs gel amd azn ron sek us rs rm no nr kr mid pre post "
    "under over sub non late early top ex plus minus about some of in on at to by from circa"
)

_LETTER = "[A-Za-zÀ-ɏЀ-ӿ]"
_NAME = lazy_pattern(
    r"(?<![A-Za-zÀ-ɏЀ-ӿ\d])(?<!\d[-.])(?P<letters>[A-Za-zÀ-ɏЀ-ӿ]{1,12})(?P<dash>[-‑–]?)(?P<digits>\d+(?:-\d+)*)"
    r"(?P<rest>[A-Za-zЀ-ӿ]{0,4}\d{0,2})(?![A-Za-zÀ-ɏЀ-ӿ\d])"
)
_DIGITS_FIRST = lazy_pattern(r"(?<![\w.,])(?P<digits>\d{1,2})(?P<letters>[GD])(?![A-Za-zÀ-ɏЀ-ӿ\d])")
# 9/11, “9·11”: with a slash only this one is a name, with a dot every such pair is a date that became a name.
_NINE_ELEVEN = lazy_pattern(r"(?<![\d/.·])(?:(?P<a>\d{1,2})[·・](?P<b>\d{1,2})|9/11)(?![\d/%·.])")
_EVEN = lazy_pattern(r"(?<![\d.,])50[-–/]50(?![\d%])")
_ISO = lazy_pattern(r"(?<![\d-])(?P<y>[12]\d{3})-(?P<m>0?[1-9]|1[0-2])-(?P<d>0?[1-9]|[12]\d|3[01])(?![\d-])")
_NUMERIC = lazy_pattern(r"(?<![\d./])(?P<a>\d{1,2})(?P<mark>[./])(?P<b>\d{1,2})(?P=mark)(?P<y>[12]\d{3})(?![\d])")
_CLOCK = lazy_pattern(
    r"(?<![\d:.,])(?P<h>[01]?\d|2[0-4])[:：](?P<m>[0-5]\d)(?![\d:])(?:\s?(?P<half>[APap])\.?\s?[mM]\b\.?)?"
)
# Twenty-six and a half years, a quarter of them.
_VULGAR = lazy_pattern(r"(?<![\d.,])(?:(?P<whole>\d{1,4})\s?)?(?P<part>[½¼¾⅓⅔])")
# Four and a half, as grain is priced.
_MIXED = lazy_pattern(r"(?<![\d.,/-])(?P<whole>\d{1,3})[- ](?P<a>[1-9])/(?P<b>[2-8])(?![\d/])")
# Hours, minutes and seconds; nobody says those that are none.
_LAPS = lazy_pattern(r"(?<![\d:])(?P<h>\d{1,2}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)(?![\d:])")
# Minutes, seconds and parts of them, as in races.
_RACE = lazy_pattern(r"(?<![\d:])(?P<m>\d{1,2}):(?P<s>[0-5]\d\.\d{1,3})(?![\d:])")
# Agencies write 0930 GMT and 0200; a year has no zero before it.
_AGENCY_TIME = lazy_pattern(
    r"(?<![\d.,/:-])(?P<time>(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d))"
    r"(?:(?<=\bat\s2[2-3]\d\d)(?=[.,;]|$|\s(?:on|and|in)\b)|(?=\s?(?:GMT|UTC|BST|CET|CEST|EET|EST|EDT|ET|MSK|local\stime)\b)|(?<=\b0\d\d\d)(?![\d.,/:-]))"
)
# An approval rating in the low 30s, temperatures in the mid-20s.
_TENS = lazy_pattern(r"\b(?:low|mid|high|upper)(?:er)?[\s-](?P<tens>[1-9]0)s\b")
_METRES = lazy_pattern(
    r"(?<![\d.,])(?P<metres>\d{1,3})\s?(?:met(?:re|er)s?|m|метр\w*|м|metr\w*|meter)\s(?:and\s|и\s)?"
    r"(?P<more>\d{1,2})\s?(?:centim\w*|cm|сантим\w*|см|centym\w*|zentim\w*)(?!\w)",
    re.IGNORECASE,
)
_SHARE = lazy_pattern(r"(?<![\d/.,])(?P<a>\d{1,2})/(?P<b>\d{1,3})(?![\d/])")

Parts = tuple[Quantity, ...]


def minutes(hour: int, minute: int, *, half: str = "") -> tuple[Reading, ...]:
    """Readings of a clock time; without am or pm an hour up to 12 may be either."""
    if half.lower() == "p" and hour < 12:
        hour += 12
    elif half.lower() == "a" and hour == 12:
        hour = 0
    at = exactly(Kind.TIME, (hour * 60 + minute) % 1440)
    if half or not 0 < hour <= 12:
        return (at,)
    return (at, exactly(Kind.TIME, ((hour + 12) * 60 + minute) % 1440))


def _name(match: re.Match[str]) -> Parts:
    letters = match["letters"]
    is_name = any(char.isupper() for char in letters) and letters.lower() not in _NOT_NAMES
    if not is_name:
        return ()
    digits = re.sub(r"\D", "", match["digits"])
    return (Quantity((exactly(Kind.NAME, float(digits[:15])),), *match.span(), soft=True, letters=letters.upper()),)


def _nine_eleven(match: re.Match[str]) -> Parts:
    digits = float(re.sub(r"\D", "", match[0]))
    return (Quantity((exactly(Kind.NAME, digits),), *match.span(), soft=True, letters="·"),)


def _iso(match: re.Match[str]) -> Parts:
    return (
        Quantity((exactly(Kind.YEAR, float(match["y"])),), *match.span("y")),
        Quantity((exactly(Kind.MONTH, float(match["m"])),), *match.span("m")),
        Quantity((exactly(Kind.DAY, float(match["d"])),), *match.span("d")),
    )


def _numeric(match: re.Match[str]) -> Parts:
    parts = [Quantity((exactly(Kind.YEAR, float(match["y"])),), *match.span("y"))]
    dotted = match["mark"] == "."
    for name, first, second in (("a", Kind.DAY, Kind.MONTH), ("b", Kind.MONTH, Kind.DAY)):
        value = float(match[name])
        kinds = (first,) if dotted else (first, second)
        parts.append(Quantity(tuple(exactly(kind, value) for kind in kinds), *match.span(name)))
    return tuple(parts)


def _clock(match: re.Match[str]) -> Parts:
    hour = int(match["h"])
    readings = minutes(hour, int(match["m"]), half=match["half"] or "")
    # Two digits before the colon are a clock of 24 hours.
    if len(match["h"]) == 2 and not match["half"] and match["h"][0] in "01":
        readings = readings[:1]
    return (Quantity(readings, *match.span()),)


_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}


def _vulgar(match: re.Match[str]) -> Parts:
    part = _FRACTIONS[match["part"]]
    if match["whole"]:
        return (Quantity((exactly(Kind.NUMBER, float(match["whole"]) + part),), *match.span()),)
    return (Quantity((exactly(Kind.FRACTION, part), exactly(Kind.NUMBER, part)), *match.span()),)


def _mixed(match: re.Match[str]) -> Parts:
    a, b = int(match["a"]), int(match["b"])
    if a >= b:
        return ()
    return (Quantity((exactly(Kind.NUMBER, int(match["whole"]) + a / b),), *match.span()),)


def _laps(match: re.Match[str]) -> Parts:
    parts = ((name, float(match[name])) for name in "hms")
    return tuple(Quantity((exactly(Kind.NUMBER, value),), *match.span(name)) for name, value in parts if value)


def _race(match: re.Match[str]) -> Parts:
    seconds = 60 * int(match["m"]) + float(match["s"])
    return (Quantity((exactly(Kind.NUMBER, seconds),), *match.span()),)


def _agency_time(match: re.Match[str]) -> Parts:
    at = exactly(Kind.TIME, 60 * int(match["h"]) + int(match["m"]))
    return (Quantity((at, exactly(Kind.NUMBER, float(match["time"]))), *match.span("time")),)


def _tens(match: re.Match[str]) -> Parts:
    low = float(match["tens"])
    readings = tuple(Reading(kind, low, low + 9.999) for kind in (Kind.NUMBER, Kind.PERCENT))
    return (Quantity(readings, *match.span("tens")),)


def _metres(match: re.Match[str]) -> Parts:
    metres = float(match["metres"])
    both = exactly(Kind.NUMBER, metres + float(match["more"]) / 100)
    return (Quantity((both, exactly(Kind.NUMBER, metres)), *match.span("metres")),)


def _share(match: re.Match[str]) -> Parts:
    part, whole = float(match["a"]), float(match["b"])
    digits = float(match["a"] + match["b"])
    if not 0 < part < whole:
        return (Quantity((exactly(Kind.NAME, digits),), *match.span(), soft=True, letters="/"),)
    day_and_month = (exactly(Kind.DAY, part), exactly(Kind.MONTH, part)) if whole <= 31 else ()
    readings = (exactly(Kind.FRACTION, part / whole), exactly(Kind.NAME, digits), *day_and_month)
    return (Quantity(readings, *match.span()),)


# With each pattern something cheap that stands in every text where it can match.
_FINDERS: tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[re.Match[str]], Parts]], ...] = (
    (lazy_pattern("[·・]|9/11"), _NINE_ELEVEN, _nine_eleven),
    (lazy_pattern("50[-–/]"), _EVEN, _nine_eleven),
    (lazy_pattern(r"\d-\d"), _ISO, _iso),
    (lazy_pattern(r"\d[./]\d"), _NUMERIC, _numeric),
    (lazy_pattern(r"\d[- ]\d/\d"), _MIXED, _mixed),
    (lazy_pattern(r"\d:\d\d:\d"), _LAPS, _laps),
    (lazy_pattern(r"\d:\d\d\.\d"), _RACE, _race),
    (lazy_pattern(r"\d[:：]\d"), _CLOCK, _clock),
    (lazy_pattern(r"\d{4}"), _AGENCY_TIME, _agency_time),
    (lazy_pattern("[½¼¾⅓⅔]"), _VULGAR, _vulgar),
    (lazy_pattern(r"\d0s\b"), _TENS, _tens),
    (lazy_pattern(r"\d\s?[mм]", re.IGNORECASE), _METRES, _metres),
    (lazy_pattern(rf"\d(?:(?<={_LETTER}\d)|(?<={_LETTER}[-‑–]\d))"), _NAME, _name),
    (lazy_pattern(r"\d[GD]"), _DIGITS_FIRST, _name),
    (lazy_pattern(r"\d/\d"), _SHARE, _share),
)
# One of the signs above stands in every text where anything is found; a search for digits is quick.
_ANY_SIGN = lazy_pattern(rf"\d(?:[-–./:：GD]|(?<={_LETTER}\d)|(?<={_LETTER}[-‑–]\d)|\d\d\d|0s|\s?[mмMМ])|[½¼¾⅓⅔]")
# What has been read is covered with this, so that nobody reads it twice; it is no letter, digit or space.
COVER = "\ufffc"


def covered(text: str, start: int, end: int) -> str:
    """``text`` with ``text[start:end]`` covered (same length), so that nobody reads it again."""
    return text[:start] + COVER * (end - start) + text[end:]


def take(text: str) -> tuple[list[Quantity], str]:
    """The quantities of ``text`` that need no language, and ``text`` with them covered (same length)."""
    found: list[Quantity] = []
    if not _ANY_SIGN.search(text) and "·" not in text and "・" not in text:
        return found, text
    for sign, pattern, read in _FINDERS:
        if not sign.search(text):
            continue
        for match in list(pattern.finditer(text)):
            parts = read(match)
            if parts:
                found += parts
                text = covered(text, *match.span())
    return found, text
