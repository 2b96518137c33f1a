"""Many groups at once: one search over their joined texts says which of them a check has to look at.

A check that speaks of a unit in a thousand should not be asked about the other 999. Its ``sieve`` gets a ``Stretch``
and answers with the numbers of the groups that may have a fault; all others are passed over. A sieve may let through
what has no fault, never hold back what has one: the tests run every check with and without its sieve.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import operator
import re
import string
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from compiler_flow.checks.base import Group
from compiler_flow.checks.numbers.plain import Glance
from compiler_flow.model import CheckContext, TermHit

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

# No text that was read has it (``text.clean``), and what is searched for never goes over it: no class of characters
# holds it.
_END = "\0"
# Lengths of parts that are looked for together, and for how many characters a text must go on alike. Chance would find
# too much with fewer, and parts of more than twelve matter only where they stand four times in a row.
_PARTS = (((3,), 3), ((4, 5), 4), ((6, 7), 6), ((8, 9), 8), ((10, 11, 12), 10), ((13, 14, 15, 16), 39))
# All but letters of ASCII as a space; and all bytes of UTF-8 but those that begin another Latin letter (U+00C0 to
# U+024F, U+1E00 to U+1EFF) or a Cyrillic one (U+0400 to U+04FF).
_TO_LETTERS = bytes(code if code == 0 or chr(code) in string.ascii_letters else ord(" ") for code in range(256))
_NO_OTHER_LETTER = bytes({*range(1, 256)} - {*range(0xC3, 0xCA), *range(0xD0, 0xD4), 0xE1})
# Words that are worth the memory of the quickest search.
_FEW = 300


class _Joined:
    """Texts in one string, and which of them a spot in it belongs to."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(texts)
        self.text = _END.join(self._texts)
        if self.text.count(_END) >= max(1, len(self._texts)):
            self.text = _END.join(text.replace(_END, " ") for text in self._texts)

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [0, *itertools.accumulate([len(text) + 1 for text in self._texts])]

    def matching(self, pattern: re.Pattern[str]) -> set[int]:
        """Those that ``pattern`` matches somewhere."""
        found: set[int] = set()
        search, text = pattern.search, self.text
        match = search(text)
        starts = self._starts if match else []
        while match:
            number = bisect.bisect_right(starts, match.start()) - 1
            found.add(number)
            match = search(text, starts[number + 1])
        return found

    def words(self, words: tuple[str, ...], *, nested: bool) -> Iterator[tuple[int, str]]:
        """Each text with each of ``words`` in it, in order."""
        data, stops = self.encoded
        number, stop = 0, stops[0]
        for word, start, _end in _any_of(words, nested).find_matches_as_indexes(data, overlapping=nested):
            if start >= stop:
                number = bisect.bisect_right(stops, start, number)
                stop = stops[number]
            yield number, words[word]

    @functools.cached_property
    def encoded(self) -> tuple[bytes, list[int]]:
        """The text in UTF-8, in which searches are twice as quick, and where each of its texts ends there."""
        data = self.text.encode("utf-8", "surrogatepass")
        return data, [*itertools.accumulate([len(text) + 1 for text in data.split(_END.encode())])]

    def having(self, signs: str, rest: str) -> set[int]:
        """Those with one of ``signs`` and, there, what the pattern ``rest`` matches."""
        found: set[int] = set()
        for sign in signs:
            if sign in self.text:
                found |= self.matching(_beginning(sign, rest))
        return found

    def going_on(self, distances: tuple[int, ...], least: int) -> set[int]:
        """Those that have ``least`` characters again at one of ``distances`` behind them.

        The low bytes of all characters are one big number. Where it and itself, moved by a distance, differ in nothing,
        the text may go on as before; no pattern is as quick. Where it may at one of several distances, the differences
        have no bit in common.
        """
        found: set[int] = set()
        text, starts, number = self.text, self._starts, self._low_bytes
        differing = functools.reduce(operator.and_, [number ^ (number >> 8 * distance) for distance in distances])
        spots, same = differing.to_bytes(len(text), "little"), bytes(least)
        at = spots.find(same)
        while at >= 0:
            again = text[at : at + least]
            if any(text.startswith(again, at + distance) for distance in distances):
                place = bisect.bisect_right(starts, at) - 1
                found.add(place)
                at = starts[place + 1] - 1
            at = spots.find(same, at + 1)
        return found

    @functools.cached_property
    def _low_bytes(self) -> int:
        data = self.text.encode("utf-16-le", "surrogatepass")[::2]
        if len(data) > len(self.text):
            data = self.text.encode("utf-32-le", "surrogatepass")[::4]
        return int.from_bytes(data, "little")


