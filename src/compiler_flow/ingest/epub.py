"""EPUB books: the chapters in reading order (EPUB 3.3, section 5), read as pages without looking for an article."""

from __future__ import annotations

import dataclasses
import datetime as dt
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest import tree
from compiler_flow.ingest.content import article, fold, headed, without_title
from compiler_flow.ingest.package import Package
from compiler_flow.ingest.page import parsed, tidied
from compiler_flow.model import Article, Block, Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".epub",)

_CONTAINER = "META-INF/container.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
# What a book says about itself is no part of the text.
_MATTER = frozenset({"toc", "cover", "titlepage", "copyright-page", "landmarks", "page-list", "loi", "index"})


def read(data: bytes, path: Path) -> Article:
    """The text of a book, chapter after chapter; cover, contents and imprint are left out where they are marked so.

    Raises ``FormatError`` where the file is no book, is encrypted, or would unpack to more than memory should hold.
    """
    broken = FormatError(
        _("This is not an EPUB book, or it is damaged."), path=path, hint=_("Fetch it again, or save it as text.")
    )
    package = Package(data, path, broken)
    if _CONTAINER not in package.names:
        raise broken
    place = next((str(each.get("full-path") or "") for each in _named(package.outline(_CONTAINER), "rootfile")), "")
    if place not in package.names:
        raise broken
    book = package.outline(place)
    if "META-INF/encryption.xml" in package.names and _locks_text(package, book, place):
        raise FormatError(_("The book is locked by its publisher."), path=path, hint=_("Ask for an open copy."))
    blocks = tuple(block for name in _chapters(book, place, package) for block in _chapter(package.read(name), path))
    metadata = _metadata(book)
    title, blocks = headed(metadata.title, blocks)
    if title and not metadata.title:
        metadata = dataclasses.replace(metadata, title=title, guessed=metadata.guessed | {"title"})
    return article(path, metadata, without_title(blocks, title))


def _named(root: _Element, *names: str) -> list[_Element]:
    """The elements below ``root`` with one of these names, whatever their namespace."""
    return [each for each in root.iter() if isinstance(each.tag, str) and each.tag.rpartition("}")[2] in names]


def _chapters(book: _Element, place: str, package: Package) -> list[str]:
    """The parts that the spine names, in its order."""
    items = {str(each.get("id")): each for each in _named(book, "item")}
    matter = {
        _resolved(place, str(each.get("href") or ""))
        for each in _named(book, "reference")
        if str(each.get("type") or "").lower() in _MATTER
    }
    found: list[str] = []
    for reference in _named(book, "itemref"):
        item = items.get(str(reference.get("idref")))
        if item is None or reference.get("linear") == "no" or item.get("media-type") not in _PAGES:
            continue
        name = _resolved(place, str(item.get("href") or ""))
        is_contents = "nav" in str(item.get("properties") or "").split()
        if name in package.names and name not in matter and not is_contents:
            found.append(name)
    return list(dict.fromkeys(found))


def _resolved(place: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(urlsplit(href).path)))


def _locks_text(package: Package, book: _Element, place: str) -> bool:
    """Whether chapters are encrypted; publishers also scramble mere fonts."""
    locked = {
        str(each.get("URI") or "") for each in _named(package.outline("META-INF/encryption.xml"), "CipherReference")
    }
    return bool(locked & set(_chapters(book, place, package)))


def _chapter(data: bytes, path: Path) -> list[Block]:
    root = parsed(data, path)
    if root is None:
        return []
    body = root.find(".//body")
    holder = body if body is not None else root
    kinds = {
        word for each in (holder, *holder) for word in str(each.get(_EPUB_TYPE) or each.get("epub:type") or "").split()
    }
    if kinds & _MATTER:
        return []
    for contents in list(holder.iter("nav")):
        tree.drop(contents)
    tidied(holder)
    return list(tree.blocks(holder))


def _metadata(book: _Element) -> Metadata:
    def said(name: str) -> str:
        found = book.find(f".//{_DUBLIN_CORE}{name}")
        return fold(found.text or "").strip() if found is not None else ""

    try:
        date = dt.date.fromisoformat(said("date")[:10])
    except ValueError:
        date = None
    given: dict[str, Any] = {
        "title": said("title"),
        "author": ", ".join(
            filter(None, (fold(each.text or "").strip() for each in book.iter(f"{_DUBLIN_CORE}creator")))
        ),
        "site": said("publisher"),
        "url": said("source") if said("source").startswith(("http://", "https://")) else "",
        "language": said("language"),
    }
    guessed = frozenset([name for name, value in given.items() if value] + (["date"] if date else []))
    return Metadata(**given, date=date, guessed=guessed)
