"""Word files: mammoth reads the text and its styles. Pictures, macros and links to outside files are never opened."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest import signs, tree, word
from compiler_flow.ingest.content import article, fold, headed
from compiler_flow.ingest.package import Package
from compiler_flow.model import Article, Metadata
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".docx", ".docm")

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


def read(data: bytes, path: Path) -> Article:
    """The article in a Word file: its title is the text in the style Title, else a heading that comes first, else
    what the file's properties say.

    Raises ``FormatError`` where the file is no Word file or would unpack to more than memory should hold.
    """
    package = _checked(data, path)
    core = _core(package.read(_CORE)) if _CORE in package.names else {}
    root = _parsed(_page(word.prepared(package), path))
    title = ""
    if root is not None:
        title = tree.taken_title(root)
        for mark in [each for each in root.iter("a") if _NOTE_MARK.match(each.get("href") or "")]:
            tree.drop(mark)
        _number(root)
        signs.set_figures(root)
    blocks = tuple(tree.blocks(root)) if root is not None else ()
    title, blocks = headed(title, blocks)
    title = title or core.get("title", "")
    language = core.get("language", "")
    guessed = frozenset(name for name, value in (("title", title), ("language", language)) if value)
    return article(path, Metadata(title=title, language=language, guessed=guessed), blocks)


def _number(root: _Element) -> None:
    """Give the items their numbers."""
    for mark in [each for each in root.iter("a") if (each.get("id") or "").startswith(word.NUMBER)]:
        item = next(mark.iterancestors("li"), None)
        if item is not None and item.get("value") is None:
            item.set("value", str(mark.get("id")).removeprefix(word.NUMBER))
        tree.drop(mark)


def _checked(data: bytes, path: Path) -> Package:
    """The package, after nothing in it was found that could harm."""
    package = Package(data, path, _no_word(path))
    if word.DOCUMENT not in package.names:
        raise _no_word(path)
    for name in sorted(package.names):
        if name.endswith((".xml", ".rels")):
            package.check(name)
    return package


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
