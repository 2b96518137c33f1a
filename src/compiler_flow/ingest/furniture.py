"""What stands in the way of an article on a page: menus, shares, related stories, notices, bylines.

Before the article is looked for, elements go whose names say what they are; after it was found, whole lines that only
furniture has (``data/furniture.txt``). Neither ever takes a large part of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compiler_flow import inline
from compiler_flow.ingest import dates, phrases, tree
from compiler_flow.ingest.content import fold
from compiler_flow.model import Block, BlockKind, Metadata
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAGS = frozenset(
    {
        "nav", "aside", "form", "button", "input", "select", "textarea", "dialog", "iframe", "object", "embed", "audio",
        "video", "canvas", "style", "template", "noscript", "svg", "amp-ad", "amp-sidebar",
        "amp-social-share", "amp-user-notification", "amp-consent", "amp-embed", "amp-carousel",
    }
)  # fmt: skip
_ROLES = frozenset(
    {"navigation", "banner", "complementary", "contentinfo", "search", "dialog", "alertdialog", "toolbar"}
)
_NAMES = frozenset(
    {
        "ad", "ads", "adsbygoogle", "adslot", "advert", "advertisement", "advertising", "adverts",
        "attachments", "badge", "banner", "bio", "breadcrumb", "breadcrumbs", "comments", "consent", "cookie",
        "cookies", "copyright", "disqus", "donate", "donation", "files", "footer", "gdpr", "menu", "mgid",
        "modal", "mostread", "nav", "navbar", "newsletter", "outbrain", "overlay", "pagination", "popular",
        "popup", "preheader", "print", "promo", "rating", "reading", "recommend", "recommendations",
        "recommended", "related", "relatedposts", "respond", "share", "sharedaddy", "sharing", "sidebar",
        "skip", "social", "socials", "sponsor", "sponsored", "subscribe", "subscription", "taboola", "taglist",
        "tags", "toolbar", "trending", "widget", "yandex",
    }
)  # fmt: skip
_SMALL_NAMES = frozenset(
    {"meta", "byline", "dateline", "timestamp", "date", "time", "created", "author", "posted", "published", "views"}
)
_SPLIT = lazy_pattern(r"[\s_-]+|(?<=[a-z])(?=[A-Z])")
_KEPT = frozenset({"html", "body", "main", "article", "h1", "head"})
# No furniture is as large as this part of the page's words, or longer than this many characters.
_LARGE = 0.35
_SMALL = 160
_LINE = 220
_EDGE = 4
_HEAD_LINE = 90
_RIGHTS = lazy_pattern(r"^\s*(?:©|ⓒ|\(c\)\s*\d{4}|copyright\b)", re.IGNORECASE)
_MAIL_ONLY = lazy_pattern(r"\S+@\S+\.\w+$")


def clear(root: _Element) -> None:
    """Take out of ``root`` the elements that are named as furniture, in place."""
    whole = len(_words(root)) or 1
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in _KEPT or element.getparent() is None:
            continue
        if _is_furniture(element, whole):
            tree.drop(element)


def _is_furniture(element: _Element, whole: int) -> bool:
    tag = element.tag
    names = {name.lower() for name in _SPLIT.split(f"{element.get('class') or ''} {element.get('id') or ''}") if name}
    if (
        tag in _TAGS
        or (element.get("role") or "") in _ROLES
        or names & _NAMES
        or (tag == "footer" and not _in_quote(element))
    ):
        words = _words(element)
        return len(words) < _LARGE * whole and element.find(".//h1") is None
    if names & _SMALL_NAMES and not _in_quote(element):
        return len(_words(element)) <= _SMALL and element.find(".//h1") is None and element.find(".//p/..") is None
    return False


def _words(element: _Element) -> str:
    return " ".join(" ".join(tree.shown(element)).split())


def _in_quote(element: _Element) -> bool:
    return any(each.tag in ("blockquote", "figure", "q") for each in element.iterancestors())


def without(blocks: tuple[Block, ...], metadata: Metadata) -> tuple[Block, ...]:
    """``blocks`` without lines that are furniture, and without title, author, site and date where they stand at the
    beginning or the end by themselves.
    """
    kept = [block for block in blocks if not is_line(inline.plain(block.text))]
    kept = kept[_after_title(kept, metadata.title) :]
    start, end = 0, len(kept)
    while start < min(_EDGE, end) and _repeats(kept[start], metadata):
        start += 1
    while end > max(start, len(kept) - _EDGE) and _repeats(kept[end - 1], metadata):
        end -= 1
    while end > start and kept[end - 1].kind is BlockKind.HEADING:
        # A heading over nothing stood over what was left out.
        end -= 1
    return tuple(kept[start:end])


def _after_title(blocks: list[Block], title: str) -> int:
    """Where the text begins: behind the title, if that stands at the top with only short lines before it."""
    wanted = phrases.letters(title)
    for at, block in enumerate(blocks[:_EDGE]):
        text = inline.plain(block.text)
        if wanted and phrases.letters(text) == wanted:
            return at + 1
        if len(text) > _HEAD_LINE:
            break
    return 0


def _repeats(block: Block, metadata: Metadata) -> bool:
    text = fold(inline.plain(block.text)).strip()
    if len(text) > _HEAD_LINE:
        return False
    if any(
        phrases.bare(text) == phrases.bare(value) for value in (metadata.title, metadata.author, metadata.site) if value
    ):
        return True
    rest = text.replace(metadata.author, "") if metadata.author else text
    figures = sum(map(str.isdigit, rest))
    return bool(figures) and 8 * figures >= len(rest) and dates.parse(rest, metadata.language) is not None


def is_line(text: str) -> bool:
    """Whether ``text`` is a line of furniture as a whole."""
    if len(text) > _LINE:
        return False
    if _RIGHTS.search(text) or _MAIL_ONLY.match(text.strip()):
        return True
    return phrases.is_line("furniture", text)
