"""``compiler-flow add``: articles in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from compiler_flow.cli import options, output
from compiler_flow.errors import CompilerFlowError, UsageError
from compiler_flow.flow import intake, terminology
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Section


@click.command(help=_("Take FILES (or all files of a folder) into an issue and cut them into units."))
@click.argument("files", nargs=-1, required=True, type=options.EXISTING)
@click.option("--issue", default="", help=_("The issue, if there are several."))
@click.option("--name", default="", help=_("The article's folder name (one file only)."))
@click.option("--lang", "language", default="", help=_("Language of the article (BCP 47), such as en or ru."))
@click.option("--country", default="", help=_("Country it is listed under (ISO 3166-1), such as EE."))
@click.option("--section", type=click.Choice(list(Section)), help=_("Feature or regional news."))
@click.option("--title", default="", help=_("Title in the source language."))
@click.option("--author", default="", help=_("Author."))
@click.option("--author-role", default="", help=_("Who the author is, such as: analyst at X."))
@click.option("--site", default="", help=_("Name of the site or paper."))
@click.option("--url", default="", help=_("Address of the original."))
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help=_("Date of publication."))
@click.option("--compiler", "compilers", multiple=True, help=_("Who compiles it (编译); may be repeated."))
@click.option("--reviewer", "reviewers", multiple=True, help=_("Who reviews it (审校); may be repeated."))
@click.option("--reader", default="", help=_("How to read the files, if their names do not tell."))
def command(
    files: tuple[Path, ...],
    issue: str,
    name: str,
    section: str | None,
    date: dt.datetime | None,
    reader: str,
    **texts: str | tuple[str, ...],
) -> None:
    """Add articles."""
    workspace = options.workspace()
    folder = options.issue_folder(workspace, issue)
    sources = intake.sources_in(files)
    if not sources:
        raise UsageError(_("There are no files to add."), path=files[0])
    if name and len(sources) > 1:
        raise UsageError(_("--name goes with one file only."))
    given = intake.Given(
        section=Section(section) if section else None,
        date=date.date() if date else None,
        **texts,  # type: ignore[arg-type]  # click gives each option the type its declaration says
    )
    terms = terminology.load(workspace)
    failed = 0
    with output.progress(_("Adding"), len(sources) if len(sources) > 3 else 0) as advance:
        for source in sources:
            try:
                added = intake.add(workspace, folder, source, given, name=name, reader=reader, terms=terms)
            except CompilerFlowError as error:
                # One bad item never stops the others.
                failed += 1
                output.fail(str(error))
            else:
                output.say(_summary(added))
            advance(1)
    if failed:
        raise click.exceptions.Exit(2)


def _summary(added: intake.Added) -> str:
    line = _("{path}: {units} units, {words} words, {language}").format(
        path=output.path_of(added.folder), units=added.units, words=added.words, language=added.metadata.language
    )
    if added.metadata.guessed:
        guessed = ", ".join(sorted(added.metadata.guessed))
        line += "\n  " + _("guessed, please check in article.toml: {fields}").format(fields=guessed)
    return line
