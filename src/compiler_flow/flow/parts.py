"""Articles loaded with their metadata and units, as the later stages want them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from compiler_flow import project
from compiler_flow.errors import CompilerFlowError, FileError
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Part
from compiler_flow.project import Workspace


@dataclass(frozen=True, slots=True)
class Loaded:
    """A part with the folder it came from and the stamp of its ``article.toml``."""

    part: Part
    folder: Path
    stamp: str

    @property
    def file(self) -> Path:
        """The translators' file."""
        return Path(self.part.catalog.path)


def load(workspace: Workspace, folder: Path) -> Loaded:
    """The article in ``folder``. Raises ``FileError`` without a translators' file, ``FormatError`` for bad ones."""
    from compiler_flow import bilingual

    metadata, stamp = project.read_metadata(folder)
    path = project.catalog_path(folder, workspace.target_language)
    need_catalog(path)
    return Loaded(Part(folder.resolve().name, metadata, bilingual.load(path)), folder, stamp)


def need_catalog(path: Path) -> None:
    """Raises ``FileError`` where an article's translators' file is not there."""
    if not path.exists():
        raise FileError(
            _("The article has no translators' file."),
            path=path,
            hint=_("Make it with: compiler-flow update {name}").format(name=path.resolve().parent.name),
        )


def load_each(workspace: Workspace, issue: Path) -> Iterator[tuple[str, Loaded | CompilerFlowError]]:
    """Each article of an issue by its name, or why it cannot be read: one keeps no other waiting."""
    for folder in project.articles(issue):
        try:
            yield folder.name, load(workspace, folder)
        except CompilerFlowError as error:
            yield folder.name, error


def strays(workspace: Workspace, issue: Path) -> tuple[FileError, ...]:
    """A word about each folder of an issue that looks like an article and is none."""
    return tuple(
        FileError(
            _("This folder holds an article's text but no article.toml, so it does not go into the number."),
            path=folder,
            hint=_("Put its article.toml back, or move the folder out of the issue."),
        )
        for folder in project.strays(issue, workspace.target_language)
    )


def load_issue(workspace: Workspace, issue: Path) -> tuple[Loaded, ...]:
    """All articles of an issue, by name."""
    return tuple(load(workspace, folder) for folder in project.articles(issue))
