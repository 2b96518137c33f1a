"""Which language our messages come in, on every system, with and without a compiled catalogue."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import polib
import pytest

from compiler_flow import i18n
from compiler_flow.errors import UsageError
from compiler_flow.flow import reporting

ROOT = Path(__file__).parent.parent
VARIABLES = (i18n.OVERRIDE, "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No language set, and nothing remembered of one."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for cached in (i18n._own, i18n._read, i18n._root):
        cached.cache_clear()


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, ""),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.GB18030@stroke"}, "zh_CN"),
        ({"LANG": "zh_SG.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_TW.UTF-8"}, ""),
        ({"LANG": "zh_Hant_HK"}, ""),
        ({"LANG": "en_US.UTF-8"}, ""),
        ({"LANG": "lt_LT.UTF-8"}, ""),
        ({"LANG": "C"}, ""),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, ""),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}, "zh_CN"),
        ({"LANGUAGE": "zh_CN:en", "LANG": "en_US.UTF-8"}, "zh_CN"),
        ({"LANGUAGE": "lt:zh", "LANG": "lt_LT.UTF-8"}, "zh_CN"),
        ({"LANGUAGE": "en_GB:zh_CN", "LANG": "en_GB.UTF-8"}, ""),
        ({"LANGUAGE": "zh_CN", "LANG": "C"}, ""),
        ({i18n.OVERRIDE: "zh-CN", "LANG": "C"}, "zh_CN"),
        ({i18n.OVERRIDE: "zh-Hans-CN"}, "zh_CN"),
        ({i18n.OVERRIDE: "en", "LANGUAGE": "zh_CN", "LC_ALL": "zh_CN.UTF-8"}, ""),
        ({i18n.OVERRIDE: "../../../etc"}, ""),
    ],
)
def test_the_language_follows_the_environment(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert i18n.language() == language


@pytest.mark.parametrize(("desktop", "language"), [(0x0804, "zh_CN"), (0x0404, ""), (0x0409, ""), (0xFFFF, "")])
def test_windows_without_variables_speaks_the_desktops_language(
    desktop: int, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = SimpleNamespace(kernel32=SimpleNamespace(GetUserDefaultUILanguage=lambda: desktop))
    monkeypatch.setattr(ctypes, "windll", system, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert i18n.language() == language
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert i18n.language() == ""


def test_messages_come_in_chinese_with_their_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert i18n.gettext("There is no issue called {name}.") == "没有名为 {name} 的一期。"
    assert i18n.ngettext("{n} unit", "{n} units", 2) == "{n}个单元"
    assert i18n.pgettext("role", "compiler") == "编译"
    assert i18n.gettext("No catalogue has this.") == "No catalogue has this."


def test_a_hint_follows_a_chinese_sentence_without_a_space() -> None:
    assert str(UsageError("没有这个文件。", hint="请核对拼写。")) == "没有这个文件。请核对拼写。"
    assert str(UsageError("No file.", hint="Look.")) == "No file. Look."


def test_checks_explain_themselves_in_chinese_and_their_page_stays_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    (rule,) = reporting.rules(["untranslated"])
    assert rule.summary == "单元既没有译文，也没有取舍的标记。"
    assert rule.explanation.startswith("每个单元都要有译文")
    assert "A unit has neither a translation nor a decision." in reporting.page_of_checks()
    with pytest.raises(UsageError, match="没有名为 nunber 的检查。是不是 number？"):
        reporting.rules(["nunber"])


def test_a_compiled_catalogue_is_read_unless_it_is_older_than_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    written, compiled = folder / "compiler_flow.po", folder / "compiler_flow.mo"
    shutil.copy(i18n.LOCALE_DIR / "zh_CN" / "LC_MESSAGES" / "compiler_flow.po", written)
    other = polib.pofile(str(written))
    other.find("Stopped.").msgstr = "编译好的"
    other.save_as_mofile(str(compiled))
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")

    os.utime(written, (1000, 1000))
    assert i18n.gettext("Stopped.") == "编译好的"
    _forget()
    os.utime(compiled, (900, 900))
    assert i18n.gettext("Stopped.") == "已中止。"
    _forget()
    written.unlink()
    assert i18n.gettext("Stopped.") == "编译好的"


def _command(*arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    return subprocess.run(
        [sys.executable, "-m", "compiler_flow", *arguments],
        cwd=folder,
        env={**kept, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT / "src"), **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_command_line_speaks_chinese(tmp_path: Path) -> None:
    shown = _command("--help", folder=tmp_path, LANG="zh_CN.UTF-8").stdout
    for words in ("用法： compiler-flow", "选项", "命令", "显示这些说明并退出。", "按术语表、数字和本刊规则检查译文。"):
        assert words in shown
    assert "number" not in shown  # the sentence that says what the whole is for
    wrong = _command("check", "--format", "x", folder=tmp_path, LANG="zh_CN.UTF-8")
    assert wrong.returncode == 2
    assert "输入 'compiler-flow check --help' 查看帮助。" in wrong.stderr
    assert "错误：'--format' 的值无效：'x' 不是下列之一" in wrong.stderr
    missing = _command("check", "nothing.po", folder=tmp_path, LANG="zh_CN.UTF-8")
    assert missing.stderr == "nothing.po: 没有这个文件。请核对拼写。\n"


def test_findings_are_told_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(
        'msgid ""\nmsgstr "Language: zh_CN\\n"\n\nmsgid "He met 14 ministers."\nmsgstr "他会见了4名部长。"\n\n'
        'msgid "The end."\nmsgstr ""\n',
        encoding="utf-8",
    )
    found = _command("check", "a.po", folder=tmp_path, LANG="zh_CN.UTF-8")
    assert found.returncode == 1
    assert "错误 number 原文是“14”，译文是“4”。" in found.stdout
    assert "1个单元没有翻译，所在行：" in found.stdout
    assert "检查了2个单元：错误2处" in found.stdout


def test_the_command_line_speaks_english_where_that_is_wanted(tmp_path: Path) -> None:
    for variables in ({"LANG": "C"}, {"LANG": "zh_CN.UTF-8", i18n.OVERRIDE: "en"}):
        assert _command("--help", folder=tmp_path, **variables).stdout.startswith("Usage: compiler-flow")


def test_a_server_speaks_to_each_in_their_language() -> None:
    """What one context hears another does not, and the process keeps its own language."""
    text = "Show how far the articles of ISSUE are."
    with i18n.speaking("zh_CN"):
        chinese = i18n.gettext(text)
        assert i18n.language() == "zh_CN"
        with i18n.speaking(""):
            assert i18n.gettext(text) == text
        assert i18n.gettext(text) == chinese
    assert chinese != text
    assert i18n.gettext(text) == text


def test_the_first_language_of_a_list_that_we_have() -> None:
    assert i18n.first_of(["lv", "zh-Hans-CN", "en"]) == "zh_CN"
    assert i18n.first_of(["en-GB", "zh-CN"]) == ""
