"""What looks wrong with a draft, said in its note in the translators' file (in Chinese: it is read there)."""

from __future__ import annotations

from collections.abc import Iterable

from compiler_flow.model import Term
from compiler_flow.text import base_language, has_letters, is_han, lazy_pattern

# Three and more of the same in a row is no style of writing.
_REPEATED = lazy_pattern(r"(.{4,40}?)\1{2,}|(.{2,3}?)\2{3,}")
# The longest Chinese in the sample numbers has 0.6 characters for each of the English; four times that is babble.
_TOO_LONG = 2.5
_SHORT = 40
_FOREIGN_SHARE = 0.6


def faults(source: str, draft: str, target_language: str) -> list[str]:
    """Repetition, babble, and text that stayed in the source's script; each as a short phrase."""
    found = []
    if (_REPEATED.search(draft) and not _REPEATED.search(source)) or len(draft) > max(_SHORT, _TOO_LONG * len(source)):
        found.append("译文有重复")
    if base_language(target_language) in {"zh", "ja"} and _stayed_foreign(source, draft):
        found.append("大部分未译出")
    return found


def _stayed_foreign(source: str, draft: str) -> bool:
    letters = [char for char in draft if char.isalpha()]
    if not letters or not has_letters(source):
        return False
    return sum(not is_han(char) for char in letters) > _FOREIGN_SHARE * len(letters)


def missing(terms: Iterable[tuple[str, Term]]) -> list[str]:
    """(as in the source, term) pairs whose agreed rendering the draft lacks."""
    return [f"术语未用：{name} → {term.target}" for name, term in terms]


def wrong(figures: Iterable[str]) -> list[str]:
    """Numbers as the source has them that the draft drops or contradicts."""
    return [f"数字存疑：{figure.strip()}" for figure in figures]


def joined(parts: Iterable[str]) -> str:
    """One note on one line; the middle dot with spaces separates fields in the file and is left out."""
    return "；".join(part.replace(" · ", " ").replace("\n", " ") for part in dict.fromkeys(parts) if part)
