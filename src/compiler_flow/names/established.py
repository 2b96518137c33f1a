"""Names with an established form: given names, surnames and whole names of public life, particles (all data)."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

GROUPS = {
    "east": frozenset(["ru", "uk", "be", "kk", "ky", "uz", "tg", "tk", "az", "hy", "ka"]),
    "slav": frozenset(["ru", "uk", "be", "kk", "ky", "uz", "tg", "tk", "az", "hy", "ka", "bg", "sr", "cs", "pl"]),
}


@dataclass(frozen=True, slots=True)
class Established:
    """One line of a list. ``languages`` is empty where the form holds for any; ``gender`` is m, w, - or empty."""

    target: str
    languages: frozenset[str]
    gender: str = ""
    kind: str = "given"
    evidence: str = ""

    def fits(self, language: str) -> bool:
        """Whether the form holds for names of ``language``."""
        return not self.languages or language in self.languages


def key(name: str) -> str:
    """``name`` as lists are searched: NFC, no case, one kind of apostrophe."""
    return unicodedata.normalize("NFC", name).casefold().replace("’", "'").replace("ţ", "ț").replace("ş", "ș")


def bare(name: str) -> str:
    """``key`` without marks above and below letters, as papers in English print names (Orban, Djokovic)."""
    letters = unicodedata.normalize("NFD", key(name)).translate(_PLAIN)
    return unicodedata.normalize("NFC", "".join(char for char in letters if not unicodedata.combining(char)))


# й is a letter of its own, not an и with a mark: Cyrillic is left alone.
_PLAIN = {ord("ł"): "l", ord("đ"): "dj", ord("ı"): "i", ord("ø"): "o", ord("ə"): "a"}


def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of one of our lists, cell by cell."""
    text = files("compiler_flow.names").joinpath(name).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#"))


Lists = Mapping[str, tuple[Established, ...]]


def _languages(cell: str) -> frozenset[str]:
    if cell in {"*", "-"}:
        return frozenset()
    return frozenset().union(*(GROUPS.get(word, frozenset({word})) for word in cell.split()))


def _indexed(found: list[tuple[str, Established]]) -> Lists:
    """By the names and, for those not listed so themselves, by what is left of them without marks."""
    index: dict[str, list[Established]] = {}
    for name, one in found:
        index.setdefault(key(name), []).append(one)
    for name, one in found:
        if not _is_cyrillic(name) and bare(name) != key(name):
            index.setdefault(bare(name), []).append(one)
    # A form for few languages is nearer than one for many, and that than one for all.
    return {name: tuple(sorted(ones, key=lambda one: len(one.languages) or 99)) for name, ones in index.items()}


def _is_cyrillic(name: str) -> bool:
    return any("а" <= char <= "ӿ" for char in name.lower())


@functools.cache
def given_names() -> Lists:
    """Given names by ``key``."""
    found = []
    for names, languages, gender, target, evidence in rows("given.tsv"):
        one = Established(target, _languages(languages), gender, "given", evidence)
        found += [(name, one) for name in names.split("|")]
    return _indexed(found)


@functools.cache
def surnames() -> Lists:
    """Surnames and whole names by ``key``; ``kind`` tells which."""
    found = []
    for names, languages, kind, target, evidence in rows("established.tsv"):
        one = Established(target, _languages(languages), "", kind, evidence)
        found += [(name, one) for name in names.split("|")]
    return _indexed(found)


@dataclass(frozen=True, slots=True)
class Particle:
    """A small word of a surname; ``apart`` where it is a part of its own."""

    target: str
    languages: frozenset[str]
    apart: bool


@functools.cache
def particles() -> Mapping[str, Particle]:
    """Particles by ``key``."""
    return {
        name: Particle(target, _languages(languages), place == "apart")
        for name, languages, target, place in rows("particles.tsv")
    }


@dataclass(frozen=True, slots=True)
class HanLanguage:
    """A language whose names are written in characters, with its surnames in Latin letters.

    ``sure`` are those that point to the language wherever a text is about.
    """

    language: str
    countries: frozenset[str]
    name: str
    surnames: frozenset[str]
    sure: frozenset[str]


@functools.cache
def han_languages() -> tuple[HanLanguage, ...]:
    """Korean, Japanese, Chinese and Vietnamese."""
    return tuple(
        HanLanguage(
            line[0], frozenset(line[1].split()), line[2], *(frozenset(cell.split()) - {"."} for cell in line[3:5])
        )
        for line in rows("han_names.tsv")
    )


def look_up(lists: Lists, name: str, language: str) -> tuple[Established, ...]:
    """The forms of ``name`` that hold for ``language``."""
    return tuple(one for one in lists.get(key(name), ()) if one.fits(language))
