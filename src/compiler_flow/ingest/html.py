"""Saved web pages: trafilatura finds the article between menus and adverts."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compiler_flow import inline
from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest import furniture, paywall, place, tree
from compiler_flow.ingest.content import article, fold, without_title
from compiler_flow.ingest.page import text_of, tidied, tree_of
from compiler_flow.ingest.page_data import address_of, metadata_of, saved_from
from compiler_flow.model import Article, Block, BlockKind
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx")

# Beyond this, trafilatura's second and third opinions cost more than the first by powers.
_MANY_TAGS = 12_000
_SENTENCE = lazy_pattern(r"\S{2,}[.!?…։]|[。！？]")
_SENTENCE_LENGTH = 30


def read(data: bytes, path: Path) -> Article:
    """The article in a saved page, in the encoding that the page declares; all metadata is proposed.

    Raises ``FormatError`` where the page is no text, holds no article, or shows only the beginning of one.
    """
    return read_text(text_of(data, path), path)


def read_text(page: str, path: Path) -> Article:
    """The article in a page that was decoded already; raises as ``read`` does."""
    root = tree_of(page)
    if root is None:
        raise _no_article(path)
    wall = paywall.find(root)
    address = address_of(root, page)
    proposed = metadata_of(root, address)
    tidied(root, saved_from(page) or address)
    furniture.clear(root)
    body = _extracted(root, page, path)
    if body is None:
        raise wall.refusal(path) if wall.stands else _no_article(path)
    plain_lines = body.find(".//head") is None and len(body) == 1
    found = place.fuller(root, tuple(tree.blocks(body, split_lines=plain_lines)))
    found = furniture.without(found, proposed)
    if wall.hides(found):
        raise wall.refusal(path)
    if not _has_sentence(found):
        raise _no_article(path)
    return article(path, proposed, without_title(found, proposed.title))


def _no_article(path: Path) -> FormatError:
    return FormatError(
        _("No article was found in this page."),
        path=path,
        hint=_("Save the page again when it shows the whole text, or paste the text into a .txt file."),
    )


def _has_sentence(blocks: tuple[Block, ...]) -> bool:
    """Menus and lists of headlines hold no sentence."""
    texts = (inline.plain(block.text) for block in blocks if block.kind is not BlockKind.HEADING)
    return any(_SENTENCE.search(text) and len(text.encode()) >= _SENTENCE_LENGTH for text in texts)


def _extracted(root: _Element, page: str, path: Path) -> _Element | None:
    """The element tree that trafilatura takes for the article."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        document: Any = trafilatura.bare_extraction(
            root,
            fast=page.count("<") > _MANY_TAGS,
            include_links=True,
            include_formatting=True,
            include_comments=False,
            with_metadata=False,
        )
    except Exception as error:
        reason = fold(str(error)).strip()[:120] or type(error).__name__
        raise FormatError(_("The page cannot be read: {reason}.").format(reason=reason), path=path) from error
    return document.body if document is not None else None
