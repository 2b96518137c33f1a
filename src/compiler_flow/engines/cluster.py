"""Workers of a Dask cluster: ``prefill --cluster tcp://host:8786``. Needs the extra ``compiler-flow[cluster]``.

The scheduler gives the batch of a lost worker to another one by itself. Whoever can reach a scheduler can run any code
on its workers: it belongs into a network of one's own.
"""

from __future__ import annotations

import contextlib
import logging
import time
import warnings
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from compiler_flow.engines.spread import Batch, WorkerLostError, work
from compiler_flow.errors import EngineError, UsageError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import fold_spaces

CONNECT_SECONDS = 10.0
# So long a cluster may be without any worker before the run is given up.
EMPTY_SECONDS = 60.0


class Cluster:
    """The workers that the scheduler at ``address`` has. Raises ``UsageError`` or ``EngineError``."""

    def __init__(
        self, address: str, *, connect_seconds: float = CONNECT_SECONDS, empty_seconds: float = EMPTY_SECONDS
    ) -> None:
        try:
            import distributed
        except ImportError:
            raise UsageError(
                _("Working on a cluster needs Dask."), hint=_("Install it: pip install 'compiler-flow[cluster]'")
            ) from None
        self._address = address
        self._empty_seconds = empty_seconds
        self._empty_since = 0.0
        # What a connection that is lost says to programmers is said to users by our errors.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            with warnings.catch_warnings():
                # Versions of Python and Dask may differ; ours and the model's are compared by every worker.
                warnings.simplefilter("ignore")
                self._client = _connected(distributed.Client, address, connect_seconds)
        except (OSError, TimeoutError, ValueError, AssertionError) as error:
            # Dask gives its own thread ten seconds to start and only asserts that it did: a machine that stands still
            # for so long fails there.
            raise EngineError(
                _("The scheduler of the cluster does not answer."),
                path=address,
                hint=_("Start it: dask scheduler; and on every machine: dask worker {address}").format(address=address),
            ) from error
        try:
            self._client.wait_for_workers(1, timeout=connect_seconds)
        except TimeoutError:
            self.close()
            raise self._nobody() from None
        self._executor = self._client.get_executor(pure=False)

    def room(self) -> int:
        """How many worker processes there are; more may join, and some may go."""
        return max(1, len(self._client.nthreads()))

    def submit(self, batch: Batch) -> Future[list[str]]:
        """Have ``batch`` done somewhere; what the cluster itself cannot do is told as an ``EngineError``."""
        told: Future[list[str]] = Future()
        inner = self._executor.submit(_work, batch)
        inner.add_done_callback(lambda future: self._told(future, told))
        return told

    def look(self) -> None:
        """Raises ``EngineError`` where the scheduler is gone, or has had no worker for a minute."""
        try:
            alive = bool(self._client.nthreads())
        except (OSError, TimeoutError) as error:
            raise EngineError(
                _("The scheduler of the cluster does not answer any more."),
                path=self._address,
                hint=_("What was done is kept: run the command again."),
            ) from error
        now = time.monotonic()
        self._empty_since = 0.0 if alive else self._empty_since or now
        if not alive and now - self._empty_since > self._empty_seconds:
            raise self._nobody()

    def close(self) -> None:
        """Leave the cluster; its workers stay."""
        _leave(self._client)

    def _nobody(self) -> EngineError:
        return EngineError(
            _("The cluster has no workers."),
            path=self._address,
            hint=_("Start some: dask worker {address}").format(address=self._address),
        )

    def _told(self, inner: Future[list[str]], told: Future[list[str]]) -> None:
        if not told.set_running_or_notify_cancel():
            return
        error = WorkerLostError() if inner.cancelled() else inner.exception()
        if error is None:
            told.set_result(inner.result())
        elif isinstance(error, EngineError | WorkerLostError):
            told.set_exception(error)
        else:
            told.set_exception(self._failed(error))

    def _failed(self, error: BaseException) -> EngineError:
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            return EngineError(
                _("Workers of the cluster were lost one after another over the same sentences."),
                path=self._address,
                hint=_("Is there enough memory? What was done is kept: run the command again."),
            )
        if isinstance(error, ImportError):
            return EngineError(
                _("A worker of the cluster lacks a program: {reason}.").format(reason=error),
                path=self._address,
                hint=_("Install compiler-flow on every machine."),
            )
        reason = fold_spaces(str(error)) or type(error).__name__
        return EngineError(_("The cluster failed: {reason}.").format(reason=reason), path=self._address)


def _connected(kind: Any, address: str, seconds: float) -> Any:
    """A client of the scheduler at ``address``. One that cannot connect is closed here and now.

    Otherwise it is closed when its memory is freed, which may be while another client starts: each then waits for the
    lock that this very thread holds, for ever.
    """
    client = kind.__new__(kind)
    try:
        client.__init__(address, timeout=seconds, set_as_default=False)
    except BaseException:
        _leave(client)
        raise
    return client


def _leave(client: Any) -> None:
    # A scheduler that is gone does not say goodbye.
    with contextlib.suppress(OSError, TimeoutError):
        client.close(timeout=2)


def _work(batch: Batch) -> list[str]:
    """``work`` with as many cores as the worker was given."""
    from distributed import get_worker

    settings = batch.spec.settings
    if not settings.threads:
        settings = replace(settings, threads=get_worker().state.nthreads)
    return work(replace(batch, spec=replace(batch.spec, settings=settings)))
