"""The HTML page: structure, safety, and what a draft shows."""

from __future__ import annotations

import itertools
import re
from dataclasses import fields, replace
from pathlib import Path

import bulletins
import pytest
from lxml import html

from compiler_flow.assemble import assemble
from compiler_flow.errors import FileError, FormatError, UsageError
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
from compiler_flow.render import render

HOSTILE = (
    "</style></title></p><script>alert(1)</script><img src=x onerror=alert(2)> \"' onclick=alert(3) "
    '[a](javascript:alert(4)) <javascript:alert(5)> [b](data:text/html,x) &lt;script&gt; `<b>` <https://x.example/"onx=1>'
    "\u202e\x00]]>--><!--"
)
BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li")


def tree(bulletin: Bulletin, **options: str) -> html.HtmlElement:
    return html.document_fromstring(render(bulletin, "html", **options).decode("utf-8"))


def page(*blocks: Block) -> html.HtmlElement:
    return tree(Bulletin(Issue("n"), blocks, draft=False)).find("body/main")


class TestHeadings:
    @pytest.mark.parametrize(
        ("words", "whole"),
        [
            ("静默走廊：草原铁路如何改变贸易", True),
            ("亚美尼亚北部山区公路通车", False),
            ("关于进一步推动跨里海国际运输路线建设的声明：签署", False),
        ],
    )
    def test_end_their_lines_at_marks_where_phrases_are_short(self, words: str, whole: bool) -> None:
        units = (bulletins.meta(Role.TITLE, "T.", words), bulletins.text(1, "T.", "正文。"))
        made = assemble(bulletins.ISSUE, (bulletins.part(Metadata(), "one", units),), country_name=str)
        shown = html.document_fromstring(render(made, "html").decode())
        assert shown.find(".//h4").get("class") == ("phrases" if whole else None)


class TestPage:
    def test_is_a_document_in_chinese(self) -> None:
        made = render(bulletins.final(), "html").decode("utf-8")
        assert made.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
        head = tree(bulletins.final()).find("head")
        assert head.findtext("title") == "欧亚观察"
        assert head.find("meta[@charset]").get("charset") == "utf-8"
        assert head.find("meta[@name='viewport']").get("content") == "width=device-width, initial-scale=1"

    @pytest.mark.parametrize("number", [bulletins.final, bulletins.draft])
    def test_asks_nothing_of_the_network(self, number: object) -> None:
        made = tree(number())  # type: ignore[operator]
        assert not [one.tag for one in made.iter("script", "link", "img", "iframe", "object", "form", "base")]
        assert "default-src 'none'" in made.find("head/meta[@http-equiv]").get("content")
        assert not re.search(r"url\(|@import", made.findtext("head/style"))

    @pytest.mark.parametrize("number", [bulletins.final, bulletins.draft])
    def test_headings_leave_out_no_level(self, number: object) -> None:
        levels = [int(one.tag[1]) for one in tree(number()).iter("h1", "h2", "h3", "h4", "h5", "h6")]  # type: ignore[operator]
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))

    def test_contents_lead_to_every_part(self) -> None:
        made = tree(bulletins.final())
        links = list(made.find("body/nav").iter("a"))
        targets = {one.get("id"): one for one in made.iter() if one.get("id")}
        assert len(links) == len(targets) == len({link.get("href") for link in links}) == 14
        for link in links:
            heading = next(targets[link.get("href")[1:]].iter("h2", "h3", "h4"))
            assert link.text_content() == heading.text_content()

    def test_contents_are_left_out_of_an_empty_number(self) -> None:
        assert tree(assemble(Issue("n"), (), country_name=str)).find("body/nav") is None

    def test_foreign_words_say_their_language(self) -> None:
        made = tree(bulletins.final())
        assert {one.get("lang") for one in made.iter("span") if one.get("lang")} == {"en", "ko", "lv", "uk"}
        gaps = tree(bulletins.draft()).find("body/main").iter("mark")
        assert {one.get("lang") for one in gaps if one.get("class") == "gap"} == {"en", "lv"}

    def test_lists_and_quotes_are_real(self) -> None:
        main = tree(bulletins.final()).find("body/main")
        assert [one.text for one in main.findall(".//ul/li/ol/li")] == [
            "铁路由14天缩短至9天；",
            "公路由11天缩短至10天；",
        ]
        assert len(main.findall(".//blockquote/p")) == 1

    def test_italics_are_for_latin_words(self) -> None:
        found = {one.text: one.get("class") for one in tree(bulletins.final()).iter("em")}
        assert found == {"关税空间": None, "Rivers Online": "latin"}


