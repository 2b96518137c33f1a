"""The terms of a workspace or of files named by hand, ready to be found in texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from compiler_flow import project
from compiler_flow.errors import FileError
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Finding, Term
from compiler_flow.project import Workspace
from compiler_flow.text import base_language

if TYPE_CHECKING:
    from compiler_flow.glossary import Candidate, Matcher


class Terminology:
    """House terms and, for each source language, one matcher that also knows the built-in layer."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms
        self._matchers: dict[str, Matcher] = {}

    def matcher(self, source_language: str) -> Matcher:
        """The matcher for texts in ``source_language`` (BCP 47), built at the first call."""
        from compiler_flow import glossary

        language = base_language(source_language)
        if language not in self._matchers:
            layer = glossary.base_terms(language) if language else ()
            self._matchers[language] = glossary.Matcher((*self.terms, *layer), language)
        return self._matchers[language]

    def with_terms(self, terms: tuple[Term, ...]) -> Terminology:
        """This terminology and further terms, for one purpose."""
        return Terminology((*self.terms, *terms)) if terms else self


def load(workspace: Workspace | None, paths: Sequence[Path] = ()) -> Terminology:
    """The terms in ``paths``, or the workspace's house glossary where none are named."""
    from compiler_flow import glossary

    for path in paths:
        if path.is_dir() and not glossary.load([path]):
            raise FileError(_("There is no glossary file with entries here."), path=path)
    wanted = tuple(paths) or (workspace.glossaries if workspace else ())
    return Terminology(glossary.load(wanted) if wanted else ())


def find(
    workspace: Workspace | None, query: str, paths: Sequence[Path] = (), *, language: str = "en"
) -> tuple[Term, ...]:
    """The entries that have ``query`` somewhere, the house's before the built-in layer's."""
    from compiler_flow import glossary

    terms = load(workspace, paths).terms
    return glossary.find((*terms, *glossary.base_terms(language)), query)


def lint(workspace: Workspace | None, paths: Sequence[Path] = ()) -> tuple[Finding, ...]:
    """Faults of the glossary itself, with file and line."""
    from compiler_flow import glossary

    return tuple(glossary.lint(load(workspace, paths).terms))


def candidates(workspace: Workspace, folders: Sequence[Path], *, least: int = 1) -> tuple[Candidate, ...]:
    """Names in the sources of these articles that no entry covers, the most frequent first."""
    from compiler_flow import bilingual, glossary

    known = load(workspace)
    files = (project.catalog_path(folder, workspace.target_language) for folder in folders)
    catalogs = [bilingual.load(file) for file in files if file.exists()]
    languages = dict.fromkeys(base_language(catalog.source_language) for catalog in catalogs)
    found = [
        one for language in languages for one in glossary.candidates(catalogs, known.matcher(language), least=least)
    ]
    return tuple(sorted(found, key=lambda one: -one.count))


def convert(source: Path, target: Path) -> int:
    """Read a glossary file of any format and write it in the one that ``target`` is named for; returns the entries."""
    from compiler_flow import glossary

    if target.exists():
        raise FileError(_("This exists already."), path=target, hint=_("Choose another name."))
    terms = glossary.load([source])
    glossary.save(terms, target, stamp="")
    return len(terms)


def export(workspace: Workspace, target: Path) -> int:
    """Write the whole house glossary to ``target``; returns the number of entries."""
    from compiler_flow import glossary

    terms = load(workspace).terms
    glossary.save(terms, target)
    return len(terms)
