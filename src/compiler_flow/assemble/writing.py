"""One article as it goes into a number: its sentences as spans, its blocks, and the sentence that tells its origin."""

from __future__ import annotations

import datetime as dt
import itertools
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from compiler_flow import inline, text
from compiler_flow.model import (
    METADATA_ROLES,
    Block,
    BlockKind,
    BulletinRole,
    Metadata,
    Part,
    Role,
    Spot,
    State,
    Unit,
    own_number,
)
from compiler_flow.text import lazy_pattern

_BRACKETS = str.maketrans("《》", "〈〉")
# A backslash at a line's end is Markdown for a line break; what follows it must not become escaped.
_HARD_BREAK = lazy_pattern(r"(?<!\\)((?:\\\\)*)\\[ \t]*\n")
# Marks that Chinese and Latin text share in Unicode; in a Chinese text they take a full square.
_SHARED_MARKS = frozenset("“”‘’…—·")


@dataclass(frozen=True, slots=True)
class Writing:
    """A part with its units sorted into metadata and body. An id that comes twice is one sentence twice, both stay."""

    part: Part

    @property
    def metadata(self) -> Metadata:
        """What is known about the article."""
        return self.part.metadata

    @property
    def language(self) -> str:
        """BCP 47 tag of the sources."""
        return self.part.catalog.source_language or self.metadata.language

    @property
    def body(self) -> list[Unit]:
        """The units that are not metadata, in order."""
        units = self.part.catalog.units
        return [unit for unit in units if unit.spot is None or unit.spot.role not in METADATA_ROLES]

    def fact(self, role: Role) -> Unit:
        """The unit for a piece of metadata; made from ``Metadata`` where the catalog has none (a foreign file)."""
        for unit in self.part.catalog.units:
            if unit.spot is not None and unit.spot.role is role:
                return unit
        known = {
            Role.TITLE: self.metadata.title,
            Role.AUTHOR: self.metadata.author,
            Role.AUTHOR_ROLE: self.metadata.author_role,
            Role.SITE: self.metadata.site,
        }
        return Unit(id="", source=inline.escape(known[role]))

    def shown(self, unit: Unit, role: str = "") -> Block | None:
        """The unit as a span: its translation, or its source as a gap. ``None`` where nothing is to be shown."""
        if unit.state in (State.OMITTED, State.MERGED) or not (unit.source.strip() or unit.target.strip()):
            return None
        return Block(
            BlockKind.SPAN,
            one_line(unit.target),
            role=role,
            unit=unit.id,
            source=one_line(unit.source),
            state=unit.state,
            language=self.language,
        )

    def title(self, level: int) -> Iterator[Block]:
        """The heading, unless the title was left out on purpose. Without any title the article's name stands in."""
        unit = self.fact(Role.TITLE)
        span = self.shown(unit) or (None if unit.source.strip() else own(inline.escape(self.part.name)))
        if span is not None:
            yield Block(BlockKind.HEADING, children=(span,), level=level)

    @property
    def changes(self) -> str:
        """``abridged``, ``merged`` or nothing: the key of the standing text that declares what the compiler did."""
        states = {unit.state for unit in self.body}
        return "abridged" if State.OMITTED in states else "merged" if State.MERGED in states else ""


def body_blocks(writing: Writing, level: int) -> Iterator[Block]:
    """The article's blocks; its outermost headings get ``level``, deeper ones follow without a gap."""
    open_levels: list[int] = []
    left: dict[int, str] = {}
    for units in _leaves(writing.body):
        spot = units[0].spot
        spans = [
            span
            for unit in units
            if (span := writing.shown(unit, BulletinRole.LABEL if _role(unit) is Role.LABEL else ""))
        ]
        marker = _marker(spot, left) if spot and spot.kind is BlockKind.ITEM else ""
        if not spans:
            if spot and own_number(marker):
                left[spot.level] = marker
            continue
        block = Block(spot.kind if spot else BlockKind.PARAGRAPH, children=tuple(_seamed(spans)))
        if not marker:
            left.clear()
        if spot and spot.kind is BlockKind.HEADING:
            while open_levels and open_levels[-1] >= spot.level:
                open_levels.pop()
            open_levels.append(spot.level)
            block = replace(block, level=min(level + len(open_levels) - 1, 6))
        elif spot and spot.kind is BlockKind.ITEM:
            block = replace(block, level=max(spot.level, 1), marker=marker)
        yield block


def _marker(spot: Spot, left: dict[int, str]) -> str:
    """The marker of an item; a number of its own that an omitted item ``left`` goes to the next that counts on."""
    marker = spot.marker or "-"
    return left.pop(spot.level, marker) if marker == "1." else marker


