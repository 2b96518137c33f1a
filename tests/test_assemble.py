"""The tree of a number: its parts, their order, and what each state of a unit shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pytest

from compiler_flow import inline
from compiler_flow.assemble import assemble
from compiler_flow.model import (
    Block,
    BlockKind,
    Bulletin,
    BulletinRole,
    Catalog,
    Issue,
    Metadata,
    Part,
    Role,
    Section,
    Spot,
    State,
    Unit,
)

ISSUE = Issue("2024-10-31", title="欧亚观察", number="44", date=dt.date(2024, 10, 31), editors=("赵六", "王五"))
NAMES = {
    "AM": "亚美尼亚",
    "EE": "爱沙尼亚",
    "KP": "朝鲜",
    "KR": "韩国",
    "LV": "拉脱维亚",
    "TR": "土耳其",
    "TM": "土库曼斯坦",
}
ENGLISH = {
    "AM": "Armenia",
    "EE": "Estonia",
    "KP": "Korea, Democratic People's Republic of",
    "KR": "Korea, Republic of",
    "LV": "Latvia",
    "TR": "Türkiye",
    "TM": "Turkmenistan",
}
FACTS = Metadata(
    title="A Balancing Act",
    author="Aida Example",
    author_role="Intern, Steppe Council (SC)",
    site="The Steppe Review",
    url="https://steppe.example/a",
    date=dt.date(2024, 10, 15),
    language="en",
    section=Section.FEATURE,
    compilers=("张三", "李四"),
    reviewers=("王五",),
)
FACT_UNITS = (
    Unit("t", "A Balancing Act", "平衡之举", spot=Spot(Role.TITLE)),
    Unit("a", "Aida Example", "阿依达·伊克赞普尔", spot=Spot(Role.AUTHOR)),
    Unit("r", "Intern, Steppe Council (SC)", "草原委员会（SC）实习生", spot=Spot(Role.AUTHOR_ROLE)),
    Unit("s", "The Steppe Review", "草原评论", spot=Spot(Role.SITE)),
)


def number(*parts: Part, issue: Issue = ISSUE, final: bool = False) -> Bulletin:
    return assemble(issue, parts, country_name=NAMES.__getitem__, country_order=ENGLISH.__getitem__, final=final)


def feature(*body: Unit, name: str = "act", facts: Sequence[Unit] = FACT_UNITS, **metadata: object) -> Part:
    return Part(name, replace(FACTS, **metadata), Catalog(name, "en", units=(*facts, *body)))  # type: ignore[arg-type]


def news(name: str, country: str = "AM", *body: Unit, **metadata: object) -> Part:
    title = Unit(f"{name}-t", f"{name} title", f"{name}题", spot=Spot(Role.TITLE))
    known = Metadata(title=f"{name} title", url=f"https://x.example/{name}", language="en", country=country)
    return Part(name, replace(known, **metadata), Catalog(name, "en", units=(title, *body)))  # type: ignore[arg-type]


def sentence(target: str, block: int = 1, source: str = "Source.", *, fuzzy: bool = False) -> Unit:
    return Unit(f"{block}-{source}-{target}", source, target, fuzzy, Spot(Role.TEXT, block))


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from walk(block.children)


def shown(block: Block) -> str:
    """What a reader of a finished number sees of a leaf block; a gap is its source in brackets."""
    if block.kind is BlockKind.SPAN:
        return f"[{inline.plain(block.source)}]" if block.state is State.EMPTY else inline.plain(block.text)
    return "".join(map(shown, block.children))


def leaves(bulletin: Bulletin, role: str = "") -> list[str]:
    """The leaf blocks' texts in order, all or those inside groups of one role."""
    groups = [block for block in walk(bulletin.blocks) if block.role == role] if role else bulletin.blocks
    return [shown(block) for block in walk(groups) if block.kind not in (BlockKind.GROUP, BlockKind.SPAN)]


