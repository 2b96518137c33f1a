"""``half-width-punctuation``: Western marks in Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity
from compiler_flow.text import lazy_pattern

_HAN = r"\u3400-\u9fff"
_WIDE = {
    ",": "，",
    ".": "。",
    ";": "；",
    ":": "：",
    "?": "？",
    "!": "！",
    "(": "（",
    ")": "）",
    '"': "“",
    "«": "“",
    "„": "“",
    "»": "”",
}
# After Han (or a closing mark of Chinese text), or before it: never between two digits or two Latin letters.
_MARK = lazy_pattern(
    rf"(?<=[{_HAN}”》）])\s?(?P<after>[,;:?!(\"])"
    rf"|(?<=[{_HAN}”》）])(?P<stop>\.)(?=[{_HAN}”）]|\s|$)"
    rf"|(?P<before>[,;:?!)](?=\s?[{_HAN}“《（]))"
    rf"|(?<=[{_HAN}])(?P<close>\))"
    rf"|(?<=[：，。；！？])(?P<speech>\")|(?<![\d.])(?P<quote>\")(?=[{_HAN}《])"
    rf"|(?P<opening>[«„])(?=\s?[{_HAN}“《（\d])|(?<=[{_HAN}”》）。！？…])\s?(?P<closing>»)"
)
_ALWAYS = "".join(mark for mark in _WIDE if mark not in ",.")
# Behind a point or a comma: between digits it is the number's.
_NOT_IN_NUMBER = r"(?:(?!\d)|(?<!\d.))"
_LIST_MARK = lazy_pattern(r"^\s*[\dA-Za-z]{1,3}\)")


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    return stretch.rendered_having(_ALWAYS) | stretch.rendered_having(",.", _NOT_IN_NUMBER)


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    text = group.rendered.text
    listed = _LIST_MARK.match(text)
    spots = [
        match.span(match.lastgroup or 0)
        for match in _MARK.finditer(text)
        if not (listed and match.start() < listed.end())
    ]
    if not spots:
        return
    start, end = spots[0]
    mark = text[start:end]
    one = _("“{mark}” should be full-width in Chinese text.")
    several = _("“{mark}” and other marks, {count} in all, should be full-width in Chinese text.")
    yield Fault(
        (several if len(spots) > 1 else one).format(mark=mark, count=len(spots)),
        span=group.rendered.span(start, end),
        fix="" if mark == '"' or _joins(text, start) else _WIDE[mark],
    )


def _joins(text: str, at: int) -> bool:
    """Whether a point stands between two characters: it may end a sentence or stand for the ``·`` of a name."""
    return text[at] == "." and bool(re.match(rf"[{_HAN}]", text[at + 1 : at + 2]))


CHECK = Check(
    name="half-width-punctuation",
    severity=Severity.WARNING,
    scope="unit",
    summary="A Western punctuation mark stands in Chinese text.",
    explanation=(
        "GB/T 15834-2011 wants ，。；：？！（）“” in Chinese text. A mark counts where it touches a Chinese "
        "character; inside numbers (17:30, 3,500), foreign words and addresses the half-width forms are right. One "
        "finding a unit, at its first spot."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("They met at 17:30, he said.", "他说，他们17:30会晤，涉及3,500人。"),
        Example("See (The Times, 2024).", "见《泰晤士报》（The Times, 2024）。"),
        Example("1) Aims", "1)目标"),
        Example("H.G. Wells", "H.G.韦尔斯"),
        Example("See https://example.org/a?b=1,2", "见 https://example.org/a?b=1,2"),
        Example("Growth of 3.5%", "增长3.5%"),
        Example('A 5.5" screen', '5.5"屏幕'),
    ),
    bad=(
        Example("They met, he said.", "他说,他们会晤过。", spot=",", fix="，"),
        Example("They met.", "他们会晤了.", spot=".", fix="。"),
        Example("Pevkur (Hanno)", "佩夫库尔(Hanno)", spot="("),
        Example('"Our time"', '他谈到"我们的时代"。', spot='"'),
        Example("Really?", "真的吗?", fix="？"),
        Example('"We agree."', '他说："我们同意。', spot='"'),
        Example("«Мы за»", "他说：«我们赞成。", language="ru", spot="«", fix="“"),
        Example("J. Biden", "乔.拜登", spot="."),
    ),
)
