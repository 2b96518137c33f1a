"""Lists of phrases in ``data/``, one a line, that a linguist can edit.

``#`` begins a comment, ``*`` stands for up to sixty characters, ``**`` at the end for as many.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from importlib.resources import files

from compiler_flow.text import lazy_pattern

_SENTENCE_END = lazy_pattern(r"""[.!?…։。！？]["'”’»“)\]]*\s*$""")
_PUNCTUATION = lazy_pattern(r"[^\w\s]+")


def bare(text: str) -> str:
    """``text`` as phrases are written: small letters, no punctuation, one space between words."""
    return " ".join(_PUNCTUATION.sub(" ", text.casefold()).split())


def letters(text: str) -> str:
    """The letters and digits of ``text`` in small: what is left when two spellings of a line should be the same."""
    return "".join(filter(str.isalnum, text.casefold()))


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does."""
    return bool(_SENTENCE_END.search(text))


def is_line(name: str, text: str) -> bool:
    """Whether all of ``text`` is a phrase of the list ``name``. What ends in ``*`` is none where the text ends like
    a sentence (``read more *``: Read more books, she said.), but what ends in ``**`` is."""
    line = bare(text)
    surely, likely = _lines(name)
    return bool(surely.fullmatch(line)) or (not ends_sentence(text) and bool(likely.fullmatch(line)))


def is_in(name: str, text: str) -> bool:
    """Whether a phrase of the list ``name`` stands in ``text``."""
    return any(pattern.search(bare(text)) for pattern in _lines(name))


@functools.cache
def _lines(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    source = files("compiler_flow.ingest").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    phrases = [line.strip() for line in source.splitlines() if line.strip() and not line.startswith("#")]
    likely = [phrase for phrase in phrases if phrase.endswith("*") and not phrase.endswith("**")]
    return _pattern(phrase for phrase in phrases if phrase not in likely), _pattern(likely)


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    wanted = ["(?: ?.{0,60} ?)".join(re.escape(bare(part)) for part in re.split(r"\*+", phrase)) for phrase in phrases]
    return re.compile("|".join(wanted) or r"(?!)")
