"""HTML built from values: whatever is not markup already is escaped, so text from articles stays text."""

from __future__ import annotations

import html

from compiler_flow.text import printable


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def element(name: str, /, *content: str, lines: bool = False, **attributes: str) -> Markup:
    """An element; ``content`` is escaped unless it is markup, empty attributes are left out.

    Attributes are named as in Python: ``class_`` is ``class``, ``data_label`` is ``data-label``. ``lines`` puts each
    piece of content on a line of its own, where white space means nothing.
    """
    inside = [piece if isinstance(piece, Markup) else html.escape(printable(piece), quote=False) for piece in content]
    joined = "".join(f"\n{piece}" for piece in inside) + "\n" if lines else "".join(inside)
    return Markup(f"<{name}{_attributes(attributes)}>{joined}</{name}>")


def void(name: str, /, **attributes: str) -> Markup:
    """An element that has no content and no end tag, such as ``meta``."""
    return Markup(f"<{name}{_attributes(attributes)}>")


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(
        f' {name.strip("_").replace("_", "-")}="{html.escape(printable(value))}"'
        for name, value in attributes.items()
        if value
    )
