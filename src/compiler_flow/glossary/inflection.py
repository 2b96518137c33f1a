"""Inflected forms: which words of a text are a glossary's word in another case.

Languages with a table in ``inflection.toml`` go by it: a form counts only when the paradigm of the entry's ending
has it, because stems alone confuse Мали with малые and Грузия with груз. Other languages that Snowball knows and that
inflect names go by equal stems and nearly equal length. English and the rest have no inflector.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Protocol

from compiler_flow.glossary.folding import LOOSE

# Languages whose names change and for which we have no table.
_SNOWBALL = {
    "cs": "czech",
    "da": "danish",
    "el": "greek",
    "nb": "norwegian",
    "no": "norwegian",
    "sv": "swedish",
}
_SAME_TABLE = {"hr": "sr", "bs": "sr", "cnr": "sr", "mo": "ro"}
# Stems shorter than this fit too many words.
_SHORTEST = 2
_SNOWBALL_SHORTEST = 5


class Inflector(Protocol):
    """What the matcher asks of a language.

    Words of a text are in lower case, words of an entry in their own; ё stands as е, diacritics are kept.
    """

    expand: bool
    """Whether ``keys`` are whole words, to be searched for as they are."""

    def key(self, word: str) -> str:
        """The coarse key under which a word of a text is looked up."""

    def keys(self, entry: str, *, lead: bool) -> frozenset[str]:
        """The keys of all forms of a word of an entry; ``lead`` says that it is not the entry's last."""

    def has_forms(self, entry: str) -> bool:
        """Whether the word of an entry can have another form than its own at all."""

    def same(self, entry: str, word: str, *, lead: bool, loose: bool = False) -> bool:
        """Whether ``word`` is a form of the entry's word; ``loose`` does not ask for diacritics."""


class Paradigms:
    """An inflector by a table of endings."""

    def __init__(self, table: Mapping[str, object]) -> None:
        self._consonants = frozenset(str(table.get("consonants", "")))
        self.expand = bool(table.get("expand"))
        self._plain = tuple(str(table.get("plain", "")).split())
        self._rules = _rules(table.get("rules"))
        self._lead = _rules(table.get("lead")) or self._rules
        ends = {end for rules in (self._rules, self._lead) for pair in rules.items() for end in (pair[0], *pair[1])}
        # Keys are compared without diacritics, so that names typed without them are found under the same key.
        self._ends = frozenset(end.translate(LOOSE) for end in (*ends, *self._plain) if end not in "*+0")
        self._longest = max(map(len, self._ends), default=0)
        # Only words that turned up in a text are asked for.
        self.forms = functools.lru_cache(maxsize=20_000)(self._all)
        self.loose_forms = functools.lru_cache(maxsize=20_000)(self._all_loose)

    def _forms(self, entry: str, lead: bool) -> frozenset[str]:
        """All forms of ``entry``, itself among them."""
        rules = self._lead if lead else self._rules
        for length in range(min(self._longest, len(entry) - _SHORTEST), 0, -1):
            if entry[-length:] in rules:
                stem, ends = entry[:-length], rules[entry[-length:]]
                return frozenset([entry, *(stem + end.replace("0", "") for end in ends)])
        ends = rules.get("+" if entry[-1:] in self._consonants else "*", ())
        return frozenset([entry, *(entry + end for end in ends)]) if len(entry) > _SHORTEST else frozenset([entry])

    def _plural(self, entry: str) -> frozenset[str]:
        """Plurals of a word in lower case, and in languages that write them so, of abbreviations (MPs, F-35s)."""
        if not entry.islower() and not (self.expand and _is_code(entry)):
            return frozenset()
        if entry.islower() and (len(entry) <= _SHORTEST + 1 or (self.expand and entry[-1] not in self._consonants)):
            return frozenset()
        entry = entry.lower()
        base = entry if entry[-1] in self._consonants or self.expand else entry[:-1]
        return frozenset(base + end for end in self._plain)

    def _all(self, entry: str, lead: bool) -> frozenset[str]:
        return self._forms(entry.lower(), lead) | self._plural(entry)

    def _all_loose(self, entry: str, lead: bool) -> frozenset[str]:
        return frozenset(form.translate(LOOSE) for form in self.forms(entry, lead))

    def key(self, word: str) -> str:
        """``word`` without its longest known ending; whole words where all forms are searched for."""
        loose = word.translate(LOOSE)
        if not self.expand:
            for length in range(min(self._longest, len(loose) - _SHORTEST), 0, -1):
                if loose[-length:] in self._ends:
                    return loose[:-length]
        return loose

    def keys(self, entry: str, *, lead: bool) -> frozenset[str]:
        """The keys of all forms that the table gives."""
        if lead and self.expand:
            return frozenset([entry.translate(LOOSE)])
        return frozenset(map(self.key, self._all(entry, lead)))

    def has_forms(self, entry: str) -> bool:
        """Where only plurals are formed: words in lower case and codes."""
        return not self.expand or entry.islower() or _is_code(entry)

    def same(self, entry: str, word: str, *, lead: bool, loose: bool = False) -> bool:
        """Whether the table gives ``word`` for the entry."""
        if loose:
            return word.translate(LOOSE) in self.loose_forms(entry, lead)
        return word in self.forms(entry, lead)


class Stems:
    """An inflector by Snowball stems, with a guard against stems that have nothing to do with each other."""

    expand = False

    def __init__(self, algorithm: str) -> None:
        import snowballstemmer

        self._stem = functools.lru_cache(maxsize=200_000)(snowballstemmer.stemmer(algorithm).stemWord)

    def key(self, word: str) -> str:
        """The Snowball stem."""
        return str(self._stem(word)).translate(LOOSE)

    def keys(self, entry: str, *, lead: bool) -> frozenset[str]:  # noqa: ARG002 - stems know no places
        """The one stem."""
        return frozenset([self.key(entry.lower())])

    def has_forms(self, entry: str) -> bool:
        """Long words have."""
        return len(entry) >= _SNOWBALL_SHORTEST

    def same(self, entry: str, word: str, *, lead: bool, loose: bool = False) -> bool:  # noqa: ARG002
        """Whether the stems are equal, the beginnings too, and the lengths near."""
        entry = entry.lower()
        if loose:
            entry, word = entry.translate(LOOSE), word.translate(LOOSE)
        if entry == word:
            return True
        start = min(len(entry), len(word)) - 2
        near = len(word) - len(entry) in range(-2, 4) and entry[:start] == word[:start]
        return near and len(entry) >= _SNOWBALL_SHORTEST and self.key(entry) == self.key(word)


def _is_code(entry: str) -> bool:
    """MP, and the 35 of F-35: what takes a small s."""
    return len(entry) > 1 and (entry.isupper() or entry.isdigit())


def _rules(table: object) -> dict[str, tuple[str, ...]]:
    return {str(end): tuple(str(ends).split()) for end, ends in table.items()} if isinstance(table, dict) else {}


@functools.cache
def _tables() -> Mapping[str, Mapping[str, object]]:
    place = files("compiler_flow.glossary") / "inflection.toml"
    return tomllib.loads(place.read_text(encoding="utf-8"))


@functools.cache
def inflector(language: str) -> Inflector | None:
    """The inflector of a language (primary subtag); ``None`` where words keep their form or no rule is known."""
    name = _SAME_TABLE.get(language, language)
    if name in _tables():
        return Paradigms(_tables()[name])
    return Stems(_SNOWBALL[name]) if name in _SNOWBALL else None
