"""Numbers as values: read from a source in its language, read from Chinese, and compared."""

from __future__ import annotations

import functools

from compiler_flow.checks.numbers import chinese, korean, source
from compiler_flow.checks.numbers.compare import Difference, differences, fits
from compiler_flow.checks.numbers.languages import language
from compiler_flow.checks.numbers.quantity import Quantity
from compiler_flow.text import base_language


# More than one check of a stretch asks for the same texts, and after an edit all of an article are asked for again.
@functools.lru_cache(maxsize=1 << 14)
def read_source(text: str, tag: str) -> tuple[Quantity, ...]:
    """The quantities that ``text`` states, in order; ``tag`` is its language (BCP 47)."""
    return tuple(
        korean.read(text) if base_language(tag) == "ko" else source.read(text, language(tag), base_language(tag))
    )


@functools.lru_cache(maxsize=1 << 14)
def read_target(text: str) -> tuple[Quantity, ...]:
    """The quantities that a Chinese translation states, in order."""
    return tuple(chinese.read(text))


def states(stated: Quantity, rendered: Quantity, text: str, translation: str, tag: str) -> bool:
    """Whether ``rendered``, a number of ``translation``, says what ``stated`` says, a number of ``text``."""
    known = base_language(tag) == "ko" or language(tag).known
    return fits(stated, rendered, text, translation, known=known)


def compare(text: str, tag: str, translation: str) -> list[Difference]:
    """The numbers of ``text`` that ``translation`` drops or contradicts."""
    stated = read_source(text, tag)
    if not stated:
        return []
    known = base_language(tag) == "ko" or language(tag).known
    return differences(stated, read_target(translation), text, translation, known=known)
