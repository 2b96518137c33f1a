"""Scores of games: won 4-1 is 4比1, and whoever wins has the more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compiler_flow.checks.numbers.quantity import Quantity
from compiler_flow.text import lazy_pattern

_SOURCE = lazy_pattern(r"(?<![\d.,/–-])(?P<a>\d{1,3})[-–:](?P<b>\d{1,3})(?![\d.,%/–-]\d|[\d%])")
_TARGET = lazy_pattern(
    r"(?<![\d.])(?P<a>\d{1,3})比(?P<b>\d{1,3})(?![\d.%])(?P<wins>[^，。；]{0,3}?(?:获胜|取胜|战胜|击败|力克|胜出))?"
)

# Passed with fewer votes for than against.
_VOTE = lazy_pattern(r"(?P<a>\d+)票(?:赞成|支持|同意)[、，对比]{0,2}(?P<b>\d+)票反对[^。]{0,12}通过")
_PASSED = lazy_pattern(r"\b(?:pass|adopt|approv|carried)\w*|принят|принял|одобр|ухвал|прийня|przyję|uchwal")


def may_be_changed(target: str) -> bool:
    """Whether ``changed`` may find anything."""
    return "比" in target or "票反对" in target


def changed(
    stated: Sequence[Quantity], rendered: Sequence[Quantity], source: str, target: str
) -> Iterator[tuple[int, int]]:
    """Rows of ``stated`` and columns of ``rendered`` that are of one score and say another, or the other way round.

    Only where both texts have one score.
    """
    if "票" in target and (vote := _VOTE.search(target)) and _PASSED.search(source):
        in_favour = _at(rendered, vote.start("a"))
        row = next((at for at, one in enumerate(stated) if one.value == float(vote["a"])), None)
        if in_favour is not None and row is not None and int(vote["a"]) < int(vote["b"]):
            yield row, in_favour
    if "比" not in target:
        return
    scores = [list(pattern.finditer(text)) for pattern, text in ((_SOURCE, source), (_TARGET, target))]
    if [len(found) for found in scores] != [1, 1]:
        return
    there, here = scores[0][0], scores[1][0]
    wanted, said = (int(there["a"]), int(there["b"])), (int(here["a"]), int(here["b"]))
    rows = [at for name in "ab" if (at := _at(stated, there.start(name))) is not None]
    columns = [at for name in "ab" if (at := _at(rendered, here.start(name))) is not None]
    if len(rows) + len(columns) < 4:
        return
    if sorted(wanted) != sorted(said):
        row = next((at for at in (0, 1) if wanted[at] not in said), 0)
        column = next((at for at in (0, 1) if said[at] not in wanted), 0)
    elif here["wins"] and said[0] < said[1]:
        row = column = 0
    else:
        return
    yield rows[row], columns[column]


def _at(found: Sequence[Quantity], start: int) -> int | None:
    return next((at for at, one in enumerate(found) if one.start == start), None)
