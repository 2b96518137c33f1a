"""The rules that tell a name from its likes, where the letters already agree.

Boundaries, capitals, inflection, addresses, and for persons the words around them. Every rule prefers a missed
mention to a false one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from compiler_flow.glossary.folding import LOOSE, STRICT, cased, is_hangul, is_word, joined
from compiler_flow.glossary.inflection import Inflector
from compiler_flow.glossary.patterns import Pattern, split_words
from compiler_flow.glossary.words import Words
from compiler_flow.model import TermKind
from compiler_flow.text import lazy_pattern

_ADDRESSES = lazy_pattern(r"(?:https?|ftp)://[^\s<>]+|\bwww\.[^\s<>]+|[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII)
# Postpositions and the copula that Korean writes at its nouns (국립국어원 표준국어대사전, 조사).
_PARTICLES = lazy_pattern(
    "(?:과의|와의|에게서|에게|에서의|에서는|에서도|에서|에는|에도|에|으로부터|로부터|으로서|로서|으로써|로써|으로의|로의|으로|로"
    "|까지|부터|보다|처럼|만큼|마다|밖에|조차|이나|이라고|라고|이라는|라는|이란|이며|이고|이자|이다|인|은|는|이|가|을|를|의|과|와"
    "|도|만|나|란|씨|측|들)?(?![\uac00-\ud7a3])"
)
_DOMAIN = lazy_pattern(r"\.[a-z]{2,}")
_FIRST_WORD = lazy_pattern(r"[^\W_]+")
_OPENING = " \"“”„«»'‘’([{*_#>–—•-"
_SENTENCE_ENDS = ".!?…:;。！？"
# Apostrophes that are letters, not ends of words.
_LETTER_APOSTROPHE = frozenset({"uk", "be", "uz"})
_SHOUTING = 0.8


class Context:
    """One text (``squeeze``d) and what its language's words say."""

    def __init__(self, text: str, language: str, words: Words, inflector: Inflector | None) -> None:
        self._text = text
        self._cased = cased(text)
        self._language = language
        self._words = words
        self._inflector = inflector
        self._has_addresses = has_addresses(text)

    def fits(self, start: int, end: int, pattern: Pattern) -> bool:
        """Whether ``pattern`` really stands at ``text[start:end]``."""
        return (
            self._is_whole(start, end)
            and self._spelled(start, end, pattern)
            and not (self._has_addresses and self._in_address(start, end))
            and (not pattern.is_person or self._is_whole_name(start, end))
            and (not pattern.term.base or self._is_country(start, end, pattern))
        )

    # ---------------------------------------------------------------------------------------- boundaries

    def _is_whole(self, start: int, end: int) -> bool:
        text = self._cased
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if before != " " and (before == "@" or joined(before, text[start])):
            return False
        if after != " " and joined(text[end - 1], after):
            return is_hangul(after) and bool(_PARTICLES.match(text, end))
        # delfi.lt is a site, not the paper with a missing space behind it.
        if after == "." and _DOMAIN.match(text, end):
            return False
        return not (self._language in _LETTER_APOSTROPHE and self._runs_on_after_apostrophe(start, end))

    def _runs_on_after_apostrophe(self, start: int, end: int) -> bool:
        text = self._cased
        before = start > 1 and text[start - 1] == "'" and is_word(text[start - 2])
        after = end + 1 < len(text) and text[end] == "'" and is_word(text[end + 1])
        return before or after

    def _in_address(self, start: int, end: int) -> bool:
        return any(first < end and start < last for first, last in self._addresses)

    @functools.cached_property
    def _addresses(self) -> list[tuple[int, int]]:
        return [match.span() for match in _ADDRESSES.finditer(self._text)]

    # ------------------------------------------------------------------------------------------ spelling

    def _spelled(self, start: int, end: int, pattern: Pattern) -> bool:
        found = self._cased[start:end]
        if found != pattern.text:
            words, gaps = split_words(found)
            if gaps != pattern.gaps or len(words) != len(pattern.words):
                return False
            if not self._same_letters(words, pattern) or not self._same_capitals(start, words, pattern):
                return False
        return self._is_meant(start, found, pattern)

    def _same_letters(self, words: Sequence[str], pattern: Pattern) -> bool:
        last = len(words) - 1
        for number, (entry, word) in enumerate(zip(pattern.words, words, strict=True)):
            strict, wanted = word.translate(STRICT), entry.translate(STRICT)
            if strict == wanted:
                continue
            if pattern.is_person and strict.translate(LOOSE) == wanted.translate(LOOSE):
                continue
            if self._inflector is None or (self._inflector.expand and (number < last or pattern.is_person)):
                return False
            if not self._inflector.same(entry, strict, lead=number < last, loose=pattern.is_person):
                return False
        return True

    def _same_capitals(self, start: int, words: Sequence[str], pattern: Pattern) -> bool:
        pairs = list(zip(pattern.words, words, strict=True))
        if any(is_abbreviation(entry) and not _is_short_form(entry, word) for entry, word in pairs):
            return False
        if all(word.isupper() for word in words if _has_case(word)) and sum(map(len, words)) > 1:
            return True
        titled = len(words) > 1 and all(word[0].isupper() for word in words if len(word) > 3)
        for number, (entry, word) in enumerate(pairs):
            free = number > 0 or titled or pattern.is_person or self._starts_sentence(start)
            if not is_abbreviation(entry) and not _same_case(entry, word, free=free):
                return False
        return True

    def _is_meant(self, start: int, found: str, pattern: Pattern) -> bool:
        """Single words only: US in a headline of capitals may be "us", Nice at the start of a sentence "nice"."""
        if len(pattern.words) > 1:
            return True
        lower = found.lower()
        if is_abbreviation(pattern.text):
            return lower not in self._words.shouted or not self._is_shouted
        if pattern.text.islower() or lower not in self._words.ordinary:
            return True
        return not found.isupper() and not self._starts_sentence(start)

    @functools.cached_property
    def _is_shouted(self) -> bool:
        letters = [char for char in self._text if char.isupper() or char.islower()]
        return len(self._text.split()) > 2 and sum(map(str.isupper, letters)) >= _SHOUTING * len(letters)

    def _starts_sentence(self, start: int) -> bool:
        before = self._cased[:start]
        stripped = before.rstrip(_OPENING)
        opened = before[len(stripped) :].strip(" -–—_#>•'")
        return not stripped or bool(opened) or stripped[-1] in _SENTENCE_ENDS

    # ---------------------------------------------------------------------------- persons and countries

    def _is_whole_name(self, start: int, end: int) -> bool:
        """Not half of a double name: Smith-Jones is not Smith, O'Brien is not Brien. Trump-era is Trump."""
        text = self._cased
        if end + 1 < len(text) and text[end] == "-" and text[end + 1].isupper():
            return False
        if start > 1 and text[start - 1] == "-" and self._word_before(start - 1)[:1].isupper():
            return False
        return not (start > 1 and text[start - 1] == "'" and text[start - 2].isupper())

    def is_known_person(self, start: int, end: int, pattern: Pattern, full: Sequence[tuple[int, int]]) -> bool:
        """Whether a surname alone means the person of the glossary: President Tokayev, not Jill Biden."""
        after = self._word_after(end)
        if after[:1].isupper() and after.lower() in self._words.institutions:
            return False
        before = self._word_before(start - 1) if start and self._cased[start - 1] == " " else ""
        if not before[:1].isupper() or any(first < start - 1 < last + 1 for first, last in full):
            return True
        if before.endswith(("'s", "'")) or self._words.is_title(before.lower()):
            return True
        if before.lower().strip(".,") in self._words.ordinary:
            return True
        names = pattern.term.source.translate(LOOSE).replace("-", " ").split()[:-1]
        given = before.translate(LOOSE)
        initials = [part for part in re.split(r"[.\- ]", given) if part]
        if given.endswith("."):
            return len(initials) <= len(names) and all(
                name.startswith(part) for part, name in zip(initials, names, strict=False)
            )
        return given in names

    def _is_country(self, start: int, end: int, pattern: Pattern) -> bool:
        """New Guinea is not Guinea; Israel Katz and Michael Jordan are persons."""
        if pattern.term.kind is not TermKind.PLACE:
            return True
        before = self._word_before(start - 1) if start and self._cased[start - 1] == " " else ""
        if before[:1].isupper() and before.lower() in self._words.new:
            return False
        if pattern.text.lower() not in self._words.given:
            return True
        after = self._word_after(end)
        is_name = before[:1].isupper() and not before.endswith(("'s", "'"))
        return not any(
            word.lower().strip(".,") not in self._words.ordinary and not self._words.is_title(word.lower())
            for word, counts in ((after, after[:1].isupper()), (before, is_name))
            if counts
        )

    def _word_before(self, end: int) -> str:
        """The run of letters, dots, hyphens and apostrophes that ends at ``end``."""
        start = end
        while start and (is_word(self._cased[start - 1]) or self._cased[start - 1] in ".-'"):
            start -= 1
        return self._cased[start:end]

    def _word_after(self, end: int) -> str:
        if end >= len(self._cased) or self._cased[end] != " ":
            return ""
        match = _FIRST_WORD.match(self._cased, end + 1)
        return match.group() if match else ""


def has_addresses(text: str | bytes) -> bool:
    """Whether web or mail addresses may stand in ``text``."""
    if isinstance(text, bytes):
        return b"@" in text or b"://" in text or b"www." in text
    return "@" in text or "://" in text or "www." in text


def _has_case(word: str) -> bool:
    return word.lower() != word.upper()


def is_abbreviation(entry: str) -> bool:
    """EU, COP29, G7: no small letter, and more than one sign."""
    return len(entry) > 1 and entry.isupper()


def _is_short_form(entry: str, word: str) -> bool:
    """An abbreviation in exactly its capitals; case endings are small (МИДа, MPs)."""
    return word.startswith(entry) and (len(word) == len(entry) or word[len(entry) :].islower())


def _same_case(entry: str, word: str, *, free: bool) -> bool:
    """Capitals as in the entry. ``free`` lets a small entry begin with a capital (headline, start of a sentence)."""
    if not _has_case(entry):
        return True
    if entry.islower():
        return word.islower() or (free and word[:1].isupper() and (len(word) == 1 or not _has_upper(word[1:])))
    return all(have.isupper() == want.isupper() for have, want in zip(word, entry, strict=False))


def _has_upper(text: str) -> bool:
    return any(map(str.isupper, text))
