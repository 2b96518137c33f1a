"""Finding entries in a source text: one search for all spellings, then the rules that tell a name from its likes."""

from __future__ import annotations

import bisect
import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from compiler_flow.glossary.context import Context, has_addresses, is_abbreviation
from compiler_flow.glossary.folding import (
    WORDS,
    cased,
    is_hangul,
    is_irregular,
    is_irregular_western,
    is_unspaced,
    nearly_western,
    squeeze,
    strict,
    western,
    western_spaced,
    western_words,
    worded,
)
from compiler_flow.glossary.inflection import Inflector, inflector
from compiler_flow.glossary.patterns import Pattern, patterns
from compiler_flow.glossary.words import words
from compiler_flow.model import Term, TermHit, TermKind
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

# Languages written without spaces between words, or with particles joined to foreign names (EU는, EUの).
_UNSPACED_LANGUAGES = frozenset({"zh", "ja", "ko", "th", "lo", "km", "my", "bo", "yue", ""})
# A name of several words has few forms in each of them; this bounds the freak.
_MOST_KEYS = 64
# Paradigms are for alphabets whose marks are composed, so letters and digits are all that words have.
_RUN = lazy_pattern(r"[^\W_]+")


# Between texts that are searched together. It is folded to a space: the places of matches keep the texts apart.
_END = "\0"
# What may stand behind a name that runs on in no way.
_APART = frozenset({"", " ", ","})
_STOP = frozenset({".", ". "})
# The same of texts in one byte a character, which end with NUL, and what may stand before a name. Dashes are not among
# them, and no apostrophe before: they can make the name a half of another one.
_WESTERN_BEFORE = ' \0"“„‘«([,;:'.encode("cp1252")
_WESTERN_AFTER = " \0\"”’'»)],;:!?…".encode("cp1252")
_WESTERN_STOP = frozenset({b".\0", b". "})

# Number of the needle, start and end in what was searched.
_Match = tuple[int, int, int]

# Of a needle the spelling, in one byte a character, that can be nothing but one entry's name, or ``None``; the entry;
# whether that is a country of the base layer.
_Name = tuple[bytes | None, Term, bool]

# A spelling that may stand at ``text[start:end]``: its start, its end, and what it spells.
Candidate = tuple[int, int, Pattern]


