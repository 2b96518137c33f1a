"""``compiler-flow explain``: what a check wants."""

from __future__ import annotations

import click

from compiler_flow.cli import output
from compiler_flow.flow import reporting
from compiler_flow.i18n import gettext as _
from compiler_flow.report.handbook import lines


@click.command(help=_("Explain CHECK with good and bad examples; without a name, list all checks."))
@click.argument("check", default="")
@click.option("--all", "everything", is_flag=True, help=_("Print the Markdown page that explains all checks."))
def command(check: str, everything: bool) -> None:
    """Explain checks."""
    if everything:
        output.say_bytes(reporting.page_of_checks().encode())
        return
    if not check:
        rows = [(rule.name, output.word(rule.severity), rule.summary) for rule in reporting.rules()]
        output.table("", [(_("check"), "left"), (_("severity"), "left"), (_("what it finds"), "left")], rows)
        return
    (rule,) = reporting.rules([check])
    output.say(f"{rule.name} ({output.word(rule.severity)}) — {rule.summary}\n\n{rule.explanation}")
    for title, samples in ((_("Good:"), rule.good), (_("Bad:"), rule.bad)):
        if samples:
            output.say(f"\n{title}")
        for sample in samples:
            output.say("".join(f"  {line}\n" for line in lines(sample)))
