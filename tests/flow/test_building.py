"""The number as the workspace builds it: formats, settings, the gate and its manifest, building again on change."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from compiler_flow import bilingual, i18n, project
from compiler_flow.cli import invoke
from compiler_flow.cli.assemble import formats
from compiler_flow.errors import FormatError, GateClosedError
from compiler_flow.flow import building, manifest, signing, style, watching
from compiler_flow.model import Metadata, Section
from compiler_flow.project import Workspace

AT = dt.datetime(2024, 10, 30, 18, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: zh_CN\\n"
"X-Source-Language: en\\n"

#. 位置：题名
msgctxt "t"
msgid "{title}"
msgstr "{headline}"

#. 位置：正文 ¶1
msgctxt "a"
msgid "Hanno Pevkur met 30 people in Tallinn, and Pevkur said \\"Hanno Pevkur stays\\"."
msgstr "{text}"
"""
TEXT = "汉诺·佩夫库尔在塔林会见30人,佩夫库尔说：“汉诺·佩夫库尔留任”."


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Two translated items about one person, unsigned."""
    root = tmp_path / "desk"
    project.create_workspace(root)
    (root / "glossary" / "people.csv").write_text(
        "source,target,kind,lang\nHanno Pevkur,汉诺·佩夫库尔,person,\nTallinn,塔林,place,\n", encoding="utf-8"
    )
    issue = root / "projects" / "n1"
    issue.mkdir()
    (issue / "issue.toml").write_text('title = "周报"\nnumber = "1"\ndate = 2024-10-31\n', encoding="utf-8")
    for name, country, headline in (("b-one", "EE", "塔林会见"), ("a-two", "LV", "再次会见")):
        facts = Metadata(
            title="A meeting", url=f"https://x.example/{name}", language="en", country=country,
            section=Section.NEWS, compilers=("张三",), reviewers=("王五",),
        )  # fmt: skip
        files = {
            "source.md": b'Hanno Pevkur met 30 people in Tallinn, and Pevkur said "Hanno Pevkur stays".\n',
            "zh_CN.po": PO.format(title="A meeting", headline=headline, text=TEXT).encode(),
            "article.toml": project.render_metadata(facts),
        }
        project.create_article(issue, name, files)
    monkeypatch.chdir(root)
    return project.open_workspace(root)


def settings(desk: Workspace, text: str) -> Workspace:
    (desk.root / "compiler-flow.toml").write_text(text, encoding="utf-8")
    return project.open_workspace(desk.root)


def markdown(desk: Workspace, **options: bool) -> str:
    built = building.assemble(desk, desk.issues()[0], formats=("markdown",), **options)  # type: ignore[arg-type]
    return built.files[0].read_text(encoding="utf-8")


def sign_all(desk: Workspace) -> None:
    for article in project.articles(desk.issues()[0]):
        signing.sign(desk, article, by="王五", role="reviewer", at=AT)


def mend(desk: Workspace) -> None:
    """Put the translators' files right, so that the checks let them pass."""
    for article in project.articles(desk.issues()[0]):
        file = article / "zh_CN.po"
        text = file.read_text(encoding="utf-8").replace("30人,", "30人，").replace("”.", "”。")
        file.write_text(text, encoding="utf-8")
        assert bilingual.load(file).units


class TestTypography:
    def test_is_applied_unless_told_otherwise(self, desk: Workspace) -> None:
        assert "会见30人，佩夫库尔说：“汉诺·佩夫库尔留任”。" in markdown(desk)
        assert "会见30人,佩夫库尔说：“汉诺·佩夫库尔留任”." in markdown(desk, as_typed=True)

    def test_the_house_chooses_its_spaces_and_a_number_may_differ(self, desk: Workspace) -> None:
        desk = settings(desk, '[typography]\nspaces = "space"\n')
        assert "会见 30 人" in markdown(desk)
        file = desk.issues()[0] / "issue.toml"
        file.write_text(file.read_text(encoding="utf-8") + '[typography]\nspaces = "none"\n', encoding="utf-8")
        assert "会见30人" in markdown(desk)

    def test_a_setting_that_does_not_exist_is_refused(self, desk: Workspace) -> None:
        with pytest.raises(FormatError, match=r'spaces in \[typography\] must be one of: "none", "thin", "space"'):
            markdown(settings(desk, '[typography]\nspaces = "wide"\n'))
        with pytest.raises(FormatError, match=r"names in \[assemble\] must be one of: false, true"):
            markdown(settings(desk, '[assemble]\nnames = "yes"\n'))


