"""Pre-filling from the command line: killed and taken up again, in several processes, foretold, with odd settings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from compiler_flow import bilingual, project
from compiler_flow.flow import checking, terminology
from compiler_flow.model import OriginKind, State
from compiler_flow.project import Workspace
from compiler_flow.terms import renderings

PLUGIN = Path(__file__).parent.parent / "engines" / "plugin"
UZBEK = "uz-energy-talks"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "compiler_flow", *arguments]


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(PLUGIN), "PYTHONUTF8": "1"}


def flow(*arguments: str, code: int = 0) -> tuple[str, str]:
    done = subprocess.run(
        command(*arguments), capture_output=True, encoding="utf-8", check=False, env=environment(), timeout=120
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout, done.stderr


def settings(sample: Workspace, text: str) -> None:
    file = sample.root / "compiler-flow.toml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


def slow(sample: Workspace, **options: float) -> None:
    lines = [f'log = "{sample.root.as_posix()}"', *(f"{name} = {value}" for name, value in options.items())]
    settings(sample, "\n".join(["[engines.slow]", *lines]))


def asked(sample: Workspace) -> Counter[str]:
    file = sample.root / "asked.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return Counter(line.partition("\t")[2] for line in lines)


def drafts(sample: Workspace, article: str = UZBEK) -> list[str]:
    (folder,) = project.find_articles(sample, article)
    units = bilingual.load(project.catalog_path(folder, "zh-CN")).units
    return [unit.target for unit in units if unit.origin and unit.origin.kind is OriginKind.ENGINE]


def test_a_killed_run_goes_on_where_it_stopped(sample: Workspace) -> None:
    slow(sample, pause=0.1)
    run = subprocess.Popen(command("prefill", UZBEK, "--engine", "slow"), env=environment())
    end = time.monotonic() + 60
    while len(asked(sample)) < 5:
        assert time.monotonic() < end
        time.sleep(0.02)
    run.kill()
    run.wait()
    before = set(asked(sample))
    assert drafts(sample) == [], "the file is written at the end, whole"
    flow("prefill", UZBEK, "--engine", "slow")
    twice = [text for text, times in asked(sample).items() if times > 1]
    assert len(twice) <= 1, "only the sentence that it was killed at"
    assert before < set(asked(sample))
    assert len(drafts(sample)) == 12


def test_a_draft_that_was_made_once_is_not_made_again(sample: Workspace) -> None:
    slow(sample)
    (folder,) = project.find_articles(sample, UZBEK)
    file = project.catalog_path(folder, "zh-CN")
    empty = file.read_bytes()
    flow("prefill", UZBEK, "--engine", "slow")
    first, once = drafts(sample), asked(sample)
    file.write_bytes(empty)
    flow("prefill", UZBEK, "--engine", "slow")
    assert (drafts(sample), asked(sample)) == (first, once)
    flow("prefill", UZBEK, "--engine", "slow", "--renew")
    assert all(asked(sample)[text] == 2 * once[text] for text in once), "renewing asks again"


def test_two_processes_draft_what_one_does(sample: Workspace) -> None:
    flow("prefill", UZBEK)
    one = drafts(sample)
    (folder,) = project.find_articles(sample, UZBEK)
    sample.drafts.unlink()
    flow("prefill", UZBEK, "--renew", "--jobs", "2")
    assert drafts(sample) == one
    assert len(one) == 12
    assert folder.is_dir()


def test_the_untouched_article_has_every_glossary_name_right(sample: Workspace) -> None:
    flow("prefill", UZBEK)
    (folder,) = project.find_articles(sample, UZBEK)
    report = checking.check([folder])
    assert not [one for one in report.findings if one.check in {"term-missing", "term-rejected", "number"}]
    catalog = bilingual.load(project.catalog_path(folder, "zh-CN"))
    noted = [unit for unit in catalog.units if unit.terms and unit.state is State.DRAFT]
    assert len(noted) >= 8
    agreed = {term.target: renderings(term) for term in terminology.load(sample).matcher("en").terms}
    for unit in noted:
        for note in unit.terms:
            assert any(form in unit.target for form in agreed.get(note.target, (note.target,))), unit.target


def test_an_estimate_says_how_much_and_how_long_and_writes_no_translation(sample: Workspace) -> None:
    before = {file: file.read_bytes() for file in sample.root.glob("projects/*/*/*.po")}
    said, _notes = flow("prefill", "--estimate")
    assert re.search(r"Open: 19 units with 180 words; 0 of them repeat", said)
    assert "Known from memory: 1 exactly, 0 nearly; from the glossary: 0." in said
    assert "For machine translation: 17 sentences with 170 words; 0 of them are kept from before." in said
    assert re.search(r"take about \d+ s \(measured on 16 sentences", said)
    assert {file: file.read_bytes() for file in before} == before
    said, _notes = flow("prefill", "--estimate")
    assert "17 of them are kept from before" in said


def test_an_estimate_for_a_language_without_a_model_names_what_installs_one(sample: Workspace) -> None:
    text = sample.root / "lt.txt"
    text.write_text("Vilnius. Derybos baigėsi be rezultatų.\n", encoding="utf-8")
    flow("add", str(text), "--issue", sample.issues()[0].name, "--lang", "lt", "--title", "Derybos baigėsi")
    said, notes = flow("prefill", "lt", "--estimate")
    assert "compiler-flow engines install lt zh" in notes
    assert "take about" not in said


def test_drafts_that_look_wrong_are_counted(sample: Workspace) -> None:
    _said, notes = flow("prefill", UZBEK, "--engine", "echo")
    assert "drafts look wrong; their notes say why" in notes


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('[engines]\nthreads = "two"', "threads in [engines] must be a whole number, 0 or more."),
        ("[engines]\nbeam = 0", "beam in [engines] must be a whole number, 1 or more."),
        ('[engines]\ndevice = "gpu"', "device in [engines] must be one of: auto, cpu, cuda."),
        ('[engines]\ncompute_type = "int3"', "compute_type in [engines] must be one of: default, auto"),
        ('[engines]\nuse = "argo"', "There is no engine called argo. Did you mean argos?"),
        ("[engines]\nargos = 3", "engines.argos must be a table"),
        ("[engines.argos]\nx = [1]", "x in [engines.argos] must be a text or a number."),
        ('[engines]\nuse = "libretranslate"\n[engines.libretranslate]\napi_key = "abc"', "no secrets in files"),
        ('[engines]\nuse = "libretranslate"', "[engines.libretranslate] address"),
        ("[prefill]\njobs = 0", "jobs in [prefill] must be a whole number, 1 or more."),
        ("prefill = 1", "prefill must be a table"),
        ('[prefill]\ncache = "memory.sqlite"', "This is no file of drafts of compiler-flow."),
    ],
)
def test_odd_settings_get_one_line(sample: Workspace, line: str, said: str) -> None:
    (sample.root / "compiler-flow.toml").write_text(line, encoding="utf-8")
    _out, notes = flow("prefill", UZBEK, code=2)
    assert said in notes
    assert len(notes.strip().splitlines()) == 1
    assert "abc" not in notes


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--jobs", "2", "--cluster", "tcp://127.0.0.1:1"], "Name either --jobs or --cluster."),
        (["--cluster", "127.0.0.1:8786"], "no address of a scheduler"),
        (["--jobs", "0"], "0"),
    ],
)
def test_odd_workers_get_one_line(sample: Workspace, options: list[str], said: str) -> None:
    _out, notes = flow("prefill", UZBEK, *options, code=2)
    assert said in notes
