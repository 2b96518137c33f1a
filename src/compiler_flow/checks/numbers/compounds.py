"""Numbers inside Slavic adjectives of time and size: трёхдневный, семилетній, pięcioletni."""

from __future__ import annotations

import re

from compiler_flow.checks.numbers import marks
from compiler_flow.checks.numbers.languages import words
from compiler_flow.checks.numbers.quantity import Kind, Quantity, exactly
from compiler_flow.text import lazy_pattern

_NUMBERS = words(
    "трех/трёх/трьох/trzy/trój=3 четырех/четырёх/чотирьох/cztero/czterech=4 пяти/п'яти/п’яти/pięcio=5 "
    "шести/sześcio=6 семи/siedmio=7 восьми/ośmio=8 девяти/дев'яти/дев’яти/dziewięcio=9 десяти/dziesięcio=10 "
    "двенадцати/дванадцяти/dwunasto=12 пятнадцати/п'ятнадцяти/п’ятнадцяти/piętnasto=15 двадцати/двадцяти/dwudziesto=20 "
    "тридцати/тридцяти/trzydziesto=30 сорока/czterdziesto=40 пятидесяти/п'ятдесяти/п’ятдесяти/pięćdziesięcio=50"
)
_ADJECTIVE = lazy_pattern(
    rf"(?<!\w)(?P<number>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
    r"(?:летн|річ[нч]|дневн|денн|месячн|місячн|недельн|тижнев|часов|годинн|минутн|этажн|поверхов|сторонн|"
    r"letni|dniow|miesięczn|tygodniow|godzinn|minutow|piętrow|stronn)\w*",
    re.IGNORECASE,
)


def take(text: str) -> tuple[list[Quantity], str]:
    """The numbers of such adjectives in ``text``, and ``text`` with the adjectives covered (same length)."""
    found: list[Quantity] = []
    for match in _ADJECTIVE.finditer(text):
        value = _NUMBERS[match["number"].lower()]
        found.append(Quantity((exactly(Kind.NUMBER, value),), *match.span(), is_word=True))
        text = marks.covered(text, *match.span())
    return found, text
