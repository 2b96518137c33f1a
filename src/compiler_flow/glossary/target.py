"""Finding renderings in a translation: accepted and refused ones, the longest where they nest."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from compiler_flow.glossary.folding import joined
from compiler_flow.model import Term, TermHit, TermKind
from compiler_flow.terms import (
    LED_TO_STATE,
    fold_rendering,
    folded_offsets,
    renderings,
    renderings_of,
)
from compiler_flow.text import is_han, lazy_pattern

# One character stands for a country in a row of them with a word that goes with states (美韩联合军演, 俄乌冲突) …
_AFTER_ROW = (
    *("两国", "三国", "四国", "双方", "双边", "之间", "关系", "局势", "边境", "边界", "铁路", "口岸"),
    *("首脑", "领导", "元首", "总统", "总理", "外长", "防长", "外交", "峰会", "会谈", "会晤", "对话", "谈判", "和谈"),
    *("联合", "联军", "联盟", "同盟", "军演", "军事", "防务", "战略", "冲突", "战争", "战事", "开战", "停火"),
    *("合作", "贸易", "经贸", "商务", "能源", "交往", "友好", "协议", "协定", "条约"),
)
_LONGEST_ROW = 4
_TOGETHER = 1000
# … or alone with what a state has. Others of the characters are parts of too many words (立方, 阿拉木图, 对立).
_ALONE = frozenset("美英俄韩朝乌德法以伊中印哈")
_AFTER_ALONE = ("方", "军", "媒", "总统", "总理", "外长", "防长", "外交部", "国防部")
# … or behind a word that leads to a state.
_LED_TO = lazy_pattern(LED_TO_STATE)
_TODAY = frozenset("0123456789一二三四五六七八九十当今昨明近次即每同翌前")


class TargetIndex:
    """All renderings of the entries. Each place in a text goes to the longest rendering that stands there."""

    def __init__(self, terms: Iterable[Term]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        places: dict[str, list[tuple[Term, bool]]] = {}
        for term in terms:
            known = renderings_of(term.target, term.accept, term.kind is TermKind.PERSON)
            full: tuple[str, ...] = ()
            for text in dict.fromkeys((*known, *term.reject)) if term.reject else known:
                folded = fold_rendering(text)
                # The first one is the target.
                if not full:
                    full = (folded, *map(fold_rendering, term.accept)) if term.accept else (folded,)
                if folded:
                    bearer = (term, folded not in full and text not in term.reject)
                    bearers = places.get(folded)
                    if bearers is None:
                        places[folded] = [bearer]
                    elif all(other is not term for other, _partial in bearers):
                        bearers.append(bearer)
        self._bearers = list(places.values())
        self._texts = list(places)
        self._numbers = {text: number for number, text in enumerate(places)}
        self._short = frozenset(text for text in places if len(text) == 1 and is_han(text))
        self._characters = frozenset(number for number, text in enumerate(places) if text in self._short)
        self._search = AhoCorasick(self._texts, matchkind=MatchKind.Standard, store_patterns=False)
        # Of each entry its renderings, as they are written, and in which of others' they may stand, folded.
        self._forms: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
        # Of most entries the target, which stands in no longer rendering; of the others nothing.
        self._plain_targets: dict[int, str] = {}

    def not_plain(self, hits: Sequence[Sequence[TermHit]], texts: Sequence[str]) -> list[int]:
        """The numbers of ``texts`` of which not each entry of its ``hits`` has a rendering that nothing could hold."""
        targets = self._plain_targets
        found: list[int] = []
        for number, named in enumerate(hits):
            for hit in named:
                target = targets.get(id(hit.term))
                if target is None:
                    target = targets[id(hit.term)] = self._plain_target(hit.term)
                if not target or target not in texts[number]:
                    if not self._are_plain(named, texts[number]):
                        found.append(number)
                    break
        return found

    def _plain_target(self, term: Term) -> str:
        folded = fold_rendering(term.target)
        return term.target if len(folded) > 1 and self._numbers[folded] not in self._longer else ""

    def _are_plain(self, hits: Iterable[TermHit], text: str) -> bool:
        """Whether of each entry of ``hits`` a rendering stands in ``text``, and none that could hold this one."""
        known = self._forms
        for hit in hits:
            forms = known.get(id(hit.term))
            if forms is None:
                forms = known[id(hit.term)] = self._forms_of(hit.term)
            for form, around in forms:
                if form in text:
                    if not around:
                        break
                    folded = fold_rendering(text)
                    if not any(longer in folded for longer in around):
                        break
            else:
                return False
        return True

    def _forms_of(self, term: Term) -> list[tuple[str, tuple[str, ...]]]:
        return [(form, self._around(form, term)) for form in renderings(term) if len(fold_rendering(form)) > 1]

    def _around(self, form: str, term: Term) -> tuple[str, ...]:
        number = self._numbers[fold_rendering(form)]
        return tuple(
            self._texts[holder]
            for holder in self._longer.get(number, ())
            if any(bearer is not term for bearer, _partial in self._bearers[holder])
        )

    @functools.cached_property
    def _longer(self) -> dict[int, list[int]]:
        """For each rendering that stands in longer ones, those."""
        found: dict[int, list[int]] = {}
        # So many at once as need no new memory for each.
        for first in range(0, len(self._texts), _TOGETHER):
            texts = self._texts[first : first + _TOGETHER]
            holder, stop = first, len(texts[0])
            # They come by their ends.
            for number, _start, end in self._search.find_matches_as_indexes("\0".join(texts), overlapping=True):
                while end > stop:
                    holder += 1
                    stop += len(self._texts[holder]) + 1
                if number != holder:
                    found.setdefault(number, []).append(holder)
        return found

    def hits(self, text: str) -> tuple[TermHit, ...]:
        """The renderings in ``text``, in order; one that several entries share gives a hit for each of them."""
        folded = fold_rendering(text)
        matches = self._search.find_matches_as_indexes(folded, overlapping=True)
        if not matches:
            return ()
        offsets: Sequence[int] = range(len(text)) if len(folded) == len(text) else folded_offsets(text)
        found = []
        for number, start, end in matches:
            # Han on both sides needs no look around: words do not run on there.
            if end - start > 1 and _is_han(folded[start]) and _is_han(folded[end - 1]):
                fits = True
            elif number in self._characters:
                fits = self._short_fits(folded, start)
            else:
                fits = self._is_whole(text, offsets[start], offsets[end - 1] + 1)
            if fits:
                found.append((start, -end, number))
        if len(found) > 1:
            found.sort()
        hits: list[TermHit] = []
        reached = 0
        for start, minus_end, number in found:
            if start < reached:
                continue
            reached = -minus_end
            first, last = offsets[start], offsets[reached - 1] + 1
            hits.extend(TermHit(term, first, last, partial=partial) for term, partial in self._bearers[number])
        return tuple(hits)

    @staticmethod
    def _is_whole(text: str, first: int, last: int) -> bool:
        if first and joined(text[first - 1], text[first]):
            return False
        return last == len(text) or not joined(text[last - 1], text[last])

    def _short_fits(self, folded: str, at: int) -> bool:
        """Whether the country character at ``folded[at]`` stands for its country."""
        after = folded[at + 1 : at + 2]
        if (not after or after not in self._short) and not (at and folded[at - 1] in self._short):
            return self._stands_alone(folded, at) or _LED_TO.match(folded, at) is not None
        first, last = at, at + 1
        while first and folded[first - 1] in self._short and last - first < _LONGEST_ROW:
            first -= 1
        while folded[last : last + 1] in self._short and last - first < _LONGEST_ROW:
            last += 1
        # 26日美韩会谈: the first is a day's.
        if folded[first] == "日" and first and folded[first - 1] in _TODAY:
            first += 1
        if first <= at and last - first > 1:
            return folded.startswith(_AFTER_ROW, last)
        return _LED_TO.match(folded, at) is not None or self._stands_alone(folded, at)

    @staticmethod
    def _stands_alone(folded: str, at: int) -> bool:
        return folded[at] in _ALONE and folded.startswith(_AFTER_ALONE, at + 1)


def _is_han(char: str) -> bool:
    """``is_han``, quickly for the characters that nearly all names are written in."""
    return "\u4e00" <= char <= "\u9fff" or is_han(char)