class TestDrafts:
    def test_are_marked_and_labelled_once_a_run(self) -> None:
        def span(text: str, state: State | None) -> Block:
            return Block(BlockKind.SPAN, text, source="Source.", state=state, language="en")

        spans = (
            span("稿一。", State.DRAFT),
            span(" ", None),
            span("稿二。", State.DRAFT),
            span("定。", State.TRANSLATED),
            span("稿三。", State.DRAFT),
            span("", State.EMPTY),
        )
        marks = list(page(Block(BlockKind.PARAGRAPH, children=spans)).iter("mark"))
        assert [(one.text, one.get("class"), one.get("data-label")) for one in marks] == [
            ("稿一。", "draft", "初稿"),
            ("稿二。", "draft", None),
            ("稿三。", "draft", "初稿"),
            ("Source.", "gap", "待译"),
        ]

    def test_a_draft_build_warns_and_says_what_is_missing(self) -> None:
        made = tree(bulletins.draft())
        assert made.find("body").get("class") == "draft"
        assert made.findtext("head/title") == "欧亚观察（草稿）"
        assert [one.text for one in made.findall("body/aside//li")] == list(bulletins.draft().missing)
        nothing_missing = tree(Bulletin(Issue("n"), ()))
        assert "译文已齐" in nothing_missing.find("body/aside").text_content()

    def test_a_final_build_has_no_marks(self) -> None:
        made = tree(bulletins.final())
        assert made.find("body").get("class") == "final"
        assert not list(made.iter("mark", "aside"))


class TestAddresses:
    def test_on_the_web_are_linked(self) -> None:
        span = Block(BlockKind.SPAN, "https://x.example/?a=1&b=“2”", role=BulletinRole.ADDRESS)
        (link,) = page(Block(BlockKind.PARAGRAPH, children=(span,))).iter("a")
        assert (link.text, link.get("href"), link.get("rel")) == (span.text, span.text, "noopener")

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "data:text/html,x",
            "mailto:a@x.example",
            "ftp://x.example",
            "//x.example",
            "x.example",
            "https://x.example/\u202egpj",
            "https://x.example/a b",
            "https:",
            'https://x.example/"onclick=',
            " https:/x",
        ],
    )
    def test_others_are_text(self, address: str) -> None:
        span = Block(BlockKind.SPAN, address, role=BulletinRole.ADDRESS)
        main = page(Block(BlockKind.PARAGRAPH, children=(span, Block(BlockKind.SPAN, f"[a](<{address}>)"))))
        assert not list(main.iter("a"))


