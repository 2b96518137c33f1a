"""Files go out and come back: what they changed comes in, what both changed is shown, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from compiler_flow import bilingual, project
from compiler_flow.cli import invoke
from compiler_flow.model import Catalog, State
from compiler_flow.project import Workspace

ARTICLE = "pl-next-flood"
SIGNED = "ee-british-brigade"


def mine(workspace: Workspace, article: str = ARTICLE) -> Catalog:
    return bilingual.load(workspace.projects / "2024-10-31" / article / "zh_CN.po")


def change(path: Path, **targets: str) -> None:
    """Write translations into a file as a translator would; keys are ``u`` and the unit's position."""
    catalog = bilingual.load(path)
    units = list(catalog.units)
    for key, text in targets.items():
        number = int(key[1:])
        units[number] = replace(units[number], target=text, fuzzy=False, origin=None)
    bilingual.save(replace(catalog, units=tuple(units)), path)


@pytest.mark.parametrize("kind", ["po", "xliff", "xliff12"])
def test_what_a_translator_wrote_comes_in(sample: Workspace, kind: str) -> None:
    out = Path(f"returned{'.po' if kind == 'po' else '.xlf'}")
    assert invoke(["export", ARTICLE, "--to", kind, "-o", str(out)]) == 0
    before = mine(sample)
    # One that was translated before, one that was empty; here somebody else fills another one meanwhile.
    change(out, u4="今年9月，风暴“鲍里斯”给波兰西南部带来半年雨量。", u8="上月波兰有6500人因洪水疏散。")
    change(Path(before.path), u9="波兰政府上周批准了水资源发展计划。")
    assert invoke(["merge", str(out)]) == 0
    after = mine(sample)
    assert after.units[4].target == "今年9月，风暴“鲍里斯”给波兰西南部带来半年雨量。"
    assert after.units[8].target == "上月波兰有6500人因洪水疏散。"
    assert after.units[8].state is State.TRANSLATED
    assert after.units[9].target == "波兰政府上周批准了水资源发展计划。"
    untouched = [number for number in range(len(before.units)) if number not in {4, 8, 9}]
    assert [after.units[number] for number in untouched] == [before.units[number] for number in untouched]


def test_what_both_changed_is_kept_side_by_side(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["export", ARTICLE, "-o", "returned.po"]) == 0
    change(Path("returned.po"), u8="他们的译文。")
    change(Path(mine(sample).path), u8="我们的译文。")
    assert invoke(["merge", "returned.po"]) == 1
    shown = capsys.readouterr()
    assert "我们的译文。" in shown.out
    assert "他们的译文。" in shown.out
    unit = mine(sample).units[8]
    assert unit.target == "我们的译文。"
    assert any("他们的译文。" in line for line in unit.comments)


