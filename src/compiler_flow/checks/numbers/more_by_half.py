"""One of something and a half: an hour and a half, une heure et demie, un an și jumătate."""

from __future__ import annotations

import re

from compiler_flow.checks.numbers import marks
from compiler_flow.checks.numbers.quantity import Kind, Quantity, exactly
from compiler_flow.text import lazy_pattern

# What is counted stands between; the quantity ends before it, as it does in “1.5 hours”.
_THINGS = (
    "second|minute|hour|day|week|fortnight|month|year|decade|century|mile|kilomet(?:re|er)|met(?:re|er)|inch|foot|acre|"
    "hectare|pound|kilo|ton|tonne|lit(?:re|er)|gallon"
)
_YEARS = {"decade": 15.0, "century": 150.0}
_SAYINGS = {
    "en": rf"\b(?P<one>an?|one)(?P<thing>\s(?:{_THINGS}))\sand\s(?:a|one)[\s-]half\b",
    "fr": r"\b(?P<one>une?)(?P<thing>\s[a-zà-ÿ]+)\set\sdemie?\b",
    "ro": r"\b(?P<one>un|o)(?P<thing>\s(?!milion|miliard)[a-zăâîșț]+)\sși\sjumătate\b",
}
_PATTERNS = {tag: lazy_pattern(saying, re.IGNORECASE) for tag, saying in _SAYINGS.items()}
_SIGNS = {"en": "half", "fr": "demi", "ro": "jumătate"}


def take(text: str, tag: str) -> tuple[list[Quantity], str]:
    """The amounts of one and a half in ``text``, in the language ``tag`` (primary subtag), and ``text`` without them.

    What they stood in is covered (same length).
    """
    found: list[Quantity] = []
    if tag not in _SIGNS or _SIGNS[tag] not in text:
        return found, text
    for match in _PATTERNS[tag].finditer(text):
        value = _YEARS.get(match["thing"].strip().lower(), 1.5)
        found.append(Quantity((exactly(Kind.NUMBER, value),), match.start(), match.end("one")))
        text = marks.covered(text, *match.span())
    return found, text
