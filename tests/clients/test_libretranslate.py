"""A real LibreTranslate, with the tiny models of the tests, drafts an article for us.

``pip install libretranslate`` in an environment of its own, and that environment's ``bin`` on the path.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from compiler_flow.engines import EngineSettings, load
from compiler_flow.errors import ModelMissingError

pytestmark = pytest.mark.clients("libretranslate")

ROOT = Path(__file__).parent.parent
_SECONDS = 120


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that knows ru → en → zh, and nothing of the network."""
    if shutil.which("libretranslate") is None:
        # The mark of these tests says what this means.
        yield ""
        return
    home = tmp_path_factory.mktemp("libretranslate")
    packages = home / "packages"
    for pair in ("en_zh", "ru_en"):
        with zipfile.ZipFile(ROOT / "models" / f"translate-{pair}-0_1.tiny.argosmodel") as archive:
            archive.extractall(packages)
    for package in packages.iterdir():
        # It cuts sentences by a model of its own, which it would fetch where the package has none.
        (package / "minisbd").mkdir()
        for language in ("en", "ru"):
            shutil.copy(ROOT / "bench" / "splitter-en.onnx", package / "minisbd" / f"{language}.onnx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    environment = os.environ | dict.fromkeys(places, str(home)) | {"ARGOS_PACKAGES_DIR": str(packages)}
    command = ["libretranslate", "--host", "127.0.0.1", "--port", str(port), "--load-only", "en,ru,zh"]
    log = home / "log.txt"
    with log.open("wb") as out, subprocess.Popen(command, cwd=home, env=environment, stdout=out, stderr=out) as running:
        try:
            _wait(f"http://127.0.0.1:{port}/languages", running, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()


def _wait(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and running.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 (our own server)
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"LibreTranslate did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def test_a_real_server_translates_as_the_models_do_here(address: str, tmp_path: Path) -> None:
    for pair in ("en_zh", "ru_en"):
        with zipfile.ZipFile(ROOT / "models" / f"translate-{pair}-0_1.tiny.argosmodel") as archive:
            archive.extractall(tmp_path)
    server = load("libretranslate", EngineSettings(options=(("address", address),)))
    here = load("argos", EngineSettings(packages=(tmp_path,)))
    assert server.can("en", "zh-CN")
    assert server.can("ru", "zh-CN")
    texts = (ROOT / "models" / "heldout.en").read_text(encoding="utf-8").splitlines()[:40]
    drafts, ours = (engine.translate(texts, "en", "zh-CN") for engine in (server, here))
    alike = sum(one.rstrip("。.") == other.rstrip("。.") for one, other in zip(drafts, ours, strict=True))
    assert alike >= 36, list(zip(drafts, ours, strict=True))
    assert all(server.translate(["Экономика", "Экономика"], "ru", "zh-CN"))


def test_a_pair_that_a_real_server_lacks_is_one_line(address: str) -> None:
    server = load("libretranslate", EngineSettings(options=(("address", address),)))
    assert not server.can("ko", "zh-CN")
    with pytest.raises(ModelMissingError):
        server.translate(["경제"], "ko", "zh-CN")
