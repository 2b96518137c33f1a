"""What the Word renderers share: a document on a template, text that stays text, links, fields, and fixed bytes.

Styles are the template's, named as in ``docs/themes.md``; where one is lacking, the template's plain style stands in.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from compiler_flow import inline
from compiler_flow.errors import FileError, FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Block, Bulletin, BulletinRole, State
from compiler_flow.render import themes
from compiler_flow.render.archive import repack
from compiler_flow.render.base import (
    DRAFT_LABEL,
    DRAFT_TITLE,
    GAP_LABEL,
    NOTHING_MISSING,
    is_draft,
    is_gap,
    is_web_address,
    language_tag,
    spans_of,
)
from compiler_flow.text import has_han, printable

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_UNDATED = dt.date(2000, 1, 1)


class Paper:
    """A Word document under way."""

    def __init__(self, template: str) -> None:
        self.document = _opened(template)
        self._ids = {style.name: style.style_id for style in self.document.styles}
        self._marks = 0

    def paragraph(self, *styles: str, where: Any = None) -> Paragraph:
        """A new paragraph in the first of ``styles`` that the template has, at the end of ``where`` or the document."""
        made: Paragraph = (where or self.document).add_paragraph()
        self.dress(made, *styles)
        return made

    def dress(self, paragraph: Paragraph, *styles: str) -> None:
        """Give ``paragraph`` the first of ``styles`` that the template has."""
        name = next((name for name in styles if name in self._ids), "")
        if name:
            paragraph._p.style = self._ids[name]  # by its id: the library's way looks all styles through

    def border(self, table: Any) -> None:
        """Lines around the cells of ``table``, where the template has a style for that."""
        if "Table Grid" in self._ids:
            table._tbl.tblPr.style = self._ids["Table Grid"]

    def run(self, paragraph: Paragraph, content: str, style: str = "", language: str = "") -> Run:
        """Plain text at the end of ``paragraph``."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        made = paragraph.add_run(printable(content))
        if style in self._ids:
            made._r.style = self._ids[style]
        if has_han(content):
            # Marks that both scripts share (“ ” … — ·) are Chinese in a Chinese text, whatever stands beside them.
            made._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
        if language := language_tag(language):
            tag = OxmlElement("w:lang")
            tag.set(qn("w:eastAsia" if language.startswith(("zh", "ja", "ko")) else "w:val"), language)
            made._r.get_or_add_rPr().append(tag)
        return made

    def spans(self, paragraph: Paragraph, block: Block) -> None:
        """The spans of ``block``; a run of drafts, or of gaps, says what it is once, at its start."""
        before: State | None = None
        for span in spans_of(block):
            if is_gap(span):
                label = f"〔{GAP_LABEL}〕" if before is not State.EMPTY else ""
                self.run(paragraph, label + inline.plain(span.source), "Gap", span.language)
            else:
                draft = is_draft(span)
                if draft and before is not State.DRAFT:
                    self.run(paragraph, f"〔{DRAFT_LABEL}〕", "Draft")
                self.worded(paragraph, span, "Draft" if draft else "")
            before = before if span.text == " " else span.state

    def worded(self, paragraph: Paragraph, span: Block, style: str = "") -> None:
        """One span's text in its styles."""
        language = span.language if span.role == BulletinRole.ORIGINAL else ""
        if span.role == BulletinRole.ADDRESS:
            self.link(paragraph, span.text, span.text)
            return
        for part in inline.spans(span.text):
            if part.href and is_web_address(part.href):
                self.link(paragraph, part.href, part.text)
                continue
            made = self.run(paragraph, part.text, style, language)
            made.bold = True if part.strong or span.role == BulletinRole.LABEL else None
            if part.emphasis:
                _emphasize(made)
            if part.code:
                made.font.name = "Consolas"

    def link(self, paragraph: Paragraph, address: str, content: str) -> None:
        """``content`` linked to ``address``, or as text where that may not be linked to."""
        if not is_web_address(address):
            self.run(paragraph, content)
            return
        from docx.opc.constants import RELATIONSHIP_TYPE

        target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        self._wrapped(paragraph, self.run(paragraph, content, "Hyperlink"), "w:hyperlink", "r:id", target)

    def leads_to(self, paragraph: Paragraph, mark: str, content: str) -> None:
        """``content`` linked to the bookmark ``mark`` of this document."""
        self._wrapped(paragraph, self.run(paragraph, content), "w:hyperlink", "w:anchor", mark)

    def _wrapped(self, paragraph: Paragraph, run: Run, element: str, key: str, value: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        wrapper = OxmlElement(element)
        wrapper.set(qn(key), value)
        paragraph._p.remove(run._r)
        wrapper.append(run._r)
        paragraph._p.append(wrapper)

    def bookmark(self, paragraph: Paragraph, mark: str) -> None:
        """Put the bookmark ``mark`` around what stands in ``paragraph``."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self._marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for one in (start, end):
            one.set(qn("w:id"), str(self._marks))
        start.set(qn("w:name"), mark)
        first = 1 if paragraph._p.pPr is not None else 0
        paragraph._p.insert(first, start)
        paragraph._p.append(end)

    def field(self, paragraph: Paragraph, kind: str, instruction: str = "") -> None:
        """The ``begin`` (with its instruction), ``separate`` or ``end`` of a field."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        char = OxmlElement("w:fldChar")
        char.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(char)
        if instruction:
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = instruction
            paragraph.add_run()._r.append(text)

    def notice(self, bulletin: Bulletin) -> None:
        """The warning on top of a draft build."""
        if bulletin.draft:
            self.run(self.paragraph("Draft Notice"), DRAFT_TITLE).bold = True
            for line in bulletin.missing or (NOTHING_MISSING,):
                self.run(self.paragraph("Draft Notice"), f"· {line}")

    def furniture(self, bulletin: Bulletin) -> None:
        """Running head, page number, watermark of a draft."""
        from docx.oxml import parse_xml

        issue = bulletin.issue
        for section in self.document.sections:
            head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
            number = f"第{issue.number}期" if issue.number else ""
            self.run(head, "　".join(filter(None, (issue.title or issue.name, number))))
            if bulletin.draft:
                head.add_run()._r.append(parse_xml(files(themes).joinpath("watermark.xml").read_bytes()))
            for kind, instruction in (("begin", " PAGE "), ("separate", ""), ("end", "")):
                self.field(foot, kind, instruction)

    def bytes(self, bulletin: Bulletin) -> bytes:
        """The finished file; its dates are the number's."""
        properties = self.document.core_properties
        issue = bulletin.issue
        moment = dt.datetime.combine(issue.date or _UNDATED, dt.time())
        properties.title = printable(issue.title or issue.name)[:255]
        properties.author = printable("、".join(issue.editors))[:255]
        properties.language = language_tag(issue.language, "zh-CN")
        properties.created = properties.modified = moment
        properties.last_modified_by = ""
        properties.revision = 1
        made = io.BytesIO()
        self.document.save(made)
        return repack(made.getvalue())


def _opened(template: str) -> Any:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        source = Path(template).read_bytes() if template else files(themes).joinpath("bulletin.docx").read_bytes()
    except OSError as error:
        raise FileError(
            _("The theme cannot be read: {why}.").format(why=error.strerror or str(error)), path=template
        ) from error
    try:
        document = Document(io.BytesIO(source))
    except (PackageNotFoundError, BadZipFile, ValueError, KeyError, OSError) as error:
        raise FormatError(_("The theme is no Word document."), path=template) from error
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)
    return document


def _emphasize(run: Run) -> None:
    """Chinese has no italics: an emphasis is dots under the characters."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if not has_han(run.text):
        run.italic = True
        return
    dots = OxmlElement("w:em")
    dots.set(qn("w:val"), "underDot")
    run._r.get_or_add_rPr().append(dots)


def plain_heading(spans: Iterable[Block]) -> str:
    """A heading as the table of contents shows it."""
    return "".join(inline.plain(span.source if is_gap(span) else span.text) for span in spans)
