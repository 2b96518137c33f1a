"""``compiler-flow update``: a changed source."""

from __future__ import annotations

from pathlib import Path

import click

from compiler_flow import project
from compiler_flow.cli import options, output
from compiler_flow.flow import updating
from compiler_flow.flow.updating import Updated
from compiler_flow.i18n import gettext as _
from compiler_flow.text import shorten

# An article of which so many times as many sentences went as stayed is likely to be another one.
_MOST_GONE = 1.5


@click.command(help=_("Bring ARTICLE's units level with its source.md, or with the new file NEW_SOURCE."))
@click.argument("article")
@click.argument("new_source", required=False, type=options.EXISTING)
@click.option("--dry-run", is_flag=True, help=_("Only show what would change."))
def command(article: str, new_source: Path | None, dry_run: bool) -> None:
    """Update articles."""
    workspace = options.workspace()
    folders = project.find_articles(workspace, article)
    if new_source is not None and len(folders) > 1:
        raise click.UsageError(_("A new source goes with one article."))
    for folder in folders:
        _show(updating.update(workspace, folder, new_source, dry_run=dry_run))
    if dry_run:
        output.note(_("Nothing was written."))


def _show(updated: Updated) -> None:
    output.say(
        _("{path}: {kept} units as before, {new} new, {changed} changed, {gone} gone").format(
            path=output.path_of(updated.folder),
            kept=updated.kept,
            new=len(updated.new),
            changed=len(updated.changed),
            gone=len(updated.gone),
        )
    )
    if len(updated.gone) > _MOST_GONE * (updated.kept + len(updated.changed)):
        output.note(
            _("Hardly a sentence is as before: is this another article? What is gone comes back with its old source.")
        )
    if updated.is_recut:
        output.note(_("The text is the same; newer rules cut it in other places. Translations are kept as drafts."))
    for unit in updated.changed:
        # The later parts of a split sentence have nothing of their own from before.
        if unit.previous:
            output.say("  ~ " + shorten(unit.previous, 110))
        output.say("    " + shorten(unit.source, 110))
    for unit in updated.new:
        output.say("  + " + shorten(unit.source, 110))
    for unit in updated.gone:
        output.say("  - " + shorten(unit.source, 110))
