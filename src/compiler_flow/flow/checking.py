"""Checking files, articles and whole issues."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Sequence
from pathlib import Path

from compiler_flow import i18n, project
from compiler_flow.errors import CompilerFlowError, FileError
from compiler_flow.files import read_text
from compiler_flow.flow import house, naming, parts, reporting, terminology
from compiler_flow.flow.terminology import Terminology
from compiler_flow.heap import without_collecting
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Article, Catalog, CheckContext, Finding, Metadata, Part
from compiler_flow.project import Workspace
from compiler_flow.report import Offer, Report


def check(paths: Sequence[Path], *, glossaries: Sequence[Path] = (), only: Sequence[str] = ()) -> Report:
    """Check PO and XLIFF files, article folders, issue folders or any folder of such files.

    Files inside a workspace are checked with its glossary and their article's metadata; ``glossaries`` (files or
    folders) replace the workspace's. ``only`` names checks. An article of a folder that cannot be read keeps no other
    from being checked and is among the report's ``troubles``. Raises ``FileError``, ``FormatError`` or ``UsageError``.
    """
    told = reporting.rules(only)
    findings: list[Finding] = []
    people: dict[str, tuple[str, ...]] = {}
    languages: dict[str, tuple[str, str]] = {}
    offers: dict[tuple[str, str], Offer] = {}
    troubles: list[str] = []
    files = units = 0
    with without_collecting():
        terms = _TermsByWorkspace(glossaries)
        for path in paths:
            read: list[Part] = []
            before = len(troubles)
            for part, workspace, file, found in _checked(path, terms, only, troubles):
                shown = file.as_posix()
                people[shown] = part.metadata.compilers
                languages[shown] = (part.catalog.source_language, part.catalog.target_language)
                metadata = part.metadata if part.name else None
                made = naming.offers(found, naming.Namer(terms.of(workspace)), part.catalog, metadata)
                offers |= {(shown, name): offer for name, offer in made.items()}
                findings += found
                files += 1
                units += len(part.catalog.units)
                if _is_issue(path):
                    read.append(part)
            # Without one of its articles a number would seem to lack what it has.
            if _is_issue(path) and len(troubles) == before:
                findings += _of_issue(path, read, terms, only)
            if _is_issue(path) and (home := project.find(path)):
                troubles += map(str, parts.strays(home, path))
    return Report(
        tuple(findings), files, units, told, people, languages, offers, tuple(troubles), english=not i18n.language()
    )


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


def _checked(
    path: Path, terms: _TermsByWorkspace, only: Sequence[str], troubles: list[str]
) -> Iterator[tuple[Part, Workspace | None, Path, list[Finding]]]:
    """Each catalog under ``path`` as a part (its name empty outside a workspace), its file as the user named it, its
    findings.

    Why a file of a folder of several cannot be read goes into ``troubles``.
    """
    is_article = (path / project.ARTICLE_FILE).is_file()
    for file in _files(path):
        try:
            if is_article or _is_issue(path):
                parts.need_catalog(file)
            yield _check_file(file, terms, only)
        except CompilerFlowError as error:
            if is_article or not path.is_dir() or not _is_about(error, file):
                raise
            troubles.append(str(error))


def _check_file(
    file: Path, terms: _TermsByWorkspace, only: Sequence[str]
) -> tuple[Part, Workspace | None, Path, list[Finding]]:
    from compiler_flow import bilingual, checks

    workspace = project.find(file)
    folder = file.resolve().parent
    is_article = workspace is not None and (folder / project.ARTICLE_FILE).is_file()
    # Errors name the folder as the user did, unless the file is a link to elsewhere.
    named = file.parent if file.parent.resolve() == folder else folder
    metadata = project.read_metadata(named)[0] if is_article else None

    def context_of(catalog: Catalog) -> CheckContext:
        return context_for(catalog, metadata, terms.of(workspace), workspace, file.parent if is_article else None)

    with checks.begin(context_of, only=only) as ahead:
        catalog = bilingual.load(file, follower=ahead.follow)
        found = checks.run(catalog, context_of(catalog), only=only, ahead=ahead)
    part = Part(folder.name if is_article else "", metadata or Metadata(), catalog)
    return part, workspace, file, [_shown(one, file, part.name) for one in found]


def _is_issue(path: Path) -> bool:
    """Whether ``path`` is the folder of an issue."""
    return (path / project.ISSUE_FILE).is_file()


def _is_about(error: CompilerFlowError, file: Path) -> bool:
    """Whether ``error`` is of this article; an error of the glossary or the settings is everybody's."""
    own = (file, file.parent / project.ARTICLE_FILE, project.source_path(file.parent))
    return Path(error.path).resolve() in {path.resolve() for path in own}


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    if _is_issue(path):
        return [_catalog_of(folder) for folder in project.articles(path)]
    if (path / project.ARTICLE_FILE).is_file():
        return [_catalog_of(path)]
    found = sorted(file for file in path.rglob("*") if reporting.is_translators_file(file) and file.is_file())
    if not found:
        raise FileError(_("There are no PO or XLIFF files here."), path=path)
    return found


def _catalog_of(folder: Path) -> Path:
    workspace = project.find(folder)
    return project.catalog_path(folder, workspace.target_language if workspace else "zh-CN")


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
        not_plainly_rendered=matcher.not_plainly_rendered,
        naming_unknown=functools.partial(glossary.naming_unknown, matcher),
    )


def source_texts(folder: Path, metadata: Metadata) -> tuple[str, ...] | None:
    """The texts that the article's ``source.md`` and metadata give now; ``None`` where there is no ``source.md``."""
    from compiler_flow import ingest, segment

    path = project.source_path(folder)
    if not path.exists():
        return None
    article = Article(folder.name, metadata, ingest.from_markdown(read_text(path)[0]))
    return tuple(part.text for part in segment.split(article))


def _of_issue(path: Path, every: Sequence[Part], terms: _TermsByWorkspace, only: Sequence[str]) -> list[Finding]:
    """The findings about the number at ``path`` as a whole."""
    from compiler_flow import checks

    workspace = project.find(path)
    first = every[0].catalog if every else Catalog("", "en")
    context = context_for(first, None, terms.of(workspace), workspace)
    found = checks.run_issue(project.read_issue(path), every, context, only=only)
    files = {part.name: project.catalog_path(path / part.name, part.catalog.target_language) for part in every}
    return [_shown(finding, files.get(finding.article, path / project.ISSUE_FILE)) for finding in found]


def _shown(finding: Finding, file: Path, article: str = "") -> Finding:
    """The finding with the path as the user spelled it; ``article`` is named where the file may not know its own."""
    return dataclasses.replace(finding, path=file.as_posix(), article=article or finding.article)
