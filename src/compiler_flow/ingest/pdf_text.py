"""Lines in reading order → blocks: paragraphs joined again, hyphenated words made whole, furniture dropped."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from compiler_flow.ingest.content import compose, fold, row
from compiler_flow.ingest.pdf_furniture import LARGER, MARGIN, NOTE, body_size, in_strip, without_furniture
from compiler_flow.ingest.pdf_lines import Line, Page, fits, gutter_of, is_wide, ordered
from compiler_flow.inline import Span
from compiler_flow.model import Block, BlockKind
from compiler_flow.text import lazy_pattern

_BULLET = lazy_pattern(r"^\s*([•▪■●◦‣⁃·\uf0b7\uf0a7\uf0d8]|[-–—](?=\s\S))\s*")
_NUMBERED = lazy_pattern(r"^\s*(\d{1,2})[.)]\s+(?=\S)")
_SENTENCE_END = lazy_pattern(r"""[.!?…։。！？:;]["'”’»“)\]]*\s*$""")
_WORD = lazy_pattern(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What never begins a Korean word.
_PARTICLES = frozenset("은는이가을를의에와과도로고") | {"으로", "에서", "에게", "부터", "까지"}
_HYPHENS = "-\u00ad\u2010"
_SAME_SIZE = 0.06
_SMALL = 0.93
_HEADING_LENGTH = 150
_LEADING = 1.3
_INDENT = 0.5
_TITLE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Text:
    """What the pages say: the title, if the first page has one that stands out, and the blocks."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    lines: tuple[Line, ...]

    @property
    def size(self) -> float:
        return statistics.median_high(line.size for line in self.lines)

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @property
    def last(self) -> Line:
        return self.lines[-1]


def text_of(pages: Sequence[Page]) -> Text:
    """The title and the blocks of ``pages``; notes come at the end, numbered."""
    kept = without_furniture(pages)
    body = body_size(line for lines in kept for line in lines)
    lines: list[Line] = []
    notes: list[Line] = []
    for page, gutter in zip(kept, _gutters(pages, kept), strict=True):
        text, below = _notes_apart(page, body)
        lines += ordered(text, lines[-1].column + 1 if lines else 0, gutter) if text else []
        notes += ordered(below, 0, gutter) if below else []
    joiner = _Joiner(lines)
    paragraphs = _paragraphs(lines, large=LARGER * body)
    title, rest = _title_apart(paragraphs, body)
    if title:
        rest = [each for each in rest if not _stands_over(each, title, pages[title.lines[0].page])]
    sizes = sorted({round(each.size) for each in rest if each.size > LARGER * body}, reverse=True)
    blocks = [block for each in rest for block in (_block(each, body, sizes, joiner),) if block.text]
    blocks = _lists(blocks)
    blocks += [_note(each, joiner) for each in _paragraphs(notes, breaks=NOTE)]
    return Text(title=joiner.plain(title.lines) if title else "", blocks=tuple(blocks))


# ----------------------------------------------------------------------------------------------------- notes


def _notes_apart(lines: Sequence[Line], body: float) -> tuple[list[Line], list[Line]]:
    """The text of a page, and the notes in smaller print at its foot."""
    down = sorted(lines, key=lambda line: -line.base)
    start = len(down)
    while start > 0 and down[start - 1].size < _SMALL * body:
        start -= 1
    while start < len(down) and not NOTE.match(down[start].text):
        start += 1
    if start == 0 or start == len(down):
        return list(lines), []
    below = down[start:]
    return [line for line in lines if line not in below], below


def _gutters(pages: Sequence[Page], kept: Sequence[Sequence[Line]]) -> list[float | None]:
    """Where each page is parted into columns. A last page with a few lines is parted as the others are."""
    found = [
        gutter_of([line for line in lines if not in_strip(line, page, MARGIN)])
        for page, lines in zip(pages, kept, strict=True)
    ]
    known = [gutter for gutter in found if gutter is not None]
    if not known:
        return found
    usual = statistics.median_low(known)
    return [
        usual if gutter is None and fits(lines, usual) else gutter for lines, gutter in zip(kept, found, strict=True)
    ]


# ------------------------------------------------------------------------------------------------ paragraphs


def _paragraphs(
    lines: Sequence[Line], *, breaks: re.Pattern[str] | None = None, large: float = float("inf")
) -> list[_Paragraph]:
    """``lines`` put together; one that ``breaks`` matches begins a paragraph, and print larger than ``large`` is a
    heading, whose lines are broken where it looks well."""
    found: list[_Paragraph] = []
    leadings = _leadings(lines)
    for line in lines:
        if found and not (breaks and breaks.match(line.text)) and _continues(found[-1], line, leadings, large):
            found[-1] = _Paragraph((*found[-1].lines, line))
        else:
            found.append(_Paragraph((line,)))
    return found


def _leadings(lines: Sequence[Line]) -> dict[float, float]:
    """The usual step from line to line for each size of print."""
    steps: dict[float, list[float]] = {}
    for line, after in pairwise(lines):
        if line.column == after.column and line.page == after.page and abs(line.size - after.size) < 1:
            steps.setdefault(round(line.size), []).append(line.base - after.base)
    return {size: statistics.median_low(each) for size, each in steps.items()}


def _continues(paragraph: _Paragraph, line: Line, leadings: dict[float, float], large: float) -> bool:
    last = paragraph.last
    if last.cells or line.cells or _opens_item(line, paragraph):
        return False
    if abs(last.size - line.size) > _SAME_SIZE * last.size:
        return False
    is_heading = last.bold and paragraph.bold
    if is_heading != line.bold and (is_heading or line.bold) and not _is_run_in(paragraph, line):
        return False
    if line.size > large and last.page == line.page and 0 < last.base - line.base < 2 * line.size:
        return True
    if last.column != line.column or last.page != line.page:
        return _runs_over(paragraph, line)
    step = last.base - line.base
    if step > _LEADING * min(leadings.get(round(line.size), step), 2 * line.size) or step < 0:
        return False
    if line.left > last.left + _INDENT * line.size and (len(paragraph.lines) > 1 or not _is_item(paragraph)):
        return False
    return not _ends_early(last, line)


def _opens_item(line: Line, paragraph: _Paragraph) -> bool:
    """Whether a line begins an item. A dash after an open sentence, or a number in one, is part of it."""
    match = _BULLET.match(line.text)
    if match and match[1] not in "-–—":
        return True
    is_over = _is_item(paragraph) or bool(_SENTENCE_END.search(paragraph.last.text))
    return is_over and bool(match or _NUMBERED.match(line.text))


def _is_run_in(paragraph: _Paragraph, line: Line) -> bool:
    """Whether a paragraph that began in bold goes on in plain print, or the other way round, in mid-sentence."""
    text = paragraph.last.text.rstrip()
    return not _SENTENCE_END.search(text) and line.text[:1].islower()


def _is_item(paragraph: _Paragraph) -> bool:
    return bool(_BULLET.match(paragraph.lines[0].text) or _NUMBERED.match(paragraph.lines[0].text))


def _runs_over(paragraph: _Paragraph, line: Line) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    text = paragraph.last.text.rstrip()
    if text[-1:] in _HYPHENS:
        return True
    if _is_item(paragraph):
        return line.text[:1].islower()
    if line.left > line.edge[0] + _INDENT * line.size and not line.text[:1].islower():
        return False
    return not _SENTENCE_END.search(text) and not _ends_early(paragraph.last, line)


def _ends_early(last: Line, line: Line) -> bool:
    """Whether the first word of ``line`` would still have found room behind ``last``: then a paragraph ended there."""
    room = last.edge[1] - last.right
    text = line.text.strip()
    first = len(text.split(maxsplit=1)[0]) if text else 0
    needed = first * (line.right - line.left) / max(len(text), 1) + 0.3 * line.size
    if room <= needed:
        return False
    return bool(_SENTENCE_END.search(last.text)) or room > needed + 6 * line.size


# ---------------------------------------------------------------------------------------------------- blocks


def _title_apart(paragraphs: list[_Paragraph], body: float) -> tuple[_Paragraph | None, list[_Paragraph]]:
    """The largest print on the first page, if it is larger than the text, and the rest."""
    if not paragraphs:
        return None, []
    first = paragraphs[0].lines[0].page
    heads = [each for each in paragraphs if each.lines[0].page == first and each.size > LARGER * body]
    if not heads:
        return None, paragraphs
    title = max(heads, key=lambda each: each.size)
    if sum(len(line.text) for line in title.lines) > _TITLE_LENGTH:
        return None, paragraphs
    return title, [each for each in paragraphs if each is not title]


def _stands_over(paragraph: _Paragraph, title: _Paragraph, page: Page) -> bool:
    """Whether a line stands at the very top of the title's page: a running head that had no second page to show it."""
    line = paragraph.lines[0]
    return (
        line.page == page.number
        and line.column <= title.lines[0].column
        and in_strip(line, page)
        and line.base > title.lines[0].base
        and not _SENTENCE_END.search(paragraph.last.text)
    )


def _block(paragraph: _Paragraph, body: float, sizes: list[int], joiner: _Joiner) -> Block:
    first = paragraph.lines[0]
    if first.cells:
        return row(first.cells)
    runs = joiner.runs(paragraph.lines)
    plain = _plain(runs)
    if match := _BULLET.match(plain):
        return Block(BlockKind.ITEM, compose(_cut(runs, match.end())), level=1, marker="-")
    if paragraph.size > LARGER * body and len(plain) <= _HEADING_LENGTH:
        level = min(2 + sizes.index(round(paragraph.size)), 4) if round(paragraph.size) in sizes else 2
        return Block(BlockKind.HEADING, compose(_unstyled(runs)), level=level)
    if paragraph.bold:
        is_heading = len(plain) <= _HEADING_LENGTH and not _SENTENCE_END.search(plain)
        kind = BlockKind.HEADING if is_heading else BlockKind.PARAGRAPH
        return Block(kind, compose(_unstyled(runs)), level=3 if is_heading else 0)
    if all(run.emphasis for run in runs if run.text.strip()):
        return Block(BlockKind.PARAGRAPH, compose(_unstyled(runs)))
    return Block(BlockKind.PARAGRAPH, compose(runs))


def _plain(runs: Iterable[Span]) -> str:
    return fold("".join(run.text for run in runs)).strip()


def _unstyled(runs: Iterable[Span]) -> list[Span]:
    return [Span(run.text) for run in runs]


def _cut(runs: Sequence[Span], count: int) -> list[Span]:
    """``runs`` without their first ``count`` characters."""
    kept: list[Span] = []
    for run in runs:
        if count < len(run.text):
            kept.append(replace(run, text=run.text[count:]))
        count = max(count - len(run.text), 0)
    return kept


def _lists(blocks: list[Block]) -> list[Block]:
    """Paragraphs that begin with 1., 2., 3. as items; a single one is a date or an ordinal."""
    found = list(blocks)
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and (match := _NUMBERED.match(_start(found[end]))) and int(match[1]) == end - at + 1:
            end += 1
        if end - at > 1:
            for index in range(at, end):
                text = _NUMBERED.sub("", found[index].text, count=1)
                found[index] = Block(BlockKind.ITEM, text, level=1, marker="1.")
        at = max(end, at + 1)
    return found


def _start(block: Block) -> str:
    return block.text if block.kind is BlockKind.PARAGRAPH else ""


def _note(paragraph: _Paragraph, joiner: _Joiner) -> Block:
    runs = joiner.runs(paragraph.lines)
    match = NOTE.match(_plain(runs))
    return Block(BlockKind.ITEM, compose(_cut(runs, match.end() if match else 0)), level=1, marker="1.")


class _Joiner:
    """Joins lines; whether a hyphen at the end of one is part of a word is asked of the text itself."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._words = {word.casefold() for line in lines for word in _WORD.findall(line.text.rstrip(_HYPHENS))}

    def plain(self, lines: Sequence[Line]) -> str:
        """The text of ``lines`` without style."""
        return _plain(self.runs(lines))

    def runs(self, lines: Sequence[Line]) -> list[Span]:
        """The styled runs of ``lines``."""
        found: list[Span] = []
        for number, line in enumerate(lines):
            if number:
                self._join(found, lines[number - 1], line)
            found += line.runs
        return found

    def _join(self, found: list[Span], last: Line, line: Line) -> None:
        before, after = found[-1].text.rstrip(), line.text.lstrip()
        if before[-1:] in _HYPHENS and before[-2:-1].isalpha() and after[:1].isalpha():
            head, tail = _last_word(before[:-1]), _first_word(after)
            joined, hyphened = f"{head}{tail}".casefold(), f"{head}-{tail}".casefold()
            if joined in self._words or (after[0].islower() and hyphened not in self._words):
                found[-1] = replace(found[-1], text=before[:-1])
            else:
                found[-1] = replace(found[-1], text=before[:-1] + "-")
            return
        if not (last.spaced or self._glues(before, after)):
            found.append(Span(" "))

    def _glues(self, before: str, after: str) -> bool:
        """Whether nothing belongs between two lines: Chinese and Japanese know no spaces, and Korean lines may break
        inside a word, which the word's other appearances or a particle tell."""
        both = before[-1:] + after[:1]
        if not all(map(is_wide, both)):
            return False
        if not all("\uac00" <= char <= "\ud7a3" for char in both):
            return True
        tail = _first_word(after)
        return tail in _PARTICLES or f"{_last_word(before)}{tail}".casefold() in self._words


def _last_word(text: str) -> str:
    words = _WORD.findall(text)
    return words[-1] if words else ""


def _first_word(text: str) -> str:
    match = _WORD.match(text)
    return match[0] if match else ""
