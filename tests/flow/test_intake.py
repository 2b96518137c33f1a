"""Articles in: four formats, originals kept, and every bad file answered with one line and nothing left behind."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from compiler_flow import bilingual, project
from compiler_flow.cli import invoke
from compiler_flow.model import Section

PAGE = """<!doctype html><html lang="en"><head><title>Ministers meet in Riga - Harbour News</title>
<meta property="og:site_name" content="Harbour News"><meta name="author" content="Ann Example"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Ministers meet in Riga</h1>
<p><strong>Background:</strong> Hanno Pevkur met Gen. Smith on Monday. They agreed on 14 points.</p>
<p>The talks lasted two hours and covered defence, energy and the railway. A second round will follow in May.</p>
</article><footer>All rights reserved. <a href="/cookies">Cookies</a></footer></body></html>"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace with one issue."""
    monkeypatch.chdir(tmp_path)
    assert invoke(["new", "2024-11-07"]) == 0
    (tmp_path / "glossary" / "people.csv").write_text(
        "source,target,kind,lang,aliases,accept,reject,first,note\nHanno Pevkur,汉诺·佩夫库尔,person,,,,,,\n",
        encoding="utf-8",
    )
    return tmp_path


def issue(desk: Path) -> Path:
    return desk / "projects" / "2024-11-07"


def test_a_saved_page_becomes_units(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "riga.html").write_text(PAGE, encoding="utf-8")
    assert invoke(["add", "riga.html", "--country", "lv", "--compiler", "张三"]) == 0
    folder = issue(desk) / "riga"
    assert (folder / "original.html").read_text(encoding="utf-8") == PAGE
    metadata = project.read_metadata(folder)[0]
    assert (metadata.title, metadata.author, metadata.country, metadata.compilers) == (
        "Ministers meet in Riga",
        "Ann Example",
        "LV",
        ("张三",),
    )
    catalog = bilingual.load(folder / "zh_CN.po")
    assert [unit.source for unit in catalog.units] == [
        "Ministers meet in Riga",
        "Ann Example",
        "Harbour News",
        "**Background:**",
        "Hanno Pevkur met Gen. Smith on Monday.",
        "They agreed on 14 points.",
        "The talks lasted two hours and covered defence, energy and the railway.",
        "A second round will follow in May.",
    ]
    assert [(term.source, term.target) for term in catalog.units[4].terms] == [("Hanno Pevkur", "汉诺·佩夫库尔")]
    assert catalog.units[4].references == ("source.md:1",)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_chinese_and_other_encodings_are_read(desk: Path, encoding: str) -> None:
    text = "里加会议开幕\n\n安全论坛在里加开幕，来自多国的嘉宾出席了会议并发言。讨论持续了两天。\n"
    (desk / "a.txt").write_bytes(text.encode(encoding))
    assert invoke(["add", "a.txt", "--lang", "zh"]) == 0
    assert bilingual.load(issue(desk) / "a" / "zh_CN.po").units[0].source == "里加会议开幕"


