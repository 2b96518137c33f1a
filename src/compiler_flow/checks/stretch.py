"""Many groups at once: one search over their joined texts says which of them a check has to look at.

A check that speaks of a unit in a thousand should not be asked about the other 999. Its ``sieve`` gets a ``Stretch``
and answers with the numbers of the groups that may have a fault; all others are passed over. A sieve may let through
what has no fault, never hold back what has one: the tests run every check with and without its sieve.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from compiler_flow.checks.base import Group
from compiler_flow.model import CheckContext, TermHit

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

# No text that was read has it (``text.clean``), and what is searched for never goes over it: no class of characters
# holds it.
_END = "\0"
_SHORTEST, _LONGEST = 2, 16


class _Joined:
    """Texts in one string, and which of them a spot in it belongs to."""

    def __init__(self, texts: Iterable[str]) -> None:
        texts = list(texts)
        self.text = _END.join(texts)
        if self.text.count(_END) >= max(1, len(texts)):
            self.text = _END.join(text.replace(_END, " ") for text in texts)
        self._starts = [0, *itertools.accumulate(len(text) + 1 for text in texts)]

    def matching(self, pattern: re.Pattern[str]) -> set[int]:
        """Those that ``pattern`` matches somewhere."""
        found: set[int] = set()
        starts, search, text = self._starts, pattern.search, self.text
        match = search(text)
        while match:
            number = bisect.bisect_right(starts, match.start()) - 1
            found.add(number)
            match = search(text, starts[number + 1])
        return found

    def words(self, words: tuple[str, ...], *, nested: bool) -> Iterator[tuple[int, str]]:
        """Each text with each of ``words`` in it, in order."""
        data, stops = self._encoded
        number, stop = 0, stops[0]
        for word, start, _end in _any_of(words, nested).find_matches_as_indexes(data, overlapping=nested):
            while start >= stop:
                number += 1
                stop = stops[number]
            yield number, words[word]

    @functools.cached_property
    def _encoded(self) -> tuple[bytes, list[int]]:
        """The text in UTF-8, in which searches are twice as quick, and where each of its texts ends there."""
        data = self.text.encode("utf-8", "surrogatepass")
        return data, [*itertools.accumulate(len(text) + 1 for text in data.split(_END.encode()))]

    def doubled(self) -> set[int]:
        """Those with a part of two to sixteen characters that stands twice in a row; no pattern is as quick.

        The text is one big number of 16 bits a character, or 32 where it has rare ones. Where it and itself, moved by
        a part's length, differ in nothing for that length, the part stands twice.
        """
        found: set[int] = set()
        data, width = self.text.encode("utf-16-le", "surrogatepass"), 2
        if len(data) > width * len(self.text):
            data, width = self.text.encode("utf-32-le", "surrogatepass"), 4
        number = int.from_bytes(data, "little")
        for length in range(_SHORTEST, _LONGEST + 1):
            differing = (number ^ (number >> (8 * width * length))).to_bytes(len(data), "little")
            alike = bytes(width * length)
            at = differing.find(alike)
            while at >= 0:
                place = bisect.bisect_right(self._starts, at // width) - 1
                found.add(place)
                at = differing.find(alike, self._starts[place + 1] * width)
        return {place for place in found if place < len(self._starts) - 1}


def _beyond(text: str, charset: str) -> frozenset[str]:
    # The encoder says which they are; what the text itself has of that form does no harm.
    written = re.findall(rb"&#(\d{1,7});", text.encode(charset, "xmlcharrefreplace"))
    return frozenset(chr(code) for code in set(map(int, written)) if code <= sys.maxunicode)


@functools.lru_cache(maxsize=32)
def _any_of(words: tuple[str, ...], nested: bool) -> BytesAhoCorasick:
    """A search for many words at once, which no pattern is as quick as: the leftmost, of these the longest, or all."""
    from ahocorasick_rs import BytesAhoCorasick, MatchKind

    kind = MatchKind.Standard if nested else MatchKind.LeftmostLongest
    return BytesAhoCorasick([word.encode() for word in words], matchkind=kind)


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

    def all(self) -> range:
        """Every group."""
        return range(len(self.groups))

    def rendered(self, pattern: re.Pattern[str], *, without: re.Pattern[str] | None = None) -> set[int]:
        """The groups whose translation has a match, once all that ``without`` matches has been taken out of it."""
        if without is None:
            return self._rendered.matching(pattern)
        return _Joined(without.sub("", self._rendered.text).split(_END)).matching(pattern)

    def rendered_words(self, words: tuple[str, ...], *, nested: bool = False) -> Iterator[tuple[int, str]]:
        """Each group with each of ``words`` in its translation, in order.

        Those that begin in a longer one are left out, unless ``nested`` ones are wanted as well.
        """
        return self._rendered.words(words, nested=nested)

    def folded_source_words(self, words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        """The same of sources without case (casefolded); nested ones as well."""
        return _Joined(group.seen.text.casefold() for group in self.groups).words(words, nested=True)

    @functools.cached_property
    def sources(self) -> list[str]:
        """The source of each group, as a reader sees it."""
        return [group.seen.text for group in self.groups]

    @functools.cached_property
    def translations(self) -> list[str]:
        """The translation of each group, as a reader sees it."""
        return [group.rendered.text for group in self.groups]

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
        """The groups in whose translation two to sixteen characters stand twice in a row, and perhaps others."""
        return self._rendered.doubled()
