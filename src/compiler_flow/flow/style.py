"""How the house wants its numbers: ``[typography]``, ``[assemble]`` and ``[themes]`` of the settings.

They stand in ``compiler-flow.toml``; the same tables in ``issue.toml`` change single keys for one number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compiler_flow import project, typography
from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.project import Workspace


@dataclass(frozen=True, slots=True)
class Style:
    """The switches with their defaults.

    ``spaces`` (between Han and Latin) is ``none``, ``thin`` or ``space``.
    """

    spaces: str = "none"


def load(workspace: Workspace, issue: Path) -> Style:
    """The switches for an issue. Raises ``FormatError`` for a value that is none of those a switch has."""
    own = project.read_toml(issue / project.ISSUE_FILE)[0]
    typeset = _Table("typography", workspace, issue, own)
    return Style(spaces=typeset.choice("spaces", tuple(typography.SPACES)))


class _Table:
    """A table of the settings, the issue's keys before the workspace's."""

    def __init__(self, name: str, workspace: Workspace, issue: Path, own: Mapping[str, Any]) -> None:
        self._name = name
        house, here = workspace.settings.get(name, {}), own.get(name, {})
        places = ((here, issue / project.ISSUE_FILE), (house, workspace.root / project.SETTINGS_FILE))
        for table, path in places:
            if not isinstance(table, Mapping):
                raise FormatError(_("[{name}] must be a table.").format(name=name), path=path)
        self._places = places

    def choice(self, key: str, known: tuple[str, ...]) -> str:
        """One of ``known``, the first if nothing is set."""
        for table, path in self._places:
            if key in table:
                if table[key] not in known:
                    raise FormatError(
                        _("{key} in [{name}] must be one of: {known}.").format(
                            key=key, name=self._name, known=", ".join(known)
                        ),
                        path=path,
                    )
                return str(table[key])
        return known[0]
