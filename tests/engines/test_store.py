from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from compiler_flow.engines import EngineSettings, store
from compiler_flow.engines.argos import ArgosEngine
from compiler_flow.engines.packages import altered, installed
from compiler_flow.errors import EngineError, FileError, FormatError

MODELS = Path(__file__).parent.parent / "models"
EN_ZH = MODELS / "translate-en_zh-0_1.tiny.argosmodel"
RU_EN = MODELS / "translate-ru_en-0_1.tiny.argosmodel"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_installed_package_translates(tmp_path: Path) -> None:
    package = store.install(EN_ZH, tmp_path / "new", pair=("en", "zh-CN"))
    assert package.problem == ""
    assert names(tmp_path / "new") == ["checksums.json", "translate-en_zh-0_1"]
    engine = ArgosEngine(EngineSettings(packages=(tmp_path / "new",), threads=1))
    assert engine.translate(["Economy"], "en", "zh-CN") == ["经济"]


def test_installing_twice_changes_nothing(tmp_path: Path) -> None:
    store.install(EN_ZH, tmp_path)
    store.install(RU_EN, tmp_path)
    before = store.checksums(tmp_path)
    store.install(EN_ZH, tmp_path)
    assert store.checksums(tmp_path) == before
    assert names(tmp_path) == ["checksums.json", "translate-en_zh-0_1", "translate-ru_en-0_1"]


def test_a_newer_version_takes_the_older_ones_place(tmp_path: Path, altered) -> None:
    def newer(name: str, data: bytes) -> tuple[str, bytes]:
        if "metadata" in name:
            data = json.dumps(json.loads(data) | {"package_version": "0.2"}).encode()
        return name.replace("0_1/", "0_2/"), data

    folder = tmp_path / "packages"
    store.install(EN_ZH, folder)
    store.install(altered(newer), folder)
    assert [package.metadata.version for package in installed([folder])] == ["0.2"]


def test_the_folder_of_older_packages_is_renamed(tmp_path: Path, altered) -> None:
    file = altered(lambda name, data: (name.replace("translate-en_zh-0_1/", "en_zh/"), data))
    assert store.install(file, tmp_path / "p").folder.name == "translate-en_zh-0_1"


def without(part: str):
    return lambda name, data: None if part in name else (name, data)


def swapped(part: str, make):
    return lambda name, data: (name, make(data)) if part in name else (name, data)


def renamed(part: str, make):
    return lambda name, data: (make(name), data) if part in name else (name, data)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("model.bin"), "no model in it"),
        (without("sentencepiece"), "no tokenizer in it"),
        (without("metadata"), "no metadata.json"),
        (swapped("model.bin", lambda data: data[:5000]), "model in the package cannot be loaded"),
        (swapped("sentencepiece", lambda _data: b""), "tokenizer in the package cannot be loaded"),
        (swapped("metadata", lambda _data: b"nonsense"), "not JSON"),
        (swapped("metadata", lambda _data: b'{"from_code": "../..", "to_code": "zh"}'), "names no language pair"),
        (swapped("metadata", lambda data: data.replace(b'"zh"', b'"ru"')), "package's folder is"),
        (renamed("README", lambda name: f"../{name}"), "outside its folder"),
        (renamed("README", lambda name: f"/etc/{name}"), "outside its folder"),
        (renamed("README", lambda name: name.replace("/README", "\\..\\README")), "outside its folder"),
    ],
)
def test_a_bad_package_is_refused_and_the_old_one_stays(tmp_path: Path, altered, change, said: str) -> None:
    folder = tmp_path / "packages"
    store.install(EN_ZH, folder)
    with pytest.raises((EngineError, FormatError), match=said) as caught:
        store.install(altered(change), folder, trust_changed=True)
    assert "altered.argosmodel" in str(caught.value)
    assert names(folder) == ["checksums.json", "translate-en_zh-0_1"]
    assert installed([folder])[0].problem == ""


