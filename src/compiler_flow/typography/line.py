"""A block's spans as one line of characters that rules can rewrite, and back into spans.

Every character knows the run it came from, so that a mark may be judged by what stands in the next sentence or behind
an emphasis. What must not change stands in the line as one opaque character.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from compiler_flow import inline
from compiler_flow.model import Block, BulletinRole, State
from compiler_flow.text import has_han, is_han, lazy_pattern

# Noncharacters (Unicode, 23.7) never stand in a text, so they can stand for what is frozen: like a Latin word, or wide.
NARROW = "\ufdd0"
WIDE = "\ufdd1"
_FROZEN = (NARROW, WIDE)
_NONCHARACTERS = lazy_pattern("[\ufdd0-\ufdef]")
_ADDRESS = lazy_pattern(
    r"(?i)(?:https?://|ftp://|www\.)[\w\-.~:/?#\[\]@!$&'()*+,;=%]*[\w/#=&%~\-]"
    r"|[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"
    r"|\b[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.(?:com|org|net|gov|edu|int|info|html?|pdf)\b(?:/[\w\-./?=&%]*)?",
    re.ASCII,
)

Owner = tuple[int, int]


class Cell(NamedTuple):
    """A character (or a frozen text) of the line and the run that it belongs to: (span, run).

    A tuple, because an archive has millions of them.
    """

    text: str
    owner: Owner


class Line:
    """The characters of ``spans``. ``shape`` is the line as rules see it, one character for each cell."""

    def __init__(self, spans: Sequence[Block]) -> None:
        self._spans = tuple(spans)
        self._runs = [() if _is_frozen(span) else inline.spans(span.text) for span in spans]
        self._cells: list[Cell] = []
        self._is_changed = False
        self.shape = ""
        for number, span in enumerate(self._spans):
            if _is_frozen(span):
                self._freeze(span.text or span.source, (number, 0))
            for index, run in enumerate(self._runs[number]):
                self._take(run, (number, index))

    def _take(self, run: inline.Span, owner: Owner) -> None:
        if run.code or _NONCHARACTERS.search(run.text):
            self._freeze(run.text, owner)
            return
        end = 0
        for address in _ADDRESS.finditer(run.text):
            self._add(run.text[end : address.start()], owner)
            self._freeze(address[0], owner)
            end = address.end()
        self._add(run.text[end:], owner)

    def _add(self, text: str, owner: Owner) -> None:
        self._cells += map(Cell._make, zip(text, itertools.repeat(owner)))
        self.shape += text

    def _freeze(self, text: str, owner: Owner) -> None:
        if text:
            self._cells.append(Cell(text, owner))
            self.shape += WIDE if is_han(text[0]) or is_han(text[-1]) else NARROW

    def freeze(self, start: int, end: int) -> None:
        """Make ``shape[start:end]`` opaque: one character for each run it touches."""
        frozen: list[Cell] = []
        for owner, group in itertools.groupby(self._cells[start:end], key=lambda cell: cell.owner):
            frozen.append(Cell("".join(cell.text for cell in group), owner))
        self._cells[start:end] = frozen
        self.shape = self.shape[:start] + NARROW * len(frozen) + self.shape[end:]

    def sub(self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]) -> None:
        """``re.sub`` on the line. What is put in belongs to the run of the first character that goes."""
        for match in reversed(list(pattern.finditer(self.shape))):
            self.put(
                match.start(),
                match.end(),
                match.expand(replacement) if isinstance(replacement, str) else replacement(match),
            )

    def put(self, start: int, end: int, text: str) -> None:
        """Replace ``shape[start:end]``; frozen characters in ``text`` must be those that stood there."""
        old = self._cells[start:end]
        if text == self.shape[start:end]:
            return
        frozen = [cell for cell, char in zip(old, self.shape[start:end], strict=True) if char in _FROZEN]
        if sum(char in _FROZEN for char in text) != len(frozen):
            return
        # Characters that stay keep their run; only what is new needs one.
        owner = old[0].owner if old else self._cells[max(start - 1, 0)].owner
        waiting, kept = iter(frozen), list(old)
        cells = []
        for char in text:
            if char in _FROZEN:
                cells.append(next(waiting))
                continue
            same = next((cell for cell in kept if cell.text == char), None)
            if same is not None:
                kept = kept[kept.index(same) + 1 :]
            cells.append(Cell(char, same.owner if same else owner))
        self._cells[start:end] = cells
        self._is_changed = True
        self.shape = self.shape[:start] + text + self.shape[end:]

    def set_char(self, at: int, char: str) -> None:
        """Put another character in the place of one."""
        self._cells[at] = Cell(char, self._cells[at].owner)
        self._is_changed = True
        self.shape = self.shape[:at] + char + self.shape[at + 1 :]

    def pieces(self, rewrite: Callable[[str], str]) -> None:
        """Hand every stretch of one run between frozen characters to ``rewrite``."""
        end = len(self._cells)
        while end:
            start = end - 1
            if self.shape[start] not in _FROZEN:
                owner = self._cells[start].owner
                while start and self._cells[start - 1].owner == owner and self.shape[start - 1] not in _FROZEN:
                    start -= 1
                old = self.shape[start:end]
                new = rewrite(old)
                if new != old:
                    self._cells[start:end] = [Cell(char, owner) for char in new]
                    self._is_changed = True
                    self.shape = self.shape[:start] + new + self.shape[end:]
            end = start

    def ends_span(self, at: int) -> bool:
        """Whether the character at ``at`` is the last of its sentence."""
        return at + 1 == len(self._cells) or self._cells[at + 1].owner[0] != self._cells[at].owner[0]

    def is_worked(self, at: int) -> bool:
        """Whether the character at ``at`` is a compiler's text and not the bulletin's own wording."""
        return self._spans[self._cells[at].owner[0]].state is not None

    def spans(self) -> tuple[Block, ...]:
        """The spans with their new text; a seam between two sentences that went is left out."""
        if not self._is_changed:
            return self._spans
        texts: dict[Owner, str] = {}
        for cell in self._cells:
            texts[cell.owner] = texts.get(cell.owner, "") + cell.text
        made = (self._rewritten(number, texts) for number in range(len(self._spans)))
        return tuple(new for old, new in zip(self._spans, made, strict=True) if new.text or new.source or not old.text)

    def _rewritten(self, number: int, texts: dict[Owner, str]) -> Block:
        span, runs = self._spans[number], self._runs[number]
        new = tuple(replace(run, text=texts.get((number, index), "")) for index, run in enumerate(runs))
        return span if new == runs else replace(span, text=_markdown(new, span.text))


def _is_frozen(span: Block) -> bool:
    """Addresses, foreign text on purpose, gaps, and sentences that were left in their language."""
    if span.role in (BulletinRole.ADDRESS, BulletinRole.ORIGINAL) or span.state is State.EMPTY:
        return True
    return span.state is not None and not has_han(span.text)


def _markdown(runs: Iterable[inline.Span], otherwise: str) -> str:
    """The runs as inline Markdown; ``otherwise`` where that would not read back as the same runs."""
    kept = tuple(run for run in runs if run.text)
    written = "".join(_strong(strong, list(group)) for strong, group in itertools.groupby(kept, lambda run: run.strong))
    return written if inline.spans(written) == kept else otherwise


def _strong(strong: bool, runs: list[inline.Span]) -> str:
    grouped = itertools.groupby(runs, key=lambda run: (run.emphasis, run.href))
    inner = "".join(_styled(emphasis, href, list(group)) for (emphasis, href), group in grouped)
    return f"**{inner}**" if strong else inner


def _styled(emphasis: bool, href: str, runs: list[inline.Span]) -> str:
    inner = "".join(_code(run.text) if run.code else inline.escape(run.text) for run in runs)
    inner = f"*{inner}*" if emphasis else inner
    if not href:
        return inner
    return f"<{href}>" if inner == inline.escape(href) else f"[{inner}](<{href}>)"


def _code(text: str) -> str:
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}"
