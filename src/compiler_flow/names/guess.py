"""Which language is this name? From what a person says, else from letters, endings, lists, and its article."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from compiler_flow import countries
from compiler_flow.i18n import gettext as _
from compiler_flow.names.established import given_names, han_languages, key, rows, surnames
from compiler_flow.names.heads import head, languages, tags
from compiler_flow.text import base_language, lazy_pattern

# How much each kind of evidence weighs. Letters are nearly proof; an article's country says more than its language,
# because an English paper writes about everybody.
_LETTER, _ENDING, _GIVEN, _SURNAME, _COUNTRY, _LANGUAGE, _ALIEN = 3.0, 2.0, 2.2, 3.0, 2.0, 1.0, 2.5
_ENGLISH = 0.4
# Words of a state's name, as of Bosnia and Herzegovina.
_LONGEST_STATE = 3
# A given name of more languages than these says little; an ending inside a name less than one at its end.
_FEW, _COMMON, _INSIDE = 8, 1.2, 1.0
_CYRILLIC = frozenset(["ru", "uk", "be", "bg", "sr", "kk", "ky", "uz", "tg", "az", "tk"])
_SCRIPTS = (("Ѐ", "ӿ", _CYRILLIC), ("Ⴀ", "ჿ", frozenset({"ka"})), ("Ա", "֏", frozenset({"hy"})))
_VIETNAMESE = lazy_pattern("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")


@dataclass(frozen=True, slots=True)
class Guess:
    """A language a name may be of, how strong the evidence is, and what it is, in the user's language."""

    language: str
    weight: float
    why: str


def by_hand(tag: str) -> str:
    """The language whose table writes names of ``tag`` (BCP 47); empty where none does."""
    return tags().get(base_language(tag), "")


def is_known(tag: str) -> bool:
    """Whether names of the language ``tag`` have a table, or Han characters."""
    return bool(by_hand(tag)) or base_language(tag) in {one.language for one in han_languages()}


def known_tags() -> tuple[str, ...]:
    """Every language tag that ``is_known``, sorted."""
    return tuple(sorted({*tags(), *(one.language for one in han_languages())}))


def han_language(name: str, tag: str = "", country: str = "") -> str:
    """The name of the language whose characters ``name`` is to be looked up in; empty for all others."""
    words = name.casefold().replace("'", "").split()
    for one in han_languages():
        if tag and base_language(tag) == one.language:
            return one.name
        if country and country.upper() in one.countries and _fits(words, one.surnames):
            return one.name
        if words and words[0] in one.sure and _looks_east_asian(name, words):
            return one.name
        if one.language == "vi" and _VIETNAMESE.search(name.casefold()) and set(words) & one.surnames:
            return one.name
    if re.search("[\u3040-\u30ff]", name):
        return han_languages()[1].name
    if re.search("[\uac00-\ud7a3]", name):
        return han_languages()[0].name
    return ""


def _looks_east_asian(name: str, words: list[str]) -> bool:
    """Kim Jong-un, Yoon Suk Yeol, Xi Jinping: short parts behind a surname, none of them a given name of the West."""
    if any(key(word) in given_names() for word in name.split()[1:]):
        return False
    if len(words) == 2:
        return "-" in words[1] or words[0] in han_languages()[2].sure
    return len(words) == 3 and all(len(word) <= 6 for word in words)


def has_characters(name: str, *, country: str = "") -> bool:
    """Whether ``name`` is of a language whose names are written in Han characters, as its article's country tells."""
    return bool(han_language(name, country=country))


def _fits(words: list[str], known: frozenset[str]) -> bool:
    """Of a country of the Han sphere: a name with one of its surnames, or where none are listed (Japan) any two or
    three words that are neither an institution nor begin like Ben Wallace."""
    if known:
        return bool(known & set(words))
    listed = any(key(word) in given_names() or word in _institutions() for word in words)
    return 2 <= len(words) <= 3 and not listed


