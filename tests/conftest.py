"""Fixtures that several rooms' tests share."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from compiler_flow import i18n, project
from compiler_flow.flow import models

# Tests expect our English whatever the machine speaks; subprocesses inherit it.
os.environ[i18n.OVERRIDE] = "en"

ROOT = Path(__file__).parent.parent
PACKAGES = sorted((ROOT / "tests" / "models").glob("*.argosmodel"))


BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The system's Chromium, driven by Playwright, which downloads nothing.

    Without one its tests are skipped, but never where ``CI`` is set. A module's, not the session's: it leaves a thread
    and an event loop behind as long as it runs.
    """
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed; .ci/run installs it.")
        pytest.skip("Chromium is not installed.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path)
        yield running
        running.close()


@pytest.fixture(scope="session")
def installed_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tiny packages installed."""
    root = tmp_path_factory.mktemp("models")
    (root / "compiler-flow.toml").write_text('[engines]\npackages = "packages"\n', encoding="utf-8")
    for package in PACKAGES:
        models.install(project.open_workspace(root), (str(package),))
    return root / "packages"


@pytest.fixture
def sample(tmp_path: Path, copied_sample: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch) -> project.Workspace:
    """A copy of the sample workspace with the tiny models installed; its root is the current folder."""
    root = copied_sample(tmp_path / "desk")
    monkeypatch.chdir(root)
    return project.open_workspace(root)


@pytest.fixture(scope="session")
def copied_sample(installed_models: Path) -> Callable[[Path], Path]:
    """Makes a folder a copy of the sample workspace with the tiny models installed."""
    return functools.partial(_copy_sample, installed_models)


def _copy_sample(installed_models: Path, root: Path) -> Path:
    shutil.copytree(ROOT / "projects", root / "projects", ignore=shutil.ignore_patterns("out"))
    shutil.copytree(ROOT / "glossary", root / "glossary")
    shutil.copytree(installed_models, root / ".models")
    shutil.copy(ROOT / "compiler-flow.toml", root)
    _forget_drafts(root)
    return root


def _forget_drafts(root: Path) -> None:
    """Undo what `make demo` may have drafted in the checkout, so that tests see the sample as it is committed."""
    from dataclasses import replace

    from compiler_flow import bilingual
    from compiler_flow.model import State

    for file in root.glob("projects/*/*/zh_CN.po"):
        catalog = bilingual.load(file)
        units = tuple(
            replace(unit, target="", fuzzy=False, origin=None) if unit.state is State.DRAFT and unit.origin else unit
            for unit in catalog.units
        )
        bilingual.save(replace(catalog, units=units), file)


# No timing in tests: machines are shared. The gate tries the same examples every time, people try new ones.
settings.register_profile("everywhere", deadline=None)
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "everywhere")
