"""From entries to what is searched for: entries of one name joined, the base layer overridden, surnames derived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from compiler_flow.glossary.folding import cased, is_bare, loose, squeeze, worded
from compiler_flow.glossary.words import Words
from compiler_flow.model import Term, TermKind
from compiler_flow.terms import fold_rendering, surname
from compiler_flow.text import base_language

# Family names come first here, so the last word of a full name says nothing (Orbán Viktor, 김정은).
_FAMILY_FIRST = frozenset({"hu", "ko", "vi", "zh"})
# Between the parts of a foreign name in katakana.
_KANA_DOTS = str.maketrans(dict.fromkeys("・･＝=·", " "))
_SHORTEST_SURNAME = 3


@dataclass(slots=True)
class Pattern:
    """One spelling of one entry. ``text`` is ``CASED``; ``rank`` orders the entries that fit one place (low first).

    ``bare`` is ``text`` in small letters where it has nothing but words of English letters and digits, with a space
    between two; else empty. ``is_name`` says whether this can be nothing else, in its own capitals; ``None`` where
    nobody has looked yet.
    """

    term: Term
    text: str
    partial: bool = False
    rank: int = 0
    bare: str = ""
    _words: tuple[str, ...] = field(default=(), repr=False)
    _gaps: tuple[str, ...] = field(default=(), repr=False)
    is_name: bool | None = field(default=None, repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of ``text``."""
        if not self._words:
            self._words, self._gaps = split_words(self.text)
        return self._words

    @property
    def gaps(self) -> tuple[str, ...]:
        """What stands before, between and after the words: one more than words."""
        if not self._words:
            self._words, self._gaps = split_words(self.text)
        return self._gaps

    @property
    def has_several_words(self) -> bool:
        """Whether ``words`` are two or more."""
        text = self.text
        return (" " in text and text[0].isalnum() and text[-1].isalnum()) or len(self.words) > 1

    @property
    def last_word(self) -> str:
        """The last of ``words``."""
        last = self.text[self.text.rfind(" ") + 1 :]
        return last if last.isalnum() else self.words[-1]

    @property
    def is_person(self) -> bool:
        """Whether a person is named."""
        return self.term.kind is TermKind.PERSON


def split_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of ``text`` and the gaps around them, joined again by alternating."""
    norm = worded(text)
    if norm.strip() == norm and "  " not in norm and norm.count(" ") == text.count(" "):
        plain = text.split(" ")
        return tuple(plain), ("", *[" "] * (len(plain) - 1), "")
    words: list[str] = []
    gaps: list[str] = []
    end = 0
    for word in norm.split():
        start = norm.index(word, end)
        gaps.append(text[end:start])
        end = start + len(word)
        words.append(text[start:end])
    return tuple(words), (*gaps, text[end:])


def spelling(source: str) -> str:
    """A source form as it is compared: ``CASED``, single spaces, none around it."""
    return cased(squeeze(source.strip())[0])


def applicable(terms: Iterable[Term], language: str) -> tuple[Term, ...]:
    """The complete entries for a source language (primary subtag, empty for any), those of one name joined.

    The house glossary comes before the base layer and overrides it. Where two entries have the same source, the one
    that names the language (else the first) stands and the other's rendering is accepted too: which one is right is
    for lint to ask, not for every article.
    """
    fitting = [
        term
        for term in terms
        if term.source.strip()
        and term.target.strip()
        and (not term.lang or not language or base_language(term.lang) == language)
    ]
    fitting.sort(key=lambda term: 2 * term.base + (not term.lang))
    found: dict[str, Term] = {}
    names: dict[str, str] = {}
    for term in fitting:
        if term.base:
            _add_base(term, found, names)
            continue
        key = spelling(term.source)
        found[key] = _joined(found[key], term) if key in found else term
        # Base names are looked up without case: a house that says TÜRKIYE has decided about Türkiye.
        names[key.lower()] = key
        for form in term.aliases:
            names[spelling(form).lower()] = key
    return tuple(found.values())


def _add_base(term: Term, found: dict[str, Term], names: dict[str, str]) -> None:
    """Take of a base entry the names the house has not; the house's entry takes the further renderings (美)."""
    forms = {form: names.get(spelling(form).lower(), "") for form in (term.source, *term.aliases)}
    for key in set(forms.values()) - {""}:
        house = found[key]
        if fold_rendering(house.target) == fold_rendering(term.target):
            accept = (text for text in term.accept if text not in house.reject)
            found[key] = replace(house, accept=tuple(dict.fromkeys((*house.accept, *accept))))
    free = [form for form, key in forms.items() if not key]
    if free:
        found[spelling(free[0])] = replace(term, source=free[0], aliases=tuple(free[1:]))


