"""Checks that begin while a long file is still being read: nobody can tell from the findings."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow import bilingual, checks
from compiler_flow.bilingual import po
from compiler_flow.checks import pieces, sharing
from compiler_flow.checks.base import groups
from compiler_flow.errors import FormatError
from compiler_flow.flow import checking
from compiler_flow.glossary import Matcher
from compiler_flow.model import Catalog, CheckContext, Finding, Term, TermKind, Unit

needs_fork = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="processes cannot be forked here"
)
PEVKUR = Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON)
PAIRS = (
    ("Hanno Pevkur signed the plan.", "部长签署了计划。"),
    ("The loan is $3.2 billion.", "贷款为3.2亿美元。"),
    ("It has a term of 14 years.", "〔并〕"),
    ("He said “yes”.", "他说“是。"),
    ("Hanno Pevkur then left.", "〔略〕"),
    ("Pevkur came back with 14 men.", "〔并下〕"),
    ("They left the building.", "他们离开了大楼，佩夫库尔带来12人。"),
    ("They met, he said.", ""),
)


def catalog(size: int) -> Catalog:
    pairs = [(number, *PAIRS[number % len(PAIRS)]) for number in range(size)]
    return Catalog("a", "en", units=tuple(Unit(f"u{n}", f"{n}: {source}", target) for n, source, target in pairs))


def context(_catalog: Catalog) -> CheckContext:
    matcher = Matcher((PEVKUR,), "en")
    return CheckContext(
        matcher.source,
        matcher.target,
        all_source_terms=matcher.sources,
        not_plainly_rendered=matcher.not_plainly_rendered,
    )


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "workers", lambda units: 3)
    monkeypatch.setattr(sharing, "PIECE", 5)
    monkeypatch.setattr(po, "_LONG", 0)


def found(file: Path, *, follows: bool, only: tuple[str, ...] = ()) -> list[Finding]:
    with checks.begin(context, only=only) as ahead:
        read = bilingual.load(file, follower=ahead.follow if follows else None)
        return list(checks.run(read, context(read), only=only, ahead=ahead))


@needs_fork
@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("size", [1, 7, 64, 203])
@pytest.mark.parametrize("only", [(), ("first-mention",), ("draft-left", "untranslated"), ("unpaired-mark", "number")])
def test_what_is_begun_while_a_file_is_read_finds_the_same(tmp_path: Path, size: int, only: tuple[str, ...]) -> None:
    file = tmp_path / "a.po"
    file.write_bytes(po.serialize(catalog(size)))
    alone = found(file, follows=False, only=only)
    assert found(file, follows=True, only=only) == alone
    assert list(checks.run(bilingual.load(file), context(catalog(size)), only=only)) == alone
    if size > 60 and not only:
        assert {finding.check for finding in alone} >= {"term-missing", "number", "first-mention", "unpaired-mark"}


@needs_fork
@pytest.mark.usefixtures("shared")
def test_what_was_begun_for_another_catalog_is_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "a.po"
    file.write_bytes(po.serialize(catalog(80)))
    with checks.begin(context) as ahead:
        bilingual.load(file, follower=ahead.follow)
        other = catalog(40)
        assert list(checks.run(other, context(other), ahead=ahead)) == list(checks.run(other, context(other)))
    assert multiprocessing.active_children() == []


@needs_fork
@pytest.mark.usefixtures("shared")
def test_a_file_that_is_broken_at_its_end_stops_what_was_begun(tmp_path: Path) -> None:
    file = tmp_path / "a.po"
    file.write_bytes(po.serialize(catalog(200)) + b'\nmsgid "cut')
    with pytest.raises(FormatError):
        checking.check([file])
    assert multiprocessing.active_children() == []


@needs_fork
def test_work_that_a_process_could_not_do_has_no_result() -> None:
    assert sharing.Begun(lambda: [1, 2]).result() == [1, 2]
    assert sharing.Begun(lambda: 1 // 0).result() is None
    assert sharing.Begun(lambda: lambda: 1).result() is None, "it cannot be pickled"
    assert sharing.Begun(lambda: os.kill(os.getpid(), signal.SIGKILL)).result() is None
    assert multiprocessing.active_children() == []


@needs_fork
def test_where_no_process_can_begin_there_is_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", _no_more)
    assert sharing.Begun(lambda: 1).result() is None
    assert sharing.in_order([lambda: 1, lambda: 2, lambda: 3], 3) == [1, 2, 3]


def _no_more() -> int:
    raise BlockingIOError


@needs_fork
@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("ahead", [True, False])
def test_a_process_that_was_killed_costs_no_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: bool
) -> None:
    file, here = tmp_path / "a.po", os.getpid()
    file.write_bytes(po.serialize(catalog(203)))
    alone = found(file, follows=False)

    def look(*given: object) -> pieces.Piece:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return pieces.look(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(checks.ahead, "look", look)
    monkeypatch.setattr(checks, "look", look)
    assert found(file, follows=ahead) == alone
    assert multiprocessing.active_children() == []


@needs_fork
@pytest.mark.usefixtures("shared")
def test_settings_that_cannot_be_read_are_told_as_without_work_ahead(tmp_path: Path) -> None:
    def no_context(_catalog: Catalog) -> CheckContext:
        raise FormatError("settings", path=tmp_path)

    file = tmp_path / "a.po"
    file.write_bytes(po.serialize(catalog(80)))
    with checks.begin(no_context) as ahead:
        read = bilingual.load(file, follower=ahead.follow)
        assert list(checks.run(read, context(read), ahead=ahead)) == list(checks.run(read, context(read)))


@pytest.mark.usefixtures("shared")
def test_a_reader_tells_of_beginnings_of_the_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.po"
    file.write_bytes(po.serialize(catalog(100)) + b"\n# a word at the end\n")
    told: list[tuple[Catalog, float]] = []
    whole = bilingual.load(file, follower=lambda catalog, share: told.append((catalog, share)))
    assert len(told) > 4
    assert [share for _catalog, share in told] == sorted(share for _catalog, share in told)
    for part, share in told:
        assert 0 < share <= 1
        assert part.units == whole.units[: len(part.units)]
        assert (part.article, part.source_language) == (whole.article, whole.source_language)


@given(st.lists(st.sampled_from(["a", "b", "〔并〕", "〔并下〕", "〔略〕", ""]), max_size=40), st.integers(0, 40))
def test_pieces_have_the_groups_of_the_whole(targets: list[str], stop: int) -> None:
    whole = Catalog("a", "en", units=tuple(Unit(f"u{n}", f"Text {n}.", target) for n, target in enumerate(targets)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharing, "PIECE", 3)
        first, behind = pieces.cut(whole, 0, min(stop, len(targets)))
        rest, end = pieces.cut(whole, behind)
    assert behind <= stop
    assert end == len(targets)
    assert [group for part in (*first, *rest) for group in part] == list(groups(whole))


def _children(process: int) -> str:
    return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")


@pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="here one process does all the work"
)
def test_a_person_who_stops_it_is_told_so_once(tmp_path: Path) -> None:
    file = tmp_path / "long.po"
    file.write_bytes(po.serialize(catalog(60_000)))
    # Who is started in the background may have been told to pass over Ctrl+C.
    listens = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    with subprocess.Popen(
        [sys.executable, "-c", f"{listens}; from compiler_flow.__main__ import main; main()", "check", str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "LC_ALL": "C"},
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        while process.poll() is None and not _children(process.pid):
            time.sleep(0.01)
        time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        told = process.stderr.read().decode()
    assert told.split() == ["Stopped."]
    assert process.returncode == 2
