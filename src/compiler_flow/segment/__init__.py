"""``Article`` → segments: one sentence, heading, run-in label or metadata text each. Pure: no clock, no disk but our
own language data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from compiler_flow import inline
from compiler_flow.model import METADATA_ROLES, Article, Block, BlockKind, Metadata, Role, Segment, Spot
from compiler_flow.segment.language import language_for
from compiler_flow.segment.pieces import pieces
from compiler_flow.text import clean, digest, fold_spaces, lazy_pattern

__all__ = ["join", "sentences", "split"]

# **Background:** or **Background**: and what follows; a full stop only after a word or three, else it is a sentence.
_LABEL = lazy_pattern(
    r"\*\*(?:"
    r"(?:\\.|[^*\\]){1,80}[:：]\*\*"
    r"|(?:\\.|[^*\\]){1,80}\*\*[ \u00a0]?[:：]"
    r"|[^\s*\\]+(?: [^\s*\\]+){0,2}[.։。]\*\*"
    r")"
)


def sentences(text: str, lang: str) -> list[str]:
    """The sentences of ``text`` (inline Markdown is left whole) without the white space round them.

    ``lang`` is a BCP 47 tag; an unknown or empty one is treated with general rules. No sentence is empty.
    """
    return pieces(text, language_for(lang), ".")


def split(article: Article) -> tuple[Segment, ...]:
    """The segments of an article in reading order: title, author, author's role, site where known, then the body.

    Ids are made from content; a text that comes again has ``.2``, ``.3`` … behind its id.
    """
    language = article.metadata.language
    segments = [*_metadata(article.metadata)]
    for number, block in enumerate(_leaves(article.blocks), start=1):
        segments.extend(_block(block, number, language))
    return tuple(_numbered(segments))


def join(segments: Iterable[Segment]) -> str:
    """The text of a block from all its segments, character for character."""
    return "".join(f"{segment.before}{segment.text}{segment.after}" for segment in segments)


def _metadata(metadata: Metadata) -> Iterator[Segment]:
    texts = (metadata.title, metadata.author, metadata.author_role, metadata.site)
    for role, text in zip(METADATA_ROLES, texts, strict=True):
        line = fold_spaces(text)
        if line:
            yield Segment("", line if inline.plain(line) == line else inline.escape(line), Spot(role))


def _leaves(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.children:
            yield from _leaves(block.children)
        elif block.text.strip():
            yield block


def _block(block: Block, number: int, lang: str) -> Iterator[Segment]:
    spot = Spot(Role.TEXT, number, block.kind, block.level, block.marker)
    text = block.text
    if block.kind is BlockKind.HEADING:
        yield from _segments([text], replace(spot, role=Role.HEADING), block.line)
        return
    label = _LABEL.match(text)
    start = label.end() if label else 0
    if start and not text[start:].strip():
        yield from _segments([text], replace(spot, role=Role.LABEL), block.line)
        return
    if start:
        yield from _segments([text[:start]], replace(spot, role=Role.LABEL), block.line)
    rest = text[start:]
    yield from _segments(pieces(rest, language_for(lang)), spot, block.line)


def _segments(texts: Iterable[str], spot: Spot, line: int) -> Iterator[Segment]:
    """The segments of ``texts``; white space belongs to what follows it, at the end to the last."""
    waiting: Segment | None = None
    before = ""
    for piece in texts:
        core = piece.strip()
        if not core:
            before += piece
            continue
        if waiting is not None:
            yield waiting
        head = len(piece) - len(piece.lstrip())
        waiting = Segment("", core, spot, before + piece[:head], line=line)
        before = piece[head + len(core) :]
    if waiting is not None:
        yield replace(waiting, after=before)


def _numbered(segments: Iterable[Segment]) -> Iterator[Segment]:
    seen: dict[str, int] = {}
    for segment in segments:
        name = digest(fold_spaces(clean(segment.text)))
        count = seen[name] = seen.get(name, 0) + 1
        yield replace(segment, id=name if count == 1 else f"{name}.{count}")
