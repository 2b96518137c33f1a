"""An article that a careful compiler has finished yields nothing: false alarms hide true faults."""

from __future__ import annotations

import pytest

from compiler_flow import checks
from compiler_flow.glossary import Matcher, base_terms
from compiler_flow.model import (
    Catalog,
    CheckContext,
    Metadata,
    Role,
    Section,
    Spot,
    Term,
    TermKind,
    Unit,
)

TERMS = (
    Term("Mart Tammsalu", "马尔特·塔姆萨卢", TermKind.PERSON, aliases=("Март Таммсалу",)),
    Term("Baltic Grid Agency", "波罗的海电网署", TermKind.ORGANIZATION, first="波罗的海电网署（BGA）"),
    Term("COP29", "COP29", TermKind.EVENT, accept=("第29届联合国气候变化大会",), first="-"),
)
METADATA = Metadata(
    title="Grid agency signs two deals in Tallinn",
    url="https://example.org/news/2024/10/23/grid-agency",
    language="en",
    country="EE",
    section=Section.FEATURE,
    compilers=("张三",),
    reviewers=("李四",),
)
ENGLISH = (
    (Role.TITLE, 0, "Grid agency signs two deals in Tallinn", "电网署在塔林签署两项协议"),
    (Role.TEXT, 1, "The Baltic Grid Agency signed two contracts worth €1.35 billion in Tallinn on Wednesday.",
     "10月23日，波罗的海电网署（BGA）在塔林签署两份合同，总额13.5亿欧元。"),
    (Role.TEXT, 1, "“We have waited for this since the 1990s,” said its head Mart Tammsalu.",
     "该署署长马尔特·塔姆萨卢（Mart Tammsalu）说：“自20世纪90年代以来，我们一直在等这一天。"),
    (Role.TEXT, 1, "“Now it is time to build,” he added.", "现在该动工了。”"),
    (Role.LABEL, 2, "**Background:**", "**背景：**"),
    (Role.TEXT, 2, "The United States and South Korea have supplied 14 transformers.", "美韩两国已提供14台变压器。"),
    (Role.TEXT, 2, "They cost between 3 and 5 million euros each.", "〔略〕"),
    (Role.TEXT, 3, "Tammsalu will present the plan at COP29.", "塔姆萨卢将在第29届联合国气候变化大会上介绍该计划，"),
    (Role.TEXT, 3, "It would cut imports by two-thirds and losses by 2.5 percentage points.",
     "该计划可使进口减少三分之二，损耗降低2.5个百分点。"),
    (Role.TEXT, 3, "A decision is due by 30 June 2025.", "〔并下〕"),
    (Role.TEXT, 3, "If it is positive, work starts in July.", "若能在2025年6月30日前作出肯定的决定，工程将于7月启动。"),
    (Role.TEXT, 4, "See [the full text](https://example.org/plan-2024).", "见[全文](https://example.org/plan-2024)。"),
)  # fmt: skip
RUSSIAN = (
    (Role.TEXT, 1, "Март Таммсалу встретился с министром энергетики Латвии.",
     "马尔特·塔姆萨卢（Март Таммсалу）会见了拉脱维亚能源部长。"),
    (Role.TEXT, 1, "Стороны договорились вложить 2,4 млрд евро до 2030 года.",
     "双方商定到2030年前投资24亿欧元。"),
    (Role.TEXT, 2, "«Это первый шаг», — сказал Таммсалу.", "塔姆萨卢说：“这是第一步。”"),
)  # fmt: skip


@pytest.mark.parametrize(("language", "rows"), [("en", ENGLISH), ("ru", RUSSIAN)])
def test_a_finished_article_has_no_findings(language: str, rows: tuple[tuple[Role, int, str, str], ...]) -> None:
    units = tuple(
        Unit(str(index), source, target, spot=Spot(role, block))
        for index, (role, block, source, target) in enumerate(rows)
    )
    matcher = Matcher((*TERMS, *base_terms(language)), language)
    context = CheckContext(matcher.source, matcher.target, METADATA)
    assert list(checks.run(Catalog("a", language, units=units), context)) == []
