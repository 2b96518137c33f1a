"""Articles of a number → a review copy as a web page: source and translation side by side, remarks in the margin.

It shows the units as they stand in the translators' files, before typography, because that is where they are mended.
"""

from __future__ import annotations

from collections.abc import Iterator

from compiler_flow.markup import Markup, element, void
from compiler_flow.model import Bulletin, State
from compiler_flow.render import themes
from compiler_flow.render.base import Renderer, language_tag
from compiler_flow.render.html import POLICY
from compiler_flow.render.review_rows import (
    REMARK_HEADING,
    SOURCE_HEADING,
    TARGET_HEADING,
    Row,
    Sheet,
    sheets,
)
from compiler_flow.render.web import Web, link


def _render(bulletin: Bulletin, theme: str) -> bytes:
    issue = bulletin.issue
    title = f"{issue.title or issue.name} 审校稿"
    made = tuple(sheets(bulletin))
    head = element(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=POLICY),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("style", Markup("\n" + themes.css(theme, "bilingual").replace("</", "<\\/"))),
        lines=True,
    )
    entries = (element("li", element("a", sheet.title, href=f"#a{at}")) for at, sheet in enumerate(made, 1))
    body = element(
        "body",
        element("h1", title),
        *Web().notice(bulletin),
        *((element("nav", element("ol", *entries, lines=True), aria_label="目录"),) if made else ()),
        element("main", *(_article(sheet, f"a{at}") for at, sheet in enumerate(made, 1)), lines=True),
        lines=True,
        class_="draft" if bulletin.draft else "final",
    )
    page = element("html", head, body, lines=True, lang=language_tag(issue.language, "zh-CN"))
    return f"<!DOCTYPE html>\n{page}\n".encode()


BILINGUAL = Renderer("bilingual", ".bilingual.html", "a review copy, source and translation side by side", _render)


def _article(sheet: Sheet, anchor: str) -> Markup:
    headings = (SOURCE_HEADING, TARGET_HEADING, REMARK_HEADING)
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in headings)))
    rows = element("tbody", *(_row(row, sheet.language) for row in sheet.rows), lines=True)
    return element(
        "section",
        element("h2", sheet.title),
        element("p", sheet.name, *_told(sheet), class_="about"),
        element("table", head, rows, lines=True),
        lines=True,
        id=anchor,
    )


def _told(sheet: Sheet) -> Iterator[str]:
    if sheet.address:
        yield "　"
        yield link(sheet.address, (sheet.address,))
    if sheet.signed:
        yield f"　签署：{'、'.join(sheet.signed)}"


def _row(row: Row, language: str) -> Markup:
    source: str = row.source
    if row.state is State.OMITTED:
        source = element("del", source)
    target: str = row.target
    if row.state is State.DRAFT:
        target = element("mark", target)
    remarks = element("ul", *(element("li", remark) for remark in row.remarks)) if row.remarks else ""
    place = (element("small", row.place, class_="place"),) if row.place else ()
    classes = " ".join(
        (row.state.value, *(("starts",) if row.starts_block else ()), *(("heading",) if row.is_heading else ()))
    )
    return element(
        "tr",
        element("td", source, lang=language_tag(language), dir="auto"),
        element("td", target),
        element("td", *place, remarks),
        class_=classes,
    )
