"""The worked examples of CONTRIBUTING.md work as printed."""

from __future__ import annotations

import re
import sys
import types
from pathlib import Path

import pytest

from compiler_flow import checks, ingest, render
from compiler_flow.model import Bulletin, CheckContext, Issue

_PAGE = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
_BLOCKS = dict(re.findall(r"```python\n# (\S+)\n(.*?)```", _PAGE, re.DOTALL))


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch):
    """Run a printed example as the module it would be."""

    def load(file: str) -> types.ModuleType:
        module = types.ModuleType("compiler_flow." + file.removesuffix(".py").replace("/", "."))
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(_BLOCKS[file], file, "exec"), module.__dict__)  # noqa: S102 (our own page)
        return module

    return load


def test_the_check(example) -> None:
    check = example("checks/exclamation_mark.py").CHECK
    with_it = checks.Table("check", {check.name: "compiler_flow.checks.exclamation_mark:CHECK"})
    assert with_it[check.name] is check
    for shown, wanted in [(check.good, 0), (check.bad, 1)]:
        for one in shown:
            faults = [
                fault for group in checks.base.groups(one.catalog()) for fault in check.on_group(group, CheckContext())
            ]
            assert len(faults) == wanted, one


def test_the_engine(example) -> None:
    engine = example("engines/shout.py").ShoutEngine()
    assert engine.translate(["a", "b"], "en", "zh-CN") == ["A", "B"]


def test_the_reader(example, tmp_path: Path) -> None:
    module = example("ingest/subtitles.py")
    file = tmp_path / "talk.srt"
    file.write_text("1\n00:00:01,000 --> 00:00:02,000\nGood evening.\n", encoding="utf-8")
    readers = ingest.Table("reader", {"subtitles": f"{module.__name__}:read"})
    read = readers["subtitles"](file.read_bytes(), file)
    assert [block.text for block in read.blocks] == ["Good evening."]


def test_the_renderer(example) -> None:
    module = example("render/plain.py")
    renderers = render.Table("renderer", {"plain": f"{module.__name__}:PLAIN"})
    blocks = (module.Block(module.BlockKind.PARAGRAPH, "**背景：**正文"),)
    assert renderers["plain"].render(Bulletin(Issue("x"), blocks), "").decode() == "背景：正文\n"