def guesses(name: str, *, country: str = "", language: str = "") -> tuple[Guess, ...]:
    """The languages ``name`` may be of, the likeliest first; never empty.

    ``country`` (ISO 3166-1) and ``language`` (BCP 47) are the article's.
    """
    weights: dict[str, float] = dict.fromkeys(_possible(name), 0.0)
    why: dict[str, list[str]] = {one: [] for one in weights}

    def add(found: Iterable[str], weight: float, reason: str) -> None:
        for one in found:
            if one in weights:
                weights[one] += weight
                why[one].append(reason)

    lower = name.casefold()
    for char in dict.fromkeys(lower):
        having = _by_letter().get(char)
        if having:
            add(having, _LETTER / len(having) ** 0.5, _("the letter {letter}").format(letter=char))
    words = [word for word in re.split(r"[\s.-]+", lower) if word]
    for word in words:
        for ending, one in _endings():
            if word.endswith(ending) and len(word) > len(ending):
                weight = _ENDING + len(ending) / 10 if word == words[-1] else _INSIDE
                add((one,), weight, _("the ending -{ending}").format(ending=ending))
    for word in words:
        for spoken, weight in _of_given(word):
            add(spoken, weight, _("the given name {name}").format(name=word))
    for listed in surnames().get(words[-1], ()) if words else ():
        add(listed.languages, _SURNAME, _("a known surname"))
    if country:
        add(_of_country(country), _COUNTRY, _("the article is about {country}").format(country=country.upper()))
    tag = by_hand(language)
    if tag:
        said = _("the article is in {language}").format(language=tag)
        add((tag,), _ENGLISH if tag == "en" else _LANGUAGE, said)
    for one, alien in _alien().items():
        if one in weights and alien & set(lower):
            weights[one] -= _ALIEN
    usual = "en" if "en" in weights else "ru" if "ru" in weights else next(iter(weights))
    ranked = sorted(weights, key=lambda one: (-round(weights[one], 3), one != usual, one != "ru", one))
    best = [one for one in ranked if weights[one] >= max(weights[ranked[0]] - 1.5, 0.3)]
    best = best or [usual if weights[usual] >= 0 else ranked[0]]
    return tuple(Guess(one, weights[one], _(", ").join(dict.fromkeys(why[one]))) for one in best[:3])


def _possible(name: str) -> tuple[str, ...]:
    for first, last, spoken in _SCRIPTS:
        if any(first <= char <= last for char in name):
            return tuple(one for one in languages() if one in spoken)
    return languages()


@functools.cache
def _by_letter() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in languages():
        for letter in head(one).letters:
            found[letter] = (*found.get(letter, ()), one)
    return found


@functools.cache
def _endings() -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], None] = {}
    for one in languages():
        # Kazakh and Georgian names end in -ov as well: what tells them from Russian ones is the rest.
        base = head(one).base
        for ending in (*head(one).ends, *(head(base).ends if base else ())):
            found[ending, one] = None
    return tuple(found)


@functools.cache
def _alien() -> Mapping[str, frozenset[str]]:
    return {one: head(one).alien for one in languages() if head(one).alien}


def _of_given(word: str) -> tuple[tuple[frozenset[str], float], ...]:
    """The languages of a listed given name with its weight: the fewer they are, the more it says."""
    listed = [one.languages for one in given_names().get(key(word), ())]
    if not all(listed):
        return ()
    several = len(listed) > 1
    found: list[tuple[frozenset[str], float]] = []
    for one in listed:
        weight = _COMMON if len(one) > _FEW else _GIVEN - 0.5 * several + 1.0 * (len(one) == 1)
        # A Kazakh name is listed as Russian too, for papers in Russian; it is no less Kazakh for that.
        found += [(one - {"ru"}, weight), (one & {"ru"}, weight if len(one) > _FEW else weight - 0.3)]
    return tuple(found)


@functools.cache
def _of_country(code: str) -> tuple[str, ...]:
    wanted = code.upper()
    return tuple(one for one in languages() if wanted in head(one).countries)


def person_in(name: str) -> str:
    """``name`` without the offices and nationalities before it.

    President Ilham Aliyev, Armenian Prime Minister …, President of Latvia ….
    """
    words = name.split(" ")
    place = 0
    while place < len(words) - 1 and words[place].casefold() in _titles():
        place += 1
        place += _of_state(words[place:-1])
    return " ".join(words[place:])


def _of_state(words: Sequence[str]) -> int:
    """How many of ``words`` say of which state an office is."""
    if not words or words[0] not in ("of", "for"):
        return 0
    first = 2 if words[1:2] == ["the"] else 1
    for last in range(min(len(words), first + _LONGEST_STATE), first, -1):
        name = " ".join(words[first:last])
        # Codes of two letters begin other names (St Petersburg).
        if len(name) > len("XX") and countries.code_of(name):
            return last
    return 0


def is_personal(name: str) -> bool:
    """Whether an unknown name of a text is likely a person's: a listed given name, a telling letter or ending.

    A single word needs an ending or a letter of its own; institutions and places mostly have neither.
    """
    words = [word for word in re.split(r"\s+", name.strip()) if word]
    if (
        not words
        or len(words) > 5
        or words[0].casefold() in _titles()
        or any(word.isupper() and len(word) > 1 and "." not in word for word in words)
    ):
        return False
    if any(word.casefold() in _institutions() for word in words):
        return False
    lower = words[-1].casefold()
    told = any(lower.endswith(ending) and len(lower) > len(ending) + 1 for ending, _one in _endings())
    if len(words) == 1:
        return told
    listed = any(key(word) in given_names() for word in words)
    known = any(key(word) in surnames() for word in words)
    return listed or told or known


@functools.cache
def _titles() -> frozenset[str]:
    return frozenset(word for line in rows("titles.txt") for word in line[0].split())


@functools.cache
def _institutions() -> frozenset[str]:
    return frozenset(word for line in rows("institutions.txt") for word in line[0].split())
