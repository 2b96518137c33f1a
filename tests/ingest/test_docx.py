import copy
import io
import zipfile

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches

from compiler_flow.errors import FormatError
from compiler_flow.ingest import READERS, read, to_markdown


def save(document, folder, name="text.docx"):
    path = folder / name
    document.save(path)
    return path


def link(paragraph, text, address):
    part = paragraph.part
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), part.relate_to(address, kind, is_external=True))
    run = OxmlElement("w:r")
    inner = OxmlElement("w:t")
    inner.text = text
    run.append(inner)
    element.append(run)
    paragraph._p.append(element)


def test_a_word_file_comes_out_as_typed(tmp_path):
    document = Document()
    document.add_heading("Ferries return", level=0)
    paragraph = document.add_paragraph()
    paragraph.add_run("Background:").bold = True
    paragraph.add_run(" The port of ")
    paragraph.add_run("Ventspils").italic = True
    paragraph.add_run(" handled 14\u00a0000 tonnes * more, see ")
    link(paragraph, "the report", "https://example.org/report")
    document.add_heading("What next", level=2)
    document.add_paragraph("first", style="List Bullet")
    document.add_paragraph("second", style="List Number")
    document.add_paragraph("They said so.", style="Quote")
    document.add_paragraph("")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b"
    article = read(save(document, tmp_path))
    assert (article.metadata.title, article.metadata.guessed) == ("Ferries return", {"title", "language"})
    assert to_markdown(article.blocks) == (
        "**Background:** The port of *Ventspils* handled 14\u00a0000 tonnes * more, see "
        "[the report](https://example.org/report)\n\n## What next\n\n- first\n\n1. second\n\n> They said so."
        "\n\n- a: b\n"
    )


def styled(document, *runs):
    """A paragraph of runs, each as plain text or as text and the names of what is set in its font or its style."""
    paragraph = document.add_paragraph()
    for text, *names in runs:
        run = paragraph.add_run(text)
        for name in names:
            if name in document.styles:
                run.style = name
            else:
                setattr(run.font, name, True)


def test_figures_set_high_or_low_stay_figures(tmp_path):
    document = Document()
    document.styles.add_style("Power", WD_STYLE_TYPE.CHARACTER).font.superscript = True
    runs = [("10",), ("6", "superscript"), (" t on 800 km",), ("2", "Power"), (", CO",), ("2", "subscript")]
    styled(document, *runs, (" and the 19",), ("th", "superscript"))
    assert read(save(document, tmp_path)).blocks[0].text == "10⁶ t on 800 km², CO₂ and the 19th"


def test_a_list_goes_on_behind_a_paragraph_as_word_counts(tmp_path):
    document = Document()
    lines = ["one", "two", "", "three", "> inner", "four"]
    for line in lines:
        style = "List Number 2" if line.startswith(">") else "List Number" if line else "Normal"
        document.add_paragraph(line.strip("> ") or "Between.", style=style)
    anew = copy.deepcopy(numbering(document, "List Number"))
    anew.set(qn("w:numId"), "77")
    override, start = OxmlElement("w:lvlOverride"), OxmlElement("w:startOverride")
    override.set(qn("w:ilvl"), "0")
    start.set(qn("w:val"), "12")
    override.append(start)
    anew.append(override)
    document.part.numbering_part.element.append(anew)
    for line in ("twelve", "thirteen"):
        paragraph = document.add_paragraph(line, style="List Number")
        paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 77
    assert to_markdown(read(save(document, tmp_path)).blocks).split("\n\n") == [
        "1. one", "1. two", "Between.", "3. three", "   1. inner", "4. four", "12. twelve", "13. thirteen\n",
    ]  # fmt: skip