BAD = {
    "missing.html": None,
    "empty.html": b"",
    "nav.html": b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
    "rubbish.html": bytes(range(256)) * 64,
    "empty.txt": b" \n\n",
    "broken.docx": b"PK\x03\x04 not really",
    "text.docx": b"just text",
    "letter.doc": b"\xd0\xcf\x11\xe0" + b"\x00" * 200,
    "scan.xyz": b"hello",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_get_one_line_and_leave_nothing(desk: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = BAD[name]
    if data is not None:
        (desk / name).write_bytes(data)
    before = sorted(path for path in desk.rglob("*") if path.name != name)
    capsys.readouterr()
    assert invoke(["add", name, "--lang", "en", "--title", "T"]) == 2
    said = capsys.readouterr().err.strip()
    assert said.startswith(name)
    assert "\n" not in said
    assert "Traceback" not in said
    assert sorted(path for path in desk.rglob("*") if path.name != name) == before


def test_one_bad_file_does_not_stop_the_others(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "in").mkdir()
    (desk / "in" / "a.html").write_bytes(b"")
    (desk / "in" / "b.html").write_text(PAGE, encoding="utf-8")
    assert invoke(["add", "in"]) == 2
    assert (issue(desk) / "b" / "zh_CN.po").exists()


def test_the_same_article_twice_is_noticed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "riga.html").write_text(PAGE, encoding="utf-8")
    assert invoke(["add", "riga.html"]) == 0
    assert invoke(["add", "riga.html"]) == 1
    assert "there already, as 2024-11-07/riga" in capsys.readouterr().err


def test_language_title_and_country_must_be_known(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text("It rained all day. The match was stopped.\n", encoding="utf-8")
    assert invoke(["add", "a.txt"]) == 2
    assert "--lang" in capsys.readouterr().err
    assert invoke(["add", "a.txt", "--lang", "en"]) == 2
    assert "--title" in capsys.readouterr().err
    assert invoke(["add", "a.txt", "--lang", "en", "--title", "Rain", "--country", "EST"]) == 2
    assert "EST" in capsys.readouterr().err
    assert invoke(["add", "a.txt", "--lang", "en", "--title", "Rain"]) == 0


@pytest.mark.parametrize(
    ("section", "country", "date"),
    [
        ("feature", "ee", "2024-11-05"),
        ("FEATURE", "EE", "2024/11/5"),
        ("专题", "Estonia", "2024.11.05"),
        ("Feature", "爱沙尼亚", "2024年11月5日"),
    ],
)
def test_options_are_said_as_tables_say_them(desk: Path, section: str, country: str, date: str) -> None:
    (desk / "riga.html").write_text(PAGE, encoding="utf-8")
    assert invoke(["add", "riga.html", "--section", section, "--country", country, "--date", date]) == 0
    said, _stamp = project.read_metadata(issue(desk) / "riga")
    assert (said.section, said.country, said.date) == (Section.FEATURE, "EE", dt.date(2024, 11, 5))


@pytest.mark.parametrize(
    ("option", "value"), [("--section", "sport"), ("--country", "Narnia"), ("--date", "2024-02-30")]
)
def test_what_names_nothing_is_refused(desk: Path, capsys: pytest.CaptureFixture[str], option: str, value: str) -> None:
    (desk / "riga.html").write_text(PAGE, encoding="utf-8")
    assert invoke(["add", "riga.html", option, value]) == 2
    assert value in capsys.readouterr().err
    assert not (issue(desk) / "riga").exists()


def test_an_article_follows_its_changed_source(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "riga.html").write_text(PAGE, encoding="utf-8")
    assert invoke(["add", "riga.html"]) == 0
    po = issue(desk) / "riga" / "zh_CN.po"
    text = po.read_text(encoding="utf-8")
    po.write_text(
        text.replace(
            'msgid "They agreed on 14 points."\nmsgstr ""', 'msgid "They agreed on 14 points."\nmsgstr "双方商定14点。"'
        ),
        encoding="utf-8",
    )
    source = issue(desk) / "riga" / "source.md"
    source.write_text(
        "A new first paragraph.\n\n" + source.read_text(encoding="utf-8").replace("14 points", "15 points"),
        encoding="utf-8",
    )
    assert invoke(["update", "riga", "--dry-run"]) == 0
    assert "15 points" not in po.read_text(encoding="utf-8")
    assert invoke(["update", "riga"]) == 0
    unit = next(unit for unit in bilingual.load(po).units if "15 points" in unit.source)
    assert (unit.target, unit.fuzzy, unit.previous) == ("双方商定14点。", True, "They agreed on 14 points.")


def test_the_text_of_another_article_is_asked_about(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "riga.html").write_text(PAGE, encoding="utf-8")
    assert invoke(["add", "riga.html"]) == 0
    other = "# Grain\n\nThe harvest was poor. Silos stand empty.\n\nPrices rose in every town of the valley.\n"
    (desk / "grain.md").write_text(other, encoding="utf-8")
    capsys.readouterr()
    assert invoke(["update", "riga", "grain.md", "--dry-run"]) == 0
    assert "is this another article?" in capsys.readouterr().err
    page = PAGE.replace("14 points", "15 points")
    (desk / "riga2.html").write_text(page, encoding="utf-8")
    assert invoke(["update", "riga", "riga2.html", "--dry-run"]) == 0
    assert "another article" not in capsys.readouterr().err


def test_newer_rules_keep_the_translations_of_an_old_article_and_say_so(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "riga.html").write_text(PAGE, encoding="utf-8")
    assert invoke(["add", "riga.html"]) == 0
    po = issue(desk) / "riga" / "zh_CN.po"
    catalog = bilingual.load(po)
    # As rules would have left it that cut less: two neighbours of one paragraph are one unit, and translated.
    first = next(n for n, unit in enumerate(catalog.units) if unit.source == "They agreed on 14 points.")
    one, two = catalog.units[first - 1 : first + 1]
    assert one.spot == two.spot
    joined = replace(one, id="0123456789", source=f"{one.source} {two.source}", target="双方会谈，商定14点。")
    old = replace(catalog, units=(*catalog.units[: first - 1], joined, *catalog.units[first + 1 :]))
    bilingual.save(old, po)
    # A number that was made with the old rules can still be built: its units are what the source says.
    assert invoke(["check", "riga", "--only", "source-changed"]) == 0
    capsys.readouterr()
    assert invoke(["update", "riga"]) == 0
    shown = capsys.readouterr()
    assert "newer rules cut it in other places" in shown.err
    assert f"  ~ {one.source} {two.source}" in shown.out
    units = bilingual.load(po).units
    assert [unit.source for unit in units] == [unit.source for unit in catalog.units]
    assert (units[first - 1].target, units[first - 1].fuzzy) == ("双方会谈，商定14点。", True)
    assert invoke(["check", "riga", "--only", "source-changed"]) == 0


def test_a_wrong_country_in_a_front_matter_stops_the_article_not_the_issue(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "front.md").write_text("---\ntitle: Rain\ncountry: Narnia\n---\n\nIt rained all day.\n", encoding="utf-8")
    assert invoke(["add", "front.md", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("front.md: There is no country with the code NARNIA.")
    assert invoke(["status"]) == 0


@pytest.mark.parametrize("tag", ["english", "x y", "en_US", "qq"])
def test_a_language_that_is_none_is_refused(desk: Path, tag: str, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text("It rained all day. The match was stopped.\n", encoding="utf-8")
    assert invoke(["add", "a.txt", "--lang", tag, "--title", "Rain"]) == 2
    assert "language tag" in capsys.readouterr().err


def test_units_that_left_their_source_close_the_gate(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text("Rain stops play\n\nIt rained all day. The match was stopped.\n", encoding="utf-8")
    assert invoke(["add", "a.txt", "--lang", "en", "--name", "rain"]) == 0
    source = issue(desk) / "rain" / "source.md"
    source.write_text(source.read_text(encoding="utf-8").replace("all day", "all week"), encoding="utf-8")
    capsys.readouterr()
    assert invoke(["check", "rain", "--only", "source-changed"]) == 1
    assert "compiler-flow update rain" in capsys.readouterr().out
    assert invoke(["update", "rain"]) == 0
    assert invoke(["check", "rain", "--only", "source-changed"]) == 0


@pytest.mark.parametrize("name", ["2025-13-45", "2025-02-30", "2025-10-1"])
def test_a_number_named_after_a_day_that_does_not_exist_is_refused_before_anything_is_made(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert invoke(["new", name]) == 2
    assert f"{name} is no date" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
