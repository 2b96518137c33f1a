"""A translator opens our project in OmegaT: what people translated comes back, drafts are offered and never lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import client_samples
import pytest

from compiler_flow import bilingual
from compiler_flow.bilingual import omegat
from compiler_flow.memory import tmx
from compiler_flow.model import Catalog, State, Term

pytestmark = pytest.mark.clients("omegat", "java")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The sample as an OmegaT project."""
    root = tmp_path / "baltic-ministers"
    for name, data in omegat.project(client_samples.catalog(), [Term("Hanno Pevkur", "汉诺·佩夫库尔")]).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir(exist_ok=True)
        else:
            path.write_bytes(data)
    return root


def _translated(project: Path) -> Catalog:
    """What OmegaT makes of the project: the file in ``target/``."""
    home = project.parent / "home"
    options = ["--mode=console-translate", f"--config-dir={home}/", "--disable-project-locking"]
    done = subprocess.run(
        ["omegat", str(project), *options, "--disable-location-save", "--no-team"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-2000:]
    return bilingual.load(project / "target" / "baltic-ministers.po")


def test_all_that_people_wrote_comes_back(project: Path) -> None:
    back = _translated(project)
    assert back == bilingual.load(project / "source" / "baltic-ministers.po")
    wanted = {unit.id: unit.target for unit in client_samples.catalog().units if unit.is_done}
    assert {unit.id: unit.target for unit in back.units if unit.is_done} == wanted


def test_drafts_are_offered_as_matches_and_fit_their_sentences(project: Path) -> None:
    drafts = {unit.source: unit.target for unit in client_samples.catalog().units if unit.state is State.DRAFT}
    offered = project / "tm" / "drafts.tmx"
    assert {entry.source: entry.target for entry in tmx.read(offered, "en", "zh-CN")} == drafts
    # In this folder OmegaT accepts exact matches without being asked, as a translator would who agrees to all.
    (project / "tm" / "auto").mkdir()
    shutil.move(offered, project / "tm" / "auto" / "drafts.tmx")
    back = _translated(project)
    assert {unit.source: unit.target for unit in back.units if unit.source in drafts} == drafts
    assert all(unit.state is not State.DRAFT for unit in back.units)
