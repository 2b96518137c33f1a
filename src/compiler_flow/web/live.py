"""News of changed files, sent to open pages as server-sent events (HTML, section 9.2).

One watcher looks at the files several times a second as long as anybody listens; each listener has a short queue, and
one that does not keep up is told to look at everything.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from compiler_flow.errors import CompilerFlowError
from compiler_flow.flow import watching
from compiler_flow.flow.desk import Desk, version_of

INTERVAL = 0.3
"""Seconds between two looks at the files."""

_PING = 15.0
_END = ""
_WAITING = 16
_LISTENERS = 64


class Live:
    """The listeners of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._queues: set[asyncio.Queue[str]] = set()
        self._watcher: asyncio.Task[None] | None = None
        self._told: watching.State = {}
        self._ended = False

    @property
    def is_full(self) -> bool:
        """Whether no more listeners are taken."""
        return len(self._queues) >= _LISTENERS

    def tell(self, **news: object) -> None:
        """Send ``news`` to everybody who listens."""
        line = json.dumps(news, ensure_ascii=True)
        for queue in self._queues:
            try:
                queue.put_nowait(line)
            except asyncio.QueueFull:
                _empty(queue)
                queue.put_nowait(json.dumps({"all": True}))

    def end(self) -> None:
        """Let every stream come to its end: the server stops, and open pages would listen on for ever."""
        self._ended = True
        for queue in self._queues:
            _empty(queue)
            queue.put_nowait(_END)

    def expect(self, seen: watching.State) -> None:
        """Files were just written here and are ``seen`` now: who wrote them tells what is new in them.

        May be called from any thread.
        """
        self._told.update(seen)

    async def events(self) -> AsyncGenerator[str, None]:
        """The stream for one listener."""
        queue: asyncio.Queue[str] = asyncio.Queue(_WAITING)
        self._queues.add(queue)
        try:
            if self._is_idle:
                # The first look comes before the mark below: what changes after either is told by one of them.
                before = await self._state()
                if self._is_idle:
                    self._watcher = asyncio.create_task(self._watch(before))
            # What changed between a page's making and its listening is told by this mark.
            yield "retry: 1000\n\n"
            yield f"data: {json.dumps({'version': await run_in_threadpool(self._desk.version)})}\n\n"
            while not self._ended:
                try:
                    line = await asyncio.wait_for(queue.get(), _PING)
                except TimeoutError:
                    # A comment keeps the connection open, and tells us of a reader who went.
                    yield ": \n\n"
                else:
                    if line != _END:
                        yield f"data: {line}\n\n"
        finally:
            self._queues.discard(queue)

    async def close(self) -> None:
        """Stop looking."""
        if self._watcher is not None:
            self._watcher.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watcher

    @property
    def _is_idle(self) -> bool:
        return self._watcher is None or self._watcher.done()

    async def _watch(self, before: watching.State | None) -> None:
        while self._queues:
            await asyncio.sleep(INTERVAL)
            now = await self._state()
            if now is None or before is None or now == before:
                before = now if now is not None else before
                continue
            changed = {path for path in {*now, *before} if now.get(path) != before.get(path)}
            before = now
            changed = {path for path in changed if path not in now or self._told.pop(path, None) != now[path]}
            if not changed:
                continue
            self.tell(articles=sorted(self._articles(changed)), house=self._is_house(changed), version=version_of(now))

    async def _state(self) -> watching.State | None:
        try:
            return await run_in_threadpool(self._desk.state)
        except (CompilerFlowError, OSError):
            # A file in the middle of being replaced, or settings that somebody is just typing: the next look tells.
            return None

    def _articles(self, changed: set[Path]) -> set[str]:
        return {path.parent.name for path in changed if path.parent.parent.resolve() == self._desk.folder}

    def _is_house(self, changed: set[Path]) -> bool:
        return any(path.parent.parent.resolve() != self._desk.folder for path in changed)


def _empty(queue: asyncio.Queue[str]) -> None:
    while not queue.empty():
        queue.get_nowait()
