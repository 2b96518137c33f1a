"""Times of day in words: half past seven, quarter to six, halb acht, в половине восьмого, pool kaheksa.

Only what can be nothing else: “ten to eight” is a time behind “at” alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from compiler_flow.checks.numbers import marks
from compiler_flow.checks.numbers.languages import words
from compiler_flow.checks.numbers.quantity import Kind, Quantity, exactly
from compiler_flow.text import lazy_pattern


class _Saying(NamedTuple):
    """A way to say a time: its pattern with the group ``h``, the hours by their words, and the minutes after them."""

    pattern: re.Pattern[str]
    hours: dict[str, float]
    minutes: Callable[[re.Match[str]], int]


def _saying(pattern: str, hours: dict[str, float], minutes: Callable[[re.Match[str]], int] | int) -> _Saying:
    named = "|".join(sorted(map(re.escape, hours), key=len, reverse=True))
    after = minutes if callable(minutes) else lambda _match: minutes
    return _Saying(lazy_pattern(pattern.replace("HOUR", rf"(?P<h>{named}|\d\d?)"), re.IGNORECASE), hours, after)


_ENGLISH = words(
    "one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 noon=12 midnight=0"
)
_PARTS = words("half=30 quarter=15 five=5 ten=10 twenty=20 twenty-five=25")
_GERMAN = words("eins=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12")
# The hour that is under way, in the genitive.
_RUSSIAN = words(
    "первого=1 второго=2 третьего=3 четвёртого/четвертого=4 пятого=5 шестого=6 седьмого=7 восьмого=8 девятого=9 "
    "десятого=10 одиннадцатого=11 двенадцатого=12"
)
_RUSSIAN_TO = words(
    "час=1 два=2 три=3 четыре=4 пять=5 шесть=6 семь=7 восемь=8 девять=9 десять=10 одиннадцать=11 двенадцать=12"
)
_UKRAINIAN = words(
    "першу=1 другу=2 третю=3 четверту=4 п'яту/п’яту=5 шосту=6 сьому=7 восьму=8 дев'яту/дев’яту=9 десяту=10 "
    "одинадцяту=11 дванадцяту=12"
)
_UKRAINIAN_TO = words(
    "перша=1 друга=2 третя=3 четверта=4 п'ята/п’ята=5 шоста=6 сьома=7 восьма=8 дев'ята/дев’ята=9 десята=10 "
    "одинадцята=11 дванадцята=12"
)
_POLISH = words(
    "pierwszej=1 drugiej=2 trzeciej=3 czwartej=4 piątej=5 szóstej=6 siódmej=7 ósmej=8 dziewiątej=9 dziesiątej=10 "
    "jedenastej=11 dwunastej=12"
)
_POLISH_TO = words(
    "pierwsza=1 druga=2 trzecia=3 czwarta=4 piąta=5 szósta=6 siódma=7 ósma=8 dziewiąta=9 dziesiąta=10 jedenasta=11 "
    "dwunasta=12"
)
_ESTONIAN = words(
    "üks=1 kaks=2 kolm=3 neli=4 viis=5 kuus=6 seitse=7 kaheksa=8 üheksa=9 kümme=10 üksteist=11 kaksteist=12"
)
_LITHUANIAN = words(
    "pirmą=1 antrą=2 trečią=3 ketvirtą=4 penktą=5 šeštą=6 septintą=7 aštuntą=8 devintą=9 dešimtą=10 vienuoliktą=11 "
    "dvyliktą=12"
)


def _past_or_to(match: re.Match[str]) -> int:
    minutes = int(_PARTS[match["part"].lower()])
    return minutes if match["way"].lower() in ("past", "after") else -minutes


_SAYINGS: dict[str, tuple[_Saying, ...]] = {
    "en": (
        _saying(r"\b(?P<h>noon|midday|midnight)\b", {"noon": 12, "midday": 12, "midnight": 0}, 0),
        _saying(r"\b(?:a\s)?(?P<part>half|quarter)\s(?P<way>past)\sHOUR\b", _ENGLISH, _past_or_to),
        _saying(
            r"(?P<lead>\b(?:at|by|until|before|about|around|since)\s(?:a\s)?)(?P<part>quarter)\s(?P<way>to)\sHOUR\b(?!\s?(?:%|per))",
            _ENGLISH,
            _past_or_to,
        ),
        _saying(
            r"(?P<lead>\bat\s(?:just\s|about\s)?)(?P<part>five|ten|twenty|twenty-five)\s(?P<way>past|to)\sHOUR\b(?!\s?(?:%|per))",
            _ENGLISH,
            _past_or_to,
        ),
    ),
    "de": (
        _saying(r"(?P<lead>\b(?:um|gegen|bis|ab|vor|nach|seit)\s)halb\sHOUR\b", _GERMAN, -30),
        _saying(r"\bviertel\snach\sHOUR\b", _GERMAN, 15),
        _saying(r"\bviertel\svor\sHOUR\b", _GERMAN, -15),
    ),
    "ru": (
        _saying(r"\bполовин\w+\sHOUR(?!\w)", _RUSSIAN, -30),
        _saying(r"\bбез\sчетверти\sHOUR(?!\w)", _RUSSIAN_TO, -15),
        _saying(r"\bчетверть\sHOUR(?!\w)", _RUSSIAN, -45),
    ),
    "uk": (
        _saying(r"\bпів\s(?:на\s)?HOUR(?!\w)", _UKRAINIAN, -30),
        _saying(r"\bчверть\sна\sHOUR(?!\w)", _UKRAINIAN, -45),
        _saying(r"\bза\sчверть\sHOUR(?!\w)", _UKRAINIAN_TO, -15),
    ),
    "pl": (
        _saying(r"\bw?pół\sdo\sHOUR\b", _POLISH, -30),
        _saying(r"\bkwadrans\spo\sHOUR\b", _POLISH, 15),
        _saying(r"\bza\skwadrans\sHOUR\b", _POLISH_TO, -15),
    ),
    "et": (
        _saying(r"\bpool\sHOUR\b", _ESTONIAN, -30),
        _saying(r"\bveerand\sHOUR\b", _ESTONIAN, -45),
        _saying(r"\bkolmveerand\sHOUR\b", _ESTONIAN, -15),
    ),
    "lt": (_saying(r"\bpusę\sHOUR\b", _LITHUANIAN, -30),),
}
# Nobody need say which of the two it is, and nobody need say it at all.
_KNOWN = frozenset({"noon", "midday", "midnight"})
# What stands in every such saying.
_SIGNS = {
    "en": (" past ", " to ", "noon", "midday", "midnight"),
    "de": ("halb", "iertel"),
    "ru": ("оловин", "четверт"),
    "uk": ("пів", "чверть"),
    "pl": ("pół", "kwadrans"),
    "et": ("pool ", "veerand "),
    "lt": ("pusę ",),
}


def take(text: str, tag: str) -> tuple[list[Quantity], str]:
    """The times in words of ``text``, in the language ``tag`` (primary subtag), and ``text`` with them covered."""
    found: list[Quantity] = []
    if not any(map(text.__contains__, _SIGNS.get(tag, ()))):
        return found, text
    for saying in _SAYINGS[tag]:
        for match in saying.pattern.finditer(text):
            hour = saying.hours.get(match["h"].lower())
            hour = float(match["h"]) if hour is None else hour
            if hour > 24:
                continue
            past = (int(hour) * 60 + saying.minutes(match)) % 1440
            start = match.end("lead") if "lead" in match.groupdict() else match.start()
            is_known = match["h"].lower() in _KNOWN
            readings = (exactly(Kind.TIME, past),) if is_known else marks.minutes(past // 60, past % 60)
            found.append(Quantity(readings, start, match.end(), soft=is_known))
            text = marks.covered(text, *match.span())
    return found, text
