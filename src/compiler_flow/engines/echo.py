"""The engine that says everything back: for tests, and to see what an engine would be given."""

from __future__ import annotations

from collections.abc import Sequence

from compiler_flow.engines.base import EngineSettings, OnDraft
from compiler_flow.text import base_language, has_letters


class EchoEngine:
    """Returns each text marked with the target language: ``[zh] The text``."""

    name = "echo"

    def __init__(self, _settings: EngineSettings | None = None) -> None:
        """Take the settings every engine takes; there is nothing to set."""

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """No models: any pair will do."""
        return ()

    def can(self, source: str, target: str) -> bool:
        """Whether the two languages differ."""
        return base_language(source) != base_language(target)

    def model(self, _source: str, _target: str) -> str:
        """The name of the rule that makes the drafts."""
        return "echo 1"

    def signature(self, source: str, target: str) -> str:
        """The rule never changes."""
        return self.model(source, target)

    def translate(
        self, texts: Sequence[str], _source: str, target: str, *, on_draft: OnDraft | None = None
    ) -> list[str]:
        """Each text with the mark before it."""
        drafts = []
        for index, text in enumerate(texts):
            drafts.append(f"[{base_language(target)}] {text}" if has_letters(text) else text)
            if on_draft:
                on_draft(index, drafts[index])
        return drafts
