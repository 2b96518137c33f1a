"""What renderers share: the entry of the table, and the few readings of the tree that must not differ between them."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from compiler_flow.model import Block, BlockKind, Bulletin, BulletinRole, State, own_number
from compiler_flow.text import lazy_pattern

DRAFT_LABEL = "初稿"
GAP_LABEL = "待译"
DRAFT_TITLE = "草稿，请勿发布"
NOTHING_MISSING = "译文已齐，尚未定稿。"

IN_CONTENTS: tuple[str, ...] = (
    BulletinRole.SUMMARY,
    BulletinRole.FEATURE,
    BulletinRole.NEWS,
    BulletinRole.COUNTRY,
    BulletinRole.ITEM,
    BulletinRole.APPENDIX,
)
"""The groups whose headings make the table of contents."""

# The deepest nesting of lists that is kept; what a strange file nests deeper stands at this depth.
_DEEPEST = 9
_LANGUAGE = lazy_pattern(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_WEB = lazy_pattern(r"(?i)https?://[^\s<>\"\\^`{|}]+\Z")


def _nothing(_bulletin: Bulletin, _theme: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Renderer:
    """One form of the finished number.

    ``suffix`` ends the file's name (with its dot). ``render`` takes the bulletin and a theme (a name, a path, or
    empty) and gives the file's bytes. ``unfit`` takes the same and says what this form cannot show, a line each.
    """

    name: str
    suffix: str
    summary: str
    render: Callable[[Bulletin, str], bytes]
    unfit: Callable[[Bulletin, str], tuple[str, ...]] = _nothing


@dataclass(frozen=True, slots=True)
class Entry:
    """A list item and the lists inside it."""

    block: Block
    lists: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A run of items of one depth and one kind of marker; ``start`` is the number of the first."""

    ordered: bool
    entries: tuple[Entry, ...]
    start: int = 1


def spans_of(block: Block) -> tuple[Block, ...]:
    """The spans of a heading, paragraph, quote or item; a block with text of its own is one span."""
    return block.children or (Block(BlockKind.SPAN, block.text),)


def all_spans(blocks: Iterable[Block]) -> Iterator[Block]:
    """The spans of ``blocks`` and of all that their groups hold, in order."""
    for block in blocks:
        if block.kind is BlockKind.GROUP:
            yield from all_spans(block.children)
        else:
            yield from spans_of(block)


def runs(blocks: Iterable[Block]) -> Iterator[tuple[BlockKind, tuple[Block, ...]]]:
    """``blocks`` with neighbouring quotes together and neighbouring list items together, all else alone."""
    together = (BlockKind.QUOTE, BlockKind.ITEM)
    keyed = ((block.kind if block.kind in together else index, block) for index, block in enumerate(blocks))
    for _key, group in itertools.groupby(keyed, key=lambda pair: pair[0]):
        members = tuple(block for _kind, block in group)
        yield members[0].kind, members


def listings(items: Sequence[Block]) -> tuple[Listing, ...]:
    """Flat items with levels → nested lists. A level that is skipped does not count; a number that does not follow from
    the one before begins a list.
    """
    found: list[tuple[bool, int, list[Entry]]] = []
    start = 0
    while start < len(items):
        level = _depth(items[start])
        end = start + 1
        while end < len(items) and _depth(items[end]) > level:
            end += 1
        ordered = items[start].marker[-1:] in (".", ")")
        number = own_number(items[start].marker)
        is_next = found and found[-1][0] == ordered and number in (0, found[-1][1] + len(found[-1][2]))
        if not is_next:
            found.append((ordered, number or 1, []))
        found[-1][2].append(Entry(items[start], listings(items[start + 1 : end])))
        start = end
    return tuple(Listing(ordered, tuple(entries), first) for ordered, first, entries in found)


def _depth(item: Block) -> int:
    return min(item.level, _DEEPEST)


def language_tag(tag: str, otherwise: str = "") -> str:
    """``tag`` if it has the form of a language tag (BCP 47, 2.1, for languages of two or three letters)."""
    return tag if _LANGUAGE.fullmatch(tag) else otherwise


def is_gap(span: Block) -> bool:
    """Whether nobody has rendered this unit yet: its source is shown instead."""
    return span.state is State.EMPTY


def is_draft(span: Block) -> bool:
    """Whether nobody has answered for this text yet."""
    return span.state is State.DRAFT


def is_web_address(address: str) -> bool:
    """Whether an output may link to ``address``: http and https only, nothing invisible inside."""
    return bool(_WEB.match(address)) and not any(unicodedata.category(char) in ("Cc", "Cf") for char in address)
