"""What stands under pictures and over tables of a page: part of the article, so it becomes a paragraph at its place.

Captions of galleries and of pictures that lead to other stories stay what they are, and so do mere credits: they are
no text of the article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler_flow.ingest import tree
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "article-caption"
"""The class of the paragraphs made here."""

_SPLIT = lazy_pattern(r"[\s_-]+|(?<=[a-z])(?=[A-Z])")
_GALLERIES = frozenset(
    {
        "album", "card", "carousel", "galleries", "gallery", "lightbox", "mosaic", "pullquote", "slide", "slider",
        "slides", "slideshow", "swiper", "teaser", "thumb", "thumbnails", "thumbs",
    }
)  # fmt: skip
_CREDITS = frozenset({"attribution", "byline", "copyright", "credit", "credits", "photographer"})
_CREDIT = lazy_pattern(
    r"(?i)^\W*(?:©|\(c\)|(?:photo|picture|image|credit|source|courtesy|foto|nuotr|zdj|фото|снимок|сурет|사진|图|摄影)"
    r"\w*\.?\s*(?:credit|来源)?\s*(?:[:：/|©]|by\b|courtesy\b))[^.!?。]{0,60}\.?$"
)
# So many pictures in a row are a gallery, whatever it is called.
_ROW = 3


def set_free(root: _Element) -> None:
    """Make paragraphs of the captions in ``root``, in place."""
    for caption in list(root.iter("figcaption")):
        figure = next(caption.iterancestors("figure"), None)
        if figure is not None and not _is_furniture(figure):
            _drop_credits(caption)
            if _says(caption):
                caption.tag = "p"
                caption.set("class", NAME)
    for figure in list(root.iter("figure")):
        if figure.find(f".//p[@class='{NAME}']") is not None or figure.find(".//table") is not None:
            figure.tag = "div"
    for caption in list(root.iter("caption")):
        table = caption.getparent()
        if table is not None and table.tag == "table" and _says(caption):
            tree.drop(caption)
            caption.tag, caption.tail = "p", None
            caption.set("class", NAME)
            table.addprevious(caption)


def _is_furniture(figure: _Element) -> bool:
    if any(each.tag == "a" or _names(each) & _GALLERIES for each in (figure, *figure.iterancestors())):
        return True
    if figure.find(".//figure") is not None or figure.find(".//blockquote") is not None:
        return True
    return 1 + _beside(figure, forward=True) + _beside(figure, forward=False) >= _ROW


def _beside(figure: _Element, *, forward: bool) -> int:
    """How many figures stand right beside ``figure`` on one side."""
    count = 0
    for each in figure.itersiblings(preceding=not forward):
        if each.tag != "figure":
            break
        count += 1
    return count


def _names(element: _Element) -> set[str]:
    return {name.lower() for name in _SPLIT.split(f"{element.get('class') or ''} {element.get('id') or ''}") if name}


def _drop_credits(caption: _Element) -> None:
    for each in list(caption.iterdescendants()):
        if isinstance(each.tag, str) and (each.tag == "cite" or _names(each) & _CREDITS):
            tree.drop(each)


def _says(caption: _Element) -> bool:
    """Whether a caption says more than who made the picture."""
    text = " ".join("".join(map(str, caption.itertext())).split())
    return any(map(str.isalpha, text)) and not _CREDIT.match(text)
