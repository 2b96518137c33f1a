"""What a table file says about its language, read without its cells: enough to guess which table a name needs."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Head:
    """The ``@`` lines that tell of a language; ``table.py`` says what each means."""

    language: str
    name: str
    countries: frozenset[str]
    also_for: tuple[str, ...]
    letters: frozenset[str]
    ends: tuple[str, ...]
    alien: frozenset[str]
    base: str


def place(language: str) -> Traversable:
    """The table file of ``language``."""
    return files("compiler_flow.names").joinpath("tables", f"{language}.tsv")


@functools.cache
def languages() -> tuple[str, ...]:
    """The languages that have a table file, by code."""
    found = (file.name for file in files("compiler_flow.names").joinpath("tables").iterdir())
    return tuple(sorted(name.removesuffix(".tsv") for name in found if name.endswith(".tsv")))


@functools.cache
def head(language: str) -> Head:
    """What the file of ``language`` says about it."""
    said: dict[str, list[str]] = {}
    for line in place(language).read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            word, _space, rest = line[1:].partition(" ")
            said.setdefault(word, []).extend(rest.split())
    return Head(
        language,
        " ".join(said.get("name", [language])),
        frozenset(said.get("countries", ())),
        tuple(said.get("also-for", ())),
        frozenset("".join(said.get("letters", ()))),
        tuple(ending.lower() for ending in said.get("ends", ())),
        frozenset("".join(said.get("alien", ()))),
        " ".join(said.get("base", ())),
    )


@functools.cache
def tags() -> Mapping[str, str]:
    """Language tag → the language whose table writes it (Slovak names are written by the Czech one)."""
    found = {language: language for language in languages()}
    for language in languages():
        for tag in head(language).also_for:
            found.setdefault(tag, language)
    return found


def table_name(language: str) -> str:
    """What the language of a table is called in Chinese."""
    return head(language).name
