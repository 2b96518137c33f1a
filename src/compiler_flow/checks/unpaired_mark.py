"""``unpaired-mark``: a bracket or a quotation mark without its other half.

translate-toolkit's ``brackets`` counts only ()[]{}, see ``checks.toolkit``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.checks.stretch import Stretch
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Severity, Spot, Unit
from compiler_flow.text import lazy_pattern

_PAIRS = {"（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕", "“": "”", "‘": "’", "「": "」", "『": "』"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_MARKS = "".join((*_PAIRS, *_CLOSING))
_MARK = lazy_pattern(f"[{_MARKS}]")
# Nearly every mark stands in such a pair. Where these are taken out and nothing of the kind is left, all is well.
# A digit or a letter before the second half would make it the number of a list or an apostrophe.
_PAIRED = {
    opening: lazy_pattern(rf"{opening}[^\d(){_MARKS}\0]*{'(?<![A-Za-zÀ-ɏ])' if close == '’' else ''}{close}")
    for opening, close in _PAIRS.items()
}
_WIDE = {ord("("): "（", ord(")"): "）"}
_QUOTES = frozenset("“‘")
# Apostrophes (‘the workers’ party’ has one, which closes nothing), and the numbers of a list (1）); a number after a
# Latin word belongs to it (（BCP 47）).
_NOT_MARKS = lazy_pattern(
    r"(?<=[A-Za-zÀ-ɏ])’(?=[A-Za-zÀ-ɏ])|(?<=[A-Za-z])’(?=\s[^‘]*’(?![A-Za-zÀ-ɏ]))"
    r"|(?<![A-Za-z]\s)(?:^|(?<=[。；，：\s]))\d{1,2}）"
)
# What is one where it has nothing to close.
_MAY_BE_APOSTROPHE = lazy_pattern(r"(?<=[A-Za-z])’(?=\s)")
_SOURCE_QUOTES = lazy_pattern(r"[\"“”„«»‟]")


def _gather(stretch: Stretch, _context: CheckContext) -> bool:
    """Whether any mark may be left alone."""
    return bool(_suspects(stretch))


def _is_silent(gathered: Iterable[bool]) -> bool:
    return not any(gathered)


def _suspects(stretch: Stretch) -> set[int]:
    return stretch.rendered_left(f"(){_MARKS}", _PAIRED)


def _run(_catalog: Catalog, grouped: Sequence[Group], _context: CheckContext) -> Iterator[Fault]:
    stop = 0
    for number in sorted(_suspects(Stretch(grouped))):
        if number >= stop:
            start, stop = _block(grouped, number)
            following = grouped[stop].rendered.text if stop < len(grouped) else ""
            yield from _unpaired(grouped[start:stop], following)


def _block(grouped: Sequence[Group], number: int) -> tuple[int, int]:
    """Where the block of a group begins and ends: a quotation may run over several sentences.

    Units of foreign files stand alone.
    """
    start, stop, key = number, number + 1, _key(grouped[number])
    while key and start and _key(grouped[start - 1]) == key:
        start -= 1
    while key and stop < len(grouped) and _key(grouped[stop]) == key:
        stop += 1
    return start, stop


def _key(group: Group) -> tuple[int, str] | None:
    spot = group.unit.spot
    return (spot.block, "" if spot.block else group.role) if spot else None


def _unpaired(block: Sequence[Group], following: str) -> Iterator[Fault]:
    opened: list[tuple[str, Group, int]] = []
    for group in block:
        if not _MARK.search(group.rendered.text):
            continue
        text = _NOT_MARKS.sub(lambda match: " " * len(match[0]), group.rendered.text)
        if text.count("(") != text.count(")"):
            # （text) is one bracket with two widths, and half-width-punctuation's.
            text = text.translate(_WIDE)
        for mark in _MARK.finditer(text):
            at, char = mark.start(), mark[0]
            if char in _PAIRS:
                opened.append((char, group, at))
            else:
                if opened and opened[-1][0] == _CLOSING[char]:
                    opened.pop()
                elif not _MAY_BE_APOSTROPHE.match(text, at) and not _runs_on(block, char):
                    yield _fault(char, _CLOSING[char], group, at)
    for char, group, at in opened:
        # A quotation over several paragraphs opens each of them and closes the last only.
        continued = char in _QUOTES and following.lstrip().startswith(char)
        if not continued and not _runs_on(block, char):
            yield _fault(char, _PAIRS[char], group, at)


def _runs_on(block: Sequence[Group], char: str) -> bool:
    """Whether a quotation of the source itself runs over this unit's ends, in files that know no blocks."""
    if char not in _QUOTES and _CLOSING.get(char) not in _QUOTES:
        return False
    return block[0].unit.spot is None and len(_SOURCE_QUOTES.findall(block[0].seen.text)) % 2 == 1


def _fault(char: str, other: str, group: Group, at: int) -> Fault:
    return Fault(
        _("“{mark}” has no “{other}”.").format(mark=char, other=other),
        span=group.rendered.span(at, at + 1),
        where=group,
    )


def _in_block(block: int, *texts: str) -> tuple[Unit, ...]:
    return tuple(
        Unit(f"{block}.{index}", "They spoke.", text, spot=Spot(block=block)) for index, text in enumerate(texts)
    )


CHECK = Check(
    name="unpaired-mark",
    severity=Severity.WARNING,
    scope="article",
    summary="A bracket or quotation mark has no other half in its paragraph.",
    explanation=(
        "Pairs are looked for in the whole paragraph, because a quotation may run over several sentences. A "
        "quotation over several paragraphs opens each of them and closes the last. Where a file knows no paragraphs, "
        "a quotation that the source leaves open may stay open."
    ),
    run=_run,
    gather=_gather,
    is_silent=_is_silent,
    good=(
        Example("“We agree,” he said.", "他说：“我们同意。”"),
        Example(units=_in_block(1, "他说：“我们同意。", "我们会签字。”")),
        Example(units=_in_block(1, "他说：“我们同意。") + _in_block(2, "“我们会签字。”")),
        Example("“We agree. ", "他说：“我们同意。"),
        Example("1) Aims", "1）目标"),
        Example("He (a minister) agreed.", "他(部长）同意了。"),
        Example("The standard (BCP 47) applies.", "适用该标准（BCP 47）。"),
        Example("L’Equipe said", "L’Equipe报道"),
        Example("He read ‘War and Peace’ there.", "他在那里读‘War and Peace’ 一书。"),
        Example("The ‘Workers’ Party’ won.", "‘Workers’ Party’获胜。"),
        Example("The Workers’ Party won.", "Workers’ Party获胜。"),
    ),
    bad=(
        Example("He (a minister) agreed.", "他（部长同意了。", spot="（"),
        Example("He agreed.", "他》同意了。", spot="》"),
        Example("It is the book of Bern’s.", "这是‘Bern’s 书。", spot="‘"),
        Example(units=_in_block(1, "他说：“我们同意。", "他离开了。") + _in_block(2, "会议结束。"), spot="“"),
    ),
)
