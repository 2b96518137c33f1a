"""Options and arguments that several commands share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from compiler_flow import project
from compiler_flow.errors import UsageError
from compiler_flow.i18n import gettext as _
from compiler_flow.project import Workspace
from compiler_flow.text import day_of

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=_("How to print the result."),
)
JOBS = click.option(
    "--jobs", type=click.IntRange(min=1), default=None, help=_("Draft in so many processes of this machine.")
)
CLUSTER = click.option(
    "--cluster", default=None, metavar="ADDRESS", help=_("Draft on a Dask cluster: tcp://host:8786 (its scheduler).")
)
EXISTING = click.Path(path_type=Path)


def day(value: str) -> dt.date:
    """The type of options that name a day, see ``text.day_of``."""
    found = day_of(value)
    if found is None:
        raise click.BadParameter(_("{value} is no date such as 2024-10-31.").format(value=value))
    return found


def workspace() -> Workspace:
    """The workspace of the current folder. Raises ``WorkspaceError``."""
    return project.need(Path.cwd())


def issue_folder(where: Workspace, name: str) -> Path:
    """The folder of the issue ``name``; without a name the only issue, or the one that the current folder is in."""
    if name:
        return project.find_issue(where, name)
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / project.ISSUE_FILE).is_file():
            return folder
    issues = where.issues()
    if len(issues) == 1:
        return issues[0]
    raise UsageError(
        _("Which issue?"),
        hint=_("Known: {names}.").format(names=", ".join(f.name for f in issues))
        if issues
        else _("Make one with: compiler-flow new ISSUE"),
    )
