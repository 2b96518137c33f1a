"""Articles of a number → a review copy in Word, for people who write their remarks there."""

from __future__ import annotations

from typing import Any

from compiler_flow.model import Bulletin, State
from compiler_flow.render.base import DRAFT_TITLE, Renderer
from compiler_flow.render.review_rows import REMARK_HEADING, SOURCE_HEADING, TARGET_HEADING, Row, sheets
from compiler_flow.render.word import Paper

# Shares of the page's width for source, translation, remarks.
_WIDTHS = (0.4, 0.4, 0.2)


def _render(bulletin: Bulletin, theme: str) -> bytes:
    paper = Paper(theme)
    paper.furniture(bulletin)
    issue = bulletin.issue
    if bulletin.draft:
        paper.run(paper.paragraph("Draft Notice"), DRAFT_TITLE).bold = True
    paper.run(paper.paragraph("Title"), f"{issue.title or issue.name} 审校稿")
    for sheet in sheets(bulletin):
        paper.run(paper.paragraph("Heading 1"), sheet.title)
        about = paper.paragraph("Source")
        paper.run(about, f"{sheet.name}　")
        paper.link(about, sheet.address, sheet.address)
        if sheet.signed:
            paper.run(paper.paragraph("Source"), f"签署：{'、'.join(sheet.signed)}")
        _table(paper, sheet.rows, sheet.language)
    return paper.bytes(bulletin)


BILINGUAL_DOCX = Renderer("bilingual-docx", ".bilingual.docx", "a review copy in Word", _render)


def _table(paper: Paper, rows: tuple[Row, ...], language: str) -> None:
    section = paper.document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    table = paper.document.add_table(rows=len(rows) + 1, cols=3)
    paper.border(table)
    table.autofit = False
    for column, share in zip(table.columns, _WIDTHS, strict=True):
        column.width = int(room * share)
    cells = iter(table._cells)
    for name in (SOURCE_HEADING, TARGET_HEADING, REMARK_HEADING):
        paper.run(_line(paper, next(cells), room, name), name).bold = True
    _repeat(table.rows[0])
    for row in rows:
        made = paper.run(_line(paper, next(cells), room, SOURCE_HEADING), row.source, language=language)
        made.font.strike = True if row.state is State.OMITTED else None
        made.bold = True if row.is_heading else None
        style = "Draft" if row.state is State.DRAFT else ""
        made = paper.run(_line(paper, next(cells), room, TARGET_HEADING), row.target, style)
        made.bold = True if row.is_heading else None
        told = (*((row.place,) if row.place else ()), *row.remarks)
        paper.run(_line(paper, next(cells), room, REMARK_HEADING), "\n".join(told))


def _line(paper: Paper, cell: Any, room: int, column: str) -> Any:
    """The cell's own paragraph in small type; Word wants the width in every cell."""
    cell.width = int(room * _WIDTHS[(SOURCE_HEADING, TARGET_HEADING, REMARK_HEADING).index(column)])
    paragraph = cell.paragraphs[0]
    paper.dress(paragraph, "Note")
    return paragraph


def _repeat(row: Any) -> None:
    """Repeat the row at the top of every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
