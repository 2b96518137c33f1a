"""What a language's data file says, compiled for ``cuts``.

A file in ``data/`` has sections of entries, with commas or line ends between entries; ``#`` starts a comment:

``[never]``           abbreviations that never end a sentence (titles, ranks, ``ul.``)
``[before-number]``   abbreviations that do not end one before a number (``No.``, ``Jan.``); one that stands in a later
                      section as well is treated as that says before anything else
``[before-starter]``  abbreviations that end one only before a word of ``[starters]`` (``U.S.``, ``Inc.``)
``[ends]``            abbreviations that mostly end one when a capital follows (``etc.``), but not after an opening of
                      three words or fewer (``В 2024 г. Россия …``) and not before a word of ``[continues]``
``[ends-after-number]``  the same after a number, else as ``[never]`` (``в 2024 г.``, but ``г. Алматы``)
``[starters]``        capitalised words that start sentences and are no names
``[openings]``        words that open a clause about time or number before such an abbreviation (``В 2024 г. Россия``);
                      without the section any opening counts
``[continues]``       words that go on after ``[ends]`` or after an ordinal number (``17. Saeima``, ``5 p.m. Friday``)
``[settings]``        ``ordinal-dot``: a number with a dot is an ordinal (``17. oktobris``); ``capital-nouns``: ordinals
                      stand before capitals (``19. Jahrhundert``), so a sentence ends there only before a starter;
                      ``year-first``: dates are written ``2024 ж. 1 қаңтар``, so no number begins a sentence there
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

LOWER = "a-zß-öø-ÿ\u0430-\u045f\u0561-\u0587ґәғқңөұүһіёєіїўӯ" + "".join(
    char for char in map(chr, range(0x100, 0x250)) if char.islower()
)
UPPER = "A-ZÀ-ÖØ-Þ\u0400-\u042fԱ-ՖҐӘҒҚҢӨҰҮҺІ" + "".join(
    char for char in map(chr, range(0x100, 0x250)) if char.isupper()
)
HANGUL = "\uac00-\ud7a3"
CLOSING = "\"'”’“‘»›)\\]}*_`」』）》】〕"
OPENING = "\"'“‘„‚«‹»›(\\[{*_`¿¡「『（《【〔"
ENDING = ".!?…‼⁇⁈⁉"
# What may stand between an ender and the white space: more enders, closing marks, footnote numbers.
# Bounded, so that a row of a hundred thousand dots is not looked through from each of them.
TAIL = rf"[{ENDING}{CLOSING}]{{0,30}}(?:[ \u00a0\u202f]»(?![^\s,.;:)]))?(?:\\?\[\d{{1,3}}\\?\]){{0,5}}"
# A French » stands behind a space.
GOES_ON = rf"(?!»[\s,.;:)])(?!(?:[—–-]\s*)?[{OPENING}]*[{LOWER}])"
_GAP = rf"\s+(?=\S){GOES_ON}"
WIDE = "。！？｡"
QUOTES = "\"'”’“‘»›」』"
# Who speaks, right behind a quotation that ends in a full stop.
WIDE_SPEECH = r"[^。！？，]{0,12}(?:说|說|表示|道|问|問|称|指出|强调)|と|って"
OTHER = "؟۔।॥።"
# Armenian and Korean full stops have patterns of their own.
_OWN_STOPS = frozenset({"hy", "ko"})
# Of longer words only the end is looked at.
_LONG_WORD = 5


class Rule(Enum):
    """What an abbreviation says about the full stop behind it."""

    NEVER = "never"
    BEFORE_NUMBER = "before-number"
    BEFORE_STARTER = "before-starter"
    ENDS = "ends"
    ENDS_AFTER_NUMBER = "ends-after-number"


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A language's rules, one object a language.

    ``numbered`` are the abbreviations that a number may follow, whatever else they may be.
    ``patterns`` are (mark, pattern): a match whose ``lastindex`` is None is a clear cut, else that group holds what
    stands between the mark and the white space. ``usual_patterns`` are those of the marks ``.!?:…``. ``stop`` is the
    pattern for full stops where it is the usual one: two groups, both None for a clear cut behind ``. ``.
    """

    name: str
    known: bool
    abbreviations: dict[str, Rule]
    numbered: frozenset[str]
    phrases: dict[str, tuple[tuple[str, Rule], ...]]
    starters: frozenset[str]
    continues: frozenset[str]
    openings: frozenset[str]
    settings: frozenset[str]
    speech: re.Pattern[str] | None
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    usual_patterns: tuple[tuple[str, re.Pattern[str]], ...]
    stop: re.Pattern[str] | None


@functools.lru_cache(maxsize=64)
def language_for(tag: str) -> Language:
    """The rules for a BCP 47 tag; general ones where there are no data for the language."""
    return _load(base_language(tag)) if tag else _load("")