def headings(bulletin: Bulletin) -> list[tuple[int, str]]:
    return [(block.level, shown(block)) for block in walk(bulletin.blocks) if block.kind is BlockKind.HEADING]


class TestStructure:
    def test_has_every_part_of_a_real_number(self) -> None:
        label = Unit("l", "**Background:**", "**背景：**", spot=Spot(Role.LABEL, 1))
        made = number(feature(label, sentence("正文。")), news("road", "AM", sentence("通车。")))
        assert headings(made) == [
            (1, "欧亚观察"),
            (2, "内容提要"),
            (2, "平衡之举"),
            (3, "材料来源"),
            (2, "区域动态"),
            (3, "亚美尼亚"),
            (4, "road题"),
        ]
        origin = (
            "草原评论（The Steppe Review）网站2024年10月15日的文章《A Balancing Act》（平衡之举），"
            "作者为草原委员会（SC）实习生阿依达·伊克赞普尔（Aida Example）。"
        )
        assert leaves(made) == [
            "欧亚观察",
            "第44期\u30002024年10月31日",
            "内容提要",
            f"专题内容选自{origin}",
            "平衡之举",
            "背景：正文。",
            "材料来源",
            f"本文编译自{origin}",
            "原文见：https://steppe.example/a",
            "注：本文仅代表作者个人观点，不代表本刊立场。",
            "编译：张三\u3000李四",
            "选题&审校：王五",
            "区域动态",
            "亚美尼亚",
            "road题",
            "通车。",
            "来源：https://x.example/road",
            "编译：张三\u3000李四",
            "审校：王五",
            "编辑：赵六\u3000王五",
        ]

    def test_leaves_out_the_parts_there_is_nothing_for(self) -> None:
        assert headings(number(news("road"))) == [(1, "欧亚观察"), (2, "区域动态"), (3, "亚美尼亚"), (4, "road题")]
        assert headings(number()) == [(1, "欧亚观察")]
        assert [level for level, _text in headings(number(feature()))] == [1, 2, 2, 3]

    @pytest.mark.parametrize(
        ("given", "line"),
        [("44", "第44期"), ("总第128期", "总第128期"), ("第44期", "第44期"), (" 44 ", "第44期"), ("", "")],
    )
    def test_writes_the_number_once(self, given: str, line: str) -> None:
        made = number(issue=replace(ISSUE, number=given, date=None))
        assert leaves(made)[1:2] == ([line] if line else ["编辑：赵六\u3000王五"])

    def test_keeps_the_kind_of_every_block(self) -> None:
        body = (
            Unit("1", "Q.", "引文。", spot=Spot(Role.TEXT, 1, BlockKind.QUOTE)),
            Unit("2", "I.", "项。", spot=Spot(Role.TEXT, 2, BlockKind.ITEM, 2, "1.")),
        )
        quote, item = [block for block in walk(number(feature(*body)).blocks) if block.kind in ("quote", "item")]
        assert (quote.kind, item.kind, item.level, item.marker) == (BlockKind.QUOTE, BlockKind.ITEM, 2, "1.")

    def test_spans_know_their_unit_source_state_and_language(self) -> None:
        made = number(news("road", "AM", sentence("初稿。", fuzzy=True)))
        span = next(block for block in walk(made.blocks) if block.state is State.DRAFT)
        assert (span.text, span.source, span.unit, span.language) == ("初稿。", "Source.", "1-Source.-初稿。", "en")


