"""``empty-section``: a part of the number, or of an article, with nothing in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, is_metadata
from compiler_flow.i18n import gettext as _
from compiler_flow.model import (
    BlockKind,
    Catalog,
    CheckContext,
    Issue,
    Metadata,
    Part,
    Role,
    Section,
    Severity,
    Spot,
    State,
    Unit,
)


def _run(_issue: Issue, parts: Sequence[Part], _context: CheckContext) -> Iterator[Fault]:
    for section, label in ((Section.FEATURE, "专题"), (Section.NEWS, "区域动态")):
        if not any(part.metadata.section is section for part in parts):
            # A number of news alone is a number; one without any article is not.
            yield Fault(
                _("The number has no article in {section}.").format(section=label),
                severity=Severity.INFO if parts else None,
            )
    for part in parts:
        body = [unit for unit in part.catalog.units if not is_metadata(unit)]
        if body and all(unit.state is State.OMITTED for unit in body):
            yield Fault(_("Everything in {article} is left out.").format(article=part.name), part=part)
        else:
            yield from _alone(part, body)


def _alone(part: Part, body: Sequence[Unit]) -> Iterator[Fault]:
    """Headings that were kept while all the text under them was left out."""
    for index, unit in enumerate(body):
        if not (unit.spot and unit.spot.role is Role.HEADING) or unit.state is State.OMITTED:
            continue
        under = []
        for other in body[index + 1 :]:
            if other.spot and other.spot.role is Role.HEADING:
                # A deeper heading that is kept fills this one.
                if other.spot.level > unit.spot.level and other.state is not State.OMITTED:
                    under.append(other)
                break
            under.append(other)
        if all(other.state is State.OMITTED for other in under):
            yield Fault(_("Nothing is left under this heading."), where=unit, part=part)


def _part(name: str, section: Section, *units: Unit) -> Part:
    return Part(name, Metadata(section=section, country="EE"), Catalog(name, "en", units=units))


def _heading(level: int) -> Spot:
    return Spot(Role.HEADING, level, BlockKind.HEADING, level)


_TEXT = Unit("t", "They met.", "他们会晤。", spot=Spot(block=9))
_LEFT_OUT = Unit("o", "They left.", "〔略〕", spot=Spot(block=9))
_NEWS = _part("news", Section.NEWS, _TEXT)
_FEATURE = _part("feature", Section.FEATURE, _TEXT)

CHECK = Check(
    name="empty-section",
    severity=Severity.WARNING,
    scope="issue",
    summary="A section, an article or a heading has nothing in it.",
    explanation=(
        "A number has a feature (专题) and regional news (区域动态); that one of them is missing is a remark. "
        "An article whose every unit is 〔略〕, and a heading that is kept "
        "while all the text under it is left out, would be printed as a line with nothing below."
    ),
    run=_run,
    good=(
        Example(parts=(_FEATURE, _NEWS)),
        Example(
            parts=(
                _FEATURE,
                _part(
                    "n",
                    Section.NEWS,
                    Unit("h", "Aims", "目标", spot=_heading(2)),
                    Unit("k", "Trade", "贸易", spot=_heading(3)),
                    _TEXT,
                ),
            )
        ),
    ),
    bad=(
        Example(parts=(_NEWS,), severity=Severity.INFO),
        Example(parts=(_FEATURE,), severity=Severity.INFO),
        Example(parts=(_FEATURE, _part("n", Section.NEWS, _LEFT_OUT))),
        Example(
            parts=(_FEATURE, _part("n", Section.NEWS, _TEXT, Unit("h", "Aims", "目标", spot=_heading(2)), _LEFT_OUT))
        ),
    ),
)
