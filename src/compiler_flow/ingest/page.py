"""Marked-up pages before anybody looks for an article in them: decoded, parsed, and without what only a browser needs.

Web pages, chapters of books and the HTML parts of mails go through here.
"""

from __future__ import annotations

import codecs
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from compiler_flow.errors import FormatError
from compiler_flow.files import decode
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest import captions, signs, tree
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 32 * 1024 * 1024
# What is left of a news page without scripts and pictures; extraction needs minutes for what is far beyond.
MAX_CHARS = 2_000_000
MAX_TAGS = 40_000

_DECLARED = lazy_pattern(
    rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]+encoding=["']([\w.:-]+)"""
)
# Pictures kept inside a saved page make up nearly all of its bytes.
_EMBEDDED = lazy_pattern(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s%]{64,}")
_NO_TEXT = lazy_pattern(r"(?is)<(script|style|svg|noscript|template)\b[^>]*>.*?</\1\s*>")
_DECLARATION = lazy_pattern(r"^\s*<\?xml[^>]*\?>")
_REPLACED = 0.001

# The marks of notes in a text (1, [2], *, a) and the arrows back from the notes.
_NOTE_MARK = lazy_pattern(r"\[?\(?(?:\d{1,3}|[a-z]|[*†‡§]{1,3}|[ivx]{1,5})\)?\]?$")
_NOTE_BACK = lazy_pattern(r"[↩↑⇑⤴^←⏎\ufe0e\ufe0f\s]+$")
_PERMALINK = lazy_pattern(r"[#¶§🔗]?$")
_HIDDEN_CLASS = lazy_pattern(r"(?:^|\s)(?:sr-only|visually-hidden|screen-reader-text|u-hidden|noprint)(?:\s|$)")
_HIDDEN_STYLE = lazy_pattern(r"display\s*:\s*none|visibility\s*:\s*hidden")
# A whole article under a curtain is not a label for screen readers.
_HIDDEN_LENGTH = 400
# A longer cell is a column of the page.
_CELL = 300
_SPLITTABLE = frozenset({"div", "td", "p", "body", "section", "article", "center", "font", "span", "main"})
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "ul", "ol", "dl", "table", "blockquote", "pre", "figure", "hr", "center", "main"}
    | {f"h{level}" for level in range(1, 7)}
)


