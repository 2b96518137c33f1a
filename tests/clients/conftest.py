"""Tests with real programs run where the program is, and must run in continuous integration (``CI`` is set there)."""

import os
import shutil

import pytest


@pytest.fixture(autouse=True)
def _programs(request: pytest.FixtureRequest) -> None:
    wanted = [name for mark in request.node.iter_markers("clients") for name in mark.args]
    missing = sorted({name for name in wanted if shutil.which(name) is None})
    if missing and os.environ.get("CI"):
        pytest.fail(f"not installed, though CI is set: {', '.join(missing)} (see .ci/run)")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
