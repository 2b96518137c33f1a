"""Inline Markdown and addresses around an engine: off before, back on after, each exactly as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from compiler_flow import inline
from compiler_flow.text import lazy_pattern

# An address ends before the punctuation of the sentence it stands in.
_ADDRESS = lazy_pattern(
    r"(?:https?://|www\.)[^\s<>\"'“”‘’（）()，。；、！？\u4e00-\u9fff]*[^\s<>\"'“”‘’（）()，。；、！？\u4e00-\u9fff.,;:!?]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Region:
    """``text[start:end]`` of a plain text and how it is written in Markdown. ``fixed`` must come back verbatim.

    For the others, ``before`` and ``after`` are the marks around whatever their translation is.
    """

    start: int
    end: int
    before: str = ""
    after: str = ""
    fixed: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A unit's source without markup: what a reader sees, where its styles and fixed parts are.

    ``before`` and ``after`` are marks around the whole.
    """

    text: str
    regions: tuple[Region, ...] = ()
    before: str = ""
    after: str = ""

    @property
    def fixed(self) -> tuple[Region, ...]:
        """Code and addresses."""
        return tuple(region for region in self.regions if region.fixed)

    @property
    def styled(self) -> tuple[Region, ...]:
        """Emphasis and links inside the sentence."""
        return tuple(region for region in self.regions if not region.fixed)


def strip(source: str) -> Sentence:
    """A unit's inline Markdown as a plain sentence and its regions."""
    spans = [span for span in inline.spans(source) if span.text]
    if len(spans) == 1 and not spans[0].code and not _is_address(spans[0]):
        before, after = _marks(spans[0])
        return Sentence(spans[0].text, tuple(_addresses(spans[0].text, 0)), before, after)
    regions: list[Region] = []
    at = 0
    for span in spans:
        end = at + len(span.text)
        if span.code or _is_address(span):
            regions.append(Region(at, end, fixed=_written(span)))
        elif any(_marks(span)) and span.text.strip():
            regions.append(Region(at, end, *_marks(span)))
        else:
            regions += _addresses(span.text, at)
        at = end
    return Sentence("".join(span.text for span in spans), tuple(regions))


def _is_address(span: inline.Span) -> bool:
    return bool(span.href) and span.text in (span.href, span.href.removeprefix("mailto:"))


def _addresses(text: str, at: int) -> Iterable[Region]:
    for found in _ADDRESS.finditer(text):
        yield Region(at + found.start(), at + found.end(), fixed=written(found[0]))


def _marks(span: inline.Span) -> tuple[str, str]:
    mark = "*" * (span.emphasis + 2 * span.strong)
    return (f"{mark}[", f"]({span.href}){mark}") if span.href else (mark, mark)


def _written(span: inline.Span) -> str:
    if span.code:
        fence = "``" if "`" in span.text else "`"
        return f"{fence}{span.text}{fence}"
    return f"<{span.text}>"


def written(text: str) -> str:
    """Plain text as Markdown that reads the same; untouched where it reads the same already."""
    return text if inline.plain(text) == text else inline.escape(text)


def compose(draft: str, regions: Iterable[Region], sentence: Sentence) -> str:
    """``draft`` (plain) in Markdown, with ``regions`` of it marked, inside the marks around the whole sentence.

    A reader of the result sees ``draft``: where marks would swallow letters of it, they are left out.
    """
    placed = sorted(regions, key=lambda region: region.start)
    for write in (written, inline.escape):
        text = sentence.before + _joined(draft, placed, write) + sentence.after
        if inline.plain(text) == draft:
            return text
    return written(draft)


def _joined(draft: str, regions: Iterable[Region], write: Callable[[str], str]) -> str:
    parts, at = [], 0
    for region in regions:
        if region.start < at:
            continue
        inside = region.fixed or write(draft[region.start : region.end])
        parts += [write(draft[at : region.start]), region.before, inside, region.after]
        at = region.end
    return "".join([*parts, write(draft[at:])])
