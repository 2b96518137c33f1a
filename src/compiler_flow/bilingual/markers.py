"""Inline Markdown as a tree of marked spans, and back without a change.

XLIFF wants emphasis and links as elements, so that a translator's tool protects them. The text is cut into marks and
what stands between them; joined again they are the text, character for character, whatever it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compiler_flow.text import lazy_pattern

_BODY = r"(?![\s{0}])(?:[^{0}\\\n]|\\.)+?(?<!\s)"
_MARKED = lazy_pattern(
    r"\\."
    r"|(?P<fence>`+)(?P<code>[^`\n]+)(?P=fence)(?!`)"
    rf"|(?P<strong>\*\*|__)(?P<in_strong>(?![\s*_])(?:[^*\\\n]|\\.|\*(?!\*))+?(?<!\s))(?P=strong)"
    rf"|\*(?P<star>{_BODY.format('*')})\*(?!\*)"
    rf"|(?<!\w)_(?P<line>{_BODY.format('_')})_(?!\w)"
    r"|\[(?P<label>(?:[^\[\]\\\n]|\\.)+)\](?P<address>\([^()\s]*\))",
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A span between two marks; ``kind`` is strong, emphasis, code or link."""

    kind: str
    open: str
    close: str
    inside: tuple[str | Marked, ...]


Piece = str | Marked


def cut(text: str) -> tuple[Piece, ...]:
    """``text`` as plain pieces and marked spans, in order."""
    pieces: list[Piece] = []
    start = 0
    for match in _MARKED.finditer(text):
        marked = _marked(match)
        if marked is not None:
            if match.start() > start:
                pieces.append(text[start : match.start()])
            pieces.append(marked)
            start = match.end()
    if start < len(text):
        pieces.append(text[start:])
    return tuple(pieces)


def _marked(match: re.Match[str]) -> Marked | None:
    found = match.groupdict()
    if found["code"]:
        return Marked("code", found["fence"], found["fence"], (found["code"],))
    if found["in_strong"]:
        return Marked("strong", found["strong"], found["strong"], cut(found["in_strong"]))
    for name, mark in (("star", "*"), ("line", "_")):
        if found[name]:
            return Marked("emphasis", mark, mark, cut(found[name]))
    if found["label"]:
        return Marked("link", "[", f"]{found['address']}", cut(found["label"]))
    return None


def joined(pieces: Sequence[Piece]) -> str:
    """The text that ``cut`` cut."""
    return "".join(
        piece if isinstance(piece, str) else f"{piece.open}{joined(piece.inside)}{piece.close}" for piece in pieces
    )


def spans(pieces: Sequence[Piece]) -> Iterator[Marked]:
    """All marked spans, outer ones before those inside."""
    for piece in pieces:
        if isinstance(piece, Marked):
            yield piece
            yield from spans(piece.inside)
