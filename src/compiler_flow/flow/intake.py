"""Issues made, articles taken in: the original kept, its text frozen, its units written."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compiler_flow import countries, project, review
from compiler_flow.errors import DuplicateError, FetchError, FormatError, UsageError
from compiler_flow.flow import known as articles
from compiler_flow.flow import naming, terminology
from compiler_flow.flow.exchange import with_credits
from compiler_flow.flow.known import Known, Twin
from compiler_flow.flow.receiving import STDIN, Given, Received
from compiler_flow.flow.terminology import Terminology
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Article, Catalog, Issue, Metadata
from compiler_flow.project import Workspace
from compiler_flow.text import lazy_pattern

# What pages are called on their servers says nothing.
_NO_NAMES = frozenset({"original", "index", "article", "page", "default", "-", "news", "story", "print", "download"})
_LIKE_A_DATE = lazy_pattern(r"\d{4}-\d\d?-\d\d?$")
DISCLAIMER = "本文仅代表作者个人观点，不代表编者立场。"


def new_issue(start: Path, name: str, *, title: str = "", number: str = "", date: dt.date | None = None) -> Path:
    """Make the issue ``name`` in the workspace of ``start``, making that folder a workspace if it is in none.

    Without ``date``, a name that is a date gives it. Returns the issue's folder. Raises ``UsageError`` for a name that
    looks like a date and is none.
    """
    if date is None:
        try:
            date = dt.date.fromisoformat(name)
        except ValueError:
            if _LIKE_A_DATE.match(name):
                raise UsageError(
                    _("{name} is no date of the form YYYY-MM-DD.").format(name=name),
                    hint=_("Write a day that exists, as 2024-10-31, or say it with --date under another name."),
                ) from None
    workspace = project.find(start) or project.create_workspace(start)
    issue = Issue(name=name, title=title, number=number, date=date, texts={"disclaimer": DISCLAIMER})
    return project.create_issue(workspace, issue)


__all__ = ["Added", "Given", "add", "new_issue"]


@dataclass(frozen=True, slots=True)
class Added:
    """An article that was taken in: its folder, what is known of it, how many units it has, and what somebody should
    look at."""

    folder: Path
    metadata: Metadata
    units: int
    words: int = field(default=0)
    remarks: tuple[str, ...] = ()


Edit = Callable[[str, Metadata], str]
"""Shows somebody the text of an article before it is cut into units, and returns what is left of it."""


def add(
    workspace: Workspace,
    issue: Path,
    received: Received,
    *,
    reader: str = "",
    terms: Terminology | None = None,
    known: Known | None = None,
    again: bool = False,
    edit: Edit | None = None,
) -> Added:
    """Take an article into ``issue``: ``original.*``, ``source.md``, ``article.toml`` and the units.

    A file that lies in ``issue/NAME/original.*`` already is completed in place. Raises ``DuplicateError`` for an
    article that ``known`` (by default: the workspace) has already, unless ``again``; ``FileError``, ``FormatError`` or
    ``UsageError``; nothing is left half-made.
    """
    from compiler_flow import ingest, segment

    if received.name:
        project.check_article_name(received.name)
    path = received.path
    adopted = path.stem == "original" and path.resolve().parent.parent == issue.resolve()
    there = known or articles.of(workspace, issue)
    look_twice = not (again or adopted)
    if look_twice:
        _refuse(there.by_bytes(received.data), received)
    read = _read(received, reader)
    metadata = _confirmed(_located(read.metadata, received), received)
    text = ingest.to_markdown(read.blocks)
    if look_twice:
        _refuse(there.by_address(metadata.url) or there.by_text(text), received)
    if edit:
        text = _reviewed(text, edit(text, metadata), received)
    blocks = ingest.from_markdown(text)
    name = path.resolve().parent.name if adopted else _free_name(issue, received, metadata)
    article = Article(name, metadata, blocks)
    segments = segment.split(article)
    files = {
        f"original{path.suffix.lower()}": received.data,
        project.SOURCE_FILE: text.encode(),
        project.catalog_path(Path(), workspace.target_language).name: _serialized(
            _units(article, segments, workspace, terms)
        ),
        project.ARTICLE_FILE: project.render_metadata(metadata),
    }
    folder = project.create_article(issue, name, files)
    there.note(folder)
    remarks = tuple(_remarks(received, metadata, read))
    return Added(folder, metadata, len(segments), sum(review.words(part.text) for part in segments), remarks)


def _read(received: Received, reader: str) -> Article:
    from compiler_flow import ingest

    try:
        return ingest.read_data(
            received.data,
            received.path,
            reader=reader or _reader(received),
            charset=received.charset,
            address=received.address,
        )
    except FormatError as error:
        if received.address:
            # People know what they named, not what we would have called the file.
            error.path = received.place
        raise


def _reader(received: Received) -> str:
    """What standard input is read as: a page or a package tells itself, and what does not is text."""
    if received.place != STDIN:
        return ""
    from compiler_flow import ingest

    return ingest.sniffed(received.data) or "plain"


def _refuse(twin: Twin | None, received: Received) -> None:
    if twin is None:
        return
    message = (
        _("This article is there already, as {name}.").format(name=twin.name)
        if twin.share == 1
        else _("This article says mostly the same as {name} ({share} of its text).").format(
            name=twin.name, share=f"{twin.share:.0%}"
        )
    )
    raise DuplicateError(message, exact=twin.share == 1, path=received.place, hint=_("To add it nevertheless: --again"))


def _located(proposed: Metadata, received: Received) -> Metadata:
    """The proposal with the address it was fetched from, which nobody guessed, and with what a feed says where the
    page says nothing."""
    if not received.address:
        return proposed
    from compiler_flow.ingest import addresses

    fetched = addresses.place_of(received.address)
    try:
        named = addresses.place_of(proposed.url) if proposed.url else None
    except FetchError:
        named = None
    # A page may name another spelling of its address, but not another site.
    url = proposed.url if named and named.host == fetched.host else received.address
    hints: dict[str, Any] = {
        key: value
        for key in ("title", "author", "date")
        if not getattr(proposed, key) and (value := getattr(received.hints, key))
    }
    guessed = (proposed.guessed | hints.keys()) - {"url"}
    return dataclasses.replace(proposed, **hints, url=addresses.without_counting(url), guessed=guessed)


def _reviewed(before: str, after: str, received: Received) -> str:
    """What is left of a text after somebody looked at it. Raises ``UsageError`` where nothing is."""
    from compiler_flow import ingest

    if after == before:
        return before
    text = ingest.to_markdown(ingest.from_markdown(after.replace("\r\n", "\n")))
    if not text:
        raise UsageError(_("Nothing was left of the article, so it was not added."), path=received.place)
    return text


def _remarks(received: Received, metadata: Metadata, read: Article) -> Iterator[str]:
    """What somebody should look at."""
    from compiler_flow.ingest import language, mail

    found = language.detect(read.blocks, certain=True)
    if not language.agree(metadata.language, found):
        yield _("The article is said to be in {declared}, but its text looks like {found}.").format(
            declared=metadata.language, found=found
        )
    attached = mail.attachments(received.data) if received.path.suffix.lower() in mail.SUFFIXES else ()
    if attached:
        yield _("What is attached was not read: {names}.").format(names=", ".join(attached))


def _free_name(issue: Path, received: Received, metadata: Metadata) -> str:
    stem = received.path.stem
    wanted = metadata.title if stem.casefold() in _NO_NAMES and metadata.title else stem
    return project.free_name(issue, received.name or project.slug(wanted))


def _units(article: Article, segments: Any, workspace: Workspace, terms: Terminology | None) -> Catalog:
    from compiler_flow import bilingual, prefill

    catalog = bilingual.update(None, article, segments, workspace.target_language)
    known = terms or terminology.load(workspace)
    annotated = prefill.annotate(catalog, known.matcher(catalog.source_language))
    annotated = naming.of_workspace(workspace, known).annotate(annotated, article.metadata)
    return with_credits(annotated, article.metadata)


def _serialized(catalog: Catalog) -> bytes:
    from compiler_flow.bilingual import po

    return po.serialize(catalog)


def _confirmed(proposed: Metadata, received: Received) -> Metadata:
    """The proposal with what was given; fields that a person gave are no guesses any more."""
    said, source = received.given.said, received.place
    metadata = dataclasses.replace(proposed, **said, guessed=proposed.guessed - said.keys())
    metadata = dataclasses.replace(metadata, country=metadata.country.upper())
    if metadata.country and not countries.is_known(metadata.country):
        raise UsageError(
            _("There is no country with the code {code}.").format(code=metadata.country),
            path=source,
            hint=_("Use the two letters of ISO 3166-1, such as EE for Estonia."),
        )
    if not metadata.language:
        raise UsageError(
            _("The language of this article is not known."), path=source, hint=_("Say it, for example: --lang en")
        )
    if not project.is_language(metadata.language):
        raise UsageError(
            _("{tag} is no language tag; use one such as en or zh-CN.").format(tag=metadata.language), path=source
        )
    if not metadata.title:
        raise FormatError(_("This article has no title."), path=source, hint=_('Say it with --title "…".'))
    return metadata
