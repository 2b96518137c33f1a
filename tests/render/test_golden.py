"""The shared number through every renderer, against files a person has read.

After a wanted change: ``python tests/render/test_golden.py`` writes them anew; read the
difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path

import bulletins
import pytest
import reading

from compiler_flow.render import RENDERERS, render

GOLDEN = Path(__file__).parent / "golden"
AS_TEXT = ("markdown", "html", "wechat", "bilingual", "json")
NUMBERS = {"final": bulletins.final, "draft": bulletins.draft}


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("renderer", [*AS_TEXT, *reading.READERS])
def test_is_as_it_was_read(renderer: str, number: str) -> None:
    made = _readable(renderer, number)
    # Git may have given the file other line ends; ours are the same everywhere.
    assert made == _path(renderer, number).read_text(encoding="utf-8")


@pytest.mark.parametrize("renderer", sorted(RENDERERS))
def test_every_renderer_gives_the_same_bytes_again(renderer: str) -> None:
    made = render(bulletins.final(), renderer)
    assert made
    assert made == render(bulletins.final(), renderer)
    assert made != render(bulletins.draft(), renderer)


@pytest.mark.parametrize("renderer", sorted(RENDERERS))
def test_every_renderer_says_what_it_is(renderer: str) -> None:
    part = RENDERERS[renderer]
    assert part.name == renderer
    assert part.suffix.startswith(".")
    assert part.summary


def test_every_form_has_its_file() -> None:
    assert {*AS_TEXT, *reading.READERS} == set(RENDERERS)


def _readable(renderer: str, number: str) -> str:
    made = render(NUMBERS[number](), renderer)
    return reading.READERS[renderer](made) if renderer in reading.READERS else made.decode("utf-8")


def _path(renderer: str, number: str) -> Path:
    return GOLDEN / f"{number}{RENDERERS[renderer].suffix}{'.txt' if renderer in reading.READERS else ''}"


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name in NUMBERS:
        for one in (*AS_TEXT, *reading.READERS):
            _path(one, name).write_bytes(_readable(one, name).encode())
