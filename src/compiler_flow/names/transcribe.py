"""One word through one table: the best split into consonant + rime cells, found by dynamic programming.

A greedy reader takes the longest consonant and the longest rime and is led astray by what follows; here every way to
cut the word costs something (a cell 1, a consonant without a vowel a little more, a vowel behind a vowel a little more)
and the cheapest few are the proposals. The costs are in ``table.py``, beside what the cells mean.
"""

from __future__ import annotations

import functools
import operator
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from compiler_flow.names.table import LAST_FOR_WOMEN, Edge, Table, load

_BEST = 4
_HIATUS = 0.25
_LOST = 5.0
# A consonant alone and a vowel alone where the table has a cell for the two: no alternative, but a way out.
_APART = 1.5
_TWICE = 0.7
_VARIED = 0.7
# What costs this much more than the best is no proposal (an n on its own, 哈恩特 for 汉特).
_FAR = 1.05
# Letters that a table may lack, as those that it has; a table's own @pre rules come first.
_LIKE = {"q": "k", "x": "ks", "w": "v", "y": "i", "c": "k", "ß": "ss", "æ": "ae", "ø": "ö", "å": "o", "ł": "l",
         "đ": "d", "þ": "t", "ð": "d", "ı": "i", "œ": "oe", "z": "s", "j": "i", "h": ""}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """A transcription of one word. ``cost`` is comparable among the readings of one word; ``doubt`` says that a cell
    is marked as unsure, or that a letter of the word means nothing to the table."""

    text: str
    cost: float
    doubt: bool = False


# Given names and the like come again and again.
@functools.lru_cache(maxsize=1 << 14)
def readings(word: str, language: str, *, woman: bool = False, surname: bool = False) -> tuple[Reading, ...]:
    """The best transcriptions of ``word`` (no spaces, no hyphens), best first; empty where it has no letters.

    ``surname`` matters for a woman: the characters for women stand then only in the last syllable, and only where the
    language's surnames have a form for women.
    """
    table = load(language)
    folded = unicodedata.normalize("NFC", word).lower().replace("i̇", "i")
    spelled = mapped(folded, table)
    if woman and surname:
        for ending, stem, char in table.feminine:
            if char and spelled.endswith(ending):
                man = _split(spelled.removesuffix(ending) + stem, table, "man")
                return tuple(Reading(one.text + char, one.cost, one.doubt) for one in man)
        woman = any(spelled.endswith(ending) for ending, _stem, char in table.feminine if not char)
    way = "man" if not woman else "surname" if surname else "given"
    return _split(spelled, table, way)


def has_womans_ending(word: str, language: str) -> bool:
    """Whether ``word`` ends as only women's surnames and patronymics of ``language`` do."""
    table = load(language)
    return bool(table.feminine) and mapped(word.lower(), table).endswith(table.women)


def mapped(word: str, table: Table) -> str:
    """``word`` (small letters) in the letters of the table: Cyrillic for Latin, sounds for English."""
    if table.sounds:
        from compiler_flow.names import english

        return english.sounds(word, table)
    if table.mapping is None:
        return word
    return table.mapping.sub(lambda match: table.mapped[(match.lastindex or 1) - 1], word)


def prepared(word: str, table: Table) -> str:
    """``word`` after the table's spelling rules, with every letter one that the table knows where that is possible."""
    for pattern, target in table.pre:
        word = pattern.sub(target, word)
    known = _alphabet(table)
    if not known.issuperset(word):
        word = "".join(char if char in known or char == "|" else _like(char, known) for char in word)
    return table.doubles.sub(r"\1", word)


def _like(char: str, known: frozenset[str]) -> str:
    bare = unicodedata.normalize("NFD", char)[0]
    if bare in known:
        return bare
    other = _LIKE.get(char, _LIKE.get(bare, ""))
    return other if known.issuperset(other) else "".join(_LIKE.get(one, "") for one in other)


