"""``kill -9`` at any moment of any writing: the file on disk is the old one or the new one, whole.

The delays come from a seed that a failure names, and no outcome depends on where they fall.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import os
import random
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import kill_targets
import pytest
from client_samples import catalog

from compiler_flow import bilingual, project
from compiler_flow.bilingual import po
from compiler_flow.cli import invoke
from compiler_flow.model import Unit

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs processes that fork")

SEED = 20241031
ISSUE = "2024-10-31"
# The moment of a sign-off is the only thing in these files that depends on the clock.
_AT = re.compile(rb"^at = .*$", re.MULTILINE)
_ARTICLE = """\
# {title}

The ministers met in the capital. They signed a road map for the coming years.

Another paragraph says little. It was agreed to meet again.
"""
_CHANGED = _ARTICLE.replace("Another paragraph says little.", "Another paragraph says very little indeed.").replace(
    "They signed", "On the same day, they signed"
)


class Nursery:
    """The program that forks what is to be killed, see ``kill_targets``."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(kill_targets.__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )

    def close(self) -> None:
        self._process.communicate(timeout=60)

    def warm_up(self, workspace: Path, steps: list[list[str]]) -> None:
        """Do ``steps`` once in the nursery itself, so that its children have all that they import."""
        self._tell("warm_up", str(workspace), steps)
        assert self._answer("warm") == 0

    def rounds(self, number: int, longest: float, seed: int, target: str, *given: object) -> Iterator[str]:
        """Kill ``target`` within ``longest`` seconds of its first writing, ``number`` times; tell which time it was."""
        delays = random.Random(seed)  # noqa: S311
        for count in range(number):
            delay = delays.uniform(0, longest)
            self._tell(target, *given)
            child = self._answer("ready")
            time.sleep(delay)
            os.kill(child, signal.SIGKILL)
            assert self._answer("ended") == -signal.SIGKILL, "the process ended by itself"
            yield f"round {count} with seed {seed}, killed after {delay:.4f} s"

    def _tell(self, *job: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()

    def _answer(self, word: str) -> int:
        assert self._process.stdout is not None
        assert select.select([self._process.stdout], [], [], 120)[0], f"no answer where {word!r} was expected"
        said, _space, number = self._process.stdout.readline().partition(" ")
        assert said == word, f"{said!r} where {word!r} was expected"
        return int(number)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    home = Nursery()
    yield home
    home.close()


def _visible(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def _versions(folder: Path, *versions: bytes) -> list[str]:
    folder.mkdir()
    for number, data in enumerate(versions):
        (folder / str(number)).write_bytes(data)
    return [str(folder / str(number)) for number in range(len(versions))]


def test_bytes_are_written_whole_or_not_at_all(tmp_path: Path, nursery: Nursery) -> None:
    path = tmp_path / "desk" / "file.md"
    texts = [b"old line\n" * 80_000, b"another, longer line\n" * 80_000]
    versions = _versions(tmp_path / "versions", *texts)
    path.parent.mkdir()
    path.write_bytes(texts[0])
    for moment in nursery.rounds(65, 0.04, SEED, "write_forever", str(path), versions):
        assert path.read_bytes() in texts, moment
    assert _visible(path.parent) == {"file.md"}


def test_a_big_catalog_is_saved_whole_or_not_at_all(tmp_path: Path, nursery: Nursery) -> None:
    path = tmp_path / "desk" / "zh_CN.po"
    sample = catalog()
    units = tuple(Unit(f"{number:010x}", f"Sentence {number}.", f"第{number}句。") for number in range(1500))
    texts = [
        po.serialize(dataclasses.replace(sample, units=(*sample.units, *units))),
        po.serialize(dataclasses.replace(sample, units=(*units, *sample.units))),
    ]
    versions = _versions(tmp_path / "versions", *texts)
    path.parent.mkdir()
    path.write_bytes(texts[0])
    for moment in nursery.rounds(30, 0.15, SEED + 1, "save_forever", str(path), versions):
        assert path.read_bytes() in texts, moment
    # Nothing that a kill left behind stands in the way of the next run: no lock, no temporary file.
    loaded = bilingual.load(path)
    saved = bilingual.save(dataclasses.replace(loaded, comment="the next run"), path)
    assert bilingual.load(path) == saved
    assert _visible(path.parent) == {"zh_CN.po"}


# ------------------------------------------------------------------------------------------------ real commands


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An issue with one article that is fully translated and may be signed."""
    root = tmp_path / "workspace"
    root.mkdir()
    monkeypatch.chdir(root)
    (root / "old.md").write_text(_ARTICLE.format(title="Ministers meet"), encoding="utf-8")
    (root / "new.md").write_text(_CHANGED.format(title="Ministers meet"), encoding="utf-8")
    _run("new", ISSUE, "--title", "样本", "--number", "1")
    given = ("--lang", "en", "--country", "EE", "--url", "https://example.org/a", "--site", "Sample")
    people = ("--compiler", "张三", "--reviewer", "李四")
    _run("add", "old.md", "--issue", ISSUE, "--name", "talks", *given, *people)
    path = _article(root) / "zh_CN.po"
    empty = bilingual.load(path)
    texts = ("部长会晤", "样报", "部长们在首都会晤。", "他们签署了今后的路线图。", "另一段说得不多。", "双方商定再会。")
    units = tuple(dataclasses.replace(unit, target=text) for unit, text in zip(empty.units, texts, strict=True))
    bilingual.save(dataclasses.replace(empty, units=units), path)
    return root


def _run(*arguments: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        code = invoke(list(arguments))
    assert code == 0, out.getvalue()


def _article(workspace: Path) -> Path:
    return workspace / "projects" / ISSUE / "talks"


def _states(steps: list[list[str]], paths: list[Path]) -> dict[Path, set[bytes]]:
    """All that ``paths`` hold between steps that are done again and again without a kill, once that repeats itself."""
    states: dict[Path, set[bytes]] = {path: {_timeless(path)} for path in paths}
    for _turn in range(6):
        known = {path: len(found) for path, found in states.items()}
        for step in steps:
            if step[0] in {"put", "remove"}:
                kill_targets.do([step])
            else:
                _run(*step)
            for path in paths:
                states[path].add(_timeless(path))
        if known == {path: len(found) for path, found in states.items()}:
            return states
    raise AssertionError("the steps never came round to a state that was there before")


def _timeless(path: Path) -> bytes:
    """What a file holds, or all the files of a folder; nothing where there is none."""
    if path.is_dir():
        return b"".join(str(file).encode() + file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file())
    return _AT.sub(b"at = then", path.read_bytes()) if path.exists() else b""


@pytest.mark.parametrize("command", ["update", "prefill", "merge", "export", "sign", "assemble"])
def test_a_command_writes_whole_files_or_none(workspace: Path, nursery: Nursery, command: str) -> None:
    folder = _article(workspace)
    units = folder / "zh_CN.po"
    done = bilingual.load(units)
    nothing = tuple(dataclasses.replace(unit, target="") for unit in done.units)
    empty = po.serialize(dataclasses.replace(done, units=nothing))
    versions = _versions(workspace / "versions", units.read_bytes(), empty)
    put_done, put_empty = (["put", str(units), version] for version in versions)
    out = workspace / "projects" / ISSUE / "out"
    back = str(workspace / "back.po")
    kill_targets.do([["put", back, versions[0]]])
    exported = {workspace / "talks.po": "po", workspace / "talks.xlf": "xliff", workspace / "talks.omegat": "omegat"}
    steps, paths = {
        "update": ([["update", "talks", "new.md"], ["update", "talks", "old.md"]], [units, folder / "source.md"]),
        "prefill": ([put_empty, ["prefill", "talks", "--engine", "echo"]], [units]),
        "merge": ([put_empty, ["merge", back]], [units]),
        "export": (
            [
                step
                for name in exported
                for step in (["remove", str(name)], ["export", "talks", "--to", exported[name]])
            ],
            [*exported],
        ),
        "sign": (
            [["sign", "talks", "--by", "张三"], ["sign", "talks", "--by", "李四"]],
            [folder / "article.toml"],
        ),
        "assemble": (
            [put_empty, ["assemble", ISSUE], put_done, ["assemble", ISSUE]],
            [out / f"{ISSUE}.md", out / f"{ISSUE}.html"],
        ),
    }[command]
    states = _states(steps, paths)
    assert all(len(found) > 1 for found in states.values()), "nothing is written here"
    nursery.warm_up(workspace, steps)
    seed = SEED + len(command)
    for moment in nursery.rounds(15, 0.4, seed, "command_forever", str(workspace), steps):
        for path in paths:
            assert _timeless(path) in states[path], f"{path.name}, {moment}"
    # And the next run finds nothing in its way.
    for step in steps:
        kill_targets.do([step])
    assert _visible(folder) <= {"original.md", "original-2.md", "source.md", "article.toml", "zh_CN.po", "sent"}


def test_an_article_is_added_whole_or_not_at_all(workspace: Path, nursery: Nursery) -> None:
    issue = workspace / "projects" / ISSUE
    whole = {"original.md", "source.md", "article.toml", "zh_CN.po"}
    for moment in nursery.rounds(15, 0.25, SEED + 20, "add_forever", str(workspace), _ARTICLE):
        for folder in project.articles(issue):
            assert _visible(folder) == whole, moment
            assert bilingual.load(folder / "zh_CN.po").units, moment
    assert len(project.articles(issue)) > 1
    _run("status", ISSUE)
    _run("assemble", ISSUE)
