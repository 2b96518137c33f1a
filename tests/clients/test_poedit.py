"""A translator opens our file in Poedit: only what the person did comes back changed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import client_samples
import poedit_driver
import pytest
from poedit_driver import Desktop, Poedit

from compiler_flow import bilingual, checks
from compiler_flow.bilingual import po
from compiler_flow.model import Catalog, CheckContext, Unit

pytestmark = pytest.mark.clients(*poedit_driver.PROGRAMS)

_DATE = re.compile(r'(?<="PO-Revision-Date: )\d{4}-\d\d-\d\d \d\d:\d\d[+-]\d{4}(?=\\n")')
_OWNED = {"PO-Revision-Date", "Last-Translator", "X-Generator"}


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with Desktop(tmp_path / "home") as screen:
        screen.settings()
        yield screen


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "baltic-ministers" / "zh_CN.po"
    bilingual.save(client_samples.catalog(), path)
    return path


def _stamped(old: str, new: str) -> str:
    """``old`` with the header lines that Poedit owns as they stand in ``new``; the date must be one."""
    date = _DATE.search(new)
    assert date is not None
    assert date[0] != "2024-10-30 10:30+0800"
    return _replaced(_DATE.sub(date[0], old), '"X-Generator: compiler-flow\\n"', '"X-Generator: Poedit 3.2.2\\n"')


def _replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
    return text.replace(old, new)


def _edited(catalog: Catalog, changes: dict[str, dict[str, object]]) -> Catalog:
    """``catalog`` with changes to the units that have these translations, without the headers Poedit owns."""
    assert changes.keys() <= {unit.target for unit in catalog.units}

    def edit(unit: Unit) -> Unit:
        return dataclasses.replace(unit, **changes.get(unit.target, {}))  # type: ignore[arg-type]

    return dataclasses.replace(_unowned(catalog), units=tuple(map(edit, catalog.units)))


def _unowned(catalog: Catalog) -> Catalog:
    return dataclasses.replace(catalog, headers=tuple(pair for pair in catalog.headers if pair[0] not in _OWNED))


def test_an_edit_a_toggle_and_a_comment_change_their_own_lines_and_no_others(desktop: Desktop, path: Path) -> None:
    old, before = path.read_text(encoding="utf-8"), bilingual.load(path)

    poedit = Poedit(desktop, path, client_samples.TITLE)
    poedit.paste("，签署《路线图》")
    poedit.type(" (2024)")
    poedit.expect(client_samples.TITLE + "，签署《路线图》 (2024)")
    poedit.go_to(client_samples.DONE)
    poedit.toggle_needs_work()
    poedit.go_to("列表项")
    poedit.comment("请核对：\n原文第八段")
    poedit.save()
    poedit.quit()

    new = path.read_bytes().decode()
    expected = _stamped(old, new)
    expected = _replaced(expected, f'"{client_samples.TITLE}"', f'"{client_samples.TITLE}，签署《路线图》 (2024)"')
    done = next(unit for unit in before.units if unit.target == client_samples.DONE)
    expected = _replaced(expected, f'msgctxt "{done.id}"', f'#, fuzzy\nmsgctxt "{done.id}"')
    expected = _replaced(expected, "#. 位置：列表项 ¶8 1 -\n", "# 请核对：\n# 原文第八段\n#. 位置：列表项 ¶8 1 -\n")
    assert new == expected
    assert _unowned(bilingual.load(path)) == _edited(
        before,
        {
            client_samples.TITLE: {"target": client_samples.TITLE + "，签署《路线图》 (2024)"},
            client_samples.DONE: {"fuzzy": True},
            "列表项": {"comments": ("请核对：", "原文第八段")},
        },
    )
    assert po.serialize(bilingual.load(path)) == path.read_bytes()


def test_a_finding_is_waived_by_what_a_person_types_into_the_comment(desktop: Desktop, path: Path) -> None:
    poedit = Poedit(desktop, path, client_samples.TITLE)
    poedit.go_to("列表项")
    poedit.replace("An item of a list")
    poedit.comment("免检 same-as-source: 编辑部决定保留\n免检 number")
    poedit.save()
    poedit.quit()

    (unit,) = (unit for unit in bilingual.load(path).units if unit.target == "An item of a list")
    assert unit.comments == ("免检 same-as-source: 编辑部决定保留", "免检 number")
    found = checks.run(bilingual.load(path), CheckContext(), only=["same-as-source", "waiver-unclear"])
    assert {finding.check: finding.waived for finding in found if finding.unit == unit.id} == {
        "same-as-source": "编辑部决定保留",
        "waiver-unclear": "",
    }


def test_typing_accepts_a_draft_and_keeps_what_we_say_about_it(desktop: Desktop, path: Path) -> None:
    desktop.settings("编辑甲", "jia@example.org")
    old, before = path.read_text(encoding="utf-8"), bilingual.load(path)

    poedit = Poedit(desktop, path, client_samples.TITLE)
    poedit.go_to(client_samples.DRAFT)
    poedit.replace("佩夫库尔主持的会议于星期五开幕。")
    poedit.go_to(client_samples.CHANGED)
    poedit.toggle_needs_work()
    poedit.go_to(client_samples.LONG)
    poedit.next()
    poedit.replace("此处尚无译文。")
    poedit.save()
    poedit.quit()

    new = path.read_bytes().decode()
    expected = _stamped(old, new)
    expected = _replaced(expected, "张三 <zhang@example.org>", "编辑甲 <jia@example.org>")
    draft, changed, empty = (
        next(unit for unit in before.units if unit.target == text)
        for text in (client_samples.DRAFT, client_samples.CHANGED, "")
    )
    expected = _replaced(expected, f'#, fuzzy\nmsgctxt "{draft.id}"', f'msgctxt "{draft.id}"')
    expected = _replaced(expected, f'"{client_samples.DRAFT}"', '"佩夫库尔主持的会议于星期五开幕。"')
    expected = re.sub(rf'#, fuzzy\n(?:#\| .*\n)+(?=msgctxt "{changed.id}")', "", expected)
    expected = _replaced(
        expected, f'msgid "{empty.source}"\nmsgstr ""', f'msgid "{empty.source}"\nmsgstr "此处尚无译文。"'
    )
    assert new == expected
    assert _unowned(bilingual.load(path)) == _edited(
        before,
        {
            client_samples.DRAFT: {"target": "佩夫库尔主持的会议于星期五开幕。", "fuzzy": False},
            client_samples.CHANGED: {"fuzzy": False, "previous": ""},
            "": {"target": "此处尚无译文。"},
        },
    )


def test_saving_without_an_edit_changes_poedits_own_headers_only(desktop: Desktop, path: Path) -> None:
    old, before = path.read_bytes(), bilingual.load(path)

    poedit = Poedit(desktop, path, client_samples.TITLE)
    assert path.read_bytes() == old, "opening alone must not write"
    poedit.save_unchanged()
    poedit.quit()

    assert path.read_bytes().decode() == _stamped(old.decode(), path.read_bytes().decode())
    again = bilingual.load(path)
    assert _unowned(again) == _unowned(before)
    stood = path.read_bytes()
    bilingual.save(again, path)
    assert path.read_bytes() == stood


def test_a_file_without_a_generator_gets_one_where_we_would_write_it(desktop: Desktop, tmp_path: Path) -> None:
    path = tmp_path / "fresh" / "zh_CN.po"
    units = (Unit("0123456789", "One sentence.", "一句话。"),)
    bilingual.save(Catalog("fresh", "en", "zh-CN", units), path)

    poedit = Poedit(desktop, path, "一句话。")
    poedit.paste("又一句。")
    poedit.save()
    poedit.quit()

    assert po.serialize(bilingual.load(path)) == path.read_bytes()
