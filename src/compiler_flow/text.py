"""Words, scripts and widths: what every room needs to know about text, and nothing about files.

Lengths are code points, widths are terminal columns.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import re
import unicodedata
from typing import Any, AnyStr, cast


class _LazyPattern:
    """What ``lazy_pattern`` gives. The methods of the compiled expression become its own at the first call."""

    def __init__(self, source: Any, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for each in ("search", "match", "fullmatch", "finditer", "findall", "sub", "split"):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def lazy_pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The regular expression ``source``, compiled when it is first used.

    The command line imports hundreds of them and uses some: compiling all took a third of the time of checking an
    article. After the first use it is as quick as any.
    """
    return cast("re.Pattern[AnyStr]", _LazyPattern(source, flags))


# Poedit and gettext choke on these inside a text (they end lines for some readers and not for others):
# U+2028, U+2029, U+0085, VT, FF, CR, and the C0 controls that XML 1.0 forbids (XML 1.0, section 2.2).
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\u0085\v\f]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
# Any of both.
_UNCLEAN = re.compile("[\x00-\x08\v\f\r\x0e-\x1f\x7f\x85\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"\s+")

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


def clean(text: str) -> str:
    """``text`` in NFC with plain ``\\n`` line ends and without characters that PO or XML cannot carry.

    NFC and never NFKC: compatibility forms would turn ``，`` into ``,``.
    """
    # Nearly every text has nothing else, and to look is quicker than to write anew.
    text = text.replace("\r\n", "\n")
    if _UNCLEAN.search(text):
        text = _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def printable(content: str) -> str:
    """``content`` without characters that no output can carry, and without those that turn the text around it.

    Embeddings, overrides and isolates of the bidirectional algorithm (UAX #9, section 2) left open would reverse the
    page's own words behind them; foreign text is set apart by markup instead.
    """
    return _TURNING.sub("", clean(content))


def fold_spaces(text: str) -> str:
    """``text`` with every run of white space (also U+00A0 and U+3000) as one space, ends stripped."""
    return _SPACES.sub(" ", text).strip()


def digest(*parts: str, length: int = 10) -> str:
    """The first ``length`` hex digits of a SHA-256 over ``parts``, which are kept apart from each other."""
    hashed = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        hashed.update(f"{len(data)}:".encode())
        hashed.update(data)
    return hashed.hexdigest()[:length]


def is_han(char: str) -> bool:
    """Whether ``char`` (one code point) is a Han character; punctuation and kana are not."""
    return _HAN.match(char) is not None


def has_han(text: str) -> bool:
    """Whether any Han character stands in ``text``."""
    return not text.isascii() and _HAN.search(text) is not None


def has_letters(text: str) -> bool:
    """Whether ``text`` has a letter of any script: something a translator could translate."""
    return any(char.isalpha() for char in text)


def display_width(text: str) -> int:
    """Terminal columns of ``text`` (UAX #11: wide and full-width characters take two)."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def shorten(text: str, width: int) -> str:
    """``text`` on one line, cut with ``…`` so that it takes at most ``width`` terminal columns."""
    line = fold_spaces(text)
    if display_width(line) <= width:
        return line
    taken, used = [], 1
    for char in line:
        used += display_width(char)
        if used > width:
            break
        taken.append(char)
    return "".join(taken).rstrip() + "…"


_DAY = lazy_pattern(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:[T ].*)?")


def day_of(written: str) -> dt.date | None:
    """The day that is written as year, month and day (2024-11-05, 2024/11/5, 2024.11.05, 2024年11月5日), else ``None``.

    A time of day behind it is passed over.
    """
    match = _DAY.fullmatch(written.strip())
    try:
        return dt.date(*(int(part) for part in match.groups() if part)) if match else None
    except ValueError:
        return None


# What was meant as an address: a scheme before more text, or a host at the beginning with a path or nothing behind it.
_ADDRESS = lazy_pattern(r"(?i)[a-z][a-z0-9+.-]*:\S|//|www\.\S|[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?::\d+)?(?:[/?#]|$)")
_MAIL = lazy_pattern(r"mailto:[^\s@]+@[^\s@]+\.[^\s@]+")


def is_in_words(source: str) -> bool:
    """Whether ``source`` says where an original stands without a web address: in words, or as ``mailto:`` and whom.

    Words have a space or Han characters (《…报》2024年11月5日第3版); an address with a slip in it is still an address.
    """
    source = source.strip()
    if _MAIL.fullmatch(source):
        return True
    is_address = "://" in source or _ADDRESS.match(source)
    return not is_address and (has_han(source) or " " in source)


# Asked for every unit.
@functools.lru_cache(maxsize=256)
def base_language(tag: str) -> str:
    """The primary subtag of a BCP 47 tag or gettext locale: ``en`` for ``en-GB``, ``zh`` for ``zh_CN``."""
    return re.split("[-_@.]", tag, maxsplit=1)[0].lower()


def bcp47(locale: str) -> str:
    """A gettext locale as a BCP 47 tag: ``zh-CN`` for ``zh_CN``."""
    return re.split("[@.]", locale, maxsplit=1)[0].replace("_", "-")


def gettext_locale(tag: str) -> str:
    """A BCP 47 tag as a gettext locale: ``zh_CN`` for ``zh-CN``."""
    return tag.replace("-", "_")
