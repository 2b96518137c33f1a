"""``source.md``: an article's body as minimal Markdown, one block a line, and back.

``from_markdown(to_markdown(blocks))`` gives the blocks back. The file is read line by line and not by CommonMark's
block grammar, which has no spelling for every block (a list that starts at depth two, a text of four digits and a dot)
and would give an innocent line such as ``===`` a meaning. What we write, other programs read as the same blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from compiler_flow.ingest.content import Numbered, counted, numbered
from compiler_flow.model import Block, BlockKind, with_number
from compiler_flow.text import lazy_pattern

# What starts a block, in CommonMark or here, when it stands at the start of a line (CommonMark 0.31, sections 4, 5).
_STARTS = r"(?:#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|(?:[-_*=]\s*){3,}$|=+\s*$|~{3}|`{3}[^`]*$)"
_MARKUP = lazy_pattern(rf"\\*{_STARTS}")
_ESCAPED = lazy_pattern(rf"\\(?=\\*{_STARTS})")
_NUMBER = lazy_pattern(r"(\d{1,9})(\\*)([.)](?:\s|$))")
_ESCAPED_NUMBER = lazy_pattern(r"(\d{1,9})\\(?=\\*[.)](?:\s|$))")

_HEADING = lazy_pattern(r"(#{1,6})(?:[ \t]+|$)")
_QUOTE = lazy_pattern(r"> ?")
_ITEM = lazy_pattern(r"([ \t]*)([-+*]|\d{1,9}[.)])(?:[ \t]+|$)")
_BLANKS = lazy_pattern(r"[ \t]+")
# Three columns are enough to nest under ``1.`` and not enough to make a code block under ``-``.
_INDENT = 3


def to_markdown(blocks: Iterable[Block]) -> str:
    """``blocks`` as Markdown: one block a line, an empty line between blocks. Groups are written as their leaves."""
    lines = [_line(_shown(each)) for each in numbered(leaves(blocks))]
    return "\n\n".join(lines) + "\n" if lines else ""


def from_markdown(text: str) -> tuple[Block, ...]:
    """The blocks of a ``source.md``; ``Block.line`` is the line where a block starts.

    Lines that follow each other without an empty line between them belong together unless one starts a block of its
    own, so a paragraph that an editor wrapped by hand stays one.
    """
    blocks: list[Block] = []
    open_block = False
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.rstrip()
        if not line.strip():
            open_block = False
            continue
        block = _block(line, number)
        if open_block and _continues(block, blocks[-1]):
            blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text} {block.text}".strip())
        else:
            blocks.append(block)
            open_block = True
    return tuple(counted(block for block in blocks if block.text))


def _continues(block: Block, last: Block) -> bool:
    if block.kind is BlockKind.QUOTE:
        return last.kind is BlockKind.QUOTE
    return block.kind is BlockKind.PARAGRAPH and last.kind is not BlockKind.HEADING


def leaves(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks that hold text, in reading order."""
    for block in blocks:
        if block.children:
            yield from leaves(block.children)
        elif block.text.strip():
            yield block


def _shown(each: Numbered) -> Block:
    """The block with the number that a reader expects; ``1.`` on all items is enough where they count from 1."""
    is_next = each.is_said and each.follows
    return replace(each.block, marker=with_number(each.number)) if is_next else each.block


def _line(block: Block) -> str:
    text = block.text.replace("\n", " ")
    match block.kind:
        case BlockKind.HEADING:
            return f"{'#' * block.level} {text}"
        case BlockKind.QUOTE:
            return f"> {_guard(text)}"
        case BlockKind.ITEM:
            return f"{' ' * (_INDENT * (block.level - 1))}{block.marker} {_guard(text)}"
        case _:
            return _guard(text)


def _guard(text: str) -> str:
    """``text`` with one backslash more before what would start a block, so that ``_unguard`` can take one away."""
    if _MARKUP.match(text):
        return "\\" + text
    return _NUMBER.sub(r"\1\\\2\3", text, count=1) if _NUMBER.match(text) else text


def _unguard(text: str) -> str:
    if match := _ESCAPED.match(text):
        return text[match.end() :]
    return _ESCAPED_NUMBER.sub(r"\1", text, count=1) if _ESCAPED_NUMBER.match(text) else text


def _block(line: str, number: int) -> Block:
    bare = line.strip(" \t")
    if match := _HEADING.match(bare):
        return Block(BlockKind.HEADING, _fold(bare[match.end() :]), level=len(match[1]), line=number)
    if match := _QUOTE.match(bare):
        return Block(BlockKind.QUOTE, _unguard(_fold(bare[match.end() :])), line=number)
    if match := _ITEM.match(line):
        width = len(match[1].expandtabs(4))
        marker = match[2] if match[2] == "1)" else f"{int(match[2][:-1])}." if match[2][0].isdigit() else "-"
        text = _unguard(_fold(line[match.end() :]))
        # Two, three or four columns a step: editors differ.
        return Block(BlockKind.ITEM, text, level=(width + 1) // _INDENT + 1, marker=marker, line=number)
    return Block(BlockKind.PARAGRAPH, _unguard(_fold(bare)), line=number)


def _fold(text: str) -> str:
    return _BLANKS.sub(" ", text).strip(" ")
