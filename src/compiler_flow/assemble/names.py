"""First mentions put right over a whole number, and the list of its names: both ask the check that judges them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from compiler_flow import inline
from compiler_flow.checks.base import groups
from compiler_flow.checks.first_mention import Slip, slips
from compiler_flow.checks.mentions import Rendered, mentions
from compiler_flow.model import Catalog, CheckContext, Part

ContextOf = Callable[[Catalog], CheckContext]


def introduce(parts: Iterable[Part], context_of: ContextOf, *, once_per_number: bool = False) -> Iterator[Part]:
    """``parts`` with 译名（原文） at the first mention of each name, in the order given, and nowhere again.

    Each article introduces its names, or with ``once_per_number`` each number. Headings stay as they are, quotations
    too unless the checks' setting says otherwise.
    """
    introduced: set[tuple[str, str]] = set()
    for part in parts:
        seen = introduced if once_per_number else set()
        found = list(slips(groups(part.catalog), context_of(part.catalog), seen))
        yield _mended(part, found)


def _mended(part: Part, found: Sequence[Slip]) -> Part:
    if not found:
        return part
    targets: dict[int, str] = {}
    # From the back, so that the places in front of a change stay where they are.
    for slip in sorted(found, key=lambda one: one.span, reverse=True):
        target = targets.get(id(slip.group.unit), slip.group.target)
        start, end = slip.span
        targets[id(slip.group.unit)] = target[:start] + inline.escape(slip.wanted) + target[end:]
    units = tuple(
        replace(unit, target=targets[id(unit)]) if id(unit) in targets else unit for unit in part.catalog.units
    )
    return replace(part, catalog=replace(part.catalog, units=units))


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the number: its rendering, its original as the glossary has it, and the original's language."""

    target: str
    source: str
    language: str


def names(parts: Iterable[Part], context_of: ContextOf) -> tuple[Name, ...]:
    """The house glossary's terms that stand in the number under their rendering, by their originals.

    The built-in layer (countries and the like) and terms that are the same in both languages are left out.
    """
    found: dict[tuple[str, str], Name] = {}
    for part in parts:
        context = context_of(part.catalog)
        for group in groups(part.catalog):
            named = [one for one in mentions(group, context) if not one.term.base]
            if not named:
                continue
            rendered = Rendered(group, context, named)
            for mention in named:
                term = mention.term
                if term.source != term.target and rendered.standing(term):
                    language = term.lang or part.catalog.source_language
                    found.setdefault((term.source, term.target), Name(term.target, term.source, language))
    return tuple(sorted(found.values(), key=lambda name: (name.source.casefold(), name.target)))
