"""The HTML report as a document: complete without script, and closed to whatever an article holds."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
import report_samples as samples
from lxml import html

from compiler_flow.model import Finding, Severity
from compiler_flow.report import REPORTS, Report
from compiler_flow.text import printable


def tree(report: Report) -> html.HtmlElement:
    return html.document_fromstring(REPORTS["html"].render(report).decode("utf-8"))


def one(**fields: object) -> html.HtmlElement:
    finding = Finding("number", Severity.ERROR, "It differs.", "a", "u", **fields)  # type: ignore[arg-type]
    return tree(Report((finding,), 1, 1)).find_class("finding")[0]


def texts(made: html.HtmlElement, name: str) -> list[str]:
    return [place.text_content() for place in made.find_class(name)]


class TestPage:
    def test_is_a_chinese_document(self) -> None:
        made = REPORTS["html"].render(samples.sample()).decode("utf-8")
        assert made.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
        assert tree(samples.sample()).findtext("head/title") == "检查报告"

    def test_counts_what_stands_and_what_is_waived(self) -> None:
        (summary,) = tree(samples.sample()).find_class("summary")
        assert printable(summary.text_content()).replace("\xa0", " ") == (
            "检查了 3 个文件、40 个单元：错误 4，警告 1，提示 1，免检 1。"
        )
        assert summary.get("data-en") == "3 files, 40 units checked: 4 errors, 1 warning, 1 remark, 1 waived."

    def test_every_word_of_the_page_has_its_english(self) -> None:
        """With data that holds no Han text, the English page holds none either."""
        finding = Finding("number", Severity.ERROR, "It differs.", "a", "u", "b", "c", (0, 1), fix="d", path="e/f.po")
        findings = (
            finding,
            replace(finding, path="g.po", line=3),
            replace(finding, waived="h"),
            replace(finding, target=""),
        )
        for report in (Report(findings, 1, 1, (samples.NUMBER,), {"e/f.po": ("i",)}), Report((), 1, 1)):
            made = tree(report)
            for place in made.xpath("//*[@data-en]"):
                assert len(place) == 0
                place.text = place.get("data-en")
            assert re.findall(
                "[\u4e00-\u9fff]+", "".join(made.xpath("//text()[not(parent::style or parent::script)]"))
            ) == ["中文"]

    def test_a_clean_run_says_so_and_has_nothing_to_filter(self) -> None:
        made = tree(Report((), 2, 30))
        assert texts(made, "nothing") == ["没有发现问题。"]
        assert made.find(".//form") is None

    def test_is_the_same_every_time(self) -> None:
        assert REPORTS["html"].render(samples.sample()) == REPORTS["html"].render(samples.sample())


class TestWithoutScript:
    def test_everything_stands_in_the_page_but_the_filters(self) -> None:
        made = tree(samples.sample())
        assert len(made.find_class("finding")) == len(samples.sample().findings)
        hidden = {place.get("id") for place in made.xpath("//*[@hidden]")}
        assert hidden == {"filters", "language", "none"}

    def test_findings_are_grouped_by_article_with_its_people_and_path(self) -> None:
        made = tree(samples.sample())
        sections = made.xpath("//section[@class='file']")
        assert [section.findtext("h2") for section in sections] == ["ee-plan", "ro-law"]
        assert [section.find_class("where")[0].text_content() for section in sections] == [
            f"编译：张三、李四 · {samples.ESTONIA}",
            f"编译：李四 · {samples.ROMANIA}",
        ]

    def test_articles_of_one_name_are_told_apart_by_their_paths(self) -> None:
        first, second = (
            Finding("number", Severity.ERROR, "It differs.", "a", path=f"projects/{n}/a/zh_CN.po") for n in (1, 2)
        )
        made = tree(Report((first, second), 2, 2))
        assert [h2.text for h2 in made.iter("h2")] == [first.path, second.path]

    def test_waived_findings_stand_apart_with_their_reason(self) -> None:
        made = tree(samples.sample())
        (apart,) = made.xpath("//section[@class='file waived']")
        assert texts(apart, "reason") == ["免检理由 原文如此"]
        assert made.xpath("count(//section[@class='file']//*[@data-kind='waived'])") == 0

    def test_the_checks_that_found_something_are_explained(self) -> None:
        made = tree(samples.sample())
        assert [place.text_content() for place in made.xpath("//section[@class='rules']//h3")] == [
            "number",
            "term-missing",
            "term-count",
        ]
        for link in made.find_class("check"):
            (place,) = made.xpath("//*[@id=$id]", id=link.get("href")[1:])
            assert place.find("h3").text_content() == link.text_content()


class TestFinding:
    def test_marks_the_spot_on_its_side(self) -> None:
        made = one(source="three billion", target="价值3亿欧元", span=(2, 4))
        (mark,) = made.iter("mark")
        assert mark.text == "3亿"
        assert mark.getparent().get("class") == "target words"
        assert mark.getparent().text_content() == "价值3亿欧元"

    def test_marks_the_source_where_the_fault_is_seen_there(self) -> None:
        (mark,) = one(source="three billion", target="价值", span=(0, 5), side="source").iter("mark")
        assert mark.text == "three"

    def test_a_spot_without_length_is_a_point(self) -> None:
        (mark,) = one(source="a", target="价值", span=(1, 1)).iter("mark")
        assert (mark.get("class"), mark.text_content(), mark.tail) == ("point", "", "值")

    @pytest.mark.parametrize("span", [(-5, 99), (9, 12), (2, 1)])
    def test_a_spot_outside_the_text_loses_nothing(self, span: tuple[int, int]) -> None:
        assert texts(one(source="a", target="价值", span=span), "target") == ["价值"]

    def test_shows_what_the_fix_replaces(self) -> None:
        made = one(source="three billion", target="价值3亿欧元", span=(2, 4), fix="30亿")
        assert texts(made, "fix") == ["建议 3亿 → 30亿"]
        assert [part.tag for part in made.find_class("fix")[0]] == ["span", "del", "ins"]

    def test_a_fix_without_a_spot_stands_alone(self) -> None:
        assert texts(one(source="a", target="b", fix="30亿"), "fix") == ["建议 30亿"]

    def test_texts_know_their_language_and_direction(self) -> None:
        made = tree(samples.sample())
        source = made.xpath("//p[contains(@class, 'source')]")
        assert {place.get("lang") for place in source} == {"en", "ro"}
        assert all(place.get("dir") == "auto" for place in source)

    def test_a_finding_about_an_article_shows_no_empty_texts(self) -> None:
        assert one().find_class("pair") == []

    def test_an_empty_translation_is_called_empty(self) -> None:
        assert one(source="a").find_class("target")[0].text == "空"


class TestSafety:
    def test_no_field_becomes_markup(self) -> None:
        plain, made = tree(samples.sample()), tree(samples.hostile())
        known = {place.tag for place in plain.iter() if isinstance(place.tag, str)}
        assert {place.tag for place in made.iter()} <= known
        handlers = [name for place in made.iter() for name in place.attrib if name.startswith("on")]
        assert handlers == []
        assert len(list(made.iter("script"))) == len(list(made.iter("style"))) == 1

    def test_every_field_is_shown_as_it_is(self) -> None:
        made, shown = tree(samples.hostile()), printable(samples.HOSTILE)
        for name in ("message", "source", "target", "reason"):
            assert all(shown in text for text in texts(made, name)), name
        assert shown in made.xpath("string(//ins)")
        assert shown in made.xpath("string(//section[@class='file']/h2)")

    def test_nothing_points_outside_the_page(self) -> None:
        made = tree(samples.hostile())
        addresses = [place.get(name) for place in made.iter() for name in ("href", "src", "action") if place.get(name)]
        assert all(re.fullmatch(r"#check-\d+", address) for address in addresses)
        assert addresses

    def test_filters_know_findings_by_number_never_by_text(self) -> None:
        for place in tree(samples.hostile()).find_class("finding"):
            for name in ("data-check", "data-article", "data-people"):
                assert re.fullmatch(r"[\d ]+", place.get(name))

    def test_the_policy_names_the_one_style_and_the_one_script_and_nothing_else(self) -> None:
        made = tree(samples.sample())
        (policy,) = made.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")

        def digest(name: str) -> str:
            (text,) = made.xpath(f"//{name}/text()")
            return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

        assert policy.split("; ") == [
            "default-src 'none'",
            f"style-src 'sha256-{digest('style')}'",
            f"script-src 'sha256-{digest('script')}'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
        assert made.xpath("//@style") == []

    def test_a_file_name_that_is_no_unicode_is_shown(self) -> None:
        report = samples.sample()
        broken = tuple(replace(finding, path="bad\udc80.po") for finding in report.findings)
        assert b"bad" in REPORTS["html"].render(replace(report, findings=broken))


def test_an_unknown_name_comes_with_proposals_and_a_line_for_the_glossary() -> None:
    page = REPORTS["html"].render(samples.unknown_name()).decode("utf-8")
    assert '<b class="words">佐菲娅·维尔克</b>（波兰语译音表）' in page
    assert "<code>Zofia Wilk,佐菲娅·维尔克,person,,,,,,&lt;i&gt;待核&lt;/i&gt;</code>" in page
    # Without a script nothing can be copied by a button: the line stands there to be marked.
    assert 'class="copy" data-en="Copy the glossary line" hidden="hidden"' in page


def test_what_could_not_be_read_is_told_as_text() -> None:
    page = REPORTS["html"].render(replace(samples.sample(), troubles=("<b>a.po</b>:3: no PO",))).decode()
    assert "&lt;b&gt;a.po&lt;/b&gt;:3: no PO" in page
