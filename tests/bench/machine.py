"""Whole processes against the clock, and the table of what came out."""

from __future__ import annotations

import datetime as dt
import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Took:
    """One run: seconds on the clock, the process's highest memory in MiB where it was asked, and what it printed."""

    seconds: float
    memory: float
    output: str = ""


@dataclass(slots=True)
class Row:
    """A line of the table. ``figure`` is compared with ``wanted`` the way ``sign`` says; without, it is only told."""

    what: str
    ours: str
    peer: str
    figure: float
    wanted: float | None
    sign: str
    unit: str = "x"
    notes: list[str] = field(default_factory=list)

    @property
    def is_reached(self) -> bool:
        """Whether the figure is what was promised."""
        if self.wanted is None:
            return True
        return self.figure >= self.wanted if self.sign == "≥" else self.figure <= self.wanted


def process(command: Sequence[str], *, codes: Sequence[int] = (0, 1)) -> Took:
    """Run ``command`` to its end. Raises ``RuntimeError`` for an exit code that is not in ``codes``."""
    # As on a user's machine: with byte code written by the run before.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", env=environment
    )
    output = child.stdout.read() if child.stdout else ""
    child.wait()
    took = Took(time.perf_counter() - began, 0.0, output)
    if child.returncode not in codes:
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}:\n{output[-2000:]}")
    return took


def in_turn(rounds: int, *runs: Callable[[], Took]) -> list[Took]:
    """The medians of ``runs``, each called once a round, in turn: what slows the machine down slows all of them."""
    taken: list[list[Took]] = [[] for _run in runs]
    for _round in range(rounds):
        for place, run in zip(taken, runs, strict=True):
            place.append(run())
    return [
        Took(
            statistics.median(one.seconds for one in each),
            statistics.median(one.memory for one in each),
            each[0].output,
        )
        for each in taken
    ]


def described() -> str:
    """The date, the machine and how busy it is, for the head of the table."""
    names = (
        [
            line.partition(":")[2].strip()
            for line in (_PROC / "cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ]
        if (_PROC / "cpuinfo").exists()
        else []
    )
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    processor = names[0] if names else platform.processor() or platform.machine()
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    return f"{today}: {os.cpu_count()} × {processor}{busy}, {platform.system()}, Python {platform.python_version()}"


def table(rows: Sequence[Row]) -> str:
    """The rows as text, in columns."""
    head = ("what", "ours", "compared with", "figure", "wanted", "")
    cells = [
        (
            row.what,
            row.ours,
            row.peer,
            f"{row.figure:.3g}{row.unit}",
            f"{row.sign} {row.wanted:.4g}{row.unit}" if row.wanted is not None else "",
            ("ok" if row.is_reached else "short") if row.wanted is not None else "",
        )
        for row in rows
    ]
    widths = [max(len(line[column]) for line in (head, *cells)) for column in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (head, *cells)
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)
