"""How sentences are compared: what only looks different is the same, language by language.

Three steps, each on top of the one before: ``folded`` is what is stored (NFC, white space), ``spelled`` takes away how
programs type (quotation marks, dashes, invisible characters), ``plain`` what a language lets its writers choose (``ё``
or ``е``, ``ş`` or ``ș``). Two sentences with the same ``spelled`` text are the same sentence; with the same ``plain``
text they may not be (все and всё), so such a match is no exact one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from compiler_flow.text import base_language, clean, fold_spaces, lazy_pattern

_MARKS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        # Also the letters that stand for an apostrophe in Ukrainian, Belarusian (U+02BC) and Uzbek (U+02BB).
        **dict.fromkeys("‘’‚‛′ʼʻ", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        **dict.fromkeys("\u00ad\u200b\u2060", None),
    }
)
_STRESS: Mapping[int, int | str | None] = {0x0300: None, 0x0301: None}
# Full-width letters, digits and marks are the half-width ones at a fixed distance (Unicode, block FF00).
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CHOICES: Mapping[str, Mapping[int, int | str | None]] = {
    "ru": {ord("ё"): "е", ord("Ё"): "Е", **_STRESS},
    "uk": _STRESS,
    "be": _STRESS,
    "bg": _STRESS,
    # Romanian has a comma below; older keyboards had only the cedilla (Unicode, note to U+0219).
    "ro": str.maketrans("şţŞŢ", "șțȘȚ"),
    "mo": str.maketrans("şţŞŢ", "șțȘȚ"),
    # Arabic yeh and kaf typed for the Persian ones; the tatweel only stretches.
    "fa": str.maketrans("يك", "یک", "\u0640"),
    "ar": str.maketrans("", "", "\u0640"),
    "zh": _WIDE,
    "ja": _WIDE,
    "ko": _WIDE,
}
# French puts a space before these marks, and many leave it out.
_FRENCH = lazy_pattern(r" (?=[;:!?»])|(?<=«) ")


def folded(text: str) -> str:
    """``text`` as it is stored: NFC, white space folded."""
    if text.isascii() and text.isprintable():
        # The same, quicker: an archive of a million sentences goes through here.
        return " ".join(text.split())
    return fold_spaces(clean(text))


def spelled(text: str) -> str:
    """A ``folded`` text with one kind of each mark, and without what cannot be seen."""
    # What is ASCII has nothing to change, and most of an archive is.
    return text if text.isascii() else text.translate(_MARKS)


def plain(text: str, language: str) -> str:
    """A ``folded`` text as sentences of ``language`` (BCP 47) are compared."""
    base = base_language(language)
    if base == "fr":
        text = _FRENCH.sub("", text)
    if text.isascii():
        return text
    text = text.translate(_MARKS)
    choices = _CHOICES.get(base)
    return text.translate(choices) if choices else text


def key(text: str) -> int:
    """A ``plain`` text as a number of 64 bits with a sign, as databases keep them. Equal keys need a second look."""
    data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)


def language_key(tag: str) -> str:
    """The language that a memory keeps apart: the primary subtag, and of Chinese the traditional script as well.

    ``zh-TW``, ``zh-HK`` and ``zh-Hant`` are ``zh-hant``: no text for mainland readers.
    """
    base = base_language(tag)
    subtags = set(re.split("[-_]", tag.lower())[1:])
    if base in {"zh", "yue"} and subtags & {"hant", "tw", "hk", "mo"} and "hans" not in subtags:
        return f"{base}-hant"
    return base
