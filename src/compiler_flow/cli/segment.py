"""``compiler-flow segment``: sentences of a file."""

from __future__ import annotations

from pathlib import Path

import click

from compiler_flow.cli import options, output
from compiler_flow.flow import segmenting
from compiler_flow.i18n import gettext as _


@click.command(help=_("Cut FILE into sentences, one a line; a blank line between paragraphs."))
@click.argument("file", type=options.EXISTING)
@click.option("--lang", "language", required=True, help=_("Language of the text (BCP 47), such as en or ru."))
@options.FORMAT
def command(file: Path, language: str, form: str) -> None:
    """Segment a file."""
    paragraphs = segmenting.segment_file(file, language)
    if form == "json":
        output.say_json(paragraphs)
    else:
        output.say("\n\n".join("\n".join(sentences) for sentences in paragraphs))
