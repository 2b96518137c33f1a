"""Bulletin → CommonMark that reads well as it is and renders the same in strict and lenient programs.

Drafts carry ``〔初稿〕`` in front, gaps stand as ``〔待译：source〕``; both are easy to search for and to delete.
Bold next to Han text is written so that CommonMark sees it: its flanking rules (0.31, section 6.2) read
``**背景：**哈萨克`` as plain asterisks, so marks at the edge of an emphasis go outside, ``**背景**：哈萨克``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from compiler_flow import inline
from compiler_flow.model import Block, BlockKind, Bulletin, BulletinRole
from compiler_flow.render.base import (
    DRAFT_LABEL,
    DRAFT_TITLE,
    GAP_LABEL,
    NOTHING_MISSING,
    Listing,
    Renderer,
    is_draft,
    is_gap,
    is_web_address,
    listings,
    runs,
    spans_of,
)
from compiler_flow.text import lazy_pattern, printable

_SPECIAL = lazy_pattern(r"[\\`*\[\]<~]")
# Also an ampersand at the end, which what follows could complete.
_ENTITY = lazy_pattern(r"&(?=#?[0-9A-Za-z]*(?:;|\Z))")
_UNDERSCORE = lazy_pattern(r"(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
# What would start another kind of block (CommonMark 0.31, chapter 4 and section 5.2), at the start of a line.
_BLOCK_START = lazy_pattern(r"(?:#{1,6}|[-+])(?=[ \t]|\Z)|>|[-=]+[ \t]*\Z")
_NUMBERED = lazy_pattern(r"(\d{1,9})([.)])(?=[ \t]|\Z)")
_CLOSING_HASHES = lazy_pattern(r"(#+)\Z")
_IN_DESTINATION = str.maketrans({"<": "%3C", ">": "%3E", "\\": "%5C", " ": "%20"})


def _render(bulletin: Bulletin, _theme: str) -> bytes:
    blocks = [*_notice(bulletin), *_blocks(bulletin.blocks)]
    return ("\n\n".join(blocks) + "\n").encode("utf-8")


MARKDOWN = Renderer("markdown", ".md", "CommonMark, for any editor and for version control", _render)


def _notice(bulletin: Bulletin) -> Iterator[str]:
    """The warning on top of a draft build."""
    if bulletin.draft:
        missing = [f"> - {_text(line)}" for line in bulletin.missing] or [f"> {NOTHING_MISSING}"]
        yield "\n".join([f"> **{DRAFT_TITLE}**", ">", *missing])


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for kind, members in runs(blocks):
        block = members[0]
        if kind is BlockKind.GROUP:
            if block.role == BulletinRole.COLOPHON:
                yield "---"
            yield from _blocks(block.children)
        elif kind is BlockKind.QUOTE:
            yield "\n>\n".join(f"> {_line(member)}" for member in members)
        elif kind is BlockKind.ITEM:
            yield "\n\n".join(_lists(listings(members), ""))
        elif kind is BlockKind.HEADING:
            level = min(max(block.level, 1), 6)
            yield f"{'#' * level} {_CLOSING_HASHES.sub(_escaped_hashes, _line(block))}"
        else:
            yield _line(block)


def _escaped_hashes(match: re.Match[str]) -> str:
    return match[1].replace("#", "\\#")


def _lists(found: Iterable[Listing], indent: str) -> Iterator[str]:
    """Lists one after the other. A numbered one right behind another has ``1)`` for ``1.``, or both would be one."""
    sign = ""
    for listing in found:
        sign = (")" if sign == "." else ".") if listing.ordered else ""
        yield "\n".join(_list(listing, indent, sign))


def _list(listing: Listing, indent: str, sign: str) -> Iterator[str]:
    for number, entry in enumerate(listing.entries, start=listing.start):
        marker = f"{number}{sign} " if listing.ordered else "- "
        yield f"{indent}{marker}{_line(entry.block)}"
        for inner, lines in zip(entry.lists, _lists(entry.lists, indent + " " * len(marker)), strict=True):
            # Only a list that begins with 1 may follow a line of text (CommonMark 0.31, section 5.3).
            yield f"\n{lines}" if inner.start > 1 else lines


def _line(block: Block) -> str:
    """The block's spans on one line that starts no other kind of block."""
    line = ""
    for span in spans_of(block):
        for piece in _pieces(span):
            line = _joined(line, piece)
    line = line.strip(" \t")
    line = _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line
    return f"\\{line}" if _BLOCK_START.match(line) else line


# ----------------------------------------------------------------------------------------------- inline


def _pieces(span: Block) -> Iterator[inline.Span | str]:
    """What a span amounts to: runs in one style, or Markdown that is ready."""
    if is_gap(span):
        yield f"〔{GAP_LABEL}：{_text(inline.plain(span.source))}〕"
    elif span.role == BulletinRole.ADDRESS:
        yield f"<{span.text}>" if is_web_address(span.text) else _text(span.text)
    else:
        if is_draft(span):
            yield f"〔{DRAFT_LABEL}〕"
        if span.role == BulletinRole.LABEL:
            # A run-in label is strong whether or not the translator kept its asterisks.
            yield inline.Span(inline.plain(span.text).strip(), strong=True)
        else:
            yield from inline.spans(span.text)


def _joined(line: str, piece: inline.Span | str) -> str:
    """``line`` with one more piece; delimiters that would touch, and so be read as others, are left out."""
    if isinstance(piece, str):
        return line + piece
    if piece.href and is_web_address(piece.href) and piece.text.strip():
        # ``!`` in front of a link would make it an image.
        line = f"{line[:-1]}\\!" if line.endswith("!") else line
        return f"{line}[{_styled(piece, after='[')}](<{piece.href.translate(_IN_DESTINATION)}>)"
    return line + _styled(piece, after=line[-1:])


def _styled(span: inline.Span, *, after: str) -> str:
    """``span`` with its marks around letters only, behind the character ``after``."""
    visible = _folded(span.text)
    if span.code:
        return _text(visible) if after == "`" or not visible.strip() else _code(visible)
    mark = "**" * span.strong + "*" * span.emphasis
    start, end = 0, len(visible)
    while start < end and not _is_word(visible[start]):
        start += 1
    while end > start and not _is_word(visible[end - 1]):
        end -= 1
    if not mark or start == end or (after == "*" and start == 0):
        return _text(visible)
    return f"{_text(visible[:start])}{mark}{_text(visible[start:end])}{mark}{_text(visible[end:])}"


def _is_word(char: str) -> bool:
    """Neither white space nor punctuation nor symbol, in the sense of the flanking rules."""
    return not char.isspace() and unicodedata.category(char)[0] not in "PSZC"


def _code(content: str) -> str:
    longest = max((len(run) for run in re.findall("`+", content)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if content.startswith(("`", " ")) or content.endswith(("`", " ")) else ""
    return f"{fence}{padding}{content}{padding}{fence}"


def _folded(content: str) -> str:
    return re.sub(r"[ \t]*\n[ \t]*", " ", printable(content)).replace("\t", " ")


def _text(content: str) -> str:
    """Plain text on one line that no program takes for markup."""
    escaped = _SPECIAL.sub(r"\\\g<0>", _folded(content))
    return _UNDERSCORE.sub(r"\_", _ENTITY.sub("&amp;", escaped))
