"""What somebody names becomes what can be read: files, folders, addresses, lists, tables, feeds, standard input.

Everything comes out one by one, and what cannot be had comes out as what went wrong: one bad item never stops the
others.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from compiler_flow import countries, text
from compiler_flow.errors import CompilerFlowError, DuplicateError, FileError, FormatError, UsageError
from compiler_flow.files import MAX_BYTES, read_bytes
from compiler_flow.flow.known import Known
from compiler_flow.i18n import gettext as _
from compiler_flow.ingest import addresses, listing
from compiler_flow.model import Section
from compiler_flow.text import lazy_pattern

if TYPE_CHECKING:
    from compiler_flow.ingest.fetch import Answer, Fetcher

STDIN = "-"
# What lies about in folders and is no article: names of desktops, of locks of office programs, and a page's pictures.
_LITTER = lazy_pattern(r"(?i)^(?:\..*|~\$.*|thumbs\.db|desktop\.ini)$")
_PAGE_PARTS = lazy_pattern(r"(?i)(?:[_.]files|_soubory|_pliki|-Dateien|_archivos|_fichiers|\.resources|_elemei)$")
_SECTIONS = {
    "feature": Section.FEATURE,
    "专题": Section.FEATURE,
    "特稿": Section.FEATURE,
    "news": Section.NEWS,
    "区域动态": Section.NEWS,
    "动态": Section.NEWS,
}
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "message/rfc822": ".eml",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
# www.example.org/news, as people type it.
_BARE_ADDRESS = lazy_pattern(r"(?i)(?:https?:/|www\.|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/)")
_NAMES = lazy_pattern(r"[;；、\n]\s*")


def section_of(name: str) -> Section:
    """The section of that name, in English or Chinese. Raises ``UsageError``."""
    section = _SECTIONS.get(name.strip().casefold())
    if section is None:
        raise UsageError(
            _("There is no section called {name}.").format(name=name),
            hint=_("Write feature (专题) or news (区域动态)."),
        )
    return section


def country_of(name: str) -> str:
    """The code of a country by its code or its name in English or Chinese. Raises ``UsageError``."""
    code = countries.code_of(name)
    if not code:
        raise UsageError(
            _("There is no country called {name}.").format(name=name),
            hint=_("Use the two letters of ISO 3166-1, such as EE for Estonia."),
        )
    return code


def day_of(written: str) -> dt.date:
    """The day that is written as 2024-10-31, 2024/10/31 or the like. Raises ``UsageError``."""
    day = text.day_of(written)
    if day is None:
        raise UsageError(_("{key} must be a date such as 2024-10-31.").format(key="date"))
    return day


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says about an article; it outweighs what its reader proposed. Empty means: not said."""

    title: str = ""
    author: str = ""
    author_role: str = ""
    site: str = ""
    url: str = ""
    date: dt.date | None = None
    language: str = ""
    country: str = ""
    section: Section | None = None
    compilers: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()

    @property
    def said(self) -> dict[str, Any]:
        """What is not empty, by the names of the fields, which are those of ``Metadata``."""
        return {each.name: value for each in dataclasses.fields(self) if (value := getattr(self, each.name))}

    def over(self, other: Given) -> Given:
        """What is said here, and where nothing is, what ``other`` says."""
        return dataclasses.replace(other, **self.said)


@dataclass(frozen=True, slots=True)
class Received:
    """One article as it came. ``path`` is its file, or a name for what came by another way; ``address`` is where it was
    fetched from, ``charset`` what the server declared, ``hints`` what a feed says, which any reader knows better."""

    place: str
    path: Path
    data: bytes
    given: Given = Given()
    hints: Given = Given()
    name: str = ""
    address: str = ""
    charset: str = ""
    in_batch: bool = False


@dataclass(frozen=True, slots=True)
class Missed:
    """One article that could not be had, and why."""

    place: str
    error: CompilerFlowError


Item = Received | Missed


