"""``source-address-missing``: readers cannot find the original."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Metadata, Severity


def _run(_catalog: Catalog, _grouped: Sequence[Group], context: CheckContext) -> Iterator[Fault]:
    if context.metadata is not None and not context.metadata.url.strip():
        yield Fault(_("The article has no address of its original: fill in “url” in article.toml."))


CHECK = Check(
    name="source-address-missing",
    severity=Severity.ERROR,
    scope="article",
    summary="An article has no source address.",
    explanation=(
        "Every item of the number prints where its original stands (材料来源, 来源); CY/T 33-2001 asks a compilation "
        "to identify its original. Files outside a workspace have no article.toml and are passed over."
    ),
    run=_run,
    good=(
        Example("News", "新闻", metadata=Metadata(url="https://example.org/news/1")),
        Example("News", "新闻"),
    ),
    bad=(Example("News", "新闻", metadata=Metadata()), Example("News", "新闻", metadata=Metadata(url=" "))),
)
