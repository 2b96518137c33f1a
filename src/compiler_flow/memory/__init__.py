"""Translation memory: what people translated before, found again.

``Memory`` is one SQLite file; it is a cache, the truth stands in the PO files. ``base.Store`` says what every
memory can do.
"""

from __future__ import annotations

from compiler_flow.memory.base import Stats, Store
from compiler_flow.memory.entries import Entry, Lesson, learnable
from compiler_flow.memory.rebuilding import Rebuilt, rebuild
from compiler_flow.memory.store import Memory

__all__ = ["Entry", "Lesson", "Memory", "Rebuilt", "Stats", "Store", "learnable", "rebuild"]
