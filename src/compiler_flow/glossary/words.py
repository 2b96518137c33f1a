"""The word lists of ``words.toml`` as sets, one reading a language."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Words:
    """What the matcher knows about a language's words, all in lower case. See ``words.toml`` for the meanings."""

    ordinary: frozenset[str]
    nouns: frozenset[str]
    titles: frozenset[str]
    institutions: frozenset[str]
    shouted: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    given: frozenset[str]
    new: frozenset[str]
    title_endings: tuple[str, ...]

    def is_title(self, word: str) -> bool:
        """Whether ``word`` (lower case) is a title or ends with one, as German compounds do."""
        return word in self.titles or word.endswith(self.title_endings)


@functools.cache
def words(language: str) -> Words:
    """The lists of a language (primary subtag); a language without a table has those of all only."""
    tables = tomllib.loads((files("compiler_flow.glossary") / "words.toml").read_text(encoding="utf-8"))

    def named(name: str) -> frozenset[str]:
        return frozenset(f"{tables['any'].get(name, '')} {tables.get(language, {}).get(name, '')}".split())

    titles = named("titles")
    return Words(
        ordinary=named("ordinary"),
        nouns=named("nouns"),
        titles=titles,
        institutions=named("institutions"),
        shouted=named("shouted"),
        particles=named("particles"),
        suffixes=named("suffixes"),
        given=named("given"),
        new=named("new"),
        title_endings=tuple(title for title in sorted(titles) if len(title) > 5),
    )
