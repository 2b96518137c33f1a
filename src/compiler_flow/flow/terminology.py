"""The terms of a workspace or of files named by hand, ready to be found in texts."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from compiler_flow import project
from compiler_flow.errors import FileError, UsageError
from compiler_flow.files import read_bytes, stamp_of, write_bytes
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, Finding, Severity, Term
from compiler_flow.project import Workspace
from compiler_flow.text import base_language, clean, fold_spaces

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


def find(known: Terminology, query: str, *, language: str = "en") -> tuple[Term, ...]:
    """The entries that have ``query`` somewhere, the house's before the built-in layer's."""
    from compiler_flow import glossary

    return glossary.find((*known.terms, *glossary.base_terms(language)), query)


def lint(known: Terminology) -> tuple[Finding, ...]:
    """Faults of the glossary itself, with file and line."""
    from compiler_flow import glossary

    return tuple(glossary.lint(known.terms))


def catalogs(workspace: Workspace, folders: Iterable[Path]) -> list[Catalog]:
    """The catalogs of the articles in ``folders``, of those that have one."""
    from compiler_flow import bilingual

    files = (project.catalog_path(folder, workspace.target_language) for folder in folders)
    return [bilingual.load(file) for file in files if file.exists()]


def candidates(known: Terminology, catalogs: Sequence[Catalog], *, least: int = 1) -> tuple[Candidate, ...]:
    """Names in the sources of ``catalogs`` that no entry covers, the most frequent first."""
    from compiler_flow import glossary

    languages = dict.fromkeys(base_language(catalog.source_language) for catalog in catalogs)
    found = [
        one for language in languages for one in glossary.candidates(catalogs, known.matcher(language), least=least)
    ]
    return tuple(sorted(found, key=lambda one: -one.count))


def add(workspace: Workspace, term: Term) -> Path:
    """Put ``term`` into the house glossary as a new last row and return the file, which keeps what people wrote.

    The file is the one that has most entries of the term's kind, else ``glossary/terms.csv``. Raises ``UsageError``
    for an entry without source or target and for one that is there already, and where ``lint`` finds an error that
    the entry brings in; ``ChangedOnDiskError`` where somebody saved the file meanwhile.
    """
    from compiler_flow import glossary
    from compiler_flow.glossary import csv_table

    term = dataclasses.replace(term, source=fold_spaces(clean(term.source)), target=fold_spaces(clean(term.target)))
    if not term.source or not term.target:
        raise UsageError(_("An entry needs a source and a rendering."))
    known = load(workspace).terms
    for old in known:
        if (old.source, old.lang) == (term.source, term.lang):
            where = f"{old.path}:{old.line}" if old.line else old.path
            raise UsageError(
                _("The glossary has {source} already: {target} ({where}).").format(
                    source=old.source, target=old.target, where=where
                )
            )
    before = {(one.check, one.message) for one in glossary.lint(known)}
    for found in glossary.lint((*known, term)):
        if found.severity is Severity.ERROR and (found.check, found.message) not in before:
            raise UsageError(found.message)
    path = _file_for(workspace, term, known)
    data, stamp = (read_bytes(path), None) if path.exists() else (csv_table.dumps(()), "")
    write_bytes(path, csv_table.with_row(data, term, path), stamp=stamp_of(data) if stamp is None else stamp)
    return path


def _file_for(workspace: Workspace, term: Term, known: Sequence[Term]) -> Path:
    tables = [one for one in known if Path(one.path).suffix.lower() in (".csv", ".tsv")]
    for group in ([one for one in tables if one.kind is term.kind], tables):
        if group:
            return Path(Counter(one.path for one in group).most_common(1)[0][0])
    for place in workspace.glossaries:
        if place.is_dir():
            return place / "terms.csv"
        if place.suffix.lower() == ".csv":
            return place
    return workspace.root / "glossary" / "terms.csv"


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
    # A file without entries says nothing that could be lost, and some forms are none then.
    return len(terms), not terms or glossary.load([target]) == terms
