"""``omission-undeclared``: a text left out in a way that neither tools nor readers can see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group, carriers
from compiler_flow.checks.stretch import having
from compiler_flow.i18n import gettext as _
from compiler_flow.model import (
    DECISIONS,
    MERGED_DOWN,
    MERGED_UP,
    OMITTED,
    Catalog,
    CheckContext,
    Severity,
    State,
    Unit,
)
from compiler_flow.text import lazy_pattern

_OPEN, _CLOSE = "〔（(【\\[［{｛「<＜", "〕）)】\\]］}｝」>＞"
_LEAVE = r"(?:此[处段句]|本[段句]|以[上下]|[全上下前后中])?(?:略[去过]?|省略|从略|删[节去略]?)"
_JOINED_TO = r"(?:[入到至进])?(?:[上下前后後](?:一|面)?)?[句段文条处行]?"
_JOIN = rf"(?:已|合)?[并並併]{_JOINED_TO}"
# The whole unit: a mark in brackets of another kind, with one bracket, or with other words.
_MISTYPED = lazy_pattern(
    rf"\s*(?:[{_OPEN}]\s*(?:{_LEAVE}|{_JOIN})\s*[{_CLOSE}]?|(?:{_LEAVE}|{_JOIN})\s*[{_CLOSE}])\s*[。.]?\s*"
)
# Among other text only what is no running prose: 附件（略） may stand in a bulletin.
_AMONG = lazy_pattern(
    rf"[〔【\[［](?:{_LEAVE}|{_JOIN})[〕】\]］](?!\()|^[（(](?:{_LEAVE})[）)]|(?<=[。！？”])[（(](?:{_LEAVE})[）)]$"
)
_BARE = lazy_pattern(r"\s*(?:略|从略|省略|…+|\.{2,}|-+|—+|/|无|N/?A)\s*[。.]?\s*")
_BARE_JOIN = lazy_pattern(r"\s*(?:[并並併](?:入?[上下]句?)?)\s*[。.]?\s*")
# What somebody typed to be rid of a unit; what was meant is for a person to say.
_EMPTY = lazy_pattern(r"\s*(?:同[上前]|[{｛〔【\[［]\s*[}｝〕】\]］])\s*[。.]?\s*")
# The longest of the marks that stand alone has twelve characters. They have one of the signs, or begin like _BARE and
# _EMPTY; in every other one a bracket stands soon behind a sign.
_SHORT = 16
_SIGNS, _CLOSED = "略删并並併", rf"(?:[去过节略]?|{_JOINED_TO})[〕】\]］）)]"
_MAY_STAND_ALONE = lazy_pattern(rf"\s*[….—/无N同{{｛〔【\[［-]|[^{_SIGNS}]*[{_SIGNS}]")


def _run(catalog: Catalog, _grouped: Sequence[Group], _context: CheckContext) -> Iterator[Fault]:
    units = catalog.units
    targets = [unit.target for unit in units]
    alone = [n for n, target in enumerate(targets) if len(target) <= _SHORT and _MAY_STAND_ALONE.match(target)]
    suspect = sorted(having(targets, _SIGNS, _CLOSED).union(alone))
    merged = any(units[number].state is State.MERGED for number in suspect)
    rendered_in = carriers(units) if merged else []
    for number in suspect:
        unit = units[number]
        if unit.state is State.MERGED and rendered_in[number] is None:
            yield Fault(
                _("There is no unit that this could be rendered in: its text is lost."),
                span=(0, len(unit.target)),
                where=unit,
            )
        elif unit.state in (State.TRANSLATED, State.DRAFT):
            yield from _hidden(unit)


def _hidden(unit: Unit) -> Iterator[Fault]:
    """What looks like a decision and is none, as tools and readers see it."""
    text = unit.target
    short = len(text) <= _SHORT
    span = (0, len(text))
    if short and _MISTYPED.fullmatch(text):
        yield Fault(
            _("The mark of this decision is written {mark}.").format(mark=_meant(text)),
            span=span,
            fix=_meant(text),
            where=unit,
        )
    elif (found := _AMONG.search(text)) and text.strip() not in DECISIONS:
        yield Fault(
            _("“{mark}” is only a decision where it stands alone in its unit: here it would be printed.").format(
                mark=found[0]
            ),
            span=found.span(),
            where=unit,
        )
    elif short and sum(char.isalpha() for char in unit.source) > 3:
        if _BARE.fullmatch(text):
            yield Fault(
                _("A unit that is left out on purpose is written {mark}.").format(mark=OMITTED),
                span=span,
                fix=OMITTED,
                where=unit,
            )
        elif _BARE_JOIN.fullmatch(text):
            yield Fault(
                _("The mark of this decision is written {mark}.").format(mark=_meant(text)),
                span=span,
                fix=_meant(text),
                where=unit,
            )
        elif _EMPTY.fullmatch(text):
            yield Fault(
                _("“{text}” is no translation: render the unit, or write {omitted}, {up} or {down}.").format(
                    text=text.strip(), omitted=OMITTED, up=MERGED_UP, down=MERGED_DOWN
                ),
                span=span,
                where=unit,
            )


def _meant(text: str) -> str:
    """The mark that a mistyped one stands for."""
    if not re.search("[并並併]", text):
        return OMITTED
    return MERGED_DOWN if re.search("[下后後]", text) else MERGED_UP


CHECK = Check(
    name="omission-undeclared",
    severity=Severity.ERROR,
    scope="article",
    summary="A unit is left out without the mark that says so.",
    explanation=(
        "A compilation declares what it leaves out (CY/T 123-2015: 如有删略，应做必要说明). The number says "
        "编译，有删节 where units are 〔略〕; a unit that holds only “略”, “（略）”, “…” or a dash would be printed, "
        "and a 〔并〕 without a unit to be rendered in is lost without a trace. A mark that is mistyped "
        "(〔並〕, [并], 〔略, 〔并入上句〕) or stands beside other text is no decision and would be printed as "
        "well; other words in such "
        "brackets (〔注〕) are free."
    ),
    run=_run,
    good=(
        Example("The talks ended.", "〔略〕"),
        Example("...", "……"),
        Example("[Note] The talks ended.", "〔注〕会谈结束。"),
        Example("The merger (omitted here) failed.", "〔并购〕失败，附件（略）。"),
        Example(units=(Unit("a", "They met.", "他们会晤并交谈。"), Unit("b", "They talked.", "〔并〕"))),
    ),
    bad=(
        Example("The talks ended.", "（略）", fix="〔略〕"),
        Example("The talks ended.", "……"),
        Example("The talks ended.", "〔並〕", fix="〔并〕", severity=Severity.ERROR),
        Example("The talks ended.", "[并]", fix="〔并〕"),
        Example("The talks ended.", "〔并上〕", fix="〔并〕"),
        Example("The talks ended.", "〔并入上句〕", fix="〔并〕"),
        Example("The talks ended.", "（并入下句）", fix="〔并下〕"),
        Example("The talks ended.", "〔略", fix="〔略〕"),
        Example("It rained.", "下雨了。〔略〕", spot="〔略〕"),
        Example("It rained.", "〔略〕下雨了。", spot="〔略〕"),
        Example("It rained.", "〔略〕〔并〕", spot="〔略〕"),
        Example("The talks ended.", "同上"),
        Example("The talks ended.", "{}"),
        Example("The talks ended.", MERGED_DOWN, spot=MERGED_DOWN),
        Example(units=(Unit("a", "They met.", "〔并〕"), Unit("b", "They talked.", "他们交谈。"))),
    ),
)
