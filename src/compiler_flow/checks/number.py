"""``number``: a number of the source that the translation contradicts or drops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.numbers import compare
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Severity, Unit
from compiler_flow.text import lazy_pattern

# 13月, 10月32日: no calendar has them.
_NO_DATE = lazy_pattern(
    r"(?<![\d.])(?:1[3-9]|[2-9]\d)月(?![球龄])(?:\d+日)?|(?<!\d)(?:1[0-2]|[1-9])月(?:3[2-9]|[4-9]\d)日"
)
# The same for a search over much text, which is quick where it begins with a character.
_MAY_BE_NO_DATE = lazy_pattern(r"月(?:(?<=1[3-9]月)|(?<=[2-9]\d月)|(?:3[2-9]|[4-9]\d)日)")


_MINUS = lazy_pattern(r"(?:\b(?:minus|negative|минус|мінус|moins|miinus)\s|[-−–])$")


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    """Groups whose numbers are not seen to agree at a glance, and those with a date that no calendar has."""
    suspects = stretch.rendered(_MAY_BE_NO_DATE)
    suspects.update(stretch.numbers.differing())
    return suspects


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    source, target = group.seen, group.rendered
    for match in _NO_DATE.finditer(target.text) if "月" in target.text else ():
        yield Fault(_("There is no such date: {date}.").format(date=match[0]), span=target.span(*match.span()))
    for difference in compare(source.text, group.language, target.text):
        stated, instead = difference.stated, difference.instead
        minus = _MINUS.search(source.text, 0, stated.start) if stated.negative else None
        original = source.text[minus.start() if minus else stated.start : stated.end].strip()
        if instead is None:
            yield Fault(
                _("“{source}” of the original is not in the translation.").format(source=original),
                span=source.span(stated.start, stated.end),
                side="source",
                severity=Severity.WARNING,
            )
        else:
            yield Fault(
                _("The original says “{source}”, the translation “{target}”.").format(
                    source=original, target=target.text[instead.start : instead.end].strip()
                ),
                span=target.span(instead.start, instead.end),
                severity=Severity.WARNING if difference.converted else None,
            )


CHECK = Check(
    name="number",
    severity=Severity.ERROR,
    scope="unit",
    summary="A number of the source is contradicted (error) or dropped (warning).",
    explanation=(
        "Values are compared, not digits: “3 billion” is 30亿, “two-thirds” 三分之二, “doubled” 翻一番, “the 1990s” "
        "20世纪90年代, “5:30 pm” 17时30分. Number words, scales and marks are those of the source's language; of a "
        "language without a vocabulary only digits are compared. Miles, feet, acres, pounds and the like may be "
        "converted to metric units (300 miles: 约480公里); a conversion that is off by more than 5 per cent is a "
        "warning. A rounded value needs a word that says so (约, 近, "
        "超过, 多). Percent and percentage points are different things. In names (COP29, F-35) only a changed digit "
        "is a fault. Numbers that the translation adds are no fault, unless one stands in the place of a number of "
        "the source. Two numbers that changed places are found where each counts something known (90 aircraft and 60 "
        "ships, 9 dead and 32 injured) and where one becomes the other (from 3% to 5%), and so are a half of a year "
        "that became the other one and a score (4-1, 1比4). The same number of another unit is another amount "
        "(15 years, 15个月; 60 miles, 60公里), while 48 hours are 两天 and nine months 前三季度. "
        "“One”, “first” and the like need not be rendered. Merged units are compared as a group. A number that is "
        "wrong in the original is waived with a comment line: 免检 number: 原文如此."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("They signed 14 deals worth $3.2 billion.", "双方签署14份协议，总价值32亿美元。"),
        Example("The deal was signed on Wednesday.", "协议于10月23日签署。"),
        Example("Товарооборот достиг 4,5 млрд долларов.", "贸易额达45亿美元。", language="ru"),
        Example("COP29 will open at 5:30 pm.", "COP29将于17时30分开幕。"),
        Example(units=(Unit("a", "Trade grew.", "贸易增长5%。"), Unit("b", "It rose by 5 percent.", "〔并〕"))),
    ),
    bad=(
        Example("The loan is $3.2 billion.", "贷款为3.2亿美元。", spot="3.2亿", severity=Severity.ERROR),
        Example("He met 14 ministers.", "他会见了多名部长。", spot="14", severity=Severity.WARNING),
        Example("Rates rose by 2 percentage points.", "利率上升2%。", severity=Severity.ERROR),
        Example("COP29 opens in Baku.", "COP28在巴库开幕。", spot="COP28"),
        Example("They met on Wednesday.", "双方10月32日会晤。", spot="10月32日"),
        Example("Замок XVII века разрушен.", "16世纪的城堡被毁。", language="ru", severity=Severity.ERROR),
        Example("Trade fell in the first half of 2024.", "2024年下半年贸易下降。", spot="下半年"),
        Example("They met twice, for a fifth time in Riga.", "双方两次会晤，第六次在里加。", spot="第六"),
        Example("Temperatures of minus 20 degrees", "气温为20度", severity=Severity.ERROR),
        Example("He was sentenced to 15 years.", "他被判处15个月监禁。", spot="15个月"),
        Example("The concert starts at half past seven.", "音乐会8点半开始。", spot="8点半"),
    ),
)
