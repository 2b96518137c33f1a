"""Issues made, articles taken in: the original kept, its text frozen, its units written."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compiler_flow import countries, project
from compiler_flow.errors import FormatError, UsageError
from compiler_flow.files import read_bytes
from compiler_flow.flow import naming, terminology
from compiler_flow.flow.exchange import with_credits
from compiler_flow.flow.terminology import Terminology
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Article, Catalog, Issue, Metadata, Section
from compiler_flow.project import Workspace

DISCLAIMER = "本文仅代表作者个人观点，不代表编者立场。"


def new_issue(start: Path, name: str, *, title: str = "", number: str = "", date: dt.date | None = None) -> Path:
    """Make the issue ``name`` in the workspace of ``start``, making that folder a workspace if it is in none.

    Without ``date``, a name that is a date gives it. Returns the issue's folder.
    """
    workspace = project.find(start) or project.create_workspace(start)
    if date is None:
        try:
            date = dt.date.fromisoformat(name)
        except ValueError:
            date = None
    issue = Issue(name=name, title=title, number=number, date=date, texts={"disclaimer": DISCLAIMER})
    return project.create_issue(workspace, issue)


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


@dataclass(frozen=True, slots=True)
class Added:
    """An article that was taken in: its folder, what is known of it, and how many units it has."""

    folder: Path
    metadata: Metadata
    units: int
    words: int = field(default=0)


def add(
    workspace: Workspace,
    issue: Path,
    source: Path,
    given: Given | None = None,
    *,
    name: str = "",
    reader: str = "",
    terms: Terminology | None = None,
) -> Added:
    """Take ``source`` into ``issue``: ``original.*``, ``source.md``, ``article.toml`` and the units.

    A file that lies in ``issue/NAME/original.*`` already is completed in place. Raises ``FileError``,
    ``FormatError`` or ``UsageError``; nothing is left half-made.
    """
    from compiler_flow import ingest, segment

    if name:
        project.check_article_name(name)
    data = read_bytes(source)
    adopted = source.stem == "original" and source.resolve().parent.parent == issue.resolve()
    if not adopted:
        _refuse_twice(issue, data, source)
    read = ingest.read(source, reader=reader)
    metadata = _confirmed(read.metadata, given or Given(), source)
    folder_name = source.resolve().parent.name if adopted else project.free_name(issue, name or _name(source, metadata))
    text = ingest.to_markdown(read.blocks)
    article = Article(folder_name, metadata, ingest.from_markdown(text))
    segments = segment.split(article)
    catalog = _units(article, segments, workspace, terms)
    files = {
        f"original{source.suffix.lower()}": data,
        project.SOURCE_FILE: text.encode(),
        project.catalog_path(Path(), workspace.target_language).name: _serialized(catalog),
        project.ARTICLE_FILE: project.render_metadata(metadata),
    }
    folder = project.create_article(issue, folder_name, files)
    return Added(folder, metadata, len(segments), sum(len(part.text.split()) for part in segments))


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


def _name(source: Path, metadata: Metadata) -> str:
    stem = source.stem
    return project.slug(metadata.title if stem in {"original", "index", "article", "-"} and metadata.title else stem)


def _refuse_twice(issue: Path, data: bytes, source: Path) -> None:
    for folder in project.articles(issue):
        original = project.original_of(folder)
        if original and original.stat().st_size == len(data) and original.read_bytes() == data:
            raise UsageError(
                _("This article is in the issue already, as {name}.").format(name=folder.name), path=source
            )


def _confirmed(proposed: Metadata, given: Given, source: Path) -> Metadata:
    """The proposal with what was given; fields that a person gave are no guesses any more."""
    said: dict[str, Any] = {
        item.name: value for item in dataclasses.fields(given) if (value := getattr(given, item.name))
    }
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


def sources_in(paths: Iterable[Path]) -> list[Path]:
    """``paths`` with every folder replaced by the files in it, hidden ones left out, by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(item for item in path.iterdir() if item.is_file() and not item.name.startswith("."))
        else:
            found.append(Path(os.path.normpath(path)))
    return found
