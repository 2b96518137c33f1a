"""``compiler-flow export``: units for another program."""

from __future__ import annotations

from pathlib import Path

import click

from compiler_flow import project
from compiler_flow.cli import options, output
from compiler_flow.errors import CompilerFlowError
from compiler_flow.flow import exchange
from compiler_flow.i18n import gettext as _


@click.command(help=_("Write ARTICLE's units (or those of every article of an issue) for another program."))
@click.argument("article")
@click.option(
    "--to", "kind", type=click.Choice(list(exchange.KINDS)), default="po", show_default=True, help=_("What for.")
)
@click.option("--output", "-o", "target", type=options.EXISTING, help=_("File or folder to write (one article only)."))
def command(article: str, kind: str, target: Path | None) -> None:
    """Export articles."""
    workspace = options.workspace()
    folders = project.find_articles(workspace, article)
    if target is not None and len(folders) > 1:
        raise click.UsageError(_("--output goes with one article."))
    failed = False
    for folder in folders:
        # One article that stands in the way keeps nobody else waiting.
        try:
            output.say(output.path_of(exchange.export(workspace, folder, kind, target)))
        except CompilerFlowError as error:
            failed = True
            output.fail(str(error))
    if failed:
        raise click.exceptions.Exit(2)
