"""Items of a list that was typed into one line: ``1) Money 2) Time``, ``• First • Second``."""

from __future__ import annotations

from typing import Final

from compiler_flow.segment.language import Language
from compiler_flow.text import lazy_pattern

# What a list can begin with.
MARKS: Final = "•⁃‣▪●1a"
_MARKER = lazy_pattern(r"(?P<bullet>[•⁃‣▪●]\s?)?(?:(?P<count>\d{1,2}|a)(?P<sign>\.\)|[.)]))?(?=\s)")


def items(text: str, language: Language) -> list[tuple[int, int]]:
    """Start and end of the marks of a list that begins with the text; empty where it is none.

    The numbers must follow each other and begin with 1 unless a bullet stands before them. ``1.`` and ``a.`` count
    only before capitals, and not in languages where a number with a dot is an ordinal.
    """
    match = _MARKER.match(text)
    if match is None or not match.end():
        return []
    bullet, count, sign = match["bullet"] or "", match["count"] or "", match["sign"] or ""
    if not bullet and count not in {"1", "a"}:
        return []
    bare = sign == "." and not bullet
    if bare and ("ordinal-dot" in language.settings or not _before_capital(text, match.end())):
        return []
    found = [(0, match.end())]
    while True:
        count = _next(count)
        mark = f"{bullet}{count}{sign}"
        place = text.find(f" {mark} ", found[-1][1]) if mark.strip() else -1
        if place == -1 or (bare and not _before_capital(text, place + 1 + len(mark))):
            return found if len(found) > 1 else []
        found.append((place + 1, place + 1 + len(mark)))


def _next(count: str) -> str:
    if count.isdigit():
        return str(int(count) + 1)
    return chr(ord(count) + 1) if count else ""


def _before_capital(text: str, end: int) -> bool:
    return text[end : end + 2].strip().isupper()
