"""``compiler-flow glossary``: look up, lint, convert."""

from __future__ import annotations

from pathlib import Path

import click

from compiler_flow import project
from compiler_flow.cli import options, output
from compiler_flow.flow import terminology
from compiler_flow.i18n import gettext as _

_FILES = click.argument("paths", nargs=-1, type=options.EXISTING)


@click.group(name="glossary", help=_("Look up, lint and convert glossaries."))
def command() -> None:
    """Glossaries."""


@command.command(help=_("Show the entries that have QUERY in a name, a rendering or a note."))
@click.argument("query")
@click.option("--lang", "language", default="en", show_default=True, help=_("Language of the built-in layer."))
@click.option("--glossary", "paths", multiple=True, type=options.EXISTING, help=_("Files instead of the workspace's."))
@options.FORMAT
def find(query: str, language: str, paths: tuple[Path, ...], form: str) -> None:
    """Find entries."""
    found = terminology.find(project.find(Path.cwd()), query, paths, language=language)
    if form == "json":
        rows = [
            {"source": t.source, "target": t.target, "kind": str(t.kind), "lang": t.lang, "accept": list(t.accept)}
            for t in found
        ]
        output.say_json(rows)
        return
    rows_shown = [
        (t.source, t.target, str(t.kind), t.lang, f"{output.path_of(t.path)}:{t.line}" if t.path else _("built in"))
        for t in found
    ]
    columns = [(_("source"), "left"), (_("target"), "left"), (_("kind"), "left"), (_("lang"), "left"), ("", "left")]
    if rows_shown:
        output.table("", columns, rows_shown)
    else:
        output.note(_("Nothing found."))


@command.command(help=_("Look for faults in the glossary: duplicates, two renderings of one name, wrong marks."))
@_FILES
def lint(paths: tuple[Path, ...]) -> None:
    """Lint glossaries."""
    workspace = None if paths else options.workspace()
    found = terminology.lint(workspace, paths)
    for finding in found:
        where = f"{output.path_of(finding.path)}:{finding.line}"
        output.say(f"{where}: {finding.severity}: {finding.check}: {finding.message}")
    if found:
        raise click.exceptions.Exit(1)
    output.say(_("The glossary is sound."))


@command.command(help=_("List names in ARTICLES (or an issue) that no entry covers, as CSV to paste."))
@click.argument("articles", nargs=-1)
@click.option("--least", default=1, show_default=True, help=_("Fewest mentions."))
def candidates(articles: tuple[str, ...], least: int) -> None:
    """List candidates for the glossary."""
    from compiler_flow.glossary import candidates_csv

    workspace = options.workspace()
    named = articles or (str(options.issue_folder(workspace, "")),)
    folders = [folder for name in named for folder in project.find_articles(workspace, name)]
    output.say(candidates_csv(terminology.candidates(workspace, folders, least=least)).rstrip("\n"))


@command.command(name="import", help=_("Turn the glossary FILE (xlsx, tbx, tab, csv) into the new CSV file TARGET."))
@click.argument("file", type=options.EXISTING)
@click.argument("target", type=options.EXISTING)
def import_(file: Path, target: Path) -> None:
    """Import a glossary."""
    _tell(*terminology.convert(file, target), target)


@command.command(help=_("Write the whole glossary to FILE (csv, xlsx, tbx, or tab for OmegaT)."))
@click.argument("file", type=options.EXISTING)
def export(file: Path) -> None:
    """Export the glossary."""
    _tell(*terminology.export(options.workspace(), file), file)


def _tell(number: int, complete: bool, path: Path) -> None:
    output.say(_("{number} entries written to {path}").format(number=number, path=path))
    if not complete:
        output.note(_("This form cannot hold all of it (kinds, variants, first mentions): keep the original as well."))