@pytest.mark.parametrize("start", ["9" * 5000, "none", "0"])
def test_a_numbering_that_no_text_has_costs_nothing(tmp_path, start):
    document = Document()
    document.add_paragraph("one", style="List Number")
    for level in document.part.numbering_part.element.iter(qn("w:lvl")):
        level.find(qn("w:start")).set(qn("w:val"), start)
        level.set(qn("w:ilvl"), start)
    assert to_markdown(read(save(document, tmp_path)).blocks) == "1. one\n"


def numbering(document, style):
    wanted = document.styles[style].element.pPr.numPr.numId.val
    return next(each for each in document.part.numbering_part.element.findall(qn("w:num")) if each.numId == wanted)


def test_struck_and_hidden_text_does_not_count(tmp_path):
    document = Document()
    document.styles.add_style("Secret", WD_STYLE_TYPE.CHARACTER).font.hidden = True
    document.styles.add_style("Public", WD_STYLE_TYPE.CHARACTER).base_style = document.styles["Secret"]
    document.styles["Public"].font.hidden = False
    runs = [("It ",), ("never ", "strike"), ("hardly ", "double_strike"), ("now ", "hidden"), ("then ", "Secret")]
    styled(document, *runs, ("rained ", "Public"), ("here.",))
    styled(document, ("A whole line.", "strike"))
    assert [block.text for block in read(save(document, tmp_path)).blocks] == ["It rained here."]


def test_without_a_title_style_the_first_heading_or_the_properties_serve(tmp_path):
    document = Document()
    document.core_properties.title = "From the properties"
    document.add_paragraph("Body text.")
    assert read(save(document, tmp_path)).metadata.title == "From the properties"
    document = Document()
    document.add_heading("A heading", level=1)
    document.add_paragraph("Body text.")
    article = read(save(document, tmp_path))
    assert (article.metadata.title, len(article.blocks)) == ("A heading", 1)
    document = Document()
    document.add_heading("5 * 3 [x](y) and *more*", level=1)
    document.add_paragraph("Body text.")
    assert read(save(document, tmp_path)).metadata.title == "5 * 3 [x](y) and *more*"


def test_pictures_leave_nothing(tmp_path):
    document = Document()
    document.add_paragraph("Before.")
    pixel = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
        b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
    )
    document.add_picture(io.BytesIO(pixel), width=Inches(1))
    assert [block.text for block in read(save(document, tmp_path)).blocks] == ["Before."]


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
ENTITIES = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>' + WORD % b"<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"
DEEP = WORD % (b"<w:sdt><w:sdtContent>" * 3000 + b"</w:sdtContent></w:sdt>" * 3000)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a Word file"),
        (b"PK\x03\x04 broken", "not a Word file"),
        (packed({"hello.txt": b"hello"}), "not a Word file"),
        (packed({"word/document.xml": b"no xml"}), "not a Word file"),
        (packed({"word/document.xml": b" " * 60_000_000}), "unpack"),
        (packed({"word/document.xml": WORD % b"", "word/media/a.bin": b"\0" * 150_000_000}), "unpack"),
        (packed({"word/document.xml": ENTITIES}), "entities"),
        (packed({"word/document.xml": DEEP}), "nested"),
        (packed({"word/document.xml": WORD % b""}), "no text"),
    ],
    ids=["nothing", "cut", "zip", "no-xml", "bomb", "big", "entities", "deep", "empty"],
)
def test_what_is_no_word_file_is_refused_with_one_line(tmp_path, data, said):
    path = tmp_path / "bad.docx"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=said) as caught:
        read(path)
    assert "bad.docx" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_encrypted_or_cut_file_is_refused(tmp_path):
    document = Document()
    document.add_paragraph("Some text. " * 50)
    data = save(document, tmp_path).read_bytes()
    for broken in (
        data[: len(data) // 2],
        data[:-30] + b"\0" * 30,
        data.replace(b"word/document.xml", b"word/dokument.xml"),
    ):
        with pytest.raises(FormatError):
            READERS["docx"](broken, tmp_path / "broken.docx")