class TestFirstMentions:
    WITH = "汉诺·佩夫库尔（Hanno Pevkur）"

    def test_stay_as_they_are_by_default(self, desk: Workspace) -> None:
        assert self.WITH not in markdown(desk)

    def test_are_written_once_an_article_and_not_in_quotations(self, desk: Workspace) -> None:
        made = markdown(settings(desk, '[assemble]\nfirst_mentions = "article"\n'))
        assert made.count(f"{self.WITH}在塔林会见30人，佩夫库尔说：“汉诺·佩夫库尔留任”。") == 2

    def test_are_written_in_quotations_and_headings_if_that_is_set(self, desk: Workspace) -> None:
        for article in project.articles(desk.issues()[0]):
            file = article / "zh_CN.po"
            text = file.read_text(encoding="utf-8").replace(TEXT, "新闻发布会说：“汉诺·佩夫库尔在塔林会见30人。”")
            text = text.replace('msgid "A meeting"', 'msgid "Hanno Pevkur in Tallinn"')
            headline = "汉诺·佩夫库尔在塔林" if article.name == "a-two" else "塔林会见"
            file.write_text(re.sub('msgstr "(塔林会见|再次会见)"', f'msgstr "{headline}"', text), encoding="utf-8")
        wanted = '[assemble]\nfirst_mentions = "article"\n'
        assert self.WITH not in markdown(settings(desk, wanted))
        quoted = markdown(settings(desk, f"{wanted}[checks]\nfirst-mention-in-quotations = true\n"))
        assert quoted.count(f"：“{self.WITH}在塔林") == 2
        both = "first-mention-in-quotations = true\nfirst-mention-in-headings = true\n"
        made = markdown(settings(desk, f"{wanted}[checks]\n{both}"))
        assert f"#### {self.WITH}在塔林" in made
        assert made.count(self.WITH) == 2

    def test_are_written_once_a_number_in_its_order(self, desk: Workspace) -> None:
        made = markdown(settings(desk, '[assemble]\nfirst_mentions = "number"\n'))
        assert made.count(self.WITH) == 1
        assert made.index("塔林会见") < made.index(self.WITH) < made.index("再次会见")

    def test_that_stand_again_are_taken_out(self, desk: Workspace) -> None:
        file = desk.issues()[0] / "a-two" / "zh_CN.po"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('msgstr "汉诺·佩夫库尔在', f'msgstr "{self.WITH}在'), encoding="utf-8")
        made = markdown(settings(desk, '[assemble]\nfirst_mentions = "number"\n'))
        assert made.count(self.WITH) == 1
        assert "汉诺·佩夫库尔在塔林会见30人" in made.partition("再次会见")[2]

    def test_are_no_errors_where_the_assembly_writes_them(self, desk: Workspace) -> None:
        from compiler_flow.flow.checking import check

        path = desk.issues()[0] / "a-two"
        assert [found.severity for found in check([path], only=["first-mention"]).standing] == ["error"]
        settings(desk, '[assemble]\nfirst_mentions = "article"\n')
        assert [found.severity for found in check([path], only=["first-mention"]).standing] == ["info"]

    def test_files_are_not_touched(self, desk: Workspace) -> None:
        file = desk.issues()[0] / "a-two" / "zh_CN.po"
        before = file.read_bytes()
        markdown(settings(desk, '[assemble]\nfirst_mentions = "article"\n'))
        assert file.read_bytes() == before


