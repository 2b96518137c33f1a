"""Bulletin → its tree as JSON, for other programs. The form is published: ``version`` changes with it."""

from __future__ import annotations

import json
from typing import Any

from compiler_flow import inline
from compiler_flow.model import Block, Bulletin
from compiler_flow.render.base import Renderer

VERSION = 1


def _render(bulletin: Bulletin, _theme: str) -> bytes:
    issue = bulletin.issue
    tree = {
        "version": VERSION,
        "issue": {
            "name": issue.name,
            "title": issue.title,
            "number": issue.number,
            "date": issue.date.isoformat() if issue.date else None,
            "language": issue.language,
            "editors": list(issue.editors),
        },
        "draft": bulletin.draft,
        "missing": list(bulletin.missing),
        "blocks": [_block(block) for block in bulletin.blocks],
    }
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _block(block: Block) -> dict[str, Any]:
    """Without empty fields. ``text`` is inline Markdown unless the role is ``address``; ``plain`` is without marks."""
    told: dict[str, Any] = {
        "kind": str(block.kind),
        "role": str(block.role),
        "level": block.level,
        "marker": block.marker,
        "text": block.text,
        "plain": inline.plain(block.text) if block.role != "address" else block.text,
        "unit": block.unit,
        "source": block.source,
        "state": str(block.state) if block.state else "",
        "language": block.language,
        "children": [_block(child) for child in block.children],
    }
    return {key: value for key, value in told.items() if value}


JSON = Renderer("json", ".json", "the tree of the number, for other programs", _render)
