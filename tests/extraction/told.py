"""The stories of `stories.toml` by name, and the text that should come out of a file which tells one."""

from __future__ import annotations

from pathlib import Path

import pages

MADE = Path(__file__).parent.parent / "ingest" / "made"
STORIES = {story.name: story for story in pages.stories()}


def story_text(name: str, *, quotes: bool = True) -> str:
    """The ``source.md`` of a story; without ``quotes`` where a format cannot say what is a quotation."""
    lines = STORIES[name].paragraphs
    return "\n\n".join(line if quotes else line.removeprefix("> ") for line in lines) + "\n"
