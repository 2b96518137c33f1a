"""Centuries in Roman numerals, as Slavic, Baltic and Romance languages count them: XXI век, XIX wiek, secolul XX."""

from __future__ import annotations

from compiler_flow.checks.numbers import marks
from compiler_flow.checks.numbers.quantity import Kind, Quantity, exactly
from compiler_flow.text import lazy_pattern

_ROMAN = r"(?:X{1,2}(?:IX|IV|V?I{0,3})|IX|IV|V?I{1,3}|V)"
# The Cyrillic Х is typed for the Latin one now and then.
_CENTURY = lazy_pattern(
    rf"(?<!\w)(?P<first>{_ROMAN})(?:\s?[-–—]\s?(?P<second>{_ROMAN}))?"
    r"(?=[-\s](?:го\s|м\s)?(?:век\w*|вв?\.|столі\w*|стагод\w*|ст\.|wiek\w*|w\.|amži\w*|a\.|gadsimt\w*|siècle)(?!\w))"
    rf"|\bsecol(?:ul|ului|ele|elor)\s(?:ale?\s)?(?P<third>{_ROMAN})(?:-lea)?(?!\w)"
)
# Charles III, Élisabeth II, Екатерина II: kings, popes, ships, wars.
_NUMBERED = lazy_pattern(r"(?<=[a-zà-öø-ÿа-яё]\s)(?P<number>I{2,3}|IV|VI{1,3}|IX|X[IV]{1,4})(?![\w-])")
_CAPITAL = lazy_pattern(r"(?<!\w)[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'-]*\s$")
_VALUES = {"X": 10, "V": 5, "I": 1}


def take(text: str) -> tuple[list[Quantity], str]:
    """The centuries in ``text``, and ``text`` with their numerals covered (same length)."""
    found: list[Quantity] = []
    for match in _CENTURY.finditer(text):
        for name, numeral in match.groupdict().items():
            if numeral:
                found.append(Quantity((exactly(Kind.ORDINAL, _value(numeral)),), *match.span(name)))
        text = marks.covered(text, *match.span())
    return found, text


def numbered(text: str) -> list[Quantity]:
    """The Roman numerals behind names in ``text``; they need no rendering, but another one is another person."""
    return [
        Quantity((exactly(Kind.ORDINAL, _value(match["number"])),), *match.span("number"), soft=True)
        for match in _NUMBERED.finditer(text)
        if _CAPITAL.search(text, 0, match.start())
    ]


def _value(numeral: str) -> float:
    values = [_VALUES[char] for char in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return float(sum(-value if value < following else value for value, following in pairs))
