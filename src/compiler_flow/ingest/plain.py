"""Plain text: paragraphs stand between empty lines, lines wrapped by hand are joined."""

from __future__ import annotations

from pathlib import Path

from compiler_flow.files import decode
from compiler_flow.ingest.content import article, fold, plain_text
from compiler_flow.model import Article, Block, BlockKind, Metadata
from compiler_flow.text import clean, lazy_pattern

SUFFIXES = (".txt", ".text")

# A headline fits on a line and does not end like a sentence.
_TITLE_LENGTH = 150
_SENTENCE_END = lazy_pattern(r"[.,;:։。]$")
_BREAK = lazy_pattern(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def read(data: bytes, path: Path) -> Article:
    """The article in a text file of any encoding; a short first line with an empty line after it is the title."""
    text = clean(decode(data, path=path)).strip("\n")
    parts = [part for part in _BREAK.split(text) if part.strip()]
    title = ""
    if len(parts) > 1 and _is_title(parts[0]):
        title = fold(parts.pop(0)).strip()
    metadata = Metadata(title=title, guessed=frozenset({"title"} if title else ()))
    return article(path, metadata, (Block(BlockKind.PARAGRAPH, plain_text(part)) for part in parts))


def _is_title(part: str) -> bool:
    line = part.strip()
    return "\n" not in line and len(line) <= _TITLE_LENGTH and not _SENTENCE_END.search(line)
