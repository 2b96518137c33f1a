"""Checks of one big catalog shared among processes: the findings and their order are those of a single one.

Checks are pure, so pieces of a catalog can be looked at apart. The processes are forked: they have catalog and
glossary without a copy. That is safe on Linux in a process of one thread; elsewhere, and for small catalogs, one
process does all the work.
"""

from __future__ import annotations

import gc
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

_work: list[Callable[[], object]] = []


def workers(units: int) -> int:
    """How many processes are worth having for so many units; 1 for none but this one."""
    if units < WORTH_IT or sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), units // PIECE)


def in_order(work: Sequence[Callable[[], T]], processes: int) -> list[T]:
    """The results of all pieces of ``work``, in their order. What one of them raises is raised here."""
    if processes == 1 or _work:
        return [piece() for piece in work]
    import multiprocessing

    _work.extend(work)
    # What is there already is neither garbage nor to be touched: a touched page is a copied page.
    gc.freeze()
    try:
        with multiprocessing.get_context("fork").Pool(processes, _begin) as pool:
            results = pool.map(_done, range(len(work)), chunksize=1)
    finally:
        gc.unfreeze()
        _work.clear()
    return cast("list[T]", results)


def _begin() -> None:
    # Ctrl+C reaches all processes of a terminal. The first one says so, once, and stops the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _done(number: int) -> object:
    return _work[number]()


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
    _begin()
    try:
        told: tuple[list[object], Exception | None] = [piece() for piece in work], None
    except Exception as error:
        # It is raised where the results are asked for.
        told = [], error
    with sender:
        sender.send(told)
