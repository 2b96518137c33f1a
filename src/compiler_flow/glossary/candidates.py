"""Proper nouns of the sources that no entry covers, with the rendering the compilers used so far."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from compiler_flow import inline
from compiler_flow.glossary import nouns
from compiler_flow.glossary.folding import LOOSE
from compiler_flow.glossary.matcher import Matcher
from compiler_flow.glossary.words import Words, words
from compiler_flow.model import Catalog, Role, State, Term, TermHit, TermKind
from compiler_flow.terms import INTERPUNCT
from compiler_flow.text import base_language, lazy_pattern

# A capitalised word, or an abbreviation with digits; hyphens and apostrophes inside belong to it.
_WORD = r"[^\W\d_][^\W_]*(?:[-’'][^\W_]+)*"
_NAME = lazy_pattern(rf"{_WORD}(?: (?:{_WORD}))*")
_CLAUSE = lazy_pattern(r"[.!?…:;。！？]\s|[\"“„«(\[*—–]|\n")
_PAIR = lazy_pattern(r"([\u4e00-\u9fff·•・‧\w—-]{2,40}?)\s?[（(]([^（）()]{2,80})[）)]")
_TITLES = lazy_pattern(
    "总统|总理|部长|大臣|主席|议长|秘书长|外长|防长|发言人|长官|作者|实习生|专家|学者|记者|先生|女士|会见了?|、"
)
_JOINTS = lazy_pattern(f"{_TITLES.pattern}|和|与|的")
_CONNECTING = frozenset({"of", "the", "for", "de", "del", "da", "von", "van", "der", "al", "bin"})
_ADJECTIVE = lazy_pattern("(?:[a-z]an|ese|ish|Soviet)$")
# Any capital of a text in ASCII; in others every first letter of a word.
_CAPITAL = lazy_pattern("[A-Z]")
_INITIAL = lazy_pattern(r"(?<![^\W\d_])[^\W\d_]")
# Between texts looked at together, and where a known name was taken out of one.
_END, _TAKEN = "\0 ", "\1"
# A word that no name goes on from.
_ALONE = lazy_pattern(rf"[A-Za-z]+(?= (?!(?:{'|'.join(sorted(_CONNECTING))})\b|{_TAKEN})|[,.;:]|$)")
# What a clause begins behind, as ``_CLAUSE`` has it, and the space between texts.
_OPENERS = '.!?…:;。！？"“„«([*—–\n\0'
_NEXT = lazy_pattern(r" ([a-z]+)")
_GENERIC = lazy_pattern(
    r"(?:parl[ai]+ment|parlement|government|guvern|ministr|ministe|senat|kongres|congress|cabinet|сенат|парламент|правительств"
    r"|министерств|конгресс|уряд|міністерств)\w*$",
    re.IGNORECASE,
)
_LONGEST = 6
_STEM = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name without entry: how often it stands in how many articles, where first, and how it was rendered.

    ``renderings`` are from 译名（原文） in translations, the most frequent first. ``places`` are ``path:line``.
    """

    source: str
    lang: str
    count: int
    articles: tuple[str, ...]
    places: tuple[str, ...] = ()
    renderings: tuple[str, ...] = ()

    def term(self) -> Term:
        """The entry to propose: a rendering with ``·`` is a person's."""
        target = self.renderings[0] if self.renderings else ""
        kind = TermKind.PERSON if INTERPUNCT in target else TermKind.OTHER
        return Term(self.source, target, kind, self.lang)


class _Tally:
    """What was seen of one name."""

    def __init__(self) -> None:
        self.count = 0
        self.sure = False
        self.articles: dict[str, None] = {}
        self.places: dict[str, None] = {}
        self.renderings: dict[str, int] = {}


