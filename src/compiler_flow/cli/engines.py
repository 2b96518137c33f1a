"""``compiler-flow engines``: translation models."""

from __future__ import annotations

from pathlib import Path

import click

from compiler_flow import project
from compiler_flow.cli import options, output
from compiler_flow.flow import models
from compiler_flow.i18n import gettext as _


@click.group(name="engines", help=_("List, install and remove translation models."))
def command() -> None:
    """Translation models."""


@command.command(name="list", help=_("Show the engines and the installed packages."))
@click.option("--available", is_flag=True, help=_("Show what can be installed instead (asks the index)."))
@click.option("--index", default="", help=_("Address of another index than Argos' own (a mirror)."))
def list_(available: bool, index: str) -> None:
    """List engines and packages."""
    from compiler_flow.engines import ENGINES

    if available:
        offers = [(f"{o.metadata.source} → {o.metadata.target}", o.metadata.version) for o in models.available(index)]
        output.table("", [(_("pair"), "left"), (_("version"), "left")], sorted(offers))
        return
    output.say(_("Engines: {names}").format(names=", ".join(ENGINES)))
    packages = models.installed(project.find(Path.cwd()))
    if not packages:
        output.say(_("No packages are installed. Install one: compiler-flow engines install en zh"))
        return
    rows = [
        (f"{p.metadata.source} → {p.metadata.target}", p.metadata.version, str(p.folder), p.problem) for p in packages
    ]
    columns = [(_("pair"), "left"), (_("version"), "left"), (_("folder"), "left"), (_("problem"), "left")]
    output.table("", columns, rows)


@command.command(help=_("Install a package: WHAT is an .argosmodel file, or two languages such as: en zh"))
@click.argument("what", nargs=-1, required=True)
@click.option("--index", default="", help=_("Address of another index than Argos' own (a mirror)."))
@click.option("--trust-changed", is_flag=True, help=_("Accept a file that differs from the first installed one."))
def install(what: tuple[str, ...], index: str, trust_changed: bool) -> None:
    """Install packages."""
    with output.download_progress(_("Downloading")) as progress:
        done = models.install(
            project.find(Path.cwd()), what, index=index, trust_changed=trust_changed, progress=progress
        )
    for package in done:
        output.say(
            _("Installed {source} → {target} {version} in {folder}").format(
                source=package.metadata.source,
                target=package.metadata.target,
                version=package.metadata.version,
                folder=package.folder,
            )
        )


@command.command(help=_("Remove the packages that translate SOURCE into TARGET."))
@click.argument("source")
@click.argument("target")
def remove(source: str, target: str) -> None:
    """Remove packages."""
    for folder in models.remove(project.find(Path.cwd()), source, target):
        output.say(_("Removed {folder}").format(folder=folder))


@command.command(help=_("Say what is missing for the languages of this workspace, and what mends it."))
def doctor() -> None:
    """Look for what is missing."""
    needs = models.needs(options.workspace())
    rows = [(need.language, str(need.articles), need.model or "–", need.mend or _("ready")) for need in needs]
    columns = [(_("language"), "left"), (_("articles"), "right"), (_("model"), "left"), ("", "left")]
    output.table("", columns, rows)
    broken = models.problems(options.workspace())
    for problem in broken:
        output.fail(problem)
    if broken or any(need.mend for need in needs):
        raise click.exceptions.Exit(1)