class TestReviewers:
    def unnamed(self, desk: Workspace) -> None:
        for article in project.articles(desk.issues()[0]):
            file = article / "article.toml"
            file.write_text(file.read_text(encoding="utf-8").replace('reviewers = ["王五"]', "reviewers = []"), "utf-8")

    def test_who_signed_is_credited_where_nobody_is_named(self, desk: Workspace) -> None:
        self.unnamed(desk)
        assert "审校" not in markdown(desk)
        mend(desk)
        desk = settings(desk, '[assemble]\nfirst_mentions = "article"\n')
        first, second = project.articles(desk.issues()[0])
        for article, by in ((first, "赵六"), (second, "王五")):
            signing.sign(desk, article, by=by, role="reviewer", at=AT)
        signing.sign(desk, first, by="孙七", role="compiler", at=AT)
        assert markdown(desk).rstrip().endswith("审校：王五\u3000赵六")

    def test_those_named_stand_alone(self, desk: Workspace) -> None:
        mend(desk)
        desk = settings(desk, '[assemble]\nfirst_mentions = "article"\n')
        for article in project.articles(desk.issues()[0]):
            signing.sign(desk, article, by="赵六", role="reviewer", at=AT)
        assert markdown(desk).rstrip().endswith("审校：王五")

    def test_a_signature_that_fell_is_no_credit(self, desk: Workspace) -> None:
        self.unnamed(desk)
        mend(desk)
        desk = settings(desk, '[assemble]\nfirst_mentions = "article"\n')
        article = project.articles(desk.issues()[0])[0]
        signing.sign(desk, article, by="赵六", role="reviewer", at=AT)
        file = article / "zh_CN.po"
        file.write_text(file.read_text(encoding="utf-8").replace("会见30人", "见过30人"), encoding="utf-8")
        assert "审校" not in markdown(desk)


class TestSettings:
    def test_the_names_of_the_number_can_be_listed(self, desk: Workspace) -> None:
        assert self.listed(settings(desk, "[assemble]\nnames = true\n")) == [
            "- 汉诺·佩夫库尔\u3000Hanno Pevkur",
            "- 塔林\u3000Tallinn",
        ]

    def test_names_that_the_glossary_lacks_are_listed_as_unverified(self, desk: Workspace) -> None:
        (desk.root / "glossary" / "people.csv").write_text(
            "source,target,kind,lang\nTallinn,塔林,place,\n", encoding="utf-8"
        )
        file = desk.issues()[0] / "a-two" / "zh_CN.po"
        text = file.read_text(encoding="utf-8")
        told = "防长汉诺·佩夫库尔（Hanno Pevkur）在塔林（Tallinn）会见30人（people），并称：“汉诺·佩夫库尔留任”。"
        file.write_text(text.replace(TEXT, told), encoding="utf-8")
        assert self.listed(settings(desk, "[assemble]\nnames = true\n")) == [
            "- 汉诺·佩夫库尔\u3000Hanno Pevkur（待核）",
            "- 塔林\u3000Tallinn",
        ]

    def test_of_two_renderings_the_usual_one_is_listed(self, desk: Workspace) -> None:
        (desk.root / "glossary" / "people.csv").write_text("source,target,kind,lang\n", encoding="utf-8")
        usual = "汉诺·佩夫库尔（Hanno Pevkur）"
        for name, told in (("a-two", usual * 2), ("b-one", usual.replace("库", "科"))):
            file = desk.issues()[0] / name / "zh_CN.po"
            file.write_text(file.read_text(encoding="utf-8").replace(TEXT, told), encoding="utf-8")
        made = self.listed(settings(desk, "[assemble]\nnames = true\n"))
        assert made == ["- 汉诺·佩夫库尔\u3000Hanno Pevkur（待核）"]

    def listed(self, desk: Workspace) -> list[str]:
        lines = markdown(desk).partition("## 译名对照表")[2].partition("---")[0].splitlines()
        return [line for line in lines if line]

    def test_titles_of_the_sources_can_be_shown(self, desk: Workspace) -> None:
        assert "A meeting" not in markdown(desk)
        assert markdown(settings(desk, "[assemble]\nsource_titles = true\n")).count("\nA meeting\n") == 2

    @pytest.mark.parametrize(
        ("order", "wanted"),
        [("iso", "爱沙尼亚 拉脱维亚"), ("pinyin", "爱沙尼亚 拉脱维亚"), ("hand", "拉脱维亚 爱沙尼亚")],
    )
    def test_countries_come_in_the_order_wanted(self, desk: Workspace, order: str, wanted: str) -> None:
        made = markdown(settings(desk, f'[assemble]\ncountry_order = "{order}"\n'))
        assert [line[4:] for line in made.splitlines() if line.startswith("### ")] == wanted.split()

    def test_themes_are_named_by_renderer(self, desk: Workspace) -> None:
        (desk.root / "house.css").write_text("h2 { color: #123456; }", encoding="utf-8")
        desk = settings(desk, '[themes]\nwechat = "house.css"\n')
        issue = desk.issues()[0]
        built = building.assemble(desk, issue, formats=("wechat", "html"))
        assert "color: #123456" in built.files[0].read_text(encoding="utf-8")
        assert "color: #123456" not in built.files[1].read_text(encoding="utf-8")
        house = style.load(desk, issue)
        assert house.theme("html", "mine.css") == "mine.css"
        assert house.theme("docx", "mine.css") == ""
        assert house.theme("docx", "mine.docx") == "mine.docx"
        assert house.theme("html", "default") == "default"
        with pytest.raises(FormatError, match="print in"):
            markdown(settings(desk, '[themes]\nprint = "a"\n'))


