"""House typography over an assembled number: punctuation, quotation marks, ranges, spaces. Pure and idempotent.

The rules are those of GB/T 15834-2011 (punctuation) and GB/T 15835-2011 (numerals), and where these leave a choice,
the house's. Addresses, code, foreign text that stands on purpose and Latin quotations are never touched, nor is a line
without Han characters. ``tests/typography/cases.tsv`` shows every rule with its source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from compiler_flow.errors import UsageError
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Block, BlockKind, Bulletin, BulletinRole, State
from compiler_flow.typography.line import Line
from compiler_flow.typography.rules import apply

__all__ = ["SPACES", "typeset", "typeset_text"]

SPACES = {"none": "", "thin": "\u2009", "space": " "}
"""What may stand between Han and Latin letters or digits, by the name of the setting."""


def typeset(bulletin: Bulletin, spaces: str = "none") -> Bulletin:
    """The number with every line set; ``spaces`` is a name of ``SPACES``. Raises ``UsageError`` for another name."""
    if spaces not in SPACES:
        raise UsageError(
            _("Typography knows no spaces called {name}.").format(name=spaces),
            hint=_("Known: {names}.").format(names=", ".join(SPACES)),
        )
    return replace(bulletin, blocks=tuple(_blocks(bulletin.blocks, SPACES[spaces])))


def typeset_text(text: str, spaces: str = "none") -> str:
    """One translated sentence (inline Markdown) as it would stand in a paragraph of its own."""
    span = Block(BlockKind.SPAN, text, state=State.TRANSLATED)
    spans = _line(Block(BlockKind.PARAGRAPH, children=(span,)), SPACES[spaces]).children
    return spans[0].text if spans else ""


def _blocks(blocks: tuple[Block, ...], gap: str) -> Iterator[Block]:
    for block in blocks:
        if block.kind is BlockKind.GROUP:
            yield replace(block, children=tuple(_blocks(block.children, gap)))
        else:
            yield _line(block, gap)


def _line(block: Block, gap: str) -> Block:
    """A heading, paragraph, quote or item with its spans set as one line: a quotation may run over many sentences."""
    line = Line(block.children)
    # Names of people are kept apart by spaces, and so are the two halves of many a headline.
    keeps_spaces = block.kind is BlockKind.HEADING or block.role == BulletinRole.CREDITS
    apply(line, gap, keeps_spaces=keeps_spaces)
    return replace(block, children=line.spans())
