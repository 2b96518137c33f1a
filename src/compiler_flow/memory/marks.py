"""What the index knows a sentence by: its pairs of neighbouring words.

A sentence of which a quarter was edited has lost some pairs and kept most, and a pair of common words is still rare:
few sources have one that a sentence has, while its rarest trigrams of letters stand in thousands. Short texts, of which
one edit leaves no pair, have their trigrams as well. Scripts without spaces count each character as a word.

Marks are CRC-32 values in hex: short, ASCII whatever the script, and nothing in them needs quoting. That two pairs of
words share one now and then costs a comparison, never a match.
"""

from __future__ import annotations

import itertools
import zlib

from compiler_flow.text import lazy_pattern

# Thai and Lao, kana, Han.
_SPACELESS = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_WORD = lazy_pattern(rf"[{_SPACELESS}]|[^\W{_SPACELESS}]+")
_ASCII_WORD = lazy_pattern(r"[a-z0-9_]+")
_SHORT = 40


def marks(text: str) -> list[str]:
    """The marks of a ``plain`` text, each once. Every text with anything in it has some."""
    lowered = text.lower()
    pattern = _ASCII_WORD if lowered.isascii() else _WORD
    words = " ".join(["", *pattern.findall(lowered), ""]).encode("utf-8", "surrogatepass").split(b" ")
    crc = zlib.crc32
    # The check sum of a word that goes on from the one before is that of both.
    found = {*map(crc, words[1:], map(crc, words))} if len(words) > 2 else set()
    if len(lowered) < _SHORT:
        padded = f" {lowered} "
        found.update(crc(padded[at : at + 3].encode("utf-8", "surrogatepass")) for at in range(len(padded) - 2))
    return [*map(hex, found)]


def pieces(text: str, most: int) -> list[str]:
    """Pairs of neighbouring words as they stand in a ``plain`` text, the longest first: long words are rare words.

    For an index that knows texts and no marks. A short text has none.
    """
    if len(text) < _SHORT:
        return []
    words = list(_WORD.finditer(text))
    found = [text[first.start() : second.end()] for first, second in itertools.pairwise(words)]
    return sorted(dict.fromkeys(found), key=len, reverse=True)[:most]
