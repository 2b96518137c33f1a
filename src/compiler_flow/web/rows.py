"""What the page shows of an article's units: which of them, and each with its marks, findings and words for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from compiler_flow.flow import marking
from compiler_flow.flow.desk import Sheet
from compiler_flow.flow.editing import mark
from compiler_flow.flow.marking import Piece
from compiler_flow.i18n import gettext as _
from compiler_flow.i18n import pgettext
from compiler_flow.model import (
    MERGED_DOWN,
    MERGED_UP,
    BlockKind,
    Finding,
    Origin,
    OriginKind,
    Role,
    Severity,
    State,
    Unit,
)

WINDOW = 120
"""Units on one page; the script loads the next ones when they are near."""

SHOWN = ("all", "open", "draft", "findings", "errors", "waived", "commented")


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding as the page shows it. ``key`` names it in forms; ``found`` and ``fix`` are what it would replace."""

    finding: Finding
    key: str
    level: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A unit as the page shows it."""

    unit: Unit
    number: int
    mark: str
    state: State
    state_word: str
    place: str
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    faults: tuple[Fault, ...]
    waived: tuple[Fault, ...]
    origin: str
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """Which units are asked for: ``show`` is one of ``SHOWN``, ``check`` the name of a check, ``words`` a text."""

    show: str = "all"
    check: str = ""
    words: str = ""

    @property
    def is_open(self) -> bool:
        """Whether every unit is asked for."""
        return self.show == "all" and not self.check and not self.words.strip()

    def indexes(self, units: Sequence[Unit], findings: Sequence[Finding]) -> list[int]:
        """The places of the units that fit, in order."""
        standing = _by_unit(findings)
        words = self.words.casefold().split()
        return [
            index
            for index, unit in enumerate(units)
            if self._fits(unit, standing.get(unit.id, [])) and _has(unit, words)
        ]

    def _fits(self, unit: Unit, findings: Sequence[Finding]) -> bool:
        if self.check and not any(found.check == self.check for found in findings):
            return False
        match self.show:
            case "open":
                return not unit.is_done
            case "draft":
                return unit.state is State.DRAFT
            case "findings":
                return any(not found.waived for found in findings)
            case "errors":
                return any(not found.waived and found.severity is Severity.ERROR for found in findings)
            case "waived":
                return any(found.waived for found in findings)
            case "commented":
                return bool(unit.comments)
        return True


def _has(unit: Unit, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = "\n".join((unit.source, unit.target, *unit.comments)).casefold()
    return all(word in text for word in words)


def _by_unit(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for one in findings:
        found.setdefault(one.unit, []).append(one)
    return found


def rows(sheet: Sheet, indexes: Iterable[int], findings: Sequence[Finding]) -> Iterator[Row]:
    """The units of ``sheet`` at ``indexes`` with what ``findings`` say of them.

    Each row is made when it is asked for: while the template is rendered, in its thread and not in the server's.
    """
    by_unit = _by_unit(findings)
    for index in indexes:
        unit = sheet.catalog.units[index]
        yield _row(sheet, unit, index + 1, by_unit.get(unit.id, []))


def _row(sheet: Sheet, unit: Unit, number: int, findings: Sequence[Finding]) -> Row:
    own = [found for found in findings if found.source == unit.source]
    language = sheet.catalog.source_language
    return Row(
        unit=unit,
        number=number,
        mark=mark(unit),
        state=unit.state,
        state_word=state_word(unit),
        place=place(unit),
        source=marking.of_source(unit, language, sheet.context, own),
        target=marking.of_target(unit, language, sheet.context, findings) if unit.target.strip() else (),
        faults=tuple(fault(found) for found in findings if not found.waived),
        waived=tuple(fault(found) for found in findings if found.waived),
        origin=origin_words(unit.origin, unit.draft_note),
        is_heading=unit.spot is not None and (unit.spot.role is Role.TITLE or unit.spot.kind is BlockKind.HEADING),
    )


def fault(found: Finding) -> Fault:
    """``found`` for the page."""
    start, end = found.span or (0, 0)
    text = found.target[start:end] if found.side == "target" else ""
    return Fault(found, f"{found.check}:{start}:{end}", level(found.severity), text)


def level(severity: Severity) -> str:
    """How grave a finding is, in words."""
    words = {
        Severity.ERROR: pgettext("severity", "error"),
        Severity.WARNING: pgettext("severity", "warning"),
        Severity.INFO: pgettext("severity", "info"),
    }
    return words[severity]


def state_word(unit: Unit) -> str:
    """What a unit's state is called."""
    if unit.state is State.MERGED:
        return {MERGED_UP: _("with the unit before"), MERGED_DOWN: _("with the unit after")}[unit.target.strip()]
    words = {
        State.EMPTY: pgettext("state", "empty"),
        State.DRAFT: pgettext("state", "draft"),
        State.TRANSLATED: pgettext("state", "translated"),
        State.OMITTED: pgettext("state", "left out"),
    }
    return words[unit.state]


def deed(verb: str) -> str:
    """What somebody did, in words; ``verb`` is one of ``actions``."""
    words = {
        "write": pgettext("deed", "wrote a translation"),
        "accept": pgettext("deed", "accepted the draft"),
        "doubt": pgettext("deed", "marked it as a draft"),
        "omit": pgettext("deed", "left it out"),
        "merge-up": pgettext("deed", "merged it with the unit before"),
        "merge-down": pgettext("deed", "merged it with the unit after"),
        "reopen": pgettext("deed", "opened it again"),
        "waive": pgettext("deed", "waived a finding"),
        "unwaive": pgettext("deed", "took a waiver back"),
        "remark": pgettext("deed", "commented"),
        "settle": pgettext("deed", "settled a conflict"),
        "fix": pgettext("deed", "put a finding right"),
        "sign-reviewer": pgettext("deed", "signed as reviewer"),
        "sign-compiler": pgettext("deed", "signed as compiler"),
        "term": pgettext("deed", "added to the glossary"),
    }
    return words[verb]


def place(unit: Unit) -> str:
    """Where a unit stands in its article, in words."""
    spot = unit.spot
    if spot is None:
        return ""
    words = {
        Role.TITLE: pgettext("place", "title"),
        Role.AUTHOR: pgettext("place", "author"),
        Role.AUTHOR_ROLE: pgettext("place", "author's role"),
        Role.SITE: pgettext("place", "site"),
        Role.HEADING: pgettext("place", "heading"),
        Role.LABEL: pgettext("place", "label"),
    }
    kinds = {BlockKind.QUOTE: pgettext("place", "quotation"), BlockKind.ITEM: pgettext("place", "list")}
    what = words.get(spot.role) or kinds.get(spot.kind, "")
    return " ".join(filter(None, (f"¶{spot.block}" if spot.block else "", what)))


def origin_words(origin: Origin | None, note: str) -> str:
    """Where a draft came from, in words, and ``note``: what looks wrong with it."""
    if origin is None:
        return ""
    model = " ".join(filter(None, (origin.by, origin.model)))
    words = {
        OriginKind.ENGINE: _("Draft by {engine}").format(engine=model),
        OriginKind.MEMORY: _("From the memory, {score}% ({article})").format(score=origin.score, article=model),
        OriginKind.CHANGED: _("The source changed"),
    }
    return f"{words[origin.kind]}{_(': ')}{note}" if note else words[origin.kind]
