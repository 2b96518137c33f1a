"""Files that are no text, read back by other programs and written down so that a person can read them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pypdf
from docx import Document
from docx.oxml.ns import qn


def docx(data: bytes) -> str:
    """``[style] text`` a paragraph, links as ``text <target>``, tables a row a line."""
    document = Document(io.BytesIO(data))
    section = document.sections[0]
    lines = [f"[{part.paragraphs[0].style.name}] {part.paragraphs[0].text}" for part in (section.header,)]
    for element in document.element.body:
        if element.tag == qn("w:p"):
            lines.append(_paragraph(document, element))
        elif element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                cells = ("".join(map(_worded, cell.iter(qn("w:r")))) for cell in row.iter(qn("w:tc")))
                lines.append("| " + " | ".join(cells))
    return "\n".join(lines) + "\n"


def _paragraph(document: Any, element: Any) -> str:
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    names = {one.style_id: one.name for one in document.styles}
    told = f"[{names[style.get(qn('w:val'))] if style is not None else 'Normal'}] "
    for child in element:
        if child.tag == qn("w:r"):
            told += _worded(child)
        elif child.tag == qn("w:hyperlink"):
            anchor, relation = child.get(qn("w:anchor")), child.get(qn("r:id"))
            target = f"#{anchor}" if anchor else document.part.rels[relation].target_ref
            told += f"{''.join(map(_worded, child.iter(qn('w:r'))))} <{target}>"
    return told.rstrip()


def _worded(run: Any) -> str:
    """The run's text, with what its style or its own marks say of it."""
    text = "".join(one.text or "\n" for one in run.iter(qn("w:t"), qn("w:br"), qn("w:instrText"))).replace("\n", " / ")
    properties = run.find(qn("w:rPr"))
    if properties is None or not text:
        return text
    style = properties.find(qn("w:rStyle"))
    marks = [style.get(qn("w:val"))] if style is not None else []
    marks += [name for name in ("b", "i", "em", "strike") if properties.find(qn(f"w:{name}")) is not None]
    marks = [mark for mark in marks if mark != "Hyperlink"]
    return f"{{{' '.join(marks)}: {text}}}" if marks else text


def pdf(data: bytes) -> str:
    """Title, bookmarks, links and words of a PDF; white space, lines and pages are typst's business, not told."""
    made = pypdf.PdfReader(io.BytesIO(data))
    assert made.metadata is not None
    lines = [f"title: {made.metadata.title}", f"authors: {made.metadata.author}", "", "bookmarks:"]
    lines += _bookmarks(made.outline, "  ")
    notes = [note.get_object() for page in made.pages for note in page.get("/Annots", ())]
    links = dict.fromkeys(str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {}))
    lines += ["", "links:", *(f"  {link}" for link in links), "", "text:"]
    text = made.pages[0].extract_text()
    # The bookmarks tell the contents, which are the second page.
    for page in made.pages[2:]:
        # A draft's first line is its watermark, then comes the running head; the last is the number of the page.
        shown = [line for line in page.extract_text().strip().splitlines() if line != "草稿"]
        text += "".join(shown[1:-1])
    sentences = re.findall(r"[^。]+。?”?", re.sub(r"\s+", "", text))
    return "\n".join([*lines, *(f"  {sentence}" for sentence in sentences)]) + "\n"


def _bookmarks(outline: Any, indent: str) -> Iterator[str]:
    for one in outline:
        if isinstance(one, list):
            yield from _bookmarks(one, indent + "  ")
        else:
            yield f"{indent}{one.title}"


def epub(data: bytes) -> str:
    """Every file of the book but its style sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if not name.endswith(".css")]
        return "".join(f"======== {name}\n{archive.read(name).decode()}\n" for name in names)


READERS = {"docx": docx, "bilingual-docx": docx, "pdf": pdf, "epub": epub}