class TestHeadings:
    @pytest.mark.parametrize(
        ("levels", "made_of"),
        [([2, 3, 2], [3, 4, 3]), ([2, 4, 3], [3, 4, 4]), ([4, 2], [3, 3]), ([1, 2, 3, 4, 5, 6], [3, 4, 5, 6, 6, 6])],
    )
    def test_follow_without_a_gap(self, levels: list[int], made_of: list[int]) -> None:
        body = [
            Unit(str(index), "H", f"标题{index}", spot=Spot(Role.HEADING, index, BlockKind.HEADING, level))
            for index, level in enumerate(levels, start=1)
        ]
        assert [level for level, words in headings(number(feature(*body))) if "标题" in words] == made_of

    def test_an_omitted_heading_disappears(self) -> None:
        body = Unit("h", "Aside", "〔略〕", spot=Spot(Role.HEADING, 1, BlockKind.HEADING, 2))
        assert headings(number(feature(body, sentence("正文。", 2)))) == headings(
            number(feature(sentence("正文。", 2)))
        )

    def test_an_omitted_title_leaves_the_text(self) -> None:
        title = Unit("t", "Title", "〔略〕", spot=Spot(Role.TITLE))
        made = number(Part("x", Metadata(country="AM"), Catalog("x", "en", units=(title, sentence("正文。")))))
        assert leaves(made, BulletinRole.ITEM) == ["正文。"]

    def test_without_any_title_the_name_stands(self) -> None:
        made = number(Part("a*b", Metadata(country="AM"), Catalog("a*b", "en", units=(sentence("正文。"),))))
        assert leaves(made, BulletinRole.ITEM) == ["a*b", "正文。"]


class TestSentences:
    def paragraphs(self, *units: Unit) -> list[str]:
        return leaves(number(news("road", "AM", *units)), BulletinRole.ITEM)[1:-1]

    def test_of_one_paragraph_touch(self) -> None:
        assert self.paragraphs(sentence("甲。"), sentence("乙。"), sentence("丙。", 2)) == ["甲。乙。", "丙。"]

    @pytest.mark.parametrize(
        ("left", "right", "joined"),
        [
            ("It rained.", "Then it stopped.", "It rained. Then it stopped."),
            ("他说OK.", "Then", "他说OK. Then"),
            ("甲。", "Then", "甲。Then"),
            ("占80%", "的份额", "占80%的份额"),
            ("“Yes”", "No", "“Yes”No"),
            ("*Rain*", "**Sun**", "Rain Sun"),
            ("Дождь.", "Снег.", "Дождь. Снег."),
        ],
    )
    def test_have_a_space_only_where_latin_meets_latin(self, left: str, right: str, joined: str) -> None:
        assert self.paragraphs(sentence(left, source="1"), sentence(right, source="2")) == [joined]

    def test_omitted_and_merged_show_nothing(self) -> None:
        units = [sentence(target) for target in ("甲。", "〔略〕", "〔并〕", "〔并下〕", "乙。")]
        assert self.paragraphs(*units) == ["甲。乙。"]

    def test_an_omitted_items_number_goes_to_the_next(self) -> None:
        items = [("〔略〕", "4."), ("乙。", "1."), ("〔略〕", "1."), ("丁。", "1."), ("戊。", "9.")]
        units = [
            Unit(str(at), "Item.", target, spot=Spot(Role.TEXT, at, BlockKind.ITEM, 1, marker))
            for at, (target, marker) in enumerate(items, 1)
        ]
        made = walk(number(feature(*units)).blocks)
        markers = [block.marker for block in made if block.kind is BlockKind.ITEM]
        assert markers == ["4.", "1.", "9."]

    def test_a_paragraph_of_omitted_units_disappears(self) -> None:
        assert self.paragraphs(sentence("〔略〕"), sentence("〔并〕"), sentence("乙。", 2)) == ["乙。"]

    def test_a_gap_shows_its_source(self) -> None:
        assert self.paragraphs(sentence("甲。"), sentence("", source="Not *yet*.")) == ["甲。[Not yet.]"]

    def test_a_line_break_is_no_escape(self) -> None:
        assert self.paragraphs(sentence("甲\\\n*乙*。")) == ["甲乙。"]
        assert self.paragraphs(sentence("甲\\\\\n乙。")) == ["甲\\乙。"]

    def test_several_lines_become_one(self) -> None:
        assert self.paragraphs(sentence("甲，\n乙。\nIt rained.\nIt stopped.")) == ["甲，乙。It rained. It stopped."]

    def test_units_of_a_foreign_file_are_paragraphs(self) -> None:
        units = (Unit("1", "One.", "一。"), Unit("2", "Two.", "二。"))
        made = number(Part("x", Metadata(title="Ti*tle", country="AM"), Catalog("x", "en", units=units)))
        assert leaves(made, BulletinRole.ITEM) == ["[Ti*tle]", "一。", "二。"]


