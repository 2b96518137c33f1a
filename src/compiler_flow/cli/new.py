"""``compiler-flow new``: a new issue."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from compiler_flow.cli import options, output
from compiler_flow.flow.intake import new_issue
from compiler_flow.i18n import gettext as _


@click.command(help=_("Make the issue NAME (best: its date), and a workspace here if there is none."))
@click.argument("name")
@click.option("--title", default="", help=_("The bulletin's title."))
@click.option("--number", default="", help=_("The number (期) of this issue."))
@click.option("--date", type=options.day, help=_("The date, if the name is not one."))
def command(name: str, title: str, number: str, date: dt.date | None) -> None:
    """Make an issue."""
    folder = new_issue(Path.cwd(), name, title=title, number=number, date=date)
    output.say(_("Made {path}").format(path=output.path_of(folder)))
    output.note(_("Next: compiler-flow add FILE… --issue {name}").format(name=name))
