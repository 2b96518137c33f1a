"""What a check is, and what it is shown: groups of units, the text a reader sees, waivers.

A check is a frozen ``Check`` in a file of its own; that file is also its documentation and its examples. Checks are
pure: value in, faults out, no disk, no clock. They say what is wrong and where; ``checks.run`` adds the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from compiler_flow.model import (
    DECISIONS,
    MERGED_UP,
    METADATA_ROLES,
    Catalog,
    CheckContext,
    HouseRule,
    Issue,
    Metadata,
    Part,
    Role,
    Severity,
    State,
    Term,
    Unit,
)
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from compiler_flow.checks.stretch import Stretch

Scope = Literal["unit", "article", "issue"]


class Shown(NamedTuple):
    """A text as a reader sees it: no marks of inline Markdown, no web and mail addresses.

    ``places[i]`` is the offset of ``text[i]`` in the text with its marks; ``None`` where nothing was taken out.
    """

    text: str
    places: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text with its marks that shows ``text[start:end]``."""
        if self.places is None or end <= start:
            return (start, end)
        return (self.places[start], self.places[end - 1] + 1)


# What is not shown as text: link targets, addresses, the marks of emphasis and code, the backslash of an escape.
# An address in the middle of a text leaves a space, so that its neighbours do not become one word.
_HIDDEN = lazy_pattern(
    r"\]\((?:<[^<>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)"
    r"|(?P<address><?(?:https?://|www\.)[^\s<>，。；、）》”\u4e00-\u9fff]*>?|[\w.+-]+@[\w-]+\.[\w.-]+\w)"
    r"|\\(?P<escaped>[\\`*_\[\]<])|\*+|`+|\[(?=[^\]]*\]\()"
    r"|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)"
)
# Each choice begins with a character of its own, which makes the search three times as quick.
_MAY_HIDE = lazy_pattern(r"\*|`|\[|\]|_|\\|@|://|www\.")


def shown(text: str) -> Shown:
    """``text`` (inline Markdown) as a reader sees it, with the way back to its offsets."""
    if not _MAY_HIDE.search(text):
        return Shown(text)
    kept: list[tuple[str, int]] = []
    last = 0
    for match in _HIDDEN.finditer(text):
        kept += ((text[i], i) for i in range(last, match.start()))
        if match["address"]:
            kept.append((" ", match.start()))
        last = match.end("escaped") - 1 if match["escaped"] else match.end()
    kept += ((text[i], i) for i in range(last, len(text)))
    return Shown("".join(char for char, _place in kept), tuple(place for _char, place in kept))


