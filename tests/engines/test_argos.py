from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from compiler_flow.engines import EngineSettings
from compiler_flow.engines.argos import BATCH_TOKENS, ArgosEngine
from compiler_flow.engines.cutting import parts, rejoined
from compiler_flow.engines.packages import argos_code, folders
from compiler_flow.errors import EngineError, ModelMissingError

MODELS = Path(__file__).parent.parent / "models"
INSTRUCTIONS = "CT2_FORCE_CPU_ISA"


def lines(name: str) -> list[str]:
    return (MODELS / name).read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def engine(packages: Path) -> ArgosEngine:
    return ArgosEngine(EngineSettings(packages=(packages,), threads=1))


def copy(packages: Path, to: Path, *names: str) -> Path:
    for name in names:
        shutil.copytree(packages / name, to / name)
    return to


def test_sentences_it_never_saw_are_translated(engine: ArgosEngine) -> None:
    drafts = engine.translate(lines("heldout.en"), "en", "zh-CN")
    right = sum(draft == wanted for draft, wanted in zip(drafts, lines("heldout.zh"), strict=True))
    assert right >= 50, f"{right} of 60; the tiny model had 55"


def test_a_pair_without_a_package_goes_through_english(engine: ArgosEngine) -> None:
    assert engine.pairs() == (("en", "zh"), ("ru", "en"))
    assert engine.can("ru", "zh-CN")
    assert engine.model("ru", "zh-CN") == "translate-ru_en 0.1 + translate-en_zh 0.1"
    drafts = engine.translate(lines("heldout.ru"), "ru", "zh-CN")
    right = sum(draft == wanted for draft, wanted in zip(drafts, lines("heldout.zh"), strict=True))
    assert right >= 48, f"{right} of 60; the tiny models had 54"


def test_one_batch_gives_what_single_calls_give(engine: ArgosEngine) -> None:
    texts = lines("heldout.en")[:12]
    assert engine.translate(texts, "en", "zh") == [engine.translate([text], "en", "zh")[0] for text in texts]


@pytest.mark.parametrize(
    ("has", "before", "after"),
    [(True, None, "AVX512"), (True, "AVX2", "AVX2"), (False, None, None)],
    ids=["it has the wide ones", "the user has chosen", "it has not"],
)
def test_wide_instructions_are_asked_for_where_the_processor_has_them(
    packages: Path, monkeypatch: pytest.MonkeyPatch, has: bool, before: str | None, after: str | None
) -> None:
    features = dict.fromkeys(["AVX512F", "AVX512_ICL"], has)
    monkeypatch.setattr("numpy._core._multiarray_umath.__cpu_features__", features)
    # First set, so that the tests' own variable is put back whatever the engine does.
    monkeypatch.setenv(INSTRUCTIONS, before or "")
    if before is None:
        monkeypatch.delenv(INSTRUCTIONS)
    # CTranslate2 has long chosen in this process: only the asking is seen here.
    loaded(ArgosEngine(EngineSettings(packages=(packages,), threads=1)))
    assert os.environ.get(INSTRUCTIONS) == after


def loaded(engine: ArgosEngine):
    engine.translate(["Economy"], "en", "zh")
    return next(iter(engine._loaded.values()))


