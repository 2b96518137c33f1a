"""Bulletin → one HTML file that needs nothing else: no request, no script, its theme inside.

Everything goes through ``markup.element``, which escapes what is not yet markup, so text from articles stays text.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from compiler_flow import inline, text
from compiler_flow.markup import Markup, element, void
from compiler_flow.model import Block, BlockKind, Bulletin, BulletinRole, State
from compiler_flow.render import themes
from compiler_flow.render.base import (
    DRAFT_LABEL,
    DRAFT_TITLE,
    GAP_LABEL,
    NOTHING_MISSING,
    Listing,
    Renderer,
    is_draft,
    is_gap,
    is_web_address,
    listings,
    runs,
    spans_of,
)

# Even a theme or a later edit cannot make the page ask the network for anything.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "font-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
_IN_CONTENTS: tuple[str, ...] = (
    BulletinRole.SUMMARY,
    BulletinRole.FEATURE,
    BulletinRole.NEWS,
    BulletinRole.COUNTRY,
    BulletinRole.ITEM,
)
_ANCHOR = "p"
_ELEMENTS: dict[str, str] = {
    BulletinRole.MASTHEAD: "header",
    BulletinRole.FEATURE: "article",
    BulletinRole.ITEM: "article",
    BulletinRole.COLOPHON: "footer",
}


def _render(bulletin: Bulletin, theme: str) -> bytes:
    title = bulletin.issue.title or bulletin.issue.name
    mastheads = [block for block in bulletin.blocks if block.role == BulletinRole.MASTHEAD]
    rest = [block for block in bulletin.blocks if block.role != BulletinRole.MASTHEAD]
    head = element(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="color-scheme", content="light dark"),
        void("meta", name="format-detection", content="telephone=no"),
        element("title", f"{title}（草稿）" if bulletin.draft else title),
        # A theme cannot end its element: ``</`` is ``<\\/`` to CSS too.
        element("style", Markup("\n" + themes.css(theme).replace("</", "<\\/"))),
        lines=True,
    )
    body = element(
        "body",
        *_notice(bulletin),
        *_blocks(mastheads, ""),
        *_contents(rest),
        element("main", *_blocks(rest, _ANCHOR), lines=True),
        lines=True,
        class_="draft" if bulletin.draft else "final",
    )
    page = element("html", head, body, lines=True, lang=bulletin.issue.language or "zh-CN")
    return f"<!DOCTYPE html>\n{page}\n".encode()


HTML = Renderer("html", ".html", "one self-contained web page, for reading, printing and sending", _render)


# ----------------------------------------------------------------------------------------------- blocks


def _notice(bulletin: Bulletin) -> Iterator[Markup]:
    """The warning on top of a draft build."""
    if not bulletin.draft:
        return
    what = (
        element("ul", *(element("li", line) for line in bulletin.missing), lines=True)
        if bulletin.missing
        else element("p", NOTHING_MISSING)
    )
    yield element("aside", element("p", element("strong", DRAFT_TITLE)), what, lines=True, class_="notice")


def _blocks(blocks: Iterable[Block], prefix: str) -> Iterator[Markup]:
    """``prefix`` starts the anchors of the groups among ``blocks``, numbered as in ``_contents_entries``."""
    numbers = itertools.count(1)
    for kind, members in runs(blocks):
        block = members[0]
        if kind is BlockKind.GROUP:
            anchor = f"{prefix}{next(numbers)}" if block.role in _IN_CONTENTS else ""
            name = _ELEMENTS.get(block.role, "section")
            yield element(name, *_blocks(block.children, f"{anchor}-"), lines=True, class_=block.role, id=anchor)
        elif kind is BlockKind.QUOTE:
            yield element("blockquote", *(element("p", *_spans(one)) for one in members), lines=True)
        elif kind is BlockKind.ITEM:
            yield from map(_list, listings(members))
        elif kind is BlockKind.HEADING:
            yield element(f"h{min(max(block.level, 1), 6)}", *_spans(block))
        else:
            yield element("p", *_spans(block), class_=block.role)


def _list(listing: Listing) -> Markup:
    entries = (element("li", *_spans(entry.block), *map(_list, entry.lists)) for entry in listing.entries)
    return element("ol" if listing.ordered else "ul", *entries, lines=True)


# --------------------------------------------------------------------------------------------- contents


def _contents(blocks: Iterable[Block]) -> Iterator[Markup]:
    entries = tuple(_contents_entries(blocks, _ANCHOR))
    if entries:
        listing = element("ol", *entries, lines=True)
        yield element("nav", element("p", "目录"), listing, lines=True, class_="contents", aria_label="目录")


def _contents_entries(blocks: Iterable[Block], prefix: str) -> Iterator[Markup]:
    """Anchors are places, ``p3``, ``p3-1``, ``p3-1-2``: the same as long as nothing is put in front."""
    listed = (block for block in blocks if block.role in _IN_CONTENTS)
    for number, block in enumerate(listed, start=1):
        anchor = f"{prefix}{number}"
        heading = next((child for child in block.children if child.kind is BlockKind.HEADING), None)
        if heading is None:
            continue
        link = element("a", *map(_contents_text, spans_of(heading)), href=f"#{anchor}")
        inner = tuple(_contents_entries(block.children, f"{anchor}-"))
        yield element("li", link, *((element("ol", *inner, lines=True),) if inner else ()), class_=block.role)


def _contents_text(span: Block) -> str:
    if is_gap(span):
        return element("span", inline.plain(span.source), class_="gap", lang=span.language, dir="auto")
    return inline.plain(span.text)


# ----------------------------------------------------------------------------------------------- inline


def _spans(block: Block) -> Iterator[str]:
    """The block's spans; a run of drafts, or of gaps, says what it is once, at its start."""
    before: State | None = None
    for span in spans_of(block):
        if is_gap(span):
            label = GAP_LABEL if before is not State.EMPTY else ""
            content: Iterable[str] = (inline.plain(span.source),)
            yield element("mark", *content, class_="gap", data_label=label, lang=span.language, dir="auto")
        elif is_draft(span):
            label = DRAFT_LABEL if before is not State.DRAFT else ""
            yield element("mark", *_worded(span), class_="draft", data_label=label)
        else:
            yield from _worded(span)
        # The space between two Latin sentences has no state and does not end a run.
        before = before if span.text == " " else span.state


def _worded(span: Block) -> Iterator[str]:
    if span.role == BulletinRole.ADDRESS:
        yield _linked(span.text, (span.text,))
    elif span.role == BulletinRole.LABEL:
        yield element("strong", inline.plain(span.text).strip(), class_="label")
    elif span.role == BulletinRole.ORIGINAL:
        yield element("span", *map(_run, inline.spans(span.text)), lang=span.language)
    else:
        yield from map(_run, inline.spans(span.text))


def _run(run: inline.Span) -> str:
    piece: str = run.text
    if run.code:
        piece = element("code", piece)
    if run.emphasis:
        piece = element("em", piece, class_="" if text.has_han(run.text) else "latin")
    if run.strong:
        piece = element("strong", piece)
    return _linked(run.href, (piece,)) if run.href else piece


def _linked(address: str, content: Iterable[str]) -> str:
    if is_web_address(address):
        return element("a", *content, href=address, rel="noopener")
    return element("span", *content)
