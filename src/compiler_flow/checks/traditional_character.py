"""``traditional-character``: 會談 in a text that is written 会谈.

A character is reported where both OpenCC (Apache-2.0) writes it otherwise in simplified text and GB 2312-80 does not
have it. Either alone is wrong about mainland text: OpenCC also simplifies 乾 (乾隆), 於 (a surname) and 夥, which
GB 2312 has, and GB 2312 lacks thousands of rare but simplified characters. What 《通用规范汉字表》 (2013) took back for
names and terms is passed over, and so are characters that the source has itself.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import ngettext
from compiler_flow.model import CheckContext, Severity
from compiler_flow.text import is_han

if TYPE_CHECKING:
    import opencc

# In the table of 2013, though simplified by OpenCC: mostly for surnames, given names and place names.
_TAKEN_BACK = frozenset("昇陞剋祕釐谿氾扞劄")


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    traditional = "".join(sorted(filter(_simplified, stretch.rendered_beyond("gb2312"))))
    return stretch.rendered(re.compile(f"[{traditional}]")) if traditional else ()


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    text = group.rendered.text
    found = {char for char in set(text) if _simplified(char)} - set(group.source)
    if not found:
        return
    runs = list(re.finditer(f"[{''.join(sorted(found))}]+", text))
    first = runs[0]
    yield Fault(
        ngettext(
            "“{char}” is a traditional character.", "{count} traditional characters stand here: {chars}.", len(found)
        ).format(char=first[0], count=len(found), chars="".join(sorted(found, key=text.index))),
        span=group.rendered.span(*first.span()),
        fix="".join(_simplified(char) for char in first[0]),
    )


@functools.cache
def _simplified(char: str) -> str:
    """What a traditional character is in mainland text; empty for a character that is right there."""
    if not is_han(char) or char in _TAKEN_BACK or _is_in_gb2312(char):
        return ""
    plain: str = _converter().convert(char)
    return plain if plain != char else ""


def _is_in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@functools.cache
def _converter() -> opencc.OpenCC:
    # Its dictionaries take time to load, and most texts never ask for them.
    import opencc

    return opencc.OpenCC("t2s")


CHECK = Check(
    name="traditional-character",
    severity=Severity.WARNING,
    scope="unit",
    summary="A traditional character stands in simplified text.",
    explanation=(
        "Reported are characters that OpenCC writes otherwise in simplified text and that GB 2312 does not have: they "
        "have no place in mainland print. Characters that both scripts use (乾, 於, 著), the rare ones that names keep "
        "(昇, 釐, 喆), and characters that the source itself has, such as the name of a paper from Taiwan or Hong "
        "Kong, are passed over. One finding a unit, at its first spot."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("They met in the old town.", "他们在老城会晤。"),
        Example("Qian Zhongshu and Emperor Qianlong", "钱锺书与乾隆皇帝"),
        Example("The poet Zhu Zhe and Chen Sheng", "诗人朱喆与陈昇"),
        Example("It was printed by 聯合報 in Taipei.", "台北《联合报》（聯合報）刊登了此文。"),
    ),
    bad=(
        Example("The talks ended.", "會談结束。", spot="會談", fix="会谈"),
        Example("Russia and Ukraine", "俄罗斯与烏克兰", spot="烏", fix="乌"),
        Example("They published it.", "他们公佈了此事。", spot="佈", fix="布"),
    ),
)