def test_batches_are_full_and_sorted_by_length_and_lose_nothing(engine: ArgosEngine) -> None:
    texts = lines("heldout.en") * 3
    batches = list(loaded(engine)._batches(texts))
    lengths = [len(part.tokens) for batch in batches for part in batch]
    assert lengths == sorted(lengths, reverse=True)
    assert sorted(part.owner for batch in batches for part in batch) == list(range(len(texts)))
    padded = [len(batch) * len(batch[0].tokens) for batch in batches]
    assert max(padded) <= BATCH_TOKENS
    assert min(padded[: len(padded) // 2]) > 0.8 * BATCH_TOKENS


@pytest.mark.parametrize("workers", [1, 2, 3, 4])
def test_more_workers_have_no_more_in_hand_than_two(packages: Path, workers: int) -> None:
    model = loaded(ArgosEngine(EngineSettings(packages=(packages,), threads=workers)))
    batches = model._batches(lines("heldout.en") * 5)
    longest = max(len(batch) * len(batch[0].tokens) for batch in batches)
    assert longest <= BATCH_TOKENS
    assert longest * workers <= 2 * BATCH_TOKENS
    assert longest > 0.4 * BATCH_TOKENS


@pytest.mark.parametrize("workers", [2, 3, 4])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_the_workers_of_a_model_are_done_at_about_the_same_time(packages: Path, workers: int, times: int) -> None:
    model = loaded(ArgosEngine(EngineSettings(packages=(packages,), threads=workers)))
    batches = [sum(len(part.tokens) for part in batch) for batch in model._batches(lines("heldout.en") * times)]
    busy = [0] * workers
    for batch in batches:
        # Whoever is free first takes the next.
        busy[busy.index(min(busy))] += batch
    assert max(busy) - min(busy) <= 256


def test_the_settings_reach_the_model(packages: Path) -> None:
    settings = EngineSettings(packages=(packages,), device="cpu", compute_type="float32", threads=3)
    translator = loaded(ArgosEngine(settings))._translator
    assert (translator.device, translator.compute_type, translator.num_translators) == ("cpu", "float32", 3)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"device": "cuda"}, "no graphics processor"),
        ({"device": "cpu", "compute_type": "float16"}, "cannot work as wanted"),
    ],
)
def test_what_this_machine_cannot_do_is_one_line(packages: Path, settings: dict[str, str], said: str) -> None:
    import ctranslate2

    if settings["device"] == "cuda" and ctranslate2.get_cuda_device_count():
        pytest.skip("this machine can")
    engine = ArgosEngine(EngineSettings(packages=(packages,), **settings))
    with pytest.raises(EngineError, match=said) as caught:
        engine.translate(["Economy"], "en", "zh-CN")
    assert r"[engines] in compiler-flow.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_another_beam_is_another_signature_and_another_folder_is_not(packages: Path, tmp_path: Path) -> None:
    elsewhere = copy(packages, tmp_path, "translate-en_zh-0_1", "translate-ru_en-0_1")
    usual, moved, greedy = (
        ArgosEngine(EngineSettings(packages=(folder,), beam=beam)).signature("ru", "zh-CN")
        for folder, beam in ((packages, 4), (elsewhere, 4), (packages, 1))
    )
    assert usual == moved != greedy
    with (elsewhere / "translate-en_zh-0_1" / "model" / "model.bin").open("ab") as weights:
        weights.write(b"x")
    assert ArgosEngine(EngineSettings(packages=(elsewhere,))).signature("ru", "zh-CN") != usual


def test_a_missing_model_names_the_command(engine: ArgosEngine) -> None:
    assert not engine.can("lt", "zh-CN")
    with pytest.raises(ModelMissingError, match="compiler-flow engines install lt zh"):
        engine.translate(["Labas"], "lt", "zh-CN")


def test_no_packages_at_all(tmp_path: Path) -> None:
    engine = ArgosEngine(EngineSettings(packages=(tmp_path / "nowhere",)))
    assert engine.pairs() == ()
    with pytest.raises(ModelMissingError, match="compiler-flow engines install en zh"):
        engine.model("en", "zh-CN")


