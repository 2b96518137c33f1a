"""How often the right form of a name is proposed, on the lists beside this file: ``python tests/names/scores.py``.

``known.tsv`` is what the tables and rules were tuned on, ``kept_aside.tsv`` was split off before. Each list is
measured three ways: by the tables alone, with the list of given names, and with the list of surnames too. The lists
of surnames and the known names share entries, so only the first two tell what becomes of a name nobody has listed.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from compiler_flow import names

HERE = Path(__file__).parent
ALONE, WITH_GIVEN, ALL = frozenset[str](), frozenset({"given"}), frozenset({"given", "surnames"})
FIRST = 3


@dataclass(frozen=True, slots=True)
class KnownName:
    """One line of a list."""

    language: str
    source: str
    target: str
    woman: bool
    evidence: str


@dataclass(slots=True)
class Score:
    """Counts over some names: the surname and the whole name right in the best proposal, the right ones among three."""

    names: int = 0
    surname: int = 0
    whole: int = 0
    surname_of_three: int = 0
    whole_of_three: int = 0

    def add(self, other: Score) -> None:
        """Count in another score."""
        self.names += other.names
        self.surname += other.surname
        self.whole += other.whole
        self.surname_of_three += other.surname_of_three
        self.whole_of_three += other.whole_of_three

    def shares(self) -> tuple[float, ...]:
        """Surname, whole name, surname among three, whole name among three, each of all names."""
        counts = (self.surname, self.whole, self.surname_of_three, self.whole_of_three)
        return tuple(count / self.names for count in counts)


def read(name: str) -> tuple[KnownName, ...]:
    """The lines of ``known`` or ``kept_aside``."""
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(KnownName(one[0], one[1], one[2], one[3] == "w", one[4]) for one in cells)


def surname_of(name: KnownName, rendering: str) -> str:
    """The surname in a rendering: the first part in Hungarian, else the last."""
    return rendering.split("·")[0 if name.language == "hu" else -1]


def proposals(name: KnownName, lists: Collection[str]) -> list[str]:
    """The first three forms for a name of which the language is known, as of an article of its country."""
    found = names.suggest(
        name.source, language=name.language, woman=name.woman, article_language=name.language, lists=lists
    )
    return [one.target for one in found.proposals[:FIRST]] or [""]


def score(name: KnownName, lists: Collection[str]) -> Score:
    """One name measured; its language and whether it is a woman's are given, as they are to the tool in an article."""
    found = proposals(name, lists)
    surname = surname_of(name, name.target)
    return Score(
        1,
        int(surname_of(name, found[0]) == surname),
        int(found[0] == name.target),
        int(surname in {surname_of(name, one) for one in found}),
        int(name.target in found),
    )


def by_language(known: Collection[KnownName], lists: Collection[str]) -> dict[str, Score]:
    """The scores of each language, in the order of the list, and of all under ``all``."""
    found: dict[str, Score] = {}
    whole = Score()
    for name in known:
        one = score(name, lists)
        found.setdefault(name.language, Score()).add(one)
        whole.add(one)
    return {**found, "all": whole}


def misses(known: Collection[KnownName], lists: Collection[str]) -> Iterator[str]:
    """The names that are not proposed first, with what is."""
    for name in known:
        found = proposals(name, lists)
        if found[0] != name.target:
            yield f"{name.language} {name.source} {name.target}: {' / '.join(found)}"


def main() -> None:
    """Print the table; with ``--misses LANGUAGE…`` also the misses on the known names (never on those kept aside)."""
    for title in ("known", "kept_aside"):
        known = read(title)
        for label, lists in (("tables alone", ALONE), ("with given names", WITH_GIVEN), ("with surnames too", ALL)):
            sys.stdout.write(f"{title}, {label}: surname, whole name; among {FIRST}: surname, whole name\n")
            for language, one in by_language(known, lists).items():
                shares = " ".join(f"{share:5.1%}" for share in one.shares())
                sys.stdout.write(f"  {language:4}{one.names:4} {shares}\n")
    if "--misses" in sys.argv:
        wanted = sys.argv[sys.argv.index("--misses") + 1 :]
        for line in misses([name for name in read("known") if name.language in wanted], WITH_GIVEN):
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
