"""The house's rules, in the order in which they are applied; each works on a whole line."""

from __future__ import annotations

import re

from compiler_flow.text import lazy_pattern
from compiler_flow.typography import pairs
from compiler_flow.typography.line import NARROW, WIDE, Line
from compiler_flow.typography.width import widen

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_OPENING, _CLOSING = "（《〈【〔", "）》〉】〕"
_STOPS = "，。、；：？！"
_SQUARE = _STOPS + _OPENING + _CLOSING
# Marks that Chinese and Latin text share in Unicode.
_SHARED = "“”‘’…—"
_LATIN = "A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
_WORD = f"{_LATIN}0-9{NARROW}"
_SP = " \t\u00a0\u2002-\u200a\u202f"
_CHINESE = HAN + _SQUARE + WIDE

# Rules run until nothing changes; each moves towards the norm, so a few rounds are enough for any text.
_ROUNDS = 8

_WIDTHS: dict[int, int | str] = {
    **{
        code: code - 0xFEE0 for first, last in ("０９", "Ａ\uff3a", "ａｚ") for code in range(ord(first), ord(last) + 1)
    },
    **{ord(wide): narrow for wide, narrow in zip("％﹪＆＋＠＃＄＝", "%%&+@#$=", strict=True)},
    **{ord(half): wide for half, wide in zip("｡､｢｣＂＇〝〞", "。、「」\"'“”", strict=True)},
}
_ANY_WIDTH = lazy_pattern("[" + "".join(map(chr, _WIDTHS)) + "]")


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_NUMBER = r"\d+(?:[.,]\d+)*"
_RANGE = "[-–~～−—]"
_ALONE = r"(?<![A-Za-z0-9.,\-–—~～−/:])"
_COUNTED = "年月日时点分秒天周岁人名个家项条次万亿千百元吨公米度倍届位座架艘枚辆台种层级页美欧卢"
_DATED = "年月日时点分秒万亿千百元吨℃"
_BEFORE_STOP = f"[{HAN}{_CLOSING}”’{WIDE}]"
_AFTER_STOP = f"[{HAN}{_OPENING}“‘{WIDE}]"

_Rules = tuple[tuple[re.Pattern[str], str], ...]

