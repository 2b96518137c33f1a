"""``compiler-flow assemble``: the number."""

from __future__ import annotations

import click

from compiler_flow.cli import options, output
from compiler_flow.flow import building
from compiler_flow.i18n import gettext as _

ALIASES = {"md": "markdown"}


@click.command(help=_("Assemble ISSUE into its out/ folder."))
@click.argument("issue", default="")
@click.option("--format", "forms", default="md,html", show_default=True, help=_("Formats, separated by commas."))
@click.option("--final", is_flag=True, help=_("Refuse while anything is unfinished, unsigned or wrong."))
@click.option("--theme", default="", help=_("A theme's name, or a CSS file."))
@click.option("--no-typography", is_flag=True, help=_("Show the text as typed."))
def command(issue: str, forms: str, final: bool, theme: str, no_typography: bool) -> None:
    """Assemble a number."""
    workspace = options.workspace()
    folder = options.issue_folder(workspace, issue)
    built = building.assemble(
        workspace, folder, formats=formats(forms), final=final, theme=theme, as_typed=no_typography
    )
    show(built)


def formats(names: str) -> tuple[str, ...]:
    """The renderers that a comma-separated list names."""
    found = (name.strip().lower() for name in names.split(","))
    return tuple(dict.fromkeys(ALIASES.get(name, name) for name in found if name))


def show(built: building.Built) -> None:
    """Print where the files are, and what a draft still misses."""
    for line in built.bulletin.missing if built.bulletin.draft else ():
        output.note(line)
    for path in built.files:
        output.say(output.path_of(path))
