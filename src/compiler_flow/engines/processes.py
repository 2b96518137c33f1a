"""Workers as processes of this machine: ``prefill --jobs N``."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from compiler_flow.engines.spread import Batch, WorkerLostError, work


class Processes:
    """``count`` processes, each with a queue of its own: one that dies takes nobody else's batch along.

    (One ``ProcessPoolExecutor`` for all of them breaks as a whole when one process dies.)
    """

    def __init__(self, count: int) -> None:
        # Not forked: a model's threads do not survive that, and Windows cannot.
        self._context = multiprocessing.get_context("spawn")
        self._seats = [self._seat() for _number in range(count)]
        self._busy = [0] * count
        self._lock = threading.Lock()

    def room(self) -> int:
        """How many processes there are."""
        return len(self._seats)

    def submit(self, batch: Batch) -> Future[list[str]]:
        """Have ``batch`` done by the process that has least to do."""
        with self._lock:
            place = min(range(len(self._seats)), key=self._busy.__getitem__)
            self._busy[place] += 1
        told: Future[list[str]] = Future()
        try:
            inner = self._seats[place].submit(work, batch)
        except BrokenProcessPool:
            self._seats[place] = self._seat()
            inner = self._seats[place].submit(work, batch)
        inner.add_done_callback(lambda future: self._told(place, future, told))
        return told

    def look(self) -> None:
        """A process that dies is noticed at once; one that works is waited for."""

    def close(self) -> None:
        """End the processes."""
        for seat in self._seats:
            children = list((seat._processes or {}).values())
            seat.shutdown(wait=False, cancel_futures=True)
            for child in children:
                child.terminate()

    def _seat(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, mp_context=self._context, initializer=_begin)

    def _told(self, place: int, inner: Future[list[str]], told: Future[list[str]]) -> None:
        with self._lock:
            self._busy[place] -= 1
        if inner.cancelled() or not told.set_running_or_notify_cancel():
            return
        error = inner.exception()
        if isinstance(error, BrokenProcessPool):
            told.set_exception(WorkerLostError())
        elif error is not None:
            told.set_exception(error)
        else:
            told.set_result(inner.result())


def _begin() -> None:
    """A worker ends with the terminal's Ctrl-C without a word, and with its parent however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