class Group(NamedTuple):
    """A unit with a translation of its own, and the units that are rendered in it (〔并〕, 〔并下〕).

    ``source`` is their sources joined with a space, in reading order; ``target`` is the translation of ``unit``.
    ``seen`` is ``source`` and ``rendered`` is ``target`` as a reader sees them.
    """

    unit: Unit
    members: tuple[Unit, ...]
    language: str
    source: str
    target: str
    seen: Shown
    rendered: Shown

    @property
    def is_draft(self) -> bool:
        """Whether the translation is a draft that no person has taken over."""
        return self.unit.fuzzy

    @property
    def role(self) -> Role:
        """What the unit is for its article; units of foreign files are text."""
        return self.unit.spot.role if self.unit.spot else Role.TEXT


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check has to say. ``unit`` names the unit where ``where`` is none; ``severity`` overrides the check's.

    ``span`` is in the group's ``target``, or in its ``source`` where ``side`` says so (code points, with marks).
    """

    message: str
    span: tuple[int, int] | None = None
    side: Literal["target", "source"] = "target"
    fix: str = ""
    severity: Severity | None = None
    where: Group | Unit | None = None
    part: Part | None = None


UnitRun = Callable[[Group, CheckContext], Iterator[Fault]]
ArticleRun = Callable[[Catalog, Sequence[Group], CheckContext], Iterator[Fault]]
Sieve = Callable[["Stretch", CheckContext], Iterable[int]]
IssueRun = Callable[[Issue, Sequence[Part], CheckContext], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a check must pass (``good``) or report exactly once (``bad``); also its documentation.

    ``source`` and ``target`` are one unit; ``units`` replaces them where one is not enough. ``fix`` and ``spot`` are
    what a bad example's finding must offer and point at, where given. Examples of issue-wide checks have ``parts``.
    ``settings`` and ``rules`` are the house's, ``source_texts`` those of ``source.md``.
    """

    source: str = ""
    target: str = ""
    language: str = "en"
    terms: tuple[Term, ...] = ()
    units: tuple[Unit, ...] = ()
    metadata: Metadata | None = None
    parts: tuple[Part, ...] = ()
    issue: Issue = field(default_factory=lambda: Issue("example"))
    settings: Mapping[str, object] = field(default_factory=dict)
    rules: tuple[HouseRule, ...] = ()
    source_texts: tuple[str, ...] | None = None
    fix: str = ""
    spot: str = ""
    severity: Severity | None = None

    def catalog(self) -> Catalog:
        """The example as a catalog."""
        units = self.units or (Unit("example", self.source, self.target),)
        return Catalog("example", self.language, units=units)


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name in kebab-case is also its file's name, with underscores.

    ``run`` takes what ``scope`` says: a group, a catalog with its groups, or an issue with its parts; and the context.
    ``summary`` is one line, ``explanation`` says what is looked at, what is passed over, and what to do. ``sieve``
    names the groups of a stretch that may have a fault: only these are looked at, and an article-wide check that has
    one is shown only these of all its groups. Where that is nearly every group, ``gather`` notes of each stretch what
    matters, and ``is_silent`` says of the notes of all stretches, in order, whether the article has no fault at all.
    """

    name: str
    severity: Severity
    scope: Scope
    summary: str
    explanation: str
    run: UnitRun | ArticleRun | IssueRun
    good: tuple[Example, ...]
    bad: tuple[Example, ...]
    sieve: Sieve | None = None
    gather: Callable[[Stretch, CheckContext], Any] | None = None
    is_silent: Callable[[Sequence[Any]], bool] | None = None

    def on_group(self, group: Group, context: CheckContext) -> Iterator[Fault]:
        """The faults of one group; only for checks of scope ``unit``."""
        return cast("UnitRun", self.run)(group, context)

    def on_catalog(self, catalog: Catalog, grouped: Sequence[Group], context: CheckContext) -> Iterator[Fault]:
        """The faults of one article with its groups; only for checks of scope ``article``."""
        return cast("ArticleRun", self.run)(catalog, grouped, context)

    def on_issue(self, issue: Issue, parts: Sequence[Part], context: CheckContext) -> Iterator[Fault]:
        """The faults of a whole number; only for checks of scope ``issue``."""
        return cast("IssueRun", self.run)(issue, parts, context)


def is_metadata(unit: Unit) -> bool:
    """Whether ``unit`` is the article's title, author, author's role or site: not part of its body."""
    return unit.spot is not None and unit.spot.role in METADATA_ROLES


def carriers(units: Sequence[Unit]) -> list[int | None]:
    """For each unit the index of the unit whose translation renders it; ``None`` where nothing does.

    A 〔并〕 looks up, a 〔并下〕 down, to the next unit that is neither merged nor omitted, never across the line
    between metadata and body (a first paragraph cannot be rendered in the title).
    """
    found: list[int | None] = []
    states = [unit.state for unit in units]
    for index, unit in enumerate(units):
        if states[index] is State.OMITTED:
            found.append(None)
        elif states[index] is not State.MERGED:
            found.append(index)
        else:
            step = -1 if unit.target.strip() == MERGED_UP else 1
            at = index + step
            while 0 <= at < len(units) and states[at] in (State.MERGED, State.OMITTED):
                at += step
            inside = 0 <= at < len(units) and is_metadata(units[at]) == is_metadata(unit)
            found.append(at if inside else None)
    return found


def groups(catalog: Catalog) -> Iterator[Group]:
    """The units of ``catalog`` that have a translation, each with what is rendered in it, in reading order.

    Omitted units are left out, and so are empty ones: they have nothing that could be wrong.
    """
    language, units = catalog.source_language, catalog.units
    passed = {index for index, unit in enumerate(units) if not (text := unit.target.strip()) or text in DECISIONS}
    members: dict[int, list[Unit]] = {}
    if any(units[index].target.strip() for index in passed):
        passed = {index for index in passed if units[index].state is not State.DRAFT}
        for unit, carrier in zip(units, carriers(units), strict=True):
            if carrier is not None:
                members.setdefault(carrier, []).append(unit)
    # Asked here as well, because a call for every text would take as long as all the rest; and the classes of named
    # tuples take twice as long to make one.
    may_hide, make = _MAY_HIDE.search, tuple.__new__
    for index, unit in enumerate(units):
        if index in passed:
            continue
        group = tuple(members[index]) if index in members else (unit,)
        source = " ".join([member.source for member in group]) if len(group) > 1 else unit.source
        target = unit.target
        seen = shown(source) if may_hide(source) else make(Shown, (source, None))
        rendered = shown(target) if may_hide(target) else make(Shown, (target, None))
        yield make(Group, (unit, group, language, source, target, seen, rendered))


_WAIVER = lazy_pattern(r"^\s*免检\s*(?P<names>[A-Za-z][A-Za-z\d、,， -]*?)\s*[:：]\s*(?P<reason>\S.*)$")
_MEANT = lazy_pattern(r"^\s*免检\s*(?:[:：A-Za-z]|$)")


@dataclass(frozen=True, slots=True)
class WaiverLine:
    """A comment line that begins as a waiver; ``names`` is ``None`` where it is none: no check or no reason."""

    text: str
    names: tuple[str, ...] | None
    reason: str = ""


def waiver_lines(comments: Sequence[str]) -> Iterator[WaiverLine]:
    """The lines of ``comments`` that waive something, or were meant to."""
    for comment in comments:
        if "免检" not in comment:
            continue
        for line in comment.splitlines():
            if match := _WAIVER.match(line):
                names = tuple(name.lower() for name in re.split(r"[、,，\s]+", match["names"]) if name)
                yield WaiverLine(line.strip(), names, match["reason"].strip())
            elif _MEANT.match(line):
                yield WaiverLine(line.strip(), None)


def waivers(comments: Sequence[str]) -> dict[str, str]:
    """Check name → reason, from comment lines such as ``免检 number: 原文如此``; a waiver without a reason is none."""
    found: dict[str, str] = {}
    for line in waiver_lines(comments):
        for name in line.names or ():
            found.setdefault(name, line.reason)
    return found