@functools.lru_cache(maxsize=64)
def _alphabet(table: Table) -> frozenset[str]:
    return frozenset(char for letters in table.edges for char in letters)


def _split(word: str, table: Table, way: str) -> tuple[Reading, ...]:
    """The cheapest ways to read ``word``, and those to read it as the table's ``@vary`` rules have it."""
    found: dict[str, Reading] = {}
    for spelled, dearer in _spellings(prepared(word, table), table):
        for price, text, doubt in _cheapest(spelled, table, way):
            if text and (text not in found or found[text].cost > price + dearer):
                found[text] = Reading(text, price + dearer, doubt)
    ranked = sorted(found.values(), key=_by_cost)
    return tuple(one for one in ranked[:_BEST] if one.cost < ranked[0].cost + _FAR)


_by_cost = operator.attrgetter("cost")


def _spellings(word: str, table: Table) -> Iterator[tuple[str, float]]:
    yield word, 0.0
    for pattern, target in table.vary:
        for count in (0, 1):
            other, times = pattern.subn(target, word, count=count)
            if times and (times > 1 or not count):
                yield other, _VARIED


# Price, text so far, whether that is in doubt, whether a consonant alone came last.
_State = tuple[float, str, bool, bool]


def _cheapest(word: str, table: Table, way: str) -> list[tuple[float, str, bool]]:
    """(price, text, in doubt) of the best readings, the cheapest first.

    The inner loop of everything: it walks over the places of the word and keeps the few cheapest states of each.
    """
    end, vowels, longest, edges = len(word), table.vowels, table.longest, table.edges
    best: list[list[_State]] = [[] for _place in range(end + 1)]
    best[0] = [(0.0, "", False, False)]
    after_vowel = False
    for place in range(end):
        so_far = best[place]
        if not so_far:
            after_vowel = word[place] in vowels
            continue
        if len(so_far) > 1:
            so_far = _few(so_far)
        if word[place] == "|":
            best[place + 1] += so_far
            after_vowel = False
            continue
        for stop in range(place + 1, min(place + longest, end) + 1):
            found = edges.get(word[place:stop])
            if found is not None:
                for edge in found:
                    if edge.is_bound and not edge.fits(word, place, stop):
                        continue
                    reached, cost = best[stop], edge.cost
                    if edge.closes and stop < end and word[stop] in vowels:
                        if stop - 1 == place:
                            continue
                        # The nasal belongs to the next vowel; read twice (班诺夫) it makes a further proposal.
                        reached, cost = best[stop - 1], cost + _TWICE
                    text = edge.text
                    if edge.differs:
                        text = _text(edge, way, at_start=not place, at_end=stop == end)
                    doubt, bare = edge.doubt, edge.bare
                    if edge.hangs:
                        if after_vowel:
                            cost += _HIATUS
                        for state in so_far:
                            apart = _APART if state[3] else 0.0
                            reached.append((state[0] + cost + apart, state[1] + text, state[2] or doubt, bare))
                    else:
                        for state in so_far:
                            reached.append((state[0] + cost, state[1] + text, state[2] or doubt, bare))
        # A letter that means nothing to the table is left out.
        if not best[place + 1]:
            best[place + 1] += [(price + _LOST, said, True, bare) for price, said, _doubt, bare in so_far]
        after_vowel = word[place] in vowels
    return [(price, said, doubt) for price, said, doubt, _bare in _few(best[end])]


def _few(states: list[_State]) -> list[_State]:
    """The cheapest, without those that cost too much more to become a proposal."""
    states.sort()
    most = states[0][0] + _FAR + _APART if states else 0.0
    return [state for state in states[:_BEST] if state[0] < most]


def _text(edge: Edge, way: str, *, at_start: bool, at_end: bool) -> str:
    if way != "man" and edge.woman and (at_end or (way == "given" and edge.woman[-1] not in LAST_FOR_WOMEN)):
        return edge.woman
    if at_start and edge.start:
        return edge.start
    if at_end and edge.end:
        return edge.end
    return edge.text
