"""What stands at the head and the foot of pages and is no part of their text: running heads, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from compiler_flow.ingest.content import fold
from compiler_flow.ingest.pdf_lines import Line, Page
from compiler_flow.text import lazy_pattern

# Print this much larger than the text is a heading.
LARGER = 1.1
# The beginning of a note.
NOTE = lazy_pattern(r"^\s*(?:\[?(\d{1,3})\]?|[*†‡])[.)]?\s*(?=\S)")
# How much of a page its head and foot take at most, how much its margins take, how far a line must stand from others to
# be alone, in sizes of the print, and on how many of the pages furniture repeats itself.
_STRIP = 0.16
MARGIN = 0.07
_CLEAR = 1.8
_REPEATED = 0.3
_PAGE_NUMBER = lazy_pattern(
    r"(?i)^\W*(?:(?:page|p\.|стр\.?|с\.|lk\.?|str\.?|lpp\.?|pag\.?|psl\.?)\s*)?\d{1,4}(?:\s*(?:/|of|из|z|din|iš|no)\s*\d{1,4})?\W*$"
)


def without_furniture(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of each page that are part of the text."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_mark(line) for line in page.lines if in_strip(line, page)})
    often = max(2, round(_REPEATED * len(pages)))
    body = body_size(line for page in pages for line in page.lines)

    def is_furniture(line: Line, page: Page) -> bool:
        return in_strip(line, page) and (
            seen[_mark(line)] >= often or bool(_PAGE_NUMBER.match(line.text)) or _stands_alone(line, page, body)
        )

    return [[line for line in page.lines if not is_furniture(line, page)] for page in pages]


def _stands_alone(line: Line, page: Page, body: float) -> bool:
    """Whether a line in the margin is no larger than the text and stands clear of it: a running head or foot that no
    second page repeats."""
    if not in_strip(line, page, MARGIN) or line.size > LARGER * body or NOTE.match(line.text):
        return False
    others = [abs(other.base - line.base) for other in page.lines if abs(other.base - line.base) > line.size / 2]
    return bool(others) and min(others) > _CLEAR * line.size


def _mark(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", fold(line.text).strip().casefold()), round(line.base / 6)


def in_strip(line: Line, page: Page, strip: float = _STRIP) -> bool:
    """Whether a line stands at the head or the foot of its page."""
    return not strip * page.height < line.base < (1 - strip) * page.height


def body_size(lines: Iterable[Line]) -> float:
    """The size in which most of the text is printed."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size, 1)] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 0.0
