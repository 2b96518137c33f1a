"""``source-address-missing``: readers cannot find the original."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Metadata, Severity


def _run(_catalog: Catalog, _grouped: Sequence[Group], context: CheckContext) -> Iterator[Fault]:
    if context.metadata is not None and not context.metadata.url.strip():
        yield Fault(
            _(
                "Nothing says where the original stands: fill in “url” in article.toml, with its address or, where it "
                "has none, in words (《…报》第3版)."
            )
        )


CHECK = Check(
    name="source-address-missing",
    severity=Severity.ERROR,
    scope="article",
    summary="An article does not say where its original stands.",
    explanation=(
        "Every item of the number prints where its original stands (材料来源, 来源); CY/T 33-2001 asks a compilation "
        "to identify its original. `url` in article.toml has its web address; what came by mail, from a file or from "
        'print is named in words instead (url = "《…报》第3版", or mailto: and the sender). An article that '
        "is to go out without is waived in its translators' file, by a comment above the header of the file: "
        "# 免检 source-address-missing: 内部材料. Files outside a workspace have no article.toml and are passed over."
    ),
    run=_run,
    good=(
        Example("News", "新闻", metadata=Metadata(url="https://example.org/news/1")),
        Example("News", "新闻", metadata=Metadata(url="《山谷晚报》2024年11月5日第3版")),
        Example("News", "新闻"),
    ),
    bad=(Example("News", "新闻", metadata=Metadata()), Example("News", "新闻", metadata=Metadata(url=" "))),
)
