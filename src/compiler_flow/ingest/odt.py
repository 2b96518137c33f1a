"""OpenDocument texts (LibreOffice Writer): the parts that hold text, read as ODF 1.3 part 3 describes them.

Text boxes and shapes come behind the paragraph that they hang on. Pictures, macros, comments, deleted text and links to
outside files are never opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest import signs, tree
from compiler_flow.ingest.content import article, fold, headed, whole
from compiler_flow.ingest.package import Package
from compiler_flow.model import Article, Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".odt", ".ott")

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _STYLE, _TABLE, _OFFICE, _DRAW = (_NAMESPACE % name for name in ("text", "style", "table", "office", "drawing"))
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
_MOST_SPACES = 100

_Given = TypeVar("_Given", bool, str)


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style says that matters to us; ``None`` where it leaves the matter to its parent.

    ``position`` is the element for text that stands high or low, empty for text on the line; ``gone`` says that the
    text is struck out or hidden.
    """

    parent: str = ""
    bold: bool | None = None
    italic: bool | None = None
    position: str | None = None
    gone: bool | None = None


@dataclass(frozen=True, slots=True)
class _Styles:
    looks: Mapping[str, _Look]
    numbered: Mapping[str, int]
    notes: list[_Element] = field(default_factory=list)
    shapes: list[_Element] = field(default_factory=list)
    reached: dict[str, int] = field(default_factory=dict)

    def names(self, name: str) -> Iterator[str]:
        """The style and what it is made from, nearest first."""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            yield name
            name = self.looks.get(name, _Look()).parent

    def look(self, name: str) -> _Look:
        """How text in this style looks, with what it leaves to the styles that it is made from."""
        given = [self.looks.get(each, _Look()) for each in self.names(name)]

        def first(values: Iterable[_Given | None]) -> _Given | None:
            return next((value for value in values if value is not None), None)

        return _Look(
            bold=first(each.bold for each in given),
            italic=first(each.italic for each in given),
            position=first(each.position for each in given),
            gone=first(each.gone for each in given),
        )

    def is_a(self, name: str, *wanted: str) -> bool:
        """Whether the style is one of ``wanted`` or made from one."""
        return any(each.replace("_20_", " ") in wanted for each in self.names(name))


def read(data: bytes, path: Path) -> Article:
    """The article in an OpenDocument text: its title is the paragraph in the style Title, else a heading that comes
    first, else what the file's properties say.

    Raises ``FormatError`` where the file is no OpenDocument text or would unpack to more than memory should hold.
    """
    broken = FormatError(
        _("This is not an OpenDocument text, or it is damaged."),
        path=path,
        hint=_("Open it in LibreOffice and save it as .odt."),
    )
    package = Package(data, path, broken)
    if "content.xml" not in package.names:
        raise broken
    content = package.xml("content.xml")
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        # An encrypted text has a content.xml that is no XML; a table or a drawing has another body.
        raise broken
    sheets = [content, *(package.xml(name) for name in ("styles.xml",) if name in package.names)]
    root = _page(body, _styles(sheets))
    signs.set_figures(root)
    title = tree.taken_title(root)
    blocks = tuple(tree.blocks(root))
    title, blocks = headed(title, blocks)
    title = title or (_property(package, f"{_DUBLIN_CORE}title") if "meta.xml" in package.names else "")
    return article(path, Metadata(title=title, guessed=frozenset({"title"} if title else ())), blocks)


def _property(package: Package, name: str) -> str:
    found = package.xml("meta.xml").find(f".//{name}")
    return fold(found.text or "").strip() if found is not None else ""


def _styles(sheets: list[_Element]) -> _Styles:
    looks: dict[str, _Look] = {}
    numbered: dict[str, int] = {}
    for sheet in sheets:
        for style in sheet.iter(f"{_STYLE}style"):
            name = style.get(f"{_STYLE}name") or ""
            looks.setdefault(name, _looked(style))
        for style in sheet.iter(f"{_TEXT}list-style"):
            first = next((each for each in style if isinstance(each.tag, str)), None)
            is_numbered = first is not None and first.tag == f"{_TEXT}list-level-style-number"
            if first is not None and is_numbered and first.get(f"{_STYLE}num-format"):
                start = whole(first.get(f"{_TEXT}start-value"), 1)
                numbered.setdefault(style.get(f"{_STYLE}name") or "", start)
    return _Styles(looks, numbered)


def _looked(style: _Element) -> _Look:
    parent = style.get(f"{_STYLE}parent-style-name") or ""
    text = style.find(f"{_STYLE}text-properties")
    if text is None:
        return _Look(parent)
    weight, slant = text.get(f"{_FO}font-weight"), text.get(f"{_FO}font-style")
    position = text.get(f"{_STYLE}text-position")
    line, hidden = text.get(f"{_STYLE}text-line-through-style"), text.get(f"{_TEXT}display")
    return _Look(
        parent,
        bold=None if weight is None else weight in _BOLD,
        italic=None if slant is None else slant in ("italic", "oblique"),
        position=None if position is None else _position(position),
        gone=None if line is None and hidden is None else (line or "none") != "none" or hidden == "none",
    )


def _position(value: str) -> str:
    """The element for a ``style:text-position`` (ODF 1.3 part 3, 20.394): ``super``, ``sub`` or a percentage first."""
    first = value.split(maxsplit=1)[0] if value.strip() else ""
    if first in ("super", "sub"):
        return first[:3]
    return "" if not first.strip("-+0%") else "sub" if first.startswith("-") else "sup"


def _page(body: _Element, styles: _Styles) -> _Element:
    """The text as an HTML tree, its notes as a numbered list at the end."""
    from lxml.html import builder

    root: _Element = builder.DIV()
    _fill(root, body, styles)
    if styles.notes:
        notes = builder.OL()
        root.append(notes)
        # The list grows while it is walked: a note can have a note.
        for note in styles.notes:
            item = builder.LI()
            notes.append(item)
            _fill(item, note, styles)
    return root