# What a line must have for the rules to say anything, and the rules (pattern, replacement): GB/T 15834-2011, 4.11,
# 4.10, 4.13, 4.14 and GB/T 15835-2011, 5.1. Looking first saves most of the time: few lines have any of it.
_MARKS: tuple[tuple[re.Pattern[str], _Rules], ...] = (
    # Numerals: half-width inside, no leading zeros in dates that are written out.
    (
        _re(r"\d"),
        (
            (_re(r"(?<=\d)．(?=\d)"), "."),
            (_re(r"(?<!\d)([01]?\d|2[0-4])：([0-5]\d)(?!\d)"), r"\1:\2"),
            (_re(r"(?<=[年月])0(?=[1-9][月日])|(?<![\d.])0(?=[1-9]月)"), ""),
            (_re(rf"(?<=\d)[{_SP}]+(?=[%‰℃°])"), ""),
        ),
    ),
    # Ranges: one dash, both numbers with their per cent.
    (
        _re(_RANGE),
        (
            (_re(rf"{_ALONE}({_NUMBER})(?:([%‰])[{_SP}]*{_RANGE}[{_SP}]*({_NUMBER})\2)"), r"\1\2—\3\2"),
            (_re(rf"{_ALONE}({_NUMBER})[{_SP}]*{_RANGE}[{_SP}]*({_NUMBER})([%‰])"), r"\1\3—\2\3"),
            (_re(rf"(?<=\d[{_DATED}])[{_SP}]*{_RANGE}[{_SP}]*(?={_NUMBER}[{_DATED}])"), "—"),
            (_re(rf"{_ALONE}({_NUMBER})[{_SP}]*{_RANGE}[{_SP}]*(?={_NUMBER}[{_SP}]?[{_COUNTED}℃])"), r"\1—"),
            (_re(rf"(?<=\d:\d\d)[{_SP}]*{_RANGE}[{_SP}]*(?=\d{{1,2}}:\d\d)"), "—"),
        ),
    ),
    # Interpuncts.
    (
        _re("[•・･‧⋅∙᛫ꞏ·]"),
        (
            (_re(rf"(?<=[{HAN}])[{_SP}]*[•・･‧⋅∙᛫ꞏ·][{_SP}]*(?=[{HAN}A-Z])"), "·"),
            (_re(rf"(?<=[A-Z])[{_SP}]*[•・･‧⋅∙᛫ꞏ·][{_SP}]*(?=[{HAN}])"), "·"),
            (_re(rf"(?<=[A-Z])[•・･‧⋅∙᛫ꞏ](?=[A-Z]·[{HAN}])"), "·"),
        ),
    ),
    # Ellipses: two squares.
    (
        _re(r"[.。]{3}|[·・]{3}"),
        (
            (_re(rf"(?<=[{_CHINESE}”’])[{_SP}]*(?:\.{{3,}}|。{{3,}}|[·・]{{3,}})[{_SP}]*"), "……"),
            (_re(rf"(?:\.{{3,}}|。{{3,}}|[·・]{{3,}})[{_SP}]*(?=[{_CHINESE}“‘])"), "……"),
        ),
    ),
    # Dashes: two squares.
    (
        _re("--|[–—―─⸺]"),
        (
            (
                _re(
                    rf"(?<=[{_CHINESE}”’])[{_SP}]*(?:-{{2,}}|–{{2,}}|—{{2,}}|[―─]{{2,}}|⸺|[{_SP}][–—―][{_SP}])[{_SP}]*"
                ),
                "——",
            ),
            (
                _re(rf"[{_SP}]*(?:-{{2,}}|–{{2,}}|—{{2,}}|[―─]{{2,}}|⸺|[{_SP}][–—―][{_SP}])[{_SP}]*(?=[{_CHINESE}“‘])"),
                "——",
            ),
            (_re(rf"(?<=[{HAN}])[–―](?=[{HAN}])"), "—"),
        ),
    ),
)
# Four squares stand for whole paragraphs left out (4.11), all other lengths are slips.
_DOTS = _re("…+")

# GB/T 15834-2011, 5.1.1 and 5.1.2: stops are full-width. Half-width ones stay inside Latin text and numbers.
_PLAIN_STOPS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_STOP_AFTER = _re(rf"(?<={_BEFORE_STOP})[{_SP}]*(?:[,;?!]|:(?!//))[{_SP}]*")
_STOP_BEFORE = _re(rf"(?<=[{_WORD}%‰℃\])])[{_SP}]*[,;:?!][{_SP}]*(?={_AFTER_STOP})")
_ANY_STOP = _re("[,;:?!.]")
_POINT_AFTER = _re(rf"(?<={_BEFORE_STOP})[{_SP}]*\.(?=[{_SP}{_CLOSING}”’]|\Z)")
_POINT_AT_END = _re(r"(?:(?<=[0-9%‰℃])|(?<=[A-Z]{2}))[.?!]")
_GROUPED = _re(r"(?<![\d，.])(\d{1,3})((?:，\d{3})+)(?![\d，])")

_REPEATED: _Rules = (
    (_re(r"([，、；：])\1+"), r"\1"),
    (_re(r"(?<!。)。。(?!。)"), "。"),
    # GB/T 15834-2011, 4.2.3.3 and 4.3.3.2: at most three.
    (_re(r"([？！])\1{3,}"), r"\1\1\1"),
    # GB/T 15834-2011, annex B: Arabic ordinals take a point on the base line.
    (_re(rf"\A(\d{{1,2}})、(?=[{HAN}“《])"), r"\1."),
)

