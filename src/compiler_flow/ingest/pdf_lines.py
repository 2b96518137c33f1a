"""Characters on a page → lines in reading order: columns one after the other, rows of tables kept together.

Places are in points from the lower left corner of the page, as in the file (ISO 32000-1, section 8.3).
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import NamedTuple

from compiler_flow.ingest import signs
from compiler_flow.inline import Span
from compiler_flow.text import lazy_pattern


class Char(NamedTuple):
    """A character: where it begins and ends, its base line, and the size of its font. ``\\n`` ends a line; ``made``
    says that the file has no such space, only a gap.

    A tuple, because a file of 300 pages has a million and a half, and tuples are made faster than frozen dataclasses.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    italic: bool = False
    made: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column. ``spaced`` says that it ends in a space, ``cells`` that it is a row of a table,
    ``column`` counts the columns of the whole text."""

    runs: tuple[Span, ...]
    left: float
    right: float
    base: float
    size: float
    page: int
    spaced: bool = False
    cells: tuple[str, ...] = ()
    column: int = 0
    edge: tuple[float, float] = field(default=(0.0, 0.0))

    @property
    def text(self) -> str:
        """The line's characters."""
        return "".join(run.text for run in self.runs)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(run.strong for run in self.runs if run.text.strip())


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its lines in the order of the file."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


# In heights of the font: a wider gap parts columns or cells, a larger step begins another line, a smaller font that
# stands higher is a mark.
_GAP = 1.4
_WIDER = 2.2
_WIDE = 3.0
_VAST = 4.0
_MANY = 3
_NO_GAP = 0.08
_THIN = 0.28
_STEP = 0.4
_RAISED = 0.12
_SMALLER = 0.85
_RISE = 0.7
_BACK = 0.5
MARKS = frozenset("0123456789*†‡")
SIGNS = frozenset("+-−–")
# Behind ten, a factor or a unit a figure that stands high is a power, behind all else the mark of a note.
_TEN = lazy_pattern(r"(?:(?<![\d.,])10|[×·]\s?\d+)$")
_BEFORE = 16
# A gutter: how many lines at least on each side, and how many may cross it.
_SIDE = 4
_CROSSING = 0.3
_FILLED = 0.55
_GRID = 2.0
_ODD = 10


def lines_of(chars: Iterable[Char], page: int) -> tuple[Line, ...]:
    """The lines of a page, pieces of a line that stand far apart as lines of their own, marks of notes left out."""
    return tuple(line for piece in _pieces(chars) if (line := _line(piece, page)))


def _pieces(chars: Iterable[Char]) -> Iterator[list[Char]]:
    piece: list[Char] = []
    last: Char | None = None
    for char in chars:
        if char.text == "\n":
            # PDFium sees a line's end where a raised figure begins, too.
            continue
        if not char.text.isspace():
            if last is not None and not _same_line(last, char, piece):
                yield from _parted(piece)
                piece, last = [], None
            if last is None or not _is_raised(char, last):
                last = char
        piece.append(char)
    yield from _parted(piece)


def _same_line(last: Char, char: Char, piece: list[Char]) -> bool:
    """Whether ``char`` stands in the line of ``last``, the last character in it that is no raised mark."""
    if not (_is_raised(char, last) or _is_raised(last, char)):
        size = max(last.size, char.size)
        if abs(char.base - last.base) > _STEP * size:
            return False
    return not (char.left < last.left and char.left < min(each.left for each in piece) - _BACK * char.size)


def _is_raised(mark: Char, text: Char) -> bool:
    return mark.size < _SMALLER * text.size and 0 < mark.base - text.base < _RISE * text.size


