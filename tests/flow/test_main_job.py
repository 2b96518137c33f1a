"""The main job on the sample number, through the command line, as `make demo` does it."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from compiler_flow import bilingual
from compiler_flow.cli import invoke
from compiler_flow.model import Catalog, OriginKind, State
from compiler_flow.project import Workspace

ISSUE = "2024-10-31"
FINISHED = 9


def catalog(workspace: Workspace, article: str) -> Catalog:
    return bilingual.load(workspace.projects / ISSUE / article / "zh_CN.po")


def output(workspace: Workspace, suffix: str) -> str:
    return (workspace.projects / ISSUE / "out" / f"{ISSUE}{suffix}").read_text(encoding="utf-8")


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    capsys.readouterr()
    invoke(["check", *arguments, "--format", "json"])
    return json.loads(capsys.readouterr().out)["findings"]


@pytest.fixture
def run(sample: Workspace) -> Workspace:
    assert invoke(["run", ISSUE]) == 0
    return sample


def test_the_number_has_every_part_of_a_bulletin(run: Workspace) -> None:
    text = output(run, ".md")
    headings = re.findall(r"^(#+) (.+)$", text, re.MULTILINE)
    assert headings[0] == ("#", "草原与海编译周报")
    assert [title for level, title in headings if level == "##"] == [
        "内容提要",
        "草原与大海之间：哈萨克斯坦如何化地理为筹码",
        "区域动态",
    ]
    countries = ["亚美尼亚", "阿塞拜疆", "白俄罗斯", "爱沙尼亚", "朝鲜"]
    countries += ["拉脱维亚", "立陶宛", "波兰", "罗马尼亚", "乌兹别克斯坦"]
    assert [title for level, title in headings if level == "###"] == ["材料来源", *countries]
    for part in (
        "专题内容选自草原与里海评论（Steppe and Caspian Review）网站2024年10月17日的文章",
        "作者为内欧亚研究中心高级研究员米丽娅姆·奥尔德斯（Miriam Aldous）",
        "**背景**：",
        "原文见：<https://review.example.org/2024/10/between-the-steppe-and-the-sea>",
        "编译：张三　李四",
        "选题&审校：王五",
        "来源：<https://harbournews.example.com/2024/10/18/british-brigade>",
        "汉诺·佩夫库尔（Hanno Pevkur）",
    ):
        assert part in text
    page = output(run, ".html")
    assert '<html lang="zh-CN"' in page
    assert "沙夫卡特·米尔济约耶夫" in page


def test_omitted_and_merged_units_leave_no_trace(run: Workspace) -> None:
    text = output(run, ".md")
    assert "〔略〕" not in text
    assert "〔并" not in text
    assert "本文为编译，有删节" in text


def test_the_untouched_article_gets_real_drafts_with_their_provenance(run: Workspace) -> None:
    units = {unit.source: unit for unit in catalog(run, "uz-energy-talks").units}
    trade = units["Trade between Uzbekistan and Kazakhstan reached $4.4 billion in 2023."]
    assert trade.target == "乌兹别克斯坦与哈萨克斯坦的贸易额在2023年达到44亿美元。"
    assert trade.state is State.DRAFT
    assert trade.origin is not None
    assert (trade.origin.kind, trade.origin.by) == (OriginKind.ENGINE, "argos")
    assert "translate-en_zh" in trade.origin.model
    remembered = units["The two sides exchanged views on bilateral relations."]
    assert remembered.origin is not None
    assert remembered.origin.kind is OriginKind.MEMORY
    assert "am-kazan-talks" in remembered.origin.by
    for unit in units.values():
        for term in unit.terms:
            assert not unit.target or term.target in unit.target or "上合组织" in unit.target


def test_a_second_run_changes_nothing(run: Workspace) -> None:
    before = {path: path.read_bytes() for path in run.projects.rglob("*") if path.is_file()}
    assert invoke(["run", ISSUE]) == 0
    assert {path: path.read_bytes() for path in run.projects.rglob("*") if path.is_file()} == before


def test_what_a_person_writes_between_two_runs_stays(run: Workspace) -> None:
    before = catalog(run, "uz-energy-talks")
    edited = replace(before.units[4], target="会谈聚焦水资源。", fuzzy=False, comments=("先这样",))
    bilingual.save(replace(before, units=(*before.units[:4], edited, *before.units[5:])), Path(before.path))
    assert invoke(["run", ISSUE]) == 0
    after = catalog(run, "uz-energy-talks")
    assert after.units[4].target == "会谈聚焦水资源。"
    assert after.units[4].comments == ("先这样",)
    assert after.units[4].state is State.TRANSLATED
    assert "会谈聚焦水资源。" in output(run, ".md")


def test_without_a_model_one_line_says_what_installs_one(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(sample.root / ".models")
    assert invoke(["run", ISSUE]) == 0
    errors = capsys.readouterr().err
    assert errors.count("compiler-flow engines install en zh") == 1
    open_units = [unit for unit in catalog(sample, "uz-energy-talks").units if unit.state is State.EMPTY]
    assert len(open_units) == 13


def test_finished_articles_have_no_findings_and_unfinished_ones_true_ones(
    sample: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    found = findings(capsys, str(sample.projects / ISSUE))
    assert {row["article"] for row in found if row["severity"] != "info"} == {"pl-next-flood", "uz-energy-talks"}
    drafts = [row["check"] for row in found if row["article"] == "pl-next-flood" and row["severity"] == "error"]
    assert sorted(drafts) == ["draft-left"] * 2 + ["untranslated"] * 5
    lines = (sample.projects / ISSUE / "pl-next-flood" / "zh_CN.po").read_text(encoding="utf-8").splitlines()
    for row in found:
        if row["article"] == "pl-next-flood" and row["unit"]:
            assert lines[row["line"] - 1].startswith("msgid")
            assert f'msgctxt "{row["unit"]}"' in lines[row["line"] - 2]


def test_a_wrong_name_and_a_wrong_number_are_found(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    path = sample.projects / ISSUE / "ee-british-brigade" / "zh_CN.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("希利领导的国防部", "西利领导的国防部").replace("3%以上", "5%以上"), encoding="utf-8")
    checks = {row["check"] for row in findings(capsys, str(path)) if row["severity"] == "error"}
    assert checks == {"term-missing", "number"}


def test_the_final_build_stays_shut_and_says_why(run: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert invoke(["assemble", ISSUE, "--final"]) == 1
    said = capsys.readouterr().err
    assert "pl-next-flood" in said
    assert "uz-energy-talks" in said
    assert "ee-british-brigade" not in said


def finish(workspace: Workspace) -> None:
    """Let a person answer for every draft, and fill what is empty."""
    for name in ("pl-next-flood", "uz-energy-talks"):
        before = catalog(workspace, name)
        units = tuple(
            unit
            if unit.is_done
            else replace(
                unit,
                target=(unit.target or "国际新闻").replace(
                    "保利娜·赫宁-克罗斯卡", "保利娜·赫宁-克罗斯卡（Paulina Hennig-Kloska）"
                ),
                fuzzy=False,
            )
            for unit in before.units
        )
        bilingual.save(replace(before, units=units), Path(before.path))


def test_a_finished_and_signed_number_goes_out(run: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    finish(run)
    assert findings(capsys, str(run.projects / ISSUE)) == [] or all(
        row["severity"] == "info" for row in findings(capsys, str(run.projects / ISSUE))
    )
    for name in ("pl-next-flood", "uz-energy-talks"):
        assert invoke(["sign", name, "--by", "王五"]) == 0
    assert invoke(["assemble", ISSUE, "--final"]) == 0
    text = output(run, ".md")
    assert "草稿" not in text
    assert "〔初稿〕" not in text


@pytest.mark.parametrize("way", ["words", "waiver"])
def test_an_article_without_a_web_address_can_be_signed(
    sample: Workspace, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    article = sample.projects / ISSUE / "ee-british-brigade"
    toml, po = article / "article.toml", article / "zh_CN.po"
    known = re.sub("(?m)^url = .*$", 'url = ""', toml.read_text(encoding="utf-8"))
    toml.write_text(known, encoding="utf-8")
    assert invoke(["sign", article.name, "--by", "王五"]) == 1
    assert "source-address-missing" in capsys.readouterr().err
    if way == "words":
        toml.write_text(known.replace('url = ""', 'url = "《山谷晚报》2024年11月5日第3版"'), encoding="utf-8")
    else:
        waiver = "# 免检 source-address-missing: 内部材料\n"
        po.write_text(waiver + po.read_text(encoding="utf-8"), encoding="utf-8")
    assert invoke(["sign", article.name, "--by", "王五"]) == 0
    assert invoke(["assemble", ISSUE]) == 0
    assert ("来源：《山谷晚报》2024年11月5日第3版" in output(sample, ".md")) is (way == "words")


def test_a_signature_falls_when_the_text_changes(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    path = sample.projects / ISSUE / "ee-british-brigade" / "zh_CN.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("周五在布鲁塞尔签署", "周五于布鲁塞尔签署"), encoding="utf-8")
    invoke(["status", ISSUE, "--format", "json"])
    rows = {row["article"]: row for row in json.loads(capsys.readouterr().out)["articles"]}
    assert rows["ee-british-brigade"]["fallen"] == ["reviewer: 王五"]
    assert rows["am-kazan-talks"]["signed"] == ["reviewer: 王五"]
    assert sum(bool(row["signed"]) for row in rows.values()) == FINISHED - 1


def test_an_unfinished_article_cannot_be_signed(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    before = (sample.projects / ISSUE / "pl-next-flood" / "article.toml").read_bytes()
    assert invoke(["sign", "pl-next-flood", "--by", "王五"]) == 1
    assert "5" in capsys.readouterr().err
    assert (sample.projects / ISSUE / "pl-next-flood" / "article.toml").read_bytes() == before
