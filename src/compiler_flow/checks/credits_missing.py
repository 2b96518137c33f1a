"""``credits-missing``: nobody is named as compiler."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from compiler_flow.checks.base import Check, Example, Fault, Group
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, CheckContext, Metadata, Section, Severity, SignOff

_FEATURE = Metadata(section=Section.FEATURE, compilers=("张三",))
_SIGNED = replace(
    _FEATURE, sign_offs=(SignOff("李四", "reviewer", dt.datetime(2024, 10, 30, tzinfo=dt.UTC), "0123456789abcdef"),)
)


def _run(_catalog: Catalog, _grouped: Sequence[Group], context: CheckContext) -> Iterator[Fault]:
    metadata = context.metadata
    if metadata is None:
        return
    if not any(name.strip() for name in metadata.compilers):
        yield Fault(_("No compiler is named: fill in “compilers” in article.toml."))
    reviewers = (*metadata.reviewers, *(sign.by for sign in metadata.sign_offs if sign.role == "reviewer"))
    if metadata.section is Section.FEATURE and not any(name.strip() for name in reviewers):
        yield Fault(_("No reviewer is named: fill in “reviewers” in article.toml."), severity=Severity.WARNING)


CHECK = Check(
    name="credits-missing",
    severity=Severity.ERROR,
    scope="article",
    summary="An article does not say who compiled it.",
    explanation=(
        "The number prints 编译 and 选题&审校 for its feature and the compilers of every item. A feature without a "
        "reviewer is a warning, because the number's editors may stand for them; a reviewer who signed it is credited "
        "without being named."
    ),
    run=_run,
    good=(
        Example("News", "新闻", metadata=Metadata(compilers=("张三",))),
        Example("News", "新闻", metadata=Metadata(section=Section.FEATURE, compilers=("张三",), reviewers=("李四",))),
        Example("News", "新闻", metadata=_SIGNED),
        Example("News", "新闻"),
    ),
    bad=(
        Example("News", "新闻", metadata=Metadata(), severity=Severity.ERROR),
        Example("News", "新闻", metadata=_FEATURE, severity=Severity.WARNING),
    ),
)
