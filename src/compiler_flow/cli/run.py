"""``compiler-flow run``: the main job."""

from __future__ import annotations

from pathlib import Path

import click

from compiler_flow import project
from compiler_flow.cli import assemble as assembling
from compiler_flow.cli import findings, options, output
from compiler_flow.cli import prefill as prefilling
from compiler_flow.cli import status as showing
from compiler_flow.flow import building, checking, drafting, signing
from compiler_flow.flow.working import Workers
from compiler_flow.i18n import gettext as _


@click.command(help=_("Prefill, check and assemble ISSUE. A person's work is never overwritten."))
@click.argument("issue", default="")
@click.option("--format", "forms", default="md,html", show_default=True, help=_("Formats, separated by commas."))
@click.option(
    "--engine", default=None, help=_("Engine for drafts (see: compiler-flow engines list); none for memory only.")
)
@options.JOBS
@options.CLUSTER
def command(issue: str, forms: str, engine: str | None, jobs: int | None, cluster: str | None) -> None:
    """Run the main job on an issue."""
    workspace = options.workspace()
    folder = options.issue_folder(workspace, issue)
    with output.counted(_("Drafting")) as progress:
        filled = drafting.prefill(
            workspace, project.articles(folder), engine=engine, workers=Workers(jobs, cluster), progress=progress
        )
    prefilling.show(filled)
    report = checking.check([Path(output.path_of(folder))])
    output.say(findings.summary(report))
    if not report.is_clean():
        output.note(_("See them with: compiler-flow check {path}").format(path=output.path_of(folder)))
    built = building.assemble(workspace, folder, formats=assembling.formats(forms), report=report)
    showing.show(folder.resolve().name, signing.status(workspace, folder))
    for line in (*built.strays, *built.unfit):
        output.note(line)
    output.say(_("The number is assembled:"))
    for path in built.files:
        output.say(f"  {output.path_of(path)}")