class SourceIndex:
    """All spellings of the entries for one source language (primary subtag)."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self._language = language
        self._words = words(language)
        self._inflector: Inflector | None = inflector(language)
        self._by_words = self._inflector is not None and not self._inflector.expand
        self._padded = language not in _UNSPACED_LANGUAGES
        self._cache: dict[str, str] = {}
        # With each pattern: how far it begins after and ends before its needle, which may have padding spaces.
        places: dict[str, list[tuple[int, int, Pattern]]] = {}
        for pattern in patterns(terms, language, self._words):
            if pattern.bare and self._padded and self._has_one_form(pattern):
                # So are nearly all names of English. The spaces are padding.
                needle = f" {pattern.bare} "
                if needle in places:
                    places[needle].append((0, 2, pattern))
                else:
                    places[needle] = [(0, 2, pattern)]
                continue
            for needle in self._needles(pattern):
                before, after = self._trims(needle, pattern)
                places.setdefault(needle, []).append((before, after, pattern))
        self._needle_texts = list(places)
        self._patterns = list(places.values())
        # Of the needles that were met.
        self._names: dict[int, _Name] = {}
        # Where words have one form, most texts are searched with one byte a character.
        self._western: BytesAhoCorasick | None = None
        if self._padded and not self._by_words:
            self._western = _search_in_western(self._needle_texts)

    @functools.cached_property
    def _search(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick, MatchKind

        return AhoCorasick(self._needle_texts, matchkind=MatchKind.Standard, store_patterns=False)

    def hits(self, text: str) -> tuple[TermHit, ...]:
        """The entries named in ``text``, in order; they do not overlap."""
        clean, offsets = squeeze(text)
        candidates = list(self._by_word(clean)) if self._by_words else self._by_letter(clean)
        return self._chosen(clean, candidates, offsets) if candidates else ()

    def all_hits(self, texts: Sequence[str]) -> list[tuple[TermHit, ...]]:
        """``hits`` of each of ``texts``: one search for all of them where the language's words have one form."""
        if self._western is None:
            return list(map(self.hits, texts))
        joined = _END.join(texts)
        # Texts that are searched for themselves.
        odd: set[int] = set()
        data = western(joined)
        if data is None:
            data = nearly_western(joined)
            odd.update(n for n, text in enumerate(texts) if not text.isascii() and western(text) is None)
        spaced = western_spaced(data)
        if is_irregular_western(spaced):
            odd.update(n for n, text in enumerate(texts) if is_irregular(text))
        if has_addresses(data):
            odd.update(n for n, text in enumerate(texts) if has_addresses(text))
        matches = self._western.find_matches_as_indexes(b" %b " % western_words(data), overlapping=True)
        found = self._hits_together(texts, matches, b" %b\0 " % spaced)
        for number in odd:
            found[number] = self.hits(texts[number])
        return found

    def _hits_together(
        self, texts: Sequence[str], matches: Sequence[_Match], spaced: bytes
    ) -> list[tuple[TermHit, ...]]:
        """``hits`` of each of ``texts`` that is ``western`` and regular and has no addresses; of others anything.

        ``matches`` are those in ``spaced``: all texts, with NUL between and behind them. Most names stand as they are
        in the glossary, with spaces and marks around, and this is seen at a glance.
        """
        found: list[tuple[TermHit, ...]] = [()] * len(texts)
        unsure: dict[int, tuple[int, int]] = {}
        names = self._names
        # A text begins with the space before it and ends with the one behind it, which is the next one's.
        number, begin, stop, first_match = 0, 0, len(texts[0]) + 2, 0
        # What was found last, and where the next may begin.
        opened = closed = 0
        free = begin
        # They come by their ends, the longest first.
        for index, (needle, first, last) in enumerate(matches):
            if last > stop:
                while last > stop:
                    number += 1
                    begin, stop = stop - 1, stop + len(texts[number]) + 1
                first_match, free, closed = index, begin, 0
            spelling, term, is_base_place = names.get(needle) or self._single_name(needle)
            if (
                first >= free
                and spaced[first + 1 : last - 1] == spelling
                and spaced[first] in _WESTERN_BEFORE
                and (spaced[last - 1] in _WESTERN_AFTER or spaced[last - 1 : last + 1] in _WESTERN_STOP)
                and (not is_base_place or _stands_behind_small(texts[number], first - begin))
            ):
                found[number] += (TermHit(term, first - begin, last - begin - 2),)
                opened, closed, free = first, last, last - 1
            elif last != closed or first < opened:
                unsure[number] = first_match, begin
        for number, (index, begin) in unsure.items():
            candidates = self._candidates(itertools.islice(matches, index, None), begin, len(texts[number]))
            found[number] = self._chosen(texts[number], candidates) if candidates else ()
        return found

    def _chosen(
        self, clean: str, candidates: Sequence[Candidate], offsets: list[int] | None = None
    ) -> tuple[TermHit, ...]:
        """What the rules leave of ``candidates``, spellings that may stand in ``clean``."""
        context: Context | None = None
        apart = not has_addresses(clean)
        fitting, partial = [], []
        for found in candidates:
            if found[2].partial:
                partial.append(found)
            elif apart and self._stands_apart(clean, *found):
                fitting.append(found)
            else:
                context = context or Context(clean, self._language, self._words, self._inflector)
                if context.fits(*found):
                    fitting.append(found)
        full = _longest(fitting)
        # A surname inside of the full name is no other person's.
        alone = [one for one in partial if not _is_held(one, full)] if partial else ()
        if alone:
            context = context or Context(clean, self._language, self._words, self._inflector)
            spans = [(start, end) for start, end, _pattern in full]
            named = [one for one in alone if context.fits(*one) and context.is_known_person(*one, spans)]
            full = _longest([*full, *named])
        if offsets is None:
            return tuple([TermHit(pattern.term, start, end, pattern.partial) for start, end, pattern in full])
        return tuple(
            [
                TermHit(pattern.term, offsets[start], offsets[end - 1] + 1, pattern.partial)
                for start, end, pattern in full
            ]
        )

    def _stands_apart(self, clean: str, start: int, end: int, pattern: Pattern) -> bool:
        """Whether all that ``Context.fits`` asks is seen at a glance: the spelling itself, spaces and marks around.

        Single words that may be ordinary ones, and countries after a word with capitals are for it. So are texts with
        addresses, which are not asked about here.
        """
        if pattern.is_name is None:
            pattern.is_name = self._is_name(pattern)
        if (
            not pattern.is_name
            or clean[start:end] != pattern.text
            or (start and clean[start - 1] != " ")
            or (clean[end : end + 1] not in _APART and clean[end : end + 2] not in _STOP)
        ):
            return False
        return not _is_base_place(pattern.term) or _stands_behind_small(clean, start)

    def _single_name(self, needle: int) -> _Name:
        group = self._patterns[needle]
        pattern = group[0][2]
        is_single = len(group) == 1 and not pattern.partial and self._is_name(pattern)
        spelling = western(pattern.text) if is_single else None
        if len(spelling or b"") + 2 != len(self._needle_texts[needle]):
            spelling = None
        found = self._names[needle] = (spelling, pattern.term, _is_base_place(pattern.term))
        return found

    def _is_name(self, pattern: Pattern) -> bool:
        """Whether the spelling of ``pattern``, in its own capitals, can be nothing else, wherever it stands."""
        text = pattern.text
        if not pattern.bare and cased(text) != text:
            return False
        if pattern.term.base and text.lower() in self._words.given:
            return False
        if pattern.has_several_words:
            return True
        return not (is_abbreviation(text) or (text.lower() in self._words.ordinary and not text.islower()))

    # ------------------------------------------------------------------------------------------- needles

    def _has_one_form(self, pattern: Pattern) -> bool:
        inflecting = self._inflector
        return inflecting is None or (
            inflecting.expand and (pattern.term.kind is TermKind.PERSON or not inflecting.has_forms(pattern.last_word))
        )

    def _needles(self, pattern: Pattern) -> Iterable[str]:
        if self._inflector is None or self._has_one_form(pattern):
            return [self._padded_text(worded(pattern.text))]
        if not self._by_words:
            norm = worded(pattern.text)
            last = len(norm) - len(pattern.gaps[-1])
            first = last - len(pattern.words[-1])
            ends = self._inflector.keys(pattern.words[-1], lead=False)
            return [self._padded_text(norm[:first] + end + norm[last:]) for end in ends]
        return itertools.islice(self._key_rows(pattern, self._inflector), _MOST_KEYS)

    def _key_rows(self, pattern: Pattern, inflecting: Inflector) -> Iterator[str]:
        last = len(pattern.words) - 1
        keys = [sorted(inflecting.keys(word, lead=number < last)) for number, word in enumerate(pattern.words)]
        for row in itertools.product(*keys):
            yield f" {' '.join(row)} "

    def _padded_text(self, norm: str) -> str:
        """``norm`` with the spaces that make the search itself respect words, where the script has words."""
        if not self._padded:
            return norm
        if not norm.isascii() and (is_unspaced(norm[0]) or is_unspaced(norm[-1]) or is_hangul(norm[-1])):
            return norm
        return f"{'' if norm[0] == ' ' else ' '}{norm}{'' if norm[-1] == ' ' else ' '}"

    def _trims(self, needle: str, pattern: Pattern) -> tuple[int, int]:
        """By letter: what to add to the needle's start and take from its end. By word: the outer gaps' lengths."""
        if self._by_words:
            return len(pattern.gaps[0]), len(pattern.gaps[-1])
        # The haystack begins with a space of its own, hence the 1.
        before = self._padded and needle[0] == " " and WORDS[ord(pattern.text[0])] != " "
        after = self._padded and needle[-1] == " " and WORDS[ord(pattern.text[-1])] != " "
        return before - 1, after + 1

    # ---------------------------------------------------------------------------------------- candidates

    def _by_letter(self, clean: str) -> list[Candidate]:
        if self._western is not None and (data := western(clean)) is not None:
            matches = self._western.find_matches_as_indexes(b" %b " % western_words(data), overlapping=True)
        else:
            matches = self._search.find_matches_as_indexes(f" {clean.translate(WORDS)} ", overlapping=True)
        return self._candidates(matches, 0, len(clean))

    def _candidates(self, matches: Iterable[_Match], begin: int, length: int) -> list[Candidate]:
        """The candidates in a text with such a length that begins at ``begin``; ``matches`` go on behind it."""
        found: list[Candidate] = []
        for needle, first, last in matches:
            if last > begin + length + 2:
                break
            for before, after, pattern in self._patterns[needle]:
                start, end = first + before - begin, last - after - begin
                if 0 <= start < end <= length:
                    found.append((start, end, pattern))
        return found

    def _by_word(self, clean: str) -> Iterator[Candidate]:
        folded = strict(clean)
        starts: list[int] = []
        spans: list[tuple[int, int]] = []
        row: list[str] = []
        position = 0
        for match in _RUN.finditer(folded):
            key = self._key(match.group())
            spans.append(match.span())
            starts.append(position)
            row.append(key)
            position += len(key) + 1
        haystack = f" {' '.join(row)} "
        for number, first, last in self._search.find_matches_as_indexes(haystack, overlapping=True):
            index = bisect.bisect_left(starts, first)
            count = haystack.count(" ", first, last) - 1
            for before, after, pattern in self._patterns[number]:
                start = spans[index][0] - before
                end = spans[index + count - 1][1] + after
                if 0 <= start < end <= len(clean):
                    yield start, end, pattern

    def _key(self, word: str) -> str:
        key = self._cache.get(word)
        if key is None and self._inflector is not None:
            key = self._cache[word] = self._inflector.key(word)
        return key or word


