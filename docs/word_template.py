"""Makes the Word template that is shipped: ``python docs/word_template.py``. Its styles are all that the renderer uses."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from compiler_flow.render.archive import repack

TARGET = Path(__file__).parents[1] / "src/compiler_flow/render/themes/bulletin.docx"
SERIF, SANS = ("Times New Roman", "宋体"), ("Arial", "黑体")
ACCENT, SOFT, INK = RGBColor(0x8C, 0x2F, 0x26), RGBColor(0x59, 0x59, 0x59), RGBColor(0x22, 0x22, 0x22)


def face(style, faces, size=None, bold=None, color=None):
    """Latin and East Asian face, size in points; theme faces of the base template are taken off."""
    font = style.font
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for key, name in (("ascii", faces[0]), ("hAnsi", faces[0]), ("cs", faces[0]), ("eastAsia", faces[1])):
        fonts.set(qn(f"w:{key}"), name)
    if size:
        font.size = Pt(size)
    font.bold = bold
    font.italic = False
    if color is not None:
        font.color.rgb = color


def space(style, before=0, after=6, lines=1.5, indent=0.0, keep=False):
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.MULTIPLE, lines
    shape.left_indent = Cm(indent)
    shape.keep_with_next = keep
    shape.widow_control = True


def style(document, name, kind=WD_STYLE_TYPE.PARAGRAPH, base="Normal"):
    try:
        return document.styles[name]
    except KeyError:
        made = document.styles.add_style(name, kind)
        if kind == WD_STYLE_TYPE.PARAGRAPH:
            made.base_style = document.styles[base]
        return made


def border(style, side, color="8C2F26", size=6, gap=6):
    edges = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for key, value in (("val", "single"), ("sz", str(size)), ("space", str(gap)), ("color", color)):
        edge.set(qn(f"w:{key}"), value)
    edges.append(edge)
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    properties.insert_element_before(edges, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")


def shade(properties, fill):
    ground = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        ground.set(qn(f"w:{key}"), value)
    properties.insert_element_before(ground, "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")


def make() -> bytes:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.8)
    page.top_margin, page.bottom_margin = Cm(2.8), Cm(2.6)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")

    normal = document.styles["Normal"]
    face(normal, SERIF, 11, color=INK)
    space(normal, after=7, lines=1.5)
    body = style(document, "Body Text")
    face(body, SERIF, 11)
    space(body, after=5, lines=1.5)
    # Two characters, whatever their size, as Chinese paragraphs begin.
    indent = body.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), "440")

    title = document.styles["Title"]
    face(title, SANS, 26, bold=True, color=INK)
    space(title, before=24, after=6, lines=1.2)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for old in title.element.get_or_add_pPr().findall(qn("w:pBdr")):
        title.element.pPr.remove(old)
    subtitle = document.styles["Subtitle"]
    face(subtitle, SERIF, 11, bold=False, color=SOFT)
    space(subtitle, after=18)
    subtitle.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border(subtitle, "bottom", gap=10)

    for level, (size, before, color) in enumerate(
        ((17, 24, INK), (14, 16, ACCENT), (12, 12, INK), (11, 10, INK), (11, 8, SOFT), (11, 8, SOFT)), start=1
    ):
        heading = document.styles[f"Heading {level}"]
        face(heading, SANS, size, bold=True, color=color)
        space(heading, before=before, after=6, lines=1.3, keep=True)
    border(document.styles["Heading 1"], "bottom", size=8, gap=3)

    quote = document.styles["Quote"]
    face(quote, SERIF, 11, color=SOFT)
    space(quote, before=2, after=6, indent=0.8)
    border(quote, "left", color="BFBFBF", size=18, gap=8)
    for name in ("List Bullet", "List Number"):
        for depth in ("", " 2", " 3"):
            face(document.styles[name + depth], SERIF, 11)
            space(document.styles[name + depth], after=3, indent=0)
            document.styles[name + depth].paragraph_format.left_indent = None

    for name in ("Source", "Note", "Credits"):
        small = style(document, name)
        face(small, SERIF, 9.5, color=SOFT)
        space(small, after=2, lines=1.35)
    summary = style(document, "Summary", base="Body Text")
    face(summary, SERIF, 10.5)
    space(summary, before=0, after=0, lines=1.45, indent=0.3)
    summary.paragraph_format.keep_together = True
    border(summary, "left", size=24, gap=10)
    shade(summary.element.get_or_add_pPr(), "FAF5F3")
    colophon = style(document, "Colophon")
    face(colophon, SERIF, 9.5, color=SOFT)
    space(colophon, before=24, after=2, lines=1.35, keep=True)
    colophon.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border(colophon, "top", color="BFBFBF", gap=8)
    spacing = OxmlElement("w:contextualSpacing")
    colophon.element.pPr.insert_element_before(spacing, "w:mirrorIndents", "w:jc")
    original = style(document, "Original Title")
    face(original, SERIF, 10, color=SOFT)
    space(original, after=4, lines=1.3, keep=True)
    notice = style(document, "Draft Notice")
    face(notice, SANS, 10, color=RGBColor(0x7A, 0x52, 0))
    space(notice, after=2, lines=1.3)
    heading = style(document, "Contents Heading")
    face(heading, SANS, 13, bold=True, color=ACCENT)
    space(heading, before=6, after=6, keep=True)
    for level, indent_cm in ((1, 0), (2, 0.6), (3, 1.2)):
        entry = style(document, f"toc {level}")
        face(entry, SERIF, 10.5, bold=level == 1)
        space(entry, after=1, lines=1.3, indent=indent_cm)
    for name in ("Header", "Footer"):
        face(document.styles[name], SERIF, 9, color=SOFT)
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER

    hyperlink = style(document, "Hyperlink", WD_STYLE_TYPE.CHARACTER)
    hyperlink.font.color.rgb, hyperlink.font.underline = RGBColor(0x1F, 0x55, 0x82), True
    draft = style(document, "Draft", WD_STYLE_TYPE.CHARACTER)
    gap = style(document, "Gap", WD_STYLE_TYPE.CHARACTER)
    for one, fill in ((draft, "FFF3D1"), (gap, "EDEAE3")):
        shade(one.element.get_or_add_rPr(), fill)
    gap.font.color.rgb = SOFT
    properties = document.core_properties
    properties.author = properties.title = properties.comments = ""
    properties.created = properties.modified = dt.datetime(2000, 1, 1)
    out = io.BytesIO()
    document.save(out)
    return repack(out.getvalue())


if __name__ == "__main__":
    TARGET.write_bytes(make())
