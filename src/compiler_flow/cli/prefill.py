"""``compiler-flow prefill``: drafts."""

from __future__ import annotations

import math

import click

from compiler_flow import project
from compiler_flow.cli import options, output
from compiler_flow.flow import drafting, estimating
from compiler_flow.flow.working import Workers
from compiler_flow.i18n import gettext as _
from compiler_flow.i18n import ngettext

_MINUTE = 60


@click.command(help=_("Draft the open units of ARTICLES (names, paths or whole issues) from memory and an engine."))
@click.argument("articles", nargs=-1)
@click.option(
    "--engine", default=None, help=_("Engine for drafts (see: compiler-flow engines list); none for memory only.")
)
@click.option("--renew", is_flag=True, help=_("Make untouched drafts again, too."))
@options.JOBS
@options.CLUSTER
@click.option(
    "--estimate", "only_estimate", is_flag=True, help=_("Only say how much there is to do, and how long it will take.")
)
def command(
    articles: tuple[str, ...],
    engine: str | None,
    renew: bool,
    jobs: int | None,
    cluster: str | None,
    only_estimate: bool,
) -> None:
    """Prefill articles."""
    workspace = options.workspace()
    named = articles or (str(options.issue_folder(workspace, "")),)
    folders = list(dict.fromkeys(folder for name in named for folder in project.find_articles(workspace, name)))
    workers = Workers(jobs, cluster)
    if only_estimate:
        _foretell(estimating.estimate(workspace, folders, engine=engine, workers=workers))
        return
    with output.counted(_("Drafting")) as progress:
        filled = drafting.prefill(workspace, folders, engine=engine, renew=renew, workers=workers, progress=progress)
    show(filled)


def show(filled: drafting.Filled) -> None:
    """Print what was drafted, and a line for each thing that stood in the way."""
    output.say(
        _("Drafted from memory: {memory} units, by machine translation: {engine}; still open: {open}.").format(
            memory=filled.memory, engine=filled.engine, open=filled.open
        )
    )
    if filled.doubtful:
        output.note(
            ngettext(
                "{count} draft looks wrong; its note says why.",
                "{count} drafts look wrong; their notes say why.",
                filled.doubtful,
            ).format(count=filled.doubtful)
        )
    for line in filled.notes:
        output.note(line)


def _foretell(found: estimating.Estimate) -> None:
    """Print an estimate."""
    output.say(
        _("Open: {units} units with {words} words; {repeats} of them repeat another one.").format(
            units=found.units, words=found.words, repeats=found.repeats
        )
    )
    output.say(
        _("Known from memory: {exact} exactly, {fuzzy} nearly; from the glossary: {glossary}.").format(
            exact=found.exact, fuzzy=found.fuzzy, glossary=found.glossary
        )
    )
    output.say(
        _("For machine translation: {count} sentences with {words} words; {kept} of them are kept from before.").format(
            count=found.sentences, words=found.sentence_words, kept=found.kept
        )
    )
    if found.seconds is not None:
        output.say(
            _("This will take about {time} (measured on {count} sentences, which are kept).").format(
                time=_duration(found.seconds), count=found.probed
            )
        )
    for line in found.notes:
        output.note(line)


def _duration(seconds: float) -> str:
    if seconds < _MINUTE:
        return _("{count} s").format(count=max(1, math.ceil(seconds)))
    minutes = math.ceil(seconds / _MINUTE)
    hours, minutes = divmod(minutes, _MINUTE)
    return (
        _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
        if hours
        else _("{count} min").format(count=minutes)
    )
