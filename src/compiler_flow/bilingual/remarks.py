"""What we tell a translator about a unit, line by line: its place, where the draft came from, the agreed terms.

In PO these are extracted comments (``#.``), which every client shows and none changes; in XLIFF they are notes. One
fixed shape for each kind of line, so that they can be read back::

    位置：正文 ¶4                                        Spot: the fourth block, a paragraph
    位置：小标题 ¶3 h2                                   … a heading of level 2
    位置：列表项 ¶6 1 -                                  … a list item of depth 1 with the marker ``-``
    初稿：机器翻译 argos en_zh-1.9 · 0123456789          Origin: engine, model, digest of the proposal
    初稿：翻译记忆 87% tokayev · 0123456789              … memory: score and article
    初稿：原文有改动 · 0123456789 · 注意：数字不同        … the source changed; a note follows
    术语：Hanno Pevkur → 汉诺·佩夫库尔                   TermNote
    译名建议：Zofia Wilk → 佐菲娅·维尔克（波兰语译音表）   NameNote: a name without entry, its proposal and why

Every other line is somebody else's note and is kept as it is.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from compiler_flow.model import BlockKind, NameNote, Origin, OriginKind, Role, Spot, TermNote
from compiler_flow.text import fold_spaces, lazy_pattern

_SPOT = "位置："
_ORIGIN = "初稿："
_TERM = "术语："
_NAME = "译名建议："
_WARNING = " · 注意："
_ARROW = " → "

_PLACES = {
    "题名": (Role.TITLE, BlockKind.PARAGRAPH),
    "作者": (Role.AUTHOR, BlockKind.PARAGRAPH),
    "作者身份": (Role.AUTHOR_ROLE, BlockKind.PARAGRAPH),
    "网站": (Role.SITE, BlockKind.PARAGRAPH),
    "小标题": (Role.HEADING, BlockKind.HEADING),
    "段首标题": (Role.LABEL, BlockKind.PARAGRAPH),
    "引文段首标题": (Role.LABEL, BlockKind.QUOTE),
    "列表项段首标题": (Role.LABEL, BlockKind.ITEM),
    "正文": (Role.TEXT, BlockKind.PARAGRAPH),
    "引文": (Role.TEXT, BlockKind.QUOTE),
    "列表项": (Role.TEXT, BlockKind.ITEM),
}
_PLACE_NAMES = {place: name for name, place in _PLACES.items()}
_SPOT_LINE = lazy_pattern(rf"{_SPOT}(\S+)(?: ¶(\d+))?(?: h(\d+))?(?: (\d+) (\S+))?\Z")
_ORIGIN_LINE = lazy_pattern(
    rf"{_ORIGIN}(?:(?P<engine>机器翻译)(?: (?P<by>\S+))?(?: (?P<model>.+?))?"
    r"|翻译记忆 (?P<score>\d+)%(?: (?P<article>.+?))?"
    r"|原文有改动)"
    rf" · (?P<digest>[0-9a-f]*)(?:{_WARNING}(?P<note>.+))?\Z"
)
_NAME_LINE = lazy_pattern(rf"{_NAME}(?P<source>.+?){_ARROW}(?P<target>[^（）]+?)(?:（(?P<reason>.+)）)?\Z")
_SPACES = lazy_pattern(r"\s+")


@dataclass(frozen=True, slots=True)
class Remarks:
    """What the lines of a unit say; ``notes`` are all lines that are not ours."""

    spot: Spot | None = None
    origin: Origin | None = None
    terms: tuple[TermNote, ...] = ()
    names: tuple[NameNote, ...] = ()
    notes: tuple[str, ...] = ()


def write(
    spot: Spot | None,
    origin: Origin | None,
    terms: Iterable[TermNote],
    names: Iterable[NameNote],
    notes: Iterable[str],
) -> list[str]:
    """The lines for a unit, in the fixed order: place, draft, terms, proposed names, other notes."""
    lines = []
    if spot is not None:
        lines.append(spot_line(spot))
    if origin is not None:
        lines.append(origin_line(origin))
    for term in terms:
        lines.append(f"{_TERM}{fold_spaces(term.source)}{_ARROW}{fold_spaces(term.target)}")
    lines.extend(map(name_line, names))
    lines.extend(notes)
    return lines


def read(lines: Iterable[str]) -> Remarks:
    """What the lines say. A second line of a kind that stands once is somebody's note."""
    return _read(tuple(lines))


