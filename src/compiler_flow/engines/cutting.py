"""Cutting a text that is too long for a model or a server, and joining the drafts of its parts."""

from __future__ import annotations

from collections.abc import Callable

from compiler_flow.text import lazy_pattern

# Each cut keeps its mark and spaces with the part before, so that joining the parts gives the text back.
_CLAUSES = lazy_pattern(r"(?<=[;:,.!?)—–] )|(?<=[，；：、。！？])")
_SPACES = lazy_pattern(r"(?<= )")
_ANYWHERE = lazy_pattern(r"(?s)(?<=.{40})")
_NO_SPACES = {"zh", "zt", "ja", "th"}


def parts(text: str, measure: Callable[[str], int], limit: int) -> list[str]:
    """``text`` in as few parts as ``measure`` needs to find none above ``limit``; cut at clauses where that can be.

    What has no place to be cut stays whole.
    """
    if measure(text) <= limit:
        return [text]
    for cut in (_CLAUSES, _SPACES, _ANYWHERE):
        clauses = [clause for clause in cut.split(text) if clause]
        if len(clauses) > 1:
            break
    else:
        return [text]
    # Halving keeps the parts of similar length, which translate better than one full part and a stump.
    middle = len(clauses) // 2
    return [part for half in (clauses[:middle], clauses[middle:]) for part in parts("".join(half), measure, limit)]


def rejoined(drafts: list[str], language: str) -> str:
    """The drafts of the parts of one sentence as one, with a comma at each cut, also where a full stop was put.

    ``language`` is the drafts', as a primary subtag or in Argos' codes.
    """
    if len(drafts) == 1:
        return drafts[0]
    comma, stops = ("，", "。") if language in _NO_SPACES else (",", ".")
    inner = [draft.rstrip(stops) for draft in drafts[:-1] if draft]
    inner = [draft + comma if draft[-1:].isalnum() else draft for draft in inner]
    return ("" if language in _NO_SPACES else " ").join([*inner, drafts[-1]])
