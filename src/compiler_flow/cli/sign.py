"""``compiler-flow sign``: somebody answers for an article."""

from __future__ import annotations

import datetime as dt

import click

from compiler_flow import project
from compiler_flow.cli import options, output
from compiler_flow.errors import GateClosedError
from compiler_flow.flow import signing
from compiler_flow.i18n import gettext as _
from compiler_flow.i18n import pgettext


@click.command(help=_("Sign ARTICLE (or every article of an issue) off as it stands now."))
@click.argument("article")
@click.option("--by", required=True, help=_("Your name."))
@click.option(
    "--role", type=click.Choice(signing.ROLES), default="reviewer", show_default=True, help=_("What you sign as.")
)
def command(article: str, by: str, role: str) -> None:
    """Sign articles."""
    workspace = options.workspace()
    at = dt.datetime.now().astimezone().replace(microsecond=0)
    refused = False
    for folder in project.find_articles(workspace, article):
        try:
            signed = signing.sign(workspace, folder, by=by, role=role, at=at)
        except GateClosedError as error:
            # One article that is not ready does not keep the others of its issue from being signed.
            output.fail(str(error))
            refused = True
            continue
        told = _("{article}: signed by {name} as {role}")
        output.say(told.format(article=folder.name, name=signed.by, role=_role(role)))
    if refused:
        raise click.exceptions.Exit(GateClosedError.exit_code)


def _role(name: str) -> str:
    return pgettext("role", "compiler") if name == "compiler" else pgettext("role", "reviewer")
