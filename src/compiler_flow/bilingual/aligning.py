"""Which old sentences became which new ones: by content first, then by order and likeness.

Indexes are into the two sequences handed in. Likeness is the indel ratio of rapidfuzz in percent.
"""

from __future__ import annotations

import difflib
import functools
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

# Below this two sentences have little more in common than their language: their translation would not help.
ALIKE = 60.0
# Two sentences count as one split or merged only where next to nothing was lost or added on the way.
REJOINED = 80.0
# A sentence that changed and moved as well has no neighbours to vouch for it.
_MOVED = 75.0
# Cells either side of the diagonal that are looked at in a long run of changed sentences.
_BAND = 15
# How many neighbours at most become how many others where a text is only cut in other places.
_MOST = 40
# So many characters tell one sentence from another in a hurry.
_BEGINNING = 24
# Comparing everything with everything is for leftovers, not for two different articles.
_MANY = 250_000


@dataclass(frozen=True, slots=True)
class Link:
    """``old`` sentences became ``new`` ones: one to one, one to several (split), several to one (merged), or several to
    several where the same text is cut in other places."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def same(old: Sequence[str], new: Sequence[str]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pairs of equal texts: those in the same order, and those that moved."""
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = [(first + step, second + step) for first, second, size in blocks for step in range(size)]
    used_old, used_new = {i for i, _j in kept}, {j for _i, j in kept}
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    for i, text in enumerate(old):
        if i not in used_old:
            waiting[text].append(i)
    moved = [(waiting[text].popleft(), j) for j, text in enumerate(new) if j not in used_new and waiting.get(text)]
    return kept, moved


def changed(
    old: Sequence[str],
    new: Sequence[str],
    anchors: Sequence[tuple[int, int]],
    free_old: Collection[int],
    free_new: Collection[int],
) -> list[Link]:
    """Links among the free sentences: first between the anchors, in order, then those that moved as well.

    ``anchors`` are pairs of equal sentences in order (the first result of ``same``).
    """
    links: list[Link] = []
    left_old, left_new = set(free_old), set(free_new)
    start_old = start_new = 0
    for end_old, end_new in (*anchors, (len(old), len(new))):
        gap_old = [i for i in range(start_old, end_old) if i in left_old]
        gap_new = [j for j in range(start_new, end_new) if j in left_new]
        if gap_old and gap_new:
            recut = _recut(old, new, gap_old, gap_new)
            links.extend(recut)
            taken_old = {i for link in recut for i in link.old}
            taken_new = {j for link in recut for j in link.new}
            gap_old = [i for i in gap_old if i not in taken_old]
            gap_new = [j for j in gap_new if j not in taken_new]
            links.extend(_in_order(old, new, gap_old, gap_new))
        start_old, start_new = end_old + 1, end_new + 1
    for link in links:
        left_old.difference_update(link.old)
        left_new.difference_update(link.new)
    links.extend(_anywhere(old, new, sorted(left_old), sorted(left_new)))
    return links


def _recut(old: Sequence[str], new: Sequence[str], rows: list[int], columns: list[int]) -> list[Link]:
    """Neighbours that have the same text between them, only cut in other places: the rules changed, not the source."""
    links: list[Link] = []
    first = {_bare(new[j])[:_BEGINNING]: c for c, j in reversed(list(enumerate(columns)))}
    r = c = 0
    while r < len(rows):
        place = first.get(_bare(old[rows[r]])[:_BEGINNING], -1)
        # A part may be shorter than the beginnings that are compared.
        candidates = [place] if place >= c else range(c, min(c + _MOST, len(columns)))
        for start in candidates:
            sizes = _same_text(old, new, rows[r : r + _MOST], columns[start : start + _MOST])
            if sizes:
                links.append(Link(tuple(rows[r : r + sizes[0]]), tuple(columns[start : start + sizes[1]])))
                r, c = r + sizes[0], start + sizes[1]
                break
        else:
            r += 1
    return links


