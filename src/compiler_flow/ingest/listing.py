"""What names many articles at once: a list of addresses, a table, a feed, a shortcut that a desktop keeps.

A table (CSV or Excel) has a head row. ``address`` is the one column it must have; ``section``, ``country``,
``compiler``, ``reviewer``, ``title``, ``author``, ``role``, ``site``, ``date``, ``language`` and ``name`` may follow,
in any order, in English or Chinese. Other columns are the team's own business. Several compilers in one cell are parted
by ``;`` or ``、``.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compiler_flow import delimited
from compiler_flow.errors import FormatError, UsageError
from compiler_flow.files import decode
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest.addresses import is_address
from compiler_flow.ingest.content import fold
from compiler_flow.ingest.package import Package
from compiler_flow.text import clean, lazy_pattern

TABLES = (".csv", ".tsv", ".xlsx")
MAX_ENTRIES = 2000

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "address": ("address", "url", "link", "source", "file", "网址", "链接", "地址", "原文链接", "文件"),
    "section": ("section", "栏目", "版块", "板块"),
    "country": ("country", "国家", "国别"),
    "compilers": ("compiler", "compilers", "编译", "编译者", "编译员"),
    "reviewers": ("reviewer", "reviewers", "审校", "审校者"),
    "title": ("title", "标题"),
    "author": ("author", "作者"),
    "author_role": ("role", "author role", "author_role", "作者身份"),
    "site": ("site", "媒体", "网站"),
    "date": ("date", "日期"),
    "language": ("language", "lang", "语言", "语种"),
    "name": ("name", "名称"),
}
_FEED = lazy_pattern(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_ENTITY = lazy_pattern(rb"<!ENTITY")
_SHORTCUT = lazy_pattern(r"(?im)^URL=(\S+)")
_WEBLOC = lazy_pattern(r"<key>URL</key>\s*<string>([^<]+)</string>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article that is named: its address or path (empty where a row of a table lacks it), what is said about it by
    field name, and its line."""

    place: str
    said: Mapping[str, str] = field(default_factory=dict)
    line: int = 0


def is_feed(data: bytes) -> bool:
    """Whether these bytes are an RSS or Atom feed."""
    start = data[:2048].replace(b"\x00", b"")
    return bool(_FEED.search(start)) and b"<html" not in start.lower()


def read(data: bytes, path: Path) -> tuple[Entry, ...] | None:
    """The articles that a file names, or ``None`` where it is an article itself.

    Raises ``FormatError`` with the line for a table without addresses, and for a broken feed or workbook.
    """
    suffix = path.suffix.lower()
    if suffix in TABLES:
        rows = _workbook(data, path) if suffix == ".xlsx" else delimited.rows(clean(decode(data, path=path)), path)
        found = tuple(_table(rows, path))
    elif suffix in (".url", ".webloc"):
        match = (_SHORTCUT if suffix == ".url" else _WEBLOC).search(decode(data, path=path))
        found = (Entry(match[1].replace("&amp;", "&"), line=1),) if match else ()
    elif is_feed(data):
        return feed(data, path)
    elif suffix in (".txt", ".list", ""):
        return _list(data, path)
    else:
        return None
    return _bounded(found, path)


def _bounded(found: tuple[Entry, ...], path: Path | str) -> tuple[Entry, ...]:
    if not found:
        raise FormatError(_("No article is named here."), path=path)
    if len(found) > MAX_ENTRIES:
        raise FormatError(
            _("More than {limit} articles are named here; that is no number.").format(limit=MAX_ENTRIES), path=path
        )
    return found


def _list(data: bytes, path: Path) -> tuple[Entry, ...] | None:
    """A file of addresses, one a line, and nothing else but remarks (``#``)."""
    if b"://" not in data[:65536].replace(b"\x00", b""):
        return None
    lines = [(number, line.strip()) for number, line in enumerate(clean(decode(data, path=path)).split("\n"), 1)]
    lines = [(number, line) for number, line in lines if line and not line.startswith("#")]
    if not lines or not all(is_address(line) for _number, line in lines):
        return None
    return _bounded(tuple(Entry(line, line=number) for number, line in lines), path)


