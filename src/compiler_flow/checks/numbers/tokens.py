"""Words, digits and marks of a source text, and how to walk over them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compiler_flow.checks.numbers import marks
from compiler_flow.checks.numbers.languages import Language

_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]{2,})*)"
    r"|(?P<gap>[\s\u00ad-]+|[‐‑])"
    r"|(?P<mark>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number in digits, a gap or a mark, at its offsets; ``values`` are those of digits."""

    kind: str
    text: str
    start: int
    end: int
    values: tuple[float, ...] = ()


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


class Walk:
    """The tokens of one text, with the questions that every reader asks."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.tokens = [
            Token(
                match.lastgroup or "",
                match[0].lower() if match.lastgroup == "word" else match[0],
                *match.span(),
                digits_values(match[0], language.decimal) if match.lastgroup == "digits" else (),
            )
            for match in _TOKEN.finditer(text)
        ]

    def _word(self, index: int) -> str:
        return self.tokens[index].text if 0 <= index < len(self.tokens) and self.tokens[index].kind == "word" else ""

    def _after_gap(self, index: int) -> int:
        """The index of the next token that is no gap; abbreviations may end in a full stop."""
        while index < len(self.tokens) and (
            self.tokens[index].kind == "gap"
            or (
                self.tokens[index].text == "."
                and self._word(index - 1) in self.language.scales
                and len(self._word(index - 1)) <= 5
            )
        ):
            index += 1
        return index

    def _before_gap(self, index: int) -> int:
        index -= 1
        while index >= 0 and self.tokens[index].kind == "gap":
            index -= 1
        return index

    def _span(self, first: int, stop: int) -> tuple[int, int]:
        return self.tokens[first].start, self.tokens[stop - 1].end

    def _token_at(self, offset: int) -> int:
        return next((i for i, token in enumerate(self.tokens) if token.start >= offset), len(self.tokens))

    def _is_money(self, start: int, end: int) -> bool:
        return bool(marks.MONEY_BEFORE.search(self.text[max(0, start - 6) : start])) or bool(
            marks.MONEY_AFTER.match(self.text, end)
        )
