"""Numbers that agree at a glance: of the simplest forms, standing alone, with nothing beside them that says more.

Many numbers of a finished article are such: a year, a percentage, ``$3.2 billion``, ``October 5``, ``seven``. They need
no reader. What is not of these forms, and every text with such a thing beside them, is read in full: a glance may say
no of texts that agree, never yes of texts in which ``compare`` finds a difference, and never that a translation adds no
figure where it has a sum or a rate of its own. The tests compare both with the readers.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from compiler_flow.checks.numbers import amounts, chinese, plain_chinese, plain_english
from compiler_flow.checks.numbers.plain_chinese import Said
from compiler_flow.checks.numbers.plain_english import FIRST, FIRST_YEAR, Value
from compiler_flow.checks.numbers.quantity import Kind
from compiler_flow.checks.numbers.swapped import may_be_mislabelled, may_be_reversed
from compiler_flow.text import base_language, lazy_pattern

# Members of an enumeration are slow to look up.
_NUMBER = Kind.NUMBER
# What numbers may count that could have changed places; only one amount may stand before such a thing.
_THING = lazy_pattern(
    r"[多余]?(?:[名位个座](?=[女妇男儿孩小未士军官平百国成城村市公企月星])|(?![名位个座，。；）])(?=[^\0\n]))"
)
# 这一决定: nothing is counted.
_THIS = lazy_pattern(
    r"[这那]一(?=[\u4e00-\u9fff])(?![〇零一二三四五六七八九十百千万亿两俩几多半数次个届位名批家轮天年月日周代级项条件种类些点时刻段番倍成])"
)
_DIGIT = lazy_pattern(r"\d")
# Between a number and its currency: 多, and whose money it is.
_WHOSE = lazy_pattern(r"[多余]?[^\W\d〇零一二三四五六七八九十两百千万亿兆半几数成]{0,2}")


class Glance:
    """What is seen at a glance of the numbers of some texts, in the language ``tag``, and of their translations.

    Only those of English are seen.
    """

    def __init__(self, texts: Sequence[str], tag: str, translations: Sequence[str]) -> None:
        self._texts, self._tag, self._translations = texts, tag, translations
        self._joined = plain_chinese.Joined(translations)

    @functools.cached_property
    def _stated(self) -> Sequence[tuple[Value, ...] | None]:
        if base_language(self._tag) == "en":
            return plain_english.stated(self._texts)
        return [None] * len(self._texts)

    @functools.cached_property
    def _said(self) -> Sequence[list[Said]]:
        return self._joined.numbers()

    def differing(self) -> list[int]:
        """The pairs whose numbers may differ; of all others ``compare`` finds nothing."""
        return [
            number
            for number, stated in enumerate(self._stated)
            if stated is None or (stated and not self._agree(number, stated))
        ]

    def _agree(self, number: int, stated: Sequence[Value]) -> bool:
        """Whether the translation states each number of its text, as far as this is seen."""
        joined, said = self._joined.text, self._said[number]
        free = said if len(stated) == 1 else [*said]
        things = 0
        for value in stated:
            for one in free:
                if value in one[0]:
                    break
            else:
                # “First” need not be said; a reader looks whether anything is said in its place.
                return stated == (FIRST,) and not chinese.read(_THIS.sub("", self._translations[number]))
            end = one[2]
            unit = end - 1 if value[1] < FIRST_YEAR and joined[end - 1] == "年" else end
            if joined[unit] in amounts.BEGINNINGS and not amounts.is_unit_named(unit, joined, self._texts[number]):
                return False
            if free is not said:
                free.remove(one)
                if value[0] is _NUMBER and _THING.match(joined, end):
                    things += 1
        return len(stated) == 1 or (things < len("ab") and not _may_change_places(self._translations[number]))

    @functools.cached_property
    def _figures(self) -> Mapping[int, Sequence[tuple[str, int]]]:
        return self._joined.figures()

    def adding(self) -> list[int]:
        """The pairs whose translation may have a sum or a rate that its text has not; all others have none."""
        return [number for number, signs in self._figures.items() if not self._has_all(number, signs)]

    def _has_all(self, number: int, signs: Sequence[tuple[str, int]]) -> bool:
        """Whether the text has each sum and rate of its translation, whose signs these are, as far as this is seen."""
        stated, said, joined = self._stated[number], self._said[number], self._joined.text
        if not stated:
            return False
        at = 0
        for sign, place in signs:
            while at < len(said) and said[at][1] < place:
                at += 1
            if not at or not any(value in stated for value in said[at - 1][0]):
                return False
            end = said[at - 1][2]
            if sign == plain_chinese.RATE:
                if end != place + len(sign):
                    return False
            elif sign not in plain_chinese.CURRENCIES or end > place or not _WHOSE.fullmatch(joined, end, place):
                return False
        return self._are_all_plain(number)

    def _are_all_plain(self, number: int) -> bool:
        """Whether a translation has no digits but in plain numbers: any others may be money as well."""
        joined, end = self._joined.text, self._joined.starts[number]
        for _values, start, after in self._said[number]:
            if _DIGIT.search(joined, end, start):
                return False
            end = after
        return not _DIGIT.search(joined, end, self._joined.starts[number + 1])


def _may_change_places(translation: str) -> bool:
    return may_be_reversed(translation) or may_be_mislabelled(translation)
