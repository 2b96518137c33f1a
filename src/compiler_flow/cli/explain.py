"""``compiler-flow explain``: what a check wants."""

from __future__ import annotations

import click

from compiler_flow.cli import output
from compiler_flow.i18n import gettext as _


@click.command(help=_("Explain CHECK with good and bad examples; without a name, list all checks."))
@click.argument("check", default="")
def command(check: str) -> None:
    """Explain checks."""
    from compiler_flow.checks import CHECKS

    if not check:
        rows = [(name, str(CHECKS[name].severity), CHECKS[name].summary) for name in CHECKS]
        output.table("", [(_("check"), "left"), (_("severity"), "left"), (_("what it finds"), "left")], rows)
        return
    part = CHECKS[check]
    output.say(f"{part.name} ({part.severity}) — {part.summary}\n\n{part.explanation.strip()}")
    for title, examples in ((_("Good:"), part.good), (_("Bad:"), part.bad)):
        if examples:
            output.say(f"\n{title}")
        for example in examples:
            for unit in example.catalog().units:
                output.say(f"  {unit.source}\n  → {unit.target or _('(nothing)')}")
            output.say("")
