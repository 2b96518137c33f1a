"""What is killed: processes that write without a pause until somebody ends them.

Run as a program, this is a nursery: it imports everything once, and then forks a child for each job that it reads from
its input, so that a round costs milliseconds. A job is a line of JSON: a target's name and what it is given. The child
says ``ready PID`` once it is about to write; when it has ended, the nursery says what ended it.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from compiler_flow import bilingual, files
from compiler_flow.bilingual import po
from compiler_flow.cli import invoke

Step = list[str]


def write_forever(path: str, versions: list[str]) -> None:
    """Write one version (a file's name) after the other."""
    texts = [Path(version).read_bytes() for version in versions]
    _ready()
    for data in itertools.cycle(texts):
        files.write_bytes(Path(path), data)


def save_forever(path: str, versions: list[str]) -> None:
    """Save one catalog after the other through ``bilingual.save``."""
    catalogs = [po.parse(Path(version).read_bytes(), Path(path)) for version in versions]
    _ready()
    for catalog in itertools.cycle(catalogs):
        bilingual.save(catalog, Path(path), overwrite=True)


def command_forever(workspace: str, steps: list[Step]) -> None:
    """Do ``steps`` again and again in ``workspace``."""
    os.chdir(workspace)
    _ready()
    do(itertools.cycle(steps))


def add_forever(workspace: str, text: str) -> None:
    """Take in one new article after the other, the first in peace; ``text`` has ``{title}``."""
    os.chdir(workspace)
    Path("inbox").mkdir(exist_ok=True)
    for number in itertools.count():
        if number == 1:
            _ready()
        name = f"round-{os.getpid()}-{number}"
        source = Path("inbox") / f"{name}.md"
        source.write_text(text.format(title=name), encoding="utf-8")
        # All say the same: what is looked at is that each is written whole.
        do([["add", str(source), "--again", "--issue", "2024-10-31", "--lang", "en", "--country", "EE"]])


def do(steps: Iterable[Step]) -> None:
    """Commands of the command line, which must succeed; ``put TO FROM``, which copies bytes; ``remove PATH``."""
    for step in steps:
        if step[0] == "put":
            files.write_bytes(Path(step[1]), Path(step[2]).read_bytes())
        elif step[0] == "remove":
            _remove(Path(step[1]))
        elif invoke(step) != 0:
            raise AssertionError(f"{step} failed")


def _remove(path: Path) -> None:
    """Remove a file, or a folder at one stroke."""
    if path.is_dir():
        away = path.with_name(f".{path.name}.removed")
        shutil.rmtree(away, ignore_errors=True)
        path.rename(away)
        shutil.rmtree(away)
    else:
        path.unlink(missing_ok=True)


def _ready() -> None:
    _say(f"ready {os.getpid()}")


def _say(text: str) -> None:
    os.write(_ANSWERS, f"{text}\n".encode())


def _tend() -> None:
    for line in sys.stdin:
        name, *given = json.loads(line)
        if name == "warm_up":
            # A child that had to import what a command needs would be killed in its imports most of the time.
            workspace, steps = given
            os.chdir(workspace)
            do(steps)
            _say("warm 0")
            continue
        child = os.fork()
        if child == 0:
            try:
                globals()[name](*given)
            finally:
                os._exit(1)
        _pid, status = os.waitpid(child, 0)
        _say(f"ended {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    # What commands print must not mix with the answers.
    _ANSWERS = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _tend()
