"""The number: assembled from its articles, set, rendered; final builds behind the gate, with a manifest."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from compiler_flow import assemble as assembling
from compiler_flow import countries, i18n, project, review, typography
from compiler_flow.assemble import names as first_mentions
from compiler_flow.errors import GateClosedError, WorkspaceError
from compiler_flow.files import write_bytes
from compiler_flow.flow import manifest, naming, parts, style, terminology
from compiler_flow.flow.checking import check, context_for
from compiler_flow.flow.style import Style
from compiler_flow.flow.terminology import Terminology
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Bulletin, Catalog, CheckContext, Issue, Part
from compiler_flow.project import Workspace
from compiler_flow.report import Report

Build = Callable[[Workspace], None]
DEFAULT_FORMATS = ("markdown", "html")
_WITH_FINDINGS = frozenset({"bilingual", "bilingual-docx"})


@dataclass(frozen=True, slots=True)
class Built:
    """The files written, the bulletin they show, and what single forms could not show (a line each).

    ``left`` are files of a final build that a draft build did not make again: they show another text. ``strays`` says
    which folders of the issue look like articles and are none.
    """

    files: tuple[Path, ...]
    bulletin: Bulletin
    unfit: tuple[str, ...] = ()
    left: tuple[Path, ...] = ()
    strays: tuple[str, ...] = ()


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

    ``final`` refuses (``GateClosedError`` with every reason) while anything is unfinished, unsigned, an error stands,
    or a form cannot show a character; it writes ``manifest.json`` too. ``as_typed`` leaves house typography out.
    ``report`` saves checking again what was just checked, unless a review copy is wanted.
    """
    from compiler_flow import render

    strays = tuple(map(str, parts.strays(workspace, issue)))
    loaded = tuple(item.part for item in parts.load_issue(workspace, issue))
    if not loaded:
        raise WorkspaceError(
            _("The issue has no articles."), path=issue, hint=_("Add some with: compiler-flow add FILE…")
        )
    described = project.read_issue(issue)
    house = style.load(workspace, issue)
    renderers = {name: render.RENDERERS[name] for name in formats}
    themes = {name: house.theme(name, theme) for name in renderers}
    if _WITH_FINDINGS.intersection(formats):
        # What the review copy says is part of a file, so it is in the number's language and not in the editor's.
        with i18n.speaking(i18n.first_of([described.language])):
            report = check([issue])
    elif final:
        report = report or check([issue])
    if final and report is not None:
        _gate(issue, (*strays, *review.obstacles(described, loaded, report.standing)))
    bulletin = bulletin_of(workspace, described, loaded, house, final=final)
    if not as_typed:
        bulletin = typography.typeset(bulletin, house.spaces)
    if report is not None:
        bulletin = dataclasses.replace(bulletin, findings=report.findings)
    unfit = tuple(
        f"{name}: {line}" for name, renderer in renderers.items() for line in renderer.unfit(bulletin, themes[name])
    )
    if final:
        _gate(issue, unfit)
    made = {
        f"{described.name}{renderer.suffix}": renderer.render(bulletin, themes[name])
        for name, renderer in renderers.items()
    }
    if final:
        files = manifest.inputs(workspace, issue, themes.values())
        made[manifest.NAME] = manifest.make(workspace, issue, bulletin.parts, files, made)
    folder = project.output_folder(issue)
    left = () if final else tuple(path for path in manifest.outputs(folder) if path.name not in made)
    return Built(_written(folder, made, final=final), bulletin, unfit, left, strays)


def _gate(issue: Path, obstacles: Iterable[str]) -> None:
    reasons = tuple(obstacles)
    if reasons:
        raise GateClosedError(_("The final build is not open yet:"), reasons=reasons, path=issue, hint="")


def bulletin_of(
    workspace: Workspace, described: Issue, loaded: tuple[Part, ...], house: Style, *, final: bool
) -> Bulletin:
    """The number made of ``loaded``, before typography, as the house's settings want it."""
    terms = terminology.load(workspace)

    def country_name(code: str) -> str:
        return countries.chinese_name(code, terms.terms)

    def introduce(ordered: Sequence[Part]) -> Iterable[Part]:
        return first_mentions.introduce(
            ordered, _contexts(workspace, terms), once_per_number=house.first_mentions == "number"
        )

    return assembling.assemble(
        described,
        tuple(map(review.credited, loaded)),
        country_name=country_name,
        country_order=house.order(country_name),
        final=final,
        source_titles=house.source_titles,
        introduce=introduce if house.first_mentions != "off" else None,
        names=(lambda ordered: first_mentions.names(ordered, _contexts(workspace, terms), _propose(terms)))
        if house.names
        else None,
    )


def _propose(terms: Terminology) -> first_mentions.Propose:
    from compiler_flow import names

    namer = naming.Namer(terms)

    def propose(name: str, part: Part) -> tuple[str, ...]:
        if not names.is_personal(name):
            return ()
        return tuple(one.target for one in namer.of_article(name, part.catalog, part.metadata).proposals)

    return propose


def _contexts(workspace: Workspace, terms: Terminology) -> first_mentions.ContextOf:
    def context_of(catalog: Catalog) -> CheckContext:
        return context_for(catalog, None, terms, workspace)

    return context_of


def _written(folder: Path, made: dict[str, bytes], *, final: bool) -> tuple[Path, ...]:
    """Write the files; a draft takes the place of a final build, so that build's manifest goes."""
    if not final:
        (folder / manifest.NAME).unlink(missing_ok=True)
    for name, data in made.items():
        write_bytes(folder / name, data)
    return tuple(folder / name for name in made)
