"""Bilingual files: a catalog and its spellings in PO and XLIFF, its update from a new source, its merging."""

from __future__ import annotations

from compiler_flow.bilingual.disk import FORMATS, Format, load, save
from compiler_flow.bilingual.merge import Conflict, MergeResult, Taken, Taking, merge
from compiler_flow.bilingual.update import update

__all__ = [
    "FORMATS",
    "Conflict",
    "Format",
    "MergeResult",
    "Taken",
    "Taking",
    "load",
    "merge",
    "save",
    "update",
]