def candidates(catalogs: Iterable[Catalog], matcher: Matcher, *, least: int = 1) -> tuple[Candidate, ...]:
    """Names in the sources of ``catalogs`` (one source language) that ``matcher`` does not find.

    A name is a run of capitalised words away from the start of a sentence, or one whose original the compilers set
    beside a rendering. A word that stands with a capital only at starts of sentences is none. ``least`` is the fewest
    mentions; the most frequent come first. Titles in Title Case and headlines in capitals are passed over, as are
    scripts without capitals, where only 译名（原文） tells.
    """
    known = words(matcher.language)
    tallies: dict[str, _Tally] = {}
    for catalog in catalogs:
        if base_language(catalog.source_language) != matcher.language:
            continue
        for unit in catalog.units:
            if unit.spot is not None and unit.spot.role in {Role.TITLE, Role.HEADING}:
                continue
            place = unit.references[0] if unit.references else f"{catalog.path}:{unit.line}" if unit.line else ""
            for name, sure, _end in _names(unit.source, matcher, known, matcher.source(unit.source)):
                tally = tallies.setdefault(name, _Tally())
                tally.count += 1
                tally.sure |= sure
                tally.articles[catalog.article] = None
                if place:
                    tally.places[place] = None
        for name, rendering in pairs(catalog, matcher.source):
            tally = tallies.setdefault(name, _Tally())
            tally.sure = True
            tally.count = tally.count or 1
            tally.articles[catalog.article] = None
            tally.renderings[rendering] = tally.renderings.get(rendering, 0) + 1
    found = [_candidate(name, tally, matcher.language) for name, tally in tallies.items() if tally.sure]
    return tuple(sorted((one for one in found if one.count >= least), key=lambda one: (-one.count, one.source)))


def unknown_names(matcher: Matcher, text: str, hits: Sequence[TermHit]) -> tuple[tuple[int, int], ...]:
    """The spans of the names in ``text``, a source, that no entry covers; ``hits`` are ``matcher.source(text)``.

    The names are those of ``candidates``, less what one text alone leaves open: a single word at the start of a
    sentence, adjectives of places (Soviet bombers), and a single word for an institution that every country has.
    """
    known = words(matcher.language)
    if not _may_name(text, hits, known):
        return ()
    return tuple(
        (end - len(name), end)
        for name, sure, end in _names(text, matcher, known, hits)
        if sure and not _GENERIC.match(name) and not _is_adjective(text, name, end, known)
    )


def naming_unknown(matcher: Matcher, texts: Sequence[str], hits: Sequence[Sequence[TermHit]]) -> list[int]:
    """The numbers of those of ``texts``, sources, in which ``unknown_names`` finds any; ``hits`` are those of each."""
    suspects = _suspects(texts, hits, words(matcher.language))
    return [number for number in suspects if unknown_names(matcher, texts[number], hits[number])]


def _suspects(texts: Sequence[str], hits: Sequence[Sequence[TermHit]], known: Words) -> Iterable[int]:
    """The numbers of the texts of which ``_may_name`` is true, and of some others."""
    rest = _rest(texts, hits)
    # No text that was read has such a character (``text.clean``).
    if rest.count(_END[0]) != len(texts) + 1:
        return range(len(texts))
    found: dict[int, None] = {}
    number, at = -1, 0
    for match in _sure_capital().finditer(rest):
        place = match.start()
        if not _is_ordinary_word(rest, place, known):
            number += rest.count(_END, at, place)
            at = place
            found[number] = None
    return found


def _rest(texts: Sequence[str], hits: Sequence[Sequence[TermHit]]) -> str:
    """All ``texts`` without what ``hits`` cover, in order and not overlapping: ``_END`` before each and behind all."""
    parts = [_END]
    for text, found in zip(texts, hits, strict=True):
        at = 0
        for hit in found:
            parts += text[at : hit.start], _TAKEN
            at = hit.end
        parts += text[at:], _END
    return "".join(parts)


