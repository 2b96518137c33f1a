"""Entries as we write them are read at one go: nobody can tell from the catalog."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compiler_flow.bilingual import po

SAMPLES = sorted((Path(__file__).parents[2] / "projects" / "2024-10-31").glob("*/zh_CN.po"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_strings_on_two_lines_are_the_same_strings(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    folded = re.sub(r'^(msgctxt|msgid|msgstr) "(.)', r'\1 ""\n"\2', text, flags=re.MULTILINE)
    assert folded.count("\n") > text.count("\n")
    assert po.parse(folded.encode(), path) == po.parse(text.encode(), path)


@pytest.mark.parametrize("path", SAMPLES[:3], ids=lambda path: path.parent.name)
def test_lines_are_those_of_the_msgids(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    units = po.parse(path.read_bytes(), path).units
    assert units
    for unit in units:
        assert lines[unit.line - 1].startswith("msgid")
        assert unit.id in lines[unit.line - 2]


def test_a_string_that_goes_on_behind_an_empty_line_is_whole() -> None:
    head = 'msgid ""\nmsgstr ""\n\n'
    text = head + 'msgctxt "a"\nmsgid "One"\nmsgstr "一"\n\n"二"\n\nmsgctxt "b"\nmsgid "Two"\nmsgstr "三"\n'
    assert [unit.target for unit in po.parse(text.encode(), Path("a.po")).units] == ["一二", "三"]
