"""What all readers share: folding white space, writing runs of styled text as inline Markdown, building the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from compiler_flow import inline
from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.inline import Span
from compiler_flow.model import Article, Block, BlockKind, Metadata, own_number
from compiler_flow.text import clean, lazy_pattern

# Soft hyphens, zero-width spaces and direction marks say how a page was laid out. ZWNJ and ZWJ are spelling: they stay.
_INVISIBLE = lazy_pattern("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_SPACES = lazy_pattern(r"\s+")
# 14 000 with any narrow or no-break space: the space belongs to the number.
_GROUPED = lazy_pattern("(?<=\\d)[\u00a0\u2007\u2009\u202f](?=\\d{3}(?!\\d))")
_WHOLE = lazy_pattern(r"\s*\d{1,8}\s*$", re.ASCII)
_KEPT = "\ue000"
_GAP = Span(" ")
_IN_WORD = lazy_pattern(r"(?<=\w)\\_(?=\w)")
_CLOSING = lazy_pattern(r"[^\w\s]$")
_IN_ADDRESS = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C"}


def fold(text: str) -> str:
    """``text`` on one line: invisible characters dropped, runs of white space as one space, ends kept.

    The space inside a number such as 14 000 becomes U+00A0, so that whoever reads numbers can tell.
    """
    return _folded(_marked(clean(text)))


def _marked(text: str) -> str:
    # One character for one: what is marked can still be cut where the runs met.
    return _GROUPED.sub(_KEPT, text.replace(_KEPT, " "))


def _folded(marked: str) -> str:
    return _SPACES.sub(" ", _INVISIBLE.sub("", marked)).replace(_KEPT, "\u00a0")


def plain_text(text: str) -> str:
    """Plain text as inline Markdown that shows just this text; escaped only where it would mean something else."""
    return compose([Span(text)])


def compose(runs: Iterable[Span]) -> str:
    """Runs of styled text as one line of inline Markdown.

    Where Markdown cannot say it (``**Background:**`` glued to a word), a space is added, then emphasis is given up,
    then links; the text itself never is.
    """
    wanted = _tidy(runs)
    for variant in _variants(wanted):
        for careful in (0, 1, 2):
            line = _write(variant, careful=careful)
            if inline.spans(line) == variant:
                return line
    return inline.escape("".join(run.text for run in wanted))


def _variants(runs: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    yield runs
    yield _tidy(_spaced(runs))
    yield _tidy(Span(run.text, href=run.href) for run in runs)
    yield _tidy(Span(run.text) for run in runs)


def _spaced(runs: tuple[Span, ...]) -> Iterator[Span]:
    for run, after in zip(runs, (*runs[1:], Span("")), strict=True):
        yield run
        if (run.strong or run.emphasis) and _CLOSING.search(run.text) and after.text[:1].isalnum():
            yield Span(" ")


def _tidy(runs: Iterable[Span]) -> tuple[Span, ...]:
    """Runs with folded white space, none at the ends of a styled run, neighbours of one style joined."""
    given = tuple(replace(run, text=clean(run.text)) for run in runs)
    # Marked as a whole: a number's space may stand where two runs meet.
    marked = _marked("".join(run.text for run in given))
    pieces: list[Span] = []
    start = 0
    for run in given:
        text = _folded(marked[start : start + len(run.text)])
        start += len(run.text)
        core = text.strip(" ")
        href = _address(run.href) if inline.is_safe_address(run.href) and core != run.href else ""
        if text[:1] == " ":
            pieces.append(_GAP)
        if core:
            pieces.append(replace(run, text=core, href=href))
            if text[-1] == " ":
                pieces.append(_GAP)
    return _joined(pieces)


def _joined(pieces: list[Span]) -> tuple[Span, ...]:
    """``pieces`` with gaps between words only, a gap styled as what stands on both sides of it; equal styles merged."""
    joined: list[Span] = []
    gap = False
    for piece in pieces:
        if piece is _GAP:
            gap = bool(joined)
            continue
        if gap:
            last = joined[-1]
            href = piece.href if piece.href == last.href else ""
            _append(joined, Span(" ", last.strong and piece.strong, last.emphasis and piece.emphasis, False, href))
            gap = False
        _append(joined, piece)
    return tuple(joined)


def _append(joined: list[Span], piece: Span) -> None:
    if joined and replace(joined[-1], text="") == replace(piece, text=""):
        joined[-1] = replace(piece, text=joined[-1].text + piece.text)
    else:
        joined.append(piece)


def _address(href: str) -> str:
    return "".join(_IN_ADDRESS.get(char, char) for char in href)


def _write(runs: tuple[Span, ...], *, careful: int) -> str:
    written = []
    for href, linked in groupby(runs, key=lambda run: run.href):
        text = "".join(
            _wrap("".join(_wrap(_leaf(run, careful), "*", on=run.emphasis) for run in group), "**", on=strong)
            for strong, group in groupby(linked, key=lambda run: run.strong)
        )
        written.append(f"[{text}]({href})" if href else text)
    return "".join(written)


def _wrap(text: str, mark: str, *, on: bool) -> str:
    return f"{mark}{text}{mark}" if on else text


def _leaf(run: Span, careful: int) -> str:
    if run.code:
        fence = "`" * (1 + max((len(ticks) for ticks in re.findall("`+", run.text)), default=0))
        pad = " " if run.text.startswith("`") or run.text.endswith("`") else ""
        return f"{fence}{pad}{run.text}{pad}{fence}"
    if not careful and inline.plain(run.text) == run.text:
        return run.text
    text = inline.escape(run.text)
    return text if careful > 1 else _IN_WORD.sub("_", text)


def article(path: Path, metadata: Metadata, blocks: Iterable[Block]) -> Article:
    """The article of a file, its blocks numbered as ``source.md`` will have them.

    Raises ``FormatError`` where there is nothing to read in it.
    """
    kept = [block for block in blocks if block.text]
    if not kept:
        raise FormatError(_("There is no text in this file."), path=path, hint=_("Save the article again."))
    # One block a line and an empty line after each.
    placed = tuple(replace(block, line=2 * index + 1) for index, block in enumerate(counted(kept)))
    return Article(path.stem, metadata, placed)


class Numbered(NamedTuple):
    """A block with the number that it has as an item of a counted list, else 0; whether the number follows from the
    item before, and whether the list says its numbers, because it does not count from 1."""

    block: Block
    number: int = 0
    follows: bool = False
    is_said: bool = False


def numbered(blocks: Iterable[Block]) -> Iterator[Numbered]:
    """``blocks`` with their numbers."""
    counts: dict[int, Numbered] = {}
    for block in blocks:
        if block.kind is not BlockKind.ITEM:
            counts.clear()
            yield Numbered(block)
            continue
        counts = {level: last for level, last in counts.items() if level <= block.level}
        last = counts.pop(block.level, Numbered(block))
        if block.marker == "-":
            yield Numbered(block)
            continue
        following = last.number + 1
        number = own_number(block.marker) or following
        counts[block.level] = Numbered(block, number, number == following, last.is_said or number != following)
        yield counts[block.level]


def counted(blocks: Iterable[Block]) -> Iterator[Block]:
    """``blocks`` whose items set a number only where it does not follow from the item before."""
    for each in numbered(blocks):
        yield replace(each.block, marker="1.") if each.follows else each.block


def whole(said: str | None, otherwise: int) -> int:
    """The whole number that an attribute says, ``otherwise`` where it says none that a text could have."""
    return int(said) if said and _WHOLE.match(said) else otherwise


def row(cells: Iterable[str]) -> Block:
    """A row of a table as an item: ``name: value``, or more cells with bars between them. Cells are inline Markdown."""
    filled = [cell for cell in cells if cell]
    if len(filled) == 2:
        text = f"{filled[0]} {filled[1]}" if filled[0].endswith((":", "：")) else f"{filled[0]}: {filled[1]}"
    else:
        text = " | ".join(filled)
    return Block(BlockKind.ITEM, text, level=1, marker="-")


def headed(title: str, blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """``title`` and ``blocks``; where it is empty, a heading that comes first is taken out for it."""
    if not title and blocks and blocks[0].kind is BlockKind.HEADING:
        return inline.plain(blocks[0].text), blocks[1:]
    return title, blocks


def without_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """``blocks`` without a leading heading or paragraph that only repeats the title."""
    if blocks and title and fold(inline.plain(blocks[0].text)).casefold() == fold(title).strip().casefold():
        return blocks[1:]
    return blocks