def test_a_conflict_stands_in_the_way_until_a_person_deletes_its_comment(
    sample: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    number = next(at for at, unit in enumerate(mine(sample, SIGNED).units) if unit.state is State.TRANSLATED)
    assert invoke(["export", SIGNED, "-o", "returned.po"]) == 0
    ours = mine(sample, SIGNED).units[number].target
    change(Path("returned.po"), **{f"u{number}": f"{ours}又及。"})
    change(Path(mine(sample, SIGNED).path), **{f"u{number}": f"{ours}另及。"})
    assert invoke(["merge", "returned.po"]) == 1
    capsys.readouterr()
    path = mine(sample, SIGNED).path
    assert invoke(["check", "--only", "merge-conflict", path]) == 1
    assert f"{ours}又及。" in capsys.readouterr().out
    assert invoke(["sign", SIGNED, "--by", "王五"]) == 1
    assert "merge-conflict" in capsys.readouterr().err
    assert invoke(["assemble", "2024-10-31", "--final"]) == 1
    assert "merge-conflict" in capsys.readouterr().err
    settled = [replace(unit, comments=()) for unit in mine(sample, SIGNED).units]
    bilingual.save(replace(mine(sample, SIGNED), units=tuple(settled)), Path(path))
    assert invoke(["check", "--only", "merge-conflict", path]) == 0
    written = Path(mine(sample).path).read_bytes()
    invoke(["merge", "returned.po"])
    assert Path(mine(sample).path).read_bytes() == written


def test_a_file_of_another_article_changes_nothing(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["export", "kp-air-drills", "-o", "other.po"]) == 0
    before = Path(mine(sample).path).read_bytes()
    assert invoke(["merge", "other.po", "--article", ARTICLE]) == 2
    assert "another article" in capsys.readouterr().err
    assert Path(mine(sample).path).read_bytes() == before


def test_an_export_never_writes_over_a_file(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    Path("back.po").write_text("somebody's work", encoding="utf-8")
    assert invoke(["export", ARTICLE, "-o", "back.po"]) == 2
    assert "back.po" in capsys.readouterr().err
    assert Path("back.po").read_text(encoding="utf-8") == "somebody's work"


def test_an_article_that_cannot_be_exported_keeps_no_other_waiting(
    sample: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = Path(mine(sample).path)
    broken.write_text('msgid "cut', encoding="utf-8")
    assert invoke(["export", "2024-10-31"]) == 2
    told = capsys.readouterr()
    assert f"{broken.name}:1" in told.err
    others = {folder.name for folder in project.articles(sample.issues()[0])} - {ARTICLE}
    assert {path.stem for path in Path().glob("*.po")} == others
    assert len(told.out.splitlines()) == len(others) > 1


def test_an_omegat_project_has_drafts_as_matches_and_the_glossary(sample: Workspace) -> None:
    assert invoke(["export", ARTICLE, "--to", "omegat"]) == 0
    project = Path(f"{ARTICLE}.omegat")
    source = bilingual.load(project / "source" / f"{ARTICLE}.po")
    assert not any(unit.state is State.DRAFT for unit in source.units)
    assert "很多的钱是打算给水坝" in (project / "tm" / "drafts.tmx").read_text(encoding="utf-8")
    assert "Poland\t波兰" in (project / "glossary" / "glossary.txt").read_text(encoding="utf-8")


def test_an_omegat_project_is_merged_by_its_folder(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["export", ARTICLE, "--to", "omegat"]) == 0
    folder = Path(f"{ARTICLE}.omegat")
    capsys.readouterr()
    assert invoke(["merge", str(folder)]) == 2
    assert "Create Translated Documents" in capsys.readouterr().err
    made = folder / "target" / f"{ARTICLE}.po"
    made.write_bytes((folder / "source" / f"{ARTICLE}.po").read_bytes())
    change(made, u8="上月波兰有6500人因洪水疏散。")
    assert invoke(["merge", str(folder)]) == 0
    assert mine(sample).units[8].target == "上月波兰有6500人因洪水疏散。"
    made.with_name("second.po").write_bytes(made.read_bytes())
    assert invoke(["merge", str(folder)]) == 2
    assert "second.po" in capsys.readouterr().err
    assert invoke(["merge", str(folder / "target")]) == 2
    assert "This is a folder" in capsys.readouterr().err


def test_an_omegat_project_has_the_rules_of_its_language(sample: Workspace) -> None:
    assert invoke(["export", ARTICLE, "--to", "omegat"]) == 0
    for name in ("segmentation.conf", "segmentation.srx"):
        rules = (Path(f"{ARTICLE}.omegat") / "omegat" / name).read_text(encoding="utf-8")
        assert "[Ee][Nn]" in rules
        assert "Messrs" in rules
        assert "[Rr][Uu]" not in rules


def test_the_last_translator_is_suggested_for_the_credits(
    sample: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(mine(sample).path)
    text = path.read_text(encoding="utf-8")
    assert '"X-Compiler: 李四\\n"' in text
    path.write_text(
        text.replace('"Last-Translator: \\n"', '"Last-Translator: 赵六 <zhao@example.org>\\n"'), encoding="utf-8"
    )
    assert invoke(["status"]) == 0
    assert "赵六 translated last" in capsys.readouterr().err
