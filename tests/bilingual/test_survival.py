"""The table "what survives where", row by row, with gettext and OmegaT themselves."""

from __future__ import annotations

import dataclasses
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from bilingual_catalogs import gettext_tool, program
from survival import HEAD, KEPT, TABLE, as_markdown

from compiler_flow.bilingual import merge, omegat, po
from compiler_flow.model import Catalog, NameNote, Origin, OriginKind, Role, Spot, Term, TermNote, Unit

HERE = Path("tokayev.po")
FULL = Unit(
    id="0f3a9c1b2d",
    source="Talks in **Astana** ended after a very long night, and nobody was the wiser for it.",
    target="阿斯塔纳的会谈在漫长的一夜之后结束，谁也没有因此变得更明白，各方都说还会再来。",
    spot=Spot(Role.TEXT, 4),
    origin=Origin(OriginKind.MEMORY, "pevkur", score=87, digest="0123456789", note="数字不同"),
    terms=(TermNote("Astana", "阿斯塔纳"),),
    names=(NameNote("Zofia Wilk", "佐菲娅·维尔克 / 佐菲亚·维尔克", "波兰语译音表，约 88%"),),
    comments=("问过作者", "", "作者说是"),
    notes=("foreign note",),
    references=("source.md:12", "source.md:40"),
    flags=("c-format", "range: 0..9"),
    previous="Talks ended.",
)
DRAFT = dataclasses.replace(FULL, id="1f3a9c1b2d", fuzzy=True)
PLURAL = Unit("2f3a9c1b2d", "%d day", "%d天", plural=("%d days", "%d天"), flags=("c-format",))
DEAD = Unit("3f3a9c1b2d", "Old.", "旧。", previous="Older.", comments=("李四",), flags=("c-format",))
SAMPLE = Catalog(
    "tokayev", "en", units=(FULL, DRAFT, PLURAL), obsolete=(DEAD,), headers=(("X-Compiler", "张三"),), comment="head"
)

LOOK: dict[str, Callable[[Catalog], object]] = {
    "source and translation": lambda c: [(u.source, u.target) for u in c.units if u.id != DRAFT.id],
    "id (`msgctxt`, unit id)": lambda c: [u.id for u in c.units],
    "draft": lambda c: [(u.target, u.fuzzy) for u in c.units],
    "place, origin, terms, proposed names, notes (`#.`)": lambda c: [
        (u.spot, u.origin, u.terms, u.names, u.notes) for u in c.units
    ],
    "people's comments (`# `)": lambda c: [c.comment, *(u.comments for u in (*c.units, *c.obsolete))],
    "references (`#:`)": lambda c: [u.references for u in c.units],
    "previous source (`#|`)": lambda c: [u.previous for u in (*c.units, *c.obsolete)],
    "obsolete units": lambda c: c.obsolete,
    "own headers (`X-…`)": lambda c: c.headers,
    "gettext's own flags": lambda c: [u.flags for u in (*c.units, *c.obsolete)],
    "plural forms": lambda c: [u.plural for u in c.units],
}
ROWS = [row for row in TABLE if row[0] in LOOK]


def test_architecture_has_the_table() -> None:
    text = (Path(__file__).parents[2] / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert as_markdown() in text, f"put this into ARCHITECTURE.md:\n{as_markdown()}"


@pytest.mark.clients
@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
@pytest.mark.parametrize("option", ["--no-wrap", "--width=40"])
def test_gettext(row: tuple[str, ...], option: str, tmp_path: Path) -> None:
    look, said = LOOK[row[0]], row[HEAD.index("PO: gettext tools")]
    assert said.startswith(KEPT)
    written = gettext_tool("msgcat", po.serialize(SAMPLE), tmp_path, option)
    assert look(po.parse(written, HERE)) == look(SAMPLE)


@pytest.mark.clients
def test_gettext_drops_foreign_flags_and_obsolete_units_without_a_translation(tmp_path: Path) -> None:
    text = po.serialize(SAMPLE).decode().replace("#, fuzzy", "#, fuzzy, reviewed")
    text += '\n#~ msgid "Never translated."\n#~ msgstr ""\n'
    assert gettext_tool("msgcat", text.encode(), tmp_path, "--no-wrap") == po.serialize(SAMPLE)


# ------------------------------------------------------------------------------------------------- OmegaT


def through_omegat(folder: Path, files: dict[str, bytes]) -> bytes:
    """Make the project, let OmegaT write its ``target/`` and give back the PO file there."""
    for name in files:
        if name.endswith("/"):
            (folder / name).mkdir(parents=True)
    for name, data in files.items():
        if not name.endswith("/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    command = [program("omegat"), str(folder), "--mode=console-translate"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    (target,) = (folder / "target").glob("*.po")
    return target.read_bytes()


@pytest.mark.clients
def test_omegat(tmp_path: Path) -> None:
    files = {"source/tokayev.po": po.serialize(SAMPLE)}
    skeleton = {name: data for name, data in omegat.project(SAMPLE).items() if not name.startswith("source/t")}
    written = po.parse(through_omegat(tmp_path / "project", {**skeleton, **files}), HERE)
    for row in ROWS:
        said = row[HEAD.index("PO: OmegaT")]
        assert (LOOK[row[0]](written) == LOOK[row[0]](SAMPLE)) == said.startswith(KEPT), row[0]
    assert [unit.target for unit in written.units] == [FULL.target, "", PLURAL.target]


@pytest.mark.clients
def test_our_omegat_project_is_ready_and_what_comes_back_is_merged(tmp_path: Path) -> None:
    empty = Unit("4f3a9c1b2d", "Nobody has translated this.")
    mine = dataclasses.replace(SAMPLE, units=(*SAMPLE.units, empty))
    files = dict(omegat.project(mine, [Term("Astana", "阿斯塔纳")]))
    untouched = po.parse(through_omegat(tmp_path / "untouched", files), HERE)
    assert merge(mine, untouched).catalog == mine
    # OmegaT puts matches from tm/auto in by itself, as a translator would by typing.
    done = dataclasses.replace(mine, units=(dataclasses.replace(empty, target="无人译过。"),))
    back = po.parse(through_omegat(tmp_path / "done", {**files, "tm/auto/done.tmx": omegat.tmx(done)}), HERE)
    result = merge(mine, back)
    assert [unit.target for unit in result.catalog.units] == [*(unit.target for unit in SAMPLE.units), "无人译过。"]
    assert (len(result.taken), result.conflicts, result.unknown) == (1, (), ())
