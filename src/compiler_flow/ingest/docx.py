"""Word files: mammoth reads the text and its styles. Pictures, macros and links to outside files are never opened."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest import tree
from compiler_flow.ingest.content import article, fold
from compiler_flow.model import Article, BlockKind, Metadata
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".docx", ".docm")

# No article unpacks to more; a ratio like this one is only reached on purpose (deflate's own limit is 1032).
MAX_UNPACKED = 100 * 1024 * 1024
_MAX_RATIO = 200
_RATIO_MATTERS = 10 * 1024 * 1024
_MAX_DEPTH = 200

_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='List Bullet'] => ul > li:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Number'] => ol > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
"""
_CORE = "docProps/core.xml"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
# The notes themselves stay, at the end; their marks and the arrows back are layout.
_NOTE_MARK = lazy_pattern(r"#(?:foot|end)note-|#comment-")
_DOCTYPE = lazy_pattern(rb"<!(?:DOCTYPE|ENTITY)")


def read(data: bytes, path: Path) -> Article:
    """The article in a Word file: its title is the text in the style Title, else a heading that comes first, else
    what the file's properties say.

    Raises ``FormatError`` where the file is no Word file or would unpack to more than memory should hold.
    """
    core = _checked(data, path)
    page = _page(data, path)
    root = _parsed(page)
    title = ""
    if root is not None:
        top = root.find(".//h1[@class='title']")
        if top is not None:
            title = fold("".join(map(str, top.itertext()))).strip()
            _drop(top)
        for mark in [each for each in root.iter("a") if _NOTE_MARK.match(each.get("href") or "")]:
            _drop(mark)
    blocks = tuple(tree.blocks(root)) if root is not None else ()
    if not title and blocks and blocks[0].kind is BlockKind.HEADING:
        title, blocks = blocks[0].text, blocks[1:]
    title = title or core.get("title", "")
    language = core.get("language", "")
    guessed = frozenset(name for name, value in (("title", title), ("language", language)) if value)
    return article(path, Metadata(title=title, language=language, guessed=guessed), blocks)


def _checked(data: bytes, path: Path) -> dict[str, str]:
    """The core properties of the package, after nothing in it was found that could harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if not any(part.filename == "word/document.xml" for part in parts):
                raise _no_word(path)
            size = sum(part.file_size for part in parts)
            if size > MAX_UNPACKED or (size > _RATIO_MATTERS and size > _MAX_RATIO * len(data)):
                raise FormatError(
                    _("The file would unpack to {size} MB; it was not opened.").format(size=size // 2**20),
                    path=path,
                    hint=_("Open it in Word and save it again without pictures."),
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_part(archive.read(part), path)
            return _core(archive.read(_CORE)) if any(part.filename == _CORE for part in parts) else {}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _no_word(path) from error


def _check_part(data: bytes, path: Path) -> None:
    # Word never writes a document type; one is there to make entities grow or to reach for files.
    if _DOCTYPE.search(data):
        raise FormatError(_("The file declares XML entities; it was not opened."), path=path)
    if _depth(data) > _MAX_DEPTH:
        raise FormatError(_("The file is nested too deeply to be a text; it was not opened."), path=path)


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


def _no_word(path: Path) -> FormatError:
    return FormatError(
        _("This is not a Word file, or it is damaged."), path=path, hint=_("Open it in Word and save it as .docx.")
    )


def _core(data: bytes) -> dict[str, str]:
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return {}
    found = {name: fold(root.findtext(_DUBLIN_CORE + name) or "").strip() for name in ("title", "language")}
    return {name: value for name, value in found.items() if value}


def _page(data: bytes, path: Path) -> str:
    import mammoth

    def no_picture(_image: Any) -> list[Any]:
        return []

    try:
        return str(mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES, convert_image=no_picture).value)
    except Exception as error:
        raise _no_word(path) from error


def _parsed(page: str) -> _Element | None:
    from lxml import html

    return html.fromstring(f"<div>{page}</div>") if page.strip() else None


def _drop(element: _Element) -> None:
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
