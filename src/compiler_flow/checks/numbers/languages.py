"""What a language's numbers are made of, as data, and how its files write it down.

A vocabulary is a string of ``form/form=value`` items. ``*`` after a stem stands for all endings of a noun, ``~`` for
all endings of an adjective of that language, so that one item covers every case.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module

from compiler_flow.text import base_language, lazy_pattern

# What may stand after a number in any language.
POINTS = r"[\s-](?:points?|пункт\w*|punkt\w*|puncte?)\b"
DECADES = (
    r"[\s-](?:decades?|десятилети\w*|десятиліт\w*|дзесяцігоддз\w*|dekad\w*|dešimtmeč\w*|desmitgad\w*|aastaküm\w*|"
    r"jahrzehnt\w*|décennies?|deceni\w*)\b"
)
MONEY_AFTER = (
    r"\s?-?(?:[$€£¥₽₴₩₸₺₾₼֏]|(?:US\s)?(?:dollar|euro|pound|rouble|ruble|zlot|lei\b|leu\b|won\b|yen\b|yuan|tenge|lari|hryvn|kron|crown|korun|franc|rupee|lira\b|forint|shekel|"
    r"доллар|долар|евро|євро|еўра|рубл|гривен|гривн|грн|тенге|сум\b|злот|фунт|лари\b|юан|вон\b|иен|крон|рупи|лир[аы]?\b|ле(?:й|я|ев|їв)\b|форинт|шекел|"
    r"dolar|eur\b|eiro|eurų|eurot|zł|złot|euró|Euro|Dollar|Franken|Złoty|원\b|원|달러|유로|엔\b|위안|USD|EUR|RUB|UAH|PLN|KRW)|"
    r"\s(?:de\s)?(?:dolari|lei|euro|dollars|d'euros|tonų\b(?!)))"
)
PARTS_PER = r"\s?(?:parts?\sper\s(?P<per>million|billion)\b|(?P<short>pp[mb])\b)"
_NAMED = lazy_pattern(r"\(\?P<\w+>")


@dataclass(frozen=True)
class Language:
    """The number words of one language, all forms in lower case.

    ``decimal`` is its decimal mark. ``cardinals`` (below 1000), ``hundreds`` (multiplied: three *hundred*), ``scales``
    (thousand and up, with abbreviations), ``ordinals``, ``fractions`` (*third* → 3), ``halves``, ``vague`` (dozens →
    10), ``months``, ``times`` (doubled → 2) map forms to values. ``soft`` holds words that need no rendering,
    ``several`` those that make *hundred* vague, ``articles`` *a* and *the*, ``joins`` *and* between number words,
    ``of`` the word in *tens of thousands*, ``to`` the words of ranges. The remaining fields are regular expressions
    for what stands right after (or ``prefix``: before) a number.
    """

    decimal: str = ","
    cardinals: Mapping[str, float] = field(default_factory=dict)
    hundreds: Mapping[str, float] = field(default_factory=dict)
    scales: Mapping[str, float] = field(default_factory=dict)
    ordinals: Mapping[str, float] = field(default_factory=dict)
    fractions: Mapping[str, float] = field(default_factory=dict)
    halves: frozenset[str] = frozenset()
    vague: Mapping[str, float] = field(default_factory=dict)
    months: Mapping[str, float] = field(default_factory=dict)
    times: Mapping[str, float] = field(default_factory=dict)
    mixed: Mapping[str, float] = field(default_factory=dict)
    soft: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    day_first: bool = True
    percent: str = "%"
    points: str = r"(?!)"
    basis: str = r"(?!)"
    ordinal_mark: str = r"(?!)"
    decade_mark: str = r"(?!)"
    times_mark: str = r"(?!)"
    below_zero: str = r"(?!)"
    clock: str = r"(?!)"
    known: bool = True
    slavic: bool = False

    @functools.cached_property
    def number_words(self) -> frozenset[str]:
        """Every word that a number can begin with or consist of; a text without these and digits states none."""
        tables = (
            *(self.cardinals, self.hundreds, self.scales, self.ordinals, self.fractions),
            *(self.vague, self.months, self.times, self.mixed, self.halves),
        )
        return frozenset().union(*tables)

    @functools.cached_property
    def counting_words(self) -> frozenset[str]:
        """Every word with which a number that has begun can go on."""
        return self.number_words | self.joins | self.of | HALF_JOINS

    @functools.cached_property
    def any_mark(self) -> re.Pattern[str]:
        """All that may stand right after a number and say what it counts: without a match none of it does."""
        own = (self.percent, self.points, self.basis, self.ordinal_mark, self.decade_mark, self.times_mark)
        every = (*own, self.below_zero, self.clock, POINTS, DECADES, PARTS_PER, MONEY_AFTER)
        # Groups are named twice where two languages' marks are joined; their names say nothing here.
        return re.compile("|".join(f"(?:{_NAMED.sub('(?:', each)})" for each in every), re.IGNORECASE)

    @functools.cached_property
    def leading_words(self) -> frozenset[str]:
        """Words that say something about a number right after them: *a* hundred, *several* thousand."""
        return self.articles | self.several


@functools.cache
def compiled(pattern: str) -> re.Pattern[str]:
    """One of the expressions of a language, compiled once; case does not count."""
    return re.compile(pattern, re.IGNORECASE)


def words(spec: str, *, noun: str = "", adjective: str = "") -> dict[str, float]:
    """The vocabulary in ``spec`` with all its forms; ``noun`` and ``adjective`` are endings separated by ``|``."""
    found: dict[str, float] = {}
    for item in spec.split():
        forms, _equals, value = item.rpartition("=")
        for form in forms.split("/"):
            endings = noun if form.endswith("*") else adjective if form.endswith("~") else ""
            stem = form.rstrip("*~").replace("_", " ")
            for ending in endings.split("|"):
                found.setdefault(stem + ending, float(value))
    return found


def several(spec: str) -> frozenset[str]:
    """A set of words written as one string."""
    return frozenset(spec.split())


_PLACES = {
    "en": "western:ENGLISH",
    "de": "western:GERMAN",
    "fr": "western:FRENCH",
    "ro": "western:ROMANIAN",
    "ru": "slavic:RUSSIAN",
    "uk": "slavic:UKRAINIAN",
    "be": "slavic:BELARUSIAN",
    "pl": "slavic:POLISH",
    "lt": "baltic:LITHUANIAN",
    "lv": "baltic:LATVIAN",
    "et": "baltic:ESTONIAN",
}

# Between a number and “a half”, in any language.
HALF_JOINS = several("and a an one с з и i і й z ir un ja și şi et und o une ein eine cu plus")

# A language without a vocabulary: digits are compared, and a scale word next to them may say anything.
UNKNOWN = Language(known=False)


@functools.cache
def language(tag: str) -> Language:
    """The numbers of the language with this BCP 47 tag; ``UNKNOWN`` where there is no vocabulary."""
    place = _PLACES.get(base_language(tag))
    if place is None:
        return UNKNOWN
    module, _colon, name = place.partition(":")
    found = getattr(import_module(f"{__package__}.{module}"), name)
    assert isinstance(found, Language)  # noqa: S101 (for the type checker)
    return found