def _search_in_western(needles: Sequence[str]) -> BytesAhoCorasick:
    from ahocorasick_rs import BytesAhoCorasick, MatchKind

    return BytesAhoCorasick(_all_western(needles), matchkind=MatchKind.Standard)


def _all_western(texts: Iterable[str]) -> list[bytes]:
    """``nearly_western`` of each of ``texts``, which have no line breaks, in one go."""
    return nearly_western("\n".join(texts)).splitlines()


def _longest(candidates: list[Candidate]) -> list[Candidate]:
    """The leftmost, of those the longest, of those the first in rank; nothing that overlaps them."""
    if len(candidates) < 2:
        return candidates
    chosen: list[Candidate] = []
    for found in sorted(candidates, key=_place):
        if not chosen or found[0] >= chosen[-1][1]:
            chosen.append(found)
    return chosen


def _place(found: Candidate) -> tuple[int, int, int]:
    return found[0], -found[1], found[2].rank


def _is_base_place(term: Term) -> bool:
    return term.base and term.kind is TermKind.PLACE


def _stands_behind_small(text: str, start: int) -> bool:
    """Whether nothing with a capital stands before ``start`` that could be part of a name: not New Guinea."""
    return start < 2 or text[text.rfind(" ", 0, start - 1) + 1 : start - 1].islower()


def _is_held(inner: Candidate, outer: Sequence[Candidate]) -> bool:
    """Whether one of ``outer`` has the whole of ``inner``."""
    start, end, _pattern = inner
    return any(first <= start and end <= last for first, last, _longer in outer)
