"""What checks say about themselves, and reports of what they found."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from compiler_flow import files
from compiler_flow.errors import UsageError
from compiler_flow.i18n import gettext as _
from compiler_flow.report import REPORTS, Report, Rule, Sample
from compiler_flow.report.handbook import handbook

if TYPE_CHECKING:
    from compiler_flow.checks.base import Example

_TRANSLATORS_FILES = frozenset({".po", ".xlf", ".xliff"})


def is_translators_file(path: Path) -> bool:
    """Whether the name of ``path`` says that it holds units."""
    return path.suffix.lower() in _TRANSLATORS_FILES


def rules(only: Sequence[str] = (), *, words: Callable[[str], str] = _) -> tuple[Rule, ...]:
    """What the checks say about themselves, all of them or those named, in the user's language.

    ``words`` turns the checks' own English into what is told. Raises ``UsageError`` for an unknown name.
    """
    from compiler_flow import checks

    return tuple(
        Rule(
            part.name,
            part.severity,
            part.scope,
            words(part.summary),
            words(part.explanation).strip(),
            good=_samples(part.good),
            bad=_samples(part.bad),
        )
        for part in (checks.CHECKS[name] for name in (only or checks.CHECKS))
    )


def _samples(examples: Sequence[Example]) -> tuple[Sample, ...]:
    """The examples that show texts; those about metadata, source.md or a whole number say nothing in two lines."""
    shown: dict[Sample, None] = {}
    for example in examples:
        units = [unit for unit in example.catalog().units if unit.source or unit.target]
        pairs = tuple((unit.source, ("〔初稿〕" if unit.fuzzy else "") + unit.target) for unit in units)
        apart = example.metadata is not None or example.source_texts is not None or example.parts
        if pairs and not apart:
            given = [f"{term.source} → {term.target}" for term in example.terms]
            given += [f"# {comment}" for unit in units for comment in unit.comments]
            shown[Sample(pairs, tuple(given), example.fix)] = None
    return tuple(shown)


def rendered(report: Report, form: str) -> bytes:
    """The report in the form of that name. Raises ``UsageError`` for an unknown one."""
    # People look for files from where they are, code hosts from the root of the work tree.
    return REPORTS[form].render(_from_root(report) if form == "sarif" else report)


def _from_root(report: Report) -> Report:
    """``report`` with the paths of findings relative to the file's git work tree, or where it is in none to here."""
    shown = {path: _below_root(Path(path)) for path in {finding.path for finding in report.findings} if path}
    findings = (dataclasses.replace(one, path=shown.get(one.path, one.path)) for one in report.findings)
    return dataclasses.replace(report, findings=tuple(findings))


def _below_root(path: Path) -> str:
    file = path.resolve()
    root = next((folder for folder in file.parents if (folder / ".git").exists()), Path.cwd().resolve())
    return (file.relative_to(root) if file.is_relative_to(root) else path).as_posix()


def save(path: Path, data: bytes) -> None:
    """Write a finished report, in place of the last one.

    Raises ``FileError`` where it cannot be written, and ``UsageError`` for a name that only a translators' file has: a
    slip of the hand must not cost anybody's work.
    """
    if is_translators_file(path):
        raise UsageError(_("A report cannot be written over a translators' file."), path=path)
    files.write_bytes(path, data)


def form_of(path: Path) -> str:
    """The form that the name of ``path`` asks for by its suffix, or an empty text."""
    return next((name for name in REPORTS if path.suffix.lower() == REPORTS[name].suffix), "")


def page_of_checks() -> str:
    """The Markdown page that lists all checks, in English: it is kept under version control."""
    return handbook(rules(words=str))
