"""Speed and quality of drafts. The sentences are generated: they measure the machinery, not what a real model knows.

Speed is measured on the package that ``COMPILER_FLOW_BENCH_PACKAGE`` names (an ``.argosmodel`` file for en → zh of the
size that people use), else on the tiny one of ``tests/models``, on which what is not the model weighs far more.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import statistics
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from machine import Row

HERE = Path(__file__).parent
MODELS = HERE.parent / "models"
PACKAGE = "COMPILER_FLOW_BENCH_PACKAGE"
_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*")
_SYLLABLES = "巴贝博达德多法费加格哈赫卡克拉勒马梅纳内帕佩拉雷萨塞塔特瓦韦扎泽"


def install(folder: Path) -> tuple[Path, bool]:
    """A folder with the model to measure, unpacked, with a splitter for the peer; and whether it is a big one."""
    given = os.environ.get(PACKAGE, "")
    folder.mkdir()
    _unpack(Path(given) if given else MODELS / "translate-en_zh-0_1.tiny.argosmodel", folder)
    return folder, bool(given)


def _unpack(file: Path, folder: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
        root = folder / archive.namelist()[0].partition("/")[0]
    with contextlib.suppress(FileExistsError):
        (root / "minisbd").mkdir()
    (root / "minisbd" / "en.onnx").write_bytes((HERE / "splitter-en.onnx").read_bytes())


def speed(scratch: Path, *, rounds: int, sentences: int) -> Iterator[Row]:
    """Sentences a second beside the peer and a bare model."""
    packages, file, count, model = _prepared(scratch, sentences)
    seconds, memory = _in_turn(("ours", "bare", "argostranslate", "argostranslate 1"), packages, file, rounds)
    per_second = {name: f"{count / took:.1f}/s" for name, took in seconds.items()}
    peer = "argostranslate, a paragraph a call"
    yield Row(
        f"drafts, {count} sentences, {model}",
        per_second["ours"],
        f"{peer} {per_second['argostranslate']}",
        seconds["argostranslate"] / seconds["ours"],
        10,
        "≥",
    )
    yield Row(
        "… the peer with one thread",
        per_second["ours"],
        f"{peer} {per_second['argostranslate 1']}",
        seconds["argostranslate 1"] / seconds["ours"],
        4,
        "≥",
    )
    yield Row("… memory", f"{memory['ours']:.0f} MiB", "", memory["ours"], 800 / 1.048576, "≤", " MiB")
    yield Row(
        "… beside the model alone",
        per_second["ours"],
        f"ctranslate2 {per_second['bare']}",
        seconds["bare"] / seconds["ours"],
        0.9,
        "≥",
    )


def workers(scratch: Path, *, rounds: int, sentences: int) -> Iterator[Row]:
    """Two worker processes beside one, and what scheduling costs."""
    packages, file, count, model = _prepared(scratch, sentences)
    seconds, _memory = _in_turn(("one", "two"), packages, file, rounds)
    yield Row(
        f"two worker processes of one thread, {model}",
        f"{count / seconds['two']:.1f}/s",
        f"one {count / seconds['one']:.1f}/s",
        seconds["one"] / seconds["two"],
        1.7,
        "≥",
    )
    told = _job("scheduling", packages, HERE / "news.en")
    yield Row(
        "two worker processes, an engine that leaves the cores idle",
        f"{told['two']:.2f} s",
        f"one {told['one']:.2f} s",
        told["one"] / told["two"],
        1.7,
        "≥",
    )
    for name, label in (("one", "a worker process"), ("dask", "a worker of a Dask cluster")):
        over = (told[name] / told["alone"] - 1) * 100
        yield Row(f"scheduling, {label}", f"{told[name]:.2f} s", f"here {told['alone']:.2f} s", over, 5, "≤", " % more")


def _prepared(scratch: Path, sentences: int) -> tuple[Path, Path, int, str]:
    """The folder of the model, a file of sentences, how many it has, and what model it is."""
    scratch.mkdir(exist_ok=True)
    packages, big = install(scratch / "speed")
    count = sentences if big else 400
    file = scratch / "sentences.txt"
    texts = (HERE / "news.en").read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(texts[:: max(1, len(texts) // count)][:count]) + "\n", encoding="utf-8")
    return packages, file, count, "a model of Argos' size" if big else f"the tiny model ({PACKAGE} names another)"


def _in_turn(
    names: Sequence[str], packages: Path, file: Path, rounds: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Median seconds and highest memory of every job, each run once a round, in turn."""
    seen: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for _round in range(rounds):
        for name in names:
            job, _space, threads = name.partition(" ")
            seen[name].append(_job(job, packages, file, threads=threads))
    seconds = {name: statistics.median(one["seconds"] for one in each) for name, each in seen.items()}
    return seconds, {name: max(one["memory"] for one in each) for name, each in seen.items()}


def pivoting(scratch: Path, *, rounds: int) -> Iterator[Row]:
    """Russian through English beside its two legs."""
    folder = scratch / "pivot"
    folder.mkdir(parents=True)
    for pair in ("en_zh", "ru_en"):
        _unpack(MODELS / f"translate-{pair}-0_1.tiny.argosmodel", folder)
    told = [_job("pivot", folder, HERE / "heldout.ru") for _round in range(rounds)]
    both = statistics.median(one["seconds"] for one in told)
    legs = statistics.median(one["legs"] for one in told)
    number = told[0]["made"]
    yield Row(
        "ru → en → zh beside the harmonic mean of its legs",
        f"{number / both:.0f}/s",
        f"the legs one after the other {number / legs:.0f}/s",
        legs / both,
        0.9,
        "≥",
    )


