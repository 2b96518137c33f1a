"""What an editor meets on an ordinary day: commands say what is missing, what was replaced, and what to do next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compiler_flow import bilingual
from compiler_flow.cli import invoke, output
from compiler_flow.project import Workspace

ISSUE = "2024-10-31"
CUT = "am-kazan-talks"


def file_of(workspace: Workspace, article: str) -> Path:
    return workspace.projects / ISSUE / article / "zh_CN.po"


def test_status_tells_of_a_file_that_was_cut_off(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Half a file that still reads must not look like a finished article."""
    path = file_of(sample, CUT)
    text = path.read_text(encoding="utf-8")
    lost = len(bilingual.load(path).units)
    path.write_text(text[: text.index("\n\n", len(text) // 2)] + "\n", encoding="utf-8")
    lost -= len(bilingual.load(path).units)
    assert lost > 0
    assert invoke(["status", ISSUE]) == 0
    told = capsys.readouterr().err
    assert f"{CUT}: {lost} sentence" in told
    assert f"compiler-flow update {CUT}" in told


@pytest.mark.parametrize(("columns", "shown"), [(80, False), (120, True)])
def test_status_fits_the_console(
    sample: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int, shown: bool
) -> None:
    from rich.console import Console

    monkeypatch.setattr(output, "console", lambda: Console(width=columns, highlight=False))
    assert invoke(["status", ISSUE]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert ("translated" in lines[2] or "translated" in lines[1]) == shown
    assert all(word in " ".join(lines[:3]) for word in ("article", "units", "empty", "draft", "done", "signed"))
    assert max(map(len, lines)) <= columns


def test_signing_an_issue_signs_what_is_ready(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["sign", ISSUE, "--by", "赵六"]) == 1
    told = capsys.readouterr()
    assert told.out.count("signed by 赵六") == 9
    assert "pl-next-flood cannot be signed yet" in told.err
    assert "compiler-flow check uz-energy-talks" in told.err
    assert "untranslated: " not in told.err


def test_a_draft_in_the_place_of_a_final_build_says_what_is_left_of_it(
    sample: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    for unfinished in ("pl-next-flood", "uz-energy-talks"):
        shutil.rmtree(sample.projects / ISSUE / unfinished)
    assert invoke(["assemble", ISSUE, "--final", "--format", "md,html,wechat"]) == 0
    capsys.readouterr()
    assert invoke(["assemble", ISSUE]) == 0
    assert f"{ISSUE}.wechat.html" in capsys.readouterr().err
    # Told once: the manifest went with the build that it told of.
    assert invoke(["assemble", ISSUE]) == 0
    assert "final build" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", ISSUE, "-o", "report.doc"], ".html"),
        (["glossary", "export", "words.doc"], "suffix “.doc”"),
    ],
)
def test_a_name_that_says_no_form_is_refused(
    sample: Workspace, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert invoke(arguments) == 2
    assert told in capsys.readouterr().err
    assert not Path(arguments[-1]).exists()


def test_an_empty_glossary_goes_out_in_every_form(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    for file in (sample.root / "glossary").iterdir():
        file.unlink()
    for name in ("a.tbx", "a.csv", "a.xlsx"):
        assert invoke(["glossary", "export", name]) == 0, capsys.readouterr().err


def test_an_exported_memory_names_the_languages_it_leaves_out(
    sample: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["memory", "export", "en.tmx"]) == 0
    assert "ru" in capsys.readouterr().err


def test_what_may_not_be_read_is_named(
    sample: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that nobody may look into; simulated, because tests may run as a user whom nothing is forbidden."""
    real = Path.is_dir

    def forbidden(path: Path) -> bool:
        if path.name == "a.po":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "is_dir", forbidden)
    assert invoke(["check", "shut/a.po"]) == 2
    told = capsys.readouterr().err
    assert "shut" in told
    assert "a.po" in told
    assert "output" not in told


@pytest.mark.parametrize(("file", "text"), [("zh_CN.po", b"msgid \xff"), ("article.toml", b"title = ")])
def test_an_article_that_cannot_be_read_hides_no_other(
    sample: Workspace, capsys: pytest.CaptureFixture[str], file: str, text: bytes
) -> None:
    broken = sample.projects / ISSUE / CUT / file
    broken.write_bytes(text)
    misspelt = file_of(sample, "kz-corridor")
    misspelt.write_text(misspelt.read_text(encoding="utf-8").replace("哈萨克斯坦", "哈萨克斯担"), encoding="utf-8")
    assert invoke(["status", ISSUE, "--format", "json"]) == 2
    rows = {row["article"]: row for row in json.loads(capsys.readouterr().out)["articles"]}
    assert file in rows[CUT]["trouble"]
    assert len(rows) == 11
    assert all(row["units"] and not row["trouble"] for name, row in rows.items() if name != CUT)
    assert invoke(["status", ISSUE]) == 2
    told = capsys.readouterr()
    assert "kz-corridor" in told.out
    assert f"{file}" in told.err
    assert invoke(["check", ISSUE]) == 2
    told = capsys.readouterr()
    assert "term-missing" in told.out
    assert "empty-section" not in told.out
    assert f"{CUT}/{file}" in told.err
    assert invoke(["check", ISSUE, "--format", "json"]) == 2
    (unread,) = json.loads(capsys.readouterr().out)["unreadable"]
    assert f"{CUT}/{file}" in unread
    for command in (["check", CUT], ["assemble", ISSUE], ["assemble", ISSUE, "--final"]):
        assert invoke(command) == 2
        assert CUT in capsys.readouterr().err


def test_a_bad_glossary_is_told_once_and_not_of_every_article(
    sample: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    (sample.root / "glossary" / "bad.csv").write_text("nothing,known\n", encoding="utf-8")
    assert invoke(["check", ISSUE]) == 2
    assert capsys.readouterr().err.count("bad.csv") == 1


@pytest.mark.parametrize("kept", ["zh_CN.po", "source.md"])
def test_a_folder_that_lost_its_metadata_does_not_vanish(
    sample: Workspace, capsys: pytest.CaptureFixture[str], kept: str
) -> None:
    lost = sample.projects / ISSUE / CUT
    for file in lost.iterdir():
        if file.name != kept:
            file.unlink()
    assert invoke(["status", ISSUE]) == 0
    told = capsys.readouterr().err
    assert CUT in told
    assert "article.toml" in told
    assert invoke(["check", ISSUE]) == 2
    assert CUT in capsys.readouterr().err
    assert invoke(["assemble", ISSUE]) == 0
    assert CUT in capsys.readouterr().err
    assert invoke(["assemble", ISSUE, "--final"]) == 1
    assert f"{CUT}: This folder" in capsys.readouterr().err