def _same_text(old: Sequence[str], new: Sequence[str], rows: list[int], columns: list[int]) -> tuple[int, int] | None:
    """How many rows and columns from the first ones on say the same, the fewest possible; ``None`` if they never do."""
    ours = theirs = ""
    r = c = 0
    while True:
        if len(ours) <= len(theirs):
            if r == len(rows) or (r and rows[r] != rows[r - 1] + 1):
                return None
            ours, r = ours + _bare(old[rows[r]]), r + 1
        else:
            if c == len(columns) or (c and columns[c] != columns[c - 1] + 1):
                return None
            theirs, c = theirs + _bare(new[columns[c]]), c + 1
        if not (ours.startswith(theirs) or theirs.startswith(ours)):
            return None
        if ours == theirs:
            return r, c


def _bare(text: str) -> str:
    return "".join(text.split())


def _in_order(old: Sequence[str], new: Sequence[str], rows: list[int], columns: list[int]) -> Iterator[Link]:
    """The best links that do not cross, found as in sentence alignment (Gale and Church 1993), by likeness."""
    best: list[dict[int, tuple[float, int, int]]] = []
    for r in range(len(rows) + 1):
        best.append({})
        for c in _band(r, len(rows), len(columns)):
            choices = [(0.0, 0, 0)] if r == c == 0 else []
            for back_r, back_c in ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1)):
                before = best[r - back_r].get(c - back_c) if r >= back_r and c >= back_c else None
                if before is None:
                    continue
                gain = _gain(old, new, rows[r - back_r : r], columns[c - back_c : c])
                if gain is not None:
                    choices.append((before[0] + gain, back_r, back_c))
            if choices:
                best[r][c] = max(choices, key=lambda choice: choice[0])
    r, c = len(rows), len(columns)
    while r or c:
        _score, back_r, back_c = best[r][c]
        if back_r and back_c:
            yield Link(tuple(rows[r - back_r : r]), tuple(columns[c - back_c : c]))
        r, c = r - back_r, c - back_c


def _band(row: int, rows: int, columns: int) -> range:
    if rows * columns <= 16 * _BAND * _BAND:
        return range(columns + 1)
    # Wide enough that the bands of two rows always meet, however different the lengths.
    half = _BAND + columns // max(rows, 1)
    middle = row * columns // max(rows, 1)
    return range(max(0, middle - half), min(columns, middle + half) + 1)


def _gain(old: Sequence[str], new: Sequence[str], rows: list[int], columns: list[int]) -> float | None:
    """What a step is worth; ``None`` where it is not allowed. Skipping is free."""
    if not rows or not columns:
        return 0.0
    single = len(rows) == len(columns) == 1
    if not single and (rows[-1] - rows[0] >= len(rows) or columns[-1] - columns[0] >= len(columns)):
        return None
    floor = ALIKE if single else REJOINED
    likeness = _likeness([old[i] for i in rows], [new[j] for j in columns], floor)
    return likeness - ALIKE + 1 if likeness >= floor else None


def _likeness(first: list[str], second: list[str], floor: float) -> float:
    """The likeness of two runs of sentences, 0 where it is below ``floor``."""
    lengths = sum(map(len, first)) + len(first), sum(map(len, second)) + len(second)
    # The longer one is at least as different as it is longer.
    if 200 * min(lengths) < floor * sum(lengths):
        return 0.0
    return _ratio()(" ".join(first), " ".join(second), score_cutoff=floor)


@functools.cache
def _ratio() -> Callable[..., float]:
    from rapidfuzz import fuzz

    return fuzz.ratio


def _anywhere(old: Sequence[str], new: Sequence[str], rows: list[int], columns: list[int]) -> Iterator[Link]:
    if len(rows) * len(columns) > _MANY:
        return
    found = (
        (likeness, i, j) for i in rows for j in columns if (likeness := _likeness([old[i]], [new[j]], _MOVED)) >= _MOVED
    )
    used_old: set[int] = set()
    used_new: set[int] = set()
    for _score, i, j in sorted(found, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            yield Link((i,), (j,))
