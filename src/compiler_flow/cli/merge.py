"""``compiler-flow merge``: translators' files that came back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from compiler_flow.cli import options, output
from compiler_flow.errors import CompilerFlowError
from compiler_flow.flow import exchange
from compiler_flow.flow.exchange import Merged
from compiler_flow.i18n import gettext as _
from compiler_flow.text import shorten


@click.command(help=_("Take in FILES that translators sent back. Exit code 1 if both sides changed a unit."))
@click.argument("files", nargs=-1, required=True, type=options.EXISTING)
@click.option("--article", default="", help=_("The article, if the file does not name it."))
@click.option("--dry-run", is_flag=True, help=_("Only show what would come in."))
def command(files: tuple[Path, ...], article: str, dry_run: bool) -> None:
    """Merge returned files."""
    workspace = options.workspace()
    conflicts = failed = 0
    for file in files:
        try:
            merged = exchange.merge(workspace, file, article=article, dry_run=dry_run)
        except CompilerFlowError as error:
            failed += 1
            output.fail(str(error))
            continue
        _show(merged)
        conflicts += len(merged.result.conflicts)
    if dry_run:
        output.note(_("Nothing was written."))
    if failed or conflicts:
        raise click.exceptions.Exit(2 if failed else 1)


def _show(merged: Merged) -> None:
    result = merged.result
    counts = Counter(str(taken.kind) for taken in result.taken)
    output.say(
        _(
            "{file} → {article}, from {who}: {translations} translations, {accepted} drafts accepted, "
            "{drafts} drafts for changed sentences, {comments} comments"
        ).format(
            file=output.path_of(merged.file),
            article=merged.folder.name,
            who=result.who,
            translations=counts["translation"],
            accepted=counts["accepted"],
            drafts=counts["draft"],
            comments=counts["comment"],
        )
    )
    for conflict in result.conflicts:
        output.note(_("Both sides changed: {source}").format(source=shorten(conflict.source, 90)))
        output.say("  " + _("kept:   {text}").format(text=conflict.mine))
        output.say("  " + _("theirs: {text} (now a comment of the unit)").format(text=conflict.theirs))
    for unit in result.unknown:
        output.note(_("Kept as obsolete, its sentence is gone: {source}").format(source=shorten(unit.source, 90)))
    if merged.suggestion:
        output.note(
            _("{name} is not in the credits of {article} (article.toml).").format(
                name=merged.suggestion, article=merged.folder.name
            )
        )
