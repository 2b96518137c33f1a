"""The reviewer's desk: edits reach the file, nothing of others is lost, findings follow the files."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from compiler_flow import bilingual, checks, i18n
from compiler_flow.bilingual.edit import Clash, Edit, mark
from compiler_flow.errors import CompilerFlowError, GateClosedError, UsageError
from compiler_flow.flow import checking, editing, history, previewing, proposing, terminology
from compiler_flow.flow.desk import Desk
from compiler_flow.model import Catalog, State, Term, TermKind, Unit
from compiler_flow.project import Workspace

ARTICLE = "pl-next-flood"
AT = dt.datetime(2024, 10, 31, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def desk(sample: Workspace) -> Desk:
    return Desk(sample, sample.issues()[0])


def catalog(desk: Desk, name: str = ARTICLE) -> Catalog:
    return bilingual.load(desk.article_folder(name) / "zh_CN.po")


def poedit(desk: Desk, unit: str, text: str) -> None:
    """Somebody saves another text in another program."""
    there = catalog(desk)
    units = tuple(replace(one, target=text, fuzzy=False) if one.id == unit else one for one in there.units)
    bilingual.save(replace(there, units=units), Path(there.path))


def change(unit: Unit, target: str | None = None, fuzzy: bool | None = None) -> Edit:
    return Edit(unit.id, mark(unit), target, fuzzy)


def test_an_edit_is_on_disk_with_its_author_and_nothing_else_changed(desk: Desk) -> None:
    before = catalog(desk)
    unit = next(one for one in before.units if one.state is State.EMPTY)
    assert desk.edit(ARTICLE, change(unit, "上月波兰有6500人因洪水疏散。"), by="王五", at=AT) is None
    after = catalog(desk)
    assert [one for one in after.units if one.id != unit.id] == [one for one in before.units if one.id != unit.id]
    assert next(one for one in after.units if one.id == unit.id).state is State.TRANSLATED
    headers = dict(after.headers)
    assert headers["Last-Translator"] == "王五"
    assert headers["PO-Revision-Date"] == "2024-10-31 09:00+0000"


def test_typing_accepts_a_draft_and_accepting_forgets_the_previous_source() -> None:
    draft = Unit("u", "New text.", "旧文。", fuzzy=True, previous="Old text.")
    there = Catalog("a", "en", units=(draft,))
    for edited in (change(draft, "新文。"), change(draft, fuzzy=False)):
        made = bilingual.edit.edit(there, edited)
        assert isinstance(made, Catalog)
        assert made.units[0].state is State.TRANSLATED
        assert made.units[0].previous == ""
    emptied = bilingual.edit.edit(there, change(draft, "  ", fuzzy=True))
    assert isinstance(emptied, Catalog)
    assert emptied.units[0].state is State.EMPTY


def test_what_others_saved_meanwhile_stays(desk: Desk) -> None:
    """Another unit: both are kept. The same unit: nothing is written, and both texts are there to choose from."""
    first, second = [one for one in catalog(desk).units if one.state is State.EMPTY][:2]
    poedit(desk, second.id, "别人的译文。")
    assert desk.edit(ARTICLE, change(first, "我的译文。"), by="", at=AT) is None
    texts = {one.id: one.target for one in catalog(desk).units}
    assert (texts[first.id], texts[second.id]) == ("我的译文。", "别人的译文。")
    clash = desk.edit(ARTICLE, change(second, "我的另一句。"), by="", at=AT)
    assert isinstance(clash, Clash)
    assert clash.now is not None
    assert (clash.now.target, clash.mine) == ("别人的译文。", "我的另一句。")
    assert {one.id: one.target for one in catalog(desk).units} == texts


def test_the_same_change_twice_is_one(desk: Desk) -> None:
    unit = next(one for one in catalog(desk).units if one.state is State.EMPTY)
    for _time in range(2):
        assert desk.edit(ARTICLE, change(unit, "同一句。"), by="", at=AT) is None


def test_a_unit_that_went_hands_the_text_back(desk: Desk) -> None:
    clash = desk.edit(ARTICLE, Edit("0000000000", "", "写好的译文。"), by="", at=AT)
    assert clash == Clash("0000000000", None, "写好的译文。")


def test_two_people_at_once_lose_nothing(desk: Desk) -> None:
    """Two desks, as two processes have them, edit one file at the same time."""
    units = [one for one in catalog(desk).units if one.state is State.EMPTY]
    other = Desk(desk.workspace, desk.folder)
    failures: list[object] = []

    def work(mine: Desk, todo: list[Unit], text: str) -> None:
        for unit in todo:
            if (clash := mine.edit(ARTICLE, change(unit, f"{text}{unit.id}。"), by=text, at=AT)) is not None:
                failures.append(clash)

    threads = [
        threading.Thread(target=work, args=(desk, units[::2], "甲")),
        threading.Thread(target=work, args=(other, units[1::2], "乙")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    texts = {one.id: one.target for one in catalog(desk).units}
    assert all(texts[unit.id] in (f"甲{unit.id}。", f"乙{unit.id}。") for unit in units)


@pytest.mark.parametrize("command", [("update",), ("prefill", "--engine", "none")])
def test_edits_while_a_command_works_on_the_article_are_all_there(desk: Desk, command: tuple[str, ...]) -> None:
    """The command may find the file changed and say so; nobody's text goes."""
    name = "uz-energy-talks"
    folder = desk.article_folder(name)
    program = [sys.executable, "-m", "compiler_flow", *command, str(folder)]
    running = subprocess.Popen(program, cwd=desk.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    texts: dict[str, str] = {}
    number = 0
    while running.poll() is None or number < 20:
        number += 1
        unit = catalog(desk, name).units[number % 10]
        if desk.edit(name, change(unit, f"第{number}句。"), by="王五", at=AT) is None:
            texts[unit.id] = f"第{number}句。"
    _output, errors = running.communicate()
    assert running.returncode == 0 or "changed by somebody else" in errors
    assert {one.id: one.target for one in catalog(desk, name).units if one.id in texts} == texts


def test_findings_are_those_of_the_check_command_after_any_change(desk: Desk) -> None:
    for text in ("佩夫库尔签署30亿美元协议。", "一句译文（没有收尾", ""):
        unit = catalog(desk).units[8]
        assert desk.edit(ARTICLE, change(unit, text), by="", at=AT) is None
        sheet = desk.sheet(ARTICLE)
        whole = checks.run(sheet.catalog, sheet.context)
        assert desk.findings(ARTICLE) == tuple(whole)
        told = checking.check([desk.article_folder(ARTICLE)]).findings
        assert [(one.check, one.unit, one.line) for one in desk.findings(ARTICLE)] == [
            (one.check, one.unit, one.line) for one in told
        ]


def test_findings_are_told_in_the_language_of_who_asks(desk: Desk) -> None:
    english = {found.message for found in desk.findings(ARTICLE)}
    with i18n.speaking("zh_CN"):
        chinese = {found.message for found in desk.findings(ARTICLE)}
    assert english.isdisjoint(chinese)
    assert {found.message for found in desk.findings(ARTICLE)} == english


def test_a_new_glossary_entry_counts_at_once(desk: Desk) -> None:
    unit = next(one for one in catalog(desk).units if "Poland" in one.source and one.state is State.TRANSLATED)
    word = next(word for word in unit.source.split() if word.islower() and len(word) > 5)
    assert desk.findings(ARTICLE) is not None
    path = terminology.add(desk.workspace, Term(word, "一个新译名", TermKind.OTHER))
    assert path.name == "terms.csv"
    assert any("一个新译名" in found.message for found in desk.findings(ARTICLE))


def test_an_entry_goes_into_the_file_of_its_kind_and_leaves_the_rest_alone(desk: Desk) -> None:
    people = desk.root / "glossary" / "people.csv"
    before = people.read_bytes()
    assert terminology.add(desk.workspace, Term("Jānis Ozols", "亚尼斯·奥佐尔斯", TermKind.PERSON)) == people
    assert people.read_bytes().startswith(before)
    assert people.read_bytes()[len(before) :].decode() == "Jānis Ozols,亚尼斯·奥佐尔斯,person,,,,,,\n"
    with pytest.raises(UsageError, match=r"people\.csv:\d+"):
        terminology.add(desk.workspace, Term("Jānis Ozols", "雅尼斯·奥佐尔斯", TermKind.PERSON))
    with pytest.raises(UsageError):
        terminology.add(desk.workspace, Term(" ", "无", TermKind.PERSON))


def test_a_waiver_is_a_comment_with_a_reason(desk: Desk) -> None:
    unit = catalog(desk).units[8]
    assert desk.edit(ARTICLE, change(unit, "他们疏散了9999人。"), by="", at=AT) is None
    found = next(one for one in desk.findings(ARTICLE) if one.unit == unit.id and one.check == "number")
    line = editing.waive(found.check, "  原文\n如此 ")
    assert line == ("免检 number: 原文 如此",)
    waiving = Edit(unit.id, "", comments=lambda there: (*there, *line))
    assert desk.edit(ARTICLE, waiving, by="", at=AT) is None
    assert next(one for one in desk.findings(ARTICLE) if one.check == "number").waived == "原文 如此"
    back = Edit(unit.id, "", comments=lambda there: editing.unwaived(there, "number"))
    assert desk.edit(ARTICLE, back, by="", at=AT) is None
    assert not any(one.waived for one in desk.findings(ARTICLE))
    for check, reason in (("number", " "), ("no-such-check", "因为")):
        with pytest.raises(UsageError):
            editing.waive(check, reason)


def test_taking_one_waiver_of_a_line_back_leaves_the_other() -> None:
    lines = ("免检 number、term-missing: 改写", "别的话")
    assert editing.unwaived(lines, "number") == ("免检 term-missing: 改写", "别的话")


def test_signing_says_what_is_in_the_way(desk: Desk) -> None:
    with pytest.raises(GateClosedError) as refused:
        desk.sign(ARTICLE, by="王五", role="reviewer", at=AT)
    assert any("untranslated" in reason for reason in refused.value.reasons)
    assert any(line.startswith(ARTICLE) for line in desk.obstacles())


def test_an_article_that_cannot_be_read_is_told_and_hides_no_other(desk: Desk) -> None:
    Path(catalog(desk).path).write_bytes(b"msgid \xff broken")
    unreadable = [name for name, sheet in desk.sheets() if isinstance(sheet, CompilerFlowError)]
    assert unreadable == [ARTICLE]
    assert any("zh_CN.po" in line for line in desk.obstacles())


@pytest.mark.parametrize("name", ["..", "../2024-10-31", "no-such", "", "/etc", "pl-next-flood/../uz-energy-talks"])
def test_only_articles_of_the_issue_are_found(desk: Desk, name: str) -> None:
    with pytest.raises(UsageError):
        desk.article_folder(name)


def test_a_preview_writes_nothing(desk: Desk) -> None:
    for form in previewing.forms():
        page = previewing.as_page(previewing.render_number(desk.workspace, desk.folder, form))
        assert page.data
        assert page.media_type.startswith(("text/", "application/pdf"))
    assert not (desk.folder / "out").exists()


def test_proposals_of_memory_and_engine(desk: Desk) -> None:
    done = next(one for one in catalog(desk, "uz-energy-talks").units if one.source.endswith("."))
    found = proposing.propose(
        desk.workspace, desk.terms, catalog(desk, "uz-energy-talks"), done.id, "2024-10-31/uz-energy-talks"
    )
    assert found.draft
    assert found.draft_by.startswith("argos")
    assert found.trouble == ()


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_the_history_of_a_unit_and_of_the_week(desk: Desk) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=李四", "-c", "user.email=li@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(desk.root), *identity, *arguments], check=True, capture_output=True)

    assert history.head(desk.workspace) == ""
    assert history.week(desk.workspace, desk.folder, dt.date.today()) == ()
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    unit = next(one for one in catalog(desk).units if one.state is State.EMPTY)
    assert desk.edit(ARTICLE, change(unit, "译文一。"), by="", at=AT) is None
    git("commit", "-qam", "second")
    versions = history.of_unit(desk.workspace, desk.article_folder(ARTICLE), unit.id)
    assert [(one.by, one.unit.target) for one in versions] == [("李四", "译文一。"), ("李四", "")]
    (today,) = history.week(desk.workspace, desk.folder, dt.datetime.now().date())
    assert today.total > today.done > 100
    assert history.head(desk.workspace)
