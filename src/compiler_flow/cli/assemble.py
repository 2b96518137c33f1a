"""``compiler-flow assemble``: the number."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

import click

from compiler_flow import project
from compiler_flow.cli import options, output
from compiler_flow.errors import CompilerFlowError, UsageError
from compiler_flow.flow import building
from compiler_flow.i18n import gettext as _
from compiler_flow.project import Workspace

ALIASES: Mapping[str, tuple[str, ...]] = {
    "md": ("markdown",),
    "bilingual": ("bilingual", "bilingual-docx"),
    "all": ("markdown", "html", "wechat", "docx", "pdf", "epub", "bilingual", "bilingual-docx", "json"),
}


@click.command(help=_("Assemble ISSUE into its out/ folder."))
@click.argument("issue", default="")
@click.option(
    "--format",
    "forms",
    default="md,html",
    show_default=True,
    help=_("Formats, separated by commas: md, html, wechat, docx, pdf, epub, bilingual, json, or all."),
)
@click.option("--final", is_flag=True, help=_("Refuse while anything is unfinished, unsigned or wrong."))
@click.option(
    "--theme", default="", help=_("A theme: the name of one, or a .css (web page), .docx (Word) or .typ (PDF) file.")
)
@click.option("--no-typography", is_flag=True, help=_("Show the text as typed."))
@click.option("--watch", is_flag=True, help=_("Build again whenever a file of the issue changes."))
def command(issue: str, forms: str, final: bool, theme: str, no_typography: bool, watch: bool) -> None:
    """Assemble a number."""
    if final and watch:
        raise UsageError(_("--watch is for drafts: a final build is made once."))
    workspace = options.workspace()
    folder = options.issue_folder(workspace, issue)
    names = formats(forms)

    def build(where: Workspace) -> None:
        show(building.assemble(where, folder, formats=names, final=final, theme=theme, as_typed=no_typography))

    if watch:
        _watch(workspace, folder, names, theme, build)
    else:
        build(workspace)


def _watch(workspace: Workspace, folder: Path, names: tuple[str, ...], theme: str, build: building.Build) -> None:
    from compiler_flow.flow import style, watching

    def themes() -> tuple[str, ...]:
        try:
            house = style.load(project.open_workspace(workspace.root), folder)
        except CompilerFlowError:
            return (theme,)
        return tuple(house.theme(name, theme) for name in names)

    def rebuild() -> None:
        try:
            # The settings may be what changed.
            build(project.open_workspace(workspace.root))
        except CompilerFlowError as error:
            output.fail(str(error))

    output.note(_("Watching; stop with Ctrl+C."))
    # Whoever stops it has got what they wanted.
    with contextlib.suppress(KeyboardInterrupt):
        watching.watch(workspace, folder, themes, rebuild)


def formats(names: str) -> tuple[str, ...]:
    """The renderers that a comma-separated list names."""
    found = (name.strip().lower() for name in names.split(","))
    return tuple(dict.fromkeys(renderer for name in found if name for renderer in ALIASES.get(name, (name,))))


def show(built: building.Built) -> None:
    """Print where the files are, what a draft still misses, and what a form could not show."""
    for line in (*built.strays, *(built.bulletin.missing if built.bulletin.draft else ()), *built.unfit):
        output.note(line)
    for path in built.files:
        output.say(output.path_of(path))
    if built.left:
        names = ", ".join(path.name for path in built.left)
        output.note(
            _("This draft took the place of the final build; these files are still of that one: {names}.").format(
                names=names
            )
        )
