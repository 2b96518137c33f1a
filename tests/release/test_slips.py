"""What handwork leaves in a published number, slip by slip: typed so by translators, and how the number comes out.

The slips are those of a real bulletin made by hand; the sentences are ours.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from compiler_flow import project
from compiler_flow.bilingual import po
from compiler_flow.flow import building
from compiler_flow.flow.checking import check
from compiler_flow.model import BlockKind, Catalog, Metadata, Role, Section, Spot, Unit
from compiler_flow.project import Workspace

FEATURE = (
    (Role.TITLE, "STEPPE RAILWAYS: TRADE AND TRANSIT", "草原铁路: 贸易与过境"),
    (Role.AUTHOR, "Aida Example", "阿依达·伊克赞普尔"),
    (Role.AUTHOR_ROLE, "intern at the Steppe Policy Council (SPC)", "草原政策委员会 (SPC) 实习生"),
    (Role.SITE, "The Steppe-Sea Review", "草原—海评论"),
    (Role.LABEL, "**Background:**", "**背景:**"),
    (Role.TEXT, "In August 2024 three ministers met.", "2024 年 8 月, 三位部长举行会晤, 讨论铁路."),
    (Role.TEXT, "The idea is called “Corridor - 2040”.", "会议提出了“走廊—2040” (Corridor - 2040) 构想。"),
    (Role.TEXT, "Members of CS and SPC took part.", "关税空间 (CS) 和草原政策委员会（SPC）成员与会。"),
    (Role.TEXT, "It covers 2024-2025.", "文件涵盖 2024-2025 年的安排。"),
    (Role.TEXT, "Consensus stands at 80-90%.", "各方已达成 80-90% 的共识。"),
    (Role.TEXT, "They signed the 2040 Concept.", "双方签署了《2040 运输构想》。"),
    (Role.TEXT, "It may help and train staff.", "这不仅可以缓解拥堵, 还可以\n\n培养更多铁路职工。"),
    (Role.LABEL, "**Conclusions:**", "**结论：**"),
    (Role.TEXT, "Minister Dmytro Orel agreed.", "部长德米特罗·奥列尔表示同意。"),
    (Role.TEXT, "Dmytro Orel will travel.", "德米特罗·奥列尔（Dmytro Orel）将出访。"),
)  # fmt: skip
ROAD = (
    (Role.TITLE, "Road opens", "“山路 2024”通车"),
    (Role.TEXT, "The road opened on 28 October.", "10月28日,山区公路(M4)正式通车,耗资约 30 亿德拉姆。"),
)
PORT = (
    (Role.TITLE, "Port grows", "里加港扩建"),
    (Role.TEXT, "Dmytro Orel came on 17 to 19 October.", "10 月 17 日至 19 日，德米特罗·奥列尔到访。"),
)
UNDERSCORES = "https://news.example/en/the_minister_opened_the_road_video-3221194?type=edit_n&cds=news_edit"
LONG = "https://port.example/8117142/riga-harbour-enlarged-for-ships-that-nobody-has-built-so-far-defence"


def written(name: str, section: Section, country: str, units: tuple[tuple[Role, str, str], ...]) -> dict[str, bytes]:
    """An article's files with these units; a label and what follows it stand in one paragraph."""
    made, block = [], 0
    for place, (role, source, target) in enumerate(units):
        block += role is Role.LABEL or (role is Role.TEXT and units[place - 1][0] not in (Role.LABEL, Role.TEXT))
        spot = Spot(role, block if role in (Role.LABEL, Role.TEXT) else 0, BlockKind.PARAGRAPH)
        made.append(Unit(f"{place:010x}", source, target, spot=spot))
    facts = Metadata(
        title=units[0][1],
        site="The Steppe-Sea Review" if section is Section.FEATURE else "",
        author="Aida Example" if section is Section.FEATURE else "",
        url={"AM": UNDERSCORES, "LV": LONG}.get(country, "https://review.example/railways.html"),
        date=dt.date(2024, 10, 5),
        language="en",
        country=country,
        section=section,
        compilers=("张三", "李四"),
        reviewers=("王五",),
    )
    return {
        "source.md": (
            "\n\n".join(source for role, source, _target in units if role in (Role.TEXT, Role.LABEL))
        ).encode(),
        "zh_CN.po": po.serialize(Catalog(name, "en", units=tuple(made))),
        "article.toml": project.render_metadata(facts),
    }


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A number with every slip in it."""
    root = tmp_path_factory.mktemp("slips") / "desk"
    project.create_workspace(root)
    (root / "glossary" / "people.csv").write_text(
        "source,target,kind,lang\nDmytro Orel,德米特罗·奥列尔,person,\n", encoding="utf-8"
    )
    (root / "compiler-flow.toml").write_text('[assemble]\nfirst_mentions = "number"\n', encoding="utf-8")
    issue = root / "projects" / "n44"
    issue.mkdir()
    (issue / "issue.toml").write_text(
        'title = "草原与海"\nnumber = "44"\ndate = 2024-10-31\neditors = ["王五"]\n', encoding="utf-8"
    )
    project.create_article(issue, "railways", written("railways", Section.FEATURE, "KZ", FEATURE))
    project.create_article(issue, "road", written("road", Section.NEWS, "AM", ROAD))
    project.create_article(issue, "port", written("port", Section.NEWS, "LV", PORT))
    return project.open_workspace(root)


@pytest.fixture(scope="module")
def number(desk: Workspace) -> str:
    """The number as Markdown, where every mark can be seen."""
    built = building.assemble(desk, desk.issues()[0], formats=("markdown",))
    return built.files[0].read_text(encoding="utf-8").partition("# 草原与海")[2]


# ------------------------------------------------------------------------------- marks, spaces, numerals


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param("2024年8月，三位部长举行会晤，讨论铁路。", id="half-width commas and stops, spaces in dates"),
        pytest.param("10月28日，山区公路（M4）正式通车，耗资约30亿德拉姆。", id="the same without spaces"),
        pytest.param("10月17日至19日，", id="spaces around every number of a date"),
        pytest.param("“走廊—2040”（Corridor - 2040）构想", id="half-width brackets around an original"),
        pytest.param("关税空间（CS）和草原政策委员会（SPC）成员", id="two kinds of brackets in one sentence"),
        pytest.param("2024—2025年的安排", id="a range of years"),
        pytest.param("80%—90%的共识", id="a range of per cents"),
        pytest.param("《2040运输构想》", id="spaces inside title marks"),
        pytest.param("草原政策委员会（SPC）实习生阿依达·伊克赞普尔（Aida Example）", id="the author's institution"),
        pytest.param(
            "《STEPPE RAILWAYS: TRADE AND TRANSIT》（草原铁路：贸易与过境）", id="a title and its translation"
        ),
        pytest.param("#### “山路2024”通车", id="spaces in a headline"),
    ],
)
def test_marks_and_spaces_are_those_of_the_norm(number: str, wanted: str) -> None:
    assert wanted in number


def test_no_half_width_mark_stands_beside_chinese_text(number: str) -> None:
    without_addresses = re.sub(r"<https?://[^>]*>", "", number)
    text = "\n".join(re.sub(r"^(#+|-) ", "", line) for line in without_addresses.splitlines())
    assert re.findall(r"[\u4e00-\u9fff][ ]?[,;:?!()]|[,;:?!()][ ]?[\u4e00-\u9fff]", text) == []


def test_dates_have_one_form(number: str) -> None:
    dates = re.findall(r"\d+ *年 *\d+ *月(?: *\d+ *日)?|\d+ *月 *\d+ *日", number)
    assert len(dates) == 6
    assert [date for date in dates if " " in date] == []


# -------------------------------------------------------------------------------------------- structure


def test_a_number_has_a_head(number: str) -> None:
    assert number.splitlines()[2] == "第44期\u30002024年10月31日"


def test_things_of_one_kind_have_one_level_of_heading(number: str) -> None:
    headings = re.findall(r"^(#+) (.+)$", number, re.MULTILINE)
    assert [(len(marks), title) for marks, title in headings] == [
        (2, "内容提要"),
        (2, "草原铁路：贸易与过境"),
        (3, "材料来源"),
        (2, "区域动态"),
        (3, "亚美尼亚"),
        (4, "“山路2024”通车"),
        (3, "拉脱维亚"),
        (4, "里加港扩建"),
    ]


def test_a_paragraph_is_not_broken_in_the_middle(number: str) -> None:
    assert "这不仅可以缓解拥堵，还可以培养更多铁路职工。" in number


def test_run_in_headings_are_alike(number: str) -> None:
    assert "\n**背景**：2024年8月" in number
    assert "\n**结论**：部长" in number


def test_the_summary_and_the_source_note_say_the_same(number: str) -> None:
    origins = re.findall(r"^(?:专题内容选自|本文编译自)(.+)$", number, re.MULTILINE)
    assert len(origins) == 2
    assert origins[0] == origins[1]


# ------------------------------------------------------------------------------- names, credits, sources


def test_a_name_is_introduced_once_and_at_the_first_mention(number: str) -> None:
    assert re.findall(r"德米特罗·奥列尔(?:（[^）]*）)?", number) == [
        "德米特罗·奥列尔（Dmytro Orel）",
        "德米特罗·奥列尔",
        "德米特罗·奥列尔",
    ]


def misspelt(desk: Workspace, tmp_path: Path) -> Path:
    """An article whose compiler wrote Dymtro for Dmytro."""
    units = (ROAD[0], (Role.TEXT, "Minister Dmytro Orel opened it.", "部长德米特罗·奥列尔（Dymtro Orel）出席。"))
    issue = tmp_path / "desk" / "projects" / "n45"
    project.create_workspace(tmp_path / "desk")
    glossary = (desk.root / "glossary" / "people.csv").read_text(encoding="utf-8")
    (tmp_path / "desk" / "glossary" / "people.csv").write_text(glossary, encoding="utf-8")
    issue.mkdir()
    (issue / "issue.toml").write_text("", encoding="utf-8")
    project.create_article(issue, "road", written("road", Section.NEWS, "AM", units))
    return issue


def test_a_misspelt_original_is_found(desk: Workspace, tmp_path: Path) -> None:
    found = check([misspelt(desk, tmp_path)], only=["latin-mismatch", "first-mention"]).standing
    assert {(one.check, one.severity, one.target[slice(*one.span)]) for one in found if one.span} == {
        ("latin-mismatch", "warning", "Dymtro"),
        ("first-mention", "error", "德米特罗·奥列尔（Dymtro Orel）"),
    }


def test_a_misspelt_original_is_replaced_by_the_assembly(desk: Workspace, tmp_path: Path) -> None:
    issue = misspelt(desk, tmp_path)
    (tmp_path / "desk" / "compiler-flow.toml").write_text('[assemble]\nfirst_mentions = "article"\n', encoding="utf-8")
    built = building.assemble(project.open_workspace(tmp_path / "desk"), issue, formats=("markdown",))
    assert "部长德米特罗·奥列尔（Dmytro Orel）出席。" in built.files[0].read_text(encoding="utf-8")


def test_people_are_kept_apart_in_one_way(number: str) -> None:
    credits = re.findall(r"^(?:编译|选题&审校|审校|编辑)[：:].*$", number, re.MULTILINE)
    assert credits == ["编译：张三\u3000李四", "选题&审校：王五", "编译：张三\u3000李四", "审校：王五", "编辑：王五"]


def test_sources_are_given_in_one_way(number: str) -> None:
    assert re.findall(r"^(?:来源|原文见).*$", number, re.MULTILINE) == [
        "原文见：<https://review.example/railways.html>",
        f"来源：<{UNDERSCORES}>",
        f"来源：<{LONG}>",
    ]


@pytest.mark.parametrize("renderer", ["markdown", "html", "wechat", "docx", "pdf", "epub", "json"])
def test_no_address_is_escaped_or_broken(desk: Workspace, renderer: str, tmp_path: Path) -> None:
    import html
    import io
    import zipfile

    import pypdf

    data = building.assemble(desk, desk.issues()[0], formats=(renderer,)).files[0].read_bytes()
    if renderer == "pdf":
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        notes = [note.get_object() for page in pages for note in page.get("/Annots", ())]
        text = "\n".join(str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {}))
    elif renderer in ("docx", "epub"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text = "\n".join(archive.read(name).decode() for name in archive.namelist() if name.endswith("ml"))
    else:
        text = data.decode()
    assert {UNDERSCORES, LONG} <= set(re.findall(r"https://[^\s<>\"]+", html.unescape(text)))


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda url: url.replace("defence", "def\nence"), id="broken by a line end"),
        pytest.param(lambda url: url.replace("defence", "").rstrip("-") + "-", id="cut off"),
        pytest.param(lambda url: url.replace("-enlarged", r"\_enlarged"), id="underscores escaped"),
    ],
)
def test_an_address_that_came_in_spoilt_is_found(desk: Workspace, tmp_path: Path, spoil: Callable[[str], str]) -> None:
    project.create_workspace(tmp_path / "desk")
    issue = tmp_path / "desk" / "projects" / "n45"
    issue.mkdir()
    (issue / "issue.toml").write_text("", encoding="utf-8")
    files = written("port", Section.NEWS, "LV", PORT)
    facts = project.read_metadata(desk.issues()[0] / "port")[0]
    files["article.toml"] = project.render_metadata(replace(facts, url=spoil(facts.url)))
    project.create_article(issue, "port", files)
    found = check([issue], only=["source-address-broken"]).standing
    assert [one.severity for one in found] == ["error"]
