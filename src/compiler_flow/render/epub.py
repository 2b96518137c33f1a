"""Bulletin → an e-book (EPUB 3.3): one XHTML file for each part of the number, contents, its theme.

Made by hand because a number needs little: the packages that write e-books are AGPL or far larger than this.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from compiler_flow import inline
from compiler_flow.markup import Markup, element, void
from compiler_flow.model import Block, BlockKind, Bulletin
from compiler_flow.render import themes
from compiler_flow.render.archive import pack
from compiler_flow.render.base import DRAFT_TITLE, IN_CONTENTS, Renderer, language_tag, spans_of
from compiler_flow.render.web import ANCHOR, Web

_XHTML = "http://www.w3.org/1999/xhtml"
_OPS = "http://www.idpf.org/2007/ops"
_MIMETYPE = "mimetype"
# Every number of the same name, title and date is the same book.
_BOOKS = uuid.uuid5(uuid.NAMESPACE_URL, "https://www.idpf.org/epub/compiler-flow")
_UNDATED = dt.date(2000, 1, 1)
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class _Chapter:
    """One XHTML file: its name without suffix, its title and what stands in it."""

    name: str
    title: str
    content: tuple[Markup, ...]


def _render(bulletin: Bulletin, theme: str) -> bytes:
    chapters = tuple(_chapters(bulletin))
    language = language_tag(bulletin.issue.language, "zh-CN")
    # Reading systems show no watermark, so every chapter of a draft begins with the word.
    mark = (element("p", DRAFT_TITLE, class_="draft"),) if bulletin.draft else ()
    files = [
        (_MIMETYPE, "application/epub+zip"),
        ("META-INF/container.xml", _CONTAINER),
        ("EPUB/package.opf", _package(bulletin, chapters, language)),
        ("EPUB/nav.xhtml", _page("目录", _navigation(bulletin), language)),
        *(
            (f"EPUB/{chapter.name}.xhtml", _page(chapter.title, (*mark, *chapter.content), language))
            for chapter in chapters
        ),
        ("EPUB/style.css", themes.css(theme, "epub")),
    ]
    return pack(((name, text.encode("utf-8", "replace")) for name, text in files), stored=_MIMETYPE)


EPUB = Renderer("epub", ".epub", "an e-book", _render)


def _place(anchor: str) -> str:
    """Anchors ``p3`` and ``p3-1`` are in the file ``p3.xhtml``."""
    return f"{anchor.partition('-')[0]}.xhtml#{anchor}"


def _chapters(bulletin: Bulletin) -> Iterator[_Chapter]:
    """Groups that the contents list have a file each; what stands before or between them joins the one before."""
    web = Web(place=_place)
    title = bulletin.issue.title or bulletin.issue.name
    name, heading, waiting = "cover", title, list(web.notice(bulletin))
    number = 0
    for block in bulletin.blocks:
        if block.role in IN_CONTENTS:
            if waiting:
                yield _Chapter(name, heading, tuple(waiting))
            number += 1
            name, heading, waiting = f"{ANCHOR}{number}", _title(block) or title, []
        # ``blocks`` numbers from one, so every chapter is asked for as the only one, under its own number.
        waiting += _numbered(web, block, number)
    if waiting:
        yield _Chapter(name, heading, tuple(waiting))


def _numbered(web: Web, block: Block, number: int) -> Iterator[Markup]:
    if block.role not in IN_CONTENTS:
        yield from web.blocks((block,), ANCHOR)
        return
    anchor = f"{ANCHOR}{number}"
    inner = web.blocks(block.children, f"{anchor}-")
    yield element("section", *inner, lines=True, class_=block.role, id=anchor)


def _title(block: Block) -> str:
    heading = next((child for child in block.children if child.kind is BlockKind.HEADING), None)
    return "".join(inline.plain(span.text or span.source) for span in spans_of(heading)) if heading else ""


def _navigation(bulletin: Bulletin) -> Iterator[Markup]:
    entries = tuple(Web(place=_place).entries(bulletin.blocks, ANCHOR))
    if not entries:
        title = bulletin.issue.title or bulletin.issue.name
        entries = (element("li", element("a", title, href="cover.xhtml")),)
    yield element("nav", element("h1", "目录"), element("ol", *entries, lines=True), epub__type="toc", id="toc")


def _page(title: str, content: Iterable[Markup], language: str) -> str:
    head = element("head", element("title", title), _empty("link", rel="stylesheet", type="text/css", href="style.css"))
    page = element("html", head, element("body", *content, lines=True), lines=True, lang=language, xml__lang=language)
    # Colons are no part of Python's names.
    page = Markup(page.replace(" epub--type=", " epub:type=").replace(" xml--lang=", " xml:lang="))
    page = Markup(page.replace("<html ", f'<html xmlns="{_XHTML}" xmlns:epub="{_OPS}" ', 1))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{page}\n'


def _empty(name: str, /, **attributes: str) -> Markup:
    return Markup(void(name, **attributes)[:-1] + "/>")


def _package(bulletin: Bulletin, chapters: tuple[_Chapter, ...], language: str) -> str:
    issue = bulletin.issue
    day = issue.date or _UNDATED
    identifier = uuid.uuid5(_BOOKS, "\n".join((issue.name, issue.title, issue.number, day.isoformat())))
    title = " ".join(filter(None, (issue.title or issue.name, f"第{issue.number}期" if issue.number else "")))
    told = [
        element("dc:identifier", f"urn:uuid:{identifier}", id="id"),
        element("dc:title", f"{title}（{DRAFT_TITLE}）" if bulletin.draft else title),
        element("dc:language", language),
        *((element("dc:date", day.isoformat()),) if issue.date else ()),
        *(element("dc:contributor", name) for name in dict.fromkeys(issue.editors) if name.strip()),
        # The number's day, not the clock's: the same number is the same file.
        element("meta", f"{day.isoformat()}T00:00:00Z", property="dcterms:modified"),
    ]
    items = [
        _empty("item", id="nav", href="nav.xhtml", media_type="application/xhtml+xml", properties="nav"),
        _empty("item", id="style", href="style.css", media_type="text/css"),
        *(
            _empty("item", id=one.name, href=f"{one.name}.xhtml", media_type="application/xhtml+xml")
            for one in chapters
        ),
    ]
    order = [_empty("itemref", idref=one.name) for one in (*chapters[:1], _Chapter("nav", "", ()), *chapters[1:])]
    package = element(
        "package",
        element("metadata", *told, lines=True),
        element("manifest", *items, lines=True),
        element("spine", *order, lines=True),
        lines=True,
        version="3.0",
        unique_identifier="id",
    )
    named = package.replace("<package ", '<package xmlns="http://www.idpf.org/2007/opf" ', 1)
    named = named.replace("<metadata>", '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">', 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{named}\n'
