"""``house-rule``: what the house's own rules forbid."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from compiler_flow.checks.base import Check, Example, Fault, Group, Shown
from compiler_flow.checks.stretch import Stretch
from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.model import CheckContext, HouseRule, Severity
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    import regex

# No honest pattern needs a hundredth of this for a sentence.
_SECONDS = 2.0
_QUOTED = lazy_pattern('“[^”]*”|「[^」]*」|『[^』]*』|„[^“”]*[“”]|«[^»]*»|"[^"]*"|‘[^’]*’')


def _sieve(stretch: Stretch, context: CheckContext) -> Iterable[int]:
    return stretch.all() if context.rules else ()


def _run(group: Group, context: CheckContext) -> Iterator[Fault]:
    for rule in context.rules:
        seen = group.seen if rule.on == "source" else group.rendered
        quoted: list[tuple[int, int]] | None = None
        for start, end in _found(rule, seen):
            if rule.except_quoted:
                quoted = [match.span() for match in _QUOTED.finditer(seen.text)] if quoted is None else quoted
                if any(first < start and end < last for first, last in quoted):
                    continue
            yield Fault(rule.message, span=seen.span(start, end), side=rule.on, fix=rule.fix, severity=rule.severity)


def _found(rule: HouseRule, seen: Shown) -> list[tuple[int, int]]:
    try:
        matches = _compiled(rule.pattern).finditer(seen.text, timeout=_SECONDS)
        return [match.span() for match in matches if match.end() > match.start()]
    except TimeoutError:
        raise FormatError(
            _("The pattern of this rule takes too long on a text of {count} characters.").format(count=len(seen.text)),
            path=rule.path,
            line=rule.line,
            hint=_("Avoid repetitions inside of repetitions, such as (a+)+."),
        ) from None


@functools.lru_cache(maxsize=512)
def _compiled(pattern: str) -> regex.Pattern[str]:
    # Not ``re``: one careless pattern of a workspace must not keep everybody's check from ending.
    import regex

    return regex.compile(pattern)


_NORTH = HouseRule("北韩", "中国大陆的规范名称是“朝鲜”。", except_quoted=True, fix="朝鲜")
_OURS = HouseRule("(?<![各本])我国", "这是原文作者的口吻，宜写明国名。", except_quoted=True)
_PAGE = HouseRule("(?i)read more:", "这是网页自带的文字，请标〔略〕。", on="source", severity=Severity.INFO)

CHECK = Check(
    name="house-rule",
    severity=Severity.WARNING,
    scope="unit",
    summary="A rule of the house's own finds something.",
    explanation=(
        "Rules are data: every `[[rule]]` in `rules/*.toml` of the workspace has a `pattern` (a regular expression of "
        "Python's `regex`), a `message`, and, where wanted, `on` (`target`, the default, or `source`), `severity` "
        "(`error`, `warning`, the default, or `info`), `fix` (what to write instead) and `except_quoted = true`, which "
        "leaves alone what stands between quotation marks: people may say what the house does not. Patterns see the "
        "text as a reader does, without marks and addresses. A pattern that is wrong, or takes longer than two seconds "
        "for a unit, is an error with its file and line."
    ),
    run=_run,
    sieve=_sieve,
    good=(
        Example("North Korea protested.", "朝鲜提出抗议。", rules=(_NORTH,)),
        Example("“South and North,” he said.", "他说：“南韩和北韩都是如此。”", rules=(_NORTH,)),
        Example("Read more: Our offers", "〔略〕", rules=(_PAGE,)),
        Example("North Korea protested.", "北韩提出抗议。"),
    ),
    bad=(
        Example("North Korea protested.", "北韩提出抗议。", rules=(_NORTH,), spot="北韩", fix="朝鲜"),
        Example("“Us,” said our country.", "“我们。”我国表示。", rules=(_OURS,), spot="我国"),
        Example("Read more: Our offers", "更多：优惠", rules=(_PAGE,), spot="Read more:", severity=Severity.INFO),
    ),
)