def _role(unit: Unit) -> Role:
    return unit.spot.role if unit.spot else Role.TEXT


def _leaves(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    """Units of one block together; a unit without a place is a block of its own."""
    keyed = ((unit.spot.block if unit.spot else -1 - index, unit) for index, unit in enumerate(units))
    for _key, group in itertools.groupby(keyed, key=lambda pair: pair[0]):
        yield [unit for _block, unit in group]


# -------------------------------------------------------------------------------------------- the origin


def provenance(writing: Writing) -> Iterator[Block]:
    """``<site>网站<date>的文章《<title>》（<标题>），作者为<role><author>。``, without what is not known."""
    day = written_date(writing.metadata.date)
    outlet = (*_site(writing), *((own(day),) if day else ()))
    work = tuple(_work(writing))
    author = tuple(_author(writing))
    if not (outlet or work or author):
        return
    yield from outlet
    yield own("的文章" if outlet else "文章")
    yield from work
    if author:
        yield own("，作者为")
        yield from author
    yield own("。")


def _site(writing: Writing) -> Iterator[Block]:
    unit = writing.fact(Role.SITE)
    span = writing.shown(unit)
    if span is None:
        return
    yield span
    yield from _original(writing, unit)
    # A name that says it is a site (…新闻网) does not need the word again.
    url = writing.metadata.url
    if (
        url
        and not text.is_in_words(url)
        and not inline.plain(span.text or span.source).rstrip().endswith(("网", "网站"))
    ):
        yield own("网站")


def _work(writing: Writing) -> Iterator[Block]:
    """The original title first, as the reader finds it there; a title not yet translated is the heading's gap."""
    unit = writing.fact(Role.TITLE)
    original, span = unit.source.strip(), writing.shown(unit)
    rendered = span is not None and bool(span.text) and not _same(span.text, original)
    if original:
        yield own("《")
        yield own(one_line(original).translate(_BRACKETS), BulletinRole.ORIGINAL, writing.language)
        yield own("》")
    if span is not None and rendered:
        yield own("（" if original else "《")
        yield replace(span, text=span.text if original else span.text.translate(_BRACKETS))
        yield own("）" if original else "》")


def _author(writing: Writing) -> Iterator[Block]:
    unit = writing.fact(Role.AUTHOR)
    name, position = writing.shown(unit), writing.shown(writing.fact(Role.AUTHOR_ROLE))
    if position is not None:
        yield position
    if name is not None:
        if position is not None and (seam := _seam(inline.plain(position.text), inline.plain(name.text))):
            yield own(seam)
        yield name
        yield from _original(writing, unit)


def _original(writing: Writing, unit: Unit) -> Iterator[Block]:
    """``（original）``, unless the rendering has it already or there is no rendering."""
    if unit.target.strip() and unit.source.strip() and not _same(unit.target, unit.source):
        yield own("（")
        yield own(one_line(unit.source), BulletinRole.ORIGINAL, writing.language)
        yield own("）")


def _same(rendering: str, original: str) -> bool:
    """Whether a reader of the rendering sees the original in it."""
    return text.fold_spaces(inline.plain(original)).casefold() in text.fold_spaces(inline.plain(rendering)).casefold()


# --------------------------------------------------------------------------------------------- the seams


def one_line(written: str) -> str:
    """Inline Markdown on one line; a line end between Han characters leaves no space."""
    lines = [line.strip() for line in _HARD_BREAK.sub(r"\1\n", written).splitlines()]
    joined = ""
    for line in filter(None, lines):
        joined += _seam(joined, line) + line
    return joined


def _seam(left: str, right: str) -> str:
    return " " if left and right and _is_narrow(left[-1]) and _is_narrow(right[0]) else ""


def _is_narrow(char: str) -> bool:
    """Whether ``char`` belongs to a script whose words stand apart (UAX #11: not wide, not full-width)."""
    return char not in _SHARED_MARKS and unicodedata.east_asian_width(char) not in "WF"


def _seamed(spans: Iterable[Block]) -> Iterator[Block]:
    """``spans`` with a space where Latin meets Latin, as a span of its own; Chinese sentences touch."""
    before = ""
    for span in spans:
        visible = inline.plain(span.text or span.source)
        if _seam(before, visible):
            yield own(" ")
        yield span
        before = visible or before


def own(written: str, role: str = "", language: str = "") -> Block:
    """A span of the bulletin's own wording (inline Markdown)."""
    return Block(BlockKind.SPAN, written, role=role, language=language)


def written_date(day: dt.date | None) -> str:
    """``2024年10月31日``: Arabic digits, no spaces, no leading zeros (GB/T 15835-2011); empty without a date."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
