"""Numbers that a draft lost or changed: found as the ``number`` check finds them, and shielded for another try."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from compiler_flow.checks import numbers
from compiler_flow.checks.numbers.quantity import Kind, Quantity
from compiler_flow.prefill.figures import in_scale
from compiler_flow.text import base_language, lazy_pattern

_DIGITS = lazy_pattern(r"\d(?:[\d.,\u00a0\u202f ]*\d)?")
_KINDS = {Kind.NUMBER: "number", Kind.PERCENT: "number", Kind.YEAR: "year", Kind.DAY: "day"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the source at ``start`` to ``end``, what a draft shall say there, and which stand-ins fit."""

    start: int
    end: int
    kind: str
    text: str


def lost(source: str, draft: str, languages: tuple[str, str]) -> tuple[Quantity, ...]:
    """The numbers of ``source`` that ``draft`` drops or contradicts; none where the target is not Chinese."""
    if base_language(languages[1]) != "zh":
        return ()
    return tuple(one.stated for one in numbers.compare(source, languages[0], draft))


def shieldable(source: str, quantities: Sequence[Quantity]) -> Iterator[Figure]:
    """Those written in digits, with the Chinese that shall stand for them."""
    for one in quantities:
        digits = _DIGITS.search(source, one.start, one.end)
        kind = _KINDS.get(one.kind, "")
        if one.is_word or not digits or not kind or not one.readings[0].exact:
            continue
        if one.kind is Kind.NUMBER:
            yield Figure(one.start, one.end, kind, _chinese(f"{one.value:.15g}"))
        else:
            yield Figure(digits.start(), digits.end(), kind, f"{one.value:.10g}")


def _chinese(number: str) -> str:
    return in_scale(Decimal(number)) or number
