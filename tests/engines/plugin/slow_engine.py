"""Another package's engine: slow, and sometimes deadly. It notes which process was at which sentence."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from compiler_flow.engines.base import EngineSettings, OnDraft
from compiler_flow.errors import EngineError


class SlowEngine:
    """Upper case, after ``pause`` seconds a sentence.

    A sentence with DEADLY in it kills the process: once, if there is an option ``once``. WRONG raises.
    """

    name = "slow"

    def __init__(self, settings: EngineSettings | None = None) -> None:
        self._settings = settings or EngineSettings()
        self._log = Path(str(self._settings.option("log", ".")))
        self._note("loaded.txt", "")

    def pairs(self) -> tuple[tuple[str, str], ...]:
        return ()

    def can(self, source: str, target: str) -> bool:
        return source != target

    def model(self, source: str, target: str) -> str:
        return "slow 1"

    def signature(self, source: str, target: str) -> str:
        return f"slow {os.environ.get('SLOW_MODEL', '1')}"

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, on_draft: OnDraft | None = None
    ) -> list[str]:
        drafts = []
        for index, text in enumerate(texts):
            self._note("asked.txt", text)
            if "WRONG" in text:
                raise EngineError("This model cannot.", path="/models/x", hint="Mend it.")
            if "DEADLY" in text:
                self._die()
            time.sleep(float(self._settings.option("pause", 0.0)))
            drafts.append(text.upper())
            if on_draft:
                on_draft(index, drafts[-1])
        return drafts

    def _note(self, name: str, text: str) -> None:
        with (self._log / name).open("a", encoding="utf-8") as log:
            log.write(f"{os.getpid()}\t{text}\n")

    def _die(self) -> None:
        dead = self._log / "dead.txt"
        if not (self._settings.option("once", False) and dead.exists()):
            with dead.open("a", encoding="utf-8") as log:
                log.write(f"{os.getpid()}\n")
            os._exit(9)
