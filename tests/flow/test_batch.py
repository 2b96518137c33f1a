"""Many articles at once: a desk's folder, lists, tables, feeds, standard input; twins, trouble, and second runs."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import twenty
from servers import PAGE, Site, redirect, send, trickle

from compiler_flow import project
from compiler_flow.cli import invoke

GOLDEN = Path(__file__).parent.parent / "ingest" / "golden"
STORIES = {
    "ferry": (
        "Ferry to Hiiumaa sails at night",
        "The ferry to Hiiumaa will sail at night from Monday. Farmers asked for it, because milk cannot wait.",
    ),
    "owls": (
        "Owls counted in Polesia",
        "Forty volunteers counted owls in the forests of Polesia last week. They heard sixty-one birds, and saw three.",
    ),
    "bells": (
        "Bells of Gyumri ring again",
        "The bells of the old church in Gyumri rang on Sunday for the first time in decades. Two were cast anew.",
    ),
}


def page(name: str) -> str:
    title, text = STORIES[name]
    body = PAGE[PAGE.index("<p><strong>") : PAGE.index("<p>See")]
    return PAGE.replace("Ministers meet in Riga", title).replace(body, f"<p>{text}</p>\n")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A new workspace with one issue."""
    monkeypatch.chdir(tmp_path)
    assert invoke(["new", "2024-11-07"]) == 0
    capsys.readouterr()
    return tmp_path


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with three articles."""
    with Site() as running:
        for name in STORIES:
            running.pages[f"/{name}"] = send(page(name))
        yield running


def articles(desk: Path) -> list[str]:
    return [folder.name for folder in project.articles(desk / "projects" / "2024-11-07")]


def metadata(desk: Path, name: str) -> project.Metadata:
    return project.read_metadata(desk / "projects" / "2024-11-07" / name)[0]


def test_a_desks_folder_of_twenty_files_becomes_a_number(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twenty.make(desk / "in")
    assert invoke(["add", "in"]) == 0
    said = capsys.readouterr()
    assert said.out.rstrip().endswith("20 added")
    assert "표.pdf" in said.err
    titles = {Path(name).stem: title for name, _data, title in twenty.files()}
    assert set(articles(desk)) == set(titles)
    for name, title in titles.items():
        assert metadata(desk, name).title == title
        source = desk / "projects" / "2024-11-07" / name / "source.md"
        assert source.read_text(encoding="utf-8") == (GOLDEN / f"{name}.md").read_text(encoding="utf-8"), name
    assert invoke(["assemble", "2024-11-07"]) == 0
    assert (desk / "projects" / "2024-11-07" / "out" / "2024-11-07.html").exists()
    # The same folder again brings nothing, and is nothing to worry about.
    capsys.readouterr()
    assert invoke(["add", "in"]) == 0
    assert capsys.readouterr().out == "0 added; 20 there already\n"


def test_a_folder_of_one_article_tells_that_it_is_there_already(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "in").mkdir()
    (desk / "in" / "a.html").write_text(page("ferry"), encoding="utf-8")
    assert invoke(["add", "in"]) == 0
    capsys.readouterr()
    assert invoke(["add", "in"]) == 0
    assert capsys.readouterr().out == "0 added; 1 there already\n"


def test_a_new_file_in_the_folder_is_all_that_a_second_run_adds(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "in" / "more").mkdir(parents=True)
    (desk / "in" / "a.html").write_text(page("ferry"), encoding="utf-8")
    assert invoke(["add", "in"]) == 0
    (desk / "in" / "more" / "b.html").write_text(page("owls"), encoding="utf-8")
    assert invoke(["add", "in"]) == 0
    assert articles(desk) == ["a", "b"]


def test_an_address_becomes_an_article_with_its_page_kept(desk: Path, site: Site) -> None:
    site.pages["/old"] = redirect("/ferry?utm_source=mail")
    assert invoke(["add", f"{site.url}/old", "--allow-local"]) == 0
    folder = desk / "projects" / "2024-11-07" / "ferry"
    assert (folder / "original.html").read_text(encoding="utf-8") == page("ferry")
    assert metadata(desk, "ferry").url == f"{site.url}/ferry"
    assert "url" not in metadata(desk, "ferry").guessed
    assert f"[the report]({site.url}/report)" in (folder / "source.md").read_text(encoding="utf-8")


def test_this_machine_is_not_asked_unless_somebody_says_so(
    desk: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["add", f"{site.url}/ferry"]) == 2
    assert "--allow-local" in capsys.readouterr().err
    assert site.asked == []


def test_an_address_in_another_encoding_goes_by_what_the_server_says(desk: Path, site: Site) -> None:
    text = (
        "<html><head><title>Новости</title></head><body><article><h1>Новости порта</h1><p>"
        + "Порт принял первое судно зимы. " * 9
    )
    site.pages["/ru"] = send(text.encode("cp1251"), "text/html; charset=windows-1251")
    assert invoke(["add", f"{site.url}/ru", "--allow-local"]) == 0
    assert metadata(desk, "ru").title == "Новости порта"
    assert metadata(desk, "ru").language == "ru"


def test_a_list_of_addresses(desk: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "list.txt").write_text(
        f"# this week\n{site.url}/ferry\n\n{site.url}/gone\n{site.url}/owls#top\n", encoding="utf-8-sig"
    )
    assert invoke(["add", "list.txt", "--allow-local", "--country", "EE"]) == 2
    said = capsys.readouterr()
    assert f"{site.url}/gone: There is no such page (404)" in said.err
    assert said.out.splitlines()[-1] == f"2 added; 1 not read: {site.url}/gone"
    assert articles(desk) == ["ferry", "owls"]
    assert metadata(desk, "owls").country == "EE"
    # What is there already is not fetched again.
    site.asked.clear()
    site.pages["/gone"] = send(page("bells"))
    assert invoke(["add", "list.txt", "--allow-local"]) == 0
    assert [asked for asked in site.asked if asked != "/robots.txt"] == ["/gone"]


HEAD = "网址;栏目;国家;编译;备注;日期"


def test_a_table_says_where_each_article_belongs(desk: Path, site: Site) -> None:
    (desk / "local.txt").write_text("Bells of Gyumri\n\n" + STORIES["bells"][1] + "\n", encoding="utf-8")
    rows = [
        HEAD,
        f"{site.url}/ferry;专题;爱沙尼亚;张三、李四;x;2024/11/5",
        f"{site.url}/owls;news;BY;;",
        "local.txt;;Armenia;王五;",
    ]
    (desk / "plan.csv").write_text("\n".join(rows), encoding="gb18030")
    assert invoke(["add", "plan.csv", "--allow-local"]) == 0
    ferry, owls, local = (metadata(desk, name) for name in ("ferry", "owls", "local"))
    assert (ferry.section, ferry.country, ferry.compilers) == ("feature", "EE", ("张三", "李四"))
    assert ferry.date == dt.date(2024, 11, 5)
    assert (owls.section, owls.country) == ("news", "BY")
    assert (local.country, local.compilers, local.title) == ("AM", ("王五",), "Bells of Gyumri")


def test_a_row_without_an_address_does_not_stop_the_others(
    desk: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [HEAD, f"{site.url}/ferry;专题;爱沙尼亚;张三;;", ";news;BY;;;", f"{site.url}/owls;news;BY;;;"]
    (desk / "plan.csv").write_text("\n".join(rows), encoding="utf-8")
    assert invoke(["add", "plan.csv", "--allow-local"]) == 2
    told = capsys.readouterr()
    assert "plan.csv:3: This row has no address" in told.err
    assert "2 added; 1 not read: plan.csv:3" in told.out
    assert articles(desk) == ["ferry", "owls"]


def workbook(rows: list[list[str]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_does_the_same(desk: Path, site: Site) -> None:
    rows = [
        ["Address", "Country", "Name"],
        [f"{site.url}/ferry", "Estonia", "night-ferry"],
        [f"{site.url}/owls", "", ""],
    ]
    (desk / "plan.xlsx").write_bytes(workbook(rows))
    assert invoke(["add", "plan.xlsx", "--allow-local"]) == 0
    assert articles(desk) == ["night-ferry", "owls"]
    assert metadata(desk, "night-ferry").country == "EE"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("title,country\nx,EE\n", "plan.csv:1: The table has no column with addresses"),
        ("address,country\nhttp://127.0.0.1:9/x,Narnia\n", "plan.csv:2: There is no country called Narnia"),
        ("address,section\nhttp://127.0.0.1:9/x,sport\n", "plan.csv:2: There is no section called sport"),
        ("address,date\nhttp://127.0.0.1:9/x,yesterday\n", "plan.csv:2: date must be a date"),
        ("address,country\n,EE\n", "plan.csv:2: This row has no address"),
        ('address,title\na,"b\n', "plan.csv:2: The table is broken"),
        ("address,url\na,b\n", "plan.csv:1: The table has two columns called address"),
        ("address\n", "plan.csv: No article is named here"),
        ("address\nplan.csv\n", "plan.csv:2: A table names single articles"),
    ],
)
def test_a_table_that_is_wrong_says_in_which_line(
    desk: Path, table: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "plan.csv").write_text(table, encoding="utf-8")
    assert invoke(["add", "plan.csv", "--lang", "en"]) == 2
    assert said in capsys.readouterr().err
    assert articles(desk) == []


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><link>{url}/</link>
<item><title>Ferry &amp; more</title><link>{url}/ferry</link><pubDate>Thu, 24 Oct 2024 08:00:00 GMT</pubDate></item>
<item><title>Owls</title><link>/owls</link><pubDate>Tue, 01 Oct 2024 08:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>{url}/gone</link><pubDate>Fri, 25 Oct 2024 08:00:00 GMT</pubDate></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
<entry><title>Bells</title><link href="{url}/bells"/><updated>2024-10-24T08:00:00Z</updated><id>x</id></entry></feed>"""


