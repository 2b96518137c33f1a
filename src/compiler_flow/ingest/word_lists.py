"""What numbers the list paragraphs of a Word file have: counted as Word counts, over paragraphs that stand between
(ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compiler_flow.ingest.content import whole

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNCOUNTED = frozenset({"bullet", "none"})
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    is_counted: bool


@dataclass(frozen=True, slots=True)
class _List:
    """A numbering: the definition that it counts with, and where it begins to count anew."""

    definition: str
    levels: Mapping[int, _Level]
    restarts: Mapping[int, int]


@dataclass(slots=True)
class _Counts:
    """How far a definition has counted, for each level, and the numberings that were seen."""

    reached: dict[int, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


def numbers(
    body: _Element, numbering: _Element | None, styles: Mapping[str, _Element]
) -> Iterator[tuple[_Element, int]]:
    """The paragraphs of ``body`` that have a number, with it."""
    lists = _lists(numbering) if numbering is not None else {}
    counts: dict[str, _Counts] = {}
    for paragraph in body.iter(f"{_W}p"):
        name, depth = _numbering(paragraph, styles)
        if name not in lists:
            continue
        used = lists[name]
        level = used.levels.get(depth, _Level(1, is_counted=False))
        count = counts.setdefault(used.definition, _Counts())
        if name not in count.seen:
            count.seen.add(name)
            count.reached.update({at: first - 1 for at, first in used.restarts.items()})
        count.reached = {at: number for at, number in count.reached.items() if at <= depth}
        count.reached[depth] = count.reached.get(depth, level.start - 1) + 1
        if level.is_counted:
            yield paragraph, count.reached[depth]


def _lists(numbering: _Element) -> dict[str, _List]:
    definitions = {
        str(each.get(f"{_W}abstractNumId")): {
            _depth(level.get(f"{_W}ilvl")): _level(level) for level in each.iter(f"{_W}lvl")
        }
        for each in numbering.iter(f"{_W}abstractNum")
    }
    found: dict[str, _List] = {}
    for each in numbering.iter(f"{_W}num"):
        definition = _value(each.find(f"{_W}abstractNumId"))
        overrides = {_depth(one.get(f"{_W}ilvl")): one for one in each.iter(f"{_W}lvlOverride")}
        own = {at: _level(level) for at, one in overrides.items() if (level := one.find(f"{_W}lvl")) is not None}
        starts = {at: _value(one.find(f"{_W}startOverride")) for at, one in overrides.items()}
        found[str(each.get(f"{_W}numId"))] = _List(
            definition,
            {**definitions.get(definition, {}), **own},
            {at: whole(start, 1) for at, start in starts.items() if start},
        )
    return found


def _level(level: _Element) -> _Level:
    return _Level(whole(_value(level.find(f"{_W}start")), 1), _value(level.find(f"{_W}numFmt")) not in _UNCOUNTED)


def _numbering(paragraph: _Element, styles: Mapping[str, _Element]) -> tuple[str, int]:
    """The numbering of a paragraph and the depth in it: its own, else what its style and those below say."""
    name = depth = ""
    place: _Element | None = paragraph
    named = paragraph.find(f"{_W}pPr/{_W}pStyle")
    seen: set[str] = set()
    while place is not None:
        given = place.find(f"{_W}pPr/{_W}numPr")
        if given is not None:
            name, depth = name or _value(given.find(f"{_W}numId")), depth or _value(given.find(f"{_W}ilvl"))
        style = _value(named)
        place = styles.get(style) if style not in seen else None
        seen.add(style)
        named = place.find(f"{_W}basedOn") if place is not None else None
    return name, _depth(depth)


def _depth(said: str | None) -> int:
    return min(whole(said, 0), _DEEPEST)


def _value(element: _Element | None) -> str:
    return str(element.get(f"{_W}val") or "") if element is not None else ""