class TestHostileText:
    def number(self) -> Bulletin:
        known: dict[str, object] = {"date": None, "section": Section.FEATURE, "sign_offs": (), "guessed": frozenset()}
        for one in fields(Metadata):
            known.setdefault(one.name, (HOSTILE,) if one.name in ("compilers", "reviewers") else HOSTILE)
        spots = [Spot(role) for role in (Role.TITLE, Role.AUTHOR, Role.AUTHOR_ROLE, Role.SITE)]
        spots += [
            Spot(Role.LABEL, 1),
            Spot(Role.TEXT, 1),
            Spot(Role.HEADING, 2, BlockKind.HEADING, 2),
            Spot(Role.TEXT, 3, BlockKind.QUOTE),
            Spot(Role.TEXT, 4, BlockKind.ITEM, 1, HOSTILE),
        ]
        units = [
            Unit(f"{HOSTILE}{number}{kind}", HOSTILE, HOSTILE if kind else "", kind == 2, spot)
            for number, spot in enumerate(spots)
            for kind in (0, 1, 2)
        ]
        parts = [
            Part(
                f"{HOSTILE}{section}{rotation}",
                Metadata(**{**known, "section": section}),  # type: ignore[arg-type]
                Catalog(HOSTILE, HOSTILE, HOSTILE, units=tuple(units[rotation:] + units[:rotation])),
            )
            for section in Section
            for rotation in range(3)
        ]
        texts = dict.fromkeys(("disclaimer", "abridged", "merged"), HOSTILE)
        issue = Issue(HOSTILE, HOSTILE, HOSTILE, None, "zh-CN", (HOSTILE,), texts=texts)
        return assemble(issue, parts, country_name=lambda code: code)

    def test_in_every_field_stays_text(self) -> None:
        made = tree(self.number())
        allowed = {
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "aside",
            "header",
            "nav",
            "main",
            "section",
            "article",
        }
        allowed |= {"footer", "blockquote", "ul", "ol", "strong", "em", "code", "a", "span", "mark", *BLOCKS}
        assert {one.tag for one in made.iter()} <= allowed
        for one in made.iter():
            assert set(one.attrib) <= {
                "charset",
                "http-equiv",
                "content",
                "name",
                "lang",
                "dir",
                "class",
                "id",
                "href",
                "rel",
                "data-label",
                "aria-label",
            }
            assert re.match(r"#p[\d-]+\Z|https?://", one.get("href", "#p1"))
            assert "\x00" not in (one.text or "")

    def test_is_all_there(self) -> None:
        main = tree(self.number()).find("body/main")
        assert main.text_content().count("<script>alert(1)</script>") > 100
        assert "onclick=alert(3)" in tree(self.number()).find("head/title").text

    @pytest.mark.parametrize("renderer", ["markdown", "html"])
    def test_cannot_turn_the_words_around_it(self, renderer: str) -> None:
        assert "\u202e" in HOSTILE
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", render(self.number(), renderer).decode("utf-8"))

    def test_leaves_the_markdown_without_html(self) -> None:
        from markdown_it import MarkdownIt

        made = MarkdownIt("commonmark").render(render(self.number(), "markdown").decode("utf-8"))
        parsed = html.fragment_fromstring(made, create_parent="div")
        allowed = {"div", "p", "blockquote", "ul", "ol", "li", "hr", "strong", "em", "code", "a", *BLOCKS}
        assert {one.tag for one in parsed.iter()} <= allowed
        assert all(one.get("href").startswith("http") for one in parsed.iter("a"))


class TestThemes:
    def test_one_may_be_a_file_of_the_house(self, tmp_path: Path) -> None:
        theme = tmp_path / "house.css"
        theme.write_text("\ufeffp { color: red } </style><script>1</script>", encoding="utf-8")
        made = tree(bulletins.final(), theme=str(theme))
        assert made.findtext("head/style").strip().startswith("p { color: red }")
        assert not list(made.iter("script"))

    def test_the_default_has_a_name(self) -> None:
        assert render(bulletins.final(), "html", theme="default") == render(bulletins.final(), "html")

    def test_unknown_names_are_told(self) -> None:
        with pytest.raises(UsageError, match=r"no theme called defualt.*default"):
            render(bulletins.final(), "html", theme="defualt")

    @pytest.mark.parametrize("theme", ["gone.css", "gone/house.css"])
    def test_files_that_cannot_be_read_are_told(self, theme: str, tmp_path: Path) -> None:
        with pytest.raises(FileError, match=r"gone.*cannot be read"):
            render(bulletins.final(), "html", theme=str(tmp_path / theme))

    def test_other_encodings_are_told(self, tmp_path: Path) -> None:
        theme = tmp_path / "gbk.css"
        theme.write_bytes("/* 样式 */".encode("gbk"))
        with pytest.raises(FormatError, match="not UTF-8"):
            render(bulletins.final(), "html", theme=str(theme))

    def test_the_default_names_simplified_faces_and_both_schemes(self) -> None:
        style = tree(bulletins.final()).findtext("head/style")
        for wanted in ("Noto Sans SC", "Noto Serif SC", "prefers-color-scheme: dark", "@media print"):
            assert wanted in style


def test_unknown_renderers_are_told() -> None:
    with pytest.raises(UsageError, match=r"no renderer called htm.*html"):
        render(bulletins.final(), "htm")


def test_a_title_is_needed_by_nothing() -> None:
    bare = replace(bulletins.final(), issue=Issue("2024-10-31"))
    assert tree(bare).findtext("head/title") == "2024-10-31"
