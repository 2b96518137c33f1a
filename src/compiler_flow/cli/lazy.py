"""The table of commands, and a click group that imports one only when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click

from compiler_flow.errors import UsageError
from compiler_flow.i18n import gettext as _
from compiler_flow.tables import Table


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: where it is, and the line (English, translated when shown) of ``--help``, which imports no command."""

    place: str
    help: str


_HERE = "compiler_flow.cli"
COMMANDS: Mapping[str, Entry] = {
    "new": Entry(f"{_HERE}.new:command", "Make a new issue, and the workspace around it if there is none."),
    "add": Entry(f"{_HERE}.add:command", "Take articles into an issue and cut them into units."),
    "update": Entry(f"{_HERE}.update:command", "Bring an article's units up to date with its changed source."),
    "prefill": Entry(f"{_HERE}.prefill:command", "Draft open units from memory and machine translation."),
    "check": Entry(f"{_HERE}.check:command", "Check translations against glossary, numbers and house rules."),
    "explain": Entry(f"{_HERE}.explain:command", "Explain a check, with good and bad examples."),
    "status": Entry(f"{_HERE}.status:command", "Show how far the articles of an issue are."),
    "sign": Entry(f"{_HERE}.sign:command", "Sign an article off as its compiler or reviewer."),
    "assemble": Entry(f"{_HERE}.assemble:command", "Assemble the number from its articles."),
    "serve": Entry(f"{_HERE}.serve:command", "Show a number in the browser: judge, fix and sign it."),
    "run": Entry(f"{_HERE}.run:command", "Prefill, check and assemble an issue in one go."),
    "segment": Entry(f"{_HERE}.segment:command", "Cut a text into sentences, one a line."),
    "export": Entry(f"{_HERE}.export:command", "Write an article's units for another program."),
    "merge": Entry(f"{_HERE}.merge:command", "Take in translators' files that came back."),
    "engines": Entry(f"{_HERE}.engines:command", "List, install and remove translation models."),
    "glossary": Entry(f"{_HERE}.glossary:command", "Look up, lint and convert glossaries."),
    "memory": Entry(f"{_HERE}.memory:command", "Search, rebuild, import and export the translation memory."),
}


class LazyGroup(click.Group):
    """A group whose commands stand in a table of ``Entry``; help needs none of them imported."""

    def __init__(self, *args: Any, commands_table: Mapping[str, Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._entries = commands_table
        self._table: Table[click.Command] = Table(
            "command", {name: entry.place for name, entry in commands_table.items()}
        )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """The names in the order of the work."""
        return list(self._entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now. An unknown name is answered with the nearest one."""
        try:
            return self._table[cmd_name]
        except UsageError as error:
            ctx.fail(str(error))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands from the table alone."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(entry.help)) for name, entry in self._entries.items()])