def _parted(piece: list[Char]) -> Iterator[list[Char]]:
    """A line cut where its gaps are far wider than those between its words, and without spaces that show no gap."""
    solid = [char for char in piece if not char.text.isspace()]
    if any(char.left < last.left - _BACK * char.size for last, char in pairwise(solid)):
        # A mark from another font may be drawn after the line.
        piece = sorted(piece, key=lambda char: char.left)
    kept: list[Char] = []
    gaps: list[tuple[int, float]] = []
    spaces: list[Char] = []
    for char in piece:
        if char.text.isspace():
            spaces.append(char)
            continue
        if kept and (spaces or char.left - kept[-1].right > _GAP * char.size):
            gap = char.left - kept[-1].right
            if _is_gap(kept[-1], char, gap, drawn=any(not space.made for space in spaces)):
                gaps.append((len(kept), gap / max(char.size, 1)))
                kept.append(char._replace(text=" ", left=kept[-1].right, right=char.left))
        spaces = []
        kept.append(char)
    if not kept:
        return
    usual = statistics.median_low(gap for _at, gap in gaps) if len(gaps) >= _MANY else _GAP
    limit = max(_GAP, _WIDER * usual) if len(gaps) >= _MANY else _WIDE
    start = 0
    for at, gap in gaps:
        if gap > min(limit, _VAST):
            yield kept[start:at]
            start = at + 1
    # What was drawn behind the last word tells whether the next line begins a word.
    yield kept[start:] + [space for space in spaces if not space.made]


def _is_gap(last: Char, char: Char, gap: float, *, drawn: bool) -> bool:
    if gap < _NO_GAP * char.size or (char.text in ".,;" and gap < _THIN * char.size):
        return False
    # Programs set a thin space between Chinese or Korean and figures that nobody typed.
    is_mixed = is_wide(last.text) != is_wide(char.text)
    return drawn or not is_mixed or gap > _THIN * char.size


def is_wide(char: str) -> bool:
    """Whether ``char`` is a Han character, kana, a Korean syllable or a mark as wide as they are."""
    return "\u3000" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" or "\uff00" <= char <= "\uffef"


def _line(piece: list[Char], page: int) -> Line | None:
    solid = [char for char in piece if not char.text.isspace()]
    if not solid:
        return None
    size = statistics.median_high(char.size for char in solid)
    base = statistics.median_high(char.base for char in solid if char.size >= _SMALLER * size)
    styled: list[tuple[tuple[bool, bool], list[str]]] = []
    said = ""
    for is_mark, group in groupby(piece, lambda char: _is_mark(char, base, size)):
        chars = list(group)
        if is_mark and said:
            power = _power("".join(char.text for char in chars), said)
            chars = [chars[0]._replace(text=power)] if power else []
        for char in chars:
            said = said[-_BEFORE:] + char.text
            if not (styled and styled[-1][0] == (char.bold, char.italic)):
                styled.append(((char.bold, char.italic), []))
            styled[-1][1].append(char.text)
    runs = tuple(Span("".join(texts), bold, italic) for (bold, italic), texts in styled)
    if not "".join(run.text for run in runs).strip():
        return None
    left, right = min(char.left for char in solid), max(char.right for char in solid)
    return Line(runs, left, right, base, size, page, piece[-1].text.isspace())


def _is_mark(char: Char, base: float, size: float) -> bool:
    return (
        char.size < _SMALLER * size and char.base > base + _RAISED * size and (char.text in MARKS or char.text in SIGNS)
    )


def _power(mark: str, said: str) -> str:
    """The raised figures ``mark`` as characters of their own, where they are a power of what ends ``said``."""
    if _TEN.search(said):
        return signs.raised(mark) if signs.FIGURES.match(mark) else ""
    power = signs.POWER.match(mark) if signs.UNIT.search(said) else None
    return signs.raised(power[0]) if power else ""


def ordered(lines: Sequence[Line], column: int, gutter: float | None = None) -> list[Line]:
    """``lines`` of one page as they are read; columns are counted on from ``column``. ``gutter`` is where the page is
    parted, if that is known already."""
    gutter = gutter_of(lines) if gutter is None else gutter
    if gutter is None:
        return _rows(lines, column)
    found: list[Line] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if line.left < gutter < line.right:
            found += _side_by_side(band, gutter, _next(found, column))
            found += _rows([line], _next(found, column))
            band = []
        else:
            band.append(line)
    return found + _side_by_side(band, gutter, _next(found, column))


def _next(found: list[Line], column: int) -> int:
    return found[-1].column + 1 if found else column


def _side_by_side(band: list[Line], gutter: float, column: int) -> list[Line]:
    left = [line for line in band if line.right <= gutter + 1]
    right = [line for line in band if line.right > gutter + 1]
    found = ordered(left, column) if left else []
    return found + (ordered(right, _next(found, column)) if right else [])


