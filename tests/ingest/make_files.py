"""Makes the files in ``made/`` anew, with LibreOffice: ``python tests/ingest/make_files.py``.

They are committed, because not every machine has it; a test marked ``clients`` makes them on those that have.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "extraction"))

import pages  # noqa: E402 (found through the line above)

NAMES = ("report.odt", "report.pdf", "columns.pdf", "notes.pdf", "korean.pdf")


def document(story: pages.Story, *, columns: int = 1) -> Document:
    """A story as a Word file with a running head and page numbers."""
    made = Document()
    section = made.sections[0]
    section.header.paragraphs[0].text = f"{story.site} — bulletin 12"
    run = section.footer.paragraphs[0].add_run()._r
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = "PAGE"
        run.append(element)
    if columns > 1:
        # So small that the text needs all columns of more than one page.
        section.page_height, section.page_width = Cm(13), Cm(16)
        section.left_margin = section.right_margin = Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(2)
    (layout,) = section._sectPr.xpath("./w:cols")
    layout.set(qn("w:num"), str(columns))
    layout.set(qn("w:space"), "500")
    made.add_heading(story.title, 0)
    for line in story.paragraphs:
        mark, _space, rest = line.partition(" ")
        styles = {"-": "List Bullet", "1.": "List Number", ">": "Quote"}
        if mark == "##":
            made.add_heading(rest, 2)
        elif mark in styles:
            made.add_paragraph(rest, style=styles[mark])
        else:
            paragraph = made.add_paragraph()
            paragraph.alignment = 3
            for at, text in enumerate(line.split("**")):
                paragraph.add_run(text).bold = at % 2 == 1 or None
    return made


NOTES = """<html><head><meta charset="utf-8"><title>Salt</title></head><body lang="en"><h1>Salt from the Aral Sea</h1>
<p>The wind carries salt from the dry bed of the Aral Sea over four hundred kilometres{note}. Farmers in
Karakalpakstan wash their fields twice before they sow, and the water for it comes from canals that were dug for
cotton. An international fund pays for black saxaul, a shrub that holds the sand, on 800 km<sup>2</sup> of seabed.</p>
<p>The first rows were planted by hand. Of ten shrubs four outlived the first summer; since the seeds are coated with
clay, it is seven. What they hold back can be seen from the road: behind the rows the air is clear.</p></body></html>"""
NOTE = (
    '<sup><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym">1</a></sup>',
    '<div id="sdfootnote1"><p class="sdfootnote">'
    '<a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>'
    "Measured at three stations between 2019 and 2023.</p></div>",
)


def convert(folder: Path, source: Path, kind: str) -> Path:
    """``source`` as a file of this kind, made by LibreOffice."""
    profile = (folder / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.{kind.partition(':')[0]}"


def make(folder: Path) -> None:
    """All files into ``folder``."""
    told = {story.name: story for story in pages.stories()}
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        document(told["harbour"]).save(work / "report.docx")
        document(told["power"], columns=2).save(work / "columns.docx")
        document(told["chips"]).save(work / "korean.docx")
        (work / "notes.html").write_text(
            NOTES.format(note=NOTE[0]).replace("</body>", NOTE[1] + "</body>"), encoding="utf-8"
        )
        shutil.copy(convert(work, work / "report.docx", "odt"), folder)
        for stem in ("report", "columns", "korean"):
            shutil.copy(convert(work, work / f"{stem}.docx", "pdf"), folder)
        shutil.copy(convert(work, work / "notes.html", "pdf:writer_web_pdf_Export"), folder)


if __name__ == "__main__":
    make(HERE / "made")
