"""``compiler-flow memory``: the translation memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from compiler_flow.cli import options, output
from compiler_flow.flow import remembering
from compiler_flow.i18n import gettext as _

if TYPE_CHECKING:
    from compiler_flow.memory import Stats

_LANGUAGE = click.option("--lang", "language", default="en", show_default=True, help=_("Source language."))


@click.group(name="memory", help=_("Search, rebuild, import and export the translation memory."))
def command() -> None:
    """The translation memory."""


@command.command(help=_("Show translations with TEXT in source or translation."))
@click.argument("text")
@click.option("--limit", default=20, show_default=True, help=_("How many at the most."))
@options.FORMAT
def search(text: str, limit: int, form: str) -> None:
    """Search the memory."""
    found = remembering.search(options.workspace(), text, limit=limit, tell=output.note)
    if form == "json":
        output.say_json(
            [{"source": m.source, "target": m.target, "article": m.article, "by": m.by, "at": m.at} for m in found]
        )
        return
    for match in found:
        facts = " · ".join(filter(None, (match.article, match.by, match.at[:10])))
        output.say(f"{match.source}\n  {match.target}\n  ({facts})\n")
    if not found:
        output.note(_("Nothing found."))


@command.command(help=_("Make the memory anew from the articles of this workspace; imported units stay."))
def rebuild() -> None:
    """Rebuild the memory."""
    rebuilt = remembering.rebuild(options.workspace(), output.note)
    _show(rebuilt.stats)
    if rebuilt.aside:
        output.note(
            _("The old memory could not be read and is kept as {path}. Import its TMX files again.").format(
                path=output.path_of(rebuilt.aside)
            )
        )


@command.command(name="stats", help=_("Show how much the memory holds."))
def stats_() -> None:
    """Show the size of the memory."""
    _show(remembering.stats(options.workspace(), output.note))


def _show(stats: Stats) -> None:
    output.say(
        _("{entries} translations of {sources} sentences from {articles} articles").format(
            entries=stats.entries, sources=stats.sources, articles=stats.articles
        )
    )
    if stats.imported:
        output.say(_("of these, {count} from TMX files").format(count=stats.imported))
    for source, target, number in stats.pairs:
        output.say(f"  {source} → {target}: {number}")


@command.command(name="import", help=_("Learn the units of a TMX FILE."))
@click.argument("file", type=options.EXISTING)
@_LANGUAGE
def import_(file: Path, language: str) -> None:
    """Import TMX."""
    number = remembering.import_tmx(options.workspace(), file, language)
    output.say(_("{number} units learnt from {path}").format(number=number, path=file))


@command.command(help=_("Write the memory to a TMX FILE."))
@click.argument("file", type=options.EXISTING)
@_LANGUAGE
def export(file: Path, language: str) -> None:
    """Export TMX."""
    number = remembering.export_tmx(options.workspace(), file, language)
    output.say(_("{number} units written to {path}").format(number=number, path=file))
    others = remembering.other_sources(options.workspace(), language)
    if others:
        output.note(
            _("The memory has other source languages too: {names}. Name one with --lang.").format(
                names=", ".join(others)
            )
        )
