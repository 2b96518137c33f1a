from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

MODELS = Path(__file__).parent.parent / "models"
EN_ZH = MODELS / "translate-en_zh-0_1.tiny.argosmodel"
RU_EN = MODELS / "translate-ru_en-0_1.tiny.argosmodel"


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both tiny packages, unpacked."""
    folder = tmp_path_factory.mktemp("packages")
    for file in (EN_ZH, RU_EN):
        with zipfile.ZipFile(file) as archive:
            archive.extractall(folder)
    return folder


@pytest.fixture
def altered(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the en→zh package; ``change(member, data)`` gives what stands in their place, or None."""

    def build(change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
        path = tmp_path / "altered.argosmodel"
        with zipfile.ZipFile(EN_ZH) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                kept = change(info.filename, old.read(info))
                if kept:
                    new.writestr(*kept)
        return path

    return build
