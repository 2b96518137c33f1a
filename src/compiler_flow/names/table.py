"""A transcription table as a file has it: what its lines mean is said here once, and in CONTRIBUTING for linguists.

A table is one UTF-8 file ``tables/<language>.tsv``::

    # a remark, a source, a doubt
    @name 拉脱维亚语                     what the language is called in a reason
    @countries LV                       where a name is guessed to be of this language
    @alien q w x                        letters that its names do not have
    @also-for sk                        further language tags that are written by this table
    @letters ģ ķ ļ ņ                    letters that few languages but this have
    @ends iņš ēns                       endings of surnames that point to this language
    @pre c(?=[ei]) > s                  a regular expression and what to put for it, first of all, in this order;
                                        ``|`` in what is put keeps two cells apart (io > i|o)
    @sound …                            only in a language that is read by its sounds: spelling to IPA
    @fixed nen$ = 宁                    letters with a rendering of their own; ^ the word's start, $ its end
    @fixed рахма(?=н) = 拉赫曼           … and what must follow: here the н is read again (拉赫曼诺夫)
    @also ^ja = 雅                      the same, but only as a further proposal
    @vary a > á                         a further proposal is the word with this changed
    @feminine ина = ин+娜               a woman's surname: the man's form and a character (or just the ending, where
                                        the table's bracketed characters count)
    @base ru                            no table of its own: letters are brought into those of another one …
    @map sh = ш                         … by these rules (regular expressions without groups), the first that fits
    @surname-first                      names are written family name first in Chinese, too
    @trust 0.88                         the share of known surnames it gets right (a test holds it to the truth)
    @example Kariņš = 卡林什             what a test asks for; behind it “f” for a woman's surname,
                                        “g” for a woman's given name
    rime<tab>-<tab>b<tab>p|pp           consonants, further spellings behind |
    a|ā<tab>阿<tab>巴<tab>帕            a rime with its cells

In a cell ``马(玛)`` has in brackets what stands in women's names, or at the start or end of a word, as the character
tells; ``特/泰`` are two renderings, the first the usual one; ``?`` marks a cell that no second source confirms.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from compiler_flow.names.heads import place
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Bracketed characters that a place in the word decides; all others are for women.
AT_START = frozenset("弗叶戴勒德")
AT_END = frozenset("德")
# These two stand only in the last syllable of a woman's name (281 Russian given names: never 丝, once 娃 inside).
LAST_FOR_WOMEN = frozenset("丝娃")
# A fixed rendering wins over any cells; a further one costs this much more than what it stands for.
_FIXED, _FURTHER = 0.9, 0.4
# What is thought of a table that nobody has measured.
_UNMEASURED = 0.7
_LIQUIDS = frozenset("lrлр")
_CELL = lazy_pattern(r"^([^(?/]+)\??(?:\(([^)?]+)\??\))?(?:/([^(?]+))?(\?)?$")


@dataclass(frozen=True, slots=True)
class Edge:
    """What some letters of a word become: the usual text, and what differs at the start, at the end, for a woman.

    ``closes`` says that the letters end with a nasal, which must not be followed by a vowel; ``hangs`` that they begin
    with a vowel, which costs something behind another vowel; ``bare`` that they are a consonant alone. ``only`` holds
    the edge to the word's start or end, ``follow`` to the letters that must come next.
    """

    text: str
    cost: float
    start: str = ""
    end: str = ""
    woman: str = ""
    doubt: bool = False
    closes: bool = False
    hangs: bool = False
    bare: bool = False
    only: str = ""
    follow: str = ""
    is_bound: bool = field(init=False, default=False)
    differs: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        # Asked for every letter of every name: worked out once.
        object.__setattr__(self, "is_bound", bool(self.only or self.follow))
        object.__setattr__(self, "differs", bool(self.start or self.end or self.woman))

    def fits(self, word: str, place: int, stop: int) -> bool:
        """Whether ``only`` and ``follow`` allow the edge for ``word[place:stop]``."""
        if ("^" in self.only and place) or ("$" in self.only and stop < len(word)):
            return False
        return word.startswith(self.follow, stop)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table, ready to be used. ``edges`` are by letters; ``characters`` is every one a proposal may consist of."""

    language: str
    name: str
    trust: float
    feminine: tuple[tuple[str, str, str], ...]
    examples: tuple[tuple[str, str, str], ...]
    pre: tuple[tuple[re.Pattern[str], str], ...]
    vary: tuple[tuple[re.Pattern[str], str], ...]
    mapping: re.Pattern[str] | None
    mapped: tuple[str, ...]
    edges: Mapping[str, tuple[Edge, ...]]
    longest: int
    vowels: frozenset[str]
    doubles: re.Pattern[str]
    characters: frozenset[str] = field(default_factory=frozenset)
    sounds: tuple[tuple[re.Pattern[str], str], ...] = ()
    surname_first: bool = False

    @property
    def women(self) -> tuple[str, ...]:
        """Endings that only women's surnames and patronymics have."""
        return tuple(ending for ending, _stem, _char in self.feminine)