@functools.cache
def _sure_capital() -> re.Pattern[str]:
    """A capital away from the start of a clause, or with no small letter behind; and some that ``_may_name`` passes.

    The search for the first of many characters is quick, all that is asked of what was found may be slow.
    """
    # Whatever may be a capital in scripts beyond these blocks.
    capitals = "".join(filter(str.isupper, map(chr, range(0x3000)))) + "\ua640-\ua7ff\uff21-\uff3a\U00010000-\U0010ffff"
    opening = re.escape(_OPENERS)
    return re.compile(f"[{capitals}](?:(?<![{opening}].)(?<![{opening}] .)|(?![a-zß-öø-ÿ ]))")


def _may_name(text: str, hits: Sequence[TermHit], known: Words) -> bool:
    """Whether a capital stands outside of ``hits`` and away from the start of a clause, or has no small letter behind.

    Most texts have capitals in known names and in their first word only, nothing is sure of those, or in the name of a
    day or a month.
    """
    # Hits are in order and do not overlap.
    at = 1 if text[1:2].islower() else 0
    for hit in hits:
        if hit.start > at and _has_name_like(text, at, hit.start, known):
            return True
        at = max(at, hit.end)
    return _has_name_like(text, at, len(text), known)


def _has_name_like(text: str, first: int, last: int, known: Words) -> bool:
    """Whether a capital in ``text[first:last]`` may begin a name."""
    starts = _CAPITAL if text.isascii() else _INITIAL
    for match in starts.finditer(text, first, last):
        place = match.start()
        after = text[place + 1 : place + 2]
        if not match[0].isupper() or ((after.islower() or after == " ") and _starts_clause(text, place)):
            continue
        if not _is_ordinary_word(text, place, known):
            return True
    return False


def _is_ordinary_word(text: str, place: int, known: Words) -> bool:
    """Whether the word at ``place`` is no name and part of none: on Monday, in May."""
    word = _ALONE.match(text, place)
    return word is not None and word[0].lower() in known.ordinary and _behind_ordinary(text, place, known)


def _behind_ordinary(text: str, place: int, known: Words) -> bool:
    """Whether no name can go on at ``place``: the word before is an ordinary one."""
    before = text[text.rfind(" ", 0, max(0, place - 1)) + 1 : place]
    return before[-1:] == " " and before[:-1].lower() in known.ordinary and before[:-1] not in _CONNECTING


def _is_adjective(text: str, name: str, end: int, known: Words) -> bool:
    following = _NEXT.match(text, end)
    return bool(_ADJECTIVE.search(name) and following and following[1] not in known.ordinary)


def _candidate(name: str, tally: _Tally, lang: str) -> Candidate:
    ranked = sorted(tally.renderings, key=lambda text: -tally.renderings[text])
    return Candidate(name, lang, tally.count, tuple(tally.articles), tuple(tally.places), tuple(ranked))


def _names(text: str, matcher: Matcher, known: Words, hits: Sequence[TermHit]) -> Iterator[tuple[str, bool, int]]:
    """The runs of capitalised words outside of ``hits``, whether a capital there must mean a name, and their ends."""
    letters = [char for char in text if char.isupper() or char.islower()]
    if not letters or sum(map(str.isupper, letters)) * 2 > len(letters):
        return
    nouns_have_capitals = matcher.language in nouns.LANGUAGES
    for run in _NAME.finditer(text):
        for first, end in _runs(text, run.start(), run.end(), _CONNECTING if not nouns_have_capitals else frozenset()):
            start = _behind_entry(text, first, end, matcher, known, hits)
            if start >= end or any(hit.start < end and start < hit.end for hit in hits):
                continue
            words_of = text[start:end].split(" ")
            at_start = _starts_clause(text, start)
            if at_start and words_of[0].lower() in known.ordinary:
                # "In Astana": the capital of the first word says nothing, that of the second does.
                words_of, at_start = words_of[1:], False
                while words_of and words_of[0] in _CONNECTING:
                    words_of = words_of[1:]
            whole = " ".join(words_of)
            name = re.sub(r"['’]s?$", "", whole)
            if nouns_have_capitals:
                bare = nouns.without_title(name, known)
                whole, name = whole[len(name) - len(bare) :], bare
                if not nouns.is_name(text, end - len(whole), name):
                    continue
            if len(name) > 1 and not _is_ordinary(name, known) and not _is_demonym(name, matcher):
                yield name, not at_start or " " in name or name.isupper(), end - len(whole) + len(name)


