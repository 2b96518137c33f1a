"""What holds for any number: everything translated is there, once, as a reader would read it."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from compiler_flow import inline, text
from compiler_flow.assemble import assemble
from compiler_flow.model import BlockKind, Bulletin, Catalog, Issue, Metadata, Part, Role, Section, Spot, State, Unit
from compiler_flow.render import render

PIECES = st.sampled_from(
    [
        "公路",
        "“通车”",
        "。",
        "，",
        "road",
        "AT&T",
        "&lt;",
        "<b>",
        "**粗**",
        "*斜体*",
        "`码`",
        "[页](https://x.example)",
        "_",
        "*",
        "#",
        "1.",
        "- ",
        " ",
        "\\",
        "!",
        "[",
        "]",
        "`",
        "~~",
        ">",
        "|",
        "80%",
        "（",
        "）",
        "：",
        "\u3000",
        "é",
        "中",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=8).map("".join)
DECISIONS = st.sampled_from(["", "〔略〕", "〔并〕", "〔并下〕"])
PLACES = st.sampled_from(
    [
        (Role.TEXT, BlockKind.PARAGRAPH, 0, ""),
        (Role.LABEL, BlockKind.PARAGRAPH, 0, ""),
        (Role.TEXT, BlockKind.QUOTE, 0, ""),
        (Role.TEXT, BlockKind.ITEM, 1, "-"),
        (Role.TEXT, BlockKind.ITEM, 2, "1."),
        (Role.HEADING, BlockKind.HEADING, 2, ""),
    ]
)


@st.composite
def numbers(draw: st.DrawFn) -> tuple[Bulletin, list[str]]:
    """A number, and the texts of its rendered body units, each between tokens of its own so that it can be found."""
    parts, tokens = [], []
    for name in range(draw(st.integers(1, 3))):
        units = []
        for block in range(draw(st.integers(1, 5))):
            role, kind, level, marker = draw(PLACES)
            for _sentence in range(draw(st.integers(1, 3)) if kind is not BlockKind.HEADING else 1):
                token = f"〈{len(tokens)}〉"
                target = draw(st.one_of(DECISIONS, TEXTS.map(lambda words, token=token: f"{token}{words}{token}")))
                unit = Unit(token, "Source.", target, draw(st.booleans()), Spot(role, block + 1, kind, level, marker))
                units.append(unit)
                tokens.append(target if unit.state in (State.TRANSLATED, State.DRAFT) and token in target else "")
        section = draw(st.sampled_from(Section))
        metadata = Metadata(title=draw(TEXTS), section=section, country=draw(st.sampled_from(["", "AM", "EE"])))
        parts.append(Part(str(name), metadata, Catalog(str(name), "en", units=tuple(units))))
    return assemble(Issue("n"), parts, country_name=str), [target for target in tokens if target]


def folded(written: str) -> str:
    """White space is the renderers' business."""
    return re.sub(r"\s+", "", text.clean(written))


@settings(max_examples=60, deadline=None)
@given(numbers())
def test_html_has_every_translated_unit_exactly_once(made: tuple[Bulletin, list[str]]) -> None:
    bulletin, targets = made
    page = html.document_fromstring(render(bulletin, "html").decode("utf-8"))
    read = folded(page.find("body/main").text_content())
    for target in targets:
        assert read.count(folded(inline.plain(target))) == 1


@settings(max_examples=60, deadline=None)
@given(numbers())
def test_markdown_has_every_translated_unit_exactly_once(made: tuple[Bulletin, list[str]]) -> None:
    bulletin, targets = made
    page = MarkdownIt("commonmark").render(render(bulletin, "markdown").decode("utf-8"))
    read = folded(html.fragment_fromstring(page, create_parent="div").text_content())
    for target in targets:
        assert read.count(folded(inline.plain(target))) == 1


@settings(max_examples=30, deadline=None)
@given(numbers())
def test_the_same_number_gives_the_same_bytes(made: tuple[Bulletin, list[str]]) -> None:
    for renderer in ("markdown", "html"):
        assert render(made[0], renderer) == render(made[0], renderer)
