"""Checking files, articles and whole issues."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Sequence
from pathlib import Path

from compiler_flow import i18n, project
from compiler_flow.errors import FileError
from compiler_flow.files import read_text
from compiler_flow.flow import house, naming, reporting, terminology
from compiler_flow.flow.terminology import Terminology
from compiler_flow.heap import without_collecting
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Article, Catalog, CheckContext, Finding, Metadata, Part
from compiler_flow.project import Workspace
from compiler_flow.report import Offer, Report


def check(paths: Sequence[Path], *, glossaries: Sequence[Path] = (), only: Sequence[str] = ()) -> Report:
    """Check PO and XLIFF files, article folders, issue folders or any folder of such files.

    Files inside a workspace are checked with its glossary and their article's metadata; ``glossaries`` (files or
    folders) replace the workspace's. ``only`` names checks. Raises ``FileError``, ``FormatError`` or ``UsageError``.
    """
    from compiler_flow import checks

    told = reporting.rules(only)
    findings: list[Finding] = []
    people: dict[str, tuple[str, ...]] = {}
    languages: dict[str, tuple[str, str]] = {}
    offers: dict[tuple[str, str], Offer] = {}
    files = units = 0
    with without_collecting():
        terms = _TermsByWorkspace(glossaries)
        for path in paths:
            for part, workspace, file in _parts(path):
                shown = file.as_posix()
                people[shown] = part.metadata.compilers
                languages[shown] = (part.catalog.source_language, part.catalog.target_language)
                metadata, folder = (part.metadata, file.parent) if part.name else (None, None)
                context = context_for(part.catalog, metadata, terms.of(workspace), workspace, folder)
                found = [_shown(one, file, part.name) for one in checks.run(part.catalog, context, only=only)]
                made = naming.offers(found, naming.Namer(terms.of(workspace)), part.catalog, metadata)
                offers |= {(shown, name): offer for name, offer in made.items()}
                findings += found
                files += 1
                units += len(part.catalog.units)
            findings += _of_issue(path, terms, only)
    return Report(tuple(findings), files, units, told, people, languages, offers, english=not i18n.language())


def names() -> tuple[str, ...]:
    """The names of all checks that look at units or articles, by alphabet."""
    from compiler_flow import checks

    return tuple(sorted(name for name, check in checks.CHECKS.items() if check.scope != "issue"))


class _TermsByWorkspace:
    """Each workspace's terms, loaded once; glossaries named by hand replace them all."""

    def __init__(self, glossaries: Sequence[Path]) -> None:
        self._by_hand = terminology.load(None, glossaries) if glossaries else None
        self._loaded: dict[Path, Terminology] = {}

    def of(self, workspace: Workspace | None) -> Terminology:
        if self._by_hand is not None:
            return self._by_hand
        root = workspace.root if workspace else Path()
        if root not in self._loaded:
            self._loaded[root] = terminology.load(workspace)
        return self._loaded[root]


def _parts(path: Path) -> Iterator[tuple[Part, Workspace | None, Path]]:
    """Each catalog under ``path`` as a part (its name empty outside a workspace), with the file to name in findings."""
    from compiler_flow import bilingual

    for file in _files(path):
        catalog = bilingual.load(file)
        workspace = project.find(file)
        folder = file.resolve().parent
        if workspace and (folder / project.ARTICLE_FILE).is_file():
            yield Part(folder.name, project.read_metadata(folder)[0], catalog), workspace, file
        else:
            yield Part("", Metadata(), catalog), workspace, file


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    if (path / project.ISSUE_FILE).is_file():
        return [file for folder in project.articles(path) for file in _catalogs_of(folder)]
    if (path / project.ARTICLE_FILE).is_file():
        return _catalogs_of(path)
    found = sorted(file for file in path.rglob("*") if reporting.is_translators_file(file) and file.is_file())
    if not found:
        raise FileError(_("There are no PO or XLIFF files here."), path=path)
    return found


def _catalogs_of(folder: Path) -> list[Path]:
    workspace = project.find(folder)
    file = project.catalog_path(folder, workspace.target_language if workspace else "zh-CN")
    if not file.exists():
        raise FileError(_("The article has no translators' file."), path=file, hint=_("Run: compiler-flow update"))
    return [file]


def context_for(
    catalog: Catalog,
    metadata: Metadata | None,
    terms: Terminology,
    workspace: Workspace | None,
    folder: Path | None = None,
) -> CheckContext:
    """What the checks may know about ``catalog``: terms of its source language, metadata, the house's switches.

    ``folder`` is the article's, if it is one.
    """
    from compiler_flow import glossary

    matcher = terms.matcher(catalog.source_language)
    return CheckContext(
        matcher.source,
        matcher.target,
        metadata,
        settings=house.switches(workspace),
        unknown_names=functools.partial(glossary.unknown_names, matcher),
        proposed=naming.Namer(terms).proposed(catalog, metadata),
        rules=house.rules(workspace),
        source_texts=source_texts(folder, metadata) if folder and metadata else None,
        all_source_terms=matcher.sources,
        are_plainly_rendered=matcher.are_plainly_rendered,
    )


def source_texts(folder: Path, metadata: Metadata) -> tuple[str, ...] | None:
    """The texts that the article's ``source.md`` and metadata give now; ``None`` where there is no ``source.md``."""
    from compiler_flow import ingest, segment

    path = project.source_path(folder)
    if not path.exists():
        return None
    article = Article(folder.name, metadata, ingest.from_markdown(read_text(path)[0]))
    return tuple(part.text for part in segment.split(article))


def _of_issue(path: Path, terms: _TermsByWorkspace, only: Sequence[str]) -> list[Finding]:
    """The findings about a number as a whole, where ``path`` is an issue's folder."""
    if not (path.is_dir() and (path / project.ISSUE_FILE).is_file()):
        return []
    from compiler_flow import checks

    parts = tuple(part for part, _workspace, _file in _parts(path))
    workspace = project.find(path)
    first = parts[0].catalog if parts else Catalog("", "en")
    context = context_for(first, None, terms.of(workspace), workspace)
    found = checks.run_issue(project.read_issue(path), parts, context, only=only)
    files = {part.name: project.catalog_path(path / part.name, part.catalog.target_language) for part in parts}
    return [_shown(finding, files.get(finding.article, path / project.ISSUE_FILE)) for finding in found]


def _shown(finding: Finding, file: Path, article: str = "") -> Finding:
    """The finding with the path as the user spelled it; ``article`` is named where the file may not know its own."""
    return dataclasses.replace(finding, path=file.as_posix(), article=article or finding.article)
