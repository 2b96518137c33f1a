"""The first and the second half of a year: 上半年 and 下半年."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compiler_flow.checks.numbers import marks
from compiler_flow.checks.numbers.quantity import Kind, Quantity, exactly
from compiler_flow.text import lazy_pattern

# What says which half, between which two words it may stand. The year itself is left for others to read.
_HALVES = (
    (
        r"\b(?:first|1st)|\b(?P<b>second|2nd|latter)",
        r"\s(?:half(?=\sof\s(?:the\s|this\s|last\s|next\s|that\s)?(?:year\b|\d{4}))|half-?year)",
    ),
    (r"\bперв\w+|\b(?P<b>втор\w+)", r"\s(?:полугоди\w+|половин\w+(?=\s(?:\w+\s)?(?:\d{4}|года)\b))"),
    (r"\bперш\w+|\b(?P<b>друг\w+)", r"\s(?:п[іо]вріч\w+|половин\w+(?=\s(?:\w+\s)?(?:\d{4}|року)\b))"),
    (r"\bпер[шв]\w+|\b(?P<b>друг\w+)", r"\s(?:паўгоддз\w+|палов\w+(?=\s(?:\w+\s)?(?:\d{4}|года)\b))"),
    (r"\bpierwsz\w+|\b(?P<b>drug\w+)", r"\s(?:półrocz\w+|połow\w+(?=\s(?:\w+\s)?(?:\d{4}|roku)\b))"),
    (r"\berste[nrs]?|\b(?P<b>zweite[nrs]?)", r"\s(?:Halbjahr\w*|Hälfte(?=\s(?:des\s(?:\w+\s)?Jahres|\d{4})\b))"),
    (r"\bpremier|\b(?P<b>second|deuxième)", r"\ssemestre"),
    (
        r"\bprim\w+|\b(?P<b>(?:a\s)?doua|(?:al\s)?doilea)",
        r"\s(?:semestru\w*|jumătate(?=\sa\s(?:anului|lui\s\d{4})\b))",
    ),
    (r"\bpirm\w+|\b(?P<b>antr\w+)", r"\s(?:pusmet\w+|metų\spus\w+)"),
    (r"\b(?:gada\s)?pirm\w+|\b(?:gada\s)?(?P<b>otr\w+)", r"\s(?:pusgad\w+|gada\spus\w+|(?<=gada\s\w{6}\s)pus\w+)"),
    (r"(?<![가-힣])상|(?<![가-힣])(?P<b>하)", r"반기"),
)
_READERS = tuple(lazy_pattern(rf"(?:{which})(?:{half})", re.IGNORECASE) for which, half in _HALVES)
# One of these stands in every such phrase, so that other texts cost a few looks.
_SIGNS = (
    *("half", "полуг", "полов", "півріч", "повріч", "паўго", "палов", "półr", "połow", "Halbj", "Hälft", "semest"),
    *("jumăt", "pusm", "pusę", "pusė", "pusē", "pusg", "반기"),
)

# Companies leave the year out; of a match there is no 半年.
_BARE = lazy_pattern(r"\b(?:(?P<a>first|1st)|(?P<b>second|2nd|latter))\shalf\b", re.IGNORECASE)


def may_be_changed(target: str) -> bool:
    """Whether ``changed`` may find anything."""
    return "半年" in target


def changed(stated: Sequence[Quantity], rendered: Sequence[Quantity], source: str) -> Iterator[tuple[int, int]]:
    """Rows of ``stated`` and columns of ``rendered`` where a half became the other one, the year left out."""
    wanted = {1 if match["a"] else 2: match.start() for match in _BARE.finditer(source)}
    said = {one.value: column for column, one in enumerate(rendered) if one.kind is Kind.HALF_YEAR}
    if len(wanted) != 1 or len(said) != 1 or wanted.keys() == said.keys():
        return
    (start,), (column,) = wanted.values(), said.values()
    rows = [row for row, one in enumerate(stated) if one.start == start and one.kind is not Kind.HALF_YEAR]
    if rows:
        yield rows[0], column


def take(text: str) -> tuple[list[Quantity], str]:
    """The halves of years that ``text`` names, and ``text`` with them covered (same length)."""
    if not any(map(text.__contains__, _SIGNS)):
        return [], text
    found: list[Quantity] = []
    for reader in _READERS:
        for match in reader.finditer(text):
            found.append(Quantity((exactly(Kind.HALF_YEAR, 2 if match["b"] else 1),), *match.span(), soft=True))
            text = marks.covered(text, *match.span())
    return found, text
