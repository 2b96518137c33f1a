"""``country-order``: articles that cannot be put in their place in 区域动态."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Issue, Metadata, Part, Section, Severity


def _run(issue: Issue, parts: Sequence[Part], _context: CheckContext) -> Iterator[Fault]:
    news = [part for part in parts if part.metadata.section is Section.NEWS]
    for part in news:
        if not part.metadata.country.strip():
            yield Fault(
                _("{article} has no country: it cannot be put in order.").format(article=part.name),
                severity=Severity.ERROR,
                part=part,
            )
    present = {part.metadata.country.strip().upper() for part in news}
    for code, times in Counter(code.strip().upper() for code in issue.countries).items():
        if times > 1:
            yield Fault(_("The order of countries names {code} {times} times.").format(code=code, times=times))
        elif code not in present:
            yield Fault(_("The order of countries names {code}, of which there is no article.").format(code=code))


def _part(name: str, country: str) -> Part:
    return Part(name, Metadata(country=country), Catalog(name, "en"))


CHECK = Check(
    name="country-order",
    severity=Severity.WARNING,
    scope="issue",
    summary="A news item has no country, or the order of countries does not fit the number.",
    explanation=(
        "区域动态 is ordered by country (ISO 3166 English short name), or by hand through “countries” in issue.toml. "
        "An item without a country has no place (error). A country that the order names twice or without need is a "
        "slip."
    ),
    run=_run,
    good=(
        Example(parts=(_part("a", "EE"), _part("b", "LT")), issue=Issue("n", countries=("LT", "EE"))),
        Example(parts=(_part("a", "EE"),)),
    ),
    bad=(
        Example(parts=(_part("a", ""), _part("b", "LT")), severity=Severity.ERROR),
        Example(parts=(_part("a", "EE"),), issue=Issue("n", countries=("EE", "EE"))),
        Example(parts=(_part("a", "EE"),), issue=Issue("n", countries=("EE", "LV")), severity=Severity.WARNING),
    ),
)
