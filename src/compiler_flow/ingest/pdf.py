"""PDF files: PDFium hands out every character with its place; `pdf_lines` and `pdf_text` make paragraphs of them.

PDFium and not pypdf, because it is five times as fast, knows where each character stands, and is the parser that a
browser trusts with hostile files. Nothing in a file is run or fetched: it is built without JavaScript and forms.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest import phrases
from compiler_flow.ingest.content import article, fold, without_title
from compiler_flow.ingest.pdf_lines import MARKS, SIGNS, Char, Page, lines_of
from compiler_flow.ingest.pdf_text import Text, text_of
from compiler_flow.model import Article, Metadata
from compiler_flow.text import lazy_pattern

SUFFIXES = (".pdf",)

MAX_PAGES = 2000
# No article has more letters; a page with more than this many characters is no page of text.
_MAX_CHARS = 20_000_000
_MAX_PAGE_CHARS = 200_000
# Fewer letters on a page than this, on the average, and there are only page numbers and stamps.
_SCAN_LETTERS = 25
_UNREADABLE = 0.3
_BOLD = lazy_pattern(r"(?i)bold|black|heavy|demi|semibd")
_ITALIC = lazy_pattern(r"(?i)italic|oblique|slanted")
_BOLD_WEIGHT = 600
_UPRIGHT = 0.1
_NAME_LENGTH = 256
_OTHER_HEIGHT = 0.15
# How far above the base line, in heights of the font, raised figures begin, and raised signs, which never stand on it.
_RAISE = 0.22
_SIGN_RAISE = 0.45
_SMALL = 0.6
# Words that programs put into the title of a file.
_NO_TITLE = lazy_pattern(
    r"(?i)^(?:microsoft word|untitled|document\d*|slide \d|print|layout)|\.(?:docx?|indd|pdf|odt|pptx?|qxd|tex)$"
)
_PRIVATE = range(0xE000, 0xF900)


def read(data: bytes, path: Path) -> Article:
    """The article in a PDF file: lines joined into paragraphs, columns one after the other, notes at the end, headers,
    footers and page numbers left out. The largest lines of the first page are proposed as the title.

    Raises ``FormatError`` for what is no PDF file, is locked, is a scan, or whose letters cannot be told.
    """
    document = _opened(data, path)
    try:
        pages, pictures = _pages(document, path)
        called = fold(str(document.get_metadata_value("Title") or "")).strip()
    finally:
        document.close()
    _check_letters(pages, pictures, path)
    text = text_of(pages)
    title = _title(text, called)
    metadata = Metadata(title=title, guessed=frozenset({"title"} if title else ()))
    return article(path, metadata, without_title(text.blocks, title))


def _opened(data: bytes, path: Path) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise FormatError(
                _("The PDF file is locked with a password."), path=path, hint=_("Save a copy of it without one.")
            ) from error
        raise FormatError(
            _("This is not a PDF file, or it is damaged."),
            path=path,
            hint=_("Fetch it again, or print it to PDF anew."),
        ) from error
    if count > MAX_PAGES:
        document.close()
        raise FormatError(
            _("The PDF file has {count} pages; that is no article.").format(count=count),
            path=path,
            hint=_("Save the pages of the article as a file of their own."),
        )
    return document


def _pages(document: Any, path: Path) -> tuple[list[Page], int]:
    """The lines of all pages, and how many pages hold a picture."""
    import pypdfium2

    pages: list[Page] = []
    pictures = total = 0
    for number in range(len(document)):
        try:
            page = document[number]
            width, height = page.get_size()
            text = page.get_textpage()
            count = text.count_chars()
            total += count
            if count > _MAX_PAGE_CHARS or total > _MAX_CHARS:
                raise FormatError(_("The PDF file holds more text than any article."), path=path)
            pages.append(Page(number, width, height, lines_of(_chars(text, count), number)))
            if count < _SCAN_LETTERS:
                pictures += _has_picture(page)
            text.close()
            page.close()
        except pypdfium2.PdfiumError:
            # One damaged page does not cost the others.
            pages.append(Page(number, 0, 0, ()))
    return pages, pictures


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    return any(True for _object in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=2))


def _chars(text: Any, count: int) -> Iterator[Char]:
    """Every upright character of a page with its box, base line and style, and the line ends PDFium sees."""
    import pypdfium2.raw as pdfium

    handle = text.raw
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    styles = _Styles(handle)
    look = None
    height = nominal = 0.0
    fresh = True
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if code in (10, 13):
            fresh = True
            yield Char("\n", 0, 0, 0, 0)
            continue
        if not pdfium.FPDFText_GetLooseCharBox(handle, index, box):
            continue
        pdfium.FPDFText_GetCharOrigin(handle, index, x, y)
        now, tall = pdfium.FPDFText_GetFontSize(handle, index), box.top - box.bottom
        if fresh or now != nominal or abs(tall - height) > _OTHER_HEIGHT * height:
            look = styles.at(index, now)
            height, nominal, fresh = tall, now, False
        if look is None:
            continue
        char = chr(code) if code not in (2, 0xAD) else "\u00ad"
        rise = _RAISE if char in MARKS else _SIGN_RAISE if char in SIGNS else 0
        if rise and styles.is_raised(index, y.value + rise * look.size):
            # A figure that the font itself sets high: as if it were printed small and higher.
            yield Char(char, box.left, box.right, y.value + _RAISE * look.size, look.size * _SMALL)
            continue
        fresh = fresh or char.isspace()
        made = char.isspace() and bool(pdfium.FPDFText_IsGenerated(handle, index))
        yield Char(char, box.left, box.right, y.value, look.size, look.bold, look.italic, made)


@dataclass(frozen=True, slots=True)
class _Look:
    size: float
    bold: bool
    italic: bool


class _Styles:
    """The print of a character: its size on the page, and what the name and weight of its font say."""

    def __init__(self, handle: Any) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._handle = handle
        self._name = ctypes.create_string_buffer(_NAME_LENGTH)
        self._flags = ctypes.c_int()
        self._ends = [ctypes.c_double() for _side in range(4)]
        self._matrix = pdfium.FS_MATRIX()
        self._known: dict[tuple[bytes, int], tuple[bool, bool]] = {}

    def is_raised(self, index: int, height: float) -> bool:
        """Whether the ink of the character at ``index`` begins above ``height``."""
        ends = self._ends
        self._pdfium.FPDFText_GetCharBox(self._handle, index, *ends)
        return ends[2].value > height

    def at(self, index: int, nominal: float) -> _Look | None:
        """How the character at ``index`` looks; ``None`` for one that stands aslant, such as a watermark's."""
        pdfium, handle = self._pdfium, self._handle
        if not pdfium.FPDFText_GetMatrix(handle, index, self._matrix):
            return _Look(nominal, bold=False, italic=False)
        if abs(self._matrix.b) > _UPRIGHT * abs(self._matrix.a):
            return None
        length = pdfium.FPDFText_GetFontInfo(handle, index, self._name, _NAME_LENGTH, self._flags)
        key = (self._name.value if length else b"", pdfium.FPDFText_GetFontWeight(handle, index))
        bold, italic = self._known.get(key) or self._known.setdefault(key, _style(*key))
        return _Look(nominal * abs(self._matrix.d), bold=bold, italic=italic)


