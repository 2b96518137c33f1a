"""Lists of phrases in ``data/``, one a line, that a linguist can edit.

``#`` begins a comment, ``*`` stands for up to sixty characters.
"""

from __future__ import annotations

import functools
import re
from importlib.resources import files

_PUNCTUATION = re.compile(r"[^\w\s]+")


def bare(text: str) -> str:
    """``text`` as phrases are written: small letters, no punctuation, one space between words."""
    return " ".join(_PUNCTUATION.sub(" ", text.casefold()).split())


def letters(text: str) -> str:
    """The letters and digits of ``text`` in small: what is left when two spellings of a line should be the same."""
    return "".join(filter(str.isalnum, text.casefold()))


@functools.cache
def pattern(name: str) -> re.Pattern[str]:
    """What matches any phrase of the list ``name`` in a ``bare`` text."""
    source = files("compiler_flow.ingest").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    wanted = []
    for line in source.splitlines():
        if line.strip() and not line.startswith("#"):
            wanted.append("(?: ?.{0,60} ?)".join(re.escape(bare(part)) for part in line.split("*")))
    return re.compile("|".join(wanted))
