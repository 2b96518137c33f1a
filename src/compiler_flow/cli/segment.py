"""``compiler-flow segment``: sentences of a file, or the rules that cut them."""

from __future__ import annotations

from pathlib import Path

import click

from compiler_flow.cli import options, output
from compiler_flow.flow import segmenting
from compiler_flow.i18n import gettext as _


@click.command(help=_("Cut FILE into sentences, one a line; a blank line between paragraphs."))
@click.argument("file", type=options.EXISTING, required=False)
@click.option("--lang", "language", help=_("Language of the text (BCP 47), such as en or ru."))
@click.option(
    "--srx", "rules", type=options.EXISTING, help=_("Write the rules to this SRX 2.0 file for other programs.")
)
@options.FORMAT
def command(file: Path | None, language: str | None, rules: Path | None, form: str) -> None:
    """Segment a file, or export the rules (of one language with ``--lang``)."""
    if rules is not None:
        if file is not None:
            raise click.UsageError(_("--srx writes the rules; name no FILE to cut with it."))
        output.say(output.path_of(segmenting.write_srx(rules, language or "")))
        return
    if file is None:
        raise click.UsageError(_("Name the FILE to cut, or --srx with a file for the rules."))
    if not language:
        raise click.UsageError(_("Say with --lang what language the text is in."))
    paragraphs = segmenting.segment_file(file, language)
    if form == "json":
        output.say_json(paragraphs)
    else:
        output.say("\n\n".join("\n".join(sentences) for sentences in paragraphs))
