"""What the index knows a sentence by: its pairs of neighbouring words.

A sentence of which a quarter was edited has lost some pairs and kept most, and a pair of common words is still rare.
Against trigrams of letters there is a sixth of the postings to write and to read, which is what makes an archive of a
million sentences quick. Short texts, of which one edit leaves no pair, have their trigrams as well. Scripts without
spaces count each character as a word.

Marks are CRC-32 values in hex: short, ASCII whatever the script, and nothing in them needs quoting. That two pairs of
words share one now and then costs a comparison, never a match.
"""

from __future__ import annotations

import re
import zlib

# Thai and Lao, kana, Han.
_SPACELESS = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W{_SPACELESS}]+")
_SHORT = 40


def marks(text: str) -> list[str]:
    """The marks of a ``plain`` text, each once. Every text with anything in it has some."""
    lowered = text.lower()
    words = _WORD.findall(lowered)
    pairs = [f"{first} {second}" for first, second in zip(["", *words], [*words, ""], strict=True)] if words else []
    if len(lowered) < _SHORT:
        padded = f" {lowered} "
        pairs += [padded[at : at + 3] for at in range(len(padded) - 2)]
    crc = zlib.crc32
    return list(dict.fromkeys(f"{crc(pair.encode('utf-8', 'surrogatepass')):x}" for pair in pairs))
