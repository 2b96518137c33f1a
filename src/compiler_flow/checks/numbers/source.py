"""The quantities that a source text states, for languages written in letters."""

from __future__ import annotations

import bisect
import functools
import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from compiler_flow.checks.numbers import marks
from compiler_flow.checks.numbers.languages import Language
from compiler_flow.checks.numbers.quantity import Kind, Quantity, Reading, exactly

# A number in digits, a word, a gap or a mark: together they are the whole text.
_TOKEN = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+(?:['’][^\W\d_]{2,})*"
    r"|[\s\u00ad-]+|[‐‑]"
    r"|.",
    re.DOTALL,
)
_DIGIT = re.compile(r"\d")
_SINGLE = frozenset("kmbt")
_THE = frozenset("the these those both other our its their his her two's".split())
_MONTH_AFTER = frozenset(
    "in of last this next by since until till from to through before after late early mid on and between during for".split()
)
_MINUS = re.compile(
    r"(?:(?:^|[\s(\[“\"])[-–—]|−|\b(?:minus|negative|минус|мінус|moins|miinus|mīnus|minusā)\s)$", re.IGNORECASE
)
_DECADES = re.compile(
    r"[\s-](?:decades?|десятилети\w*|десятиліт\w*|дзесяцігоддз\w*|dekad\w*|dešimtmeč\w*|desmitgad\w*|aastaküm\w*|"
    r"jahrzehnt\w*|décennies?|deceni\w*)\b",
    re.IGNORECASE,
)
_HALF_JOINS = frozenset("and a an one с з и i і й z ir un ja și et und o une ein eine cu plus".split())
_RANGE_MARK = r"[-–—−~‑]"


class _Kinds(dict[str, str]):
    """The kind of a token by its first character: digits, word, gap or mark."""

    def __missing__(self, char: str) -> str:
        if char.isdecimal():
            kind = "digits"
        elif char.isalnum():
            kind = "word"
        else:
            kind = "gap" if char.isspace() or char in "\u00ad-‐‑" else "mark"
        self[char] = kind
        return kind


_KINDS = _Kinds()


@dataclass(slots=True)
class _Count:
    """What the words and digits from one token on add up to."""

    values: tuple[float, ...]
    stop: int
    is_word: bool
    scaled: bool = False
    ordinal: bool = False
    plain_digits: str = ""


@functools.cache
def _mark(pattern: str) -> re.Pattern[str]:
    """A language's expression, compiled: ``re`` forgets what it compiled, and asking it costs."""
    return re.compile(pattern, re.IGNORECASE)


def digits_values(text: str, decimal: str) -> tuple[float, ...]:
    """The values that digits with marks may have in a language, the likeliest first; empty for no number at all."""
    text = re.sub(r"[ \u00a0\u202f\u2009]", "", text)
    found = [char for char in text if char in ".,"]
    if not found:
        return (float(text),)
    last = found[-1]
    if len(set(found)) == 2:
        whole, _mark, rest = text.rpartition(last)
        return (float(re.sub(r"[.,]", "", whole) + "." + rest),)
    parts = text.split(last)
    grouped = float("".join(parts)) if all(len(part) == 3 for part in parts[1:]) and 0 < len(parts[0]) <= 3 else None
    if len(found) > 1:
        return (grouped,) if grouped is not None else ()
    fraction = float(".".join(parts))
    if grouped is None or parts[0] == "0":
        return (fraction,)
    if decimal == ".":
        return (fraction, grouped) if last == "." else (grouped,)
    return (fraction, grouped) if last == decimal else (grouped, fraction)


def read(text: str, language: Language) -> list[Quantity]:
    """The quantities in ``text``, in order."""
    found, covered = marks.take(text)
    pieces: list[str] = _TOKEN.findall(covered)
    tokens = list(map(str.lower, pieces))
    # Most sentences have no number, and asking for one is much cheaper than reading.
    if not found and language.number_words.isdisjoint(tokens) and not _DIGIT.search(covered):
        return []
    found += _Reader(pieces, tokens, covered, language).read()
    found.sort(key=lambda quantity: (quantity.start, quantity.end))
    found = _dates(found, covered, language)
    found = _ranges(found, covered, language)
    return _shares(found, covered)


class _Reader:
    """Walks over the tokens of one text."""

    def __init__(self, pieces: list[str], tokens: list[str], text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.tokens = tokens
        self.kinds = [_KINDS[token[0]] for token in tokens]
        # Where each token begins, and where the text ends.
        self.starts = [0, *itertools.accumulate(map(len, pieces))]

    def read(self) -> list[Quantity]:
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

    # ------------------------------------------------------------------------------------------ looking

    def _word(self, index: int) -> str:
        return self.tokens[index] if 0 <= index < len(self.tokens) and self.kinds[index] == "word" else ""

    def _after_gap(self, index: int) -> int:
        """The index of the next token that is no gap; abbreviations may end in a full stop."""
        while index < len(self.tokens) and (
            self.kinds[index] == "gap"
            or (
                self.tokens[index] == "."
                and self._word(index - 1) in self.language.scales
                and len(self._word(index - 1)) <= 5
            )
        ):
            index += 1
        return index

    def _before_gap(self, index: int) -> int:
        index -= 1
        while index >= 0 and self.kinds[index] == "gap":
            index -= 1
        return index

    def _span(self, first: int, stop: int) -> tuple[int, int]:
        return self.starts[first], self.starts[stop]

    def _is_money(self, start: int, end: int) -> bool:
        return bool(marks.MONEY_BEFORE.search(self.text[max(0, start - 6) : start])) or bool(
            marks.MONEY_AFTER.match(self.text, end)
        )

    # ------------------------------------------------------------------------------------------ words

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
        if word in language.fractions and language.day_first:
            return self._fraction(1, language.fractions[word], index, index, article=False)
        if word in language.hundreds or (word in language.scales and len(word) > 3):
            # A bare singular (миллион, hundred) may be one million or part of an idiom.
            quantity, stop = self._counted(index, one=True)
            return (replace(quantity, soft=True) if quantity else None), stop
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
        if 0 <= before and (
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
        if size:
            start, end = self._span(index, at + 1)
            # Half a million and a half may be written in digits as well: 50万.
            return Quantity(
                (exactly(Kind.NUMBER, size / 2),), start, end, is_word=True, money=self._is_money(start, end)
            ), at + 1
        start, end = self._span(index, index + 1)
        rest = self.text[end:]
        filler = re.match(r"(?:\s(?:an?|of|one))*\s?", rest)
        place = end + (filler.end() if filler else 0)
        for pattern, kind in ((language.points, Kind.POINTS), (language.percent, Kind.PERCENT)):
            mark = _mark(r"\s?" + pattern).match(self.text, place)
            if mark:
                return Quantity((exactly(kind, 0.5),), start, mark.end(), is_word=True), self._token_at(mark.end())
        reading = exactly(Kind.FRACTION, 0.5)
        return Quantity((reading, exactly(Kind.NUMBER, 0.5)), start, end, soft=True, is_word=True), index + 1

    def _token_at(self, offset: int) -> int:
        return min(bisect.bisect_left(self.starts, offset), len(self.tokens))

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
        if size and (of_follows or language.day_first):
            end = self.starts[probe + 1]
            return Quantity((exactly(Kind.NUMBER, part / whole * size),), start, end, is_word=True), probe + 1
        share = exactly(Kind.FRACTION, part / whole)
        if article and not of_follows:
            # “A third term”, “a quarter”: an ordinal, or three months, as likely as a fraction.
            if whole == 4:
                return Quantity((share,), start, end, soft=True, is_word=True), last + 1
            return Quantity((exactly(Kind.ORDINAL, whole), share), start, end, is_word=True), last + 1
        readings = (share, exactly(Kind.NUMBER, part)) if whole == 4 and part > 1 else (share,)
        soft = whole == 4 and part == 1 and language.day_first
        return Quantity(readings, start, end, is_word=True, soft=soft), last + 1

    def _ordinal(self, index: int) -> tuple[Quantity | None, int]:
        word = self.tokens[index]
        start, end = self._span(index, index + 1)
        value = self.language.ordinals[word]
        # “Third, …” and its kind only count arguments.
        counting = self.text[end : end + 1] == "," or word in self.language.soft
        readings: tuple[Reading, ...] = (exactly(Kind.ORDINAL, value),)
        if self._word(self._before_gap(index)) in (
            "every",
            "каждый",
            "каждая",
            "каждого",
            "кожен",
            "co",
            "jeder",
            "jede",
        ):
            readings += (exactly(Kind.FRACTION, 1 / value),)
        return Quantity(readings, start, end, soft=counting, is_word=True), index + 1

    # ------------------------------------------------------------------------------------------ counting

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
        negative = bool(_MINUS.search(self.text[max(0, left - 12) : left]))
        below = _mark(language.below_zero).match(self.text, end)
        if below:
            negative, end = True, below.end()
        quantity = Quantity(
            readings, left, end, soft=soft and stays_soft, money=money, negative=negative, is_word=count.is_word
        )
        return quantity, max(count.stop, self._token_at(end))

    def _share_of(self, count: _Count, first: int) -> tuple[Quantity | None, int] | None:
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

    def _count(self, index: int, *, one: bool = False) -> _Count | None:  # noqa: C901, PLR0912 (one grammar, one place)
        language, tokens = self.language, self.tokens
        total, current = 0.0, 1.0 if one else None
        extra: tuple[float, ...] = ()
        limit = math.inf
        scaled = ordinal = False
        is_word = self.kinds[index] == "word"
        in_words = is_word
        stop, at = index, index
        first = index
        while at < len(tokens):
            kind, word = self.kinds[at], tokens[at]
            if kind == "digits" and (values := digits_values(word, language.decimal)):
                if current is not None or (total and not self._continues(at, limit)):
                    break
                current, extra = values[0], values[1:]
                in_words = False
            elif kind == "word":
                single = word in _SINGLE and not self._is_single_scale(at, first)
                scale = None if single else language.scales.get(word)
                if word in language.hundreds and current is not None and (not scale or current < 10):
                    current *= language.hundreds[word]
                elif scale is not None and current is not None:
                    if scale >= limit:
                        break
                    if word == "m" and not self._is_money(self.starts[first], self.starts[at + 1]):
                        extra = (current,)
                    else:
                        extra = tuple(value * scale for value in extra)
                    total += current * scale
                    current, limit, scaled = None, scale, True
                    in_words = True
                elif word in language.cardinals or word in language.mixed:
                    value = language.cardinals.get(word, language.mixed.get(word, 0.0))
                    if current is None and value < limit and (in_words or not total):
                        current = value
                    elif current is not None and in_words and value < _place(current):
                        current += value
                    elif current == 4 and value == 20 and in_words:
                        current = 80.0  # quatre-vingt
                    elif current in (60, 80) and value < 20 and "vingt" in language.cardinals:
                        current += value  # soixante-dix, quatre-vingt-quinze
                    else:
                        break
                elif (
                    word in language.ordinals
                    and current is not None
                    and in_words
                    and language.ordinals[word] < _place(current)
                ):
                    current += language.ordinals[word]
                    ordinal = True
                    stop = at + 1
                    break
                else:
                    half = self._and_a_half(at) if current is not None else 0
                    if half and current is not None:
                        current, at = current + 0.5, half - 1
                    else:
                        break
            else:
                break
            stop = at + 1
            at = self._joined(self._after_gap(stop), current, total)
        value = total + (current or 0.0)
        if stop == index:
            return None
        digits = tokens[index] if stop == index + 1 and self.kinds[index] == "digits" else ""
        return _Count((value, *extra), stop, is_word, scaled, ordinal, digits)

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
        if current is not None and value < _place(inner) and (inner >= 100 or not self.language.decimal == "."):
            return after if inner >= 20 else at
        return after if current is None and total >= 1000 and value < 100 else at

    def _and_a_half(self, at: int) -> int:
        """The index after “and a half” that begins at ``at``; 0 where there is none."""
        for _filler in range(3):
            word = self._word(at)
            if word in self.language.halves:
                return at + 1
            if word not in _HALF_JOINS:
                return 0
            at = self._after_gap(at + 1)
        return 0

    def _marked(self, count: _Count, end: int) -> tuple[tuple[Reading, ...], int, bool]:
        """The readings of a count by what stands right after it, the offset after that, and whether it may be soft."""
        language, text, value = self.language, self.text, count.values[0]
        if count.ordinal:
            return (exactly(Kind.ORDINAL, value),), end, True
        if text[end : end + 1] == "." and self._word(count.stop - 1) in language.scales:
            probe = end + 1
        else:
            probe = end
        for pattern, kind, factor in (
            (language.basis, Kind.POINTS, 0.01),
            (language.points, Kind.POINTS, 1.0),
            (language.percent, Kind.PERCENT, 1.0),
        ):
            mark = _mark(pattern).match(text, probe)
            if mark:
                return tuple(exactly(kind, each * factor) for each in count.values), mark.end(), False
        if count.plain_digits:
            special = self._digits_marked(count, end)
            if special is not None:
                return special
        decades = _DECADES.match(text, end)
        if decades:
            return (exactly(Kind.NUMBER, value * 10), exactly(Kind.NUMBER, value)), decades.end(), False
        mark = _mark(language.times_mark).match(text, end)
        if mark and not count.scaled:
            readings = (exactly(Kind.NUMBER, value), exactly(Kind.TIMES, value), exactly(Kind.TIMES, value + 1))
            return readings, mark.end(), True
        return tuple(exactly(Kind.NUMBER, each) for each in count.values), end, True

    def _digits_marked(self, count: _Count, end: int) -> tuple[tuple[Reading, ...], int, bool] | None:
        language, text, value, digits = self.language, self.text, count.values[0], count.plain_digits
        whole = digits.isdigit()
        mark = _mark(language.decade_mark).match(text, end)
        if mark and whole and len(digits) in (2, 4) and value % 10 == 0:
            decades = (value,) if len(digits) == 4 else (1900 + value, 2000 + value, 1800 + value)
            readings = tuple(exactly(Kind.DECADE, decade) for decade in decades)
            return (*readings, exactly(Kind.NUMBER, value)), mark.end(), False
        clock = _mark(language.clock).match(text, end)
        if clock and clock.end() > end and value < 25:
            groups = clock.groupdict()
            minute = int(groups.get("minute") or round(value % 1 * 100))
            if minute < 60:
                times = marks.minutes(int(value), minute, half=groups.get("half") or "")
                plain = () if groups.get("half") or minute else (exactly(Kind.NUMBER, value),)
                return (*times, *plain), clock.end(), False
        mark = _mark(language.ordinal_mark).match(text, end)
        if mark and whole:
            return (exactly(Kind.ORDINAL, value),), mark.end(), False
        if whole and len(digits) == 4 and 1000 <= value < 2200:
            return (exactly(Kind.YEAR, value), exactly(Kind.NUMBER, value)), end, False
        if language.decimal == "," and re.fullmatch(r"(?:[01]?\d|2[0-4])\.[0-5]\d", digits):
            hour, minute = digits.split(".")
            return (exactly(Kind.NUMBER, value), exactly(Kind.TIME, int(hour) * 60 + int(minute))), end, False
        return None


def _place(value: float) -> float:
    """What may still be added in words: 10 after twenty, 100 after two hundred, nothing after seven."""
    sizes = (1000.0, 100.0, 10.0)
    return next((size for size in sizes if value >= size and value % size == 0 and value != 10), 0.0)


# -------------------------------------------------------------------------------------- numbers in context


def _dates(found: Sequence[Quantity], text: str, language: Language) -> list[Quantity]:
    """Numbers beside a month are days of it."""
    days = list(found)
    for index, quantity in enumerate(days):
        if quantity.kind is not Kind.MONTH or len(quantity.readings) > 1:
            continue
        if index and _may_be_day(days[index - 1]):
            between = text[days[index - 1].end : quantity.start]
            if re.fullmatch(r"[\s.]*(?:(?:of|de|d')\s*)?", between):
                days[index - 1] = _day(days[index - 1])
                continue
        if index + 1 < len(days) and _may_be_day(days[index + 1]) and not language.day_first:
            between = text[quantity.end : days[index + 1].start]
            if re.fullmatch(r"[\s.,]*(?:the\s+)?", between):
                days[index + 1] = _day(days[index + 1])
    return days


def _may_be_day(quantity: Quantity) -> bool:
    value = quantity.value
    return (
        quantity.kind in (Kind.NUMBER, Kind.ORDINAL, Kind.FRACTION)
        and 1 <= value <= 31
        and value == int(value)
        and not quantity.money
    )


def _day(quantity: Quantity) -> Quantity:
    value = quantity.value
    return replace(quantity, readings=(exactly(Kind.DAY, value), exactly(Kind.NUMBER, value)), soft=False)


@functools.cache
def _between(to: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(to))) or "(?!)"
    return _mark(rf"\s?(?:{_RANGE_MARK}|,|\s(?:{words})(?:\s(?:the|o|a))?\s)\s?(?:the\s)?[$€£]?\s?")


def _ranges(found: Sequence[Quantity], text: str, language: Language) -> list[Quantity]:
    """What stands after the second number of a range belongs to the first as well: 3 to 5 million, 80-90%."""
    ends = list(found)
    between = _between(language.to)
    for index in range(len(ends) - 2, -1, -1):
        first, second = ends[index], ends[index + 1]
        gap = text[first.end : second.start]
        if len(gap) > 12 or not between.fullmatch(gap):
            continue
        ends[index], ends[index + 1] = _paired(first, second, text, gap)
    return ends


def _paired(first: Quantity, second: Quantity, text: str, gap: str) -> tuple[Quantity, Quantity]:
    if second.kind is Kind.DAY and _may_be_day(first):
        return _day(first), second
    if first.kind is Kind.DAY and _may_be_day(second) and "," not in gap:
        return first, replace(second, readings=(exactly(Kind.DAY, second.value), *second.readings))
    if first.kind is Kind.YEAR and second.kind is Kind.NUMBER and second.value < 100 and re.search(r"[-–/]", gap):
        return first, replace(
            second, readings=(exactly(Kind.YEAR, first.value // 100 * 100 + second.value), *second.readings)
        )
    if "," in gap or first.kind not in (Kind.NUMBER, Kind.YEAR):
        return first, second
    if second.kind in (Kind.PERCENT, Kind.POINTS) and first.kind is Kind.NUMBER:
        return replace(first, readings=(exactly(second.kind, first.value), *first.readings[1:])), second
    scale = _scale_of(second, text)
    money = first.money or second.money
    if first.kind is Kind.NUMBER and scale > 1 and first.value < second.value / scale:
        first = replace(first, readings=(exactly(Kind.NUMBER, first.value * scale),))
    if first.kind is second.kind is Kind.NUMBER:
        return replace(first, money=money), replace(second, money=money)
    return first, second


def _scale_of(quantity: Quantity, text: str) -> float:
    """How much the scale word in a quantity multiplies its digits."""
    digits = re.search(r"\d[\d.,]*", text[quantity.start : quantity.end])
    if quantity.kind is not Kind.NUMBER or not quantity.value:
        return 1
    if digits is None:
        return 10.0 ** (math.floor(math.log10(quantity.value)) // 3 * 3)
    for scale in (1e12, 1e9, 1e6, 1e3):
        for decimal in ".,":
            values = digits_values(digits[0].rstrip(".,"), decimal)
            if any(math.isclose(value * scale, quantity.value, rel_tol=1e-9) for value in values):
                return scale
    return 1


_OUT_OF = re.compile(
    r"\s+(?:in(?: every)?|out of(?: every)?|of(?: every)?|из(?: каждых)?|із(?: кожних)?|z|von|sur|din|iš|no)\s+",
    re.IGNORECASE,
)


def _shares(found: Sequence[Quantity], text: str) -> list[Quantity]:
    """One in five, 7 out of 10: two numbers, or one share."""
    shares = list(found)
    for index in range(len(shares) - 1):
        first, second = shares[index], shares[index + 1]
        if first.kind is not Kind.NUMBER or second.kind is not Kind.NUMBER or not 0 < first.value < second.value <= 1e6:
            continue
        if _OUT_OF.fullmatch(text[first.end : second.start]):
            share = exactly(Kind.FRACTION, first.value / second.value)
            shares[index] = replace(first, readings=(*first.readings, share))
            shares[index + 1] = replace(second, readings=(*second.readings, share))
    return shares
