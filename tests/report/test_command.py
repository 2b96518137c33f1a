"""``compiler-flow check`` writing reports, and the hook that calls it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from compiler_flow.cli import invoke
from compiler_flow.flow import checking
from compiler_flow.report import REPORTS

ROOT = Path(__file__).parents[2]
ENTRY = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n{}#: a:1\nmsgid "A & <b>"\nmsgstr ""\n'


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "一.po").write_text(ENTRY.format(""), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("form", list(REPORTS))
def test_every_form_is_the_same_on_the_screen_and_in_a_file(
    desk: Path, form: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = desk / "out" / f"report{REPORTS[form].suffix}"
    assert invoke(["check", "一.po", "--output", str(file)]) == 1
    capsysbinary.readouterr()
    assert invoke(["check", "一.po", "--format", form]) == 1
    assert capsysbinary.readouterr().out == file.read_bytes()
    assert "untranslated" in file.read_text(encoding="utf-8")


def test_the_format_option_wins_over_the_suffix(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["check", "一.po", "--format", "json", "-o", "report.html"]) == 1
    assert json.loads((desk / "report.html").read_text(encoding="utf-8"))["version"] == 1
    assert capsys.readouterr().out == "1 unit checked; errors: 1, warnings: 0, remarks: 0. → report.html\n"


def test_text_goes_to_a_file_as_it_is_printed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    invoke(["check", "一.po"])
    shown = capsys.readouterr().out
    invoke(["check", "一.po", "-o", "report.txt"])
    assert (desk / "report.txt").read_text(encoding="utf-8") == shown


def test_a_report_never_overwrites_what_it_is_about(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["check", "一.po", "-o", "一.po"]) == 2
    assert "cannot be written over a translators' file" in capsys.readouterr().err
    assert (desk / "一.po").read_text(encoding="utf-8") == ENTRY.format("")


def test_a_waiver_is_told_apart_and_closes_no_gate(desk: Path) -> None:
    (desk / "一.po").write_text(ENTRY.format("# 免检 untranslated: 原文如此\n"), encoding="utf-8")
    assert invoke(["check", "一.po", "-o", "a.sarif"]) == 0
    (run,) = json.loads((desk / "a.sarif").read_text(encoding="utf-8"))["runs"]
    (result,) = run["results"]
    assert result["suppressions"][0]["justification"] == "原文如此"


@pytest.mark.parametrize("root", ["", "work"])
def test_a_code_host_finds_the_files_from_the_root_of_the_work_tree(desk: Path, root: str) -> None:
    (desk / root / ".git").mkdir(parents=True)
    (desk / "work" / "issue").mkdir(parents=True, exist_ok=True)
    file = (desk / "一.po").rename(desk / "work" / "issue" / "a.po")
    assert invoke(["check", str(file), "-o", "a.sarif"]) == 1
    (run,) = json.loads((desk / "a.sarif").read_text(encoding="utf-8"))["runs"]
    places = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]}
    assert places == {"issue/a.po" if root else "work/issue/a.po"}


def test_without_a_work_tree_paths_begin_here(desk: Path) -> None:
    assert invoke(["check", str(desk / "一.po"), "-o", "a.sarif"]) == 1
    assert '"uri": "%E4%B8%80.po"' in (desk / "a.sarif").read_text(encoding="utf-8")


def test_the_report_knows_the_people_and_languages_of_articles() -> None:
    folder = ROOT / "projects" / "2024-10-31"
    report = checking.check([folder])
    path = (folder / "pl-next-flood" / "zh_CN.po").as_posix()
    assert report.people[path] == ("李四",)
    assert report.languages[path] == ("en", "zh-CN")
    assert {finding.path for finding in report.findings} <= set(report.people)


def test_only_the_checks_that_ran_are_rules(desk: Path) -> None:
    assert [rule.name for rule in checking.check([Path("一.po")], only=["draft-left"]).rules] == ["draft-left"]


def test_the_hook_runs_check_on_the_files_that_check_reads() -> None:
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert "- id: compiler-flow-check\n" in hook
    assert re.search(r"^  entry: compiler-flow check$", hook, re.MULTILINE)
    pattern = re.search(r"^  files: (.*)$", hook, re.MULTILINE)
    assert pattern
    for name, wanted in (("a/zh_CN.po", True), ("b.xlf", True), ("b.xliff", True), ("po", False), ("a.po.bak", False)):
        assert bool(re.search(pattern[1], name)) is wanted
