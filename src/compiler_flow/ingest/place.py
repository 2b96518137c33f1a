"""Where on a page the found article stands, so that what an extraction dropped between its paragraphs comes along.

trafilatura knows which part of a page is the article, but on pages without an ``article`` element it hands out bare
paragraphs: headings, lists and quotations are gone. They are read from the place itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compiler_flow import inline
from compiler_flow.ingest import captions, phrases, tree
from compiler_flow.model import Block, BlockKind
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEAVES = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "dd", "dt", "div", "pre"})
# How much of the found text must stand in one place, and how much of it must be seen again there.
_HOLDS = 0.9
_SAME = 0.97
_LINKED = 0.5
_SENTENCE_END = lazy_pattern(r"""[.!?…։。！？:]["'”’»“)\]]*$""")
_CAPTIONS = f".//p[@class='{captions.NAME}']"
_LONG = 400_000


def fuller(root: _Element, found: tuple[Block, ...]) -> tuple[Block, ...]:
    """``found`` with the headings, items, quotations and sentences that stand between its blocks on the page ``root``.

    Where the place is not clear, ``found`` as it is.
    """
    wanted = {letters for block in found if (letters := phrases.letters(inline.plain(block.text)))}
    size = sum(map(len, wanted))
    holder = _holder(root, wanted, size)
    if holder is None:
        return _numbered(root, found)
    blocks = tuple(tree.blocks(holder))
    texts = [phrases.letters(inline.plain(block.text)) for block in blocks]
    seen = [text in wanted for text in texts]
    if not any(seen) or sum(map(len, wanted.intersection(texts))) < _SAME * size:
        return _numbered(root, found)
    first = seen.index(True)
    last = len(seen) - 1 - seen[::-1].index(True)
    # A list or a quotation that ends the article goes with what announces it.
    told = {phrases.letters("".join(map(str, each.itertext()))) for each in holder.iterfind(_CAPTIONS)}
    is_caption = [text in told for text in texts]
    while first > 0 and is_caption[first - 1]:
        first -= 1
    while last + 1 < len(blocks) and is_caption[last + 1]:
        last += 1
    while (
        last + 1 < len(blocks)
        and blocks[last + 1].kind in (BlockKind.ITEM, BlockKind.QUOTE)
        and _belongs(blocks[last + 1])
    ):
        last += 1
    return tuple(
        block
        for block, is_seen, is_told in list(zip(blocks, seen, is_caption, strict=True))[first : last + 1]
        if is_seen or is_told or _belongs(block)
    )


def _numbered(root: _Element, found: tuple[Block, ...]) -> tuple[Block, ...]:
    """``found`` with the numbers that its items have on the page."""
    markers = {block.text: block.marker for block in tree.blocks(root) if block.kind is BlockKind.ITEM}
    return tuple(
        replace(block, marker=markers.get(block.text, block.marker)) if block.kind is BlockKind.ITEM else block
        for block in found
    )


def _holder(root: _Element, wanted: set[str], size: int) -> _Element | None:
    """The innermost element that holds nearly all paragraphs of ``wanted``."""
    weights: dict[_Element, int] = {}
    total = 0
    left = set(wanted)
    for element in root.iter():
        if element.tag not in _LEAVES:
            continue
        if len(element) and any(child.tag in _LEAVES for child in element.iterdescendants()):
            continue
        letters = phrases.letters("".join(map(str, element.itertext())))
        if letters in left:
            left.discard(letters)
            total += len(letters)
            for above in element.iterancestors():
                weights[above] = weights.get(above, 0) + len(letters)
    if not total or total < size / 2 or size > _LONG:
        return None
    holders = [element for element, weight in weights.items() if weight >= _HOLDS * total]
    return max(holders, key=lambda element: sum(1 for _above in element.iterancestors()), default=None)


def _belongs(block: Block) -> bool:
    """Whether a block that the extraction left out is part of the article all the same."""
    spans = inline.spans(block.text)
    text = "".join(span.text for span in spans)
    if sum(len(span.text) for span in spans if span.href) > _LINKED * len(text):
        return False
    return block.kind is not BlockKind.PARAGRAPH or bool(_SENTENCE_END.search(text))