@functools.lru_cache(maxsize=256)
def _beginning(sign: str, rest: str) -> re.Pattern[str]:
    return re.compile(re.escape(sign) + rest)


def having(texts: Sequence[str], signs: str, rest: str) -> set[int]:
    """The numbers of the texts that have one of the characters ``signs`` and, behind it, what ``rest`` matches."""
    return _Joined(texts).having(signs, rest)


def _beyond(text: str, charset: str) -> frozenset[str]:
    # The encoder says which they are; what the text itself has of that form does no harm.
    encoded = text.encode(charset, "xmlcharrefreplace")
    written = re.findall(rb"&#(\d{1,7});", encoded) if b"&" in encoded else []
    return frozenset(chr(code) for code in set(map(int, written)) if code <= sys.maxunicode)


@functools.lru_cache(maxsize=32)
def _any_of(words: tuple[str, ...], nested: bool) -> BytesAhoCorasick:
    """A search for many words at once, which no pattern is as quick as: the leftmost, of these the longest, or all."""
    from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

    kind = MatchKind.Standard if nested else MatchKind.LeftmostLongest
    # By itself it takes the quickest way, which needs more memory, for a hundred words at most.
    way = Implementation.DFA if 100 < len(words) <= _FEW else None
    return BytesAhoCorasick([word.encode() for word in words], matchkind=kind, implementation=way)


def named(sources: Sequence[str], context: CheckContext) -> Sequence[tuple[TermHit, ...]]:
    """The terms that each of ``sources`` names, searched together where ``context`` can."""
    every = context.all_source_terms
    return every(sources) if every else [context.source_terms(source) for source in sources]


