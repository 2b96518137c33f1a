"""Saved web pages: trafilatura finds the article between menus and adverts."""

from __future__ import annotations

import codecs
import contextlib
import datetime as dt
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compiler_flow import inline
from compiler_flow.errors import FormatError
from compiler_flow.files import decode
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest import tree
from compiler_flow.ingest.content import article, fold, without_title
from compiler_flow.model import Article, Block, BlockKind, Metadata
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".html", ".htm", ".xhtml")

MAX_BYTES = 32 * 1024 * 1024
# What is left of a news page without scripts and pictures; trafilatura needs minutes for what is far beyond.
MAX_CHARS = 2_000_000
MAX_TAGS = 40_000
# Beyond this, trafilatura's second and third opinions cost more than the first by powers.
_MANY_TAGS = 12_000
_DECLARED = lazy_pattern(
    rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]+encoding=["']([\w.:-]+)"""
)
# Pictures kept inside a saved page make up nearly all of its bytes.
_EMBEDDED = lazy_pattern(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s%]{64,}")
_NO_TEXT = lazy_pattern(r"(?is)<(script|style|svg|noscript|template)\b[^>]*>.*?</\1\s*>")
_SAVED_FROM = lazy_pattern(r"<!-- saved from url=\(\d+\)(\S+) -->")
_SENTENCE = lazy_pattern(r"\S{2,}[.!?…։]|[。！？]")
_SENTENCE_LENGTH = 30
_SEPARATOR = lazy_pattern(r"\s+[|–—·»-]\s+")
_REPLACED = 0.001


def read(data: bytes, path: Path) -> Article:
    """The article in a saved page, in the encoding that the page declares; all metadata is proposed.

    Raises ``FormatError`` where the page is no text or holds no article.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(path)
    page = _EMBEDDED.sub("", _decoded(data, path))
    if len(page) > MAX_CHARS or page.count("<") > MAX_TAGS:
        # trafilatura reads metadata from scripts, so they only go where the page is too large with them.
        page = _NO_TEXT.sub("", page)
        if len(page) > MAX_CHARS or page.count("<") > MAX_TAGS:
            raise _too_large(path)
    document, root = _extracted(page, path)
    if document is None or root is None:
        raise _no_article(path)
    plain_lines = document.body.find(".//head") is None and len(document.body) == 1
    found = tuple(tree.blocks(document.body, split_lines=plain_lines))
    if not _has_sentence(found):
        raise _no_article(path)
    metadata = _metadata(document, root, page)
    return article(path, metadata, without_title(found, metadata.title))


def _too_large(path: Path) -> FormatError:
    return FormatError(
        _("The page is too large to be one article."),
        path=path,
        hint=_("Save it without pictures, or paste the article into a .txt file."),
    )


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


def _decoded(data: bytes, path: Path) -> str:
    match = _DECLARED.search(data[:8192])
    declared = (match[1] or match[2]).decode("ascii") if match else ""
    with contextlib.suppress(LookupError):
        name = codecs.lookup(declared).name
        # WHATWG Encoding, section 4.2: pages that say latin-1 mean windows-1252. UTF-16 cannot declare itself so.
        declared = {"iso8859-1": "cp1252", "ascii": "", "utf-16": "", "utf-16-le": "", "utf-16-be": ""}.get(name, name)
        if name == "utf-8" and b"\x00" not in data:
            text = data.decode("utf-8", "replace")
            # A page cut off in the middle of a character is still the page it says it is.
            if text.count("\ufffd") <= 1 + _REPLACED * len(text):
                return text
    return decode(data, declared="" if b"\x00" in data else declared, path=path)


def _extracted(page: str, path: Path) -> tuple[Any, _Element | None]:
    """What trafilatura finds, with ``body`` as an element tree, and the whole page."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        root = trafilatura.load_html(page)
        if root is None:
            return None, None
        # The extraction takes the page apart: it gets one of its own.
        document = trafilatura.bare_extraction(
            page,
            fast=page.count("<") > _MANY_TAGS,
            include_links=True,
            include_formatting=True,
            include_comments=False,
            with_metadata=True,
        )
    except Exception as error:
        reason = fold(str(error)).strip()[:120] or type(error).__name__
        raise FormatError(_("The page cannot be read: {reason}.").format(reason=reason), path=path) from error
    return document, root


def _metadata(document: Any, root: _Element, page: str) -> Metadata:
    site = fold(document.sitename or "").strip()
    given: dict[str, Any] = {
        "title": _title(fold(document.title or "").strip(), site, root),
        "author": fold(document.author or "").strip(),
        "site": site,
        "url": _address(document.url, page),
        "date": _date(document.date),
        "language": _language(root),
    }
    return Metadata(**given, guessed=frozenset(key for key, value in given.items() if value))


def _title(title: str, site: str, root: _Element) -> str:
    """The page's only top heading where it agrees with the title, else the title without the site's name."""
    tops = [fold("".join(map(str, each.itertext()))).strip() for each in root.iter("h1")]
    tops = [top for top in dict.fromkeys(tops) if top]
    if len(tops) == 1 and (not title or tops[0].casefold() in title.casefold()):
        return tops[0]
    whole = fold("".join(each.text or "" for each in root.iter("title"))).strip()
    # trafilatura cuts at the first dash, also in "Riga - Tallinn ferry returns".
    title = whole if title and whole.startswith(title) else title
    parts = _SEPARATOR.split(title)
    if len(parts) > 1 and site and parts[-1].casefold() == site.casefold():
        return title[: -len(parts[-1])].rstrip(" |–—·»-")
    if " | " in title:
        head, _bar, tail = title.rpartition(" | ")
        return head.strip() if len(head) > len(tail) else title
    return title


def _address(url: str | None, page: str) -> str:
    saved = _SAVED_FROM.search(page[:4096])
    for address in (url or "", saved[1] if saved else ""):
        if re.match(r"https?://\S+$", address):
            return address
    return ""


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _language(root: _Element) -> str:
    """What the page declares, as a BCP 47 tag; nothing is guessed from the text."""
    tops = [root, *root.iter("html")]
    tags = [each.get("lang") or each.get("{http://www.w3.org/XML/1998/namespace}lang") for each in tops]
    tags += [
        each.get("content")
        for each in root.iter("meta")
        if (each.get("http-equiv") or each.get("property") or "").lower() in ("content-language", "og:locale")
    ]
    for tag in tags:
        if tag and re.fullmatch(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*", tag.strip()):
            return tag.strip().replace("_", "-")
    return ""
