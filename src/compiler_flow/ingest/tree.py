"""An element tree → blocks, for HTML and for the TEI-like tree that trafilatura hands out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from compiler_flow.ingest.content import compose, fold, row, whole
from compiler_flow.inline import Span
from compiler_flow.model import Block, BlockKind, with_number
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS = frozenset({"head", "h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"list", "ul", "ol"})
_ITEMS = frozenset({"item", "li"})
_QUOTES = frozenset({"quote", "blockquote"})
_ROWS = frozenset({"row", "tr"})
_CELLS = frozenset({"cell", "td", "th"})
_BREAKS = frozenset({"lb", "br"})
_DROPPED = frozenset({"graphic", "img", "figure", "figcaption", "script", "style", "title", "template"})
_BLOCKS = (
    _HEADINGS | _LISTS | _ITEMS | _QUOTES | _ROWS
    | {"p", "div", "section", "article", "main", "body", "table", "tbody", "thead", "pre", "dl", "dt", "dd", "hr"}
)  # fmt: skip
_STRONG = frozenset({"b", "strong", "#b"})
_EMPHASIS = frozenset({"i", "em", "#i"})
_CODE = frozenset({"code", "tt", "#t"})
# A whole paragraph in bold that does not end like a sentence stands where a heading should.
_HEADING_LENGTH = 100
_SENTENCE_END = lazy_pattern(r"""[.!?…。！？։:;,]["'”’»)\]]*$""")
_BREAK = Span("\n")


def blocks(root: _Element, *, split_lines: bool = False) -> Iterator[Block]:
    """The leaf blocks below ``root`` in reading order. Pictures and captions are left out, two line breaks in a row
    end a paragraph; so does a line end inside a text where ``split_lines`` is set (trafilatura joins paragraphs so).
    """
    for block in _walk(root, 0, split_lines):
        if block.text:
            yield block


def taken_title(root: _Element) -> str:
    """The text in the style of titles, taken out of the page ``root``; empty where there is none."""
    top = root.find(".//h1[@class='title']")
    if top is None:
        return ""
    drop(top)
    return fold("".join(map(str, top.itertext()))).strip()


