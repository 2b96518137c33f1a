"""Terms named in a source and their renderings in a translation: what the term checks share.

Source hits are searched in the text a reader sees, so that a glossary word inside a link's address is no mention.
Renderings are compared by ``terms.fold_rendering``: white space and interpuncts do not count.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from compiler_flow.checks.base import Group
from compiler_flow.model import CheckContext, Term, TermHit
from compiler_flow.terms import (
    LED_TO_STATE,
    fold_rendering,
    fold_with_offsets,
    is_rejected,
    renderings,
)
from compiler_flow.text import lazy_pattern

# A country's character in a row of them (中菲), before what states have (俄副总理), behind what leads to one (对俄).
_COUNTRIES = (
    "美英俄法德日韩朝中印意加澳乌哈吉塔土阿亚格白波立拉爱匈罗捷以伊叙沙巴芬瑞挪丹荷比西葡希摩塞保"
    "欧菲墨黎埃缅泰柬马新奥孟智秘委古约苏尼蒙越老冰厄斯克突利卢卡也津赞肯刚"
)
_OF_STATES = (
    "方|军|媒|国|副?总[统理]|副?外长|外交|副?防长|国防|副?议长|议会|国会|政府|当局|政坛|使馆|大使|警方|边防|边境|边界|"
    "海军|空军|陆军|海警|情报|特工|士兵|战机|军舰|公民|民众|选民|反对派|反对党|执政|央行|首相|首都|元首|领导人|高官|官员|"
    "出口|进口|贸易|经济|企业|公司|籍|裔|侨|两国|三国|四国|双方|双边|关系|边贸"
)
_ABBREVIATION = lazy_pattern(
    rf"(?<=[{_COUNTRIES}])[{_COUNTRIES}]|[{_COUNTRIES}](?=[{_COUNTRIES}]|{_OF_STATES})|(?<=驻)[{_COUNTRIES}](?=国?大使|使)"
    rf"|(?<=[{_COUNTRIES}]、)[{_COUNTRIES}]|[{_COUNTRIES}](?=、[{_COUNTRIES}])"
    rf"|{LED_TO_STATE}"
)
# States that go by one name together.
_TOGETHER = {
    "波罗的海三国": "爱沙尼亚 拉脱维亚 立陶宛",
    "高加索三国": "格鲁吉亚 亚美尼亚 阿塞拜疆",
    "中亚五国": "哈萨克斯坦 吉尔吉斯斯坦 塔吉克斯坦 土库曼斯坦 乌兹别克斯坦",
    "中亚国家": "哈萨克斯坦 吉尔吉斯斯坦 塔吉克斯坦 土库曼斯坦 乌兹别克斯坦",
}

_BETWEEN = lazy_pattern(r"(?:['’]s)?[\s-]")
# 俄方 and 乌方 have two characters.
_SHORT = 3

Spans = list[tuple[int, int]]

# Renderings and translations come again in the next check and the next unit.
_wanted = functools.lru_cache(maxsize=1 << 14)(fold_rendering)
_folded = functools.lru_cache(maxsize=64)(fold_with_offsets)


@dataclass(frozen=True, slots=True)
class Mention:
    """A term in the source of a group: all its hits, in order. ``partial`` says that no hit has the full name."""

    term: Term
    hits: tuple[TermHit, ...]
    partial: bool


def mentions(group: Group, context: CheckContext) -> tuple[Mention, ...]:
    """The terms that the group's source names, in the order of their first hit."""
    return _mentions(group.seen.text, context.source_terms)


# Several checks in turn ask for the mentions of one unit.
@functools.lru_cache(maxsize=4)
def _mentions(text: str, search: Callable[[str], tuple[TermHit, ...]]) -> tuple[Mention, ...]:
    found: dict[int, list[TermHit]] = {}
    for hit in search(text):
        found.setdefault(id(hit.term), []).append(hit)
    return tuple(Mention(same[0].term, tuple(same), all(hit.partial for hit in same)) for same in found.values())


