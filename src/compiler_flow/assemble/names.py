"""First mentions put right over a whole number, and the list of its names: both ask the check that judges them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from compiler_flow import glossary, inline
from compiler_flow.checks.base import groups
from compiler_flow.checks.first_mention import Slip, slips
from compiler_flow.checks.mentions import Rendered, mentions
from compiler_flow.model import Catalog, CheckContext, Part

ContextOf = Callable[[Catalog], CheckContext]
# The forms that lists and tables have for a name of an article, best first.
Propose = Callable[[str, Part], Sequence[str]]


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
    """A name of the number: its rendering, its original, and the original's language.

    ``is_agreed`` says that the rendering is the glossary's; the others are as the compilers wrote them, and
    ``proposed`` is what lists and tables would write instead, empty where they agree or know nothing.
    """

    target: str
    source: str
    language: str
    is_agreed: bool = True
    proposed: str = ""


def names(parts: Iterable[Part], context_of: ContextOf, propose: Propose | None = None) -> tuple[Name, ...]:
    """The names of the number by their originals: the house glossary's, and those introduced as 译名（原文） only.

    The glossary's are the terms that stand in the number under their rendering, without the built-in layer (countries
    and the like) and terms that are the same in both languages. Of the others the rendering used oftenest is listed,
    with what ``propose`` says of the original in its part.
    """
    given = tuple(parts)
    agreed = tuple(_agreed(given, context_of))
    listed = {name.source.casefold() for name in agreed}
    written = (name for name in _written(given, context_of, propose) if name.source.casefold() not in listed)
    return tuple(sorted((*agreed, *written), key=lambda name: (name.source.casefold(), name.target)))


def _agreed(parts: Iterable[Part], context_of: ContextOf) -> Iterable[Name]:
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
    return found.values()


def _written(parts: Iterable[Part], context_of: ContextOf, propose: Propose | None) -> Iterator[Name]:
    """The names that no entry covers, from 译名（原文）, as they are written first."""
    found: dict[str, Counter[str]] = {}
    first: dict[str, tuple[str, Part]] = {}
    for part in parts:
        for original, rendering in glossary.pairs(part.catalog, context_of(part.catalog).source_terms):
            key = original.casefold()
            found.setdefault(key, Counter())[rendering] += 1
            first.setdefault(key, (original, part))
    for key, renderings in found.items():
        original, part = first[key]
        target = renderings.most_common(1)[0][0]
        forms = propose(original, part) if propose else ()
        other = forms[0] if forms and target not in forms else ""
        yield Name(target, original, part.catalog.source_language, is_agreed=False, proposed=other)