class Stretch:
    """Groups in reading order; they are named by their numbers from 0.

    ``rendered`` gives the groups whose shown translation matches a pattern somewhere. The pattern must match at least
    one character and must not match or look over NUL, which stands between the texts.
    """

    def __init__(self, groups: Sequence[Group]) -> None:
        self.groups = groups
        self._named: Sequence[tuple[TermHit, ...]] | None = None
        self._not_plain: frozenset[int] | None = None

    @property
    def language(self) -> str:
        """The language of the sources, one for all."""
        return self.groups[0].language if self.groups else ""

    def all(self) -> range:
        """Every group."""
        return range(len(self.groups))

    @functools.cached_property
    def sources(self) -> list[str]:
        """The sources as a reader sees them."""
        return [group.seen.text for group in self.groups]

    @functools.cached_property
    def translations(self) -> list[str]:
        """The translations as a reader sees them."""
        return [group.rendered.text for group in self.groups]

    def seen_having(self, signs: str) -> set[int]:
        """The groups whose source has one of the characters ``signs``."""
        return self._seen.having(signs, "")

    def rendered(self, pattern: re.Pattern[str]) -> set[int]:
        """The groups whose translation has a match."""
        return self._rendered.matching(pattern)

    def rendered_left(self, signs: str, usual: Mapping[str, re.Pattern[str]]) -> set[int]:
        """The groups whose translation has one of the characters ``signs`` even without what ``usual`` matches.

        That is taken out pattern after pattern; each stands beside the character that its matches begin with.
        """
        text = self._rendered.text
        for sign, pattern in usual.items():
            if sign in text:
                text = pattern.sub("", text)
        return _Joined(text.split(_END)).having(signs, "") if any(map(text.__contains__, signs)) else set()

    def rendered_having(self, signs: str, rest: str = "") -> set[int]:
        """The groups whose translation has one of the characters ``signs`` and, behind it, what ``rest`` matches.

        A search for one character is ten times as quick as one for any of several, and most stand nowhere.
        """
        return self._rendered.having(signs, rest)

    def rendered_words(self, words: tuple[str, ...], *, nested: bool = False) -> Iterator[tuple[int, str]]:
        """Each group with each of ``words`` in its translation, in order.

        Those that begin in a longer one are left out, unless ``nested`` ones are wanted as well.
        """
        return self._rendered.words(words, nested=nested)

    def folded_source_words(
        self, words: tuple[str, ...], among: Sequence[int] | None = None
    ) -> Iterator[tuple[int, str]]:
        """The same of sources without case (casefolded), nested ones as well; ``among`` names the groups if not all."""
        numbers = self.all() if among is None else among
        folded = _Joined(self.sources[number].casefold() for number in numbers)
        return ((numbers[place], word) for place, word in folded.words(words, nested=True))

    @functools.cached_property
    def _seen(self) -> _Joined:
        return _Joined(self.sources)

    @functools.cached_property
    def _rendered(self) -> _Joined:
        return _Joined(self.translations)

    def named(self, context: CheckContext) -> Sequence[tuple[TermHit, ...]]:
        """The terms that each group's source names; ``context`` is the same every time."""
        if self._named is None:
            self._named = named(self.sources, context)
        return self._named

    def not_plain(self, context: CheckContext) -> frozenset[int]:
        """The groups that name a term whose rendering is not seen at a glance, and perhaps others."""
        if self._not_plain is None:
            self._not_plain = frozenset(context.not_plainly_rendered(self.named(context), self.translations))
        return self._not_plain

    def rendered_letters(self) -> Iterator[tuple[int, str]]:
        """Each group with letters of ASCII in its translation, and its words of them with a space between two."""
        letters = self._rendered.text.encode("ascii", "replace").translate(_TO_LETTERS).decode()
        for number, text in enumerate(" ".join(letters.split()).split(_END)):
            if words := text.strip():
                yield number, words

    def rendered_other_letters(self) -> set[int]:
        """The groups with other Latin letters in their translation, or with Cyrillic ones; and perhaps others."""
        letters = self._rendered.encoded[0].translate(None, _NO_OTHER_LETTER).decode("latin-1")
        return {number for number, found in enumerate(letters.split(_END)) if found} if letters.strip(_END) else set()

    @functools.cached_property
    def numbers(self) -> Glance:
        """What is seen at a glance of the groups' numbers."""
        return Glance(self.sources, self.language, self.translations)

    def rendered_beyond(self, charset: str) -> frozenset[str]:
        """The characters of the translations that ``charset``, one of Python's encodings, lacks, and perhaps others."""
        return _beyond(self._rendered.text, charset)

    def may_be_stray(self, signs: str) -> bool:
        """Whether one of ``signs``, or what cannot be printed, stands anywhere in the translations."""
        text = self._rendered.text
        return any(map(text.__contains__, signs)) or not text.replace(_END, "").isprintable()

    @functools.cached_property
    def marked(self) -> list[int]:
        """The groups whose source or translation may have marks of Markdown or an address."""
        return [
            number
            for number, group in enumerate(self.groups)
            if group.seen.places is not None or group.rendered.places is not None
        ]

    @functools.cached_property
    def doubled(self) -> set[int]:
        """The groups whose translation has 3 to 12 characters twice in a row or 13 to 16 four times, and others."""
        return set().union(*(self._rendered.going_on(lengths, least) for lengths, least in _PARTS))

    @functools.cached_property
    def doubled_pairs(self) -> set[int]:
        """The groups whose translation has two characters twice in a row, and perhaps others."""
        return self._rendered.going_on((2,), 2)
