"""Fuzzy matches that differ from the text only in names and numbers, mended: Tallinn → Riga, 12 → 15, 250万 → 320万.

A sentence is taken apart into its spots (glossary names, numbers) and what stands between. Where the words between are
the same, each spot of the match is looked up in its translation, and what stands there is put right: the agreed
rendering for a name, the same form for a number. A spot that is not found exactly as often as it should be leaves the
match as it was, and so does a result in which the number reader of the checks still sees a fault.

The reader is that of ``checks.numbers``: ``prefill`` stands a layer above, and what is mended and what is reported can
never differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from compiler_flow.checks import numbers
from compiler_flow.checks.numbers.compare import fits
from compiler_flow.checks.numbers.quantity import Quantity
from compiler_flow.model import Match, TermHit
from compiler_flow.prefill import notes
from compiler_flow.prefill.drafts import TermFinder, missing
from compiler_flow.prefill.figures import rewritten
from compiler_flow.terms import renderings, surname
from compiler_flow.text import fold_spaces, lazy_pattern

_EXACT = 100
# Addresses and code stay what they are.
_FIXED = lazy_pattern(r"\]\([^)\s]*\)|`[^`]*`|https?://\S+")
_ARTICLES = lazy_pattern(r"\b([Aa])n\b")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A name or a number at ``text[start:end]``."""

    start: int
    end: int
    text: str
    hit: TermHit | None = None
    quantity: Quantity | None = None

    @property
    def key(self) -> object:
        """Equal ones say the same."""
        return self.hit.term if self.hit else (self.quantity.readings if self.quantity else None)

    def is_like(self, other: _Spot) -> bool:
        """Whether ``other`` may stand in this one's place."""
        if self.hit and other.hit:
            return self.hit.term.kind is other.hit.term.kind
        one, two = self.quantity, other.quantity
        return (
            one is not None
            and two is not None
            and one.kind is two.kind
            and (one.money, one.negative, one.letters) == (two.money, two.negative, two.letters)
        )


_Edit = tuple[int, int, str]


def best(found: Sequence[Match], source: str, language: str, finder: TermFinder | None) -> Match | None:
    """The match to propose for ``source`` (in ``language``): an exact one, the first that can be mended, or the best.

    A mended one and one with faults say so in their note.
    """
    if not found or found[0].score >= _EXACT:
        return found[0] if found else None
    for match in found:
        if mended := repaired(match, source, language, finder):
            return mended
    return replace(found[0], note=notes.joined(_faults(found[0].target, source, language, finder)))


def repaired(match: Match, source: str, language: str, finder: TermFinder | None) -> Match | None:
    """``match`` with the names and numbers of ``source``; ``None`` where they are not all that differs."""
    old, new = list(_spots(match.source, language, finder)), list(_spots(source, language, finder))
    if not _differ_in_spots_only(match.source, old, source, new):
        return None
    pairs = [(one, two) for one, two in zip(old, new, strict=True) if one.key != two.key]
    wanted = _mapping(old, new)
    if not pairs or wanted is None or numbers.compare(match.source, language, match.target):
        return None
    edits = _edits(match, old, wanted)
    if edits is None:
        return None
    target = _applied(match.target, edits)
    if numbers.compare(source, language, target):
        return None
    told = dict.fromkeys((match.target[start:end], text) for start, end, text in sorted(edits))
    changes = f"已按原文改：{'、'.join(f'{one} → {two}' for one, two in told)}"
    return replace(match, target=target, note=notes.joined([changes, *_faults(target, source, language, finder)]))


def _spots(text: str, language: str, finder: TermFinder | None) -> Iterator[_Spot]:
    taken = [found.span() for found in _FIXED.finditer(text)]
    spots = []
    for hit in finder.source(text) if finder else ():
        if _is_free(hit.start, hit.end, taken):
            taken.append((hit.start, hit.end))
            spots.append(_Spot(hit.start, hit.end, text[hit.start : hit.end], hit=hit))
    for quantity in numbers.read_source(text, language):
        if _is_free(quantity.start, quantity.end, taken):
            taken.append((quantity.start, quantity.end))
            spelling = text[quantity.start : quantity.end]
            spots.append(_Spot(quantity.start, quantity.end, spelling, quantity=quantity))
    yield from sorted(spots, key=lambda spot: spot.start)