class TableError(ValueError):
    """A table file has a line that means nothing: says which."""


@functools.cache
def load(language: str) -> Table:
    """The table of ``language``, one of ``heads.languages()``. Raises ``TableError``."""
    return parse(place(language).read_text(encoding="utf-8"), language)


def parse(text: str, language: str) -> Table:
    """A table file's text as a table. Raises ``TableError`` with the line for what is no line of a table."""
    said: dict[str, list[str]] = {}
    rows: list[list[str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("@"):
            word, _space, rest = line[1:].partition(" ")
            if word not in _WORDS:
                raise TableError(f"{language}.tsv:{number}: @{word}")
            said.setdefault(word, []).append(rest.strip())
        elif "\t" in line:
            rows.append(line.split("\t"))
            if len(rows[-1]) > len(rows[0]):
                raise TableError(f"{language}.tsv:{number}: {len(rows[-1])} cells under {len(rows[0])} heads")
        else:
            raise TableError(f"{language}.tsv:{number}: {line}")
    base = load(said["base"][0]) if "base" in said else None
    if base is None and not rows:
        raise TableError(f"{language}.tsv: no cells and no @base")
    return _built(said, rows, language, base)


_WORDS = frozenset(
    (
        *("name", "countries", "also-for", "letters", "alien", "ends", "surname-first"),
        *("base", "map", "pre", "sound", "fixed", "also", "vary", "feminine", "trust", "example"),
    )
)


def _built(said: Mapping[str, list[str]], rows: list[list[str]], language: str, base: Table | None) -> Table:
    edges: dict[str, list[Edge]] = {letters: list(found) for letters, found in base.edges.items()} if base else {}
    vowels, doubled = (base.vowels, set()) if base else (frozenset(), set())
    if rows:
        vowels = frozenset(label[0] for row in rows[1:] for label in row[0].split("|") if label and label != "-")
        # A double letter in a column without the single one is a sound of its own: Spanish ll.
        columns = [set(column.split("|")) for column in rows[0][1:]]
        doubled = {label for column in columns for label in column if label[:1] not in column}
        for letters, edge in _cells(rows):
            edges.setdefault(letters, []).append(edge)
    for kind, is_also in (("fixed", False), ("also", True)):
        for line in said.get(kind, ()):
            letters, edge = _fixed(line)
            if is_also:
                edge = replace(edge, cost=_usual_cost(letters, edges) + _FURTHER)
            edges.setdefault(letters, []).append(edge)
    maps = [_pair(line, "=") for line in said.get("map", ())]
    own = tuple(target for _pattern, target in maps)
    patterns = [f"({pattern})" for pattern, _target in maps]
    if base and base.mapping:
        own, patterns = own + base.mapped, [*patterns, base.mapping.pattern]
    return Table(
        language=language,
        name=_one(said, "name") or language,
        trust=float(_one(said, "trust") or _UNMEASURED),
        feminine=tuple(_feminine(line) for line in said.get("feminine", ())) + (base.feminine if base else ()),
        examples=tuple(_example(line) for line in said.get("example", ())),
        vary=tuple(_rules(said.get("vary", ()))) + (base.vary if base else ()),
        pre=tuple(_rules(said.get("pre", ()))) + (base.pre if base else ()),
        mapping=re.compile("|".join(patterns)) if patterns else None,
        mapped=own,
        edges={letters: tuple(found) for letters, found in edges.items()},
        longest=max(map(len, edges)),
        vowels=vowels,
        doubles=base.doubles if base else _doubles(vowels, doubled),
        characters=frozenset(char for found in edges.values() for edge in found for char in _texts(edge)),
        sounds=tuple(_rules(said.get("sound", ()))),
        surname_first="surname-first" in said,
    )


def _one(said: Mapping[str, list[str]], word: str) -> str:
    return " ".join(said.get(word, ()))


def _texts(edge: Edge) -> Iterator[str]:
    for text in (edge.text, edge.start, edge.end, edge.woman):
        yield from text


def _pair(line: str, sign: str) -> tuple[str, str]:
    left, _sign, right = line.rpartition(sign)
    return left.strip(), right.strip()


def _rules(lines: Iterable[str]) -> Iterator[tuple[re.Pattern[str], str]]:
    for line in lines:
        pattern, target = _pair(line, " >")
        try:
            yield re.compile(pattern), target
        except re.error as error:
            raise TableError(f"{line}: {error}") from error


def _feminine(line: str) -> tuple[str, str, str]:
    ending, _sign, man = line.partition("=")
    stem, _plus, char = man.strip().partition("+")
    return ending.strip(), stem, char


def _example(line: str) -> tuple[str, str, str]:
    name, rendering = _pair(line, "=")
    text, _space, mark = rendering.partition(" ")
    return name, text, mark


def _doubles(vowels: frozenset[str], columns: set[str]) -> re.Pattern[str]:
    """Doubled consonants that count once: all but those that have a column of their own, and n, which closes a rime."""
    kept = {label for label in columns if len(label) == 2 and label[0] == label[1]} | {"nn", "нн"}
    not_kept = "".join(rf"(?!{double})" for double in sorted(kept))
    return re.compile(rf"{not_kept}([^{''.join(sorted(vowels))}'’-])\1+")


def _usual_cost(letters: str, edges: Mapping[str, list[Edge]]) -> float:
    """What the cells for ``letters`` cost at least; their length where a letter has none."""
    best = [0.0] + [float(len(letters))] * len(letters)
    for start in range(len(letters)):
        for stop in range(start + 1, len(letters) + 1):
            for edge in edges.get(letters[start:stop], ()):
                best[stop] = min(best[stop], best[start] + edge.cost)
    return best[-1]


def _fixed(line: str) -> tuple[str, Edge]:
    letters, text = _pair(line, "=")
    letters, _sign, follow = letters.removesuffix(")").partition("(?=")
    only = ("^" if letters.startswith("^") else "") + ("$" if letters.endswith("$") else "")
    letters = letters.strip("^$")
    man, woman = _bracketed(text)
    # What says more about its neighbours goes before what says less.
    return letters, Edge(man, _FIXED - (0.05 if follow else 0.0), woman=woman, only=only, follow=follow)


def _bracketed(text: str) -> tuple[str, str]:
    match = _CELL.match(text)
    return (match[1], match[2] or "") if match else (text, "")


def _cells(rows: list[list[str]]) -> Iterator[tuple[str, Edge]]:
    head = [column.split("|") for column in rows[0][1:]]
    for row in rows[1:]:
        for column, cell in zip(head, row[1:], strict=False):
            if cell.strip():
                for rime in row[0].split("|"):
                    for consonant in column:
                        yield from _edges(consonant.strip("-"), rime.strip("-"), cell.strip())


def _edges(consonant: str, rime: str, cell: str) -> Iterator[tuple[str, Edge]]:
    letters = consonant + rime
    match = _CELL.match(cell)
    if not letters or match is None:
        return
    text, bracket, other, doubt = match.groups()
    places = {"start": "", "end": "", "woman": ""}
    for char in (bracket or "").split("/"):
        if char and not (AT_START | AT_END) & set(char):
            places["woman"] = char
        if AT_START & set(char):
            places["start"] = char
        if AT_END & set(char):
            places["end"] = char
    if not rime and consonant in _LIQUIDS:
        places["start"] = "勒"
    closes = bool(rime) and re.search(r"(?:n|ng|ņ|ń|ň|н|нь|ę|ą|m)$", rime) is not None and len(rime) > 1
    closes = closes or rime in {"ę", "ą"}
    cost = (1.1 if not rime else 1.0) - (0.01 if closes else 0.0)
    edge = Edge(
        text, cost, **places, doubt=bool(doubt) or "?" in cell, closes=closes, hangs=not consonant, bare=not rime
    )
    yield letters, edge
    if closes and letters[-1] in "nн":
        # m before b and p counts as n: the note of every table.
        for following in "bp" if letters[-1] == "n" else "бп":
            yield letters[:-1] + ("m" if letters[-1] == "n" else "м"), replace(edge, follow=following)
    for text_too in (other or "").split("/"):
        if text_too:
            yield letters, replace(edge, text=text_too, cost=cost + 0.45, start="", end="", woman="")