class TestOrigin:
    def origin(self, part: Part) -> str:
        return leaves(number(part), BulletinRole.SUMMARY)[1]

    @pytest.mark.parametrize(
        ("without", "line"),
        [
            ("site", "专题内容选自2024年10月15日的文章《A Balancing Act》（平衡之举），作者为"),
            ("date", "专题内容选自草原评论（The Steppe Review）网站的文章《A Balancing Act》（平衡之举），作者为"),
            ("site date", "专题内容选自文章《A Balancing Act》（平衡之举），作者为"),
            ("author_role", "（平衡之举），作者为阿依达·伊克赞普尔（Aida Example）。"),
            ("author", "（平衡之举），作者为草原委员会（SC）实习生。"),
            ("author author_role", "（平衡之举）。"),
            ("title", "专题内容选自草原评论（The Steppe Review）网站2024年10月15日的文章，作者为"),
            ("url", "专题内容选自草原评论（The Steppe Review）2024年10月15日的文章"),
        ],
    )
    def test_does_without_what_is_unknown(self, without: str, line: str) -> None:
        roles = {name.replace("_", "-") for name in without.split()}
        facts = [unit for unit in FACT_UNITS if unit.spot and unit.spot.role.value not in roles]
        blank = {name: None if name == "date" else "" for name in without.split()}
        assert line in self.origin(feature(facts=facts, **blank))

    def test_is_left_out_when_nothing_is_known(self) -> None:
        made = number(Part("x", Metadata(section=Section.FEATURE), Catalog("x", "en", units=(sentence("正文。"),))))
        assert headings(made) == [(1, "欧亚观察"), (2, "x"), (3, "材料来源")]
        assert leaves(made, BulletinRole.MATERIAL) == ["材料来源", "注：本文仅代表作者个人观点，不代表本刊立场。"]

    def test_a_role_left_out_on_purpose_is_left_out(self) -> None:
        facts = [replace(unit, target="〔略〕") if unit.id == "r" else unit for unit in FACT_UNITS]
        assert "作者为阿依达" in self.origin(feature(facts=facts))

    @pytest.mark.parametrize(
        ("target", "line"),
        [
            ("草原评论（The Steppe Review）", "选自草原评论（The Steppe Review）网站"),
            ("The Steppe Review", "选自The Steppe Review网站"),
            ("草原新闻网", "选自草原新闻网（The Steppe Review）2024年"),
            ("", "选自[The Steppe Review]网站"),
        ],
    )
    def test_gives_a_name_and_its_original_once(self, target: str, line: str) -> None:
        facts = [replace(unit, target=target) if unit.id == "s" else unit for unit in FACT_UNITS]
        assert line in self.origin(feature(facts=facts))

    def test_drafts_and_gaps_of_the_facts_stay_visible(self) -> None:
        facts = [replace(unit, target="", fuzzy=False) if unit.id == "a" else unit for unit in FACT_UNITS]
        facts = [replace(unit, fuzzy=True) if unit.id == "r" else unit for unit in facts]
        made = number(feature(facts=facts))
        states = {block.unit: block.state for block in walk(made.blocks) if block.unit}
        assert (states["a"], states["r"], states["t"]) == (State.EMPTY, State.DRAFT, State.TRANSLATED)
        assert "实习生[Aida Example]。" in self.origin(feature(facts=facts))

    def test_title_marks_do_not_nest(self) -> None:
        facts = (Unit("t", "评《平衡》", "评《平衡》", spot=Spot(Role.TITLE)),)
        line = self.origin(feature(facts=facts, site="", author="", author_role="", date=None))
        assert line == "专题内容选自文章《评〈平衡〉》。"

    def test_several_features_are_numbered(self) -> None:
        made = number(*(feature(name=f"f{index}") for index in range(11)))
        lines = leaves(made, BulletinRole.SUMMARY)[1:]
        assert [line[: line.index("内容")] for line in lines] == [
            f"专题{which}" for which in [*"一二三四五六七八九十", "11"]
        ]


