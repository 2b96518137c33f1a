"""The entries that are kept from one writing of a catalog to the next are those that it would write anew."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from compiler_flow.bilingual import po
from compiler_flow.bilingual.written import MOST, Written
from compiler_flow.model import Catalog, Unit


def _catalog(count: int = 5) -> Catalog:
    units = tuple(Unit(f"u{n}", source=f"Sentence {n}.", target=f"第{n}句。") for n in range(count))
    return Catalog("story", "en", units=units)


def _noting(asked: list[str], text: Callable[[Unit], str] = lambda unit: unit.target) -> Callable[[Unit], str]:
    """A way to write units that notes in ``asked`` which it was asked for."""

    def write(unit: Unit) -> str:
        asked.append(unit.id)
        return text(unit)

    return write


def test_what_changed_is_written_anew_and_what_did_not_is_not() -> None:
    asked: list[str] = []
    written = Written(_noting(asked, lambda unit: f"{unit.id}: {unit.target}"))
    units = list(_catalog().units)
    assert written.texts(units)[2] == "u2: 第2句。"
    asked.clear()
    units[2] = dataclasses.replace(units[2], target="改过。")
    assert written.texts(units) == ["u0: 第0句。", "u1: 第1句。", "u2: 改过。", "u3: 第3句。", "u4: 第4句。"]
    assert asked == ["u2"]


def test_a_catalog_of_equal_units_that_are_others_is_written_from_its_own() -> None:
    written = Written(lambda unit: unit.target)
    assert written.texts(_catalog().units) == written.texts(_catalog().units)
    other = [dataclasses.replace(unit, target="另一篇。") for unit in _catalog().units]
    assert written.texts(other) == ["另一篇。"] * 5


def test_units_that_only_moved_keep_their_entries() -> None:
    asked: list[str] = []
    written = Written(_noting(asked))
    units = _catalog().units
    written.texts(units)
    moved = [dataclasses.replace(unit, line=10 + at) for at, unit in enumerate(units)]
    written.renamed(moved, units)
    asked.clear()
    assert written.texts(moved) == [unit.target for unit in units]
    assert asked == []


def test_an_archive_is_not_kept() -> None:
    asked: list[str] = []
    written = Written(_noting(asked))
    units = _catalog(MOST + 1).units
    written.texts(units)
    written.texts(units)
    assert len(asked) == 2 * len(units)


def test_an_edit_that_moves_every_line_below_gives_the_file_that_a_fresh_writing_gives() -> None:
    catalog = po.parse(po.serialize(_catalog()), Path("story.po"))
    catalog = po.renumber(catalog, po.serialize(catalog))
    first = dataclasses.replace(catalog.units[0], comments=("看一下", "再看一下"))
    edited = dataclasses.replace(catalog, units=(first, *catalog.units[1:]))
    data = po.serialize(edited)
    moved = po.renumber(edited, data)
    assert [unit.line for unit in moved.units] != [unit.line for unit in catalog.units]
    copies = tuple(dataclasses.replace(unit) for unit in moved.units)
    assert po.serialize(moved) == po.serialize(dataclasses.replace(moved, units=copies)) == data