def test_files_that_are_no_packages(tmp_path: Path) -> None:
    page = tmp_path / "page.argosmodel"
    page.write_text("<html>", encoding="utf-8")
    with pytest.raises(FormatError, match="no Argos package"):
        store.install(page, tmp_path / "p")
    with pytest.raises(FileError, match="no such file"):
        store.install(tmp_path / "none", tmp_path / "p")
    torn = tmp_path / "torn.argosmodel"
    torn.write_bytes(EN_ZH.read_bytes()[:400_000])
    with pytest.raises(FormatError):
        store.install(torn, tmp_path / "p")
    flipped = bytearray(EN_ZH.read_bytes())
    flipped[600_000] ^= 0xFF
    torn.write_bytes(bytes(flipped))
    with pytest.raises(FormatError, match="damaged"):
        store.install(torn, tmp_path / "p")
    assert not (tmp_path / "p").exists()


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MAX_UNPACKED", 1000)
    with pytest.raises(FormatError, match="larger than any model"):
        store.install(EN_ZH, tmp_path / "p")


def test_a_link_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "link.argosmodel"
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo("en_zh/model")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc")
    with pytest.raises(FormatError, match="link"):
        store.install(file, tmp_path / "p")


def test_another_pair_than_asked_for(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="translates en → zh, not ru → zh"):
        store.install(EN_ZH, tmp_path, pair=("ru", "zh-CN"))


def test_the_first_install_is_remembered(tmp_path: Path, altered) -> None:
    folder = tmp_path / "packages"
    store.install(EN_ZH, folder)
    other = altered(lambda name, data: (name, data + b"\n") if "README" in name else (name, data))
    with pytest.raises(EngineError, match="differs from the one that was first installed"):
        store.install(other, folder)
    store.install(other, folder, trust_changed=True)
    with pytest.raises(EngineError, match="SHA-256"):
        store.install(EN_ZH, folder, sha256="0" * 64)


def test_a_model_that_was_changed_on_disk_is_not_used(tmp_path: Path) -> None:
    package = store.install(EN_ZH, tmp_path)
    engine = ArgosEngine(EngineSettings(packages=(tmp_path,), threads=1))
    engine.translate(["Economy"], "en", "zh-CN")
    weights = bytearray((package.folder / "model" / "model.bin").read_bytes())
    weights[600_000] ^= 0xFF
    (package.folder / "model" / "model.bin").write_bytes(bytes(weights))
    assert "changed since it was installed" in altered(package)
    again = ArgosEngine(EngineSettings(packages=(tmp_path,), threads=1))
    with pytest.raises(EngineError, match=r"changed since it was installed.*compiler-flow engines install en zh"):
        again.translate(["Economy"], "en", "zh-CN")
    store.install(EN_ZH, tmp_path)
    assert altered(package) == ""


def test_a_record_of_former_days_is_read(tmp_path: Path) -> None:
    store.install(EN_ZH, tmp_path)
    ((name, digest),) = store.checksums(tmp_path)
    (tmp_path / "checksums.json").write_text(json.dumps({name: digest}), encoding="utf-8")
    store.install(EN_ZH, tmp_path)
    (tmp_path / "checksums.json").write_text(json.dumps({name: "0" * 64}), encoding="utf-8")
    with pytest.raises(EngineError, match="first installed"):
        store.install(EN_ZH, tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are Unix's")
def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "packages"
    store.install(EN_ZH, folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    script = """
import resource, sys
from pathlib import Path
from compiler_flow.engines import store
from compiler_flow.errors import FileError
# No file can grow beyond this: writing the model fails in the middle, as on a full disk.
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    store.install(Path(sys.argv[1]), Path(sys.argv[2]))
except FileError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(EN_ZH), str(folder)], capture_output=True, encoding="utf-8", check=False
    )
    assert f"{folder}: The package cannot be written: File too large." in done.stdout, done.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_what_a_killed_install_left_is_put_right(tmp_path: Path) -> None:
    store.install(EN_ZH, tmp_path)
    aside = tmp_path / ".installing-x"
    aside.mkdir()
    (tmp_path / "translate-en_zh-0_1").rename(aside / "old-0")
    store.install(RU_EN, tmp_path)
    assert names(tmp_path) == ["checksums.json", "translate-en_zh-0_1", "translate-ru_en-0_1"]


def test_remove(tmp_path: Path) -> None:
    store.install(EN_ZH, tmp_path)
    store.install(RU_EN, tmp_path)
    assert [path.name for path in store.remove("en", "zh-CN", [tmp_path])] == ["translate-en_zh-0_1"]
    assert store.remove("en", "zh-CN", [tmp_path]) == ()
    assert [package.metadata.source for package in installed([tmp_path])] == ["ru"]