# The sentences of a paragraph have the same lines, as long as nobody has said anything about one of them.
@functools.lru_cache(maxsize=256)
def _read(lines: tuple[str, ...]) -> Remarks:
    spot: Spot | None = None
    origin: Origin | None = None
    terms: list[TermNote] = []
    names: list[NameNote] = []
    notes: list[str] = []
    for line in lines:
        kind = line[: len(_SPOT)]
        if kind == _SPOT and spot is None and (spot := _read_spot(line)) is not None:
            continue
        if kind == _ORIGIN and origin is None and (origin := _read_origin(line)) is not None:
            continue
        if kind == _TERM and (term := _read_term(line)) is not None:
            terms.append(term)
            continue
        if line.startswith(_NAME) and (name := _read_name(line)) is not None:
            names.append(name)
            continue
        notes.append(line)
    return Remarks(spot, origin, tuple(terms), tuple(names), tuple(notes))


# People type into these lines too: what is read is folded as what is written, or a file would change by being saved.
@functools.lru_cache(maxsize=4096)
def _read_term(line: str) -> TermNote | None:
    source, _arrow, target = (fold_spaces(part) for part in line[len(_TERM) :].partition(_ARROW))
    return TermNote(source, target) if source and target else None


@functools.lru_cache(maxsize=4096)
def _read_name(line: str) -> NameNote | None:
    match = _NAME_LINE.match(_SPACES.sub(" ", line))
    if match is None:
        return None
    note = NameNote(*(fold_spaces(match[part] or "") for part in ("source", "target", "reason")))
    return note if note.source and note.target else None


def name_line(name: NameNote) -> str:
    """``译名建议：…`` for a translator."""
    # The brackets hold the reason, so that none may stand before them.
    target = fold_spaces(name.target).replace("（", "(").replace("）", ")")
    reason = f"（{fold_spaces(name.reason)}）" if name.reason else ""
    return f"{_NAME}{fold_spaces(name.source)}{_ARROW}{target}{reason}"


@functools.lru_cache(maxsize=4096)
def spot_line(spot: Spot) -> str:
    """``位置：…`` for a translator."""
    name = _PLACE_NAMES.get((spot.role, spot.kind)) or _PLACE_NAMES[_usual(spot.role)]
    block = f" ¶{spot.block}" if spot.block else ""
    if spot.kind is BlockKind.HEADING:
        return f"{_SPOT}{name}{block} h{spot.level}"
    if spot.kind is BlockKind.ITEM:
        return f"{_SPOT}{name}{block} {spot.level} {spot.marker or '-'}"
    return f"{_SPOT}{name}{block}"


def _usual(role: Role) -> tuple[Role, BlockKind]:
    return role, BlockKind.HEADING if role is Role.HEADING else BlockKind.PARAGRAPH


@functools.lru_cache(maxsize=4096)
def _read_spot(line: str) -> Spot | None:
    match = _SPOT_LINE.match(line)
    if match is None or match[1] not in _PLACES:
        return None
    role, kind = _PLACES[match[1]]
    level = match[3] if kind is BlockKind.HEADING else match[4] if kind is BlockKind.ITEM else None
    marker = (match[5] or "-") if kind is BlockKind.ITEM else ""
    return Spot(role, int(match[2] or 0), kind, int(level or 0), marker)


def origin_line(origin: Origin) -> str:
    """``初稿：…`` for a translator."""
    match origin.kind:
        case OriginKind.ENGINE:
            what = " ".join(part for part in ("机器翻译", origin.by.replace(" ", "_"), _part(origin.model)) if part)
        case OriginKind.MEMORY:
            what = f"翻译记忆 {origin.score}% {_part(origin.by)}".rstrip()
        case OriginKind.CHANGED:
            what = "原文有改动"
    note = f"{_WARNING}{fold_spaces(origin.note)}" if origin.note else ""
    return f"{_ORIGIN}{what} · {origin.digest}{note}"


def _part(value: str) -> str:
    # The dot separates the parts of the line.
    return fold_spaces(value).replace(" · ", " - ") if value else ""


def _read_origin(line: str) -> Origin | None:
    match = _ORIGIN_LINE.match(_SPACES.sub(" ", line))
    if match is None:
        return None
    digest, note = match["digest"], fold_spaces(match["note"] or "")
    if match["engine"]:
        return Origin(OriginKind.ENGINE, match["by"] or "", _part(match["model"] or ""), 0, digest, note)
    if match["score"]:
        return Origin(OriginKind.MEMORY, _part(match["article"] or ""), "", int(match["score"]), digest, note)
    return Origin(OriginKind.CHANGED, "", "", 0, digest, note)
