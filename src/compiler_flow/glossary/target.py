"""Finding renderings in a translation: accepted and refused ones, the longest where they nest."""

from __future__ import annotations

from collections.abc import Iterable

from compiler_flow.glossary.folding import joined
from compiler_flow.model import Term, TermHit
from compiler_flow.terms import fold_rendering, fold_with_offsets, renderings
from compiler_flow.text import is_han

# One character stands for a country only beside another one (中美) or beside a word that goes with a state.
_AFTER_SHORT = "方军总媒籍企国外防政驻"
_BEFORE_SHORT = "对驻访赴在与和同从抵离援反亲"


class TargetIndex:
    """All renderings of the entries. Each place in a text goes to the longest rendering that stands there."""

    def __init__(self, terms: Iterable[Term]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        places: dict[str, list[tuple[Term, bool]]] = {}
        for term in terms:
            full = {fold_rendering(text) for text in (term.target, *term.accept)}
            for text in dict.fromkeys((*renderings(term), *term.reject)):
                folded = fold_rendering(text)
                if folded:
                    bearers = places.setdefault(folded, [])
                    partial = folded not in full and text not in term.reject
                    if all(bearer is not term for bearer, _partial in bearers):
                        bearers.append((term, partial))
        self._bearers = list(places.values())
        self._short = frozenset(text for text in places if len(text) == 1)
        self._search = AhoCorasick(list(places), matchkind=MatchKind.Standard, store_patterns=False)

    def hits(self, text: str) -> tuple[TermHit, ...]:
        """The renderings in ``text``, in order; one that several entries share gives a hit for each of them."""
        folded, offsets = fold_with_offsets(text)
        found = sorted(
            (
                (start, -end, number)
                for number, start, end in self._search.find_matches_as_indexes(folded, overlapping=True)
                if self._is_whole(text, folded, offsets, start, end)
            )
        )
        hits: list[TermHit] = []
        reached = 0
        for start, minus_end, number in found:
            if start < reached:
                continue
            reached = -minus_end
            first, last = offsets[start], offsets[reached - 1] + 1
            hits.extend(TermHit(term, first, last, partial=partial) for term, partial in self._bearers[number])
        return tuple(hits)

    def _is_whole(self, text: str, folded: str, offsets: tuple[int, ...], start: int, end: int) -> bool:
        first, last = offsets[start], offsets[end - 1] + 1
        if first and joined(text[first - 1], text[first]):
            return False
        if last < len(text) and joined(text[last - 1], text[last]):
            return False
        if end - start > 1 or not is_han(folded[start]):
            return True
        before, after = folded[start - 1 : start], folded[end : end + 1]
        beside = before in self._short or after in self._short
        return beside or (after != "" and after in _AFTER_SHORT) or (before != "" and before in _BEFORE_SHORT)
