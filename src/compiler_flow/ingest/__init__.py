"""Anything → ``Article``: the readers, and ``source.md``, the frozen text that people may trim.

A reader is a module with ``SUFFIXES`` and a function ``(data, path) -> Article``; it is listed in ``READERS``.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from compiler_flow.errors import FormatError
from compiler_flow.files import read_bytes
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest.source import from_markdown, to_markdown
from compiler_flow.model import Article
from compiler_flow.tables import Table
from compiler_flow.text import lazy_pattern

__all__ = ["READERS", "Reader", "from_markdown", "read", "reader_for", "to_markdown"]

Reader = Callable[[bytes, Path], Article]

READERS: Table[Reader] = Table(
    "reader",
    {
        "docx": "compiler_flow.ingest.docx:read",
        "html": "compiler_flow.ingest.html:read",
        "markdown": "compiler_flow.ingest.markdown:read",
        "plain": "compiler_flow.ingest.plain:read",
    },
    group="compiler_flow.readers",
)

_PAGE = lazy_pattern(rb"(?i)<!doctype html|<html[\s>]")


def read(source: Path, *, reader: str = "") -> Article:
    """The article in the file ``source``, read by the named reader, or by the one its suffix or its content asks for.

    Raises ``FileError`` for a file that cannot be read, ``FormatError`` for one that no reader understands or that
    holds no article, ``UsageError`` for an unknown reader.
    """
    data = read_bytes(source)
    return READERS[reader or reader_for(source, data)](data, source)


def reader_for(path: Path, data: bytes) -> str:
    """The name of the reader for a file with this name and these bytes. Raises ``FormatError`` where there is none."""
    suffix = path.suffix.lower()
    known = {each: name for name in READERS for each in _suffixes(READERS[name])}
    if suffix in known:
        return known[suffix]
    if data.startswith(b"PK\x03\x04") and _is_word(data):
        return "docx"
    if _PAGE.search(data[:2048]):
        return "html"
    if not suffix:
        return "plain"
    raise FormatError(
        _("Files ending in {suffix} cannot be read.").format(suffix=suffix),
        path=path,
        hint=_("Save it as one of: {known}.").format(known=" ".join(sorted(known))),
    )


def _suffixes(reader: Reader) -> tuple[str, ...]:
    return tuple(getattr(import_module(reader.__module__), "SUFFIXES", ()))


def _is_word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return False
