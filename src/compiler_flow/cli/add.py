"""``compiler-flow add``: articles in."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

import click

from compiler_flow.cli import options, output
from compiler_flow.errors import CompilerFlowError, DuplicateError, UsageError
from compiler_flow.flow import intake, receiving, terminology
from compiler_flow.flow import known as articles
from compiler_flow.flow.receiving import Item, Missed, Received
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Metadata


@click.command(
    help=_(
        "Take articles into an issue and cut them into units. SOURCES are files, folders, addresses, - for standard "
        "input, and what names many: a list of addresses, an RSS or Atom feed, a table (CSV, Excel) with a column "
        "called address."
    )
)
@click.argument("sources", nargs=-1, required=True)
@click.option("--issue", default="", help=_("The issue, if there are several."))
@click.option("--name", default="", help=_("The article's folder name (one article only)."))
@click.option("--lang", "language", default="", help=_("Language of the article (BCP 47), such as en or ru."))
@click.option("--country", default="", help=_("Country it is listed under: EE, Estonia or 爱沙尼亚."))
@click.option("--section", default="", help=_("feature (专题) or news (区域动态)."))
@click.option("--title", default="", help=_("Title in the source language."))
@click.option("--author", default="", help=_("Author."))
@click.option("--author-role", default="", help=_("Who the author is, such as: analyst at X."))
@click.option("--site", default="", help=_("Name of the site or paper."))
@click.option("--url", default="", help=_("Address of the original, or where it stands in words."))
@click.option("--date", type=options.day, help=_("Date of publication."))
@click.option("--compiler", "compilers", multiple=True, help=_("Who compiles it (编译); may be repeated."))
@click.option("--reviewer", "reviewers", multiple=True, help=_("Who reviews it (审校); may be repeated."))
@click.option("--reader", default="", help=_("How to read the files, if their names do not tell."))
@click.option("--review", is_flag=True, help=_("Show each text in $EDITOR first; what you delete gets no units."))
@click.option("--again", is_flag=True, help=_("Add what is there already, or says mostly the same, nevertheless."))
@click.option("--since", type=options.day, help=_("Of feeds, only what was published since that day."))
@click.option("--allow-local", is_flag=True, help=_("Also fetch from private networks and from this machine."))
def command(
    sources: tuple[str, ...],
    issue: str,
    name: str,
    country: str,
    section: str,
    date: dt.date | None,
    reader: str,
    review: bool,
    again: bool,
    since: dt.date | None,
    allow_local: bool,
    **texts: str | tuple[str, ...],
) -> None:
    """Add articles. Exit code 0: all are in; 1: one is there already or is like another; 2: one could not be read."""
    from compiler_flow.ingest.fetch import Fetcher

    workspace = options.workspace()
    folder = options.issue_folder(workspace, issue)
    given = intake.Given(
        country=receiving.country_of(country) if country else "",
        section=receiving.section_of(section) if section else None,
        date=date,
        **texts,  # type: ignore[arg-type]  # click gives each option the type its declaration says
    )
    known = articles.of(workspace, folder)
    receiver = receiving.Receiver(Fetcher(allow_local=allow_local), known, again=again, since=since)
    terms = terminology.load(workspace)
    tally = _Tally()
    items = receiver.all(sources, given)
    while (item := _next(items)) is not None:
        try:
            added = intake.add(
                workspace,
                folder,
                _received(item, name),
                reader=reader,
                terms=terms,
                known=known,
                again=again,
                edit=_edit if review else None,
            )
        except DuplicateError as error:
            tally.duplicate(item, error)
        except CompilerFlowError as error:
            tally.failure(item, error)
        else:
            tally.added += 1
            _tell(added)
    tally.tell()
    if tally.code:
        raise click.exceptions.Exit(tally.code)


def _next(items: Iterator[Item]) -> Item | None:
    with output.waiting(_("Reading …")):
        return next(items, None)


def _received(item: Item, name: str) -> Received:
    """What came. Raises the error of what did not, and ``UsageError`` where a name is given to several articles."""
    if isinstance(item, Missed):
        raise item.error
    if name and item.in_batch:
        raise UsageError(_("--name goes with one article only."), path=item.place)
    return dataclasses.replace(item, name=name) if name else item


def _edit(text: str, _metadata: Metadata) -> str:
    """Let somebody trim the text in the editor; one that is closed without saving changes nothing."""
    try:
        left = click.edit(text, extension=".md")
    except click.ClickException as error:
        raise UsageError(
            _("The editor cannot be opened: {reason}.").format(reason=error.format_message()),
            hint=_("Set the variable EDITOR to the program you write with."),
        ) from error
    return text if left is None else left


@dataclass(slots=True)
class _Tally:
    """What became of the articles, for the summary and the exit code."""

    added: int = 0
    there: int = 0
    alike: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def code(self) -> int:
        """2 where something could not be read, 1 where something was left out that somebody should look at."""
        return 2 if self.failed else 1 if self.alike else 0

    def duplicate(self, item: Item, error: DuplicateError) -> None:
        """An article that is there already; in a batch that is added again, this is as it should be."""
        if error.exact and getattr(item, "in_batch", True):
            self.there += 1
        else:
            self.alike.append(item.place)
            output.note(str(error))

    def failure(self, item: Item, error: CompilerFlowError) -> None:
        """An article that could not be read."""
        self.failed.append(item.place)
        output.fail(str(error) if error.path else f"{item.place}: {error}")

    def tell(self) -> None:
        """The summary, unless one article told what became of it by itself."""
        if not self.there and self.added + len(self.alike) + len(self.failed) < 2:
            return
        parts = [_("{count} added").format(count=self.added)]
        if self.there:
            parts.append(_("{count} there already").format(count=self.there))
        if self.alike:
            parts.append(_("{count} left out: {names}").format(count=len(self.alike), names=", ".join(self.alike)))
        if self.failed:
            parts.append(_("{count} not read: {names}").format(count=len(self.failed), names=", ".join(self.failed)))
        output.say("; ".join(parts))


def _tell(added: intake.Added) -> None:
    line = _("{path}: {units} units, {words} words, {language}").format(
        path=output.path_of(added.folder), units=added.units, words=added.words, language=added.metadata.language
    )
    if added.metadata.guessed:
        guessed = ", ".join(sorted(added.metadata.guessed))
        line += "\n  " + _("guessed, please check in article.toml: {fields}").format(fields=guessed)
    output.say(line)
    for remark in added.remarks:
        output.note(f"  {remark}")