def keeping(scratch: Path) -> Iterator[Row]:
    """What drafts cost besides the model: ARCHITECTURE.md reckons with it."""
    told = _job("keep", scratch, HERE / "news.en")
    yield Row(
        "batching and keeping drafts, processor time",
        f"{told['kept']:,.0f}/s",
        f"found again {told['found']:,.0f}/s",
        told["kept"],
        None,
        "≥",
        "/s",
    )
    yield Row("… memory of the caller a sentence", f"{told['memory']:.2f} KiB", "", told["memory"], None, "≤", " KiB")
    yield Row("… file a draft", f"{told['bytes']:.0f} bytes", "", told["bytes"], None, "≤", " bytes")


def _job(name: str, packages: Path, file: Path, *, threads: str = "") -> dict[str, Any]:
    # The package with the engine that takes its time is the tests' own.
    environment = os.environ | {"PYTHONPATH": str(HERE.parent / "engines" / "plugin")}
    environment |= {"ARGOS_INTRA_THREADS": threads} if threads else {}
    command = [sys.executable, str(HERE / "engine_jobs.py"), name, str(packages), str(file)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=environment)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


# --------------------------------------------------------------------------------------------- quality


def quality(scratch: Path) -> Iterator[Row]:
    """Names, chrF and BLEU against the held-out lines, with the tiny model, which knows their grammar."""
    from compiler_flow.engines import EngineSettings, load
    from compiler_flow.glossary import Matcher
    from compiler_flow.memory import Memory
    from compiler_flow.model import Catalog, Spot, Term, TermKind, Unit
    from compiler_flow.prefill import prefill

    packages = scratch / "models"
    packages.mkdir(parents=True)
    _unpack(MODELS / "translate-en_zh-0_1.tiny.argosmodel", packages)
    engine = load("argos", EngineSettings(packages=(packages,)))
    sources, references = (_lines(f"heldout.{language}") for language in ("en", "zh"))
    named = _named(sources, references)
    terms = [Term(name, target, TermKind.PERSON, first="-") for name, target in named.items()]
    wanted = [_agreed(text, named) for text in references]
    matcher = Matcher(terms, "en")

    def drafted(numbers: Sequence[int], **parts: Any) -> list[str]:
        units = tuple(Unit(f"u{number}", sources[number], spot=Spot()) for number in numbers)
        return [unit.target for unit in prefill(Catalog("x", "en", "zh-CN", units), engine=engine, **parts).units]

    everything = range(len(sources))
    plain, shielded = drafted(everything), drafted(everything, matcher=matcher)
    marked = [(number, target) for number in everything for target in _targets(sources[number], named)]
    right = {
        label: sum(target in drafts[number] for number, target in marked) / len(marked)
        for label, drafts in (("plain", plain), ("glossary", shielded))
    }
    yield Row(
        f"names right in drafts ({len(marked)} names that the model does not know)",
        f"{right['glossary']:.1%}",
        f"without a glossary {right['plain']:.1%}",
        right["glossary"] * 100,
        98,
        "≥",
        " %",
    )
    with_names = sorted({number for number, _target in marked})
    yield from _compared("drafts of the sentences with names, glossary", with_names, wanted, shielded, plain)
    yield from _compared("all drafts, glossary", everything, wanted, shielded, plain)
    half = len(sources) // 2
    known = tuple(Unit(f"m{number}", sources[number], wanted[number], spot=Spot()) for number in range(half))
    with Memory(scratch / "memory.sqlite") as memory:
        memory.learn(Catalog("known", "en", "zh-CN", known), at="2024-10-31")
        recalled = dict(zip(everything[half:], drafted(everything[half:], memory=memory, matcher=matcher), strict=True))
    label = "the second half, glossary and a memory of the first half"
    yield from _compared(label, everything[half:], wanted, recalled, shielded, judged=False)


def _compared(
    what: str, numbers: Sequence[int], wanted: Sequence[str], ours: Any, theirs: Any, *, judged: bool = True
) -> Iterator[Row]:
    """chrF and BLEU of two sets of drafts; the first must not be lower, where that was promised."""
    import sacrebleu

    references = [[wanted[number] for number in numbers]]
    ours, theirs = ([drafts[number] for number in numbers] for drafts in (ours, theirs))
    for name, score in (
        ("chrF", lambda drafts: sacrebleu.corpus_chrf(drafts, references).score),
        ("BLEU", lambda drafts: sacrebleu.corpus_bleu(drafts, references, tokenize="zh").score),
    ):
        one, other = score(ours), score(theirs)
        least = other if judged and name == "chrF" else None
        yield Row(f"{name}, {what}", f"{one:.1f}", f"without {other:.1f}", one, least, "≥", "")


def _lines(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").splitlines()


def _named(sources: Sequence[str], references: Sequence[str]) -> dict[str, str]:
    """Names that the references leave in Latin letters, each with a Chinese form of its own that nobody can guess."""
    found = dict.fromkeys(
        name
        for source, reference in zip(sources, references, strict=True)
        for name in _NAME.findall(reference)
        if name in source
    )
    return {name: "·".join(_chinese(word) for word in name.split()) for name in found}


def _chinese(word: str) -> str:
    codes = [sum(map(ord, word[at : at + 2])) + at for at in range(0, len(word), 2)]
    return "".join(_SYLLABLES[code % len(_SYLLABLES)] for code in codes)


def _agreed(text: str, named: dict[str, str]) -> str:
    return _NAME.sub(lambda found: named.get(found[0], found[0]), text)


def _targets(source: str, named: dict[str, str]) -> list[str]:
    return [target for name, target in named.items() if re.search(rf"\b{name}\b", source)]


def described() -> str:
    """What the figures of this file say and what they do not, for below the table."""
    return (
        "The sentences of the drafts are generated, from the grammar that the tiny models learnt: these figures "
        "measure the machinery, not what a real model knows."
    )
