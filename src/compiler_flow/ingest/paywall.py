"""Pages that show only the beginning of an article, and ask for money for the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compiler_flow import inline
from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest import phrases
from compiler_flow.ingest.page_data import linked_data
from compiler_flow.model import Block
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

_LOCKED = frozenset({"locked", "metered", "premium", "subscriber", "paid"})
_CLASS = lazy_pattern(
    r"(?i)pay-?wall|piano-|tp-modal|subscri(?:be|ption)-(?:wall|gate|prompt|required)"
    r"|premium-(?:wall|lock|gate)|regwall|meter-"
)
# A leader is a paragraph or two; letters count for Chinese and Korean, words for the others.
_FEW_WORDS = 180
_FEW_LETTERS = 320


@dataclass(frozen=True, slots=True)
class Wall:
    """What a page says about paying: ``stands`` says that it asks for it, ``words`` how long the article would be."""

    stands: bool
    words: int = 0

    def hides(self, blocks: Iterable[Block]) -> bool:
        """Whether what was found is only the beginning."""
        if not self.stands:
            return False
        text = " ".join(inline.plain(block.text) for block in blocks)
        words = len(text.split())
        if self.words:
            return 2 * words < self.words
        wide = sum("\u3040" <= char <= "\ud7a3" for char in text)
        return wide < _FEW_LETTERS if wide > len(text) // 4 else words < _FEW_WORDS

    def refusal(self, path: Path) -> FormatError:
        """The error for such a page."""
        return FormatError(
            _("The page shows only the beginning of the article; the rest is for subscribers."),
            path=path,
            hint=_("Log in, save the whole page, and add the file."),
        )


def find(root: _Element) -> Wall:
    """Whether the page of ``root`` asks for money or a login before it shows an article."""
    stands = False
    words = 0
    for item in linked_data(root):
        if str(item.get("isAccessibleForFree", "")).lower() == "false":
            stands = True
        count = str(item.get("wordCount", ""))
        words = int(count) if count.isdigit() and len(count) < 7 else words
    for each in root.iter("meta"):
        name = (each.get("property") or each.get("name") or "").lower()
        if name in ("article:content_tier", "content_tier", "og:article:content_tier"):
            stands = stands or (each.get("content") or "").lower() in _LOCKED
    if not stands:
        stands = any(_prompts(each) for each in root.iter("div", "section", "aside", "p", "h2", "h3", "span"))
    return Wall(stands, words if stands else 0)


def _prompts(element: _Element) -> bool:
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    if _CLASS.search(marks):
        return True
    # Only what stands in the element itself: the body holds everything.
    return phrases.is_in("paywall", f"{element.text or ''} {' '.join(child.tail or '' for child in element)}")