# ------------------------------------------------------------------------------------------------------ tables


def _table(rows: Iterable[tuple[int, Sequence[str]]], path: Path) -> Iterator[Entry]:
    head: list[str] = []
    for number, row in rows:
        cells = [fold(cell).strip() for cell in row]
        if not any(cells):
            continue
        if not head:
            head = [_column(cell) for cell in cells]
            _check_head(head, path, number)
            continue
        said = {name: cell for name, cell in zip(head, cells, strict=False) if name and cell}
        yield Entry(said.pop("address", ""), said, number)


def _column(cell: str) -> str:
    wanted = cell.casefold()
    return next((name for name, spellings in COLUMNS.items() if wanted in spellings), "")


def _check_head(head: list[str], path: Path, line: int) -> None:
    if "address" not in head:
        raise FormatError(
            _("The table has no column with addresses."),
            path=path,
            line=line,
            hint=_("Its first row must name the columns: {names}.").format(
                names=", ".join(spellings[0] for spellings in COLUMNS.values())
            ),
        )
    for name in COLUMNS:
        if head.count(name) > 1:
            raise FormatError(
                _("The table has two columns called {name}.").format(name=COLUMNS[name][0]), path=path, line=line
            )


def _workbook(data: bytes, path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    broken = FormatError(
        _("This is no Excel workbook (.xlsx), or it is damaged."),
        path=path,
        hint=_("Open it in Excel or LibreOffice and save it again, or save it as CSV."),
    )
    package = Package(data, path, broken)
    for name in sorted(package.names):
        if name.endswith((".xml", ".rels")):
            package.refuse_entities(name)
    try:
        import openpyxl
    except ImportError as error:
        raise UsageError(
            _("Excel files want the package openpyxl."), hint="pip install 'compiler-flow[xlsx]'"
        ) from error
    try:
        with warnings.catch_warnings():
            # It warns of drop-down lists and colours that it cannot keep; we only read.
            warnings.simplefilter("ignore")
            sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
            for number, row in enumerate(sheet.iter_rows(values_only=True, max_row=MAX_ENTRIES + 10), start=1):
                yield number, [_cell(value) for value in row]
    # A damaged workbook fails in whatever part of openpyxl meets the damage first: zip, XML, types, missing keys.
    except Exception as error:
        raise broken from error


def _cell(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return "" if value is None else clean(str(value))


# ------------------------------------------------------------------------------------------------------- feeds


def feed(data: bytes, place: Path | str) -> tuple[Entry, ...]:
    """The articles of an RSS or Atom feed, in its order. Raises ``FormatError`` for one that cannot be read."""
    if _ENTITY.search(data) or _ENTITY.search(data.replace(b"\x00", b"")):
        raise FormatError(_("The file declares XML entities; it was not opened."), path=place)
    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = feedparser.parse(
                data, response_headers={"content-location": str(place)}, sanitize_html=False, resolve_relative_uris=True
            )
        # Feeds are broken in every way there is, and so is what reads them.
        except Exception as error:
            raise FormatError(_("The feed cannot be read."), path=place) from error
    entries = []
    for item in found.entries[: MAX_ENTRIES + 1]:
        link = str(item.get("link") or item.get("id") or "").strip()
        if not is_address(link):
            continue
        day = item.get("published_parsed") or item.get("updated_parsed")
        said = {
            "title": _line(item.get("title")),
            "author": _line(item.get("author")),
            "date": f"{day[0]:04}-{day[1]:02}-{day[2]:02}" if day else "",
        }
        entries.append(Entry(link, {key: value for key, value in said.items() if value}))
    return _bounded(tuple(entries), place)


def _line(value: Any) -> str:
    return fold(re.sub(r"<[^>]*>", " ", str(value or ""))).strip()