def test_formats_are_names_and_aliases() -> None:
    assert formats("md, HTML,md") == ("markdown", "html")
    assert formats("bilingual") == ("bilingual", "bilingual-docx")
    assert len(formats("all")) == 9


class TestFinal:
    def test_is_refused_with_every_reason(self, desk: Workspace) -> None:
        with pytest.raises(GateClosedError) as caught:
            building.assemble(desk, desk.issues()[0], final=True)
        assert "a-two: not signed by a reviewer" in caught.value.reasons
        assert not project.output_folder(desk.issues()[0]).exists()

    def test_has_the_same_bytes_again_and_a_manifest(self, desk: Workspace) -> None:
        desk = settings(desk, '[assemble]\nfirst_mentions = "article"\n')
        mend(desk)
        sign_all(desk)
        issue = desk.issues()[0]
        built = building.assemble(desk, issue, formats=formats("all"), final=True)
        before = {path.name: path.read_bytes() for path in built.files}
        for path in built.files:
            path.unlink()
        again = building.assemble(desk, issue, formats=formats("all"), final=True)
        assert {path.name: path.read_bytes() for path in again.files} == before
        told = json.loads(before[manifest.NAME])
        assert told["outputs"] == {
            name: hashlib.sha256(data).hexdigest() for name, data in before.items() if name != manifest.NAME
        }
        po = issue / "a-two" / "zh_CN.po"
        assert told["inputs"]["projects/n1/a-two/zh_CN.po"] == hashlib.sha256(po.read_bytes()).hexdigest()
        assert {"glossary/people.csv", "compiler-flow.toml", "projects/n1/issue.toml"} <= set(told["inputs"])
        signed = {(one["article"], one["by"], one["role"], one["at"], one["stands"]) for one in told["signed"]}
        assert signed == {(name, "王五", "reviewer", "2024-10-30T18:00:00+08:00", True) for name in ("a-two", "b-one")}
        assert "草稿" not in before["n1.md"].decode()

    def test_does_not_depend_on_who_builds_it_when_and_where(self, desk: Workspace) -> None:
        desk = settings(desk, '[assemble]\nfirst_mentions = "article"\n')
        mend(desk)
        sign_all(desk)
        command = [sys.executable, "-m", "compiler_flow", "assemble", "n1", "--final", "--format", "all"]
        seen = []
        for place, tongue, seed in (("Pacific/Auckland", "en", "1"), ("America/Lima", "zh_CN", "7")):
            for changed in desk.root.rglob("*.*"):
                os.utime(changed, (len(seen) * 10**8,) * 2)
            where = {"TZ": place, i18n.OVERRIDE: tongue, "PYTHONHASHSEED": seed}
            subprocess.run(command, cwd=desk.root, env={**os.environ, **where}, check=True, capture_output=True)
            seen.append({one.name: one.read_bytes() for one in (desk.issues()[0] / "out").iterdir()})
        assert sorted(seen[0]) == sorted(seen[1])
        assert [name for name in seen[0] if seen[0][name] != seen[1][name]] == []
        assert "提示 first-mention：这是全文首次出现" in seen[0]["n1.bilingual.html"].decode()

    def test_goes_when_a_draft_takes_its_place(self, desk: Workspace) -> None:
        desk = settings(desk, '[assemble]\nfirst_mentions = "article"\n')
        mend(desk)
        sign_all(desk)
        issue = desk.issues()[0]
        building.assemble(desk, issue, final=True)
        assert (issue / "out" / manifest.NAME).exists()
        building.assemble(desk, issue)
        assert not (issue / "out" / manifest.NAME).exists()

    def test_is_refused_for_characters_that_the_pdf_would_lack(self, desk: Workspace) -> None:
        desk = settings(desk, '[assemble]\nfirst_mentions = "article"\n')
        mend(desk)
        file = desk.issues()[0] / "issue.toml"
        file.write_text(file.read_text(encoding="utf-8").replace("周报", "周𠮷报"), encoding="utf-8")
        sign_all(desk)
        building.assemble(desk, desk.issues()[0], formats=("html",), final=True)
        with pytest.raises(GateClosedError) as caught:
            building.assemble(desk, desk.issues()[0], formats=("pdf",), final=True)
        assert "U+20BB7" in caught.value.reasons[0]


