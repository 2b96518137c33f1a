"""Marks that come in pairs: brackets, quotation marks, title marks (GB/T 15834-2011, 4.8, 4.9, 4.15)."""

from __future__ import annotations

import re

from compiler_flow.text import is_han, lazy_pattern
from compiler_flow.typography.line import WIDE, Line

_SQUARE = frozenset("，。、；：？！（）《》〈〉【】〔〕“”‘’" + WIDE)
_ASCII_PAIR = lazy_pattern(r'"([^"]*)"')
_SINGLE_PAIR = lazy_pattern(r"(?<![A-Za-z0-9])'([^']*)'(?![A-Za-z0-9])")
_GUILLEMETS = lazy_pattern("«([^«»]*)»|„([^„“”]*)[“”]")
_CORNERS = str.maketrans("「」『』", "“”‘’")
_ANY_CORNER = lazy_pattern("[「」『』]")
_DOUBLE_ANGLES = lazy_pattern("<<([^<>]*)>>")


def _is_chinese(char: str) -> bool:
    return bool(char) and (is_han(char) or char in _SQUARE)


def _touches(shape: str, start: int, end: int) -> bool:
    """Whether ``shape[start:end]`` has Han characters inside, or Chinese text right before or after it."""
    before, after = shape[:start].rstrip(" ")[-1:], shape[end:].lstrip(" ")[:1]
    return _is_chinese(before) or _is_chinese(after) or any(map(is_han, shape[start:end]))


def brackets(line: Line) -> None:
    """Brackets in Chinese text are full-width, whatever stands in them; both of a pair are of one kind."""
    waiting: list[int] = []
    for at, char in enumerate(line.shape):
        if char in "(（":
            waiting.append(at)
        elif char in ")）" and waiting:
            start = waiting.pop()
            mixed = (line.shape[start] == "（") != (char == "）")
            if mixed or (char == ")" and _touches(line.shape, start, at + 1)):
                line.set_char(start, "（")
                line.set_char(at, "）")


def quotes(line: Line) -> None:
    """Typewriter, corner and foreign quotation marks become “ ” and ‘ ’; the outer pair is the double one (4.8.3.3)."""
    line.sub(_ANY_CORNER, lambda match: match[0].translate(_CORNERS))
    if line.shape.count('"') % 2 == 0:
        _replace(line, _ASCII_PAIR, 1, "“”")
    _replace(line, _SINGLE_PAIR, 1, "‘’")
    _replace(line, _GUILLEMETS, 1, "“”")
    marks = [at for at, char in enumerate(line.shape) if char in "“”‘’" and not _is_apostrophe(line.shape, at)]
    depths = _depths(line.shape, marks)
    if depths is None:
        _turn(line, marks)
        return
    for at, depth in zip(marks, depths, strict=True):
        is_opening = line.shape[at] in "“‘"
        wanted = ("“" if is_opening else "”") if depth % 2 else ("‘" if is_opening else "’")
        if line.shape[at] != wanted:
            line.set_char(at, wanted)


def _replace(line: Line, pattern: re.Pattern[str], width: int, pair: str) -> None:
    """Put ``pair`` in the place of the first and last ``width`` characters of what ``pattern`` finds in Chinese text.

    Each mark is put by itself, because a quotation may begin in one sentence and end in another.
    """
    for match in reversed(list(pattern.finditer(line.shape))):
        if _touches(match.string, *match.span()):
            line.put(match.end() - width, match.end(), pair[1])
            line.put(match.start(), match.start() + width, pair[0])


def _is_apostrophe(shape: str, at: int) -> bool:
    """``’`` inside or after a Latin word that no ``‘`` opened: Tallinn’s, workers’ rights."""
    if shape[at] != "’" or not shape[at - 1 : at].isascii() or not shape[at - 1 : at].isalpha():
        return False
    opened = shape.rfind("‘", 0, at)
    return (shape[at + 1 : at + 2].isascii() and shape[at + 1 : at + 2].isalpha()) or opened < 0


def _depths(shape: str, marks: list[int]) -> list[int] | None:
    """The depth of every mark, from 1; ``None`` where they do not pair."""
    depths: list[int] = []
    waiting: list[str] = []
    for at in marks:
        char = shape[at]
        if char in "“‘":
            waiting.append(char)
            depths.append(len(waiting))
        elif waiting and waiting[-1] == ("“" if char == "”" else "‘"):
            depths.append(len(waiting))
            waiting.pop()
        else:
            return None
    return None if waiting else depths


def _turn(line: Line, marks: list[int]) -> None:
    """Double marks that all turn the wrong way; a quotation that runs over paragraphs has an odd number: left alone."""
    doubles = [at for at in marks if line.shape[at] in "“”"]
    if len(doubles) != len(marks) or len(doubles) % 2:
        return
    for number, at in enumerate(doubles):
        wanted = "”" if number % 2 else "“"
        if line.shape[at] != wanted:
            line.set_char(at, wanted)


def titles(line: Line) -> None:
    """``<<…>>`` becomes 《…》; a title inside a title takes 〈 〉 (4.15.3)."""
    _replace(line, _DOUBLE_ANGLES, 2, "《》")
    waiting: list[int] = []
    for at, char in enumerate(line.shape):
        if char == "《":
            waiting.append(at)
        elif char == "》" and waiting:
            start = waiting.pop()
            if waiting:
                line.set_char(start, "〈")
                line.set_char(at, "〉")
