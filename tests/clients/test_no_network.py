"""After installation nothing touches the network: the whole job where there is none.

A network namespace of its own has no routes, no addresses, and even its loopback is down: whatever opens a connection,
by whatever library, in whatever child process, fails there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from compiler_flow.project import Workspace

pytestmark = pytest.mark.clients("unshare")

_ARTICLE = """<html><head><title>Hungary and Estonia discuss energy</title></head><body><article>
<h1>Hungary and Estonia discuss energy</h1>
<p>The delegation of Hungary arrived in Astana last week. Hanno Pevkur arrived in Beijing on Monday.
The talks focused on water resources.</p></article></body></html>
"""


def offline(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command without a network, as root of the namespace or in a user namespace."""
    own = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--map-root-user"]
    return subprocess.run(
        [*own, *command], capture_output=True, encoding="utf-8", check=False, env=os.environ | {"PYTHONUTF8": "1"}
    )


@pytest.fixture(autouse=True)
def _permitted() -> None:
    tried = offline("true")
    if tried.returncode and os.environ.get("CI"):
        pytest.fail(f"no network namespace can be made, though CI is set: {tried.stderr}")
    if tried.returncode:
        pytest.skip(f"no network namespace can be made: {tried.stderr.strip()}")


def flow(*arguments: str) -> str:
    done = offline(sys.executable, "-m", "compiler_flow", *arguments)
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_there_really_is_no_network() -> None:
    script = "import socket; socket.create_connection(('127.0.0.1', 9), 2)"
    assert "Network is unreachable" in offline(sys.executable, "-c", script).stderr
    index = offline(sys.executable, "-m", "compiler_flow", "engines", "list", "--available")
    assert index.returncode == 2
    assert "cannot be asked" in index.stderr
    assert "Traceback" not in index.stderr


def test_the_whole_job_without_a_network(sample: Workspace) -> None:
    issue = sample.issues()[0]
    page = sample.root / "hu-energy.html"
    page.write_text(_ARTICLE, encoding="utf-8")
    flow("add", str(page), "--issue", issue.name, "--lang", "en", "--country", "HU")
    assert "17 sentences" not in flow("prefill", "--estimate", "--engine", "argos")
    flow("prefill", "--jobs", "2")
    drafted = (issue / "hu-energy" / "zh_CN.po").read_text(encoding="utf-8")
    assert 'msgstr "匈牙利代表团上周抵达阿斯塔纳。"' in drafted
    assert "汉诺·佩夫库尔（Hanno Pevkur）周一抵达北京。" in drafted
    flow("check", issue.name)
    flow("run", issue.name)
    assert "匈牙利代表团上周抵达阿斯塔纳" in (issue / "out" / f"{issue.name}.html").read_text(encoding="utf-8")
    flow("engines", "doctor")


def test_the_models_are_installed_from_files_without_a_network(tmp_path: Path, sample: Workspace) -> None:
    package = Path(__file__).parent.parent / "models" / "translate-en_zh-0_1.tiny.argosmodel"
    assert "translate-en_zh-0_1" in flow("engines", "install", str(package))