def gutter_of(lines: Sequence[Line]) -> float | None:
    """Where the page is parted into columns, or ``None``."""
    if len(lines) <= 2 * _SIDE:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    best: tuple[int, float] | None = None
    at = left + 0.15 * (right - left)
    while at < right - 0.15 * (right - left):
        crossing = sum(1 for line in lines if line.left < at < line.right)
        if crossing <= _CROSSING * len(lines) and (best is None or crossing < best[0]) and _parts(lines, at):
            best = (crossing, at)
        at += _GRID
    return best[1] if best else None


def fits(lines: Sequence[Line], gutter: float) -> bool:
    """Whether a gutter known from another page parts these lines, too: both sides hold some, and few cross it."""
    crossing = sum(1 for line in lines if line.left < gutter < line.right)
    sides = {line.left > gutter for line in lines if not line.left < gutter < line.right}
    return len(sides) > 1 and crossing <= _CROSSING * len(lines)


def _parts(lines: Sequence[Line], at: float) -> bool:
    """Whether the lines on both sides of ``at`` are columns of text, and no two columns of a table."""
    left = [line for line in lines if line.right <= at]
    right = [line for line in lines if line.left >= at]
    if min(len(left), len(right)) < _SIDE:
        return _overflows(lines, left, right)
    top = min(max(line.base for line in side) for side in (left, right))
    bottom = max(min(line.base for line in side) for side in (left, right))
    height = min(max(line.base for line in side) - min(line.base for line in side) for side in (left, right))
    return top - bottom > height / 2 and all(_is_filled(side) for side in (left, right))


def _overflows(lines: Sequence[Line], left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether a full column on the left is followed, in the order of the file, by a few lines at the top of the next:
    what did not fit."""
    if len(left) < 2 * _SIDE or not right or not _is_filled(left):
        return False
    order = {id(line): number for number, line in enumerate(lines)}
    is_after = max(order[id(line)] for line in left) < min(order[id(line)] for line in right)
    middle = (max(line.base for line in left) + min(line.base for line in left)) / 2
    return is_after and min(line.base for line in right) > middle


def _is_filled(side: Sequence[Line]) -> bool:
    width = max(line.right for line in side) - min(line.left for line in side)
    return statistics.fmean(line.right - line.left for line in side) > _FILLED * width


def _rows(lines: Sequence[Line], column: int) -> list[Line]:
    """Lines of one column from top to bottom; what stands on one base line is one line, of cells where far apart."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.base, line.left)):
        if rows and abs(rows[-1][0].base - line.base) < _STEP * max(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    edge = _edges(lines)
    joined = [_joined(sorted(row, key=lambda line: line.left), column, edge) for row in rows]
    return [
        replace(line, cells=()) if line.cells and _is_stretched(line, joined[max(at - 1, 0) : at + 2]) else line
        for at, line in enumerate(joined)
    ]


def _is_stretched(line: Line, around: Sequence[Line]) -> bool:
    """Whether a line that looks like a row of a table is one of text, with wide gaps so that it fills its column: it
    does fill it, and stands alone among lines of text."""
    fills = line.edge[1] - line.right < line.size / 4 and line.left - line.edge[0] < 2 * line.size
    return fills and sum(1 for other in around if other.cells) == 1 and len(around) > 1


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Where the column begins and ends; a running head or a table may be wider than the text, so that the widest
    lines do not count."""
    odd = len(lines) // _ODD
    return sorted(line.left for line in lines)[odd], sorted(line.right for line in lines)[-1 - odd]


def _joined(row: list[Line], column: int, edge: tuple[float, float]) -> Line:
    first, last = row[0], row[-1]
    if len(row) == 1:
        return replace(first, column=column, edge=edge)
    runs = tuple(run for number, line in enumerate(row) for run in (*((Span(" "),) * bool(number)), *line.runs))
    cells = tuple(line.text.strip() for line in row)
    # A bullet or a number stands apart from its item, too.
    is_row = len(cells[0]) > 3
    return replace(
        first, runs=runs, right=last.right, spaced=last.spaced, cells=cells if is_row else (), column=column, edge=edge
    )