def _joined(first: Term, other: Term) -> Term:
    accept = dict.fromkeys((*first.accept, other.target, *other.accept))
    accept.pop(first.target, None)
    return replace(
        first,
        accept=tuple(accept),
        aliases=tuple(dict.fromkeys((*first.aliases, *other.aliases))),
        reject=tuple(text for text in dict.fromkeys((*first.reject, *other.reject)) if text not in accept),
    )


def patterns(terms: Iterable[Term], language: str, words: Words) -> Iterator[Pattern]:
    """Every spelling to search for; surnames only where they can mean one name and nothing else."""
    taken: set[str] = set()
    # By surname: whose it is, how it is spelled there, also in small letters if it is bare, and its rendering.
    persons: dict[str, list[tuple[Term, str, str, str]]] = {}
    for term in terms:
        rendering = surname(term.target) if term.kind is TermKind.PERSON else ""
        forms = dict.fromkeys((term.source, *term.aliases)) if term.aliases else (term.source,)
        for number, form in enumerate(forms):
            bare = _bare(form)
            text = form if bare else spelling(form)
            if not bare and not _has_word(text):
                continue
            taken.add(bare or loose(text))
            yield Pattern(term, text, False, 2 * term.base + (number > 0), bare)
            if rendering and (part := source_surname(text, language, words)) and _has_word(part):
                small = part.lower() if bare else _bare(part)
                key = small or loose(part)
                if key in persons:
                    persons[key].append((term, part, small, rendering))
                else:
                    persons[key] = [(term, part, small, rendering)]
    for key, bearers in persons.items():
        if key in taken or key in words.ordinary or key in words.nouns or len(key) < _SHORTEST_SURNAME:
            continue
        first, *others = bearers
        rendering = fold_rendering(first[3])
        if len(rendering) > 1 and all(fold_rendering(other[3]) == rendering for other in others):
            for part, small in dict([one[1:3] for one in bearers]).items():
                yield Pattern(first[0], part, True, 4, small)


def _bare(text: str) -> str:
    is_plain = is_bare(text) and "  " not in text and text[0] != " " and text[-1] != " "
    return text.lower() if is_plain else ""


def _has_word(text: str) -> bool:
    return text[:1].isalnum() or bool(worded(text).strip())


def source_surname(source: str, language: str, words: Words) -> str:
    """The surname of a full name: its last word with the particles before it; empty where there is none to derive."""
    if language in _FAMILY_FIRST:
        return ""
    _given, space, last = source.partition(" ")
    if space and last.isalpha() and last[0].isupper() and last.lower() not in words.suffixes and _given.isalpha():
        return last
    names = (source if source.replace(" ", "").isalnum() else source.translate(_KANA_DOTS)).split()
    while len(names) > 1 and names[-1].lower().strip(",") in words.suffixes:
        names.pop()
        names[-1] = names[-1].rstrip(",")
    first = len(names) - 1
    while first > 1 and names[first - 1].lower() in words.particles:
        first -= 1
    if first < 1 or all(map(str.islower, names[-1][:2])):
        return ""
    return " ".join(names[first:])
