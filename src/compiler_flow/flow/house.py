"""What the house itself decides about checking: ``[checks]`` of ``compiler-flow.toml``."""

from __future__ import annotations

from collections.abc import Mapping

from compiler_flow import project
from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.project import Workspace


def switches(workspace: Workspace | None) -> Mapping[str, object]:
    """The table ``[checks]``. Raises ``FormatError`` for a value that a switch does not have."""
    from compiler_flow.checks.space_policy import POLICIES

    found = workspace.setting("checks", default={}) if workspace else {}
    path = workspace.root / project.SETTINGS_FILE if workspace else ""
    if not isinstance(found, Mapping):
        raise FormatError(_("[{name}] must be a table.").format(name="checks"), path=path)
    for key, known in (("spaces", POLICIES),):
        if key in found and found[key] not in known:
            raise FormatError(
                _("{key} in [{name}] must be one of: {known}.").format(key=key, name="checks", known=", ".join(known)),
                path=path,
            )
    return found