def drop(element: _Element) -> None:
    """Take ``element`` out and leave the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    parent.remove(element)


def is_block(element: _Element) -> bool:
    """Whether ``element`` begins a block of its own."""
    return element.tag in _BLOCKS


def shown(element: _Element) -> Iterator[str]:
    """The texts in ``element`` but for those of scripts and styles."""
    for each in element.iter():
        if isinstance(each.tag, str) and each.tag not in ("script", "style"):
            yield each.text or ""
        if each is not element:
            yield each.tail or ""


def _walk(element: _Element, depth: int, split_lines: bool) -> Iterator[Block]:
    runs: list[Span] = []
    runs.extend(_text(element.text, Span(""), split_lines))
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _DROPPED:
            pass
        elif child.tag in _BREAKS:
            runs.append(_BREAK)
        elif child.tag in _BLOCKS or any(inner.tag in _BLOCKS for inner in child.iterdescendants()):
            yield from _paragraphs(runs)
            runs = []
            yield from _block(child, depth, split_lines)
        else:
            runs.extend(_inline(child, Span(""), split_lines))
        runs.extend(_text(child.tail, Span(""), split_lines))
    yield from _paragraphs(runs)


def _block(element: _Element, depth: int, split_lines: bool) -> Iterator[Block]:
    tag = element.tag
    if tag in _HEADINGS:
        name = element.get("rend") or tag
        level = int(name[1]) if re.fullmatch("h[1-6]", name) else 2
        text = compose(Span(run.text, href=run.href) for run in _inside(element))
        yield Block(BlockKind.HEADING, text, level=level)
    elif tag in _LISTS:
        is_counted = "ol" in (tag, element.get("rend"))
        number = whole(element.get("start"), 1) or 1
        for child in element:
            if child.tag in _ITEMS:
                number = whole(child.get("value"), number) or number
                marker = with_number(number) if is_counted else "-"
                number += 1
                yield from _item(child, depth + 1, marker, split_lines)
            elif isinstance(child.tag, str):
                yield from _block(child, depth + 1, split_lines)
    elif tag in _ITEMS:
        yield from _item(element, max(depth, 1), "-", split_lines)
    elif tag in _QUOTES:
        for block in _walk(element, depth, split_lines):
            yield replace(block, kind=BlockKind.QUOTE) if block.kind is BlockKind.PARAGRAPH else block
    elif tag in _ROWS:
        cells = [compose(_inside(child)) for child in element if child.tag in _CELLS]
        yield row(cells)
    else:
        yield from _walk(element, depth, split_lines)


def _item(element: _Element, depth: int, marker: str, split_lines: bool) -> Iterator[Block]:
    first = True
    for block in _walk(element, depth, split_lines):
        if first and block.kind is BlockKind.PARAGRAPH and block.text:
            first = False
            yield replace(block, kind=BlockKind.ITEM, level=depth, marker=marker)
        elif first and block.kind is BlockKind.HEADING:
            first = False
            yield Block(BlockKind.ITEM, block.text, level=depth, marker=marker)
        else:
            yield block


def _inside(element: _Element) -> Iterator[Span]:
    yield from _text(element.text, Span(""), False)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _DROPPED:
            yield from _inline(child, Span(""), False)
        yield from _text(child.tail, Span(""), False)


def _inline(element: _Element, style: Span, split_lines: bool) -> Iterator[Span]:
    """Runs of an element that stands inside a line, with the styles of all elements round it."""
    tag = element.tag
    if tag in _BREAKS:
        yield _BREAK
        return
    name = element.get("rend") or tag if tag == "hi" else tag
    now = replace(
        style,
        strong=style.strong or name in _STRONG,
        emphasis=style.emphasis or name in _EMPHASIS,
        code=style.code or name in _CODE,
        href=style.href or (element.get("target" if tag == "ref" else "href") or "" if tag in ("ref", "a") else ""),
    )
    yield from _text(element.text, now, split_lines)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _DROPPED:
            yield from _inline(child, now, split_lines)
        yield from _text(child.tail, now, split_lines)


def _text(text: str | None, style: Span, split_lines: bool) -> Iterator[Span]:
    if not text:
        return
    if not split_lines:
        yield replace(style, text=text)
        return
    for index, line in enumerate(text.split("\n")):
        if index:
            yield from (_BREAK, _BREAK)
        yield replace(style, text=line)


def _paragraphs(runs: list[Span]) -> Iterator[Block]:
    """One block, or several where two line breaks stand in a row."""
    part: list[Span] = []
    breaks = 0
    for run in runs:
        if run is _BREAK:
            breaks += 1
            continue
        if not run.text.strip():
            part.append(run)
            continue
        if breaks > 1:
            yield _paragraph(part)
            part = []
        elif breaks:
            part.append(Span(" "))
        breaks = 0
        part.append(run)
    yield _paragraph(part)


def _paragraph(runs: list[Span]) -> Block:
    """A paragraph; emphasis over all of it is layout: it goes, or makes a short line a heading."""
    shown = [run for run in runs if run.text.strip()]
    if _all(shown, lambda run: run.strong):
        text = compose(replace(run, strong=False) for run in runs)
        if len(text) <= _HEADING_LENGTH and not _SENTENCE_END.search(text):
            return Block(BlockKind.HEADING, text, level=3)
        return Block(BlockKind.PARAGRAPH, text)
    if _all(shown, lambda run: run.emphasis):
        return Block(BlockKind.PARAGRAPH, compose(replace(run, emphasis=False) for run in runs))
    return Block(BlockKind.PARAGRAPH, compose(runs))


def _all(runs: list[Span], test: Callable[[Span], bool]) -> bool:
    return bool(runs) and all(map(test, runs))