@dataclass(slots=True)
class Receiver:
    """Turns places into articles. ``known`` spares fetching what is there already, unless ``again``; of a feed only
    entries since a day are wanted."""

    fetcher: Fetcher
    known: Known = field(default_factory=Known)
    again: bool = False
    since: dt.date | None = None
    standard_input: Callable[[], bytes] = lambda: sys.stdin.buffer.read(MAX_BYTES + 1)

    def all(self, places: Sequence[str], given: Given = Given()) -> Iterator[Item]:
        """Every article that ``places`` name, in their order."""
        for place in places:
            yield from self._one(place, given, in_batch=len(places) > 1)

    def _one(self, place: str, given: Given, *, in_batch: bool) -> Iterator[Item]:
        try:
            if place == STDIN:
                yield self._typed(given, in_batch=in_batch)
            elif addresses.is_address(place):
                yield from self._fetched(place, given, in_batch=in_batch)
            elif Path(place).is_dir():
                yield from self._folder(Path(place), given, is_named=not in_batch)
            else:
                yield from self._file(Path(os.path.normpath(place)), given, in_batch=in_batch)
        except CompilerFlowError as error:
            yield Missed(addresses.shown(place), error)

    def _typed(self, given: Given, *, in_batch: bool) -> Received:
        data = self.standard_input()
        if len(data) > MAX_BYTES:
            raise FileError(_("The text is larger than {limit} MB.").format(limit=MAX_BYTES // 2**20), path=STDIN)
        return Received(STDIN, Path(STDIN), data, given, in_batch=in_batch)

    def _folder(self, folder: Path, given: Given, *, is_named: bool) -> Iterator[Item]:
        """The files of a folder and of those in it, by name."""
        try:
            inside = sorted(folder.iterdir())
        except OSError as error:
            raise FileError(
                _("The folder cannot be read: {reason}.").format(reason=error.strerror), path=folder
            ) from error
        found = False
        for path in inside:
            if _LITTER.match(path.name) or (path.is_dir() and _PAGE_PARTS.search(path.name)):
                continue
            found = True
            yield from self._one(str(path), given, in_batch=True)
        if is_named and not found:
            raise UsageError(_("There are no files to add."), path=folder)

    def _file(self, path: Path, given: Given, *, in_batch: bool) -> Iterator[Item]:
        if _BARE_ADDRESS.match(path.as_posix()) and not path.exists():
            raise FileError(
                _("There is no such file."), path=path, hint=_("An address begins with https:// or http://.")
            )
        data = read_bytes(path)
        entries = listing.read(data, path)
        if entries is None:
            yield Received(str(path), path, data, given, in_batch=in_batch)
        else:
            yield from self._named(entries, path, given)

    def _named(self, entries: Sequence[listing.Entry], path: Path, given: Given) -> Iterator[Item]:
        for entry in entries:
            where = f"{path}:{entry.line}"
            if not entry.place:
                yield Missed(where, FormatError(_("This row has no address."), path=path, line=entry.line))
                continue
            try:
                said, name = _said(entry, path)
            except CompilerFlowError as error:
                yield Missed(entry.place, error)
                continue
            place = entry.place if addresses.is_address(entry.place) else str(path.parent / entry.place)
            if Path(place).is_dir() or (
                not addresses.is_address(place) and Path(place).suffix.lower() in listing.TABLES
            ):
                yield Missed(where, UsageError(_("A table names single articles."), path=path, line=entry.line))
                continue
            for item in self._one(place, given.over(said), in_batch=True):
                yield dataclasses.replace(item, name=name) if isinstance(item, Received) and name else item

    def _fetched(self, address: str, given: Given, *, in_batch: bool) -> Iterator[Item]:
        if in_batch and not self.again and self.known.by_address(address):
            yield _passed(addresses.shown(address))
            return
        answer = self.fetcher.get(address)
        if not listing.is_feed(answer.data):
            yield _page(addresses.shown(address), answer, given, in_batch=in_batch)
            return
        for entry in listing.feed(answer.data, answer.address):
            hints, _name = _said(entry, Path("feed"))
            if self.since and hints.date and hints.date < self.since:
                continue
            try:
                yield from self._entry(entry.place, given, hints)
            except CompilerFlowError as error:
                yield Missed(entry.place, error)

    def _entry(self, address: str, given: Given, hints: Given) -> Iterator[Item]:
        """An article of a feed. A feed in a feed might be the same one, and so on for ever."""
        if not self.again and self.known.by_address(address):
            yield _passed(address)
            return
        answer = self.fetcher.get(address)
        if listing.is_feed(answer.data):
            raise FormatError(_("A feed names single articles, not another feed."), path=address)
        yield dataclasses.replace(_page(address, answer, given, in_batch=True), hints=hints)


def _page(place: str, answer: Answer, given: Given, *, in_batch: bool) -> Received:
    parts = urlsplit(answer.address)
    stem, _dot, suffix = unquote(parts.path).rstrip("/").rpartition("/")[2].partition(".")
    known = _SUFFIXES.get(answer.kind, "")
    if not known and answer.kind.startswith(("image/", "video/", "audio/", "font/")):
        raise FormatError(
            _("There is no article at this address, but {kind}.").format(kind=answer.kind), path=answer.address
        )
    known = known or (f".{suffix.rpartition('.')[2]}" if re.fullmatch(r"[\w.]{2,8}", suffix) else ".html")
    path = Path(f"{stem or parts.hostname or 'page'}{known}")
    return Received(place, path, answer.data, given, address=answer.address, charset=answer.charset, in_batch=in_batch)


def _passed(place: str) -> Missed:
    """One article of a batch that was not fetched, because it is there already."""
    return Missed(place, DuplicateError("", path=place))


def _said(entry: listing.Entry, path: Path) -> tuple[Given, str]:
    """What a row says, as values, and the name for the article. Raises ``UsageError`` with the line."""
    said: dict[str, Any] = dict(entry.said)
    name = said.pop("name", "")
    try:
        for key, value_of in (("section", section_of), ("country", country_of), ("date", day_of)):
            if written := said.get(key):
                said[key] = value_of(written)
    except UsageError as error:
        error.path, error.line = str(path), entry.line
        raise
    for key in ("compilers", "reviewers"):
        if people := said.get(key):
            said[key] = tuple(filter(None, map(str.strip, _NAMES.split(people))))
    return Given(**said), name
