"""Zip packages (docx, odt, epub, xlsx) opened with care: bounded size, no document types, no endless nesting."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

# No article unpacks to more; a ratio like this one is only reached on purpose (deflate's own limit is 1032).
MAX_UNPACKED = 100 * 1024 * 1024
_MAX_RATIO = 200
_RATIO_MATTERS = 10 * 1024 * 1024
_MAX_PARTS = 20_000
_MAX_DEPTH = 200
_ENTITY = lazy_pattern(rb"<!ENTITY")
_DOCTYPE = lazy_pattern(rb"<!(?:DOCTYPE|ENTITY)")


class Package:
    """The parts of a package by name, each read once and checked. Raises ``broken`` for a damaged archive.

    ``broken`` is the error for a file that is no package of its kind. Parts that nobody asks for (pictures, macros)
    are never unpacked.
    """

    def __init__(self, data: bytes, path: Path, broken: FormatError) -> None:
        self._path = path
        self._broken = broken
        self._archive = self._open(data)
        self.names = frozenset(self._archive.namelist())
        parts = self._archive.infolist()
        size = sum(part.file_size for part in parts)
        if size > MAX_UNPACKED or (size > _RATIO_MATTERS and size > _MAX_RATIO * len(data)):
            raise FormatError(
                _("The file would unpack to {size} MB; it was not opened.").format(size=size // 2**20),
                path=path,
                hint=_("Open it in the program that made it and save it again without pictures."),
            )
        if len(parts) > _MAX_PARTS:
            raise broken

    def _open(self, data: bytes) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise self._broken from error

    def read(self, name: str) -> bytes:
        """The bytes of the part ``name``; the error for a damaged package where it cannot be unpacked."""
        try:
            # Sizes were promised by the directory, and zipfile reads no more than was promised.
            return self._archive.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
            raise self._broken from error
        except (NotImplementedError, RuntimeError, ValueError) as error:
            raise self._broken from error

    def check(self, name: str) -> bytes:
        """The bytes of an XML part, unless it declares a document type or is nested beyond any text."""
        data = self.refuse_entities(name)
        if _depth(data) > _MAX_DEPTH:
            raise FormatError(_("The file is nested too deeply to be a text; it was not opened."), path=self._path)
        return data

    def refuse_entities(self, name: str) -> bytes:
        """The bytes of an XML part, unless it declares a document type: office programs never write one, so it is there
        to make entities grow or to reach for files."""
        data = self.read(name)
        if _DOCTYPE.search(data) or _DOCTYPE.search(data[:4096].replace(b"\x00", b"")):
            raise self._entities()
        return data

    def xml(self, name: str) -> _Element:
        """The root of the XML part ``name``, checked first."""
        return self._parsed(self.check(name))

    def outline(self, name: str) -> _Element:
        """The root of an XML part that may name a document type (EPUB's do) but declares no entities."""
        data = self.read(name)
        if _ENTITY.search(data) or _ENTITY.search(data.replace(b"\x00", b"")):
            raise self._entities()
        return self._parsed(data)

    def _parsed(self, data: bytes) -> _Element:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._broken from error

    def _entities(self) -> FormatError:
        return FormatError(_("The file declares XML entities; it was not opened."), path=self._path)


def _depth(data: bytes) -> int:
    from lxml import etree

    depth = deepest = 0
    parser = etree.iterparse(io.BytesIO(data), events=("start", "end"), huge_tree=False, resolve_entities=False)
    try:
        for event, element in parser:
            depth += 1 if event == "start" else -1
            deepest = max(deepest, depth)
            if event == "end":
                element.clear()
    except etree.XMLSyntaxError as error:
        # libxml2 stops at a depth of 256; other faults are for the reader of the part to find.
        return _MAX_DEPTH + 1 if "depth" in str(error).lower() else deepest
    return deepest
