"""What markup does to the meaning of a text: figures set high or low become their own characters, as powers must, marks
stand round quotations, and text that was struck out goes.

Web pages and the trees that the readers of office files make go through here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler_flow.ingest import tree
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

FIGURES = lazy_pattern(r"[+−–-]?\d{1,3}$")
"""What stands high or low as a power, a charge or an index; anything else is an ordinal's ending or a mark."""

UNIT = lazy_pattern(r"(?:(?<![^\W\d_])(?<!['’])(?:[kcdmnµμ]?m|[ксдмн]?м)|/[sс])$")
"""The end of a text behind which a raised figure is a unit's power."""

POWER = lazy_pattern(r"[23]|[−–-][1-4]")
"""The powers that units have; what stands high behind one is the mark of a note."""

_RAISED = str.maketrans("0123456789+-−–()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−–()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₍₎")
STRUCK = frozenset({"del", "s", "strike"})
"""The elements of HTML whose text is struck out."""

_OPENING = frozenset("\"'“”„«»‘‚‹「『")
_STRUCK_STYLE = lazy_pattern(r"text-decoration[\w-]*\s*:[^;]*line-through")
# Whole articles are struck out by a forgotten end tag only.
_STRUCK_LENGTH = 2000
_IN_LINE = frozenset({"a", "abbr", "b", "code", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"})


def raised(text: str) -> str:
    """``text`` in characters that stand high by themselves."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """``text`` in characters that stand low by themselves."""
    return text.translate(_LOWERED)


def is_struck(element: _Element) -> bool:
    """Whether a line goes through the text of ``element``, so that it no longer counts."""
    is_so = element.tag in STRUCK or _STRUCK_STYLE.search(element.get("style") or "")
    return bool(is_so) and len("".join(map(str, element.itertext()))) < _STRUCK_LENGTH


def write_quotes(root: _Element) -> None:
    """Put the quotation marks that a browser shows round ``q`` elements in ``root`` into the text, where nobody typed
    any; those inside others get single ones."""
    for element in reversed(list(root.iter("q"))):
        text = "".join(map(str, element.itertext())).strip()
        if not text or any(tree.is_block(each) for each in element.iterdescendants()):
            continue
        if text[0] not in _OPENING:
            is_inner = next(element.iterancestors("q"), None) is not None
            _enclose(element, *("‘’" if is_inner else "“”"))
        element.tag = "span"


def _enclose(element: _Element, opening: str, closing: str) -> None:
    element.text = opening + (element.text or "").lstrip()
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + closing
    else:
        element.text = element.text.rstrip() + closing


def set_figures(root: _Element) -> None:
    """Put the figures that stand high or low in ``root`` into characters of their own."""
    for element in list(root.iter("sup", "sub")):
        text = "".join(map(str, element.itertext())).strip()
        if not FIGURES.match(text) or _starts_line(element):
            continue
        written = raised if element.tag == "sup" else lowered
        power = POWER.match(text) if element.tag == "sup" and UNIT.search(_before(element)) else None
        after = element.getnext()
        if power is not None and after is not None and after.tag == "sup" and not element.tail:
            # Just as high, behind a unit's power, stands the mark of a note.
            tree.drop(after)
        for child in list(element):
            element.remove(child)
        element.text = written(power[0] if power else text)


def _before(element: _Element) -> str:
    """The text that stands right before ``element``."""
    before, parent = element.getprevious(), element.getparent()
    if before is None:
        return (parent.text if parent is not None else "") or ""
    return before.tail or ""


def _starts_line(element: _Element) -> bool:
    """Whether nothing stands before ``element`` in its line: a note's own number, no power of anything."""
    while (parent := element.getparent()) is not None:
        if element.getprevious() is not None or (parent.text or "").strip():
            return False
        if parent.tag not in _IN_LINE:
            return True
        element = parent
    return True
