"""The tree as HTML parts, which the web page, the WeChat article and the e-book share."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from compiler_flow import inline, text
from compiler_flow.markup import Markup, element
from compiler_flow.model import Block, BlockKind, Bulletin, BulletinRole, State
from compiler_flow.render.base import (
    DRAFT_LABEL,
    DRAFT_TITLE,
    GAP_LABEL,
    IN_CONTENTS,
    NOTHING_MISSING,
    Listing,
    is_draft,
    is_gap,
    is_web_address,
    language_tag,
    listings,
    runs,
    spans_of,
)
from compiler_flow.text import lazy_pattern

ANCHOR = "p"
_ELEMENTS: dict[str, str] = {
    BulletinRole.MASTHEAD: "header",
    BulletinRole.FEATURE: "article",
    BulletinRole.ITEM: "article",
    BulletinRole.COLOPHON: "footer",
}


# Where a heading may well end a line, and how many squares a phone's line has for its first level and for the others.
_MARKS = lazy_pattern(r"[，、：；。？！…—\s]+")
_SQUARES_OF_TITLE, _SQUARES = 10, 14


def _phrases(heading: Block, level: int = 2) -> str:
    """The class of headings of which every phrase fits on a line."""
    words = "".join(inline.plain(span.source if is_gap(span) else span.text) for span in spans_of(heading))
    phrases = _MARKS.split(words)
    squares = _SQUARES_OF_TITLE if level == 1 else _SQUARES
    return "phrases" if len(phrases) > 1 and max(map(len, phrases)) <= squares else ""


def link(address: str, content: Iterable[str]) -> Markup:
    """A link, where ``address`` is one that may be linked to."""
    if is_web_address(address):
        return element("a", *content, href=address, rel="noopener")
    return element("span", *content)


def within_page(anchor: str) -> str:
    """The address of an anchor on the same page."""
    return f"#{anchor}"


@dataclass(frozen=True, slots=True)
class Web:
    """A way of writing blocks as HTML.

    ``link`` writes a link, ``place`` gives the address of an anchor. ``plain_labels`` writes the labels of drafts and
    gaps as text, for places where style sheets cannot add them.
    """

    link: Callable[[str, Iterable[str]], Markup] = link
    place: Callable[[str], str] = within_page
    plain_labels: bool = False

    def notice(self, bulletin: Bulletin) -> Iterator[Markup]:
        """The warning on top of a draft build."""
        if not bulletin.draft:
            return
        what = (
            element("ul", *(element("li", line) for line in bulletin.missing), lines=True)
            if bulletin.missing
            else element("p", NOTHING_MISSING)
        )
        yield element("aside", element("p", element("strong", DRAFT_TITLE)), what, lines=True, class_="notice")

    def blocks(self, blocks: Iterable[Block], prefix: str) -> Iterator[Markup]:
        """``prefix`` starts the anchors of the groups among ``blocks``, numbered as in ``entries``."""
        numbers = itertools.count(1)
        for kind, members in runs(blocks):
            block = members[0]
            if kind is BlockKind.GROUP:
                anchor = f"{prefix}{next(numbers)}" if block.role in IN_CONTENTS else ""
                name = _ELEMENTS.get(block.role, "section")
                yield element(
                    name, *self.blocks(block.children, f"{anchor}-"), lines=True, class_=block.role, id=anchor
                )
            elif kind is BlockKind.QUOTE:
                yield element("blockquote", *(element("p", *self._spans(one)) for one in members), lines=True)
            elif kind is BlockKind.ITEM:
                yield from map(self._list, listings(members))
            elif kind is BlockKind.HEADING:
                level = min(max(block.level, 1), 6)
                yield element(f"h{level}", *self._spans(block), class_=_phrases(block, level))
            else:
                yield element("p", *self._spans(block), class_=block.role)

    def _list(self, listing: Listing) -> Markup:
        entries = (element("li", *self._spans(entry.block), *map(self._list, entry.lists)) for entry in listing.entries)
        start = str(listing.start) if listing.start > 1 else ""
        return element("ol" if listing.ordered else "ul", *entries, lines=True, start=start)

    def contents(self, blocks: Iterable[Block]) -> Iterator[Markup]:
        """The table of contents, unless there is nothing to list."""
        entries = tuple(self.entries(blocks, ANCHOR))
        if entries:
            listing = element("ol", *entries, lines=True)
            yield element("nav", element("p", "目录"), listing, lines=True, class_="contents", aria_label="目录")

    def entries(self, blocks: Iterable[Block], prefix: str) -> Iterator[Markup]:
        """Anchors are places, ``p3``, ``p3-1``, ``p3-1-2``: the same as long as nothing is put in front."""
        listed = (block for block in blocks if block.role in IN_CONTENTS)
        for number, block in enumerate(listed, start=1):
            anchor = f"{prefix}{number}"
            heading = next((child for child in block.children if child.kind is BlockKind.HEADING), None)
            if heading is None:
                continue
            words = map(self._entry_text, spans_of(heading))
            link = element("a", *words, href=self.place(anchor), class_=_phrases(heading))
            inner = tuple(self.entries(block.children, f"{anchor}-"))
            yield element("li", link, *((element("ol", *inner, lines=True),) if inner else ()), class_=block.role)

    def _entry_text(self, span: Block) -> str:
        if is_gap(span):
            return element(
                "span", inline.plain(span.source), class_="gap", lang=language_tag(span.language), dir="auto"
            )
        return inline.plain(span.text)

    def _spans(self, block: Block) -> Iterator[str]:
        """The block's spans; a run of drafts, or of gaps, says what it is once, at its start."""
        before: State | None = None
        for span in spans_of(block):
            if is_gap(span):
                label = GAP_LABEL if before is not State.EMPTY else ""
                content = self._labelled(label, (inline.plain(span.source),))
                data = "" if self.plain_labels else label
                yield element(
                    "mark", *content, class_="gap", data_label=data, lang=language_tag(span.language), dir="auto"
                )
            elif is_draft(span):
                label = DRAFT_LABEL if before is not State.DRAFT else ""
                data = "" if self.plain_labels else label
                yield element("mark", *self._labelled(label, self._worded(span)), class_="draft", data_label=data)
            else:
                yield from self._worded(span)
            # The space between two Latin sentences has no state and does not end a run.
            before = before if span.text == " " else span.state

    def _labelled(self, label: str, content: Iterable[str]) -> Iterator[str]:
        if label and self.plain_labels:
            yield element("span", label, class_="mark")
        yield from content

    def _worded(self, span: Block) -> Iterator[str]:
        if span.role == BulletinRole.ADDRESS:
            yield self.link(span.text, (span.text,))
        elif span.role == BulletinRole.LABEL:
            yield element("strong", inline.plain(span.text).strip(), class_="label")
        elif span.role == BulletinRole.ORIGINAL:
            yield element("span", *map(self._run, inline.spans(span.text)), lang=language_tag(span.language))
        else:
            yield from map(self._run, inline.spans(span.text))

    def _run(self, run: inline.Span) -> str:
        piece: str = run.text
        if run.code:
            piece = element("code", piece)
        if run.emphasis:
            piece = element("em", piece, class_="" if text.has_han(run.text) else "latin")
        if run.strong:
            piece = element("strong", piece)
        return self.link(run.href, (piece,)) if run.href else piece
