from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from compiler_flow.engines import EngineSettings
from compiler_flow.engines.argos import ArgosEngine

MODELS = Path(__file__).parent.parent / "models"


@pytest.fixture(scope="session")
def argos(tmp_path_factory: pytest.TempPathFactory) -> ArgosEngine:
    folder = tmp_path_factory.mktemp("packages")
    for file in MODELS.glob("*.argosmodel"):
        with zipfile.ZipFile(file) as archive:
            archive.extractall(folder)
    return ArgosEngine(EngineSettings(packages=(folder,), threads=1))
