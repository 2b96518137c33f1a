from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from memory_parts import protected

from compiler_flow import bilingual, project
from compiler_flow.cli import invoke
from compiler_flow.errors import FileError, FormatError
from compiler_flow.flow import remembering
from compiler_flow.memory import Entry, tmx
from compiler_flow.project import Workspace

SENTENCE = "In the past few years the government in Astana has begun to describe the same map as an asset."
RENDERING = "近几年来，阿斯塔纳的决策者开始把同一张地图说成一笔财富。"


def feature(workspace: Workspace) -> Path:
    return project.catalog_path(workspace.issues()[0] / "kz-corridor", workspace.target_language)


def rewrite(file: Path, target: str, *, fuzzy: bool = False) -> None:
    """What a translator does to the sentence above."""
    loaded = bilingual.load(file)
    units = tuple(
        replace(unit, target=target, fuzzy=fuzzy) if unit.source == SENTENCE else unit for unit in loaded.units
    )
    bilingual.save(replace(loaded, units=units), file)


def found(workspace: Workspace) -> list[str]:
    with remembering.level(workspace) as memory:
        return [match.target for match in memory.lookup(SENTENCE, "en", "zh-CN")]


def test_the_memory_is_level_with_the_articles(sample: Workspace) -> None:
    assert found(sample) == [RENDERING]
    (match,) = remembering.search(sample, "同一张地图")
    assert (match.article, match.by) == ("2024-10-31/kz-corridor", "张三、李四")
    rewrite(feature(sample), "改。")
    assert found(sample) == ["改。"]
    rewrite(feature(sample), "改。", fuzzy=True)
    assert found(sample) == []


def test_a_file_put_back_with_its_old_time_is_noticed(sample: Workspace) -> None:
    file = feature(sample)
    os.utime(file, (1_600_000_000, 1_600_000_000))
    old = file.read_bytes()
    assert found(sample) == [RENDERING]
    rewrite(file, "改。")
    assert found(sample) == ["改。"]
    file.write_bytes(old)
    os.utime(file, (1_600_000_000, 1_600_000_000))
    assert found(sample) == [RENDERING]


def test_an_article_that_is_gone_is_forgotten(sample: Workspace) -> None:
    assert found(sample) == [RENDERING]
    shutil.move(feature(sample).parent, sample.root / "kz-corridor")
    assert found(sample) == []
    assert remembering.search(sample, "同一张地图") == ()


def test_what_did_not_change_is_not_read_again(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in sample.projects.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    assert found(sample) == [RENDERING]
    monkeypatch.setattr(bilingual, "load", lambda file: pytest.fail(f"{file} was read"))
    assert found(sample) == [RENDERING]


def test_rebuilding_keeps_imports_and_mends_a_torn_file(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    path = sample.root / "other.tmx"
    tmx.write(path, [Entry("A word.", "一句话。", by="li")], "en", "zh-CN")
    assert invoke(["memory", "import", str(path)]) == 0
    assert invoke(["memory", "rebuild"]) == 0
    assert [match.by for match in remembering.search(sample, "一句话")] == ["li"]
    data = sample.memory.read_bytes()
    sample.memory.write_bytes(data[: len(data) // 2])
    capsys.readouterr()
    assert invoke(["memory", "search", "word"]) == 2
    told = capsys.readouterr().err
    assert "memory is damaged" in told
    assert "compiler-flow memory rebuild" in told
    assert invoke(["memory", "rebuild"]) == 0
    assert "memory.sqlite.damaged" in capsys.readouterr().err
    assert found(sample) == [RENDERING]


def test_rebuilding_names_what_cannot_be_read(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    feature(sample).write_text('msgid "cut', encoding="utf-8")
    assert invoke(["memory", "rebuild"]) == 0
    assert f"{feature(sample).name}:1" in capsys.readouterr().err
    assert remembering.search(sample, "同一张地图") == ()


def test_what_is_exported_comes_back(sample: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "all.tmx"
    number = remembering.export_tmx(sample, path, "en")
    assert number > 50
    assert remembering.import_tmx(sample, path, "en") == number
    with pytest.raises(FileError, match=r"en → zh|ru → zh"):
        remembering.import_tmx(sample, path, "ru")
    # The articles are here: their own words are not kept a second time.
    assert remembering.stats(sample).imported == 0
    elsewhere = project.create_workspace(tmp_path / "elsewhere")
    assert remembering.import_tmx(elsewhere, path, "en") == number
    assert {match.by for match in remembering.search(elsewhere, "同一张地图")} == {"张三、李四"}
    with remembering.level(elsewhere) as memory:
        units = bilingual.load(feature(sample)).units
        at = next(index for index, unit in enumerate(units) if unit.source == SENTENCE)
        around = {"previous": units[at - 1].source, "next": units[at + 1].source}
        assert memory.lookup(SENTENCE, "en", "zh-CN", **around)[0].score == 101


@pytest.mark.skipif(os.name != "posix", reason="modes of files are a matter of POSIX")
def test_an_export_is_as_open_as_other_files(sample: Workspace, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        remembering.export_tmx(sample, tmp_path / "all.tmx", "en")
    finally:
        os.umask(before)
    assert (tmp_path / "all.tmx").stat().st_mode & 0o777 == 0o640


_ASK = "import sys; from compiler_flow.__main__ import main; sys.argv[0] = 'compiler-flow'; main()"


@pytest.mark.skipif(os.name != "posix", reason="folders that may not be written are a matter of POSIX here")
@pytest.mark.parametrize("state", ["level", "behind", "none"])
def test_search_and_stats_write_nothing_where_they_may_not(sample: Workspace, tmp_path: Path, state: str) -> None:
    if state != "none":
        remembering.stats(sample)
    if state == "behind":
        rewrite(feature(sample), "改。")
    shutil.rmtree(sample.root / ".models")
    environment = {**os.environ, "HOME": str(tmp_path / "home"), "PYTHONDONTWRITEBYTECODE": "1"}
    with protected(sample.root) as limited:
        before = sorted(path for path in sample.root.rglob("*"))
        for command in (["stats"], ["search", "同一张地图"]):
            done = subprocess.run(
                [*limited, sys.executable, "-c", _ASK, "memory", *command],
                capture_output=True, text=True, encoding="utf-8", cwd=sample.root, env=environment,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            assert ("changed in 1 of the articles" in done.stderr) is (state == "behind")
        assert RENDERING in done.stdout
        assert sorted(path for path in sample.root.rglob("*")) == before


def test_the_address_of_a_team_is_no_free_text(sample: Workspace) -> None:
    settings = sample.root / project.SETTINGS_FILE
    settings.write_text('[memory]\nurl = "mysql://li:geheim@host/db"\n', encoding="utf-8")
    with pytest.raises(FormatError, match=r"compiler-flow.toml:2: url must be.*postgresql://") as caught:
        remembering.stats(project.open_workspace(sample.root))
    assert "geheim" not in str(caught.value)
