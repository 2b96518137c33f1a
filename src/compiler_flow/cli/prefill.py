"""``compiler-flow prefill``: drafts."""

from __future__ import annotations

import click

from compiler_flow import project
from compiler_flow.cli import options, output
from compiler_flow.flow import drafting
from compiler_flow.i18n import gettext as _


@click.command(help=_("Draft the open units of ARTICLES (names, paths or whole issues) from memory and an engine."))
@click.argument("articles", nargs=-1)
@click.option(
    "--engine", default=None, help=_("Engine for drafts (see: compiler-flow engines list); none for memory only.")
)
@click.option("--renew", is_flag=True, help=_("Make untouched drafts again, too."))
def command(articles: tuple[str, ...], engine: str | None, renew: bool) -> None:
    """Prefill articles."""
    workspace = options.workspace()
    named = articles or (str(options.issue_folder(workspace, "")),)
    folders = [folder for name in named for folder in project.find_articles(workspace, name)]
    with output.counted(_("Drafting")) as progress:
        filled = drafting.prefill(workspace, folders, engine=engine, renew=renew, progress=progress)
    show(filled)


def show(filled: drafting.Filled) -> None:
    """Print what was drafted, and a line for each thing that stood in the way."""
    output.say(
        _("Drafted from memory: {memory} units, by machine translation: {engine}; still open: {open}.").format(
            memory=filled.memory, engine=filled.engine, open=filled.open
        )
    )
    for line in filled.notes:
        output.note(line)
