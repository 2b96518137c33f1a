"""A full name as its parts: given names, surname, particles, initials, patronymic, and what no name is made of."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from compiler_flow.i18n import gettext as _
from compiler_flow.names.established import given_names, key, look_up, particles
from compiler_flow.text import lazy_pattern

LONGEST = 120
_LONGEST_WORD = 40
_INITIALS = lazy_pattern(r"(?:[^\W\d_]\.){1,4}\Z")
_DASHES = "‐‑–—−"
_JUNIOR = frozenset({"jr", "jr.", "junior", "мл."})
_SENIOR = frozenset({"sr", "sr.", "senior", "ст."})
_PATRONYMIC = lazy_pattern(
    r"(?:[ое]вич|[ое]вна|ьич|инична|[oe]vich|[oey]vych|[oe]vna|[ij]ivna|і[вї]на|івна)\Z", re.IGNORECASE
)
# What nearly every name looks like: asked first, because the questions take longer than all else.
_PLAIN = lazy_pattern(r"(?:[A-Za-zÀ-ž]{2,40}(?:[ .'-]+|$)){1,5}\Z|(?:[А-Яа-яЁёІіЇїЄє]{2,40}(?:[ .'-]+|$)){1,5}\Z")
_BIDI = lazy_pattern("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


class Kind(StrEnum):
    """What a part is."""

    GIVEN = "given"
    SURNAME = "surname"
    PATRONYMIC = "patronymic"
    INITIALS = "initials"


@dataclass(frozen=True, slots=True)
class NamePart:
    """A part that is rendered on its own. ``before`` are particles written together with it (冯德), ``apart`` is a
    part that is rendered already (本)."""

    text: str
    kind: Kind
    before: str = ""
    apart: str = ""


@dataclass(frozen=True, slots=True)
class FullName:
    """The parts of a name in the order they are written in Chinese; ``prefix`` is 小 or 老 for Jr. and Sr."""

    parts: tuple[NamePart, ...]
    prefix: str = ""


def fault(name: str) -> str:
    """What keeps ``name`` (as ``cleaned`` gives it) from being a name, in the user's language; empty if nothing."""
    if _PLAIN.match(name):
        return ""
    letters = [char for char in name if char.isalpha()]
    if not letters:
        return _("There are no letters in it.")
    if len(letters) == 1:
        return _("One letter is no name.")
    odd = next((char for char in name if not (char.isalpha() or unicodedata.combining(char) or char in " .-'ʻʼ‘`")), "")
    if odd:
        shown = odd if odd.isprintable() else f"U+{ord(odd):04X}"
        return _("“{char}” does not belong in a name.").format(char=shown)
    if len(name) > LONGEST or any(len(word) > _LONGEST_WORD for word in name.split()):
        return _("This is too long for a name ({number} letters).").format(number=len(letters))
    for word in name.split():
        scripts = {_script(char) for char in word if char.isalpha()}
        if len(scripts) > 1:
            return _("“{word}” mixes {scripts} letters: one of them only looks like what was meant.").format(
                word=word, scripts=", ".join(sorted(scripts))
            )
        if not scripts <= {"LATIN", "CYRILLIC", "GEORGIAN", "ARMENIAN", ""}:
            return _("There is no table for {script} letters; give the name in Latin letters.").format(
                script=scripts.pop().capitalize()
            )
    return ""


def _script(char: str) -> str:
    if char in "ʻʼ":
        return "LATIN"
    return unicodedata.name(char, "UNKNOWN").partition(" ")[0]


def cleaned(name: str) -> str:
    """``name`` in NFC, single spaces, plain hyphens and apostrophes, initials close together (J. D. → J.D.)."""
    if _PLAIN.match(name) and unicodedata.is_normalized("NFC", name) and "  " not in name and not name.endswith(" "):
        return name
    text = unicodedata.normalize("NFC", _BIDI.sub("", name)).translate({ord(dash): "-" for dash in _DASHES})
    text = re.sub(r"\s+", " ", text.replace("’", "'").replace("`", "'")).strip(" ,;:")
    text = re.sub(r"(?<=[^\W\d_]\.) (?=[^\W\d_]\.)", "", text)
    return re.sub(r" ?- ?", "-", text)


def split(name: str, language: str, *, is_local: bool = False) -> FullName:
    """The parts of ``name`` (cleaned, without fault) for a name of ``language``, in the order of Chinese.

    Hungarian names come family name first, as the press writes them: those of an article in Hungarian (``is_local``)
    stand so already, elsewhere the given name tells. A patronymic at the end (Путин Владимир Владимирович) says that
    the family name stands first, and all are put in the usual order.
    """
    words = name.split(" ")
    prefix = ""
    if len(words) > 1 and words[-1].casefold().rstrip(",") in _JUNIOR | _SENIOR:
        prefix = "小" if words[-1].casefold() in _JUNIOR else "老"
        words = words[:-1]
        words[-1] = words[-1].rstrip(",")
    made = _with_particles(words, language)
    if not made:
        made = [NamePart(word, Kind.GIVEN) for word in words]
    return FullName(tuple(_in_order(_in_kinds(made, language), language, is_local=is_local)), prefix)


def _with_particles(words: list[str], language: str) -> list[NamePart]:
    """Particles joined to what follows; one at the very start or end of a name is a name itself, unless capital and
    more than one word follow in the way of Le Pen, Van der Bellen, Di Maio."""
    made: list[NamePart] = []
    before = ""
    for place, word in enumerate(words):
        known = particles().get(key(word))
        fits = known is not None and (not known.languages or language in known.languages)
        if known is not None and fits and known.apart and place:
            made.append(NamePart(word, Kind.GIVEN, apart=known.target))
        elif known is not None and fits and not known.apart and place < len(words) - 1 and (place or len(words) == 2):
            before += known.target
        else:
            made.append(NamePart(word, Kind.INITIALS if _INITIALS.match(word) else Kind.GIVEN, before))
            before = ""
    return made


def _in_kinds(made: list[NamePart], language: str) -> list[NamePart]:
    last = max((place for place, part in enumerate(made) if not part.apart), default=-1)
    if len(made) > 2 and _PATRONYMIC.search(made[-1].text):
        made = [made[1], made[2], made[0], *made[3:]] if len(made) == 3 else made
    kinds = []
    for place, part in enumerate(made):
        if part.kind is Kind.INITIALS or part.apart:
            kinds.append(part)
        elif place == last and not (len(made) == 1 and _only_given(part.text, language)):
            kinds.append(NamePart(part.text, Kind.SURNAME, part.before))
        elif 0 < place < last and _PATRONYMIC.search(part.text):
            kinds.append(NamePart(part.text, Kind.PATRONYMIC, part.before))
        else:
            kinds.append(part)
    return kinds


def _only_given(word: str, language: str) -> bool:
    return bool(look_up(given_names(), word, language))


def _in_order(parts: list[NamePart], language: str, *, is_local: bool) -> list[NamePart]:
    from compiler_flow.names.table import load

    if len(parts) != 2 or not load(language).surname_first:
        return parts
    first, second = parts
    if is_local or (_only_given(second.text, language) and not _only_given(first.text, language)):
        return [NamePart(first.text, Kind.SURNAME, first.before), NamePart(second.text, Kind.GIVEN, second.before)]
    # What stood last was taken for the surname, and is.
    return [second, first]
