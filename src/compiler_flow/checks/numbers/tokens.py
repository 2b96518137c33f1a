"""Words, digits and marks of a source text, and how to walk over them."""

from __future__ import annotations

import bisect
import functools
import itertools
import re

from compiler_flow.checks.numbers import marks
from compiler_flow.checks.numbers.languages import Language
from compiler_flow.text import lazy_pattern

# A number in digits, a word, a gap or a mark: together they are the whole text.
_TOKEN = lazy_pattern(
    # Plain words first, they are the most.
    r"[a-z]+(?![^\W\d_]|['’])|[^\W\d_]+(?:['’][^\W\d_]{2,})*"
    r"|[\s\u00ad-]+|[‐‑]"
    r"|\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
    r"|.",
    re.DOTALL,
)
_DIGIT = lazy_pattern(r"\d")


_SPACED = {code: " " for code in range(128) if not chr(code).isalnum()}


def may_state(text: str, language: Language) -> bool:
    """Whether a number may stand in ``text``: most sentences have neither digits nor number words."""
    if not text.isascii() or _DIGIT.search(text):
        return True
    return not language.number_words.isdisjoint(text.lower().translate(_SPACED).split())


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


@functools.lru_cache(maxsize=4096)
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
    # 14.000 is fourteen thousand where the comma is the decimal mark; nobody writes three decimals with the other one.
    return (fraction, grouped) if last == decimal else (grouped,)


class Walk:
    """The tokens of one text, with the questions that every reader asks."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        lower = text.lower()
        # Where small letters are as many as capitals, they stand in the same places.
        aligned = len(lower) == len(text)
        self._pieces: list[str] = _TOKEN.findall(lower if aligned else text)
        self.tokens = self._pieces if aligned else [piece.lower() for piece in self._pieces]
        self.kinds: list[str] = []
        # One more than tokens: where the text ends.
        self.starts: list[int] = []
        self._after: dict[int, bool] = {}

    def has_numbers(self) -> bool:
        """Whether the text may state a number: most sentences do not, and this is quickly seen."""
        return not self.language.number_words.isdisjoint(self.tokens) or bool(_DIGIT.search(self.text))

    def look_closer(self) -> None:
        """Find out what each token is and where it begins: for texts that may state a number."""
        self.kinds = [_KINDS[piece[0]] for piece in self._pieces]
        self.starts = [0, *itertools.accumulate(map(len, self._pieces))]

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

    def _token_at(self, offset: int) -> int:
        return min(bisect.bisect_left(self.starts, offset), len(self.tokens))

    def _is_money(self, start: int, end: int) -> bool:
        return self._has_money_before(start) or (self._is_marked(end) and bool(marks.MONEY_AFTER.match(self.text, end)))

    def _has_money_before(self, start: int) -> bool:
        before = self.text[max(0, start - 6) : start]
        # Signs of currencies, or their codes in capitals.
        return not before.rstrip()[-1:].islower() and bool(marks.MONEY_BEFORE.search(before))

    def _is_marked(self, offset: int) -> bool:
        """Whether anything stands at ``offset`` that says what the number before it counts; asked many times."""
        marked = self._after.get(offset)
        if marked is None:
            marked = self._after[offset] = bool(self.language.any_mark.match(self.text, offset))
        return marked