def text_of(data: bytes, path: Path, *, address: str = "") -> str:
    """The page as text, in the encoding that it declares, without embedded pictures; ``address`` is noted in it as
    browsers do in the pages that they save.

    Raises ``FormatError`` for what is no text, and for more than one article can be.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(path)
    page = _EMBEDDED.sub("", _decoded(data, path))
    if len(page) > MAX_CHARS or page.count("<") > MAX_TAGS:
        # Metadata are read from scripts, so they only go where the page is too large with them.
        page = _NO_TEXT.sub("", page)
        if len(page) > MAX_CHARS or page.count("<") > MAX_TAGS:
            raise _too_large(path)
    return f"<!-- saved from url=({len(address):04}){address} -->\n{page}" if address else page


def _too_large(path: Path) -> FormatError:
    return FormatError(
        _("The page is too large to be one article."),
        path=path,
        hint=_("Save it without pictures, or paste the article into a .txt file."),
    )


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


def parsed(data: bytes, path: Path) -> _Element | None:
    """The tree of a page, or ``None`` where there is nothing in it. Raises ``FormatError`` as ``text_of`` does."""
    return tree_of(text_of(data, path))


def tree_of(page: str) -> _Element | None:
    """The tree of a page that was decoded already. Nesting beyond what libxml2 allows is cut off."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False, no_network=True)
    try:
        # As bytes: a text that still names its old encoding would be refused.
        root = html.document_fromstring(_DECLARATION.sub("", page).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root


def tidied(root: _Element, base: str = "") -> _Element:
    """``root`` without hidden and struck-out texts and marks of notes, with figures set high or low as their own
    characters, marks round quotations, captions as paragraphs, and links made whole against ``base``, the address the
    page came from; changed in place.
    """
    for element in root.iter("base"):
        with contextlib.suppress(ValueError):
            base = urljoin(base, element.get("href") or "")
        break
    for element in list(root.iter()):
        if isinstance(element.tag, str):
            _tidy(element, base)
    signs.set_figures(root)
    signs.write_quotes(root)
    for table in list(root.iter("table")):
        if _is_layout(table):
            _unfold(table)
    captions.set_free(root)
    for element in list(root.iter("br")):
        if _ends_paragraph(element):
            _split_paragraphs(element.getparent())
    return root


def _is_layout(table: _Element) -> bool:
    """Whether a table only puts things side by side: tables of figures hold short lines and no blocks."""
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return True
    if table.find(".//th") is not None or table.find(".//caption") is not None:
        return False
    cells = list(table.iter("td"))
    rows = [len(row.findall("td")) for row in table.iter("tr")]
    if max(rows, default=0) <= 1:
        return True
    return any(
        len("".join(map(str, cell.itertext())).strip()) > _CELL
        or cell.find(".//h1") is not None
        or cell.find(".//h2") is not None
        or cell.find(".//ul") is not None
        or len(cell.findall(".//p")) > 1
        for cell in cells
    )


def _unfold(table: _Element) -> None:
    """The cells of a layout table as divisions, one after the other."""
    for part in [table, *table.iter("tbody", "thead", "tfoot", "tr", "td", "th", "center")]:
        if part is table or next(part.iterancestors("table"), None) in (table, None):
            part.tag = "div"


def _ends_paragraph(element: _Element) -> bool:
    after = element.getnext()
    return (
        after is not None and after.tag == "br" and not (element.tail or "").strip() and element.getparent() is not None
    )


def _split_paragraphs(parent: _Element | None) -> None:
    """Lines that stand apart by two line breaks in ``parent`` as paragraphs of their own."""
    if parent is None or parent.tag not in _SPLITTABLE:
        return
    children = list(parent)
    text, parent.text = parent.text, None
    for child in children:
        parent.remove(child)
    # A paragraph cannot hold paragraphs.
    parent.tag = "div" if parent.tag == "p" else parent.tag
    filler = _Filler(parent)
    filler.text(text)
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag == "br":
            filler.breaks += 1
        elif child.tag in _BLOCKS:
            filler.block(child)
        else:
            filler.inline(child)
        filler.text(tail)


class _Filler:
    """Puts texts and elements into ``parent``, a paragraph for what stands between blocks or two line breaks."""

    def __init__(self, parent: _Element) -> None:
        self._parent = parent
        self._line: _Element | None = None
        self.breaks = 0

    def block(self, child: _Element) -> None:
        """A block, which ends the paragraph."""
        self._line = None
        self.breaks = 0
        self._parent.append(child)

    def inline(self, child: _Element) -> None:
        """An element inside a line."""
        self._resumed().append(child)

    def text(self, text: str | None) -> None:
        """Text; white space alone begins nothing."""
        if not text or not (text.strip() or (self._line is not None and not self.breaks)):
            return
        line = self._resumed()
        if len(line):
            line[-1].tail = (line[-1].tail or "") + text
        else:
            line.text = (line.text or "") + text

    def _resumed(self) -> _Element:
        from lxml import html

        line = self._line
        if line is None or self.breaks > 1:
            line = self._line = html.Element("p")
            self._parent.append(line)
        elif self.breaks:
            line.append(html.Element("br"))
        self.breaks = 0
        return line


def _tidy(element: _Element, base: str) -> None:
    tag = element.tag
    if _is_hidden(element) or signs.is_struck(element):
        tree.drop(element)
    elif tag == "a":
        _tidy_link(element, base)


def _tidy_link(link: _Element, base: str) -> None:
    href = (link.get("href") or "").strip()
    if href.startswith("#") or (base and "#" in href and href.partition("#")[0] == base.partition("#")[0]):
        text = "".join(map(str, link.itertext())).strip()
        if _NOTE_MARK.match(text) or _NOTE_BACK.match(text) or (_PERMALINK.match(text) and not len(link)):
            parent = link.getparent()
            tree.drop(link)
            if parent is not None and parent.tag == "sup" and not "".join(map(str, parent.itertext())).strip(" []()"):
                tree.drop(parent)
        else:
            del link.attrib["href"]
    elif href and base and not urlsplit(href).scheme:
        with contextlib.suppress(ValueError):
            link.set("href", urljoin(base, href))


def _is_hidden(element: _Element) -> bool:
    hidden = (
        element.get("hidden") is not None
        or _HIDDEN_STYLE.search(element.get("style") or "")
        or _HIDDEN_CLASS.search(element.get("class") or "")
    )
    return bool(hidden) and len("".join(map(str, element.itertext()))) < _HIDDEN_LENGTH