def test_underscores_survive(engine: ArgosEngine) -> None:
    engine.translate(["Economy"], "en", "zh")
    loaded = next(iter(engine._loaded.values()))
    # The pieces of an address, as the model would have copied them.
    assert loaded._decode(["▁a", "_", "b"]) == "a_b"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "model" / "model.bin").write_bytes(b"CT2"), "model cannot be loaded"),
        (lambda folder: os.truncate(folder / "model" / "model.bin", 500_000), "model cannot be loaded"),
        (lambda folder: (folder / "model" / "model.bin").unlink(), "model is missing"),
        (lambda folder: (folder / "sentencepiece.model").unlink(), "tokenizer is missing"),
        (lambda folder: (folder / "sentencepiece.model").write_bytes(b""), "tokenizer cannot be loaded"),
        (lambda folder: (folder / "metadata.json").write_text("{", encoding="utf-8"), "not JSON"),
        (lambda folder: (folder / "metadata.json").write_text("[]", encoding="utf-8"), "no translation package"),
        (lambda folder: (folder / "metadata.json").unlink(), "metadata.json is missing"),
        (
            lambda folder: (folder / "metadata.json").write_text(
                json.dumps({"from_code": "en", "to_code": "de", "package_version": "1"}), encoding="utf-8"
            ),
            "another pair",
        ),
    ],
)
def test_a_broken_package_is_one_line_with_its_path(packages: Path, tmp_path: Path, damage, said: str) -> None:
    folder = copy(packages, tmp_path, "translate-en_zh-0_1") / "translate-en_zh-0_1"
    damage(folder)
    engine = ArgosEngine(EngineSettings(packages=(tmp_path,), threads=1))
    with pytest.raises(EngineError, match=said) as caught:
        engine.translate(["Economy"], "en", "zh-CN")
    assert str(folder) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "compiler-flow engines install en zh" in str(caught.value)


def test_a_long_sentence_is_cut_at_its_clauses_and_none_is_lost(
    engine: ArgosEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    # This small model keeps the thread for one clause only.
    monkeypatch.setattr("compiler_flow.engines.argos.MAX_PIECES", 20)
    clause = "Vietnam became a member of the WHO in 2019"
    draft = engine.translate([", ".join([clause] * 30) + "."], "en", "zh")[0]
    assert draft == "，".join(["越南于2019年成为世卫组织成员"] * 30) + "。"


def test_parts_join_to_the_text_and_fit() -> None:
    for text in ("a, b; " * 200, "word " * 300, "x" * 1000, "，".join("中文" * 3 for _count in range(99))):
        cut = parts(text, len, 160)
        assert "".join(cut) == text
        assert all(len(part) <= 160 for part in cut)


def test_a_full_stop_at_a_cut_becomes_a_comma() -> None:
    assert rejoined(["越南说。", "会谈结束。"], "zh") == "越南说，会谈结束。"
    assert rejoined(["Vietnam said.", "It ended."], "en") == "Vietnam said, It ended."


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh-CN", "zh"),
        ("zh_CN", "zh"),
        ("zh-Hans-CN", "zh"),
        ("zh-TW", "zt"),
        ("zh-Hant-HK", "zt"),
        ("en-GB", "en"),
        ("pt-BR", "pb"),
    ],
)
def test_language_tags_become_argos_codes(tag: str, code: str) -> None:
    assert argos_code(tag) == code


def test_package_folders_in_their_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COMPILER_FLOW_PACKAGES", os.pathsep.join(["/a", "/b"]))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", "/c")
    assert folders((tmp_path,)) == (tmp_path,)
    assert folders() == (Path("/a"), Path("/b"))
    monkeypatch.delenv("COMPILER_FLOW_PACKAGES")
    assert folders() == (Path("/c"),)
    monkeypatch.delenv("ARGOS_PACKAGES_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert folders() == (tmp_path / "argos-translate" / "packages",)


def test_nothing_is_littered_and_no_socket_is_opened(packages: Path, tmp_path: Path) -> None:
    """The whole way in a fresh process, in an empty home, with sockets that refuse to be made."""
    script = """
import socket, sys
def refuse(*args, **kwargs): raise AssertionError("network")
class Refused(socket.socket):
    __init__ = refuse
socket.socket, socket.create_connection, socket.getaddrinfo = Refused, refuse, refuse
from pathlib import Path
from compiler_flow.engines import EngineSettings, load
engine = load("argos", EngineSettings(packages=(Path(sys.argv[1]),), threads=1))
print(engine.translate([sys.argv[2]], "ru", "zh-CN")[0])
"""
    home = tmp_path / "home"
    home.mkdir()
    hidden = {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR"}
    environ = {name: value for name, value in os.environ.items() if name not in hidden}
    environ |= {"HOME": str(home), "USERPROFILE": str(home), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script, str(packages), lines("heldout.ru")[0]],
        env=environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == lines("heldout.zh")[0] or "叙利亚" in done.stdout
    assert list(home.rglob("*")) == []
