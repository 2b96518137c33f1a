"""OpenDocument texts: made by LibreOffice, and with parts that Writer writes in other cases."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from told import MADE, STORIES, story_text

from compiler_flow.errors import FormatError
from compiler_flow.ingest import READERS, read, to_markdown

ODF = "urn:oasis:names:tc:opendocument:xmlns"
HEAD = (
    f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" '
    f'xmlns:table="{ODF}:table:1.0" xmlns:style="{ODF}:style:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    f'xmlns:draw="{ODF}:drawing:1.0" xmlns:fo="{ODF}:xsl-fo-compatible:1.0">'
    '<office:automatic-styles><style:style style:name="B" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="High"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="Higher"><style:text-properties style:text-position="33% 58%"/></style:style>'
    '<style:style style:name="Low"><style:text-properties style:text-position="-33% 58%"/></style:style>'
    '<style:style style:name="Struck"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="Hidden"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Both" style:parent-style-name="Struck"/>'
    '<text:list-style style:name="N"><text:list-level-style-number style:num-format="1" text:start-value="3"/>'
    '</text:list-style><style:style style:name="P1" style:parent-style-name="Quotations"/></office:automatic-styles>'
    "<office:body><office:text>"
)
TAIL = "</office:text></office:body></office:document-content>"


def packed(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def odt(body: str) -> bytes:
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": HEAD + body + TAIL})


def blocks(body: str) -> str:
    return to_markdown(READERS["odt"](odt(body), Path("a.odt")).blocks)


def test_what_libreoffice_wrote_is_what_was_typed():
    article = read(MADE / "report.odt")
    assert article.metadata.title == STORIES["harbour"].title
    assert to_markdown(article.blocks) == story_text("harbour")


def test_runs_notes_tables_and_lists():
    assert blocks(
        '<text:p><text:span text:style-name="B">Background:</text:span> it<text:s text:c="3"/>rained<text:tab/>in '
        '<text:a xlink:href="https://example.org/r">Riga</text:a><text:note text:note-class="footnote">'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>Says the office.</text:p></text:note-body>"
        "</text:note>, twice.</text:p>"
        '<text:p text:style-name="P1">They said so.</text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
        "<text:p>b</text:p></table:table-cell></table:table-row></table:table>"
        "<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item>"
        "</text:list></text:list-item></text:list>"
    ) == (
        "**Background:** it rained in [Riga](https://example.org/r), twice.\n\n> They said so.\n\n- a: b\n\n- one\n\n"
        "   - inner\n\n1. Says the office.\n"
    )


def span(style: str, text: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def test_figures_set_high_or_low_stay_figures():
    assert blocks(
        f"<text:p>10{span('High', '6')} t on 800 km{span('Higher', '2')}, CO{span('Low', '2')}, "
        f"19{span('High', 'th')}</text:p>"
    ) == ("10⁶ t on 800 km², CO₂, 19th\n")


def listed(attributes: str, *items: str) -> str:
    return f'<text:list text:style-name="N" {attributes}>{"".join(items)}</text:list>'


def item(text: str, attributes: str = "") -> str:
    return f"<text:list-item {attributes}><text:p>{text}</text:p></text:list-item>"


def test_lists_count_from_their_start_and_go_on_behind_a_paragraph():
    between = "<text:p>Between.</text:p>"
    assert blocks(
        listed('xml:id="a"', item("three"), item("four"))
        + between
        + listed('text:continue-numbering="true"', item("five"), item("nine", 'text:start-value="9"'))
        + between
        + listed('text:continue-list="a"', item("five again"))
        + between
        + listed("", item("three again"))
    ).replace("\n\nBetween.", "").split("\n\n") == [
        "3. three", "4. four", "5. five", "9. nine", "5. five again", "3. three again\n",
    ]  # fmt: skip


def test_struck_and_hidden_text_does_not_count():
    assert blocks(
        f"<text:p>It {span('Struck', 'never ')}{span('Hidden', 'hardly ')}{span('Both', 'now ')}rained.</text:p>"
        '<text:p text:style-name="Hidden">Nor this.</text:p>'
    ) == ("It rained.\n")


def test_text_boxes_and_shapes_come_behind_their_paragraph():
    box = "<draw:frame><draw:text-box><text:p>In a box.</text:p>%s</draw:text-box></draw:frame>"
    inner = listed("", item("of a list"))
    shape = "<draw:custom-shape><text:p>On a shape.</text:p><draw:enhanced-geometry/></draw:custom-shape>"
    linked = f'<draw:a xlink:href="https://example.org/">{box % ""}</draw:a>'
    assert blocks(
        f"<draw:frame><draw:text-box><text:p>On the page.</text:p></draw:text-box></draw:frame>"
        f"<text:p>First{box % inner}, and more.</text:p><text:p>Second{span('High', shape)}.</text:p>"
        f"<text:p><draw:g>{shape}{shape}</draw:g></text:p><text:p>Third{linked}.</text:p><text:p>Last.</text:p>"
    ).split("\n\n") == [
        "On the page.", "First, and more.", "In a box.", "3. of a list", "Second.", "On a shape.", "On a shape.",
        "On a shape.", "Third.", "In a box.", "Last.\n",
    ]  # fmt: skip


def test_deleted_text_remarks_and_pictures_leave_nothing():
    text = blocks(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        '</text:changed-region></text:tracked-changes><text:p>Kept<text:change text:change-id="1"/>. '
        "<office:annotation><text:p>a remark</text:p></office:annotation>"
        '<draw:frame><draw:image xlink:href="http://127.0.0.1:9/x.png"/><draw:text-box><text:p>caption</text:p>'
        "</draw:text-box></draw:frame></text:p>"
    )
    assert text == "Kept.\n\ncaption\n"


DEEP = "<text:section>" * 3000 + "<text:p>x</text:p>" + "</text:section>" * 3000


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not an OpenDocument text"),
        (b"PK\x03\x04 broken", "not an OpenDocument text"),
        (packed({"hello.txt": b"hello"}), "not an OpenDocument text"),
        (packed({"content.xml": b"no xml"}), "not an OpenDocument text"),
        (packed({"content.xml": b" " * 60_000_000}), "unpack"),
        (packed({"content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]>" + HEAD + "<text:p>&b;</text:p>" + TAIL}), "entities"),
        (odt(DEEP), "nested"),
        (odt(""), "no text"),
    ],
    ids=["nothing", "cut", "zip", "no-xml", "bomb", "entities", "deep", "empty"],
)
def test_what_is_no_text_is_refused_with_one_line(data, said):
    with pytest.raises(FormatError, match=said) as caught:
        READERS["odt"](data, Path("bad.odt"))
    assert "\n" not in str(caught.value)
