"""The number: assembled from its articles, rendered, and the whole run from drafts to finished files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from compiler_flow import assemble as assembling
from compiler_flow import countries, project, review, typography
from compiler_flow.errors import GateClosedError, WorkspaceError
from compiler_flow.files import write_bytes
from compiler_flow.flow import parts, style, terminology
from compiler_flow.flow.checking import check
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Bulletin
from compiler_flow.project import Workspace
from compiler_flow.report import Report

DEFAULT_FORMATS = ("markdown", "html")


@dataclass(frozen=True, slots=True)
class Built:
    """The files written, and the bulletin they show."""

    files: tuple[Path, ...]
    bulletin: Bulletin


def assemble(
    workspace: Workspace,
    issue: Path,
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    final: bool = False,
    theme: str = "",
    as_typed: bool = False,
    report: Report | None = None,
) -> Built:
    """Write the number in ``formats`` to the issue's ``out/``.

    ``final`` refuses (``GateClosedError`` with every reason) while anything is unfinished, unsigned, or an error
    stands. ``as_typed`` leaves house typography out. ``report`` saves checking again what was just checked.
    """
    from compiler_flow import render

    loaded = tuple(item.part for item in parts.load_issue(workspace, issue))
    if not loaded:
        raise WorkspaceError(
            _("The issue has no articles."), path=issue, hint=_("Add some with: compiler-flow add FILE…")
        )
    described = project.read_issue(issue)
    renderers = {name: render.RENDERERS[name] for name in formats}
    if final:
        findings = (report or check([issue])).standing
        obstacles = review.obstacles(described, loaded, findings)
        if obstacles:
            raise GateClosedError(_("The final build is not open yet:"), reasons=obstacles, path=issue, hint="")
    terms = terminology.load(workspace).terms
    bulletin = assembling.assemble(
        described,
        loaded,
        country_name=lambda code: countries.chinese_name(code, terms),
        country_order=countries.order_key,
        final=final,
    )
    if not as_typed:
        bulletin = typography.typeset(bulletin, style.load(workspace, issue).spaces)
    folder = project.output_folder(issue)
    written = []
    for name, renderer in renderers.items():
        path = folder / f"{described.name}{renderer.suffix}"
        write_bytes(path, render.render(bulletin, name, theme=theme))
        written.append(path)
    return Built(tuple(written), bulletin)