class TestDeclaration:
    @pytest.mark.parametrize(
        ("target", "note"),
        [
            ("〔略〕", "本文为编译，有删节。"),
            ("〔并〕", "本文为编译，文字有调整。"),
            ("〔并下〕", "本文为编译，文字有调整。"),
            ("乙。", ""),
        ],
    )
    def test_says_what_the_compiler_changed(self, target: str, note: str) -> None:
        lines = leaves(number(feature(sentence("甲。"), sentence(target))), BulletinRole.MATERIAL)
        assert [line for line in lines if "本文为编译" in line] == ([note] if note else [])

    def test_for_the_news_it_stands_once_at_the_end(self) -> None:
        made = number(news("a", "AM", sentence("〔略〕")), news("b", "EE", sentence("〔并〕")))
        assert [line for line in leaves(made) if "删节" in line] == ["区域动态各条均据所列来源编译，有删节。"]
        assert leaves(made, BulletinRole.COLOPHON)[0] == "区域动态各条均据所列来源编译，有删节。"

    def test_a_fact_left_out_is_no_abridgement(self) -> None:
        facts = [replace(unit, target="〔略〕") if unit.id == "r" else unit for unit in FACT_UNITS]
        assert not any("编译，" in line for line in leaves(number(feature(sentence("甲。"), facts=facts))))

    def test_standing_texts_are_the_houses(self) -> None:
        issue = replace(ISSUE, texts={"disclaimer": "观点归作者。", "abridged": ""})
        lines = leaves(number(feature(sentence("〔略〕")), issue=issue), BulletinRole.MATERIAL)
        assert "观点归作者。" in lines
        assert not any("删节" in line or "本刊" in line for line in lines)


class TestOrder:
    def countries(self, *parts: Part, issue: Issue = ISSUE) -> list[str]:
        return [text for level, text in headings(number(*parts, issue=issue)) if level == 3]

    def test_of_countries_is_the_standards(self) -> None:
        codes = ("LV", "TM", "KR", "", "TR", "KP", "EE", "AM")
        expected = ["亚美尼亚", "爱沙尼亚", "朝鲜", "韩国", "拉脱维亚", "土耳其", "土库曼斯坦", "其他"]
        assert self.countries(*(news(code or "none", code) for code in codes)) == expected

    def test_of_countries_can_be_set_by_hand(self) -> None:
        issue = replace(ISSUE, countries=("LV", "kp", "XX", "LV"))
        parts = [news(code, code) for code in ("AM", "KP", "EE", "LV")]
        assert self.countries(*parts, issue=issue) == ["拉脱维亚", "朝鲜", "亚美尼亚", "爱沙尼亚"]

    def test_codes_in_any_case_are_one_country(self) -> None:
        assert self.countries(news("a", "am"), news("b", " AM ")) == ["亚美尼亚"]

    def test_of_items_is_as_given(self) -> None:
        made = number(news("b"), news("c", "EE"), news("a"))
        assert [text for level, text in headings(made) if level == 4] == ["b题", "a题", "c题"]

    def test_of_features_is_by_hand_then_as_given(self) -> None:
        parts = [feature(name=name, facts=(), title=name) for name in ("a", "b", "c")]
        made = number(*parts, issue=replace(ISSUE, features=("c", "b", "c", "gone")))
        assert [text for level, text in headings(made) if text in ("[a]", "[b]", "[c]")] == ["[c]", "[b]", "[a]"]

    def test_a_part_given_twice_stands_once(self) -> None:
        assert [text for level, text in headings(number(news("a"), news("a"))) if level == 4] == ["a题"]

    def test_without_an_order_codes_are_sorted(self) -> None:
        parts = [news("x", "LV"), news("y", "AM")]
        made = assemble(ISSUE, parts, country_name=lambda code: code)
        assert [text for level, text in headings(made) if level == 3] == ["AM", "LV"]