class TestWatching:
    def test_builds_now_and_after_every_change(self, desk: Workspace) -> None:
        issue = desk.issues()[0]
        built: list[str] = []
        steps = iter(range(3))

        def sleep(_seconds: float) -> None:
            step = next(steps, None)
            if step is None:
                raise KeyboardInterrupt
            if step == 1:
                file = issue / "a-two" / "zh_CN.po"
                file.write_text(file.read_text(encoding="utf-8").replace("再次会见", "第三次会见"), encoding="utf-8")
                os.utime(file, ns=(1, 1))

        with pytest.raises(KeyboardInterrupt):
            watching.watch(desk, issue, tuple, lambda: built.append(markdown(desk)), sleep=sleep)
        assert ["第三次会见" in text for text in built] == [False, True]

    def test_sees_themes_that_the_settings_name(self, desk: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
        """A fault in the settings is told and waited out."""
        (desk.root / "house").mkdir()
        font = desk.root / "house" / "page.css"
        font.write_text("h2 { color: #111111; }", encoding="utf-8")
        good = '[themes]\nhtml = "house/page.css"\npdf = "house"\n'
        settings(desk, good)
        page = desk.issues()[0] / "out" / "n1.html"
        seen: list[str] = []
        texts = iter(
            [
                lambda: font.write_text("h2 { color: #222222; }", encoding="utf-8"),
                lambda: settings(desk, good + "[typography]\nspaces = 3\n"),
                lambda: settings(desk, good),
            ]
        )

        def sleep(_seconds: float) -> None:
            seen.append(page.read_text(encoding="utf-8").partition("color: ")[2][:7])
            page.write_text("", encoding="utf-8")
            change = next(texts, None)
            if change is None:
                raise KeyboardInterrupt
            change()

        monkeypatch.setattr(watching.watch, "__kwdefaults__", {"sleep": sleep})
        assert invoke(["assemble", "n1", "--format", "html", "--watch"]) == 0
        assert seen == ["#111111", "#222222", "", "#222222"]
        # A folder of a theme counts with all that lies in it.
        (desk.root / "house" / "font.otf").write_bytes(b"font")
        found = manifest.inputs(desk, desk.issues()[0], (str(desk.root / "house"),))
        assert {"font.otf", "page.css"} <= {path.name for path in found}

    def test_is_for_drafts_only(self, desk: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
        assert invoke(["assemble", "n1", "--final", "--watch"]) == 2
        assert "--watch is for drafts" in capsys.readouterr().err


def test_countries_by_pinyin() -> None:
    from compiler_flow.countries import pinyin_key

    names = [
        "英国",
        "斐济",
        "梵蒂冈",
        "阿曼",
        "法国",
        "菲律宾",
        "韩国",
        "朝鲜",
        "秘鲁",
        "波兰",
        "比利时",
        "瑙鲁",
        "南非",
    ]
    assert sorted(names, key=pinyin_key) == [
        "阿曼", "比利时", "秘鲁", "波兰", "朝鲜", "法国", "梵蒂冈", "菲律宾", "斐济", "韩国", "南非", "瑙鲁", "英国",
    ]  # fmt: skip
