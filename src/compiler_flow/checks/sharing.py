"""Checks of one big catalog shared among processes: the findings and their order are those of a single one.

Checks are pure, so pieces of a catalog can be looked at apart. The processes are forked: they have catalog and
glossary without a copy. That is safe on Linux in a process of one thread; elsewhere, and for small catalogs, one
process does all the work.
"""

from __future__ import annotations

import math
import operator
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
_MOST_NUMBERS = 1 << 13


def workers(units: int) -> int:
    """How many processes are worth having for so many units; 1 for none but this one."""
    if units < WORTH_IT or sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), units // PIECE)


def in_order(work: Sequence[Callable[[], T]], processes: int) -> list[T]:
    """The results of all pieces of ``work``, in their order. What one of them raises is raised here."""
    if processes == 1 or len(work) < 2:
        return [piece() for piece in work]
    # A pipe is the queue that all processes take numbers of pieces from; it holds some ten thousand.
    queue, numbers = os.pipe()
    many = math.ceil(len(work) / _MOST_NUMBERS)
    os.write(numbers, b"".join(first.to_bytes(_WIDTH, "little") for first in range(0, len(work), many)))
    os.close(numbers)

    def turns() -> list[tuple[int, list[T]]]:
        done: list[tuple[int, list[T]]] = []
        while number := os.read(queue, _WIDTH):
            first = int.from_bytes(number, "little")
            done.append((first, [piece() for piece in work[first : first + many]]))
        return done

    others = [Begun([turns]) for _process in range(processes - 1)]
    try:
        done = turns()
        for other in others:
            done += other.results()[0]
    finally:
        for other in others:
            other.stop()
        os.close(queue)
    return [result for _first, results in sorted(done, key=operator.itemgetter(0)) for result in results]


class Begun(Generic[T]):
    """Pieces of work that one other process does meanwhile, in their order."""

    def __init__(self, work: Sequence[Callable[[], T]]) -> None:
        import multiprocessing

        forked = multiprocessing.get_context("fork")
        self._results, sender = forked.Pipe(duplex=False)
        self._process = forked.Process(target=_send, args=(work, sender), daemon=True)
        self._process.start()
        sender.close()

    def is_done(self) -> bool:
        """Whether the process has nothing left to do."""
        return self._results.poll()

    def results(self) -> list[T]:
        """The results, when all are there. What one of them raised is raised here."""
        with self._results:
            done, error = self._results.recv()
        self._process.join()
        if error is not None:
            raise error
        return cast("list[T]", done)

    def stop(self) -> None:
        """Nobody wants the results any more."""
        self._process.terminate()
        self._process.join()
        self._results.close()


def _send(work: Sequence[Callable[[], object]], sender: Connection) -> None:
    # Ctrl+C reaches all processes of a terminal. The first one says so, once, and stops the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        told: tuple[list[object], Exception | None] = [piece() for piece in work], None
    except Exception as error:
        # It is raised where the results are asked for.
        told = [], error
    with sender:
        sender.send(told)
