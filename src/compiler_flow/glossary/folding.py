"""How source texts are made comparable: one character in, one character out, so that offsets stay true.

``squeeze`` alone changes lengths (runs of white space, soft hyphens, stress marks) and says where things stood.
"""

from __future__ import annotations

import functools
import unicodedata

from compiler_flow.text import lazy_pattern

_DASHES = frozenset("-‐‑‒–—―−﹣－")
_APOSTROPHES = frozenset("'’‘ʼʻ`´′＇")
_PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ß": "s", "æ": "a", "œ": "o", "þ": "t"}
# Soft hyphens, zero-width marks and combining accents (stress marks of Russian textbooks) are no letters of a name.
_DROPPED = "\u00ad\u200b\u2060\ufeff\u0300-\u036f"
_IRREGULAR = lazy_pattern(rf"[{_DROPPED}]|\s\s")
_DROP = lazy_pattern(f"[{_DROPPED}]")
# Scripts that put no spaces between words (UAX #14, classes ID and SA); katakana and hangul have rules of their own.
_UNSPACED = lazy_pattern(r"[\u3005-\u3007\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
                       r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u0f00-\u0fff]")  # fmt: skip
_KATAKANA = lazy_pattern(r"[\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL = lazy_pattern(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


class _Table(dict[int, str]):
    """A table for ``str.translate`` that works out each character once."""

    def __missing__(self, code: int) -> str:
        self[code] = value = self.of(chr(code))
        return value

    def of(self, char: str) -> str:
        """What ``char`` becomes; always one character."""
        raise NotImplementedError


class _Cased(_Table):
    def of(self, char: str) -> str:
        if char.isspace():
            return " "
        if char in _DASHES:
            return "-"
        if char in _APOSTROPHES:
            return "'"
        if "！" <= char <= "～":
            return chr(ord(char) - 0xFEE0)
        # Russian prints ё or е at will.
        return {"ё": "е", "Ё": "Е"}.get(char, char)


class _Strict(_Table):
    def of(self, char: str) -> str:
        # Of the two characters that İ becomes, the first is the letter.
        return CASED[ord(char)].lower()[:1] if char != "ı" else "i"


class _Loose(_Table):
    def of(self, char: str) -> str:
        lower = STRICT[ord(char)]
        if lower in _PLAIN:
            return _PLAIN[lower]
        # In Cyrillic a mark makes another letter (й, ї); in Latin it is what typists leave out.
        if lower > "\x7f" and unicodedata.name(lower, "").startswith(("LATIN", "GREEK")):
            return unicodedata.normalize("NFD", lower)[0]
        return lower


class _Words(_Table):
    def of(self, char: str) -> str:
        lower = LOOSE[ord(char)]
        return lower if is_word(lower) else " "


CASED = _Cased()
"""Spaces, dashes, apostrophes, widths and ё folded; case and diacritics kept."""
STRICT = _Strict()
"""``CASED`` in lower case."""
LOOSE = _Loose()
"""``STRICT`` without the diacritics of Latin and Greek."""
WORDS = _Words()
"""``LOOSE`` with a space for everything that is no letter, mark or digit."""


# Everything that CASED changes, and what STRICT changes beyond lower case: tables are slow outside ASCII, and most
# texts have none of these.
_CASED_CHANGES = lazy_pattern(r"[^\S ]|[‐‑‒–—―−﹣－’‘ʼʻ`´′＇ёЁ！-～]")
_ODD_CAPITALS = lazy_pattern("[İı]")


def cased(text: str) -> str:
    """``text.translate(CASED)``, quickly."""
    if text.isascii() and text.isprintable() and "`" not in text:
        return text
    return text.translate(CASED) if _CASED_CHANGES.search(text) else text


def strict(text: str) -> str:
    """``text.translate(STRICT)``, quickly."""
    if _CASED_CHANGES.search(text) or _ODD_CAPITALS.search(text):
        return text.translate(STRICT)
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(STRICT)


def loose(text: str) -> str:
    """``text.translate(LOOSE)``, quickly."""
    return text.lower() if is_bare(text) else text.translate(LOOSE)


def worded(text: str) -> str:
    """``text.translate(WORDS)``, quickly."""
    return text.lower() if is_bare(text) else text.translate(WORDS)


def is_bare(text: str) -> bool:
    """Whether ``text`` has nothing but the letters of English, digits and spaces: folding it is making it small."""
    return text.isascii() and text.replace(" ", "").isalnum()


def is_word(char: str) -> bool:
    """Whether ``char`` can be part of a word: letters, digits, and the vowel signs of Indic scripts."""
    return char.isalnum() or unicodedata.category(char).startswith("M")


def is_irregular(text: str) -> bool:
    """Whether ``squeeze`` changes ``text``."""
    if text.isascii() and text.isprintable():
        return "  " in text
    return _IRREGULAR.search(text) is not None


# One byte a character: texts that have no others, as most of Western Europe's, are searched most quickly so.
_WESTERN = "cp1252"
_SOFT_HYPHEN = "\u00ad".encode(_WESTERN)


def western(text: str) -> bytes | None:
    """``text`` with one byte for each character; ``None`` where it has others than the Western ones."""
    try:
        return text.encode(_WESTERN)
    except UnicodeEncodeError:
        return None


def western_words(data: bytes) -> bytes:
    """What ``WORDS`` makes of a ``western`` text, as such a text."""
    return data.translate(_western_tables()[0])


def western_spaced(data: bytes) -> bytes:
    """A ``western`` text with a space for all white space."""
    return data.translate(_western_tables()[1])


def is_irregular_western(spaced: bytes) -> bool:
    """``is_irregular`` of a text that is ``western_spaced``."""
    return _SOFT_HYPHEN in spaced or b"  " in spaced


def nearly_western(text: str) -> bytes:
    """``text`` with one byte for each character; a question mark stands for what is not ``western``."""
    return text.encode(_WESTERN, "replace")


@functools.cache
def _western_tables() -> tuple[bytes, bytes]:
    """For ``bytes.translate``: ``WORDS``, and a space for all white space."""
    # The encoding leaves five bytes free.
    chars = bytes(range(256)).decode(_WESTERN, "replace").replace("\ufffd", " ")
    spaced = "".join([" " if char.isspace() else char for char in chars])
    return chars.translate(WORDS).encode(_WESTERN), spaced.encode(_WESTERN)


def squeeze(text: str) -> tuple[str, list[int] | None]:
    """``text`` with single spaces and without marks that are no letters, and where each character stood.

    ``None`` for the offsets says that nothing moved. The list has one entry more than the text: its end.
    """
    if not is_irregular(text):
        return text, None
    kept: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        if _DROP.match(char) or (char.isspace() and kept and kept[-1].isspace()):
            continue
        kept.append(char)
        offsets.append(offset)
    offsets.append(len(text))
    return "".join(kept), offsets


def is_unspaced(char: str) -> bool:
    """Whether ``char`` belongs to a script without spaces between words (Han, kana, Thai …)."""
    return bool(_UNSPACED.match(char) or _KATAKANA.match(char))


def is_hangul(char: str) -> bool:
    """Whether ``char`` is Korean."""
    return bool(_HANGUL.match(char))


def joined(left: str, right: str) -> bool:
    """Whether a word runs on from ``left`` to ``right``, two neighbours in a text.

    Never next to Han or hiragana; katakana and hangul only run on among themselves.
    """
    if not is_word(left) or not is_word(right):
        return False
    for script in (_UNSPACED, _KATAKANA, _HANGUL):
        if script.match(left) or script.match(right):
            return script is not _UNSPACED and bool(script.match(left) and script.match(right))
    return True
