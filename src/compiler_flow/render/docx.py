"""Bulletin → a Word document on a template that the editor may replace: its styles make the appearance.

The contents are a real field without page numbers, so they are right before anybody has updated them.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Any

from compiler_flow.model import Block, BlockKind, Bulletin, BulletinRole
from compiler_flow.render.base import (
    IN_CONTENTS,
    Listing,
    Renderer,
    listings,
    runs,
    spans_of,
)
from compiler_flow.render.word import Paper, plain_heading

_DEEPEST_STYLE = 3
_PARAGRAPHS: dict[str, str] = {
    BulletinRole.DATELINE: "Subtitle",
    BulletinRole.SOURCE: "Source",
    BulletinRole.NOTE: "Note",
    BulletinRole.CREDITS: "Credits",
    BulletinRole.TITLE_ORIGINAL: "Original Title",
}
# Groups whose paragraphs have a style of their own, where the template has it.
_GROUPS: dict[str, str] = {BulletinRole.SUMMARY: "Summary", BulletinRole.COLOPHON: "Colophon"}
# Small print does not stand alone on the next page.
_SMALL_PRINT = (BulletinRole.SOURCE, BulletinRole.NOTE, BulletinRole.CREDITS)


def _render(bulletin: Bulletin, theme: str) -> bytes:
    paper = Paper(theme)
    paper.furniture(bulletin)
    writer = _Writer(paper)
    mastheads = [block for block in bulletin.blocks if block.role == BulletinRole.MASTHEAD]
    rest = [block for block in bulletin.blocks if block.role != BulletinRole.MASTHEAD]
    paper.notice(bulletin)
    writer.blocks(mastheads, "")
    writer.contents(rest)
    writer.blocks(rest, "p")
    return paper.bytes(bulletin)


DOCX = Renderer("docx", ".docx", "a Word document on a template of your own", _render)


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self._paper = paper

    def contents(self, blocks: Iterable[Block]) -> None:
        """A contents field whose entries are written out, each a link to its heading."""
        entries = tuple(_entries(blocks, "p", 1))
        if not entries:
            return
        self._paper.run(self._paper.paragraph("Contents Heading", "TOC Heading"), "目录")
        for place, (level, mark, title) in enumerate(entries):
            line = self._paper.paragraph(f"toc {min(level, 3)}", f"TOC {min(level, 3)}")
            if place == 0:
                self._paper.field(line, "begin", r' TOC \o "1-3" \n \h \z \u ')
                self._paper.field(line, "separate")
            self._paper.leads_to(line, mark, title)
            if place == len(entries) - 1:
                self._paper.field(line, "end")

    def blocks(self, blocks: Iterable[Block], prefix: str, style: str = "") -> None:
        """``prefix`` starts the bookmarks of the groups among ``blocks``, numbered as in ``_entries``.

        ``style`` is that of paragraphs, where the template has it.
        """
        number = 0
        before: Any = None
        for kind, members in runs(blocks):
            block = members[0]
            if kind is BlockKind.GROUP:
                number += block.role in IN_CONTENTS
                mark = f"{prefix}{number}" if block.role in IN_CONTENTS else ""
                self._group(block, mark)
            elif kind is BlockKind.QUOTE:
                for one in members:
                    self._written("Quote", one)
            elif kind is BlockKind.ITEM:
                for listing in listings(members):
                    self._list(listing, 1)
            elif kind is BlockKind.HEADING:
                self._heading(block)
            else:
                if block.role in _SMALL_PRINT and before is not None:
                    before.paragraph_format.keep_with_next = True
                before = self._written(_PARAGRAPHS.get(block.role, "Body Text"), block, style)

    def _group(self, block: Block, mark: str) -> None:
        children = block.children
        if mark and children and children[0].kind is BlockKind.HEADING:
            self._paper.bookmark(self._heading(children[0]), mark)
            children = children[1:]
        self.blocks(children, f"{mark}-", _GROUPS.get(block.role, ""))

    def _heading(self, block: Block) -> Any:
        """The number's own title is the document's; what stands below it begins with the first level."""
        return self._written("Title" if block.level <= 1 else f"Heading {min(block.level, 7) - 1}", block)

    def _written(self, style: str, block: Block, first_choice: str = "") -> Any:
        paragraph = self._paper.paragraph(first_choice, style)
        self._paper.spans(paragraph, block)
        return paragraph

    def _list(self, listing: Listing, depth: int) -> None:
        name = "List Number" if listing.ordered else "List Bullet"
        style = name if depth == 1 else f"{name} {min(depth, _DEEPEST_STYLE)}"
        number = self._fresh_number(style, listing.start) if listing.ordered else None
        for entry in listing.entries:
            paragraph = self._paper.paragraph(style, name)
            if number is not None:
                properties: Any = paragraph._p.get_or_add_pPr()
                properties.get_or_add_numPr().get_or_add_numId().val = number
            self._paper.spans(paragraph, entry.block)
            for inner in entry.lists:
                self._list(inner, depth + 1)

    def _fresh_number(self, style: str, first: int) -> int | None:
        """A numbering of its own that starts at ``first``, or ``None`` where the template's style has no numbering."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        found = [one for one in self._paper.document.styles if one.name == style]
        properties = found[0].element.pPr if found else None
        if properties is None or properties.numPr is None or properties.numPr.numId is None:
            return None
        numbering = self._paper.document.part.numbering_part.element
        numbers = numbering.findall(qn("w:num"))
        used = next((num for num in numbers if num.numId == properties.numPr.numId.val), None)
        if used is None:
            return None
        fresh = copy.deepcopy(used)
        fresh.numId = max(num.numId for num in numbers) + 1
        override, start = OxmlElement("w:lvlOverride"), OxmlElement("w:startOverride")
        override.set(qn("w:ilvl"), "0")
        start.set(qn("w:val"), str(first))
        override.append(start)
        fresh.append(override)
        numbers[-1].addnext(fresh)
        return int(fresh.numId)


def _entries(blocks: Iterable[Block], prefix: str, level: int) -> Iterator[tuple[int, str, str]]:
    """(level, bookmark, title) for each group that the contents list."""
    listed = (block for block in blocks if block.role in IN_CONTENTS)
    for number, block in enumerate(listed, start=1):
        heading = next((child for child in block.children if child.kind is BlockKind.HEADING), None)
        if heading is not None:
            yield level, f"{prefix}{number}", plain_heading(spans_of(heading))
            yield from _entries(block.children, f"{prefix}{number}-", level + 1)