@functools.cache
def _load(name: str) -> Language:
    found = sections(name)
    abbreviations: dict[str, Rule] = {}
    phrases: dict[str, list[tuple[str, Rule]]] = {}
    for rule in Rule:
        for entry in found.get(rule.value, ()):
            # "т. д." is found as written and as "т.д."
            abbreviations[entry.replace(" ", "")] = rule
            last = entry.rpartition(" ")[2]
            if last != entry:
                phrases.setdefault(last, []).append((entry, rule))
    patterns = tuple(_patterns(name, abbreviations))
    verbs = "|".join(map(re.escape, found.get("speech", ())))
    return Language(
        name=name or "en",
        known=bool(found),
        abbreviations=abbreviations,
        numbered=frozenset(found.get("before-number", ())),
        phrases={last: tuple(entries) for last, entries in phrases.items()},
        starters=frozenset(found.get("starters", ())),
        continues=frozenset(found.get("continues", ())),
        openings=frozenset(word.casefold() for word in found.get("openings", ())),
        settings=frozenset(found.get("settings", ())),
        speech=lazy_pattern(rf"(?:[^\W\d_][\w.'’-]*\s+){{0,5}}?(?:{verbs})\b") if verbs else None,
        patterns=patterns,
        usual_patterns=tuple((mark, pattern) for mark, pattern in patterns if mark in ".!?:…"),
        stop=patterns[0][1] if name not in _OWN_STOPS else None,
    )


def known_languages() -> list[str]:
    """The languages that we have data for."""
    folder = files("compiler_flow.segment") / "data"
    return sorted(file.name.removesuffix(".txt") for file in folder.iterdir() if file.name.endswith(".txt"))


def sections(name: str) -> dict[str, list[str]]:
    """The entries of a language's file by section, as they stand there; nothing for an unknown language."""
    source = files("compiler_flow.segment") / "data" / f"{name}.txt"
    if not re.fullmatch("[a-z]{2,3}", name) or not source.is_file():
        return {}
    found: dict[str, list[str]] = {}
    entries: list[str] = []
    for raw in source.read_text(encoding="utf-8").splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("["):
            entries = found.setdefault(line.strip("[]"), [])
        else:
            entries.extend(entry for entry in map(str.strip, line.split(",")) if entry)
    return found


def _patterns(name: str, abbreviations: dict[str, Rule]) -> list[tuple[str, re.Pattern[str]]]:
    """One pattern for each ender, beginning with it: a fixed first letter is found fastest."""
    found = []
    if name == "hy":
        # The Armenian full stop is ։, often typed as a colon; a dot is a comma's elder brother and ends nothing.
        found.append((".", lazy_pattern(rf"\.(\.+{TAIL}){_GAP}")))
        found.append((":", lazy_pattern(rf":({TAIL})\s+(?=[{OPENING}]*[Ա-Ֆ])")))
    elif name == "ko":
        glued = rf"(?<=[다요죠]\.)(?=[{HANGUL}])"
        clear = rf"(?<=[{HANGUL}]{{2}}\.) (?=[{HANGUL}])"
        found.append((".", lazy_pattern(rf"\.(?:{clear}|{glued}|({TAIL}){_GAP})")))
    else:
        # The usual case first, with nothing to look for behind the dot.
        usual = rf" (?=[{UPPER}])(?:{_clear_words(abbreviations)}|())"
        found.append((".", lazy_pattern(rf"\.(?:{usual}|(?=[\s{ENDING}{CLOSING}\[\\])({TAIL}){_GAP})")))
    found += [(mark, lazy_pattern(rf"{re.escape(mark)}({TAIL}){_GAP}")) for mark in f"!?…։{OTHER}"]
    found += [(mark, lazy_pattern(rf"{mark}([{WIDE}…{CLOSING}]{{0,30}})\s*(?=[^\s{WIDE}])")) for mark in WIDE]
    return found


def _clear_words(abbreviations: dict[str, Rule]) -> str:
    """Looks back over a space and a full stop on a small word that the data do not know as an abbreviation."""
    known: dict[int, set[str]] = {}
    for entry in abbreviations:
        word = entry[:-1]
        if word.islower() and "." not in word:
            # Looking back wants one width; of long words only the end is looked at.
            known.setdefault(min(len(word), _LONG_WORD), set()).add(re.escape(word[-_LONG_WORD:]))
    ways = []
    for width in range(_LONG_WORD, 1, -1):
        words = "|".join(rf"{word}\. " for word in sorted(known.get(width, ())))
        # After another dot a short one may be an abbreviation as well: Gen. dyw. Kowal
        before = "" if width == _LONG_WORD else r"[^.]\s"
        ways.append(rf"(?<={before}[{LOWER}]{{{width}}}\. )" + (f"(?<!{words})" if words else ""))
    # Nor is a year the ordinal of anything that has a capital.
    ways.insert(1, r"(?<=\s[12]\d{3}\. )")
    return "|".join(ways)
