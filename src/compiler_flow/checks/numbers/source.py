"""The quantities that a source text states, for languages written in letters."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from compiler_flow.checks.numbers import centuries, clock_words, compounds, half_years, marks, more_by_half
from compiler_flow.checks.numbers.counting import Count, Counting
from compiler_flow.checks.numbers.languages import POINTS, Language, compiled, several
from compiler_flow.checks.numbers.neighbours import ages, dates, ranges, shares
from compiler_flow.checks.numbers.quantity import Kind, Quantity, Reading, exactly
from compiler_flow.checks.numbers.tokens import may_state
from compiler_flow.text import lazy_pattern

_THE = several("the these those both other our its their his her two's")
_MONTH_AFTER = several(
    "in of last this next by since until till from to through before after late early mid on and between during for"
)
# Between a part and the whole that it is of: half (of) a point.
_OF_ONE = lazy_pattern(r"(?:\s(?:an?|of|one))*", re.IGNORECASE)
_EXACTLY = lazy_pattern(r"\b(?:во?|у)\s$", re.IGNORECASE)
_ROMAN = lazy_pattern(r"(?<!\w)[XVI]")
_EVERY = several(
    "every каждый каждая каждое каждого каждому каждым каждую каждой каждом кожен кожна кожне кожного кожному кожним "
    "кожну кожної кожній кожны кожная кожнага co jeder jede jedes jedem jeden kas katrs katra katru katram katrai iga "
    "fiecare chaque"
)
_MINUS = lazy_pattern(
    r"(?:(?:^|[\s(\[“\"])[-–—]|−|\b(?:minus|negative|минус|мінус|moins|miinus|mīnus|minusā)\s)$", re.IGNORECASE
)

_MINUS_MARKS = frozenset({"-", "–", "—", "−", "\n"})
_MINUS_ENDS = frozenset("sSſeEсСᲃāĀ")


def read(text: str, language: Language, tag: str = "") -> list[Quantity]:
    """The quantities in ``text``, in order; ``tag`` is the primary subtag of its language."""
    special, covered = half_years.take(text)
    for take in (clock_words.take, more_by_half.take):
        in_words, covered = take(covered, tag)
        special += in_words
    if language.decimal == "," and _ROMAN.search(covered):
        in_roman, covered = centuries.take(covered)
        special += in_roman
    if _ROMAN.search(covered):
        special += centuries.numbered(covered)
    if language.slavic:
        in_adjectives, covered = compounds.take(covered)
        special += in_adjectives
    if not special and not may_state(text, language):
        return []
    found, covered = marks.take(covered)
    reader = _Reader(covered, language)
    if not (found or special or reader.has_numbers()):
        return []
    found += special + reader.read()
    found.sort(key=lambda quantity: (quantity.start, quantity.end))
    found = dates(found, covered, language)
    found = ranges(found, covered, language)
    return ages(shares(found, covered), covered)


class _Reader(Counting):
    """Reads one text from its first token to its last."""

    def read(self) -> list[Quantity]:
        self.look_closer()
        found: list[Quantity] = []
        stop = 0
        for index in self._begins():
            if index >= stop:
                is_word = self.kinds[index] == "word"
                quantity, stop = self._worded(index) if is_word else self._counted(index)
                if quantity is not None:
                    found.append(quantity)
        return found

    def _begins(self) -> list[int]:
        """Where a number can begin: at digits, at a number word, at an article before it."""
        words, leading = self.language.number_words, self.language.leading_words
        found: list[int] = []
        for index, token in enumerate(self.tokens):
            if self.kinds[index] == "digits":
                found.append(index)
            elif token in words:
                before = self._before_gap(index)
                if self._word(before) in leading and (not found or found[-1] < before):
                    found.append(before)
                found.append(index)
        return found

    def _worded(self, index: int) -> tuple[Quantity | None, int]:
        language, word = self.language, self.tokens[index]
        following = self._after_gap(index + 1)
        after = self._word(following)
        if word in language.several and (
            after in language.vague or after in language.hundreds or after in language.scales
        ):
            return self._vague(index, following)
        if word in language.months and self._is_month(index):
            return Quantity(
                (exactly(Kind.MONTH, language.months[word]),), *self._span(index, index + 1), soft=True
            ), index + 1
        if word in language.times:
            readings: tuple[Reading, ...] = (exactly(Kind.TIMES, language.times[word]),)
            soft = word in language.soft
            if soft or word == "thrice":
                readings += (exactly(Kind.NUMBER, language.times[word]),)
            return Quantity(readings, *self._span(index, index + 1), soft=soft, is_word=True), index + 1
        if word in language.halves:
            return self._half(index)
        if word in language.articles and after:
            if after in language.hundreds or (
                after in language.scales and after not in language.vague and len(after) > 1
            ):
                return self._counted(following, start=index, one=True)
            if after in language.fractions and word not in ("the", "every", "per"):
                return self._fraction(1, language.fractions[after], index, following, article=True)
        if word in language.vague and word not in language.cardinals:
            return self._vague(index, index)
        if word in language.cardinals or word in language.mixed:
            return self._counted(index)
        if word in language.ordinals:
            return self._ordinal(index)
        if word in language.fractions and language.decimal == ",":
            return self._fraction(1, language.fractions[word], index, index, article=False)
        if word in language.hundreds or (word in language.scales and len(word) > 3):
            # Without articles a bare singular is one million (миллион); English has it in idioms only.
            quantity, stop = self._counted(index, one=True)
            idiom = language.decimal == "." or word in language.hundreds
            return (replace(quantity, soft=True) if quantity and idiom else quantity), stop
        return None, index + 1

    def _is_month(self, index: int) -> bool:
        token = self.tokens[index]
        if self.language.day_first or self.language.decimal != ".":
            return True
        raw = self.text[self.starts[index] : self.starts[index + 1]]
        if not raw[:1].isupper():
            return False
        if token not in ("may", "march", "mar", "sep", "dec", "jun", "jan", "aug", "oct", "nov"):
            return True
        before, after = self._before_gap(index), self._after_gap(index + 1)
        if before >= 0 and (
            self.kinds[before] == "digits" or self._word(before) in _MONTH_AFTER | {"st", "nd", "rd", "th"}
        ):
            return True
        after_mark = after + 1 if after < len(self.tokens) and self.tokens[after] == "." else after
        after_mark = self._after_gap(after_mark)
        return after_mark < len(self.tokens) and self.kinds[after_mark] == "digits"

    def _vague(self, first: int, index: int) -> tuple[Quantity | None, int]:
        """Tens of thousands, several hundred: only the order of magnitude is told."""
        language = self.language
        size, stop = 1.0, index
        while True:
            word = self._word(index)
            value = (
                language.vague.get(word)
                or language.hundreds.get(word)
                or (language.scales.get(word) if len(word) > 1 else None)
            )
            if value is None:
                break
            size *= 10.0 ** math.floor(math.log10(value))
            stop = index + 1
            index = self._after_gap(stop)
            if self._word(index) in language.of:
                index = self._after_gap(index + 1)
        if stop == first:
            return None, first + 1
        start, end = self._span(first, stop)
        reading = Reading(Kind.VAGUE, size, size * 9.99)
        is_decade = self.tokens[first] == "decades"
        return Quantity((reading,), start, end, is_word=True, soft=is_decade, money=self._is_money(start, end)), stop

    def _half(self, index: int) -> tuple[Quantity | None, int]:
        """Half, or half of a million, a dozen, a percentage point."""
        language = self.language
        at = self._after_gap(index + 1)
        for _filler in range(2):
            if self._word(at) in language.articles | language.of:
                at = self._after_gap(at + 1)
        word = self._word(at)
        size = language.hundreds.get(word) or (language.scales.get(word) if len(word) > 1 else None)
        if size or word in language.vague:
            size = size or language.vague[word]
            start, end = self._span(index, at + 1)
            # Half a million and a half may be written in digits as well: 50万.
            return Quantity(
                (exactly(Kind.NUMBER, size / 2),), start, end, is_word=True, money=self._is_money(start, end)
            ), at + 1
        start, end = self._span(index, index + 1)
        if of_a_rate := self._of_a_rate(0.5, start, end):
            return of_a_rate
        reading = exactly(Kind.FRACTION, 0.5)
        return Quantity((reading, exactly(Kind.NUMBER, 0.5)), start, end, soft=True, is_word=True), index + 1

    def _of_a_rate(self, part: float, start: int, end: int) -> tuple[Quantity, int] | None:
        """Half a percentage point, a quarter of a point, a tenth of a percent: it ends at ``end``."""
        language = self.language
        filler = _OF_ONE.match(self.text, end)
        place = filler.end() if filler else end
        for pattern, kind in ((language.points, Kind.POINTS), (language.percent, Kind.PERCENT), (POINTS, Kind.POINTS)):
            mark = compiled(pattern if pattern is POINTS else r"[\s-]?" + pattern).match(self.text, place)
            if mark:
                readings = (exactly(kind, part), *((exactly(Kind.NUMBER, part),) if pattern is POINTS else ()))
                return Quantity(readings, start, mark.end(), is_word=True), self._token_at(mark.end())
        return None

    def _fraction(
        self, part: float, whole: float, first: int, last: int, *, article: bool
    ) -> tuple[Quantity | None, int]:
        """A third, two thirds, a quarter of a million; a *quarter* may also be three months."""
        language = self.language
        at = self._after_gap(last + 1)
        of_follows = self._word(at) in language.of
        probe = at
        while self._word(probe) in language.of | language.articles:
            probe = self._after_gap(probe + 1)
        size = language.scales.get(self._word(probe)) if len(self._word(probe)) > 2 else None
        start, end = self._span(first, last + 1)
        if size and (of_follows or language.decimal == ","):
            end = self.starts[probe + 1]
            return Quantity((exactly(Kind.NUMBER, part / whole * size),), start, end, is_word=True), probe + 1
        if of_a_rate := self._of_a_rate(part / whole, start, end):
            return of_a_rate
        share = exactly(Kind.FRACTION, part / whole)
        if article and not of_follows:
            # “A third term”, “a quarter”: an ordinal, or three months, as likely as a fraction.
            if whole == 4:
                return Quantity((share,), start, end, soft=True, is_word=True), last + 1
            return Quantity((exactly(Kind.ORDINAL, whole), share), start, end, is_word=True), last + 1
        readings = (share, exactly(Kind.NUMBER, part)) if whole == 4 and part > 1 else (share,)
        soft = whole == 4 and part == 1 and language.decimal == ","
        return Quantity(readings, start, end, is_word=True, soft=soft), last + 1

    def _ordinal(self, index: int) -> tuple[Quantity | None, int]:
        word = self.tokens[index]
        start, end = self._span(index, index + 1)
        value = self.language.ordinals[word]
        if word in self.language.fractions and self._word(self._after_gap(index + 1)) in self.language.of:
            of_a_rate = self._of_a_rate(1 / self.language.fractions[word], start, end)
            if of_a_rate:
                return of_a_rate
        # “Third, …” and its kind only count arguments.
        counting = self.text[end : end + 1] == "," or word in self.language.soft
        readings: tuple[Reading, ...] = (exactly(Kind.ORDINAL, value),)
        if self._word(self._before_gap(index)) in _EVERY:
            readings += (exactly(Kind.FRACTION, 1 / value),)
        return Quantity(readings, start, end, soft=counting, is_word=True), index + 1

    def _counted(self, index: int, *, start: int | None = None, one: bool = False) -> tuple[Quantity | None, int]:
        """The number that begins at a token, with what the words around make of it."""
        first = index if start is None else start
        count = self._count(index, one=one)
        if count is None:
            return None, index + 1
        language = self.language
        left, right = self._span(first, count.stop)
        soft = (
            count.stop - index == 1
            and self.kinds[index] == "word"
            and (
                self.tokens[index] in language.soft
                or (count.values[0] == 2 and self._word(self._before_gap(index)) in _THE)
            )
        )
        share = self._share_of(count, first)
        if share is not None:
            return share
        readings, end, stays_soft = self._marked(count, right)
        money = self._is_money(left, end)
        if money and len(readings) > 1 and count.scaled:
            readings = readings[:1]
        if language.slavic and _EXACTLY.search(self.text, 0, left):
            # В три раза is three times as much, never three times more.
            times = [one for one in readings if one.kind is Kind.TIMES]
            readings = tuple(times[:1]) or readings
        negative = self._has_minus(left)
        below = compiled(language.below_zero).match(self.text, end) if self._is_marked(end) else None
        if below:
            negative, end = True, below.end()
        quantity = Quantity(
            readings, left, end, soft=soft and stays_soft, money=money, negative=negative, is_word=count.is_word
        )
        return quantity, max(count.stop, self._token_at(end))

    def _has_minus(self, left: int) -> bool:
        before = self.text[max(0, left - 12) : left]
        # A mark, or a space behind a word that ends as one of those does.
        return (before[-1:] in _MINUS_MARKS or before[-2:-1] in _MINUS_ENDS) and bool(_MINUS.search(before))

    def _share_of(self, count: Count, first: int) -> tuple[Quantity | None, int] | None:
        """Two thirds, три четверти, zwei Drittel: a small number before a word for a part."""
        if count.scaled or count.ordinal or len(count.values) != 1:
            return None
        at = self._after_gap(count.stop)
        word = self._word(at)
        whole = self.language.fractions.get(word)
        part = count.values[0]
        if whole is None or not 0 < part < whole or part != int(part):
            return None
        if self.language.decimal == "." and part > 1 and not word.endswith("s"):
            return None
        return self._fraction(part, whole, first, at, article=False)
