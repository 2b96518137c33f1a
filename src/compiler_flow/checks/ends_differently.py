"""``ends-differently``: no final mark, a question that became a statement, a headline with a stop."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, Role, Severity, Spot, Unit
from compiler_flow.text import lazy_pattern

_TAIL = lazy_pattern(r"[\s”’\"'）)》」』»\]]+$")
# Two ASCII stops, or one beside a Chinese one: three are an ellipsis, and a single one is half-width-punctuation's.
_DOUBLED = lazy_pattern(r"(?<=[\u4e00-\u9fff”’）》%\d])(?:\.\.|。\.|\.。)$")
_ASKS = lazy_pattern("[?？;]")
# The question is: who pays? 问题在于由谁来付钱。
_TOLD = lazy_pattern(
    r"(?:question|issue|ask\w*|wonder\w*|вопрос\w*|спр\w+|питан\w*|pytani\w*|Frage\w*)[^.?!]{0,30}[:—–-]"
)
_ASKED = lazy_pattern("谁|什么|何|怎|哪|是否|多少|几")
_HASHTAG = lazy_pattern(r"#\w+$")
_UNITS = frozenset(
    (
        "d",
        "m",
        "min",
        "val",
        "proc",
        "mln",
        "mlrd",
        "tūkst",
        "r",
        "g",
        "godz",
        "st",
        "г",
        "гг",
        "р",
        "млн",
        "тыс",
        "тис",
    )
)
_FEW = 6
_ABBREVIATED = frozenset(
    ("approx", "dept", "govt", "prof", "univ", "misc", "assn", "incl", "resp", "тыс", "млрд", "долл", "стр")
)


def _sieve(stretch: Stretch, _context: CheckContext) -> Iterable[int]:
    """All but sentences that end with a full stop and ask no question."""
    open_ones = [number for number, text in enumerate(stretch.translations) if not text.endswith(("。", "。”"))]
    # Not the group's ``role``: to ask for it would take as long as all the rest.
    others = [
        number
        for number, group in enumerate(stretch.groups)
        if (spot := group.unit.spot) and spot.role is not Role.TEXT
    ]
    return stretch.seen_having("?").union(open_ones, others, stretch.rendered_having(".", "。"))


def _run(group: Group, _context: CheckContext) -> Iterator[Fault]:
    source, target = _TAIL.sub("", group.seen.text), _TAIL.sub("", group.rendered.text)
    if not source or not target:
        return
    at = len(target)
    spot = group.rendered.span(at - 1, at)
    if group.role in (Role.TITLE, Role.HEADING):
        if target[-1] == "。" and source[-1] not in ".。":
            yield Fault(_("A headline ends without a full stop."), span=spot)
    elif group.role is Role.TEXT and (doubled := _DOUBLED.search(target)):
        span = group.rendered.span(*doubled.span())
        yield Fault(_("The final mark is doubled."), span=span, fix=_mark(source[-1]))
    elif group.role is Role.TEXT and _is_sentence(source):
        if source[-1] == "?" and not _asks_too(group):
            yield Fault(_("The source asks a question, the translation does not."), span=spot)
        elif source[-1] == "." and target[-1] in "？?" and not _ASKS.search(group.seen.text):
            yield Fault(_("The translation asks a question, the source does not."), span=spot)
        elif source[-1] in ".!?…" and target[-1].isalnum() and not _HASHTAG.search(target):
            yield Fault(_("The sentence lacks its final mark."), span=spot, fix=target[-1] + _mark(source[-1]))


def _asks_too(group: Group) -> bool:
    """Whether the translation asks as well: with a mark, with 难道, or by saying what the question is."""
    text = group.rendered.text
    told = _TOLD.search(group.seen.text) and _ASKED.search(text)
    return "？" in text or "?" in text or "难道" in text or "岂" in text or bool(told)


def _is_sentence(text: str) -> bool:
    """More than three words, or a few that end in a written-out small word: It rained. Not: Washington, D.C."""
    words = text.split()
    last = re.sub(r"\W+$", "", words[-1])
    plain = last.isalpha() and (last.islower() or last.endswith("다"))
    short = len(words) > 1 and plain and (len(last) > 3 or last[-1] == "다") and last not in _ABBREVIATED
    # A date or an amount of a few words that ends in its unit: 2025 m. vasario 9 d., 12 мая 2024 г.
    if len(words) <= _FEW and last in _UNITS and any(map(str.isdigit, text)):
        return False
    return len(words) > 3 or short


def _mark(mark: str) -> str:
    return {"?": "？", "!": "！", "…": "……"}.get(mark, "。")


_TITLE = Spot(Role.TITLE)

CHECK = Check(
    name="ends-differently",
    severity=Severity.WARNING,
    scope="unit",
    summary="The translation does not end as the source does.",
    explanation=(
        "A sentence of the body ends with a mark, a question stays a question and a statement a statement "
        "(他没有说何时开始 asks nothing), a headline has no full stop. Which mark ends a sentence is the translator's "
        "choice, and a comma or colon that leads on to the next unit is fine. Of sources of three words or fewer only "
        "those are looked at that end in a written-out small word (It rained.): the others may be labels or "
        "abbreviations. A final mark that is typed twice in ASCII is found."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("“We agree on everything,” he said.", "他说：“我们完全同意。”"),
        Example("Will they agree on it?", "他们会同意吗？"),
        Example("They met in the old town.", "他们在老城会晤；"),
        Example(units=(Unit("a", "Leaders meet in Riga", "领导人在里加会晤", spot=_TITLE),)),
        Example("Washington, D.C.", "华盛顿"),
        Example("Reuters et al.", "路透社等"),
        Example("2025 m. vasario 9 d.", "2025年2月9日", language="lt"),
        Example("He left...", "他走了..."),
        Example("“We keep the balance,” he wrote, “#BlackSea”.", "他写道：“我们保持平衡。#BlackSea”"),
        Example("The question is: who pays?", "问题在于由谁来付钱。"),
        Example("Isn't that what everybody wants?", "这难道不正是人人所愿！"),
    ),
    bad=(
        Example("It rained.", "下雨了", spot="了", fix="了。"),
        Example("It rained.", "下雨了..", spot="..", fix="。"),
        Example("They met in the old town.", "他们在老城会晤", spot="晤", fix="晤。"),
        Example("Will they agree on it?", "他们会同意。"),
        Example("He did not say when it will begin.", "他没有说何时开始？", spot="？"),
        Example(units=(Unit("a", "Leaders meet in Riga", "领导人在里加会晤。", spot=_TITLE),), spot="。"),
    ),
)
