"""Articles of a number → a review copy in Word, for people who write their remarks there."""

from __future__ import annotations

from typing import Any

from compiler_flow.model import Bulletin, State
from compiler_flow.render.base import Renderer
from compiler_flow.render.review_rows import REMARK_HEADING, SOURCE_HEADING, TARGET_HEADING, Row, sheets
from compiler_flow.render.word import Paper

# Shares of the page's width for source, translation, remarks.
_WIDTHS = (0.4, 0.4, 0.2)


def _render(bulletin: Bulletin, theme: str) -> bytes:
    paper = Paper(theme)
    paper.furniture(bulletin)
    issue = bulletin.issue
    paper.notice(bulletin)
    paper.run(paper.paragraph("Title"), f"{issue.title or issue.name} 审校稿")
    for sheet in sheets(bulletin):
        paper.run(paper.paragraph("Heading 1"), sheet.title)
        about = [paper.paragraph("Source")]
        paper.run(about[0], f"{sheet.name}　")
        paper.link(about[0], sheet.address, sheet.address)
        if sheet.signed:
            about.append(paper.paragraph("Source"))
            paper.run(about[-1], f"签署：{'、'.join(sheet.signed)}")
        for line in about:
            line.paragraph_format.keep_with_next = True
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
        heading = _line(paper, next(cells), room, name)
        heading.paragraph_format.keep_with_next = True
        paper.run(heading, name).bold = True
    _mark(table._tbl.tr_lst[0], "w:tblHeader")
    for line in table._tbl.tr_lst:
        _mark(line, "w:cantSplit")
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


def _mark(row: Any, name: str) -> None:
    """Give ``row`` a property: ``w:tblHeader`` repeats it on every page, ``w:cantSplit`` keeps it on one."""
    from docx.oxml import OxmlElement

    row.get_or_add_trPr().append(OxmlElement(name))
