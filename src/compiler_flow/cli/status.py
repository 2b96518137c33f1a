"""``compiler-flow status``: how far an issue is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from compiler_flow.cli import options, output
from compiler_flow.errors import FileError
from compiler_flow.flow import parts, signing
from compiler_flow.flow.signing import Row
from compiler_flow.i18n import gettext as _
from compiler_flow.i18n import ngettext
from compiler_flow.model import State

# Columns of a console that shows all columns of the table without cutting words.
_WIDE = 92


@click.command(help=_("Show how far the articles of ISSUE are."))
@click.argument("issue", default="")
@options.FORMAT
def command(issue: str, form: str) -> None:
    """Show the status of an issue."""
    workspace = options.workspace()
    folder = options.issue_folder(workspace, issue)
    rows, strays = signing.status(workspace, folder), parts.strays(workspace, folder)
    if form == "json":
        told = {"articles": [as_json(row) for row in rows], "strays": [Path(stray.path).name for stray in strays]}
        output.say_json({"version": 1, "issue": folder.resolve().name, **told})
    else:
        show(folder.resolve().name, rows)
        for stray in strays:
            output.note(str(stray))
    if any(row.trouble for row in rows):
        raise click.exceptions.Exit(FileError.exit_code)


def as_json(row: Row) -> dict[str, object]:
    """A row as plain data."""
    return {
        "article": row.name,
        "section": str(row.metadata.section),
        "country": row.metadata.country,
        "language": row.metadata.language,
        "units": row.progress.total,
        "states": {str(state): _count(row, state) for state in State},
        "compilers": list(row.metadata.compilers),
        "reviewers": list(row.metadata.reviewers),
        "signed": [f"{sign.role}: {sign.by}" for sign in row.signed],
        "fallen": [f"{sign.role}: {sign.by}" for sign in row.fallen],
        "trouble": row.trouble,
    }


def show(name: str, rows: Sequence[Row]) -> None:
    """Print the status table of the issue ``name``."""
    columns = [
        (_("article"), "left"),
        (_("where"), "left"),
        (_("lang"), "left"),
        (_("units"), "right"),
        (_("empty"), "right"),
        (_("draft"), "right"),
        (_("translated"), "right"),
        (_("omitted"), "right"),
        (_("merged"), "right"),
        (_("done"), "right"),
        (_("signed"), "left"),
    ]
    cells = [_cells(row) for row in rows]
    if output.console().width < _WIDE:
        # What is still to do, how far it is, who signed: the rest is for wider consoles and for --format json.
        keep = [0, 1, 3, 4, 5, 9, 10]
        columns, cells = [columns[at] for at in keep], [[line[at] for at in keep] for line in cells]
    output.table(name, columns, cells)
    for row in rows:
        if row.trouble:
            output.fail(row.trouble)
        if row.missing:
            told = ngettext(
                "{article}: {count} sentence of its text has no unit. Run: compiler-flow update {article}",
                "{article}: {count} sentences of its text have no unit. Run: compiler-flow update {article}",
                row.missing,
            )
            output.note(told.format(article=row.name, count=row.missing))
        if row.uncredited:
            output.note(
                _("{article}: {name} translated last but is not in its credits (article.toml).").format(
                    article=row.name, name=row.uncredited
                )
            )


def _cells(row: Row) -> list[str]:
    if row.trouble:
        return [row.name, *[""] * 9, _("cannot be read")]
    numbers = [
        str(_count(row, state) or "·")
        for state in (State.EMPTY, State.DRAFT, State.TRANSLATED, State.OMITTED, State.MERGED)
    ]
    signed = [f"{sign.by}" for sign in row.signed]
    signed += [_("{name} (text changed since)").format(name=sign.by) for sign in row.fallen]
    return [
        row.name,
        row.metadata.country or str(row.metadata.section),
        row.metadata.language,
        str(row.progress.total),
        *numbers,
        f"{row.progress.share:.0%}",
        ", ".join(signed) or "–",
    ]


def _count(row: Row, state: State) -> int:
    return int(getattr(row.progress, state.value))