def _is_free(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    return all(end <= first or last <= start for first, last in taken)


def _differ_in_spots_only(one: str, ones: Sequence[_Spot], two: str, twos: Sequence[_Spot]) -> bool:
    return (
        len(ones) == len(twos)
        and _between(one, ones) == _between(two, twos)
        and all(first.is_like(second) for first, second in zip(ones, twos, strict=True))
    )


def _between(text: str, spots: Sequence[_Spot]) -> list[str]:
    """What stands between the spots; “an 8-day” and “a 12-day” are the same."""
    ends = [0, *(spot.end for spot in spots)]
    starts = [*(spot.start for spot in spots), len(text)]
    return [_ARTICLES.sub(r"\1", fold_spaces(text[start:end])) for start, end in zip(ends, starts, strict=True)]


def _mapping(old: Sequence[_Spot], new: Sequence[_Spot]) -> dict[object, _Spot] | None:
    """What each name and number of the match shall become; ``None`` where one would become two things."""
    wanted: dict[object, _Spot] = {}
    for one, two in zip(old, new, strict=True):
        if wanted.setdefault(one.key, two).key != two.key:
            return None
    return wanted


def _edits(match: Match, old: Sequence[_Spot], wanted: dict[object, _Spot]) -> list[_Edit] | None:
    named = list(_named(match.target, old))
    edits: list[_Edit] = []
    for spot in {spot.key: spot for spot in old if wanted[spot.key].key != spot.key}.values():
        if spot.hit:
            found = [_renamed(match.target, *span, spot, wanted[spot.key]) for span, key in named if key == spot.key]
        else:
            found = _counted(match, spot, wanted[spot.key], [span for span, _key in named])
        if len(found) != sum(one.key == spot.key for one in old) or None in found:
            return None
        edits += [edit for edit in found if edit]
    return edits


def _named(target: str, old: Sequence[_Spot]) -> Iterator[tuple[tuple[int, int], object]]:
    """Where the translation has the names of the match, the longest at each place: 里加 is not in 里加湾."""
    forms = {form: spot.key for spot in old if spot.hit for form in renderings(spot.hit.term)}
    if forms:
        pattern = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        for found in re.finditer(pattern, target):
            yield found.span(), forms[found[0]]


def _renamed(target: str, start: int, end: int, old: _Spot, new: _Spot) -> _Edit | None:
    if old.hit is None or new.hit is None:
        return None
    full = new.hit.term.target
    is_surname = target[start:end] == surname(old.hit.term.target)
    text = (surname(full) or full) if is_surname else full
    # 汉诺·佩夫库尔（Hanno Pevkur）: the original goes with the name.
    originals = "|".join(re.escape(form) for form in (old.text, old.hit.term.source, *old.hit.term.aliases))
    if found := re.compile(rf"（(?:{originals})）").match(target, end):
        end = found.end()
        text += f"（{new.hit.term.source if new.hit.partial else new.text}）"
    return start, end, text


def _counted(match: Match, spot: _Spot, new: _Spot, taken: Sequence[tuple[int, int]]) -> list[_Edit | None]:
    """The edits for a number, wherever the translation states it.

    Where another number could be meant as well there are too many places, or one number too few in the translation:
    neither gets through.
    """
    if spot.quantity is None or new.quantity is None:
        return []
    edits: list[_Edit | None] = []
    for standing in numbers.read_target(match.target):
        start, end = standing.start, standing.end
        if _is_free(start, end, taken) and fits(spot.quantity, standing, match.source, match.target):
            text = rewritten(match.target[start:end], new.quantity, new.text)
            edits.append((start, end, text) if text else None)
    return edits


def _applied(target: str, edits: Iterable[_Edit]) -> str:
    for start, end, text in sorted(edits, reverse=True):
        target = target[:start] + text + target[end:]
    return target


def _faults(target: str, source: str, language: str, finder: TermFinder | None) -> Iterator[str]:
    """The numbers of ``source`` that ``target`` does not say, and the names that it does not have."""
    wrong = [
        fold_spaces(source[one.stated.start : one.stated.end]) for one in numbers.compare(source, language, target)
    ]
    if wrong:
        yield f"数字不同：{'、'.join(wrong)}"
    lacking = missing(target, finder.source(source) if finder else ())
    yield from notes.missing((source[hit.start : hit.end], hit.term) for hit in lacking)
