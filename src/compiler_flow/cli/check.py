"""``compiler-flow check``: findings."""

from __future__ import annotations

from pathlib import Path

import click

from compiler_flow import project
from compiler_flow.cli import options, output
from compiler_flow.errors import FileError
from compiler_flow.flow import checking, reporting
from compiler_flow.heap import settle, without_collecting
from compiler_flow.i18n import gettext as _
from compiler_flow.report import REPORTS


@click.command(help=_("Check PO and XLIFF files, articles, or whole issues. Exit code 1 if anything was found."))
@click.argument("paths", nargs=-1, type=options.EXISTING)
@click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    type=options.EXISTING,
    help=_("Glossary file or folder, instead of the workspace's; may be repeated."),
)
@click.option("--only", multiple=True, help=_("Run only this check; may be repeated."))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *REPORTS]),
    help=_("Form of the report. Default: by the suffix of the output file, else text."),
)
@click.option("--output", "-o", "file", type=options.EXISTING, help=_("Write the report to this file."))
def command(
    paths: tuple[Path, ...],
    glossaries: tuple[Path, ...],
    only: tuple[str, ...],
    form: str | None,
    file: Path | None,
) -> None:
    """Check files."""
    from compiler_flow.cli import findings

    named = [place for path in paths for place in _places(path)]
    with without_collecting():
        report = checking.check(named or (_here(),), glossaries=glossaries, only=only)
        # The program ends soon: to look through all that a check leaves for garbage would take a tenth of a second.
        settle()
    if form is None and file is not None and not _names_a_form(file):
        raise click.BadParameter(
            _("No form of the report goes with the suffix “{suffix}”: use .txt, .html, .json or .sarif.").format(
                suffix=file.suffix
            ),
            param_hint="--output",
        )
    form = form or (reporting.form_of(file) if file else "") or "text"
    if file:
        reporting.save(file, findings.as_text(report) if form == "text" else reporting.rendered(report, form))
        output.say(f"{findings.summary(report)} → {file}")
    elif form == "text":
        findings.show(report)
        if report.standing and not output.shows_chinese():
            output.note(_("This console cannot show Chinese: set PYTHONUTF8=1, or write a page with -o report.html."))
    else:
        output.say_bytes(reporting.rendered(report, form))
    for trouble in report.troubles:
        output.fail(trouble)
    if report.troubles:
        raise click.exceptions.Exit(FileError.exit_code)
    if not report.is_clean():
        raise click.exceptions.Exit(1)


def _names_a_form(file: Path) -> bool:
    # A translators' file is refused with a better word when it is to be written.
    known = reporting.form_of(file) or file.suffix.lower() in ("", ".txt")
    return bool(known) or reporting.is_translators_file(file)


def _places(path: Path) -> list[Path]:
    """``path``, or the folders of the issue or article of that name, as other commands take it."""
    workspace = project.find(Path.cwd())
    if path.exists() or path.suffix or workspace is None:
        return [path]
    if (workspace.projects / path).is_dir():
        return [Path(output.path_of(workspace.projects / path))]
    return [Path(output.path_of(folder)) for folder in project.find_articles(workspace, str(path))]


def _here() -> Path:
    return options.issue_folder(options.workspace(), "")
