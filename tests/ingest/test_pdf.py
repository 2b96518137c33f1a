"""PDF files made by LibreOffice and Typst: what an editor would have typed from them, and those that hold no text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from told import MADE, STORIES, story_text

from compiler_flow.errors import FormatError
from compiler_flow.ingest import READERS, read, to_markdown


def typeset(folder: Path, source: str, *, settings: str = "") -> Path:
    import typst

    path = folder / "text.pdf"
    path.write_bytes(typst.compile((settings + "\n" + source).encode()))
    return path


@pytest.mark.parametrize("name", ["report", "columns", "korean"])
def test_the_title_is_the_largest_line_and_the_text_is_what_was_typed(name):
    story = STORIES[{"report": "harbour", "columns": "power", "korean": "chips"}[name]]
    article = read(MADE / f"{name}.pdf")
    assert article.metadata.title == story.title
    assert (article.metadata.language, article.metadata.guessed) == (story.language, {"title", "language"})
    text = to_markdown(article.blocks)
    # A PDF file does not say what is a quotation. Korean words are broken anywhere, and the file does not say where.
    wanted = story_text(story.name, quotes=False)
    if name == "korean":
        text, wanted = (re.sub(r"\s+", "", each) for each in (text, wanted))
    assert text == wanted


def test_notes_come_last_and_their_marks_are_gone(tmp_path):
    article = read(MADE / "notes.pdf")
    texts = [block.text for block in article.blocks]
    assert "over four hundred kilometres. Farmers" in texts[0]
    assert "800 km² of seabed" in texts[0]
    assert (texts[-1], article.blocks[-1].marker) == ("Measured at three stations between 2019 and 2023.", "1.")


SETTINGS = """
#set page(paper: "a5", {columns}margin: (x: 1.2cm, y: 1.6cm), header: [Steppe Courier #h(1fr) No. 7])
#set page(numbering: "1 / 1")
#set text(lang: "{lang}", hyphenate: true, size: 9pt)
#set par(justify: true, first-line-indent: 1em)
"""
ENGLISH = """
= Salt travels four hundred kilometres

The environmental administration published its measurements for Karakalpakstan on Wednesday.#footnote[Three stations.]
Agricultural communities wash their fields twice before they sow, and responsibility for international
coordination remains with the environmental administration, whose representatives declined to comment.

*Background:* An international fund pays for black saxaul, a well-known shrub that holds the sand, on 800 km#super[2] of
seabed. Approximately nineteen organisations contribute; communication between them is difficult.

== What the money pays for

- seeds coated with clay
- two nurseries and their administration