def _behind_entry(text: str, start: int, end: int, matcher: Matcher, known: Words, hits: Sequence[TermHit]) -> int:
    """Where a run goes on behind a name that an entry covers: another one follows without a word between.

    Tusku Varšuvoje; министра Узбекистана Шавката Хамраева. In English and German the rest belongs to the name (Pevkur
    Foundation), unless it begins with an office: OSCE Secretary General Feridun Sinirlioğlu.
    """
    for hit in hits:
        if not (start < hit.end < end and text[hit.end] == " "):
            continue
        if base_language(matcher.language) not in ("en", "de"):
            return hit.end + 1
        place = hit.end + 1
        while (word := text[place:end].partition(" ")[0]) and known.is_title(word.lower()):
            place += len(word) + 1
        if place > hit.end + 1 and " " in text[place:end]:
            return place
    return start


def _runs(text: str, start: int, end: int, connecting: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The parts of a phrase whose words begin with capitals, connected by small words only inside."""
    begin, last, count = -1, -1, 0
    for word in re.finditer(r"\S+", text[start:end]):
        first, stop = start + word.start(), start + word.end()
        if word.group()[0].isupper():
            begin = first if begin < 0 else begin
            last, count = stop, count + 1
        elif begin >= 0 and (word.group() not in connecting or count >= _LONGEST):
            yield begin, last
            begin, count = -1, 0
    if begin >= 0:
        yield begin, last


def _starts_clause(text: str, start: int) -> bool:
    before = text[:start].rstrip(" '‘")
    return not before or bool(_CLAUSE.match(f"{before[-1]} "))


def _is_ordinary(name: str, known: Words) -> bool:
    return all(part.lower() in known.ordinary or known.is_title(part.lower()) for part in name.split())


def _is_demonym(name: str, matcher: Matcher) -> bool:
    """Whether a single word looks like what belongs to a known place: Armenian, Azerbaijani, British."""
    return " " not in name and not name.isupper() and _stem(name) in _place_stems(matcher)


@functools.lru_cache(maxsize=4)
def _place_stems(matcher: Matcher) -> frozenset[str]:
    places = (term for term in matcher.terms if term.kind is TermKind.PLACE)
    return frozenset(_stem(form) for term in places for form in (term.source, *term.aliases) if len(form) > _STEM)


def _stem(name: str) -> str:
    return name[:_STEM].translate(LOOSE)


def pairs(catalog: Catalog, known: Callable[[str], Sequence[TermHit]]) -> Iterator[tuple[str, str]]:
    """(original, rendering) of the 译名（原文） in finished units whose original stands in the source.

    Originals that are an entry as a whole are left out, ``known`` finds those; so is what has small letters only, an
    expression rather than a name.
    """
    for unit in catalog.units:
        if unit.state is not State.TRANSLATED or not any(map(unit.target.__contains__, "（(")):
            continue
        source = inline.plain(unit.source).translate(LOOSE)
        for match in _PAIR.finditer(inline.plain(unit.target)):
            original, rendering = match.group(2).strip(), _rendering(match.group(1))
            if rendering and original.translate(LOOSE) in source and _may_be_name(original, known(original)):
                yield original, rendering


def _may_be_name(original: str, hits: Sequence[TermHit]) -> bool:
    is_known = any((hit.start, hit.end) == (0, len(original)) for hit in hits)
    return not is_known and not original.islower() and any(map(str.isalpha, original))


def _rendering(before: str) -> str:
    """The name that ``before`` ends with, as far as known titles and joining words tell; the rest is for a person."""
    # 和, 与 and 的 stand before names, but also inside Korean and Chinese ones; those have no interpunct.
    joints = _JOINTS if INTERPUNCT in before else _TITLES
    return joints.split(before)[-1].strip("的在对向由为是 ")