def _fill(parent: _Element, holder: _Element, styles: _Styles, list_style: str = "") -> None:
    """Append what the blocks in ``holder`` say to ``parent``, and behind each what its text boxes and shapes say."""
    for element in holder:
        if isinstance(element.tag, str):
            _block(parent, element, styles, list_style)
        shapes = tuple(styles.shapes)
        styles.shapes.clear()
        for shape in shapes:
            _fill(parent, shape, styles)


def _block(parent: _Element, element: _Element, styles: _Styles, list_style: str) -> None:
    tag = element.tag
    if tag in (f"{_TEXT}h", f"{_TEXT}p"):
        _paragraph(parent, element, styles)
    elif tag == f"{_TEXT}list":
        _list(parent, element, styles, list_style)
    elif tag in (f"{_TEXT}list-item", f"{_TEXT}list-header"):
        _fill(_added(parent, "li"), element, styles, list_style)
    elif tag == f"{_TABLE}table":
        table = _added(parent, "table")
        for row in element.iter(f"{_TABLE}table-row"):
            cells = _added(table, "tr")
            for cell in row.iterchildren(f"{_TABLE}table-cell"):
                _fill(_added(cells, "td"), cell, styles)
    elif tag in (f"{_TEXT}section", f"{_TEXT}index-body") or tag.startswith(_DRAW):
        _fill(parent, element, styles)


def _paragraph(parent: _Element, element: _Element, styles: _Styles) -> None:
    style = str(element.get(f"{_TEXT}style-name") or "")
    look = styles.look(style)
    if look.gone:
        return
    if element.tag == f"{_TEXT}h":
        level = str(element.get(f"{_TEXT}outline-level") or "1")
        _line(parent, f"h{level if level in '123456' else 6}", element, styles)
    elif styles.is_a(style, "Title"):
        _line(parent, "h1", element, styles).set("class", "title")
    elif styles.is_a(style, "Quotations", "Quote", "Intense Quote"):
        _line(_added(parent, "blockquote"), "p", element, styles)
    else:
        _line(parent, "p", element, styles, look)


def _list(parent: _Element, element: _Element, styles: _Styles, list_style: str) -> None:
    named = str(element.get(f"{_TEXT}style-name") or "") or list_style
    if element.find(f"{_TEXT}list-item/{_TEXT}h") is not None:
        # A numbered heading is a heading.
        for item in element:
            _fill(parent, item, styles)
        return
    listed = _added(parent, "ol" if named in styles.numbered else "ul")
    _fill(listed, element, styles, named)
    if named in styles.numbered:
        _number(listed, element, named, styles)


def _number(listed: _Element, element: _Element, named: str, styles: _Styles) -> None:
    """Give the items of a list their numbers (ODF 1.3 part 3, 19.780 and 19.781): it may go on with a list before it,
    and an item that holds only an inner list has none."""
    is_resumed = element.get(f"{_TEXT}continue-numbering") == "true"
    before = styles.reached.get(element.get(f"{_TEXT}continue-list") or (named if is_resumed else ""))
    number = styles.numbered[named] - 1 if before is None else before
    items = [each for each in element if each.tag in (f"{_TEXT}list-item", f"{_TEXT}list-header")]
    for item, shown in zip(items, listed.iterchildren("li"), strict=True):
        if item.tag == f"{_TEXT}list-item" and item.find(f"{_TEXT}p") is not None:
            number = whole(item.get(f"{_TEXT}start-value"), number + 1)
            shown.set("value", str(number))
    for name in filter(None, (named, element.get(f"{_XML}id"))):
        styles.reached[name] = number


def _added(parent: _Element, tag: str) -> _Element:
    from lxml import html

    child: _Element = html.Element(tag)
    parent.append(child)
    return child


def _line(parent: _Element, tag: str, element: _Element, styles: _Styles, look: _Look | None = None) -> _Element:
    line = _added(parent, tag)
    _runs(_styled(line, look or _Look()), element, styles)
    return line


def _styled(line: _Element, look: _Look) -> _Element:
    """Where in ``line`` text that looks so belongs."""
    inner = line
    for name in filter(None, ("b" * bool(look.bold), "i" * bool(look.italic), look.position)):
        inner = _added(inner, name)
    return inner


def _runs(line: _Element, element: _Element, styles: _Styles) -> None:
    _say(line, element.text)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == f"{_TEXT}span":
            look = styles.look(str(child.get(f"{_TEXT}style-name") or ""))
            if not look.gone:
                _runs(_styled(line, look), child, styles)
        elif tag == f"{_TEXT}a":
            link = _added(line, "a")
            link.set("href", str(child.get(f"{_XLINK}href") or ""))
            _runs(link, child, styles)
        elif tag == f"{_TEXT}line-break":
            _added(line, "br")
        elif tag == f"{_TEXT}tab":
            _say(line, " ")
        elif tag == f"{_TEXT}s":
            _say(line, " " * min(whole(child.get(f"{_TEXT}c"), 1), _MOST_SPACES))
        elif tag == f"{_TEXT}note":
            styles.notes.extend(child.iterchildren(f"{_TEXT}note-body"))
        elif tag.startswith(_DRAW):
            styles.shapes.append(child)
        elif tag.startswith(_TEXT) and not tag.endswith(("-change", "change-start", "change-end")):
            # Fields, bookmarks and rubies: what they show is text.
            _runs(line, child, styles)
        _say(line, child.tail)


def _say(element: _Element, text: str | None) -> None:
    if not text:
        return
    last = element[-1] if len(element) else None
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text
