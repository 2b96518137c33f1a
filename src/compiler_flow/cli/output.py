"""What the terminal shows: plain when it is no terminal, never a traceback, also on consoles that are not UTF-8."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from compiler_flow.i18n import pgettext

if TYPE_CHECKING:
    from rich.console import Console

    from compiler_flow.model import Severity

# Wide enough for any line: what is piped is read by grep, not by eyes.
_UNWRAPPED = 10_000


def prepare_streams() -> None:
    """Let characters that the console's encoding lacks appear as ``?`` or escapes instead of raising."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def fail(message: str) -> None:
    """One clear line (or a few) on standard error."""
    click.secho(message, err=True, fg="red")


def note(message: str) -> None:
    """A remark on standard error, so that standard output holds only results."""
    click.secho(message, err=True, fg="yellow")


def word(severity: Severity) -> str:
    """How grave a finding is, in the user's language; programs read the reports, which have it in English."""
    words = {
        "error": pgettext("severity", "error"),
        "warning": pgettext("severity", "warning"),
        "info": pgettext("severity", "info"),
    }
    return words[severity.value]


def path_of(path: Path | str) -> str:
    """``path`` as a user would type it: relative to the current folder where it lies below."""
    with contextlib.suppress(ValueError, OSError):
        return str(Path(path).resolve().relative_to(Path.cwd()))
    return str(path)


def say(message: str) -> None:
    """A result on standard output."""
    click.echo(message)


def say_json(value: Any) -> None:
    """``value`` as UTF-8 JSON whatever the console's encoding: programs read it."""
    import json

    say_bytes((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())


def say_bytes(data: bytes) -> None:
    """A finished file in UTF-8 on standard output, byte for byte."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        sys.stdout.write(data.decode())


def shows_chinese() -> bool:
    """Whether standard output can take Chinese characters; else they appear as escapes."""
    try:
        "汉".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def close_pipe() -> None:
    """Stop writing to a pipe that nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def console(*, stderr: bool = False) -> Console:
    """A rich console on standard output (or error); plain text that is never wrapped where that is no terminal."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    terminal = stream.isatty()
    return Console(file=stream, width=None if terminal else _UNWRAPPED, highlight=False, soft_wrap=False)


def table(title: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; ``columns`` are (heading, ``left`` or ``right``)."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for index, (heading, side) in enumerate(columns):
        # The first column is what people copy into their next command: it is never broken.
        shown.add_column(heading, justify="right" if side == "right" else "left", overflow="fold", no_wrap=index == 0)
    for row in rows:
        # Text, not str: what people wrote is no console markup.
        shown.add_row(*(Text(cell) for cell in row))
    console().print(shown)


Advance = Callable[[int], None]


@contextmanager
def progress(label: str, total: int) -> Iterator[Advance]:
    """A bar on standard error for ``total`` steps, silent when that is no terminal; yields the step function."""
    if not sys.stderr.isatty() or total <= 0:
        yield lambda _steps: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda steps: bar.advance(task, steps)


@contextmanager
def counted(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error for work that tells (done, in all) as it goes; ``None`` where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole or None)


@contextmanager
def waiting(label: str) -> Iterator[None]:
    """Say on a terminal that something is going on, for as long as it does."""
    if not sys.stderr.isatty():
        yield
        return
    with console(stderr=True).status(label):
        yield


@contextmanager
def download_progress(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar for a download on standard error; yields a function of (bytes so far, bytes in all or 0), or ``None``."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole or None)
