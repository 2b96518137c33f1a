"""What a language's data file says, compiled for ``cuts``.

A file in ``data/`` has sections of entries, with commas or line ends between entries; ``#`` starts a comment:

``[never]``           abbreviations that never end a sentence (titles, ranks, ``ul.``)
``[before-number]``   abbreviations that do not end one before a number (``No.``, ``Jan.``)
``[before-starter]``  abbreviations that end one only before a word of ``[starters]`` (``U.S.``, ``Inc.``)
``[ends]``            abbreviations that mostly end one when a capital follows (``etc.``), but not after an opening of
                      three words or fewer (``В 2024 г. Россия …``) and not before a word of ``[continues]``
``[ends-after-number]``  the same after a number, else as ``[never]`` (``в 2024 г.``, but ``г. Алматы``)
``[starters]``        capitalised words that start sentences and are no names
``[continues]``       words that go on after ``[ends]`` or after an ordinal number (``17. Saeima``, ``5 p.m. Friday``)
``[speech]``          verbs after a quotation that ends with ``!`` or ``?`` (``“Why?” Smith asked.``)

Case counts, except that an entry in small letters is also found with a capital at the start of a sentence. A space in
an entry stands for any space, or none.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import Enum
from importlib.resources import files

from compiler_flow.text import base_language, lazy_pattern

_LOWER = "a-zß-öø-ÿ\u0430-\u045f\u0561-\u0587ґәғқңөұүһіёєіїўӯ" + "".join(
    char for char in map(chr, range(0x100, 0x250)) if char.islower()
)
_UPPER = "A-ZÀ-ÖØ-Þ\u0400-\u042fԱ-ՖҐӘҒҚҢӨҰҮҺІ" + "".join(
    char for char in map(chr, range(0x100, 0x250)) if char.isupper()
)
_HANGUL = "\uac00-\ud7a3"
_CLOSING = "\"'”’“‘»›)\\]}*_`」』）》】〕"
_OPENING = "\"'“‘„‚«‹»›(\\[{*_`¿¡「『（《【〔"
_ENDING = ".!?…‼⁇⁈⁉"
# What may stand between an ender and the white space: more enders, closing marks, footnote numbers.
# Bounded, so that a row of a hundred thousand dots is not looked through from each of them.
_TAIL = rf"[{_ENDING}{_CLOSING}]{{0,30}}(?:[\u00a0\u202f]»)?(?:\\?\[\d{{1,3}}\\?\]){{0,5}}"
_GOES_ON = rf"(?!(?:[—–-]\s*)?[{_OPENING}]*[{_LOWER}])"
_GAP = rf"\s+(?=\S){_GOES_ON}"
_WIDE = "。！？｡"
_OTHER = "؟۔।॥።"
# Of longer words only the end is looked at.
_LONG_WORD = 5


class Rule(Enum):
    """What an abbreviation says about the full stop behind it."""

    NEVER = "never"
    BEFORE_NUMBER = "before-number"
    BEFORE_STARTER = "before-starter"
    ENDS = "ends"
    ENDS_AFTER_NUMBER = "ends-after-number"


@dataclass(frozen=True, slots=True)
class Language:
    """A language's rules. ``patterns`` are (mark, pattern): a match whose ``lastindex`` is None is a clear cut,
    else that group holds what stands between the mark and the white space."""

    name: str
    known: bool
    abbreviations: dict[str, Rule]
    phrases: dict[str, tuple[tuple[str, Rule], ...]]
    starters: frozenset[str]
    continues: frozenset[str]
    speech: re.Pattern[str] | None
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


@functools.lru_cache(maxsize=64)
def language_for(tag: str) -> Language:
    """The rules for a BCP 47 tag; general ones where there are no data for the language."""
    return _load(base_language(tag)) if tag else _load("")


@functools.cache
def _load(name: str) -> Language:
    sections = _sections(name)
    abbreviations: dict[str, Rule] = {}
    phrases: dict[str, list[tuple[str, Rule]]] = {}
    for rule in Rule:
        for entry in sections.get(rule.value, ()):
            # "т. д." is found as written and as "т.д."
            abbreviations[entry.replace(" ", "")] = rule
            last = entry.rpartition(" ")[2]
            if last != entry:
                phrases.setdefault(last, []).append((entry, rule))
    verbs = "|".join(map(re.escape, sections.get("speech", ())))
    return Language(
        name=name or "en",
        known=bool(sections),
        abbreviations=abbreviations,
        phrases={last: tuple(found) for last, found in phrases.items()},
        starters=frozenset(sections.get("starters", ())),
        continues=frozenset(sections.get("continues", ())),
        speech=lazy_pattern(rf"(?:[^\W\d_][\w.'’-]*\s+){{0,5}}?(?:{verbs})\b") if verbs else None,
        patterns=tuple(_patterns(name, abbreviations)),
    )


def _sections(name: str) -> dict[str, list[str]]:
    source = files("compiler_flow.segment") / "data" / f"{name}.txt"
    if not re.fullmatch("[a-z]{2,3}", name) or not source.is_file():
        return {}
    sections: dict[str, list[str]] = {}
    entries: list[str] = []
    for raw in source.read_text(encoding="utf-8").splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("["):
            entries = sections.setdefault(line.strip("[]"), [])
        else:
            entries.extend(entry for entry in map(str.strip, line.split(",")) if entry)
    return sections


def _patterns(name: str, abbreviations: dict[str, Rule]) -> list[tuple[str, re.Pattern[str]]]:
    """One pattern for each ender, beginning with it: a fixed first letter is found fastest."""
    found = []
    if name == "hy":
        # The Armenian full stop is ։, often typed as a colon; a dot is a comma's elder brother and ends nothing.
        found.append((".", lazy_pattern(rf"\.(\.+{_TAIL}){_GAP}")))
        found.append((":", lazy_pattern(rf":({_TAIL})\s+(?=[{_OPENING}]*[Ա-Ֆ])")))
    elif name == "ko":
        glued = rf"(?<=[다요죠]\.)(?=[{_HANGUL}])"
        clear = rf"(?<=[{_HANGUL}]{{2}}\.) (?=[{_HANGUL}])"
        found.append((".", lazy_pattern(rf"\.(?:{clear}|{glued}|({_TAIL}){_GAP})")))
    else:
        # The usual case first, with nothing to look for behind the dot.
        usual = rf" (?=[{_UPPER}])(?:{_clear_words(abbreviations)}|())"
        found.append((".", lazy_pattern(rf"\.(?![{_LOWER}\d])(?:{usual}|({_TAIL}){_GAP})")))
    found += [(mark, lazy_pattern(rf"{re.escape(mark)}({_TAIL}){_GAP}")) for mark in f"!?…։{_OTHER}"]
    found += [(mark, lazy_pattern(rf"{mark}([{_WIDE}…{_CLOSING}]{{0,30}})\s*(?=[^\s{_WIDE}])")) for mark in _WIDE]
    return found


def _clear_words(abbreviations: dict[str, Rule]) -> str:
    """Looks back over a space and a full stop on a small word that the data do not know as an abbreviation."""
    known: dict[int, list[str]] = {}
    for entry in abbreviations:
        if entry[:-1].islower() and "." not in entry[:-1]:
            known.setdefault(len(entry) - 1, []).append(re.escape(entry))
    # Looking back wants one width at a time; of long words only the end is looked at.
    long = "".join(
        f"(?<!{'|'.join(f'{word} ' for word in words)})" for width, words in known.items() if width >= _LONG_WORD
    )
    ways = [rf"(?<=[{_LOWER}]{{{_LONG_WORD}}}\. ){long}"]
    for width in range(_LONG_WORD - 1, 1, -1):
        words = "|".join(f"{word} " for word in known.get(width, ()))
        ways.append(rf"(?<=\s[{_LOWER}]{{{width}}}\. )" + (f"(?<!{words})" if words else ""))
    return "|".join(ways)
