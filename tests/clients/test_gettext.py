"""gettext's own programs judge every file that we write."""

from __future__ import annotations

import dataclasses
import subprocess
from pathlib import Path

import client_samples
import pytest

from compiler_flow import bilingual
from compiler_flow.bilingual import po
from compiler_flow.model import Catalog, State, Unit

pytestmark = pytest.mark.clients("msgfmt", "msgcat", "msgattrib")

_ROOT = Path(__file__).parent.parent.parent
_COMMITTED = sorted(_ROOT.glob("projects/*/*/zh_CN.po"))
_SAMPLES = {
    "every kind of unit": client_samples.catalog(),
    "nothing but a header": Catalog("empty", "ru"),
    "one unit": Catalog("one", "en", "zh-CN", (Unit("0123456789", "One.", "一。"),)),
}


@pytest.fixture(params=[*_SAMPLES, *(str(path.relative_to(_ROOT)) for path in _COMMITTED)])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file as we write it: a sample, or one of those in the repository written anew."""
    catalog = _SAMPLES.get(request.param) or bilingual.load(_ROOT / request.param)
    path = tmp_path / "zh_CN.po"
    path.write_bytes(po.serialize(catalog))
    return path


def _gettext(*command: str | Path) -> bytes:
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_msgfmt_finds_no_fault_and_compiles_what_is_done(written: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        ["msgfmt", "-c", "-v", "-o", str(tmp_path / "zh_CN.mo"), str(written)],
        capture_output=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
    )
    said = done.stderr.decode()
    assert done.returncode == 0, said
    assert "warning" not in said
    states = [unit.state for unit in bilingual.load(written).units]
    counts = {
        "translated": sum(state not in (State.EMPTY, State.DRAFT) for state in states),
        "fuzzy": states.count(State.DRAFT),
        "untranslated": states.count(State.EMPTY),
    }
    for name, count in counts.items():
        if count or name == "translated":
            assert f"{count} {name}" in said


def test_msgcat_has_nothing_to_change(written: Path) -> None:
    assert _gettext("msgcat", "--force-po", "--no-wrap", written) == written.read_bytes()


def test_what_msgcat_wrapped_says_the_same_and_is_left_alone(written: Path) -> None:
    catalog = bilingual.load(written)
    wrapped = _gettext("msgcat", "--force-po", "--width=60", written)
    written.write_bytes(wrapped)
    assert bilingual.load(written) == catalog
    bilingual.save(bilingual.load(written), written)
    assert written.read_bytes() == wrapped


def test_msgattrib_takes_the_same_units_for_drafts_open_and_obsolete(written: Path, tmp_path: Path) -> None:
    catalog = bilingual.load(written)
    drafts = {unit.id for unit in catalog.units if unit.state is State.DRAFT}
    empty = {unit.id for unit in catalog.units if unit.state is State.EMPTY}
    live = {unit.id for unit in catalog.units}
    wanted = {
        "--only-fuzzy": drafts,
        "--untranslated": empty,
        "--translated": live - empty,
        "--no-obsolete": live,
        "--only-obsolete": set(),
    }
    for option, ids in wanted.items():
        chosen = _gettext("msgattrib", "--force-po", "--no-wrap", option, written)
        units = po.parse(chosen, tmp_path / "chosen.po")
        # gettext counts obsolete units in for some of these.
        assert {unit.id for unit in units.units} == ids, option
    dead = po.parse(_gettext("msgattrib", "--force-po", "--no-wrap", "--only-obsolete", written), tmp_path / "dead.po")
    assert dead.obsolete == catalog.obsolete


def test_clearing_the_drafts_with_msgattrib_accepts_them_and_changes_nothing_else(written: Path) -> None:
    catalog = bilingual.load(written)
    cleared = _gettext("msgattrib", "--force-po", "--no-wrap", "--clear-fuzzy", "--clear-previous", written)
    written.write_bytes(cleared)

    def accept(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        return tuple(dataclasses.replace(unit, fuzzy=False, previous="") for unit in units)

    expected = dataclasses.replace(catalog, units=accept(catalog.units), obsolete=accept(catalog.obsolete))
    assert bilingual.load(written) == expected