class Rendered:
    """The renderings in one translation, nested ones told from those that stand for themselves."""

    def __init__(self, group: Group, context: CheckContext, named: Sequence[Mention]) -> None:
        self._group = group
        self._folded, self._offsets = _folded(group.rendered.text)
        self._named = {id(mention.term) for mention in named}
        accepted = {
            (hit.start, hit.end, id(hit.term)): hit.term
            for hit in context.target_terms(group.rendered.text)
            if not is_rejected(hit, group.rendered.text)
        }
        # A rendering of two terms is found under one of them only; what the source names is what it stands for.
        for mention in named:
            for rendering in renderings(mention.term):
                for start, end in self.occurrences(rendering) if len(_wanted(rendering)) > 1 else ():
                    accepted[start, end, id(mention.term)] = mention.term
        self._accepted: list[tuple[int, int, Term]] = [
            (start, end, term) for (start, end, _id), term in accepted.items()
        ]

    def occurrences(self, text: str) -> Iterator[tuple[int, int]]:
        """Where ``text`` stands in the shown translation, overlaps left out."""
        wanted = _wanted(text)
        at = self._folded.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            yield self._offsets[at], self._offsets[end - 1] + 1
            at = self._folded.find(wanted, end)

    def standing(self, term: Term) -> Spans:
        """Where a rendering of ``term`` stands for itself: nested renderings of other terms do not count."""
        spans: Spans = [(start, end) for start, end, other in self._accepted if other is term and end - start == 1]
        for rendering in sorted(renderings(term), key=len, reverse=True):
            # Whether one character is a country or part of a word (美韩, 美丽) is for the glossary to say.
            for start, end in self.occurrences(rendering) if len(_wanted(rendering)) > 1 else ():
                inside_own = any(first <= start and end <= last for first, last in spans)
                if not inside_own and not self._is_nested(term, start, end):
                    spans.append((start, end))
        return sorted(spans)

    def refused(self, term: Term) -> Iterator[tuple[int, int]]:
        """Where a refused rendering of ``term`` stands, outside of every accepted one of a term in the source."""
        accepted = self.standing(term)
        others = [(start, end) for start, end, other in self._accepted if other is not term]
        for rejected in sorted(term.reject, key=len, reverse=True):
            for start, end in self.occurrences(rejected):
                longer = any(a <= start and end <= b and b - a > end - start for a, b in accepted + others)
                same = any(
                    (a, b) == (start, end) and id(other) in self._named
                    for a, b, other in self._accepted
                    if other is not term
                )
                if not longer and not same:
                    accepted.append((start, end))
                    yield start, end

    def abbreviated(self, term: Term) -> bool:
        """Whether the first character of ``term``'s rendering stands for it, as in 美韩等国 or 美方."""
        text, initial = self._group.rendered.text, term.target[:1]
        if any(name in text and term.target in states.split() for name, states in _TOGETHER.items()):
            return True
        return any(
            match[0] == initial
            # 阿塞拜江 is no abbreviation but misspelt.
            and not text.startswith(term.target[:2], match.start())
            and not any(self._is_part(match.start(), *span) for span in self._accepted)
            for match in _ABBREVIATION.finditer(text)
        )

    def is_in_body(self, mention: Mention, other: Mention) -> bool:
        """Whether the source says a state and its body in one (the US State Department), and so does 美国国务院."""
        text = self._group.seen.text
        in_one = any(
            _BETWEEN.fullmatch(text[first.end : second.start])
            for first in mention.hits
            for second in other.hits
            if first.end <= second.start
        )
        return (
            in_one
            and any(name in other.term.target for name in renderings(mention.term))
            and bool(self.standing(other.term))
        )

    def is_tag(self, mention: Mention) -> bool:
        """Whether the source has the term in hashtags alone, which the translation keeps."""
        text = self._group.seen.text
        return all(
            text[hit.start - 1 : hit.start] == "#" and f"#{text[hit.start : hit.end]}" in self._group.rendered.text
            for hit in mention.hits
        )

    def _is_part(self, at: int, start: int, end: int, term: Term) -> bool:
        """Whether what stands ``at`` is a part of the name of ``term``; 俄方 may mean Moscow and Russia alike."""
        if not start <= at < end:
            return False
        return self._group.rendered.text[start:end] not in [text for text in term.accept if len(text) < _SHORT]

    def _is_nested(self, term: Term, start: int, end: int) -> bool:
        """Whether the span lies inside a longer rendering of another term and cannot stand for ``term``.

        鲁塞 inside 布鲁塞尔 never names Ruse. 哈萨克斯坦 inside 哈萨克斯坦国家银行 does name the country, unless the
        source names the bank as well: then that rendering is taken.
        """
        for first, last, other in self._accepted:
            if other is term or not (first <= start and end <= last and last - first > end - start):
                continue
            if id(other) in self._named or not _contains(other, term):
                return True
        return False


def _contains(longer: Term, shorter: Term) -> bool:
    names = [name.casefold() for name in (longer.source, *longer.aliases)]
    parts = [name.casefold() for name in (shorter.source, *shorter.aliases)]
    return longer.target == shorter.target or any(_begins_word(part, name) for part in parts for name in names)


def _begins_word(part: str, name: str) -> bool:
    """Whether a word of ``name`` begins with ``part``: Kazakhstan in a bank's name, not Mali in Somalia."""
    return f" {part}" in f" {name}" if part in name else False


def is_stated(rendered: Rendered, mention: Mention, named: Sequence[Mention]) -> bool:
    """Whether the translation renders ``mention``, or another term at the same place of the source (homonyms)."""
    if rendered.standing(mention.term):
        return True
    if any(rendered.is_in_body(mention, other) for other in named if other is not mention):
        return True
    places = {(hit.start, hit.end) for hit in mention.hits}
    return any(
        other is not mention
        and places == {(hit.start, hit.end) for hit in other.hits}
        and bool(rendered.standing(other.term))
        for other in named
    )
