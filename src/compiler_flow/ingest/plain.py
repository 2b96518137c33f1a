"""Plain text: paragraphs stand between empty lines, lines wrapped by hand are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from compiler_flow.files import decode
from compiler_flow.ingest import phrases
from compiler_flow.ingest.content import article, fold, plain_text
from compiler_flow.model import Article, Block, BlockKind, Metadata
from compiler_flow.text import clean, lazy_pattern

SUFFIXES = (".txt", ".text")

# A headline fits on a line and does not end like a sentence.
_TITLE_LENGTH = 150
_SENTENCE_END = lazy_pattern(r"[.,;:։。]$")
_BULLET = lazy_pattern(r"\s*[-*•▪·]\s+(?=\S)")
# Nobody wraps lines as short as this.
_HEADING_LENGTH = 50
# Lines over the text that say who wrote it, where and when stand by themselves.
_HEAD_LINES = 4
_HEAD_LENGTH = 60
_BYLINE = lazy_pattern(r"(?i)(?:by|von|par|por|autor(?:es|ius)?|автори?|текст|yazan|муаллиф|文|作者)\b[\s:：]")
_DATED = lazy_pattern(r"(?<!\d)\d{1,2}\D{1,14}(?:19|20)\d\d\D{0,4}$|(?<!\d)(?:19|20)\d\d\s?[-./年년]\s?\d")
# A word broken at a line's end; what is joined by one of these words only shares its end: pre- and post-war.
_BROKEN = lazy_pattern(
    r"([^\W_]+)([-\u2010\u00ad])[^\S\n]*\n[^\S\n]*(?!(?:and|or|und|oder|и|или|та|або|et|ou|y|o|i|ir|un|ja)\b)(?=([^\W_]+))"
)
_WORD = lazy_pattern(r"[^\W\d_]+")
_BREAK = lazy_pattern(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def read(data: bytes, path: Path) -> Article:
    """The article in a text file of any encoding; a short first line with an empty line or a byline after it is the
    title."""
    parts = _parts(decode(data, path=path))
    title = ""
    if len(parts) > 1 and _is_title(parts[0]) and not all(map(_is_origin, parts[:2])):
        title = fold(parts.pop(0)).strip()
    metadata = Metadata(title=title, guessed=frozenset({"title"} if title else ()))
    return article(path, metadata, (block for part in parts for block in _blocks(part)))


def paragraphs(text: str) -> tuple[Block, ...]:
    """The paragraphs of a text that was decoded already."""
    return tuple(block for part in _parts(text) for block in _blocks(part))


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    is_head = True
    for part in _BREAK.split(_unbroken(clean(text)).strip("\n")):
        lines = [line for line in part.split("\n") if line.strip()]
        is_head = is_head and not any(map(phrases.ends_sentence, lines))
        parts += lines if is_head and _is_head(lines) else [part] * bool(lines)
    return parts


def _is_head(lines: list[str]) -> bool:
    """Whether ``lines`` say who wrote the text, where and when, perhaps under its title."""
    return len(lines) <= _HEAD_LINES and all(len(line) < _HEAD_LENGTH for line in lines) and any(map(_is_origin, lines))


def _is_origin(line: str) -> bool:
    return bool(_BYLINE.match(line.strip()) or _DATED.search(line.strip()))


def _unbroken(text: str) -> str:
    """``text`` with words that are broken at a line's end made whole: without their hyphen where the text has the word
    so elsewhere."""
    words = {word.casefold() for word in _WORD.findall(text)}

    def whole(match: re.Match[str]) -> str:
        head, hyphen, tail = match.groups()
        is_one = hyphen == "\u00ad" or f"{head}{tail}".casefold() in words
        return head if is_one else f"{head}-"

    return _BROKEN.sub(whole, text)


def _blocks(part: str) -> Iterator[Block]:
    """What stands between two empty lines: a paragraph, the items of a list, or paragraphs of one line each."""
    lines = [line for line in part.split("\n") if line.strip()]
    if sum(1 for line in lines if _BULLET.match(line)) > 1:
        yield from _items(lines)
    elif len(lines) > 1 and _stand_alone(lines):
        for line in lines:
            yield Block(BlockKind.PARAGRAPH, plain_text(line))
    else:
        yield Block(BlockKind.PARAGRAPH, plain_text(part))


def _items(lines: list[str]) -> Iterator[Block]:
    gathered: list[tuple[BlockKind, str]] = []
    for line in lines:
        if match := _BULLET.match(line):
            gathered.append((BlockKind.ITEM, line[match.end() :]))
        elif gathered:
            kind, text = gathered[-1]
            gathered[-1] = (kind, f"{text}\n{line}")
        else:
            gathered.append((BlockKind.PARAGRAPH, line))
    for kind, text in gathered:
        is_item = kind is BlockKind.ITEM
        yield Block(kind, plain_text(text), level=int(is_item), marker="-" if is_item else "")


def _stand_alone(lines: list[str]) -> bool:
    """Whether every line is a paragraph: each ends like one, or is as short as a heading."""
    return all(phrases.ends_sentence(line) or len(line) < _HEADING_LENGTH for line in lines[:-1]) and any(
        phrases.ends_sentence(line) for line in lines[:-1]
    )


def _is_title(part: str) -> bool:
    line = part.strip()
    return "\n" not in line and len(line) <= _TITLE_LENGTH and not _SENTENCE_END.search(line)
