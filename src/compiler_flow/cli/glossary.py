"""``compiler-flow glossary``: look up, propose, lint, convert."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compiler_flow import project
from compiler_flow.cli import options, output
from compiler_flow.errors import UsageError
from compiler_flow.flow import naming, terminology
from compiler_flow.i18n import gettext as _
from compiler_flow.text import shorten

if TYPE_CHECKING:
    from compiler_flow.names import Suggestion

_FILES = click.argument("paths", nargs=-1, type=options.EXISTING)


@click.group(name="glossary", help=_("Look up, lint and convert glossaries; propose names."))
def command() -> None:
    """Glossaries."""


@command.command(help=_("Show the entries that have QUERY in a name, a rendering or a note."))
@click.argument("query")
@click.option("--lang", "language", default="en", show_default=True, help=_("Language of the built-in layer."))
@click.option("--glossary", "paths", multiple=True, type=options.EXISTING, help=_("Files instead of the workspace's."))
@options.FORMAT
def find(query: str, language: str, paths: tuple[Path, ...], form: str) -> None:
    """Find entries."""
    found = terminology.find(terminology.load(project.find(Path.cwd()), paths), query, language=language)
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
    found = terminology.lint(terminology.load(workspace, paths))
    for finding in found:
        where = f"{output.path_of(finding.path)}:{finding.line}"
        output.say(f"{where}: {finding.severity}: {finding.check}: {finding.message}")
    if found:
        raise click.exceptions.Exit(1)
    output.say(_("The glossary is sound."))


@command.command(help=_("List names in ARTICLES (or an issue) that no entry covers, as CSV to paste, with proposals."))
@click.argument("articles", nargs=-1)
@click.option("--least", default=1, show_default=True, help=_("Fewest mentions."))
def candidates(articles: tuple[str, ...], least: int) -> None:
    """List candidates for the glossary."""
    workspace = options.workspace()
    named = articles or (str(options.issue_folder(workspace, "")),)
    folders = [folder for name in named for folder in project.find_articles(workspace, name)]
    output.say(naming.candidates_csv(workspace, folders, least=least).rstrip("\n"))


@command.command(help=_("Propose Chinese forms for the names of persons, best first, with reasons."))
@click.argument("names", nargs=-1, metavar="NAME…")
@click.option("--lang", "language", default="", help=_("Language of the names (lv, pl …); without it, it is guessed."))
@click.option("--country", default="", help=_("Country that the text is about (LV, PL …), a help for guessing."))
@click.option("--woman/--man", default=None, help=_("Whether it is a woman; without it, the given name tells."))
@click.option(
    "--from", "file", type=options.EXISTING, help=_("A file with a name a line, and a language behind a tab.")
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help=_("How to print the result; csv are rows for a glossary file."),
)
def suggest(
    names: tuple[str, ...], language: str, country: str, woman: bool | None, file: Path | None, form: str
) -> None:
    """Propose forms for names."""
    asked = [(name, language) for name in names]
    asked += [(name, tongue or language) for name, tongue in naming.read_names(file)] if file else []
    if not asked:
        raise UsageError(_("No name is given."), hint=_('For example: compiler-flow glossary suggest "Evika Siliņa"'))
    found = naming.suggest(project.find(Path.cwd()), asked, woman=woman, country=country)
    if form == "csv":
        output.say(naming.suggestions_csv(found).rstrip("\n"))
    elif form == "json":
        output.say_json(_as_json(found[0]) if len(found) == 1 and file is None else [_named(one) for one in found])
    else:
        _show(found)
    for one in found:
        if one.note:
            output.note(_("“{name}”: {note}").format(name=shorten(one.name, 40), note=one.note))
    if not all(one.proposals for one in found):
        raise click.exceptions.Exit(1)


def _as_json(found: Suggestion) -> list[dict[str, object]]:
    return [
        {"target": one.target, "reason": one.reason, "source": one.source, "confidence": one.confidence}
        for one in found.proposals
    ]


def _named(found: Suggestion) -> dict[str, object]:
    return {"name": found.name, "language": found.language, "proposals": _as_json(found), "note": found.note}


def _show(found: Sequence[Suggestion]) -> None:
    columns = [(_("name"), "left"), (_("proposal"), "left"), (_("sure"), "right"), (_("why"), "left")]
    rows = [
        (one.name if not number else "", each.target, f"{each.confidence:.0%}", each.reason)
        for one in found
        for number, each in enumerate(one.proposals)
    ]
    if rows:
        output.table("", columns, rows)


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
