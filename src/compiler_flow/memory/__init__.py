"""Translation memory: what people translated before, found again.

One SQLite file; it is a cache, the truth stands in the PO files.
"""

from __future__ import annotations

from compiler_flow.memory.entries import Entry, learnable
from compiler_flow.memory.store import Memory, Stats, rebuild

__all__ = ["Entry", "Memory", "Stats", "learnable", "rebuild"]