def _style(name: bytes, weight: int) -> tuple[bool, bool]:
    shown = name.decode("utf-8", "replace")
    return bool(_BOLD.search(shown)) or weight >= _BOLD_WEIGHT, bool(_ITALIC.search(shown))


def _check_letters(pages: list[Page], pictures: int, path: Path) -> None:
    text = "".join(line.text for page in pages for line in page.lines)
    letters = sum(map(str.isalnum, text))
    if letters < _SCAN_LETTERS * max(len(pages), 1) and pictures:
        raise FormatError(
            _("This PDF file is a scan: its pages are pictures without text."),
            path=path,
            hint=_("Let a program recognise the text first, for example: ocrmypdf IN.pdf OUT.pdf"),
        )
    lost = sum(1 for char in text if char == "\ufffd" or ord(char) in _PRIVATE or ord(char) < 32)
    if lost > _UNREADABLE * max(len(text), 1):
        raise FormatError(
            _("The letters of this PDF file cannot be told from its fonts."),
            path=path,
            hint=_("Let a program recognise the text, for example: ocrmypdf --force-ocr IN.pdf OUT.pdf"),
        )


def _title(text: Text, called: str) -> str:
    if called and not _NO_TITLE.search(called) and (not text.title or _same(called, text.title)):
        return called
    return text.title


def _same(one: str, other: str) -> bool:
    short, long = sorted((phrases.letters(one), phrases.letters(other)), key=len)
    return bool(short) and short in long
