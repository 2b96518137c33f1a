"""Inline Markdown inside a unit: emphasis, strong, code and links. Everything else is plain text.

The dialect is CommonMark's inline part without images and raw HTML, so that a unit can never carry markup of its own
into an output. Bare addresses stay text.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_SPECIAL = lazy_pattern(r"[\\`*_\[\]<&]")
_ESCAPABLE = lazy_pattern(r"([\\`*_\[\]<])")
_SAFE_ADDRESS = lazy_pattern(r"(?i)(?:https?://|mailto:)\S+\Z")
# CommonMark's flanking rules read ``**背景：**正文`` as no emphasis, because a punctuation mark stands inside and a
# letter outside. Chinese has no spaces to mend that, so while parsing its marks are disguised as letters (private use).
_MARKS = "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·%％℃°～–"
_DISGUISE = {ord(mark): chr(0xF8A0 + index) for index, mark in enumerate(_MARKS)}
_REVEAL = {ord(disguise): chr(mark) for mark, disguise in _DISGUISE.items()}


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style. ``href`` is an http(s) or mailto address, or empty."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    href: str = ""


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    class Parser(MarkdownIt):
        def normalizeLink(self, url: str) -> str:  # noqa: N802 (the library's name)
            """Leave the address as typed: percent-encoding is the renderers' business."""
            return url

    return Parser("zero").enable(["emphasis", "backticks", "escape", "link", "autolink", "entity"])


def spans(text: str) -> tuple[Span, ...]:
    """``text`` (inline Markdown) as runs of one style each, in order; their texts joined are ``plain(text)``."""
    if not _SPECIAL.search(text):
        return (Span(text),) if text else ()
    found: list[Span] = []
    strong = emphasis = 0
    href = ""
    for token in _parser().parseInline(text.translate(_DISGUISE))[0].children or ():
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "link_open":
                address = str(token.attrGet("href") or "").translate(_REVEAL)
                href = address if is_safe_address(address) else ""
            case "link_close":
                href = ""
            case "softbreak" | "hardbreak":
                found.append(Span("\n", bool(strong), bool(emphasis), False, href))
            case _ if token.content:
                code = token.type == "code_inline"
                found.append(Span(token.content.translate(_REVEAL), bool(strong), bool(emphasis), code, href))
    return tuple(_joined(found))


def _joined(parts: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and (last.strong, last.emphasis, last.code, last.href) == (
            part.strong,
            part.emphasis,
            part.code,
            part.href,
        ):
            joined[-1] = Span(last.text + part.text, part.strong, part.emphasis, part.code, part.href)
        else:
            joined.append(part)
    return joined


def plain(text: str) -> str:
    """``text`` (inline Markdown) as a reader sees it, without marks."""
    if not _SPECIAL.search(text):
        return text
    return "".join(span.text for span in spans(text))


def escape(text: str) -> str:
    """Plain text written so that ``spans`` gives it back as it is."""
    return _ESCAPABLE.sub(r"\\\1", text).replace("&", "&amp;") if _SPECIAL.search(text) else text


def is_safe_address(address: str) -> bool:
    """Whether an output may link to ``address``: http, https and mailto only."""
    return bool(_SAFE_ADDRESS.match(address))