The first rows were planted by hand. Of ten shrubs four outlived the first summer; since then it is seven.
"""


@pytest.mark.parametrize("columns", ["", "columns: 2, "], ids=["one", "two"])
def test_lines_are_joined_hyphens_undone_and_running_heads_dropped(tmp_path, columns):
    story = STORIES["harbour"]
    rest = "\n\n".join(line.removeprefix("> ") for line in story.paragraphs if line[:2] not in ("##", "- "))
    settings = SETTINGS.format(columns=columns, lang="en").replace('"a5"', '"a6"')
    article = read(typeset(tmp_path, f"{ENGLISH}\n{rest.replace('**', '*')}", settings=settings))
    assert article.metadata.title == "Salt travels four hundred kilometres"
    assert to_markdown(article.blocks) == (
        "The environmental administration published its measurements for Karakalpakstan on Wednesday. Agricultural "
        "communities wash their fields twice before they sow, and responsibility for international coordination "
        "remains with the environmental administration, whose representatives declined to comment.\n\n"
        "**Background:** An international fund pays for black saxaul, a well-known shrub that holds the sand, on "
        "800 km² of seabed. Approximately nineteen organisations contribute; communication between them is difficult."
        "\n\n## What the money pays for\n\n- seeds coated with clay\n\n- two nurseries and their administration\n\n"
        "The first rows were planted by hand. Of ten shrubs four outlived the first summer; since then it is seven."
        f"\n\n{rest}\n\n1. Three stations.\n"
    )


@pytest.mark.parametrize("language", ["ru", "lt", "ro", "uk", "pl", "et"])
def test_words_broken_in_other_languages_are_whole_again(tmp_path, language):
    story = next(story for story in STORIES.values() if story.language == language)
    body = "\n\n".join(line for line in story.paragraphs if not line.startswith("## ")).replace("**", "*")
    settings = SETTINGS.format(columns="columns: 3, ", lang=language)
    article = read(typeset(tmp_path, f"= {story.title}\n\n{body}", settings=settings))
    wanted = [line for line in story.paragraphs if not line.startswith("## ")]
    assert [block.text for block in article.blocks] == wanted


@pytest.mark.parametrize("made", ["true", "false"], ids=["by-the-font", "smaller"])
@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("4.2 × 10^6^ tonnes", "4.2 × 10⁶ tonnes"),
        ("about 10^−3^ grams", "about 10⁻³ grams"),
        ("some 2^15^ grains", "some 2 grains"),
        ("some 3 × 2^15^ grains", "some 3 × 2¹⁵ grains"),
        ("9.81 m/s^2^ and 800 km^2^ of it", "9.81 m/s² and 800 km² of it"),
        ("two per km^−2^ of it", "two per km⁻² of it"),
        ("800 km^2^^4^ of it", "800 km² of it"),
        ("a long km^1^ of it", "a long km of it"),
        ("a system^3^ of pumps", "a system of pumps"),
        ("in the year 2010^2^ again", "in the year 2010 again"),
    ],
)
def test_a_raised_figure_behind_ten_or_a_unit_is_a_power_and_else_the_mark_of_a_note(tmp_path, given, wanted, made):
    body = re.sub(r"\^([^^]*)\^", rf"#super(typographic: {made})[\1]", given)
    source = f"The wind from the lake carried {body}, its keepers say, and the towns around it wash it off.\n\n" * 3
    article = read(typeset(tmp_path, source, settings="#set text(size: 10pt)"))
    assert f"carried {wanted}, its" in article.blocks[0].text


def test_rows_of_a_table_stay_together(tmp_path):
    source = (
        ENGLISH
        + """
#table(columns: (1fr, 1fr, 1fr), stroke: none, [Port], [2023], [2024],
  [Ventspils], [14.1], [12.6], [Liepāja], [7.0], [7.4])
"""
    )
    texts = [block.text for block in read(typeset(tmp_path, source)).blocks]
    start = texts.index("Port | 2023 | 2024")
    assert texts[start : start + 3] == ["Port | 2023 | 2024", "Ventspils | 14.1 | 12.6", "Liepāja | 7.0 | 7.4"]


def scan(folder: Path) -> Path:
    """Two pages that are pictures, as a scanner makes them."""
    (folder / "page.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="90" height="9"/></svg>',
        encoding="utf-8",
    )
    import typst

    typst.compile(b"#set page(width: 4cm, height: 4cm)\n#rect(width: 2cm)", output=str(folder / "p.png"), format="png")
    (folder / "scan.typ").write_text('#image("p.png")\n#pagebreak()\n#image("p.png")', encoding="utf-8")
    path = folder / "scan.pdf"
    typst.compile(str(folder / "scan.typ"), output=str(path))
    return path


def test_a_scan_is_named_and_not_turned_into_nothing(tmp_path):
    with pytest.raises(FormatError, match="scan: its pages are pictures") as caught:
        read(scan(tmp_path))
    assert "ocrmypdf" in str(caught.value)


def test_a_locked_file_is_named(tmp_path):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    writer.append(PdfReader(MADE / "report.pdf"))
    writer.encrypt("secret", algorithm="RC4-128")
    with (tmp_path / "locked.pdf").open("wb") as stream:
        writer.write(stream)
    with pytest.raises(FormatError, match="locked with a password"):
        read(tmp_path / "locked.pdf")


@pytest.mark.parametrize("cut", [0, 10, 1000, 20_000])
def test_a_damaged_file_gets_one_line(cut):
    data = (MADE / "report.pdf").read_bytes()
    with pytest.raises(FormatError) as caught:
        READERS["pdf"](data[:cut], Path("cut.pdf"))
    assert "\n" not in str(caught.value)


def test_a_book_is_no_article(tmp_path):
    with pytest.raises(FormatError, match="2001 pages"):
        read(typeset(tmp_path, "#for n in range(2000) [#n #pagebreak()] end"))
