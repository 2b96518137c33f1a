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


def convert(source: Path, target: Path) -> tuple[int, bool]:
    """Read a glossary file of any format and write it in the one that ``target`` is named for.

    Returns how many entries there are, and whether all that they say is in ``target``.
    """
    from compiler_flow import glossary

    if target.exists():
        raise FileError(_("This exists already."), path=target, hint=_("Choose another name."))
    return _written(glossary.load([source]), target, stamp="")


def export(workspace: Workspace, target: Path) -> tuple[int, bool]:
    """Write the whole house glossary to ``target``; returns the same as ``convert``."""
    return _written(load(workspace).terms, target)


def _written(terms: tuple[Term, ...], target: Path, *, stamp: str | None = None) -> tuple[int, bool]:
    from compiler_flow import glossary

    glossary.save(terms, target, stamp=stamp)
    return len(terms), glossary.load([target]) == terms
