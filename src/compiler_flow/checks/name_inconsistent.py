"""``name-inconsistent``: one original, two renderings in one number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from compiler_flow.checks.base import Check, Example, Fault, Group, groups
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Issue, Metadata, Part, Severity, Unit
from compiler_flow.text import is_han, lazy_pattern

_PAIR = lazy_pattern(
    r"(?P<name>[\u3400-\u9fff]+(?:[·-][\u3400-\u9fff]+)*)\s?[（(]\s*(?P<original>[A-ZÀ-ɏЀ-ӿ][^（）()，,；;、/\d]{2,60}?)\s*(?:[，,；;、][^（）()]*)?[）)]"
)


# Characters of a rendering, letters of an original, and how alike two originals of one person are at least.
_LEAST, _NAMED, _UNLIKE = 2, 4, 0.5


@dataclass(frozen=True, slots=True)
class _Place:
    """A rendering in front of its original. Where the name begins is not known: 部长汉诺·佩夫库尔."""

    name: str
    part: Part
    group: Group
    end: int


def _run(_issue: Issue, parts: Sequence[Part], context: CheckContext) -> Iterator[Fault]:
    places: dict[str, list[_Place]] = {}
    for part in parts:
        grouped = tuple(groups(part.catalog))
        here: dict[str, _Place] = {}
        for group in grouped:
            for match in _PAIR.finditer(group.rendered.text):
                original = " ".join(match["original"].casefold().split())
                place = _Place(match["name"], part, group, match.end("name"))
                places.setdefault(original, []).append(place)
                here.setdefault(original, place)
        yield from _misspelt(grouped, here, part, context)
    for same in places.values():
        yield from _deviating(same)
    yield from _borrowed(places)


def _borrowed(places: Mapping[str, Sequence[_Place]]) -> Iterator[Fault]:
    """One rendering in full for two originals that have nothing in common: copied and not changed."""
    seen: dict[str, tuple[str, _Place]] = {}
    for original, same in places.items():
        place = same[0]
        given, dot, rest = place.name.partition("·")
        if not dot or len(given) < _LEAST:
            continue
        first = seen.setdefault(f"{given[-_LEAST:]}·{rest}", (original, place))
        alike = SequenceMatcher(None, first[0], original, autojunk=False).ratio()
        if first[1] is not place and alike < _UNLIKE and _script(first[0]) == _script(original):
            name = _likely(place.name, first[1].name)
            yield Fault(
                _("“{name}” is already the rendering of “{original}”.").format(
                    name=name, original=first[1].group.rendered.text[first[1].end :].split("）")[0].strip("（( ")
                ),
                span=place.group.rendered.span(place.end - len(name), place.end),
                where=place.group,
                part=place.part,
            )


def _script(text: str) -> bool:
    return bool(re.search("[Ѐ-ӿ]", text))


def _misspelt(
    grouped: Sequence[Group], pairs: Mapping[str, _Place], part: Part, context: CheckContext
) -> Iterator[Fault]:
    """Later mentions of the persons of ``pairs``, by surname, that differ from their rendering in one character."""
    begun: dict[str, list[str]] = {}
    for original, place in pairs.items():
        surname, named = place.name.rpartition("·")[2], original.split()[-1]
        if "·" in place.name and len(surname) > _LEAST and len(named) >= _NAMED:
            begun.setdefault(named[: max(_NAMED, len(named) - 2)], []).append(surname)
    # Together: a long article has a thousand persons, and each would be looked for in all of it.
    numbers: dict[str, dict[int, None]] = {beginning: {} for beginning in begun}
    for number, beginning in Stretch(grouped).folded_source_words(tuple(begun)) if begun else ():
        numbers[beginning][number] = None
    for beginning, surname in ((one, surname) for one, surnames in begun.items() for surname in surnames):
        pattern = re.compile(rf"(?<!\w){re.escape(beginning)}\w{{0,4}}(?!\w)")
        for group in map(grouped.__getitem__, numbers[beginning]):
            found = pattern.search(group.seen.text.casefold())
            if not found or surname in group.rendered.text:
                continue
            # Names of the glossary are term-missing's.
            if any(
                hit.start < found.end() and found.start() < hit.end for hit in context.source_terms(group.seen.text)
            ):
                continue
            at = _nearly(surname, group.rendered.text)
            if at is not None:
                yield Fault(
                    _("The same original is rendered “{other}” in {article}.").format(other=surname, article=part.name),
                    span=group.rendered.span(at, at + len(surname)),
                    fix=surname,
                    where=group,
                    part=part,
                )


def _nearly(name: str, text: str) -> int | None:
    """Where something stands in ``text`` that differs from ``name`` in one character."""
    for at in range(len(text) - len(name) + 1):
        window = text[at : at + len(name)]
        if sum(map(str.__ne__, window, name)) == 1 and all(map(is_han, window)):
            return at
    return None


def _deviating(places: Sequence[_Place]) -> Iterator[Fault]:
    if len(places) < 2:
        return
    votes = Counter(
        {index: sum(_agree(place.name, other.name) for other in places) for index, place in enumerate(places)}
    )
    best = places[max(votes, key=lambda index: (votes[index], -index))]
    for place in places:
        if not _agree(place.name, best.name):
            length = len(_likely(place.name, best.name))
            yield Fault(
                _("The same original is rendered “{other}” in {article}.").format(
                    other=_likely(best.name, place.name), article=best.part.name
                ),
                span=place.group.rendered.span(place.end - length, place.end),
                where=place.group,
                part=place.part,
            )


def _agree(first: str, second: str) -> bool:
    """Whether two texts that end with a name may end with the same one."""
    a, b = first.split("·"), second.split("·")
    if min(len(a), len(b)) > 1:
        return a[1:] == b[1:] and _common_end(a[0], b[0]) >= min(2, len(a[0]), len(b[0]))
    # A surname alone (佩夫库尔) agrees with the full name's end.
    return _common_end(a[-1], b[-1]) >= min(2, len(a[-1]), len(b[-1]))


def _common_end(first: str, second: str) -> int:
    length = 0
    for a, b in zip(reversed(first), reversed(second), strict=False):
        if a != b:
            break
        length += 1
    return length


def _likely(name: str, other: str) -> str:
    """What is probably the name: all of it with its dots, or as much as is left when the other one is as long."""
    if "·" in name:
        return name[-max(len(other), 4) :] if len(name) > len(other) and "·" in name[-len(other) :] else name
    return name[-6:]


def _part(name: str, text: str, later: str = "") -> Part:
    units = (Unit("u", "Hanno Pevkur spoke.", text), Unit("v", "Pevkur also said so.", later or "〔略〕"))
    return Part(name, Metadata(), Catalog(name, "en", units=units))


CHECK = Check(
    name="name-inconsistent",
    severity=Severity.WARNING,
    scope="issue",
    summary="One original has two renderings in the number.",
    explanation=(
        "Pairs of 译名（原文） are collected from the whole number, also for names that no glossary knows. The "
        "rendering that stands oftener (or first) is taken for the right one and the others are reported, and so is "
        "a later surname that differs from it in one character, or one rendering for two different originals. Titles "
        "before a name are no part of it."
    ),
    run=_run,
    good=(
        Example(parts=(_part("a", "部长汉诺·佩夫库尔（Hanno Pevkur）"), _part("b", "汉诺·佩夫库尔（Hanno Pevkur）"))),
        Example(parts=(_part("a", "汉诺·佩夫库尔（Hanno Pevkur）"), _part("b", "约翰·希利（John Healey）"))),
        Example(parts=(_part("a", "第29届气候大会（COP29）"), _part("b", "气候变化大会（COP29）"))),
    ),
    bad=(
        Example(parts=(_part("a", "部长汉诺·佩夫库尔（Hanno Pevkur）"), _part("b", "汉诺·佩夫科尔（Hanno Pevkur）"))),
        Example(parts=(_part("a", "外长布拉热（Baiba Braže）"), _part("b", "外长布拉泽（Baiba Braže）"))),
        Example(parts=(_part("a", "汉诺·佩夫库尔（Hanno Pevkur）", "佩夫科尔又说"),), spot="佩夫科尔", fix="佩夫库尔"),
        Example(parts=(_part("a", "汉诺·佩夫库尔（Hanno Pevkur）和汉诺·佩夫库尔（Saule Tamm）"),)),
    ),
)
