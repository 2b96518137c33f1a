"""Checks of one big catalog shared among processes: the findings and their order are those of a single one.

Checks are pure, so pieces of a catalog can be looked at apart. The processes are forked: they have catalog and
glossary without a copy. That is safe on Linux in a process of one thread; elsewhere, and for small catalogs, one
process does all the work.
"""

from __future__ import annotations

import contextlib
import math
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")

# Below, starting processes costs more than they save; a piece is small enough that all end at about the same time.
WORTH_IT = 5000
PIECE = 1000
_WIDTH = 4
_MOST_NUMBERS = 1 << 10


def workers(units: int) -> int:
    """How many processes are worth having for so many units; 1 for none but this one."""
    if units < WORTH_IT or sys.platform != "linux" or threading.active_count() > 1:
        return 1
    # A process that somebody else's pool has started may not have any of its own.
    known = sys.modules.get("multiprocessing")
    if known is not None and known.current_process().daemon:
        return 1
    return min(len(os.sched_getaffinity(0)), units // PIECE)


def in_order(work: Sequence[Callable[[], T]], processes: int) -> list[T]:
    """The results of all pieces of ``work``, in their order. What one of them raises is raised here."""
    if processes == 1 or len(work) < 2:
        return [piece() for piece in work]
    # A pipe is the queue that all processes take numbers of pieces from; every pipe holds 4096 bytes.
    queue, numbers = os.pipe()
    many = math.ceil(len(work) / _MOST_NUMBERS)
    os.write(numbers, b"".join(first.to_bytes(_WIDTH, "little") for first in range(0, len(work), many)))
    os.close(numbers)

    def turns() -> dict[int, T]:
        done: dict[int, T] = {}
        while number := os.read(queue, _WIDTH):
            first = int.from_bytes(number, "little")
            done |= {place: work[place]() for place in range(first, min(first + many, len(work)))}
        return done

    others: list[Begun[dict[int, T]]] = []
    try:
        others += (Begun(turns) for _process in range(processes - 1))
        done = turns()
        for other in others:
            done |= other.result() or {}
    finally:
        for other in others:
            other.stop()
        os.close(queue)
    return [done[place] if place in done else piece() for place, piece in enumerate(work)]


class Begun(Generic[T]):
    """Work that one other process does meanwhile."""

    def __init__(self, work: Callable[[], T]) -> None:
        import multiprocessing

        forked = multiprocessing.get_context("fork")
        self._results, sender = forked.Pipe(duplex=False)
        self._process = forked.Process(target=_send, args=(work, sender), daemon=True)
        with sender:
            try:
                self._process.start()
            except OSError:
                # There may be no more processes: then nothing ever comes through the pipe.
                self._is_alive = False
            else:
                self._is_alive = True

    def is_done(self) -> bool:
        """Whether the process has nothing left to do."""
        return self._results.poll()

    def result(self) -> T | None:
        """The result, when it is there; ``None`` where the process failed, for whatever reason.

        Whoever does the work again here learns why, or gets the result after all: of a process that was killed, say,
        because memory ran out.
        """
        try:
            return cast("T", self._results.recv())
        except Exception:  # whatever it is, the work is done again
            return None
        finally:
            self.stop()

    def stop(self) -> None:
        """Nobody wants the result any more."""
        if self._is_alive:
            self._process.terminate()
            self._process.join()
            self._is_alive = False
        self._results.close()


def _send(work: Callable[[], object], sender: Connection) -> None:
    # Ctrl+C reaches all processes of a terminal. The first one says so, once, and stops the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is raised here is raised where the work is done again.
    with sender, contextlib.suppress(Exception):
        sender.send(work())
