"""Anything → ``Article``: the readers, and ``source.md``, the frozen text that people may trim.

A reader is a module with ``SUFFIXES`` and a function ``(data, path) -> Article``; it is listed in ``READERS``.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from compiler_flow import inline
from compiler_flow.errors import FormatError
from compiler_flow.files import decode, read_bytes
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest import dates, language
from compiler_flow.ingest.page import text_of
from compiler_flow.ingest.source import from_markdown, to_markdown
from compiler_flow.model import Article
from compiler_flow.tables import Table
from compiler_flow.text import lazy_pattern

__all__ = ["READERS", "Reader", "from_markdown", "read", "read_data", "reader_for", "sniffed", "to_markdown"]

Reader = Callable[[bytes, Path], Article]

READERS: Table[Reader] = Table(
    "reader",
    {
        "docx": "compiler_flow.ingest.docx:read",
        "epub": "compiler_flow.ingest.epub:read",
        "html": "compiler_flow.ingest.html:read",
        "mail": "compiler_flow.ingest.mail:read",
        "markdown": "compiler_flow.ingest.markdown:read",
        "odt": "compiler_flow.ingest.odt:read",
        "pdf": "compiler_flow.ingest.pdf:read",
        "plain": "compiler_flow.ingest.plain:read",
    },
    group="compiler_flow.readers",
)

_TEXTUAL = frozenset({"html", "markdown", "plain"})
_DATELINES = 3
_DATELINE_LENGTH = 60
_MAIL = lazy_pattern(
    rb"(?i)(?:(?:received|return-path|delivered-to|mime-version|message-id|x-[\w-]+):|from:[^\n]*\r?\n[\w-]+:)"
)
_PAGE = lazy_pattern(rb"(?i)<!doctype html|<html[\s>]")


def read(source: Path, *, reader: str = "") -> Article:
    """The article in the file ``source``, read by the named reader, or by the one its suffix or its content asks for.

    Raises ``FileError`` for a file that cannot be read, ``FormatError`` for one that no reader understands or that
    holds no article, ``UsageError`` for an unknown reader.
    """
    return read_data(read_bytes(source), source, reader=reader)


def read_data(data: bytes, path: Path, *, reader: str = "", charset: str = "", address: str = "") -> Article:
    """As ``read``, for bytes that came from elsewhere under the name ``path``; ``charset`` is what a server declared,
    ``address`` where they were fetched from, which a page's links are relative to.

    What the reader does not know is proposed from the text: its language, and the date where a line of its own says it.
    """
    name = reader or reader_for(path, data)
    if charset and name in _TEXTUAL:
        with contextlib.suppress(FormatError):
            # A server's word counts more than the page's (WHATWG HTML, section 13.2.3.2); a mark counts most.
            data = decode(data, declared=charset, path=path).encode("utf-8-sig")
    if address and name == "html":
        data = text_of(data, path, address=address).encode("utf-8-sig")
    return _proposed(READERS[name](data, path))


def _proposed(article: Article) -> Article:
    """``article`` with its language, where its text tells another than it declares or it declares none; and a date."""
    known = article.metadata
    proposed: dict[str, Any] = {}
    found = language.detect(article.blocks, certain=bool(known.language))
    is_said = known.language and "language" not in known.guessed
    if found and not is_said and not (known.language and language.agree(known.language, found)):
        proposed["language"] = found
    if not known.date and (date := _dateline(article, proposed.get("language") or known.language)):
        proposed["date"] = date
    if not proposed:
        return article
    guessed = known.guessed | proposed.keys()
    return dataclasses.replace(article, metadata=dataclasses.replace(known, **proposed, guessed=guessed))


def _dateline(article: Article, tag: str) -> dt.date | None:
    """The date in one of the first blocks that holds little else."""
    for block in article.blocks[:_DATELINES]:
        text = inline.plain(block.text)
        if len(text) <= _DATELINE_LENGTH and (date := dates.parse(text, tag)):
            return date
    return None


def reader_for(path: Path, data: bytes) -> str:
    """The name of the reader for a file with this name and these bytes. Raises ``FormatError`` where there is none."""
    suffix = path.suffix.lower()
    known = {each: name for name in READERS for each in _suffixes(READERS[name])}
    found = sniffed(data)
    # People save pages as .txt and are sent PDF files without a name; what a package or a PDF is, it is.
    if found and (suffix not in known or found not in ("html", "mail")):
        return found
    if suffix in known:
        return known[suffix]
    if not suffix:
        return "plain"
    if suffix == ".doc":
        raise FormatError(
            _("Old Word files (.doc) cannot be read."), path=path, hint=_("Open it in Word and save it as .docx.")
        )
    raise FormatError(
        _("Files ending in {suffix} cannot be read.").format(suffix=suffix),
        path=path,
        hint=_("Save it as one of: {known}.").format(known=" ".join(sorted(known))),
    )


def sniffed(data: bytes) -> str:
    """The name of the reader that these bytes ask for by themselves; empty where nothing tells."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if _PAGE.search(data[:2048].replace(b"\x00", b"")):
        return "html"
    return "mail" if _MAIL.match(data) else ""


def _suffixes(reader: Reader) -> tuple[str, ...]:
    return tuple(getattr(import_module(reader.__module__), "SUFFIXES", ()))


def _packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return ""
    marks = {"word/document.xml": "docx", "META-INF/container.xml": "epub", "content.xml": "odt"}
    return next((reader for mark, reader in marks.items() if mark in names), "")
