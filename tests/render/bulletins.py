"""One invented number that uses every kind of block, finished and as a draft. Facts and sources are made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from compiler_flow.assemble import assemble
from compiler_flow.assemble.names import Name
from compiler_flow.model import (
    BlockKind,
    Bulletin,
    Catalog,
    Issue,
    Metadata,
    Part,
    Role,
    Section,
    Spot,
    Unit,
)

NAMES = {"AM": "亚美尼亚", "EE": "爱沙尼亚", "KP": "朝鲜", "KR": "韩国", "LV": "拉脱维亚", "KZ": "哈萨克斯坦"}
ORDER = {
    "AM": "Armenia",
    "EE": "Estonia",
    "KP": "Korea, Democratic People's Republic of",
    "KR": "Korea, Republic of",
    "LV": "Latvia",
    "KZ": "Kazakhstan",
}

ISSUE = Issue(
    name="2024-10-31",
    title="欧亚观察",
    number="44",
    date=dt.date(2024, 10, 31),
    editors=("王五",),
    features=("tokayev",),
)


def unit(source: str, target: str = "", spot: Spot | None = None, *, fuzzy: bool = False) -> Unit:
    """Without an id: ``part`` numbers them."""
    return Unit(id="", source=source, target=target, spot=spot, fuzzy=fuzzy)


def meta(role: Role, source: str, target: str = "", *, fuzzy: bool = False) -> Unit:
    return unit(source, target, Spot(role, 0), fuzzy=fuzzy)


def part(metadata: Metadata, name: str, units: Sequence[Unit]) -> Part:
    numbered = (replace(one, id=f"{index:010x}") for index, one in enumerate(units, start=1))
    return Part(name, metadata, Catalog(name, metadata.language or "en", units=tuple(numbered)))


def text(block: int, source: str, target: str = "", *, fuzzy: bool = False, kind: str = "paragraph") -> Unit:
    return unit(source, target, Spot(Role.TEXT, block, BlockKind(kind)), fuzzy=fuzzy)


def label(block: int, source: str, target: str) -> Unit:
    return unit(source, target, Spot(Role.LABEL, block))


def heading(block: int, level: int, source: str, target: str = "") -> Unit:
    return unit(source, target, Spot(Role.HEADING, block, BlockKind.HEADING, level))


def item(block: int, level: int, marker: str, source: str, target: str = "") -> Unit:
    return unit(source, target, Spot(Role.TEXT, block, BlockKind.ITEM, level, marker))


FEATURE = part(
    Metadata(
        title="THE QUIET CORRIDOR: HOW STEPPE RAILWAYS CHANGE TRADE",
        author="Aida Example",
        author_role="Research intern, Steppe Policy Council (SPC)",
        site="The Steppe Review",
        url="https://steppe-review.example/analysis/2024/10/15/the-quiet-corridor-how-steppe-railways-change-trade.html",
        date=dt.date(2024, 10, 15),
        language="en",
        country="KZ",
        section=Section.FEATURE,
        compilers=("张三", "李四"),
        reviewers=("王五",),
    ),
    "tokayev",
    [
        meta(
            Role.TITLE,
            "THE QUIET CORRIDOR: HOW STEPPE RAILWAYS CHANGE TRADE",
            "静默走廊：草原铁路如何改变贸易",
        ),
        meta(Role.AUTHOR, "Aida Example", "阿依达·伊克赞普尔"),
        meta(Role.AUTHOR_ROLE, "Research intern, Steppe Policy Council (SPC)", "草原政策委员会（SPC）实习生"),
        meta(Role.SITE, "The Steppe Review", "草原评论"),
        text(
            1,
            "For a decade the freight yards outside the city slept.",
            "十年来，城外的货运站一直沉寂，直到2024年夏天，第一列满载集装箱的列车在清晨驶入站台。",
        ),
        text(
            1,
            "Then 120 trains a month began to call.",
            "此后每月约有120列货运列车在此停靠，站区职工从200人增至1400人，周边仓库的租金上涨了35%。",
        ),
        text(1, "Nobody had planned it.", "〔略〕"),
        text(
            1,
            "The ministry calls it “the quiet corridor”.",
            "运输主管部门称之为“静默走廊”（quiet corridor），并在《2040运输发展构想》中把它列为优先项目。",
        ),
        label(2, "**Background:**", "**背景：**"),
        text(
            2,
            "The country has no access to the sea.",
            "该国没有出海口，货物要经邻国铁路才能抵达里海港口，运费占商品价格的比重一度超过20%。",
        ),
        text(
            2,
            "Membership of the *Customs Space* (CS) helped.",
            "加入*关税空间*（CS）之后，过境手续由原来的七道减为两道。",
        ),
        heading(3, 2, "What the numbers say", "数字说明了什么"),
        text(
            4,
            "Three figures stand out:",
            "有三组数字值得注意：",
        ),
        item(5, 1, "-", "transit volume", "过境货运量：上半年达到**1200万吨**，同比增长18%；"),
        item(6, 1, "-", "transit time", "平均过境时间："),
        item(7, 2, "1.", "by rail", "铁路由14天缩短至9天；"),
        item(8, 2, "1.", "by road", "公路由11天缩短至10天；"),
        item(
            9,
            1,
            "-",
            "revenue",
            "运营收入：约合3.4亿美元，详见[年度报告](https://steppe-review.example/report?a=1&b=2)。",
        ),
        heading(10, 3, "A dissenting voice", "不同的声音"),
        text(
            11,
            "“A corridor is only as strong as its weakest bridge.",
            "“一条走廊有多牢固，取决于它最薄弱的那座桥。",
            kind="quote",
        ),
        text(
            11,
            "And the weakest bridge is 70 years old.”",
            "而最薄弱的那座桥已有70年历史。”",
            kind="quote",
        ),
        text(12, "So says an engineer.", "〔并〕"),
        heading(13, 2, "Side notes", "〔略〕"),
        text(14, "Tickets can be bought online.", "〔略〕"),
        label(15, "**Conclusions:**", "**结论：**"),
        text(
            15,
            "The corridor is a balancing act.",
            "走廊的成功不是一次性的工程，而是一种平衡：既要吸引过境货物，也要让沿线城镇从中受益。",
        ),
        text(
            15,
            "It deserves attention.",
            "未来五年，桥梁改造、换装能力和数字化通关将决定它能走多远。",
        ),
    ],
)

ARMENIA = part(
    Metadata(
        title="Prime minister opens mountain road",
        site="Azad Lur",
        url="https://azad-lur.example/a/33171946.html",
        date=dt.date(2024, 10, 24),
        language="en",
        country="AM",
        compilers=("张三",),
        reviewers=("王五",),
    ),
    "armenia-road",
    [
        meta(Role.TITLE, "Prime minister opens mountain road", "亚美尼亚北部山区公路通车"),
        text(
            1,
            "The 31-kilometre road was opened on October 24.",
            "10月24日，亚美尼亚北部一条长31公里的山区公路正式通车，两座边境城镇之间的车程由两小时缩短至40分钟。",
        ),
        text(
            1,
            "It cost 90 million euros.",
            "项目总投资约9000万欧元，其中六成来自国际贷款。",
        ),
    ],
)

ESTONIA = part(
    Metadata(
        title="Ministers sign roadmap",
        site="Põhja Teataja",
        url="https://teataja.example/8117142/uk-assigns-brigade-combat-team-for-estonia-s-defence-and-a-very-long-tail",
        date=dt.date(2024, 10, 18),
        language="en",
        country="EE",
        compilers=("李四",),
        reviewers=("王五",),
    ),
    "estonia-roadmap",
    [
        meta(Role.TITLE, "Ministers sign roadmap", "爱沙尼亚与北欧邻国签署电网合作路线图"),
        text(
            1,
            "The ministers signed a roadmap in Tallinn.",
            "三国能源部长在塔林签署电网合作路线图，计划在2025年2月前完成同步测试。",
        ),
        text(
            2,
            "The roadmap names four substations.",
            "路线图列出4座需要扩建的变电站，并规定了各方分摊费用的比例。",
        ),
    ],
)

KOREA = part(
    Metadata(
        title="부산항, 자동화 부두 시험 운영",
        site="바다일보",
        url="https://bada.example/article/081/0003490871?type=editn&cds=news_edit",
        date=dt.date(2024, 10, 27),
        language="ko",
        country="KR",
        compilers=("李四",),
        reviewers=("王五",),
    ),
    "korea-port",
    [
        meta(Role.TITLE, "부산항, 자동화 부두 시험 운영", "韩国釜山港自动化码头开始试运行"),
        text(
            1,
            "부산항은 자동화 부두 시험 운영을 시작했다.",
            "釜山港的自动化码头10月27日开始试运行，首批投入12台无人岸桥。",
        ),
    ],
)

LATVIA_UNITS = [
    meta(Role.TITLE, "Rīgā notiks Baltijas ostu forums", "里加将举办波罗的海港口论坛"),
    text(1, "Forums notiks 17. oktobrī.", "论坛将于10月17日在里加举行。", fuzzy=True),
    text(1, "Tajā piedalīsies 110 runātāji.", "110名演讲者将出席。", fuzzy=True),
    text(1, "Galvenā tēma ir ostu drošība.", "今年的主题是港口安全。"),
    text(1, "Ieeja bez maksas.", ""),
    text(2, "Pasākumu rīko ostu asociācija.", ""),
]

LATVIA = part(
    Metadata(
        title="Rīgā notiks Baltijas ostu forums",
        site="Daugavas Ziņas",
        url="https://daugavas-zinas.example/lv/jaunums/ostu-forums-2024",
        date=dt.date(2024, 10, 16),
        language="lv",
        country="LV",
        compilers=("张三",),
    ),
    "latvia-forum",
    LATVIA_UNITS,
)

LATVIA_DONE = replace(
    LATVIA,
    metadata=replace(LATVIA.metadata, reviewers=("王五",)),
    catalog=replace(
        LATVIA.catalog,
        units=tuple(
            replace(one, target=one.target or "活动由港口协会主办，公众可免费入场。", fuzzy=False)
            for one in LATVIA.catalog.units
        ),
    ),
)

KOREA_NORTH = part(
    Metadata(
        title="Spring sowing begins early",
        site="Pobeda Online",
        url="",
        language="en",
        country="KP",
    ),
    "dprk-sowing",
    [
        meta(Role.TITLE, "Spring sowing begins early", ""),
        text(1, "Farm teams in the west have begun sowing two weeks early.", ""),
        text(1, "Officials expect a good year.", "官员预计今年收成良好。", fuzzy=True),
    ],
)

AGENCY = part(
    Metadata(
        title="River levels fall",
        url="https://rivers.example/levels",
        language="en",
        compilers=("张三",),
        reviewers=("王五",),
    ),
    "rivers",
    [
        meta(Role.TITLE, "River levels fall", "多条跨境河流水位下降"),
        text(1, "Levels fell by 15 percent.", "监测站数据显示，多条跨境河流的水位较去年同期下降15%。"),
        text(1, "Source: *Rivers Online*.", "（据*Rivers Online*）"),
    ],
)


def final() -> Bulletin:
    parts = (AGENCY, LATVIA_DONE, KOREA, ESTONIA, FEATURE, ARMENIA)
    return assemble(
        ISSUE,
        parts,
        country_name=NAMES.__getitem__,
        country_order=ORDER.__getitem__,
        final=True,
        source_titles=True,
        names=lambda _parts: (
            Name("阿依达·伊克赞普尔", "Aida Example", "en", is_agreed=False),
            Name("里加", "Rīga", "lv"),
            Name("第聂伯", "Дніпро", "uk"),
        ),
    )


def draft() -> Bulletin:
    parts = (AGENCY, LATVIA, KOREA, KOREA_NORTH, ESTONIA, FEATURE, ARMENIA)
    return assemble(ISSUE, parts, country_name=NAMES.__getitem__, country_order=ORDER.__getitem__)
