"""Markdown files, with or without front matter."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from compiler_flow import inline
from compiler_flow.errors import FormatError
from compiler_flow.files import decode
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest import signs
from compiler_flow.ingest.content import article, compose, plain_text, row, without_title
from compiler_flow.inline import Span
from compiler_flow.model import Article, Block, BlockKind, Metadata, with_number
from compiler_flow.text import clean, lazy_pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SUFFIXES = (".md", ".markdown")

_YAML = lazy_pattern(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = lazy_pattern(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_HIDDEN = lazy_pattern(r"(?is)<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1>|\Z)")
_TAG = lazy_pattern(r"</?[A-Za-z][^>]*>")
_NAME = lazy_pattern(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_PAIR = lazy_pattern(r"([A-Za-z][\w -]*?)[ \t]*:(?:[ \t]+(.*))?$")
_TEXT_FIELDS = ("title", "author", "author_role", "site", "url", "language", "country")
_OTHER_NAMES = {"lang": "language", "role": "author_role", "source": "url", "sitename": "site"}


def read(data: bytes, path: Path) -> Article:
    """The article in a Markdown file; what its front matter does not say, its first level-1 heading does (title).

    Raises ``FormatError`` with the line for front matter in broken TOML.
    """
    text = clean(decode(data, path=path)).lstrip("\n")
    given, body = _front_matter(text, path)
    blocks = tuple(_blocks(body))
    first = next((block for block in blocks if block.kind is BlockKind.HEADING and block.level == 1), None)
    title = given.get("title", "") or (inline.plain(first.text) if first else "")
    guessed = frozenset({"title"} if title and not given.get("title") else ())
    if first and guessed:
        blocks = tuple(block for block in blocks if block is not first)
    metadata = Metadata(
        title=title,
        author=given.get("author", ""),
        author_role=given.get("author_role", ""),
        site=given.get("site", ""),
        url=given.get("url", ""),
        date=_date(given.get("date", "")),
        language=given.get("language", ""),
        country=given.get("country", "").upper(),
        guessed=guessed,
    )
    return article(path, metadata, without_title(blocks, title))


def _front_matter(text: str, path: Path) -> tuple[Mapping[str, str], str]:
    if match := _TOML.match(text):
        return _known(_toml(match[1], path)), text[match.end() :]
    if match := _YAML.match(text):
        lines = [line for line in match[1].split("\n") if line.strip() and not line.lstrip().startswith("#")]
        pairs = [_PAIR.match(line) for line in lines]
        # A rule, some prose and another rule is not front matter.
        if all(pairs):
            return _known((pair[1], _unquoted(pair[2] or "")) for pair in pairs if pair), text[match.end() :]
    return {}, text


def _toml(text: str, path: Path) -> Iterator[tuple[str, str]]:
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        raise FormatError(
            _("The front matter is not TOML: {reason}.").format(reason=str(error)),
            path=path,
            line=int(place[1]) + 1 if place else 1,
            hint=_("Mend it or take it out."),
        ) from error
    for key, value in table.items():
        yield key, ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _known(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    given = {}
    for key, value in pairs:
        name = re.sub(r"[\s-]+", "_", key.strip().lower())
        name = _OTHER_NAMES.get(name, name)
        if name in (*_TEXT_FIELDS, "date"):
            given[name] = value.strip()
    return given


def _unquoted(value: str) -> str:
    bare = value.strip()
    return bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'" else bare


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    class Parser(MarkdownIt):
        def normalizeLink(self, url: str) -> str:  # noqa: N802 (the library's name)
            """Leave the address as typed."""
            return url

    return Parser("commonmark").enable(["table", "strikethrough"])


def _blocks(text: str) -> Iterator[Block]:
    """The leaf blocks of a Markdown text. Lists keep their depth, rows become paragraphs."""
    heading = 0
    quotes = 0
    lists: list[int] = []  # the number of the next item in each open list, 0 where it has none
    marker = ""
    fresh = False  # whether the current list item has shown no text yet
    cells: list[str] | None = None
    for token in _parser().parse(text):
        match token.type:
            case "heading_open" | "heading_close":
                heading = int(token.tag[1:]) if token.nesting > 0 else 0
            case "blockquote_open" | "blockquote_close":
                quotes += token.nesting
            case "bullet_list_open" | "ordered_list_open":
                lists.append(0 if token.type == "bullet_list_open" else int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                fresh = True
                marker = with_number(lists[-1]) if lists[-1] else "-"
                lists[-1] += bool(lists[-1])
            case "tr_open":
                cells = []
            case "tr_close":
                yield row(cells or ())
                cells = None
            case "fence" | "code_block" | "html_block":
                content = _without_tags(token.content) if token.type == "html_block" else token.content
                yield Block(BlockKind.PARAGRAPH, plain_text(content))
            case "inline":
                line = compose(_runs(token.children or []))
                if cells is not None:
                    cells.append(line)
                elif line:
                    yield _leaf(line, heading, quotes, len(lists) if fresh else 0, marker)
                    fresh = False


def _without_tags(text: str) -> str:
    return html.unescape(_TAG.sub(" ", _HIDDEN.sub(" ", text)))


def _leaf(line: str, heading: int, quotes: int, depth: int, marker: str) -> Block:
    if heading:
        return Block(BlockKind.HEADING, line, level=heading)
    if depth:
        return Block(BlockKind.ITEM, line, level=depth, marker=marker)
    return Block(BlockKind.QUOTE if quotes else BlockKind.PARAGRAPH, line)


def _runs(tokens: list[Token]) -> Iterator[Span]:
    """Styled runs of an inline token's children; pictures, struck-out text and raw HTML leave nothing, line breaks a
    space, and figures set high or low are characters of their own."""
    strong = emphasis = struck = 0
    position = href = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "s_open" | "s_close":
                struck += token.nesting
            case "link_open":
                href = str(token.attrGet("href") or "")
            case "link_close":
                href = ""
            case "softbreak" | "hardbreak":
                yield Span(" ")
            case "html_inline":
                name, nesting = _tag(token.content)
                struck = max(struck + nesting, 0) if name in signs.STRUCK else struck
                position = name * (nesting > 0) if name in ("sup", "sub") else position
                yield Span(" " * (name == "br"))
            case "text" | "code_inline" if not struck:
                text = _placed(token.content, position)
                yield Span(text, bool(strong), bool(emphasis), token.type == "code_inline", href)


def _tag(content: str) -> tuple[str, int]:
    """The name of a tag of raw HTML, and 1 where it opens an element, -1 where it ends one."""
    match = _NAME.match(content)
    return (match[2].lower(), -1 if match[1] else 1) if match else ("", 0)


def _placed(text: str, position: str) -> str:
    if not signs.FIGURES.match(text):
        return text
    return signs.raised(text) if position == "sup" else signs.lowered(text) if position == "sub" else text
