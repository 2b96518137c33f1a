"""``name-inconsistent``: one original, two renderings in one number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compiler_flow.checks.base import Check, Example, Fault, Group, groups
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Issue, Metadata, Part, Severity, Unit
from compiler_flow.text import lazy_pattern

_PAIR = lazy_pattern(
    r"(?P<name>[\u3400-\u9fff]+(?:[·-][\u3400-\u9fff]+)*)\s?[（(]\s*(?P<original>[A-ZÀ-ɏЀ-ӿ][^（）()，,；;、/\d]{2,60}?)\s*(?:[，,；;、][^（）()]*)?[）)]"
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A rendering in front of its original. Where the name begins is not known: 部长汉诺·佩夫库尔."""

    name: str
    part: Part
    group: Group
    end: int


def _run(_issue: Issue, parts: Sequence[Part], _context: CheckContext) -> Iterator[Fault]:
    places: dict[str, list[_Place]] = {}
    for part in parts:
        for group in groups(part.catalog):
            for match in _PAIR.finditer(group.rendered.text):
                original = " ".join(match["original"].casefold().split())
                places.setdefault(original, []).append(_Place(match["name"], part, group, match.end("name")))
    for same in places.values():
        yield from _deviating(same)


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


def _part(name: str, text: str) -> Part:
    return Part(name, Metadata(), Catalog(name, "en", units=(Unit("u", "Hanno Pevkur spoke.", text),)))


CHECK = Check(
    name="name-inconsistent",
    severity=Severity.WARNING,
    scope="issue",
    summary="One original has two renderings in the number.",
    explanation=(
        "Pairs of 译名（原文） are collected from the whole number, also for names that no glossary knows. The "
        "rendering that stands oftener (or first) is taken for the right one and the others are reported. Titles "
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
    ),
)
