"""Workspaces, issue.toml and article.toml."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from compiler_flow import project
from compiler_flow.errors import FormatError, UsageError, WorkspaceError
from compiler_flow.model import Issue, Metadata, Section, SignOff

METADATA = Metadata(
    title='A "quoted" title: 100% of it',
    author="Ann Example",
    author_role="analyst",
    site="Example Review",
    url="https://example.org/a?b=1&c=2",
    date=dt.date(2024, 10, 15),
    language="en",
    country="KZ",
    section=Section.FEATURE,
    compilers=("张三", "李四"),
    reviewers=("王五",),
    guessed=frozenset({"author"}),
)


@pytest.fixture
def workspace(tmp_path: Path) -> project.Workspace:
    return project.create_workspace(tmp_path / "desk")


@pytest.fixture
def issue(workspace: project.Workspace) -> Path:
    return project.create_issue(workspace, Issue("2024-10-31", "欧亚", "12", dt.date(2024, 10, 31)))


def article(issue: Path, name: str = "kz", metadata: Metadata = METADATA) -> Path:
    return project.create_article(issue, name, {"article.toml": project.render_metadata(metadata)})


def test_a_workspace_is_found_from_any_depth(workspace: project.Workspace, issue: Path) -> None:
    found = project.find(issue / "out")
    assert found is not None
    assert found.root == workspace.root.resolve()
    assert found.target_language == "zh-CN"


def test_outside_a_workspace_the_way_in_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="compiler-flow new ISSUE"):
        project.need(tmp_path)


def test_an_issue_is_read_as_it_was_made(issue: Path) -> None:
    read = project.read_issue(issue)
    assert (read.name, read.title, read.number, read.date) == ("2024-10-31", "欧亚", "12", dt.date(2024, 10, 31))


def test_metadata_come_back(issue: Path) -> None:
    assert project.read_metadata(article(issue))[0] == METADATA


def test_sign_offs_come_back_and_people_keep_their_comments(issue: Path) -> None:
    folder = article(issue)
    path = folder / "article.toml"
    path.write_text("# checked by phone\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    metadata, stamp = project.read_metadata(folder)
    at = dt.datetime(2024, 10, 30, 18, 5, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    signed = dataclasses.replace(metadata, sign_offs=(SignOff("王五", "reviewer", at, "abc"),))
    project.write_metadata(folder, signed, stamp=stamp)
    assert project.read_metadata(folder)[0] == signed
    assert "# checked by phone" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('country = "EST"', r"article\.toml:2: There is no country with the code EST"),
        ('date = "last week"', r"article\.toml:2: date must be a date"),
        ('section = "sport"', r"article\.toml:2: section must be one of"),
        ("title = [1]", r"article\.toml:2: title must be text"),
        ("title = ", r"article\.toml:2: This is not valid TOML"),
        ("title = 'x", r"article\.toml:2: This is not valid TOML"),
    ],
)
def test_bad_metadata_are_named_with_their_line(issue: Path, line: str, message: str) -> None:
    folder = article(issue)
    (folder / "article.toml").write_text(f"# by hand\n{line}\n", encoding="utf-8")
    with pytest.raises(FormatError, match=message):
        project.read_metadata(folder)


def test_articles_are_found_by_name_path_and_issue(workspace: project.Workspace, issue: Path) -> None:
    folder = article(issue)
    for name in ("kz", "2024-10-31/kz", str(folder), "2024-10-31", str(issue)):
        assert [found.resolve() for found in project.find_articles(workspace, name)] == [folder.resolve()]
    with pytest.raises(UsageError, match="no issue and no article called k\\*"):
        project.find_articles(workspace, "k*")


def test_a_name_in_two_issues_must_be_told_apart(workspace: project.Workspace, issue: Path) -> None:
    article(issue)
    article(project.create_issue(workspace, Issue("2024-11-07")))
    with pytest.raises(UsageError, match="2024-10-31/kz, 2024-11-07/kz"):
        project.find_articles(workspace, "kz")


def test_an_original_that_lies_there_is_completed_in_place(issue: Path) -> None:
    (issue / "ee").mkdir()
    (issue / "ee" / "original.txt").write_text("as received", encoding="utf-8")
    folder = project.create_article(issue, "ee", {"article.toml": b"", "original.txt": b"other", "zh_CN.po": b"x"})
    assert (folder / "original.txt").read_text(encoding="utf-8") == "as received"
    with pytest.raises(UsageError, match="exists already"):
        project.create_article(issue, "ee", {"article.toml": b""})


def test_folder_names_from_titles() -> None:
    assert project.slug("Tokayev's Strategy: Balancing!") == "tokayev-s-strategy-balancing"
    assert project.slug("里加会议 2024") == "里加会议-2024"
    assert project.slug("../..") == "article"


@pytest.mark.parametrize("name", ["", "a/b", "..", "x y"])
def test_names_that_are_no_folder_names_are_refused(workspace: project.Workspace, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name"):
        project.create_issue(workspace, Issue(name))


def test_an_existing_workspace_is_not_touched(workspace: project.Workspace) -> None:
    settings = workspace.root / "compiler-flow.toml"
    settings.write_text('language = "zh-CN"\n[glossary]\npaths = ["glossary", "missing"]\n', encoding="utf-8")
    again = project.create_workspace(workspace.root)
    assert again.glossaries == (workspace.root / "glossary",)
    assert "missing" in settings.read_text(encoding="utf-8")


def test_an_article_in_the_making_is_none_yet_and_does_not_stand_in_the_way(issue: Path) -> None:
    half = article(issue, ".kz.adding")
    assert project.articles(issue) == ()
    made = article(issue, "kz")
    assert project.articles(issue) == (made,)
    assert not half.exists()
