"""The parts of a Word file as mammoth should see them: what it does not read itself is said in ways that it does.

Struck-out and hidden text goes, what a character style sets high or low is set so where it stands (ECMA-376 part 1,
17.3.2), and the numbers of list paragraphs are bookmarks in them. Parts that are no XML (pictures, macros) stay behind.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from compiler_flow.ingest import word_lists
from compiler_flow.ingest.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

DOCUMENT = "word/document.xml"
NUMBER = "list-number-"
"""What begins the name of a bookmark that says the number of the list paragraph which it stands in."""

_NUMBERING = "word/numbering.xml"
_TEXTS = (DOCUMENT, "word/footnotes.xml", "word/endnotes.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset({"0", "false", "off", "none"})
_GONE = ("strike", "dstrike", "vanish")
# Fields begin and end in runs that may be hidden.
_SKELETON = frozenset(_W + name for name in ("rPr", "fldChar", "instrText"))


def prepared(package: Package) -> bytes:
    """The Word file in ``package`` anew."""
    from lxml import etree

    styles = _styles(package.xml("word/styles.xml")) if "word/styles.xml" in package.names else {}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(package.names):
            if name in _TEXTS:
                root = package.xml(name)
                _settle(root, styles)
                if name == DOCUMENT:
                    _number(root, package, styles)
                archive.writestr(name, etree.tostring(root, encoding="UTF-8"))
            elif name.endswith((".xml", ".rels")):
                archive.writestr(name, package.read(name))
    return made.getvalue()


def _styles(root: _Element) -> Mapping[str, _Element]:
    return {str(style.get(f"{_W}styleId") or ""): style for style in root.iter(f"{_W}style")}


def _settle(root: _Element, styles: Mapping[str, _Element]) -> None:
    for run in list(root.iter(f"{_W}r")):
        if any(_is_on(_said(run, name, styles)) for name in _GONE):
            for child in list(run):
                if child.tag not in _SKELETON:
                    run.remove(child)
            continue
        position = _said(run, "vertAlign", styles)
        own = run.find(f"{_W}rPr")
        if position is not None and own is not None and position.getparent() is not own:
            own.append(copy.deepcopy(position))


def _number(root: _Element, package: Package, styles: Mapping[str, _Element]) -> None:
    """Say the numbers of list paragraphs as bookmarks, which mammoth hands out as anchors."""
    numbering = package.xml(_NUMBERING) if _NUMBERING in package.names else None
    for paragraph, number in list(word_lists.numbers(root, numbering, styles)):
        mark = paragraph.makeelement(f"{_W}bookmarkStart", {f"{_W}name": f"{NUMBER}{number}"})
        properties = paragraph.find(f"{_W}pPr")
        paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, mark)


def _is_on(toggle: _Element | None) -> bool:
    return toggle is not None and (toggle.get(f"{_W}val") or "1") not in _OFF


def _said(run: _Element, name: str, styles: Mapping[str, _Element]) -> _Element | None:
    """The property ``name`` of ``run``: its own, else its style's, else its paragraph's style's."""
    return next((found for each in _properties(run, styles) if (found := each.find(_W + name)) is not None), None)


def _properties(run: _Element, styles: Mapping[str, _Element]) -> Iterator[_Element]:
    own = run.find(f"{_W}rPr")
    if own is not None:
        yield own
        yield from _inherited(own.find(f"{_W}rStyle"), styles)
    paragraph = next(run.iterancestors(f"{_W}p"), None)
    if paragraph is not None:
        yield from _inherited(paragraph.find(f"{_W}pPr/{_W}pStyle"), styles)


def _inherited(named: _Element | None, styles: Mapping[str, _Element]) -> Iterator[_Element]:
    """The run properties of a style and of those that it is based on, nearest first."""
    seen: set[str] = set()
    while named is not None and (name := str(named.get(f"{_W}val") or "")) in styles and name not in seen:
        seen.add(name)
        properties = styles[name].find(f"{_W}rPr")
        if properties is not None:
            yield properties
        named = styles[name].find(f"{_W}basedOn")