def test_a_feed_brings_its_articles_and_the_next_day_only_new_ones(
    desk: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.pages["/rss"] = send(RSS.format(url=site.url), "application/rss+xml")
    assert invoke(["add", f"{site.url}/rss", "--allow-local", "--since", "2024-10-10"]) == 2
    assert articles(desk) == ["ferry"]
    assert invoke(["add", f"{site.url}/rss", "--allow-local"]) == 2
    assert articles(desk) == ["ferry", "owls"]
    assert capsys.readouterr().out.splitlines()[-1] == f"1 added; 1 there already; 1 not read: {site.url}/gone"
    (desk / "feed.xml").write_text(ATOM.format(url=site.url), encoding="utf-8")
    assert invoke(["add", "feed.xml", "--allow-local"]) == 0
    assert articles(desk) == ["bells", "ferry", "owls"]


def test_what_a_feed_says_fills_what_a_page_does_not(desk: Path, site: Site) -> None:
    site.pages["/ferry"] = send(page("ferry").replace('<meta name="date" content="2024-10-24">', ""))
    site.pages["/rss"] = send(RSS.format(url=site.url), "text/xml")
    assert invoke(["add", f"{site.url}/rss", "--allow-local", "--since", "2024-10-10"]) == 2
    found = metadata(desk, "ferry")
    assert (found.date, found.title) == (project.dt.date(2024, 10, 24), STORIES["ferry"][0])
    assert "date" in found.guessed


@pytest.mark.parametrize(
    "feed", ["<rss><channel></channel></rss>", '<!DOCTYPE r [<!ENTITY a "b">]><rss>&a;</rss>', "<rss"]
)
def test_a_feed_with_nothing_in_it_is_named(
    desk: Path, site: Site, feed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site.pages["/rss"] = send(feed, "application/rss+xml")
    assert invoke(["add", f"{site.url}/rss", "--allow-local"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def typed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize(
    "data",
    [page("ferry").encode(), "Ferry to Hiiumaa sails at night\n\n{}\n".format(STORIES["ferry"][1]).encode("utf-16")],
    ids=["page", "text"],
)
def test_standard_input(desk: Path, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, data)
    assert invoke(["add", "-"]) == 0
    (name,) = articles(desk)
    assert name == "ferry-to-hiiumaa-sails-at-night"
    assert metadata(desk, name).title == STORIES["ferry"][0]


def test_nothing_on_standard_input(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, b"")
    assert invoke(["add", "-"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_same_story_from_another_page_is_named_and_waits_for_a_decision(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "a.html").write_text(PAGE, encoding="utf-8")
    changed = PAGE.replace("Harbour News", "Other News").replace("14 points of a longer", "fourteen points of a long")
    (desk / "b.html").write_text(changed, encoding="utf-8")
    (desk / "c.html").write_text(page("owls"), encoding="utf-8")
    assert invoke(["add", "a.html", "b.html", "c.html"]) == 1
    said = capsys.readouterr()
    assert "b.html: This article says mostly the same as 2024-11-07/a (" in said.err
    assert said.out.splitlines()[-1] == "2 added; 1 left out: b.html"
    assert invoke(["add", "b.html", "--again"]) == 0
    assert articles(desk) == ["a", "b", "c"]


def test_a_twin_in_another_issue_is_found_by_its_address(
    desk: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["add", f"{site.url}/ferry", "--allow-local"]) == 0
    assert invoke(["new", "2024-11-14"]) == 0
    site.pages["/ferry"] = send(page("bells"))
    capsys.readouterr()
    assert invoke(["add", f"{site.url}/ferry?utm_source=x", "--allow-local", "--issue", "2024-11-14"]) == 1
    assert "there already, as 2024-11-07/ferry" in capsys.readouterr().err


def test_a_text_in_another_language_than_said_is_remarked_upon(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text(twenty.RUSSIAN, encoding="utf-8")
    assert invoke(["add", "a.txt", "--lang", "en"]) == 0
    assert "said to be in en, but its text looks like ru" in capsys.readouterr().err
    assert metadata(desk, "a").language == "en"


def test_a_reviewed_text_is_cut_as_it_was_left(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = desk / "editor.py"
    editor.write_text(
        "import pathlib, sys\np = pathlib.Path(sys.argv[1])\nt = p.read_text(encoding='utf-8')\n"
        "p.write_text(t[t.index('The talks'):], encoding='utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{editor}"')
    (desk / "a.html").write_text(PAGE, encoding="utf-8")
    assert invoke(["add", "a.html", "--review"]) == 0
    folder = desk / "projects" / "2024-11-07" / "a"
    assert (folder / "source.md").read_text(encoding="utf-8").startswith("The talks lasted")
    assert "Pevkur" not in (folder / "zh_CN.po").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("script", "said"),
    [("open(sys.argv[1], 'w').close()", "Nothing was left"), ("sys.exit(3)", "editor"), (None, "editor")],
    ids=["emptied", "failed", "missing"],
)
def test_a_review_that_fails_leaves_nothing(
    desk: Path, script: str | None, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "editor.py").write_text(f"import sys\n{script}\n", encoding="utf-8")
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{desk / "editor.py"}"' if script else "no-such-editor")
    (desk / "a.html").write_text(PAGE, encoding="utf-8")
    assert invoke(["add", "a.html", "--review"]) == 2
    assert said in capsys.readouterr().err
    assert articles(desk) == []


def test_a_name_goes_with_one_article(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("ferry", "owls"):
        (desk / f"{name}.html").write_text(page(name), encoding="utf-8")
    assert invoke(["add", "ferry.html", "owls.html", "--name", "x"]) == 2
    assert "one article only" in capsys.readouterr().err
    assert invoke(["add", "ferry.html", "--name", "x"]) == 0
    assert articles(desk) == ["x"]


def test_a_slow_server_does_not_stop_the_others(
    desk: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from compiler_flow.ingest import fetch

    monkeypatch.setattr(fetch.Fetcher.__init__, "__defaults__", (fetch.Limits(silence=0.5, total=1.0),))
    site.pages["/slow"] = trickle
    assert invoke(["add", f"{site.url}/slow", f"{site.url}/owls", "--allow-local"]) == 2
    assert "too slow" in capsys.readouterr().err
    assert articles(desk) == ["owls"]


@pytest.mark.parametrize("place", ["www.example.org", "example.org/news/1", "https:/example.org/x"])
def test_an_address_without_its_beginning_is_explained(
    desk: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["add", place]) == 2
    assert "https://" in capsys.readouterr().err


def test_a_feed_that_names_itself_ends(desk: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.pages["/bells"] = send(ATOM.format(url=site.url))
    assert invoke(["add", f"{site.url}/bells", "--allow-local"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert site.asked.count("/bells") == 2
