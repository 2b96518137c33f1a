"""Which language a text is in, by py3langid (140 languages, among them all of the Caucasus and Central Asia)."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from compiler_flow import inline
from compiler_flow.model import Block
from compiler_flow.text import base_language, has_han, lazy_pattern

_ENOUGH = 60
_ENOUGH_HAN = 20
_SAMPLE = 4000
# A proposal, which somebody will see, needs less than what contradicts a declaration.
_LIKELY = 0.6
_CERTAIN = 0.9
_ADDRESS = lazy_pattern(r"\S+(?:://|@|\.(?:com|org|net))\S*")
# What the model tells apart and an editor would not.
_FOLDED = {"uzs": "uz", "ltg": "lv", "wuu": "zh", "yue": "zh", "pcm": "en", "arz": "ar", "ary": "ar"}
_ALIKE = (
    frozenset({"bs", "hr", "sr", "sh"}),
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"id", "ms"}),
    frozenset({"zh", "lzh"}),
    frozenset({"fa", "prs"}),
    frozenset({"ro", "mo"}),
    frozenset({"tl", "fil"}),
)


def detect(blocks: Iterable[Block], *, certain: bool = False) -> str:
    """The language of a text as the two or three letters of ISO 639; empty where it is too short or too mixed, or
    where it is only likely and should be ``certain``."""
    return detect_text(_sample(blocks), certain=certain)


def detect_text(text: str, *, certain: bool = False) -> str:
    """As ``detect``, for text that has no blocks yet."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if letters < (_ENOUGH_HAN if has_han(sample) else _ENOUGH):
        return ""
    name, probability = _identifier().classify(sample)
    return _FOLDED.get(name, str(name)) if probability >= (_CERTAIN if certain else _LIKELY) and name != "zxx" else ""


def agree(tag: str, found: str) -> bool:
    """Whether a text found to be in ``found`` may be declared as ``tag``; languages hard to tell apart agree."""
    declared = base_language(tag)
    if declared == found or not found or not _knows(declared):
        return True
    return any({declared, found} <= group for group in _ALIKE)


def _knows(language: str) -> bool:
    return language in _identifier().labels or any(language in group for group in _ALIKE)


def _sample(blocks: Iterable[Block]) -> str:
    taken: list[str] = []
    length = 0
    for block in blocks:
        text = _ADDRESS.sub(" ", inline.plain(block.text))
        taken.append(text)
        length += len(text)
        if length > _SAMPLE:
            break
    return "\n".join(taken)


@functools.cache
def _identifier() -> Any:
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
