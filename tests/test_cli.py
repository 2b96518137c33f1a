"""The command line as a user meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from compiler_flow.cli import invoke
from compiler_flow.cli.lazy import COMMANDS


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_help_imports_no_command() -> None:
    code = (
        "import sys; from compiler_flow.cli import invoke; invoke(['--help']);"
        "print([m for m in sys.modules if m.startswith('compiler_flow.cli.') and m.split('.')[2] not in"
        " {'lazy', 'output'}], [m for m in ('rich', 'lxml', 'polib', 'babel', 'ctranslate2', 'compiler_flow.model')"
        " if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert shown.stdout.endswith("[] []\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke([name, "--help"]) == 0
    assert "Usage: compiler-flow " + name in capsys.readouterr().out


def test_a_misspelled_command_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["chek"]) == 2
    assert "Did you mean check?" in capsys.readouterr().err


def test_errors_are_one_line_and_exit_2(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["check", "nothing.po"]) == 2
    assert capsys.readouterr().err == "nothing.po: There is no such file. Check the spelling.\n"
    assert invoke(["status"]) == 2
    assert "not in a compiler-flow workspace" in capsys.readouterr().err


def test_a_console_that_is_not_utf8_gets_escapes_and_programs_get_utf8_json(desk: Path) -> None:
    (desk / "a.txt").write_text("第一句。第二句。\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "compiler_flow", "segment", "a.txt", "--lang", "zh"]
    text = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert b"\\u7b2c" in text.stdout
    data = subprocess.run([*command, "--format", "json"], capture_output=True, env=environment, check=True)
    assert json.loads(data.stdout.decode("utf-8")) == [["第一句。", "第二句。"]]


def test_segment_cuts_a_file_or_writes_the_rules(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "a.txt").write_text("Gen. Saar came. He left.\n\nOne more.\n", encoding="utf-8")
    assert invoke(["segment", "a.txt", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "Gen. Saar came.\nHe left.\n\nOne more.\n"
    assert invoke(["segment", "--srx", "one.srx", "--lang", "ru-RU"]) == 0
    assert invoke(["segment", "--srx", "all.srx"]) == 0
    one, every = ((desk / name).read_text(encoding="utf-8") for name in ("one.srx", "all.srx"))
    assert one.count("<languagerule ") == 2
    assert every.count("<languagerule ") > 20


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "Name the FILE"),
        (["a.txt"], "--lang"),
        (["a.txt", "--srx", "new.srx"], "name no FILE"),
        (["--srx", "a.txt"], "exists already"),
        (["--srx", "new.srx", "--lang", "xx"], "no rules of its own"),
    ],
)
def test_segment_says_what_is_missing(
    desk: Path, capsys: pytest.CaptureFixture[str], options: list[str], says: str
) -> None:
    (desk / "a.txt").write_text("Mine.", encoding="utf-8")
    assert invoke(["segment", *options]) == 2
    assert says in capsys.readouterr().err
    assert [path.name for path in desk.iterdir()] == ["a.txt"]
    assert (desk / "a.txt").read_text(encoding="utf-8") == "Mine."


def test_new_makes_a_workspace_and_an_issue(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["new", "2024-11-07", "--title", "试刊", "--number", "1"]) == 0
    assert (desk / "projects" / "2024-11-07" / "issue.toml").exists()
    assert (desk / "glossary" / "people.csv").exists()
    assert invoke(["new", "2024-11-07"]) == 2
    assert "exists already" in capsys.readouterr().err


def test_a_glossary_form_that_cannot_hold_everything_says_so(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("glossary", "projects"):
        (desk / name).mkdir()
    rows = "source,target,kind,first\nRiga,里加,place,里加（Riga）\n"
    (desk / "glossary" / "a.csv").write_text(rows, encoding="utf-8")
    for form, complete in (("tab", False), ("tbx", True), ("csv", True)):
        assert invoke(["glossary", "export", f"out.{form}"]) == 0
        said = capsys.readouterr()
        assert said.out == f"1 entries written to out.{form}\n"
        assert ("keep the original" in said.err) is not complete


@pytest.mark.parametrize(("encoding", "hint"), [("cp1252", True), ("ascii", True), ("gbk", False), ("utf-8", False)])
def test_a_console_without_chinese_says_what_to_do(desk: Path, encoding: str, hint: bool) -> None:
    (desk / "a.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "Hi."\nmsgstr "他说,好。"\n', encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "compiler_flow", "check", "a.po"]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 1
    assert (b"PYTHONUTF8=1" in done.stderr) is hint
    assert ("〖,〗".encode(encoding, "backslashreplace")) in done.stdout
