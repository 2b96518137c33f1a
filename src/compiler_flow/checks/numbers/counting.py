"""The grammar of counting: what digits and number words in a row add up to, and what stands right after them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from compiler_flow.checks.numbers import languages, marks
from compiler_flow.checks.numbers.languages import compiled
from compiler_flow.checks.numbers.quantity import Kind, Reading, exactly
from compiler_flow.checks.numbers.tokens import Walk, digits_values
from compiler_flow.text import lazy_pattern

_SINGLE = frozenset("kmbt")
# Without “percentage” they may still be percentage points.
_POINTS = lazy_pattern(languages.POINTS, re.IGNORECASE)
_PARTS_PER = lazy_pattern(languages.PARTS_PER, re.IGNORECASE)
_DECADES = lazy_pattern(languages.DECADES, re.IGNORECASE)


@dataclass(slots=True)
class Count:
    """What the words and digits from one token on add up to."""

    values: tuple[float, ...]
    stop: int
    is_word: bool
    scaled: bool = False
    ordinal: bool = False
    plain_digits: str = ""


@dataclass(slots=True)
class _Sum:
    """A number while it is read: what is complete, what a scale may still multiply, and below which scale."""

    in_words: bool
    current: float | None = None
    total: float = 0.0
    limit: float = math.inf
    extra: tuple[float, ...] = ()
    ordinal: bool = False


class Counting(Walk):
    """A walk that can count."""

    def _count(self, index: int, *, one: bool = False) -> Count | None:
        """The number that begins at a token; ``one`` has been said before it (a hundred, a million)."""
        tokens = self.tokens
        is_word = self.kinds[index] == "word"
        if not one and (alone := self._alone(index, is_word=is_word)):
            return alone
        so_far = _Sum(in_words=is_word, current=1.0 if one else None)
        stop = at = index
        while at < len(tokens) and not so_far.ordinal:
            kind, word = self.kinds[at], tokens[at]
            if kind == "digits" and (values := digits_values(word, self.language.decimal)):
                used = so_far.current is None and (not so_far.total or self._continues(at, so_far.limit))
                if used:
                    so_far.current, so_far.extra, so_far.in_words = values[0], values[1:], False
            elif kind == "word":
                used = self._scaled(so_far, at, index) or self._added(so_far, word)
                has_begun = so_far.current is not None or so_far.total > 0
                if not used and has_begun and (half := self._and_a_half(at)):
                    used, at = True, half - 1
                    if so_far.current is not None:
                        so_far.current += 0.5
                    else:
                        so_far.total += so_far.limit / 2  # a million and a half
            else:
                used = False
            if not used:
                break
            stop = at + 1
            at = self._joined(self._after_gap(stop), so_far.current, so_far.total)
        if stop == index:
            return None
        digits = tokens[index] if stop == index + 1 and self.kinds[index] == "digits" else ""
        value = so_far.total + (so_far.current or 0.0)
        return Count((value, *so_far.extra), stop, is_word, so_far.limit < math.inf, so_far.ordinal, digits)

    def _alone(self, index: int, *, is_word: bool) -> Count | None:
        """Digits or one number word with nothing behind that could go on with it: what most numbers are."""
        language, token = self.language, self.tokens[index]
        if self._word(self._after_gap(index + 1)) in language.counting_words:
            return None
        if is_word:
            value = language.cardinals.get(token)
            return None if value is None else Count((value,), index + 1, is_word)
        values = digits_values(token, language.decimal)
        return Count(values, index + 1, is_word, plain_digits=token) if values else None

    def _scaled(self, so_far: _Sum, at: int, first: int) -> bool:
        """Multiply by the hundred, thousand, million at a token; false where there is none."""
        word, language = self.tokens[at], self.language
        if so_far.current is None:
            return False
        if word in language.hundreds:
            so_far.current *= language.hundreds[word]
            return True
        scale = language.scales.get(word)
        if scale is None or scale >= so_far.limit or (word in _SINGLE and not self._is_single_scale(at, first)):
            return False
        if word == "m" and not self._is_money(self.starts[first], self.starts[at + 1]):
            so_far.extra = (so_far.current,)  # 5m may be five metres
        else:
            so_far.extra = tuple(value * scale for value in so_far.extra)
        so_far.total += so_far.current * scale
        so_far.current, so_far.limit, so_far.in_words = None, scale, True
        return True

    def _added(self, so_far: _Sum, word: str) -> bool:
        """Add a number word where the grammar lets one follow: five after twenty, never after seven."""
        language, current = self.language, so_far.current
        value = language.cardinals.get(word, language.mixed.get(word))
        if value is None:
            ordinal = language.ordinals.get(word)
            if ordinal is None or current is None or not so_far.in_words or ordinal >= _place(current):
                return False
            so_far.current, so_far.ordinal = current + ordinal, True
        elif current is None:
            if value >= so_far.limit or not (so_far.in_words or not so_far.total):
                return False
            so_far.current = value
        elif not so_far.in_words:
            return False
        elif value < _place(current):
            so_far.current = current + value
        elif current == 4 and value == 20:
            so_far.current = 80.0  # quatre-vingt
        elif current in (60, 80) and value < 20 and "vingt" in language.cardinals:
            so_far.current = current + value  # soixante-dix, quatre-vingt-quinze
        else:
            return False
        return True

    def _continues(self, at: int, limit: float) -> bool:
        """Whether digits go on with a number: 2 million 300 thousand."""
        follows = self.language.scales.get(self._word(self._after_gap(at + 1)))
        return follows is not None and follows < limit

    def _is_single_scale(self, at: int, first: int) -> bool:
        """Whether k, m, b, t is an abbreviated scale: 3m, $3 m, but not “5 m high”."""
        attached = self.kinds[at - 1] == "digits" if at else False
        money = bool(marks.MONEY_BEFORE.search(self.text[max(0, self.starts[first] - 6) : self.starts[first]]))
        letter = self.tokens[at]
        return money or (attached and letter in ("k", "m"))

    def _joined(self, at: int, current: float | None, total: float) -> int:
        """Past an *and* that stands inside a number, else ``at``."""
        if current is not None and self._word(at) in self.language.of and self.language.decimal == ",":
            after = self._after_gap(at + 1)
            return after if self._word(after) in self.language.scales else at
        if self._word(at) not in self.language.joins:
            return at
        if current is not None and self._and_a_half(at):
            return at
        after = self._after_gap(at + 1)
        value = self.language.cardinals.get(self._word(after))
        if value is None:
            value = self.language.ordinals.get(self._word(after))
        inner = current if current is not None else 0.0
        if value is None or value == 0:
            return at
        if current is not None and value < _place(inner) and (inner >= 100 or self.language.decimal != "."):
            return after if inner >= 20 else at
        return after if current is None and total >= 1000 and value < 100 else at

    def _and_a_half(self, at: int) -> int:
        """The index after “and a half” that begins at ``at``; 0 where there is none."""
        for _filler in range(3):
            word = self._word(at)
            if word in self.language.halves:
                return at + 1
            if word not in languages.HALF_JOINS:
                return 0
            at = self._after_gap(at + 1)
        return 0

    def _marked(self, count: Count, end: int) -> tuple[tuple[Reading, ...], int, bool]:
        """The readings of a count by what stands right after it, the offset after that, and whether it may be soft."""
        language, text, value = self.language, self.text, count.values[0]
        if count.ordinal:
            return (exactly(Kind.ORDINAL, value),), end, True
        abbreviated = text[end : end + 1] == "." and self._word(count.stop - 1) in language.scales
        probe = end + 1 if abbreviated else end
        if not abbreviated and not self._is_marked(end):
            plain = self._bare_digits(count, end) if count.plain_digits else None
            return plain or (tuple(exactly(Kind.NUMBER, each) for each in count.values), end, True)
        for pattern, kind, factor in (
            (language.basis, Kind.POINTS, 0.01),
            (language.points, Kind.POINTS, 1.0),
            (language.percent, Kind.PERCENT, 1.0),
        ):
            mark = compiled(pattern).match(text, probe)
            if mark:
                return tuple(exactly(kind, each * factor) for each in count.values), mark.end(), False
        if count.plain_digits:
            special = self._digits_marked(count, end)
            if special is not None:
                return special
        if _POINTS.match(text, end):
            return (exactly(Kind.NUMBER, value), exactly(Kind.POINTS, value)), end, True
        shares = _PARTS_PER.match(text, end)
        if shares:
            whole = 1e9 if "b" in (shares["per"] or shares["short"]).lower()[:3] else 1e6
            return (exactly(Kind.NUMBER, value), exactly(Kind.FRACTION, value / whole)), shares.end(), False
        decades = _DECADES.match(text, end)
        if decades:
            return (exactly(Kind.NUMBER, value * 10), exactly(Kind.NUMBER, value)), decades.end(), False
        mark = compiled(language.times_mark).match(text, end)
        if mark and not count.scaled:
            readings = (exactly(Kind.NUMBER, value), exactly(Kind.TIMES, value), exactly(Kind.TIMES, value + 1))
            return readings, mark.end(), True
        return tuple(exactly(Kind.NUMBER, each) for each in count.values), end, True

    def _digits_marked(self, count: Count, end: int) -> tuple[tuple[Reading, ...], int, bool] | None:
        language, text, value, digits = self.language, self.text, count.values[0], count.plain_digits
        whole = digits.isdigit()
        mark = compiled(language.decade_mark).match(text, end)
        if mark and whole and len(digits) in (2, 4) and value % 10 == 0:
            decades = (value,) if len(digits) == 4 else (1900 + value, 2000 + value, 1800 + value)
            readings = tuple(exactly(Kind.DECADE, decade) for decade in decades)
            return (*readings, exactly(Kind.NUMBER, value)), mark.end(), False
        clock = compiled(language.clock).match(text, end)
        if clock and clock.end() > end and value < 25:
            groups = clock.groupdict()
            minute = int(groups.get("minute") or round(value % 1 * 100))
            half = groups.get("half") or (
                "a" if groups.get("am") else "p" if groups.get("pm") or groups.get("day") else ""
            )
            if minute < 60:
                times = marks.minutes(int(value), minute, half=half)
                plain = () if half or minute else (exactly(Kind.NUMBER, value),)
                return (*times, *plain), clock.end(), False
        mark = compiled(language.ordinal_mark).match(text, end)
        if mark and whole:
            return (exactly(Kind.ORDINAL, value),), mark.end(), False
        return self._bare_digits(count, end)

    def _bare_digits(self, count: Count, end: int) -> tuple[tuple[Reading, ...], int, bool] | None:
        """What digits alone may say: years, and in some languages times."""
        value, digits = count.values[0], count.plain_digits
        if digits.isdigit() and len(digits) == 4 and 1000 <= value < 2200:
            return (exactly(Kind.YEAR, value), exactly(Kind.NUMBER, value)), end, False
        if self.language.decimal == "," and re.fullmatch(r"(?:[01]?\d|2[0-4])\.[0-5]\d", digits):
            hours, _point, past = digits.partition(".")
            return (exactly(Kind.NUMBER, value), exactly(Kind.TIME, int(hours) * 60 + int(past))), end, False
        return None


def _place(value: float) -> float:
    """What may still be added in words: 10 after twenty, 100 after two hundred, nothing after seven."""
    sizes = (1000.0, 100.0, 10.0)
    return next((size for size in sizes if value >= size and value % size == 0 and value != 10), 0.0)
