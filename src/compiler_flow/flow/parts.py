"""Articles loaded with their metadata and units, as the later stages want them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from compiler_flow import project
from compiler_flow.errors import FileError
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
    if not path.exists():
        raise FileError(
            _("The article has no translators' file."),
            path=path,
            hint=_("Make it with: compiler-flow update {name}").format(name=folder.name),
        )
    return Loaded(Part(folder.resolve().name, metadata, bilingual.load(path)), folder, stamp)


def load_issue(workspace: Workspace, issue: Path) -> tuple[Loaded, ...]:
    """All articles of an issue, by name."""
    return tuple(load(workspace, folder) for folder in project.articles(issue))
