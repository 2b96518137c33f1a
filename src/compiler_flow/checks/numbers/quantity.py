"""A number that a text states, as a value: what kind of number it is, and what it amounts to.

A spot of text may be read in more than one way (``May 9`` is a day, ``2000`` a year or an amount), so a quantity has
several readings, the likeliest first.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a number says. Percentages are read as 80 for 80 %, times of day as minutes after midnight."""

    # The hash of the text itself: an enumeration's own is a call of Python for every look-up.
    __hash__ = str.__hash__

    NUMBER = "number"
    ORDINAL = "ordinal"
    PERCENT = "percent"
    POINTS = "percentage points"
    FRACTION = "fraction"
    TIMES = "times"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    TIME = "time"
    DECADE = "decade"
    HALF_YEAR = "half of a year"
    VAGUE = "order of magnitude"
    NAME = "name"


class Rounding(StrEnum):
    """What a word beside the number allows: 约, 超过, 不到."""

    NONE = ""
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a quantity: all values from ``low`` to ``high`` (the same, where the text is exact)."""

    kind: Kind
    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether this is one value and no interval."""
        return self.low == self.high


@functools.lru_cache(maxsize=4096)
def exactly(kind: Kind, value: float) -> Reading:
    """A reading of one value."""
    return Reading(kind, value, value)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text, at ``text[start:end]``.

    ``soft`` numbers need not be rendered (one, a couple, the month of a date). ``money`` says that a currency stands
    beside it, ``rounding`` what the words around allow, ``is_word`` that it is written without digits.
    ``letters`` are those of a name with digits (COP of COP29).
    """

    readings: tuple[Reading, ...]
    start: int
    end: int
    soft: bool = False
    money: bool = False
    negative: bool = False
    rounding: Rounding = Rounding.NONE
    is_word: bool = False
    letters: str = ""

    @property
    def kind(self) -> Kind:
        """The likeliest kind."""
        return self.readings[0].kind

    @property
    def value(self) -> float:
        """The likeliest value (the lower end of an interval)."""
        return self.readings[0].low