class TestCredits:
    def test_everybody_once_in_the_order_given(self) -> None:
        parts = (
            feature(compilers=("李四", "张三", "李四"), reviewers=(" 王五 ", "")),
            news("a", compilers=("张三", "John Smith"), reviewers=("王五", "赵六")),
        )
        made = number(*parts)
        assert leaves(made, BulletinRole.COLOPHON) == [
            "编译：李四\u3000张三\u3000John Smith",
            "审校：王五\u3000赵六",
            "编辑：赵六\u3000王五",
        ]
        assert leaves(made, BulletinRole.MATERIAL)[-2:] == ["编译：李四\u3000张三", "选题&审校：王五"]

    def test_stand_under_items_only_when_they_differ(self) -> None:
        same = number(news("a", compilers=("张三",)), news("b", compilers=("张三",)), news("c"))
        assert not any("张三" in line for line in leaves(same, BulletinRole.ITEM))
        differ = number(
            news("a", compilers=("张三",), reviewers=("王五",)), news("b", compilers=("李四",), reviewers=("王五",))
        )
        credited = [line for line in leaves(differ, BulletinRole.ITEM) if "：" in line and "来源" not in line]
        assert credited == ["编译：张三", "编译：李四"]


class TestMissing:
    def test_has_a_line_for_each_unfinished_article_in_reading_order(self) -> None:
        made = number(
            news("late", "LV", sentence("甲。"), sentence("", source="1"), sentence("稿", fuzzy=True)),
            news("fine", "EE", sentence("甲。")),
            Part("raw", Metadata(title="R*aw", country="AM", url="u"), Catalog("raw", "en", units=(sentence(""),))),
            Part("void", Metadata(country="AM"), Catalog("void", "en")),
            feature(sentence("稿", fuzzy=True)),
        )
        assert made.missing == (
            "平衡之举（act）：初稿1处",
            "R*aw（raw）：全文待译",
            "void：没有译文单元、缺来源地址",
            "late题（late）：待译1处、初稿1处",
        )

    def test_draft_until_it_is_asked_to_be_final(self) -> None:
        assert number(news("a")).draft
        assert not number(news("a"), final=True).draft


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("《山谷*晚*报》2024年11月5日第3版", "《山谷*晚*报》2024年11月5日第3版"),
        ("mailto:desk@example.org", "desk@example.org"),
    ],
)
def test_a_source_in_words_is_printed_as_words(url: str, printed: str) -> None:
    made = number(feature(sentence("正文。"), url=url), news("road", "AM", sentence("通车。"), url=url))
    assert f"原文见：{printed}" in leaves(made)
    assert f"来源：{printed}" in leaves(made)
    assert not any(block.role == BulletinRole.ADDRESS for block in walk(made.blocks))
    # It stood in a paper, not on a web site.
    assert not any("草原评论（The Steppe Review）网站" in line for line in leaves(made))


def test_metadata_and_names_never_become_markup() -> None:
    hostile = "*a* [b](https://evil.example) `c` &amp; <d>"
    made = number(
        feature(facts=(), title=hostile, author=hostile, author_role=hostile, site=hostile, compilers=(hostile,)),
        issue=replace(ISSUE, title=hostile, number=hostile, editors=(hostile,)),
    )
    styled = [
        span
        for block in walk(made.blocks)
        for span in (*inline.spans(block.text), *inline.spans(block.source))
        if span.strong or span.emphasis or span.code or span.href
    ]
    assert styled == []
    assert leaves(made)[0] == hostile
