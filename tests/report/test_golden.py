"""The sample number checked, and one of its articles with faults put in, against reports that a person has read.

After a wanted change ``python tests/report/test_golden.py`` writes them anew; read the difference before you commit.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from compiler_flow import i18n

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
ISSUE = "2024-10-31"
FORMS = {"txt": ["--format", "text"], "json": ["--format", "json"]}
# What a tired compiler does to a good translation; each must be found, and nothing else.
FAULTS = (
    ("2024年8月9日，中亚五国", "2024年9月8日，中亚五国"),
    ("第六次磋商会议", "第五次磋商会议"),
    ("”的长期发展理念", "”的的长期发展理念"),
    ("**背景：**", "背景："),
    ("五分之二", "五分之三"),
    ("集体安全条约组织（CSTO）", "集体安全条约组织（CTSO）"),
    ("跨里海国际运输路线，", "跨裏海国际运输路线，"),
    ("1000万吨", "100万吨"),
    ("产生三方面影响。", "产生三方面影响"),
    ("沙夫卡特·米尔济约耶夫（Shavkat Mirziyoyev）", "沙夫卡特•米尔济约耶夫(Shavkat Mirzioyev）"),
    ("近70个合作项目", "近70 个合作项目"),
    ("：吉尔吉斯斯坦和塔吉克斯坦", "：哈萨克斯坦和塔吉克斯坦"),
    ("；朋友越多", "；其中三成属能源，朋友越多"),
    ("突破400亿美元", "突破40亿美元"),
    (
        "[货主调查](https://review.example.org/2023/12/caspian-shippers)",
        "[货主调查](https://review.example.org/2023/caspian)",
    ),
)


def sample(desk: Path) -> list[str]:
    """The sample number as it is."""
    for name in ("glossary", "rules", "projects"):
        shutil.copytree(ROOT / name, desk / name)
    shutil.copy(ROOT / "compiler-flow.toml", desk)
    return [ISSUE]


def faulty(desk: Path) -> list[str]:
    """One of its articles with ``FAULTS`` in it."""
    sample(desk)
    path = desk / "projects" / ISSUE / "kz-corridor" / "zh_CN.po"
    text = path.read_text(encoding="utf-8")
    for good, bad in FAULTS:
        assert text.count(good) == 1, good
        text = text.replace(good, bad)
    path.write_text(text, encoding="utf-8")
    return ["kz-corridor"]


def made(desk: Path, name: str) -> str:
    """The report of that name (``sample.txt``, ``faulty.zh_CN.txt``), as the command prints it."""
    what, *language, form = name.split(".")
    arguments = {"sample": sample, "faulty": faulty}[what](desk)
    command = [sys.executable, "-m", "compiler_flow", "check", *arguments, *FORMS[form]]
    environment = {**os.environ, i18n.OVERRIDE: language[0] if language else "en", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=desk, env=environment, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


NAMES = ("sample.txt", "sample.zh_CN.txt", "sample.json", "faulty.txt", "faulty.zh_CN.txt", "faulty.json")


@pytest.mark.parametrize("name", NAMES)
def test_is_as_it_was_read(tmp_path: Path, name: str) -> None:
    assert made(tmp_path, name) == (GOLDEN / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for one in NAMES:
        with tempfile.TemporaryDirectory() as folder:
            (GOLDEN / one).write_text(made(Path(folder), one), encoding="utf-8", newline="\n")
