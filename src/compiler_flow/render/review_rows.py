"""The review copy as rows, which its HTML and Word forms share: every unit, also those that the number leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from compiler_flow import inline
from compiler_flow.model import (
    MERGED_DOWN,
    BlockKind,
    Bulletin,
    Finding,
    Part,
    Role,
    Severity,
    State,
    Unit,
)

SOURCE_HEADING, TARGET_HEADING, REMARK_HEADING = "原文", "译文", "批注"

_PLACES = {
    Role.TITLE: "题名",
    Role.AUTHOR: "作者",
    Role.AUTHOR_ROLE: "作者身份",
    Role.SITE: "网站",
    Role.HEADING: "小标题",
    Role.LABEL: "段首标题",
}
_STATES = {
    State.EMPTY: "待译",
    State.DRAFT: "初稿",
    State.OMITTED: "略去",
    State.MERGED: "并入上句",
}
# What the state says already.
_SAID = frozenset({"untranslated", "draft-left"})
_SIGNERS = {"compiler": "编译", "reviewer": "审校"}
_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "注意", Severity.INFO: "提示"}


@dataclass(frozen=True, slots=True)
class Row:
    """A unit: its texts as a reader sees them, its state, and the remarks in the margin.

    ``place`` tells a unit that is no plain sentence, ``starts_block`` says that a new paragraph begins here.
    """

    source: str
    target: str
    state: State
    place: str
    remarks: tuple[str, ...]
    starts_block: bool
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article of the review copy. ``signed`` tells who signed."""

    name: str
    title: str
    language: str
    address: str
    signed: tuple[str, ...]
    rows: tuple[Row, ...]


def sheets(bulletin: Bulletin) -> Iterator[Sheet]:
    """The articles in the order of the number."""
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in bulletin.findings:
        found[finding.article, finding.unit].append(finding)
    for part in bulletin.parts:
        yield _sheet(part, found)


def _sheet(part: Part, found: dict[tuple[str, str], list[Finding]]) -> Sheet:
    rows = []
    block = -1
    for unit in part.catalog.units:
        here = unit.spot.block if unit.spot else block + 1
        rows.append(_row(unit, found[part.name, unit.id], starts_block=here != block or here == 0))
        block = here
    titles = (unit for unit in part.catalog.units if unit.spot and unit.spot.role is Role.TITLE)
    title = next((inline.plain(unit.target if unit.state is State.TRANSLATED else unit.source) for unit in titles), "")
    signed = tuple(
        f"{one.by}（{_SIGNERS.get(one.role, one.role)}，{one.at.date().isoformat()}）"
        for one in part.metadata.sign_offs
    )
    language = part.catalog.source_language or part.metadata.language
    return Sheet(part.name, title or part.name, language, part.metadata.url, signed, tuple(rows))


def _row(unit: Unit, findings: list[Finding], *, starts_block: bool) -> Row:
    state = unit.state
    remarks = [_STATES[state]] if state in _STATES else []
    if state is State.MERGED and unit.target.strip() == MERGED_DOWN:
        remarks = ["并入下句"]
    if unit.draft_note:
        remarks.append(unit.draft_note)
    for one in findings:
        if one.check in _SAID and state in (State.EMPTY, State.DRAFT) and not one.waived:
            continue
        waived = f"（免检：{one.waived}）" if one.waived else ""
        remarks.append(f"{_SEVERITIES[one.severity]} {one.check}：{one.message}{waived}")
    remarks += [f"译者：{comment}" for comment in unit.comments if comment.strip()]
    role = unit.spot.role if unit.spot else Role.TEXT
    shown = "" if state in (State.OMITTED, State.MERGED, State.EMPTY) else inline.plain(unit.target)
    kind = unit.spot.kind if unit.spot else BlockKind.PARAGRAPH
    is_heading = role in (Role.TITLE, Role.HEADING) or kind is BlockKind.HEADING
    return Row(inline.plain(unit.source), shown, state, _PLACES.get(role, ""), tuple(remarks), starts_block, is_heading)