_SPACES: _Rules = (
    (_re(rf"[{_SP}]+(?=[{_SQUARE}])|(?<=[{_SQUARE}])[{_SP}]+"), ""),
    (_re(rf"(?<=[{_SHARED}])[{_SP}]+(?=[{HAN}{_SQUARE}0-9])|(?<=[{HAN}{_SQUARE}0-9%])[{_SP}]+(?=[{_SHARED}])"), ""),
    (_re(rf"[{_SP}]+(?=[“‘][{HAN}])|(?<=[{HAN}][”’])[{_SP}]+"), ""),
)
_ANY_SPACE = _re(f"[{_SP}]")
_BETWEEN_HAN = _re(rf"(?<=[{HAN}])[{_SP}]+(?=[{HAN}])")
_LEFT_WORD, _RIGHT_WORD = rf"[{_WORD}%‰℃°+]", rf"(?:[{_WORD}$€£¥]|[+−-]\d)"
_MIXED = _re(rf"(?<=[{HAN}])[{_SP}]+(?={_RIGHT_WORD})|(?<={_LEFT_WORD})[{_SP}]+(?=[{HAN}])")
_MIXED_OPEN = _re(rf"(?<=[{HAN}])[{_SP}]*(?=[{_WORD}$€£¥])|(?<={_LEFT_WORD})[{_SP}]*(?=[{HAN}])")
_LATIN_QUOTATION = _re(
    rf"(?<=[“‘\"（(《〈「『«])[{_SP}]*([^“”‘\"（）()《》〈〉「」『』«»{HAN}{WIDE}]*[{_LATIN}]{{2}}[^“”\"（）()《》〈〉「」『』«»{HAN}{WIDE}]*?)"
    rf"[{_SP}]*(?=[”’\"）)》〉」』»])"
)
_ANY_HAN = _re(f"[{HAN}]")


def apply(line: Line, gap: str, *, keeps_spaces: bool = False) -> None:
    """Set ``line``; ``gap`` stands between Han and Latin. Nothing happens to a line without Han characters.

    ``keeps_spaces`` leaves spaces between Han characters alone.
    """
    if not _ANY_HAN.search(line.shape):
        return
    for match in reversed(list(_LATIN_QUOTATION.finditer(line.shape))):
        line.freeze(*match.span(1))
    for _round in range(_ROUNDS):
        before = line.shape
        _one_round(line, gap, keeps_spaces=keeps_spaces)
        if line.shape == before:
            return


def _one_round(line: Line, gap: str, *, keeps_spaces: bool) -> None:
    line.sub(_ANY_WIDTH, lambda match: match[0].translate(_WIDTHS))
    for needed, rules in _MARKS:
        if needed.search(line.shape):
            for pattern, replacement in rules:
                line.sub(pattern, replacement)
    line.sub(_DOTS, lambda match: match[0] if len(match[0]) == 4 else "……")
    line.pieces(widen)
    pairs.brackets(line)
    if _ANY_STOP.search(line.shape):
        _stops(line)
    _points_at_end(line)
    line.sub(_GROUPED, lambda match: match[1] + match[2].replace("，", ","))
    pairs.quotes(line)
    pairs.titles(line)
    has_spaces = bool(_ANY_SPACE.search(line.shape))
    for pattern, replacement in (*_REPEATED, *_SPACES) if has_spaces else _REPEATED:
        line.sub(pattern, replacement)
    if has_spaces and not keeps_spaces:
        line.sub(_BETWEEN_HAN, lambda match: "" if line.is_worked(match.start()) else match[0])
    line.sub(_MIXED_OPEN if gap else _MIXED, gap)


_SP_CHARS = " \t\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"


def _stops(line: Line) -> None:
    """Half-width stops behind or before Chinese text become full-width."""
    line.sub(_STOP_AFTER, lambda match: _PLAIN_STOPS[match[0].strip(_SP_CHARS)])
    line.sub(_STOP_BEFORE, lambda match: _PLAIN_STOPS[match[0].strip(_SP_CHARS)])
    line.sub(_POINT_AFTER, "。")


def _points_at_end(line: Line) -> None:
    """A sentence that ends with a number or an abbreviation in capitals still ends with a Chinese stop."""
    wide = {".": "。", "?": "？", "!": "！"}
    for match in _POINT_AT_END.finditer(line.shape):
        if line.ends_span(match.start()):
            line.set_char(match.start(), wide[match[0]])
