"""``compiler-flow check``: findings."""

from __future__ import annotations

from pathlib import Path

import click

from compiler_flow.cli import options, output
from compiler_flow.flow import checking
from compiler_flow.i18n import gettext as _


@click.command(help=_("Check PO and XLIFF files, articles, or whole issues. Exit code 1 if anything was found."))
@click.argument("paths", nargs=-1, type=options.EXISTING)
@click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    type=options.EXISTING,
    help=_("Glossary file or folder, instead of the workspace's; may be repeated."),
)
@click.option("--only", multiple=True, help=_("Run only this check; may be repeated."))
@options.FORMAT
def command(paths: tuple[Path, ...], glossaries: tuple[Path, ...], only: tuple[str, ...], form: str) -> None:
    """Check files."""
    report = checking.check(paths or (_here(),), glossaries=glossaries, only=only)
    if form == "json":
        output.say_json(checking.as_json(report))
    else:
        from compiler_flow.cli import findings

        findings.show(report)
    if not report.is_clean():
        raise click.exceptions.Exit(1)


def _here() -> Path:
    return options.issue_folder(options.workspace(), "")
