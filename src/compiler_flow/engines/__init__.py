"""Text → drafts. One file an engine; other packages join through the entry point group ``compiler_flow.engines``."""

from __future__ import annotations

from compiler_flow.engines.base import (
    HERE,
    Engine,
    EngineFactory,
    EngineSettings,
    Executor,
    Request,
    model_missing,
)
from compiler_flow.tables import Table

ENGINES: Table[EngineFactory] = Table(
    "engine",
    {
        "argos": "compiler_flow.engines.argos:ArgosEngine",
        "echo": "compiler_flow.engines.echo:EchoEngine",
        "libretranslate": "compiler_flow.engines.libretranslate:LibreTranslateEngine",
        "openai-compatible": "compiler_flow.engines.openai_compatible:OpenAICompatibleEngine",
    },
    group="compiler_flow.engines",
)


def load(name: str, settings: EngineSettings | None = None) -> Engine:
    """The engine called ``name``. Raises ``UsageError`` for an unknown one; models are loaded at the first use."""
    return ENGINES[name](settings or EngineSettings())


__all__ = [
    "ENGINES",
    "HERE",
    "Engine",
    "EngineFactory",
    "EngineSettings",
    "Executor",
    "Request",
    "load",
    "model_missing",
]
